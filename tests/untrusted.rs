//! No input makes the program panic or stall: every case of every input format, changed at random in many ways, is
//! converted, and what comes out is rendered.

mod properties;

use backfile::convert::{self, Source};
use backfile::markup::to_html::to_html;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Changed copies of each case.
const COPIES: u64 = 60;
/// Far more than any case needs; linear time shows in that long ones do not take longer by a square.
const LONGEST: Duration = Duration::from_secs(20);

/// What changes put in: the beginnings and ends of things that parsers wait for.
const PIECES: [&str; 30] = [
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<table>",
    "</td>",
    "<b><i>",
    "</p>",
    "<script>",
    "<br><br>",
    "&#x",
    "&amp;",
    "\"",
    "'",
    "=",
    "{{",
    "%}",
    "---\n",
    "+++\n",
    "\n\n",
    "\u{feff}",
    "\u{2028}",
    "\0",
    "[",
    "](",
    "![",
    "`",
    "date: 9999-99-99",
    "<svg><p>",
];

/// A small generator of numbers (`SplitMix64`), so that a failure can be found again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((number ^ (number >> 31)) % end.max(1) as u64) as usize
    }
}

#[test]
fn changed_cases_are_converted_or_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert");
    for format in convert::names() {
        for input in inputs(&root.join(format)) {
            let bytes = fs::read(&input).unwrap();
            for seed in 0..COPIES {
                let changed = change(&bytes, &mut Numbers(seed));
                let name = input.file_name().unwrap().to_string_lossy();
                convert_all(&name, &changed, format);
            }
        }
    }
}

#[test]
fn long_and_deep_pages_take_no_longer_than_their_length() {
    let paragraph =
        "<p>The harbour board met on Monday, and the mud was spoken of at some length by all who were there.";
    let pages = [
        "<div>".repeat(100_000) + &paragraph.repeat(20),
        "<div class='a b'><p>x".repeat(50_000),
        "<b><i><font color=red><p>x".repeat(50_000),
        "<table><tr><td>".repeat(30_000) + &paragraph.repeat(20),
        paragraph.repeat(20) + &"<ul><li>x".repeat(50_000),
        paragraph.repeat(20) + &"<blockquote><cite>x".repeat(20_000),
        paragraph.repeat(20) + &"<a href='#x'>1</a><p id=x>".repeat(20_000),
        format!("<p {}>{}", "a=b ".repeat(100_000), paragraph.repeat(20)),
        paragraph.repeat(20) + &"<svg>".repeat(100_000),
        // What an end tag does not reach stays open.
        paragraph.repeat(20) + &"<div><table><td></div>".repeat(20_000),
        paragraph.repeat(20) + &"<ul><li><a href=1>x<ul></li></ul>".repeat(20_000),
        paragraph.repeat(20) + &format!("<b class='{}'>", "y ".repeat(100_000)) + &"<p>x".repeat(20_000),
        paragraph.repeat(20) + "<table>" + &"x<tr class=q>".repeat(20_000),
        paragraph.repeat(20) + &"<script><!--<script></script>".repeat(20_000),
        paragraph.repeat(20) + "<title>" + &"Mud | Town - ".repeat(20_000) + "</title>",
        paragraph.repeat(20_000),
        paragraph.repeat(20) + &"<b>\"x\"</b>y".repeat(50_000),
        paragraph.repeat(20) + &"<img src=x.jpg alt=y>".repeat(50_000),
    ];
    for page in pages {
        let start = Instant::now();
        convert_all("page.html", page.as_bytes(), "html");
        assert!(start.elapsed() < LONGEST, "{} took {:?}", page.get(..60).unwrap(), start.elapsed());
    }
}

#[test]
fn long_and_deep_bodies_take_no_longer_than_their_length() {
    let bodies = [
        ">".repeat(50_000) + " a\n\n<b>\n",
        "- ".repeat(20_000) + "x",
        "> a\n>\n> — b\n\n".repeat(20_000),
        "[^1]: x\n\n".repeat(20_000) + "[^1]",
        "# One\n".repeat(20_000),
        "![a](b)\n".repeat(50_000),
        "[a](".repeat(50_000),
        "<div>".repeat(100_000) + "\n\ntext",
        "| a |\n|---|\n".to_owned() + &"| b |\n".repeat(50_000),
        "*a **b ".repeat(50_000),
        "{{< ".repeat(50_000),
        "`` ` ``` ".repeat(50_000),
    ];
    for body in bodies {
        let start = Instant::now();
        convert_all("body.md", body.as_bytes(), "markdown");
        assert!(start.elapsed() < LONGEST, "{} took {:?}", body.get(..20).unwrap(), start.elapsed());
    }
}

fn convert_all(name: &str, bytes: &[u8], format: &str) {
    if format == "html" {
        return properties::html(bytes);
    }
    let source = Source {
        path: name,
        bytes,
        section: None,
        base_url: None,
        accounting: bytes.len().is_multiple_of(2),
        ..Source::default()
    };
    convert::detect(&source);
    convert::convert(&source, convert::format(format), &mut |made| {
        if let Ok(made) = made {
            let mut html = String::new();
            to_html(&made.article.body, "", &mut html);
            assert!(!html.to_ascii_lowercase().contains("<script"), "{html}");
            made.article.to_text();
        }
    });
}

fn inputs(folder: &Path) -> Vec<PathBuf> {
    let entries =
        |folder: &Path| fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let files = entries(folder).flat_map(|case| entries(&case).collect::<Vec<_>>());
    let mut inputs: Vec<PathBuf> = files
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("input.")))
        .collect();
    inputs.sort();
    inputs
}

/// A copy with a few stretches cut out, doubled, moved or overwritten.
fn change(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(changed.len());
        let end = (at + 1 + numbers.below(40)).min(changed.len());
        match numbers.below(6) {
            0 => drop(changed.drain(at..end)),
            1 => changed.truncate(at),
            2 => {
                let stretch = changed.get(at..end).unwrap_or_default().repeat(1 + numbers.below(20));
                let to = numbers.below(changed.len());
                changed.splice(to..to, stretch);
            }
            3 => changed[at..end].iter_mut().for_each(|byte| *byte = numbers.below(256) as u8),
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())].repeat(1 + numbers.below(4));
                changed.splice(at..at, piece.into_bytes());
            }
        }
        if changed.is_empty() {
            break;
        }
    }
    changed
}
