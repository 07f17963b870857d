//! Sources of many documents on whatever libFuzzer thinks of: the first byte says which format, the rest is the source.
//! How to run it is in CONTRIBUTING.md.

#![no_main]

use backfile::convert::{self, Source};
use libfuzzer_sys::fuzz_target;

/// The formats, by the first byte.
const FORMATS: [&str; 7] = ["warc", "wacz", "zip", "tar", "eml", "mbox", "mhtml"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let Some(format) = FORMATS.get(usize::from(*first) % FORMATS.len()) else { return };
    let source = Source { path: "input", bytes, ..Source::default() };
    convert::detect(&source);
    convert::convert(&source, convert::format(format), &mut |made| {
        if let Ok(made) = made {
            let text = made.article.to_text();
            assert!(backfile::article::Article::parse(&text).is_ok(), "reads again as it was written");
        }
    });
});
