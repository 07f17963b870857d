//! Sources of many documents on whatever libFuzzer thinks of: the first byte says which format, the rest is the source.
//! How to run it is in CONTRIBUTING.md.

#![no_main]

use backfile::convert::{self, Source};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// The formats, by the first byte.
const FORMATS: [&str; 14] = [
    "warc",
    "wacz",
    "zip",
    "tar",
    "eml",
    "mbox",
    "mhtml",
    "wxr",
    "feed",
    "newsml-g2",
    "newsml-1",
    "csv",
    "sgml-reuters",
    "jsonl",
];

/// The only format to be tried, if one is named.
static ONLY: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("BACKFILE_FORMAT").ok());

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(*first) % FORMATS.len()];
    let format = ONLY.as_deref().unwrap_or(format);
    let source = Source { path: "input", bytes, ..Source::default() };
    convert::detect(&source);
    convert::convert(&source, convert::format(format), &mut |made| {
        if let Ok(made) = made {
            let text = made.article.to_text();
            assert!(backfile::article::Article::parse(&text).is_ok(), "reads again as it was written");
        }
    });
});
