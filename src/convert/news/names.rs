//! Names of languages, sites and sections; texts as base64.

use crate::markup::address::split_origin;

/// A language tag as BCP 47 writes it; empty where it is none.
pub(in crate::convert) fn language(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    let is_tag = tag.split('-').all(is_part) && (2..=3).contains(&first.len()) && tag.len() < 36;
    if is_tag && first.bytes().all(|byte| byte.is_ascii_alphabetic()) { tag } else { String::new() }
}

/// Whether two addresses are of one site.
pub(in crate::convert) fn same_host(a: &str, b: &str) -> bool {
    let host = |address: &str| {
        let host = split_origin(address).0.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
    };
    let a = host(a);
    !a.is_empty() && a == host(b)
}

/// The text that is written as base64; `None` where it is none.
pub(in crate::convert) fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The section path of a list of names, outermost first.
pub(in crate::convert) fn section<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    let slugs: Vec<String> = names.into_iter().map(crate::markup::slug::slug).filter(|slug| !slug.is_empty()).collect();
    slugs.join("/")
}
