//! What holds for any input, article or not: no panic, nothing unaccounted for, no time that grows faster than the
//! input, and articles that read back as they were written.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use backfile::article::Article;
use backfile::convert::account::Fate;
use backfile::convert::{self, FORMATS, Source};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Damaged copies of each case's input.
const COPIES: u64 = 25;
/// Bytes of the long inputs: at this length a quadratic step would take minutes in all.
const LONG: usize = 40_000;

/// Pseudo-random numbers (xorshift64*), so that a failure can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }

    /// The bytes with some damage: cut, repeated, moved, overwritten, or with lines lost.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(6) {
            let from = self.below(bytes.len());
            let to = (from + self.below(80)).min(bytes.len());
            match self.below(7) {
                0 => bytes.truncate(from),
                1 => drop(bytes.drain(from..to)),
                2 => bytes = [&bytes[..to], &bytes[from..]].concat(),
                3 => bytes.rotate_left(from),
                4 => bytes.iter_mut().skip(from).take(self.below(4)).for_each(|byte| *byte ^= 0x95),
                5 => {
                    bytes = bytes
                        .split(|byte| *byte == b'\n')
                        .filter(|_| self.below(8) > 0)
                        .collect::<Vec<_>>()
                        .join(&b'\n');
                }
                _ => {
                    const SIGNS: [&str; 12] = [
                        "\n\n",
                        "\r",
                        "\0",
                        "é",
                        "\u{a0}",
                        "|",
                        " real 56k\n",
                        "[",
                        "\u{2028}",
                        "- ",
                        "1999",
                        "\u{feff}",
                    ];
                    bytes.splice(from..from, SIGNS[self.below(SIGNS.len())].bytes());
                }
            }
        }
        bytes
    }
}

/// Every case's input, with the case's path.
fn inputs() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert");
    let folders = |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let formats = folders(&root).into_iter().filter(|path| path.is_dir());
    let cases = formats.flat_map(|format| folders(&format));
    let files =
        cases.flat_map(|case| folders(&case)).filter(|file| file.file_stem().is_some_and(|stem| stem == "input"));
    let mut inputs: Vec<_> = files
        .map(|file| (file.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap()))
        .collect();
    inputs.sort();
    inputs
}

/// Converts as every format in turn, and checks what must hold of the articles.
fn check(path: &str, bytes: &[u8]) {
    for format in FORMATS {
        let source = Source {
            path,
            bytes,
            section: Some("Town/Harbour"),
            base_url: None,
            accounting: true,
            ..Source::default()
        };
        convert::convert(&source, Some(format), &mut |made| {
            let Ok(made) = made else { return };
            let text = made.article.to_text();
            assert_eq!(Article::parse(&text).as_ref(), Ok(&made.article), "{text}");
            assert!(!made.article.front.title.is_empty());
            for piece in &made.account.pieces {
                assert_ne!(piece.fate, Fate::Dropped("not understood"), "line {}: {}", piece.line, piece.text);
            }
        });
    }
}

#[test]
fn damaged_copies_neither_panic_nor_lose_lines() {
    for (path, bytes) in inputs() {
        for seed in 1..=COPIES {
            let damaged = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).damage(&bytes);
            let outcome = catch_unwind(AssertUnwindSafe(|| check(&path, &damaged)));
            assert!(outcome.is_ok(), "{path}, copy {seed}:\n{}", String::from_utf8_lossy(&damaged));
        }
    }
}

#[test]
fn time_grows_with_the_length_of_the_input_and_no_faster() {
    const PAGE: &str =
        "Gazette Homepage\nYou are in: Town\nWednesday, 19 July, 2000, 11:45 GMT 12:45 UK\nHeadline of it\n";
    const LINES: [&str; 22] = [
        "a",
        "a ",
        "- a",
        "A word",
        "real 56k",
        "The Gazette's Ann Poe",
        "\"Well\"",
        "See also:",
        "18 Jul 00 | X",
        "x|y",
        "|",
        "all the hyphen-",
        "[ image: x]",
        "By Ann Poe",
        "*",
        "[a](b)",
        "<",
        "&",
        "3 March 1999",
        "\u{92}",
        "> a\n>",
        "WHAT\nA sentence.",
    ];
    for line in LINES {
        for between in ["", "\n", "\n\n"] {
            let repeated = format!("{line}{between}").repeat(LONG / (line.len() + between.len()));
            check("long.txt", repeated.as_bytes());
            check("long.txt", format!("{PAGE}{repeated}").as_bytes());
        }
    }
}
