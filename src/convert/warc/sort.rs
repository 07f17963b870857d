//! What a record is to an archive of articles.

use super::http::Head;
use super::read::Raw;
use crate::convert::records::{Context, Found, Record};
use crate::date::ArticleDate;
use crate::markup::address::resolve;

const OF_THE_CRAWLER: &str = "requests and notes of the crawler";
const MADE_WITH: &str = "styles, scripts and fonts";

/// Sorts a record.
pub(super) fn sort(raw: Raw) -> Found {
    let kind = raw.field("warc-type").to_ascii_lowercase();
    let url = raw.url().to_owned();
    let is_of_the_web =
        url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) || url.starts_with("file:");
    match kind.as_str() {
        "response" if is_of_the_web => response(raw, url),
        "resource" if is_of_the_web => {
            let (media_type, charset) = media_type(raw.field("content-type"));
            document(raw, url, media_type, charset, String::new(), 0)
        }
        "revisit" if is_of_the_web => revisit(&raw, url),
        "conversion" => Found::LeftOut("other forms of saved files"),
        "continuation" => Found::LeftOut("second parts of records"),
        _ => Found::LeftOut(OF_THE_CRAWLER),
    }
}

fn response(raw: Raw, url: String) -> Found {
    let Some(head) = Head::read(&raw.block) else {
        // Servers of the first years sent the page and nothing else, and so do some tools.
        let (media_type, charset) = media_type(if raw.is_arc { raw.field("content-type") } else { "" });
        return document(raw, url, media_type, charset, String::new(), 0);
    };
    match head.status {
        301..=303 | 307 | 308 => match head.header("location") {
            "" => Found::LeftOut("error pages"),
            to => Found::Moved { to: resolve(&url, to).into_owned(), from: url },
        },
        // Without a status, what was sent is all there is to judge by.
        0 | 200 | 203 => {
            let (media_type, charset) = media_type(head.header("content-type"));
            let coding = head.coding();
            document(raw, url, media_type, charset, coding, head.body)
        }
        304 => Found::LeftOut(OF_THE_CRAWLER),
        _ => Found::LeftOut("error pages"),
    }
}

/// The same page again, or the same page at another address.
fn revisit(raw: &Raw, url: String) -> Found {
    if let Some(head) = Head::read(&raw.block) {
        if matches!(head.status, 301..=303 | 307 | 308) && !head.header("location").is_empty() {
            return Found::Moved { to: resolve(&url, head.header("location")).into_owned(), from: url };
        }
        let (media_type, _) = media_type(head.header("content-type"));
        if !media_type.is_empty() && !is_html(&media_type) {
            return Found::LeftOut("repeated records");
        }
    }
    match raw.field("warc-refers-to-target-uri").trim_start_matches('<').trim_end_matches('>') {
        "" => Found::Moved { to: url.clone(), from: url },
        to => Found::Moved { from: url, to: to.to_owned() },
    }
}

fn document(raw: Raw, url: String, media_type: String, charset: String, coding: String, body: usize) -> Found {
    let name = raw.field("warc-record-id").trim_start_matches('<').trim_end_matches('>').to_owned();
    let captured = time(raw.field("warc-date"));
    let digest = raw.field("warc-payload-digest").to_owned();
    let mut bytes = raw.block;
    bytes.drain(..body.min(bytes.len()));
    let start = bytes.trim_ascii_start();
    let is_sniffed = matches!(media_type.as_str(), "" | "application/octet-stream" | "unk" | "no-type");
    let is_picture = [b"\xff\xd8\xff".as_slice(), b"\x89PNG", b"GIF8"].iter().any(|magic| start.starts_with(magic));
    let (main, _) = media_type.split_once('/').unwrap_or((&media_type, ""));
    let path = url.split(['?', '#']).next().unwrap_or_default();
    match media_type.as_str() {
        _ if main == "image" || (is_sniffed && is_picture) => return file(url, bytes, &coding),
        "application/pdf" => return file(url, bytes, &coding),
        _ if matches!(main, "audio" | "video") => return Found::LeftOut("sound and film"),
        _ if main == "font" || media_type.contains("font") => return Found::LeftOut(MADE_WITH),
        "text/css" | "text/javascript" => return Found::LeftOut(MADE_WITH),
        media if media.contains("javascript") || media.contains("json") => return Found::LeftOut(MADE_WITH),
        media if media.contains("rss") || media.contains("atom") => return Found::LeftOut("feeds and sitemaps"),
        "text/xml" | "application/xml" if !start.starts_with(b"<") || is_feed(start) => {
            return Found::LeftOut("feeds and sitemaps");
        }
        "text/plain" if path.ends_with("/robots.txt") => return Found::LeftOut(OF_THE_CRAWLER),
        media if is_html(media) || main == "text" || media.ends_with("xml") => {}
        _ if is_sniffed && (start.starts_with(b"<") || !coding.is_empty()) => {}
        _ => return Found::LeftOut("files of other kinds"),
    }
    if bytes.trim_ascii().is_empty() {
        return Found::LeftOut("empty records");
    }
    let context = Context { url: url.clone(), captured, digest, charset, media_type, coding, ..Context::default() };
    Found::Record(Record { name, label: url, line: 0, bytes, context })
}

/// A picture or another file that pages show.
fn file(address: String, bytes: Vec<u8>, coding: &str) -> Found {
    let limits = crate::config::limits::Limits::default();
    if coding.is_empty() {
        return Found::File { address, bytes };
    }
    let bytes = super::http::unpacked(&bytes, coding, &limits).bytes.into_owned();
    Found::File { address, bytes }
}

fn is_feed(start: &[u8]) -> bool {
    let look = &start[..start.len().min(1000)];
    [b"<rss".as_slice(), b"<feed", b"<rdf:RDF", b"<urlset", b"<sitemapindex"]
        .iter()
        .any(|mark| memchr::memmem::find(look, mark).is_some())
}

/// Whether a media type is that of web pages.
pub(super) fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml")
}

/// A `Content-Type`: what it is, in lower case, and the encoding of its text.
fn media_type(value: &str) -> (String, String) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let charset = charset.map_or("", |(_, value)| value.trim().trim_matches(['"', '\'']));
    (media_type, charset.to_owned())
}

/// `2024-05-01T12:00:00Z` of WARC, with or without parts of seconds, or `20000619120000` of ARC.
fn time(value: &str) -> Option<ArticleDate> {
    if value.len() >= 12 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |from: usize, to: usize| value.get(from..to).unwrap_or("00");
        let seconds = if value.len() >= 14 { part(12, 14) } else { "00" };
        let text = format!("{}-{}-{}T{}:{}:{seconds}Z", part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12));
        return text.parse().ok();
    }
    value.parse().ok().or_else(|| format!("{}Z", value.split_once('.')?.0).parse().ok())
}
