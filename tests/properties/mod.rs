//! What holds of a converted web page whatever the page is: for the tests of untrusted input and the fuzz target.

use backfile::article::Article;
use backfile::convert::{self, Source};
use backfile::markup::to_html::to_html;

/// Converts a page and checks what came of it. A panic is a failure of its own.
///
/// # Panics
/// Where the article cannot be read again as it was written, or its HTML holds what could run.
pub(crate) fn html(bytes: &[u8]) {
    let source = Source {
        path: "page.html",
        bytes,
        section: None,
        base_url: Some("https://gazette.example/town/"),
        accounting: bytes.len().is_multiple_of(2),
        ..Source::default()
    };
    let mut made = Vec::new();
    convert::convert(&source, convert::format("html"), &mut |converted| made.extend(converted));
    for converted in made {
        let text = converted.article.to_text();
        let read = Article::parse(&text).unwrap_or_else(|wrong| panic!("{wrong:?} in\n{text}"));
        assert_eq!(read.to_text(), text, "reads again as it was written");
        let mut html = String::new();
        to_html(&read.body, "", &mut html);
        harmless(&html);
    }
}

/// Whether nothing in the HTML of a body can run: our writer escapes what is text, so a tag is a tag.
fn harmless(html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let after = &rest[at + 1..];
        let end = after.find('>').unwrap_or(after.len());
        let (tag, tail) = after.split_at(end);
        let tag = tag.to_ascii_lowercase();
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let forbidden = ["script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "meta", "link"];
        assert!(!forbidden.contains(&name), "<{tag}> in\n{html}");
        let names = tag.split('"').step_by(2).flat_map(str::split_ascii_whitespace);
        for attribute in names.skip(1) {
            assert!(!attribute.starts_with("on"), "<{tag}> in\n{html}");
        }
        // What a picture shows may read like an address.
        for address in ["href=\"", "src=\"", "cite=\""] {
            for scheme in ["javascript:", "vbscript:", "data:"] {
                assert!(!tag.contains(&format!("{address}{scheme}")), "<{tag}> in\n{html}");
            }
        }
        rest = tail;
    }
}
