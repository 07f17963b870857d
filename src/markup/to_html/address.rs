//! Addresses of links and images: which may pass, and how they are written.

use super::escape_attribute;
use std::fmt::Write as _;

/// Schemes that a link may have; without a scheme, an address is relative and harmless.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Where an address leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// To another host.
    External,
    /// To a path of this host, as in `/town/`.
    Root,
    /// Relative to the page, a fragment of it, or a letter or telephone link.
    Other,
    /// To what could run as a script, or to a scheme that no page needs.
    Refused,
}

/// Browsers ignore white space and control characters before and inside a scheme, and its case; so does this.
/// See the basic URL parser of <https://url.spec.whatwg.org/>.
fn kind(address: &str) -> Kind {
    let mut scheme = [0u8; 8];
    let mut length = 0;
    for byte in address.bytes() {
        match byte {
            0..=b' ' | 0x7f => {}
            b':' => {
                let name = scheme.get(..length).unwrap_or(b"?");
                return match SCHEMES.iter().position(|known| known.as_bytes() == name) {
                    Some(0 | 1) => Kind::External,
                    Some(_) => Kind::Other,
                    None => Kind::Refused,
                };
            }
            b'/' | b'\\' | b'?' | b'#' => break,
            _ => {
                if let Some(place) = scheme.get_mut(length) {
                    *place = byte.to_ascii_lowercase();
                }
                // One past the buffer stands for every longer name, which is none of ours.
                length = (length + 1).min(scheme.len() + 1);
            }
        }
    }
    match address.as_bytes() {
        [b'/' | b'\\', b'/' | b'\\', ..] => Kind::External,
        [b'/', ..] => Kind::Root,
        _ => Kind::Other,
    }
}

/// Writes `<a …>` and tells whether it did: a refused or empty address gets no link.
pub(super) fn open_link(to: &str, title: &str, base_path: &str, out: &mut String) -> bool {
    let kind = kind(to);
    if kind == Kind::Refused || to.is_empty() {
        return false;
    }
    out.push_str("<a href=\"");
    write(to, kind, base_path, out);
    if !title.is_empty() {
        out.push_str("\" title=\"");
        escape_attribute(title, out);
    }
    out.push_str(if kind == Kind::External { "\" rel=\"noopener\">" } else { "\">" });
    true
}

/// Whether an image may be fetched from there. An empty address is a lost picture's.
pub(super) fn is_picture(address: &str) -> bool {
    !address.is_empty() && kind(address) != Kind::Refused
}

/// Writes the address of a picture.
pub(super) fn picture(address: &str, base_path: &str, out: &mut String) {
    write(address, kind(address), base_path, out);
}

fn write(address: &str, kind: Kind, base_path: &str, out: &mut String) {
    if kind == Kind::Root {
        escape_attribute(base_path, out);
    }
    escape(address, out);
}

/// Appends an address for an attribute between double quotes: bytes that no address has are percent-encoded, those
/// that HTML minds are escaped, and what is percent-encoded already stays.
pub(super) fn escape(address: &str, out: &mut String) {
    for c in address.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\0'..=' ' | '\x7f'.. => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            _ => out.push(c),
        }
    }
}
