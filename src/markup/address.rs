//! Addresses in pages: relative ones made absolute, by section 5.2 of RFC 3986.

use std::borrow::Cow;

/// The address that `reference` means on a page at `base` (an absolute address, or empty if that is not known: then a
/// relative reference stays as it is). White space inside is dropped as browsers do; a reference to a part of the same
/// page stays as it is; the address that a web archive wrapped is taken out of the wrapping.
pub fn resolve<'a>(base: &str, reference: &'a str) -> Cow<'a, str> {
    let reference = reference.trim();
    if reference.contains(['\n', '\t', '\r']) {
        let joined: String = reference.chars().filter(|c| !matches!(c, '\n' | '\t' | '\r')).collect();
        return Cow::Owned(resolve(base, &joined).into_owned());
    }
    if let Some(original) = unwrap_archived(reference) {
        return Cow::Borrowed(original);
    }
    if scheme(reference).is_some() || reference.is_empty() || reference.starts_with('#') {
        return Cow::Borrowed(reference);
    }
    let base = unwrap_archived(base).unwrap_or(base);
    let Some(scheme) = scheme(base) else { return Cow::Borrowed(reference) };
    if reference.starts_with("//") {
        return Cow::Owned(format!("{scheme}:{reference}"));
    }
    let (origin, path) = split_origin(base);
    if origin.is_empty() {
        return Cow::Borrowed(reference);
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Cow::Owned(if reference.starts_with('?') {
        format!("{origin}{path}{reference}")
    } else if reference.starts_with('/') {
        format!("{origin}{}", without_dots("", reference))
    } else {
        let folder = path.rfind('/').map_or("", |at| &path[..at]);
        format!("{origin}{}", without_dots(folder, reference))
    })
}

/// The scheme of an absolute address, as in `https`.
pub fn scheme(address: &str) -> Option<&str> {
    let end = address.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))?;
    let name = &address[..end];
    (address[end..].starts_with(':') && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

/// An absolute address as its origin (`https://host`) and the rest, which is empty or begins with `/`, `?` or `#`.
/// The origin is empty where there is none.
pub fn split_origin(address: &str) -> (&str, &str) {
    let Some(host) = address.find("://").map(|at| at + 3).filter(|_| scheme(address).is_some()) else {
        return ("", address);
    };
    let end = address[host..].find(['/', '?', '#']).map_or(address.len(), |at| host + at);
    address.split_at(end)
}

/// `http://saltmere.example/a` from `https://web.archive.org/web/20000619120000im_/http://saltmere.example/a`.
pub fn unwrap_archived(address: &str) -> Option<&str> {
    let (_, path) = address.split_once("web.archive.org/web/").or_else(|| {
        let path = address.strip_prefix("/web/")?;
        Some(("", path))
    })?;
    let stamp = path.find(|c: char| !c.is_ascii_digit()).filter(|digits| (4..=14).contains(digits))?;
    let (_, original) = path[stamp..].split_once('/')?;
    scheme(original).is_some_and(|scheme| scheme.starts_with("http")).then_some(original)
}

/// A part of an address with what is written as `%20` as it is meant; `None` where that is no text.
pub fn percent_decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok()).filter(|_| *first == b'%');
        let is_hex = |two: &&str| two.bytes().all(|byte| byte.is_ascii_hexdigit());
        let decoded = digits.filter(is_hex).and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).ok()
}

/// A folder and a relative path as one absolute path, without `.` and `..`; a query or fragment is kept as it is.
fn without_dots(folder: &str, relative: &str) -> String {
    let end = relative.find(['?', '#']).unwrap_or(relative.len());
    let (relative, query) = relative.split_at(end);
    let mut parts: Vec<&str> = Vec::new();
    let mut last = "";
    for part in folder.split('/').chain(relative.split('/')) {
        last = part;
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if parts.is_empty() || !matches!(last, "" | "." | "..") { "" } else { "/" };
    format!("/{}{slash}{query}", parts.join("/"))
}

/// Without percent signs; `None` where they are used wrongly or the result is no text.
pub fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let (two, after) = rest.split_at_checked(2)?;
            let digit = |digit: u8| char::from(digit).to_digit(16);
            bytes.push((digit(two[0])? * 16 + digit(two[1])?) as u8);
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn resolves_as_browsers_do() {
        let base = "http://saltmere.example/town/2000/quay.htm?x=1";
        let cases = [
            ("mud.htm", "http://saltmere.example/town/2000/mud.htm"),
            ("../boats/", "http://saltmere.example/town/boats/"),
            ("./../../../x", "http://saltmere.example/x"),
            ("/sport/?a=../b", "http://saltmere.example/sport/?a=../b"),
            ("//img.example/a.gif", "http://img.example/a.gif"),
            ("?y=2", "http://saltmere.example/town/2000/quay.htm?y=2"),
            ("#note", "#note"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            (" /a\n b ", "http://saltmere.example/a b"),
            ("/web/20000619/http://old.example/a", "http://old.example/a"),
            ("https://web.archive.org/web/20000619120000im_/http://old.example/a.gif", "http://old.example/a.gif"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolve(base, reference), expected);
        }
        assert_eq!(resolve("", "a/b.htm"), "a/b.htm");
        assert_eq!(resolve("http://saltmere.example", "a.htm"), "http://saltmere.example/a.htm");
    }
}
