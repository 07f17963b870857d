//! Answers as HTTP has them (RFC 9110): types, lengths, conditional requests and ranges.

use crate::disk::read::Pieces;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use futures_util::stream;
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use std::ops::Range;

/// Bytes that are read at once of a file on the disk.
const PIECE: u64 = 256 << 10;

/// What is answered with: something with a type, and a tag that is another when the bytes are.
pub(super) struct Content {
    pub(super) status: StatusCode,
    pub(super) kind: String,
    pub(super) tag: String,
    pub(super) changed: Option<Timestamp>,
    pub(super) bytes: Bytes,
}

/// Where the bytes are.
pub(super) enum Bytes {
    Here(Vec<u8>),
    OnDisk(Pieces),
}

impl Bytes {
    fn len(&self) -> u64 {
        match self {
            Self::Here(bytes) => bytes.len() as u64,
            Self::OnDisk(file) => file.stamp.size,
        }
    }

    fn body(self, range: Range<u64>) -> Body {
        match self {
            Self::Here(bytes) => {
                Body::from(bytes.get(range.start as usize..range.end as usize).unwrap_or_default().to_vec())
            }
            Self::OnDisk(file) => Body::from_stream(stream::unfold((file, range), next_piece)),
        }
    }
}

/// The next piece of a file; a file that is shorter by now ends the connection, so that nobody takes it for whole.
async fn next_piece((file, range): (Pieces, Range<u64>)) -> Option<(std::io::Result<Vec<u8>>, (Pieces, Range<u64>))> {
    let left = range.end.saturating_sub(range.start);
    if left == 0 {
        return None;
    }
    let from = range.start;
    let read = move || {
        let mut file = file;
        let piece = file.read(from, left.min(PIECE));
        (file, piece)
    };
    let (file, piece) = tokio::task::spawn_blocking(read).await.ok()?;
    let piece = piece
        .and_then(|piece| if piece.is_empty() { Err(std::io::ErrorKind::UnexpectedEof.into()) } else { Ok(piece) });
    let next = if let Ok(piece) = &piece { from + piece.len() as u64 } else { range.end };
    Some((piece, (file, next..range.end)))
}

/// Answers a request for this content.
pub(super) fn answer(method: &Method, asked: &HeaderMap, content: Content) -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let tag = format!("\"{}\"", content.tag);
    let date = content.changed.and_then(|changed| DateTimePrinter::new().timestamp_to_rfc9110_string(&changed).ok());
    put(headers, header::ETAG, &tag);
    put(headers, header::CACHE_CONTROL, "no-cache");
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, header::ACCEPT_RANGES, "bytes");
    if let Some(date) = &date {
        put(headers, header::LAST_MODIFIED, date);
    }
    let is_fine = content.status == StatusCode::OK;
    if is_fine && is_known(asked, &tag, content.changed) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    put(headers, header::CONTENT_TYPE, &content.kind);
    let length = content.bytes.len();
    let mut status = content.status;
    let mut range = 0..length;
    if is_fine && *method == Method::GET && range_holds(asked, &tag, date.as_deref()) {
        match wanted(asked, length) {
            Wanted::All => {}
            Wanted::Part(part) => {
                status = StatusCode::PARTIAL_CONTENT;
                put(headers, header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", part.start, part.end - 1));
                range = part;
            }
            Wanted::Beyond => {
                status = StatusCode::RANGE_NOT_SATISFIABLE;
                put(headers, header::CONTENT_RANGE, &format!("bytes */{length}"));
                range = 0..0;
            }
        }
    }
    put(headers, header::CONTENT_LENGTH, &(range.end - range.start).to_string());
    *response.status_mut() = status;
    if *method != Method::HEAD {
        *response.body_mut() = content.bytes.body(range);
    }
    response
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    // What is put is made here of visible characters; what is not goes unsaid rather than wrong.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn text(asked: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    asked.get(name)?.to_str().ok()
}

/// Whether who asks has it already. A tag says it better than a time, so with tags the time is not looked at.
fn is_known(asked: &HeaderMap, tag: &str, changed: Option<Timestamp>) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let lists = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
        return lists
            .flat_map(|list| list.split(','))
            .map(str::trim)
            .any(|known| known == "*" || known.trim_start_matches("W/") == tag);
    }
    let since =
        text(asked, header::IF_MODIFIED_SINCE).and_then(|since| DateTimeParser::new().parse_timestamp(since).ok());
    changed.zip(since).is_some_and(|(changed, since)| changed.as_second() <= since.as_second())
}

/// Whether a part is of use to who asks: only if the rest that they have is of the same.
fn range_holds(asked: &HeaderMap, tag: &str, date: Option<&str>) -> bool {
    !asked.contains_key(header::IF_RANGE)
        || text(asked, header::IF_RANGE).is_some_and(|known| known == tag || Some(known) == date)
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    Part(Range<u64>),
    Beyond,
}

/// The one range that is asked for; several, or what is no range, ask for all of it, as servers may take it.
fn wanted(asked: &HeaderMap, length: u64) -> Wanted {
    let parsed = || {
        let (first, last) = text(asked, header::RANGE)?.strip_prefix("bytes=")?.trim().split_once('-')?;
        let number =
            |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse::<u64>().ok())?;
        Some(match (first, last) {
            ("", last) => {
                let from = length.saturating_sub(number(last)?);
                if from < length { Wanted::Part(from..length) } else { Wanted::Beyond }
            }
            (first, last) => {
                let first = number(first)?;
                let last = if last.is_empty() { u64::MAX } else { number(last)? };
                match () {
                    () if last < first => return None,
                    () if first >= length => Wanted::Beyond,
                    () => Wanted::Part(first..last.saturating_add(1).min(length)),
                }
            }
        })
    };
    parsed().unwrap_or(Wanted::All)
}

/// The type of a file by its ending, with the charset of text.
pub(super) fn kind_of(path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    // Pages of old servers kept their addresses; what is at them now is HTML.
    let kind = match ending.as_str() {
        "stm" | "asp" | "aspx" | "shtml" | "shtm" | "php" | "php3" | "jsp" | "cfm" | "cgi" => "text/html".to_owned(),
        _ if path == "atom.xml" || path.ends_with("/atom.xml") => "application/atom+xml".to_owned(),
        _ if path == "rss.xml" || path.ends_with("/rss.xml") => "application/rss+xml".to_owned(),
        _ => mime_guess::from_path(path).first_or_octet_stream().to_string(),
    };
    let is_text =
        kind.starts_with("text/") || kind.ends_with("xml") || kind.ends_with("json") || kind.ends_with("javascript");
    if is_text { format!("{kind}; charset=utf-8") } else { kind }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, kind_of, wanted};
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn ranges_are_read_as_http_has_them() {
        let cases = [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=2-", Wanted::Part(2..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=8-99999999999999999999", Wanted::All),
            ("bytes=8-18446744073709551615", Wanted::Part(8..10)),
            ("bytes=9-9", Wanted::Part(9..10)),
            ("bytes=10-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=4-2", Wanted::All),
            ("bytes=0-1,3-4", Wanted::All),
            ("bytes=+1-2", Wanted::All),
            ("bytes=-", Wanted::All),
            ("lines=0-1", Wanted::All),
        ];
        for (asked, expected) in cases {
            let headers: HeaderMap = [(header::RANGE, HeaderValue::from_static(asked))].into_iter().collect();
            assert_eq!(wanted(&headers, 10), expected, "{asked}");
        }
    }

    #[test]
    fn types_are_those_that_browsers_take() {
        let cases = [
            ("index.html", "text/html; charset=utf-8"),
            ("2/hi/uk/1.STM", "text/html; charset=utf-8"),
            ("story.asp", "text/html; charset=utf-8"),
            ("assets/site.css", "text/css; charset=utf-8"),
            ("town/atom.xml", "application/atom+xml; charset=utf-8"),
            ("media/quay.svg", "image/svg+xml; charset=utf-8"),
            ("media/quay.jpg", "image/jpeg"),
            ("media/tide.mp3", "audio/mpeg"),
            ("x.woff2", "font/woff2"),
            ("CNAME", "application/octet-stream"),
        ];
        for (path, expected) in cases {
            assert_eq!(kind_of(path), expected, "{path}");
        }
    }
}
