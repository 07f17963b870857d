//! HTTP messages: their heads (RFC 9112, as servers of all years wrote them) and the coding of their bodies (RFC 9110).

use crate::config::limits::Limits;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::Read;

/// Most lines of a head.
const MOST_LINES: usize = 1000;
/// Most codings on top of each other.
const MOST_CODINGS: usize = 4;

/// The head of a response.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// Where the body begins.
    pub(super) body: usize,
}

impl Head {
    /// The head of a message; `None` where the bytes are no response.
    pub(super) fn read(message: &[u8]) -> Option<Self> {
        if !message.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) {
            return None;
        }
        let (mut at, mut headers, mut status) = (0, Vec::<(String, String)>::new(), None);
        for _ in 0..MOST_LINES {
            let rest = message.get(at..)?;
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let text = String::from_utf8_lossy(&rest[..end]);
            at += end;
            let text = text.trim_end();
            if text.is_empty() {
                break;
            }
            if status.is_none() {
                status = Some(text.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0));
            } else if let (true, Some((_, value))) = (text.starts_with([' ', '\t']), headers.last_mut()) {
                value.push(' ');
                value.push_str(text.trim());
            } else if let Some((name, value)) = text.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Some(Self { status: status?, headers, body: at })
    }

    /// The header of that name, in lower case; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// How the body is packed, the outermost first.
    pub(super) fn coding(&self) -> String {
        let codings = |name: &str| -> Vec<String> {
            let words = self.header(name).split(',').map(|word| word.trim().to_ascii_lowercase());
            let mut words: Vec<String> = words.filter(|word| !matches!(word.as_str(), "" | "identity")).collect();
            words.reverse();
            words
        };
        [codings("transfer-encoding"), codings("content-encoding")].concat().join(" ")
    }
}

/// A body as it was before it was packed for its way.
pub(super) struct Body<'b> {
    pub(super) bytes: Cow<'b, [u8]>,
    /// What is wrong with it, if it is not all there.
    pub(super) whole: Result<(), &'static str>,
}

/// Unpacks a body. Servers have been known to name codings that they did not use, and crawlers to take them off and leave
/// their names; such bytes stay as they are.
pub(super) fn unpacked<'b>(bytes: &'b [u8], coding: &str, limits: &Limits) -> Body<'b> {
    let mut body = Body { bytes: Cow::Borrowed(bytes), whole: Ok(()) };
    for name in coding.split(' ').filter(|name| !name.is_empty()).take(MOST_CODINGS) {
        let most = limits.unpacked(body.bytes.len() as u64).min(limits.bytes());
        let mut out = Vec::new();
        let packed = &*body.bytes;
        let read = |reader: &mut dyn Read, out: &mut Vec<u8>| reader.take(most + 1).read_to_end(out).is_ok();
        let is_whole = match name {
            "chunked" => match unchunked(packed) {
                Some((joined, is_whole)) => {
                    out = joined;
                    is_whole
                }
                None => continue,
            },
            "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => read(&mut MultiGzDecoder::new(packed), &mut out),
            "deflate" if packed.first().is_some_and(|byte| byte & 15 == 8) => {
                let is_whole = read(&mut ZlibDecoder::new(packed), &mut out);
                if is_whole || !out.is_empty() { is_whole } else { read(&mut DeflateDecoder::new(packed), &mut out) }
            }
            "deflate" => read(&mut DeflateDecoder::new(packed), &mut out),
            "br" => {
                let is_whole = read(&mut brotli_decompressor::Decompressor::new(packed, 4096), &mut out);
                // Plain text may be the beginning of anything.
                if !is_whole && packed.trim_ascii_start().starts_with(b"<") {
                    continue;
                }
                is_whole
            }
            "zstd" if packed.starts_with(b"\x28\xb5\x2f\xfd") => match zstd::stream::read::Decoder::new(packed) {
                Ok(mut reader) => read(&mut reader, &mut out),
                Err(_) => false,
            },
            _ => continue,
        };
        if out.len() as u64 > most {
            out.truncate(most as usize);
            body.whole =
                Err("unpacks to more than a document may have (`megabytes` and `ratio` in [limits]), so it was cut");
        } else if !is_whole {
            body.whole = Err("was not sent whole, or its packing is damaged; what is there was converted");
        }
        body.bytes = Cow::Owned(out);
    }
    body
}

/// The chunks of a body, joined, and whether the last one is there; `None` where it is not in chunks.
fn unchunked(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = memchr::memchr(b'\n', rest).filter(|end| *end < 200);
        let Some((line, after)) = end.map(|end| (&rest[..end], &rest[end + 1..])) else { break };
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let length = std::str::from_utf8(digits).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let Some(length) = length else { break };
        if length == 0 {
            return Some((out, true));
        }
        let Some((chunk, after)) = after.split_at_checked(length) else {
            out.extend_from_slice(after);
            return Some((out, false));
        };
        out.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
    (!out.is_empty()).then_some((out, false))
}

#[cfg(test)]
mod tests {
    use super::{Head, unchunked};

    #[test]
    fn heads_of_all_years_are_read() {
        let cases: [(&[u8], u16, &str, usize); 4] = [
            (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", 200, "text/html", 44),
            (b"HTTP/1.0 200\nContent-type:\n text/html\n\n<p>", 200, " text/html", 39),
            (b"HTTP/1.1\r\nContent-Type: a\r\n\r\n", 0, "a", 29),
            (b"http/1.0 404 Not Found", 404, "", 22),
        ];
        for (message, status, media_type, body) in cases {
            let head = Head::read(message).unwrap();
            assert_eq!((head.status, head.header("content-type"), head.body), (status, media_type, body));
        }
        assert!(Head::read(b"<html>").is_none());
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_go() {
        let cases: [(&[u8], &str); 4] = [
            (b"4\r\nferr\r\n1;x=y\r\ny\r\n0\r\n\r\n", "ferry, whole"),
            (b"4\r\nferr\r\nff\r\ny", "ferry, cut"),
            (b"4\r\nferr\r\n", "ferr, cut"),
            (b"<html>\n", "no chunks"),
        ];
        for (bytes, expected) in cases {
            let joined = unchunked(bytes).map(|(joined, is_whole)| {
                format!("{}, {}", String::from_utf8_lossy(&joined), if is_whole { "whole" } else { "cut" })
            });
            assert_eq!(joined.as_deref().unwrap_or("no chunks"), expected);
        }
    }
}
