//! What reading takes of formats that hold many articles: `cargo bench --bench formats [-- --articles N | --only FORMAT | --smoke]`.
//!
//! All runs on one thread, and what is told is megabytes per second of the processor. `cut` is the part that is done in order, `convert` cuts and converts. Of web archives only the
//! cutting is measured, as what their pages take is that of the format `html`.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

mod generate;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use backfile::convert::records::{self, Found};
use backfile::convert::{self, Format, Source};
use generate::clock::Clock;
use generate::{Generator, argument};
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;

/// An article in pieces: its number, headline, date and paragraphs.
struct Story {
    number: usize,
    title: String,
    date: String,
    paragraphs: Vec<String>,
}

/// How articles are written in a format: what stands before them, each one, and what stands behind them.
type Form = (&'static str, &'static str, fn(&Story) -> String, &'static str);

const FORMS: [Form; 5] = [
    ("jsonl", "", jsonl, ""),
    ("csv", "id,headline,date,body,desk\n", csv, ""),
    ("wxr", WXR, wxr, "</channel></rss>\n"),
    ("newsml-g2", NEWSML, newsml, "</itemSet></newsMessage>\n"),
    ("warc", "", warc, ""),
];
const WXR: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\n";
const NEWSML: &str =
    "<?xml version=\"1.0\"?><newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header/><itemSet>\n";

fn main() {
    let count = if std::env::args().any(|given| given == "--smoke") { 50 } else { argument("--articles", 10_000) };
    let generator = Generator::new(1, count);
    let stories: Vec<Story> = (0..count).map(|number| story(&generator, number)).collect();
    println!("{:12} {:>8} {:>10} {:>12}", "format", "MB", "cut MB/s", "convert MB/s");
    let only = std::env::args().skip_while(|given| given != "--only").nth(1);
    for (name, before, write, behind) in FORMS {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let Some(format) = convert::format(name) else { continue };
        let text = stories.iter().map(write).fold(before.to_owned(), |text, story| text + &story) + behind;
        let megabytes = text.len() as f64 / 1e6;
        let cut = format.split.map(|_| cut(format, text.as_bytes(), count));
        let made = (name != "warc").then(|| convert(format, text.as_bytes(), count));
        let rate =
            |seconds: Option<f64>| seconds.map_or("-".to_owned(), |seconds| format!("{:.0}", megabytes / seconds));
        println!("{name:12} {megabytes:8.1} {:>10} {:>12}", rate(cut), rate(made));
    }
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source { path: "export", bytes, ..Source::default() }
}

/// Seconds of cutting.
fn cut(format: &'static Format, bytes: &[u8], count: usize) -> f64 {
    let (clock, mut found) = (Clock::start(), 0);
    let source = source(bytes);
    records::look(&source, Some(format)).unwrap().cut(&source, &mut Cursor::new(bytes), &mut |one| {
        found += usize::from(matches!(one, Ok(Found::Record(_))));
        ControlFlow::Continue(())
    });
    assert_eq!(found, count, "every article is a record");
    clock.cpu().as_secs_f64()
}

/// Seconds of cutting and converting.
fn convert(format: &'static Format, bytes: &[u8], count: usize) -> f64 {
    let (clock, mut made) = (Clock::start(), 0);
    convert::convert(&source(bytes), Some(format), &mut |one| made += usize::from(one.is_ok()));
    assert_eq!(made, count, "every record of {} is an article", format.name);
    clock.cpu().as_secs_f64()
}

fn story(generator: &Generator, number: usize) -> Story {
    let (_, article, _) = generator.article(number);
    // Generated names have none of the signs that the formats below would need to escape.
    let plain = |text: &str| text.replace(['<', '>', '&', '"', '\\'], " ");
    let date = article.front.date.map(|date| date.to_string()).unwrap_or_default();
    let paragraphs = article.body.split("\n\n").map(|text| plain(&text.replace('\n', " "))).collect();
    Story { number, title: plain(&article.front.title), date, paragraphs }
}

fn html(story: &Story) -> String {
    story.paragraphs.iter().fold(String::new(), |text, paragraph| text + "<p>" + paragraph + "</p>")
}

fn jsonl(story: &Story) -> String {
    let Story { number, title, date, paragraphs } = story;
    let body = paragraphs.join("\\n\\n");
    format!("{{\"id\":{number},\"headline\":\"{title}\",\"date\":\"{date}\",\"body\":\"{body}\",\"desk\":\"town\"}}\n")
}

fn csv(story: &Story) -> String {
    let Story { number, title, date, paragraphs } = story;
    format!("{number},\"{title}\",{date},\"{}\",town\n", paragraphs.join("\n\n"))
}

fn wxr(story: &Story) -> String {
    let Story { number, title, date, .. } = story;
    format!(
        "<item><title>{title}</title><wp:post_id>{number}</wp:post_id><pubDate>{date}</pubDate>\
         <wp:post_type>post</wp:post_type><wp:status>publish</wp:status>\
         <content:encoded><![CDATA[{}]]></content:encoded></item>\n",
        html(story)
    )
}

fn newsml(story: &Story) -> String {
    let Story { number, title, date, .. } = story;
    format!(
        "<newsItem guid=\"urn:saltmere:{number}\" version=\"1\"><itemMeta><versionCreated>{date}</versionCreated></itemMeta>\
         <contentMeta><headline>{title}</headline></contentMeta><contentSet><inlineXML contenttype=\"application/xhtml+xml\">\
         <html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{}</body></html></inlineXML></contentSet></newsItem>\n",
        html(story)
    )
}

fn warc(story: &Story) -> String {
    let page = format!("<html><head><title>{}</title></head><body>{}</body></html>", story.title, html(story));
    let message = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let mut record = String::with_capacity(message.len() + 400);
    let (number, length) = (story.number, message.len());
    let _ = write!(
        record,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2004-03-09T10:46:00Z\r\n\
         WARC-Target-URI: https://gazette.example/{number}.html\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {length}\r\n\r\n{message}\r\n\r\n"
    );
    record
}
