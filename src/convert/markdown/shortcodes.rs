//! Tags of template languages in a text: Liquid's `{% … %}` and `{{ … }}`, Hugo's `{{< … >}}` and `{{% … %}}`.
//!
//! Pictures become figures, `highlight` becomes code, and expressions that only stand for the site's address vanish, as
//! addresses are put under it when pages are built. Every other tag is shown as it is, as code: nothing is lost.

use super::front::Matter;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::escape;
use serde_yaml::Mapping;
use std::fmt::Write as _;

/// The text of an article without tags; warns of those that cannot be shown.
pub(super) fn rewrite(matter: &Matter<'_>, warnings: &mut Vec<Diagnostic>) -> String {
    let out = String::with_capacity(matter.body.len());
    let mut writer = Writer { out, values: &matter.values, fence: None, raw: false, warnings };
    for (text, number) in matter.body.split_inclusive('\n').zip(matter.body_line..) {
        writer.line(text, number);
    }
    writer.out
}

struct Writer<'w> {
    out: String,
    /// The front matter, whose values a tag can stand for.
    values: &'w Mapping,
    /// The sign and length of the fence of the code that the line stands in; of a tag's, the tag that ends it.
    fence: Option<Fence>,
    /// Within `{% raw %}`.
    raw: bool,
    warnings: &'w mut Vec<Diagnostic>,
}

enum Fence {
    Marked(char, usize),
    Highlight,
}

/// A tag: what it says, and how it is written.
struct Tag<'a> {
    inner: &'a str,
    whole: &'a str,
}

impl Writer<'_> {
    fn line(&mut self, line: &str, number: u32) {
        let bare = line.trim_start();
        let mark = bare.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| bare.len() - bare.trim_start_matches(mark).len());
        match self.fence {
            Some(Fence::Marked(open, least)) => {
                if mark == Some(open) && length >= least {
                    self.fence = None;
                }
                return self.out.push_str(line);
            }
            Some(Fence::Highlight) => {
                if bare.starts_with("{%") && bare.contains("endhighlight") {
                    self.out.push_str("```\n");
                    self.fence = None;
                } else {
                    self.out.push_str(line);
                }
                return;
            }
            None => {}
        }
        if let Some(mark) = mark.filter(|_| length >= 3 && !self.raw) {
            self.fence = Some(Fence::Marked(mark, length));
            return self.out.push_str(line);
        }
        if is_attributes(bare.trim_end())
            || matches!(bare.trim_end(), "<!--more-->" | "<!-- more -->" | "<!-- excerpt -->")
        {
            return;
        }
        self.text(line, number);
    }

    fn text(&mut self, line: &str, number: u32) {
        let mut rest = line;
        while let Some(at) = rest.find(['{', '`']) {
            let (before, tail) = rest.split_at(at);
            self.out.push_str(before);
            let used = if tail.starts_with('`') {
                // Code stays as it is.
                let ticks = tail.len() - tail.trim_start_matches('`').len();
                let end = near(&tail[ticks..]).find(&tail[..ticks]).map_or(ticks, |end| ticks + end + ticks);
                self.out.push_str(&tail[..end]);
                end
            } else if tail.starts_with("{:") && near(tail).contains('}') {
                // Kramdown's attributes of what stands before them.
                tail.find('}').map_or(1, |end| end + 1)
            } else if let Some(tag) = tag(tail) {
                let used = tag.whole.len();
                let alone = before.trim().is_empty() && tail[used..].trim().is_empty();
                self.tag(&tag, alone, number);
                used
            } else {
                self.out.push('{');
                1
            };
            rest = &tail[used..];
        }
        self.out.push_str(rest);
    }

    fn tag(&mut self, tag: &Tag<'_>, alone: bool, number: u32) {
        let (name, arguments) = tag.inner.split_once(char::is_whitespace).unwrap_or((tag.inner, ""));
        match name {
            "raw" if tag.whole.starts_with("{%") => self.raw = true,
            "endraw" if tag.whole.starts_with("{%") => self.raw = false,
            _ if self.raw => self.out.push_str(tag.whole),
            "highlight" if alone && tag.whole.starts_with("{%") => {
                let _ = write!(self.out, "```{}", arguments.split_whitespace().next().unwrap_or_default());
                self.fence = Some(Fence::Highlight);
            }
            _ if tag.whole.starts_with("{{") && self.stands_for(tag.inner) => {}
            _ => match figure(name, arguments) {
                Some(figure) => self.out.push_str(&figure),
                None => self.show(tag, number),
            },
        }
    }

    /// Writes what an expression stands for, if it is the site's address (which is nothing here), an address that is
    /// only put under that, or a value of the front matter.
    fn stands_for(&mut self, inner: &str) -> bool {
        const FILTERS: [&str; 6] =
            ["", "url", "relative_url", "absolute_url", "prepend: site.baseurl", "prepend:site.baseurl"];
        let (name, filter) = inner.split_once('|').unwrap_or((inner, ""));
        let name = name.trim();
        if matches!(name, "site.baseurl" | "site.url" | "base_url" | "site.BaseURL" | ".Site.BaseURL") {
            return true;
        }
        let value = self.values.get(name.strip_prefix("page.").unwrap_or(name)).and_then(|value| value.as_str());
        let value = unquoted(name).or(value).filter(|_| FILTERS.contains(&filter.trim()));
        self.out.push_str(value.unwrap_or_default());
        value.is_some()
    }

    /// Shows a tag as it is written. In an address it can only stay: the address is broken, which is said.
    fn show(&mut self, tag: &Tag<'_>, number: u32) {
        if self.out.ends_with(['(', '"', '<', '/', '=']) {
            self.out.push_str(tag.whole);
            let message = format!("`{}` in an address has no meaning here", tag.whole);
            self.warnings.push(
                Diagnostic::warning(Place::at("", number, 0), message).hint("put the address itself in its place"),
            );
            return;
        }
        let fence = if tag.whole.contains('`') { "``" } else { "`" };
        let _ = write!(self.out, "{fence}{}{fence}", tag.whole);
    }
}

/// The start of a text, as far as the end of a tag or of code is looked for.
fn near(text: &str) -> &str {
    const FARTHEST: usize = 4000;
    let end = (0..=FARTHEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// The tag at the start of a text.
fn tag(text: &str) -> Option<Tag<'_>> {
    const PAIRS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let (open, close) = PAIRS.iter().find(|(open, _)| text.starts_with(open))?;
    let end = open.len() + near(text.get(open.len()..)?).find(close)?;
    let inner = text[open.len()..end].trim_matches(['-', ' ', '\t']);
    Some(Tag { inner, whole: &text[..end + close.len()] })
}

/// A quoted text without its quotes.
fn unquoted(text: &str) -> Option<&str> {
    let quoted = |sign| text.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
    quoted('"').or_else(|| quoted('\''))
}

/// Kramdown's lists of attributes, `{: .wide}`, which only concern how things look.
fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}') && !line.contains("%}")
}

/// The figure that a tag shows; `None` for tags that show none.
fn figure(name: &str, arguments: &str) -> Option<String> {
    let known = ["figure", "image", "img", "picture", "photo", "responsive_image", "include"];
    if !known.iter().any(|known| name.starts_with(known)) {
        return None;
    }
    let (named, mut plain) = parse_arguments(arguments);
    if name == "include" {
        // The first argument names the template.
        plain = plain.split_off(plain.len().min(1));
    }
    let of =
        |keys: &[&str]| keys.iter().find_map(|key| named.iter().find(|(name, _)| name == key)).map(|(_, value)| *value);
    let mut plain = plain.into_iter();
    let src = of(&["src", "url", "path", "file", "image", "image_path", "link"]).or_else(|| plain.next())?;
    let is_picture =
        |end: &str| src.to_ascii_lowercase().split(['?', '#']).next().is_some_and(|src| src.ends_with(end));
    if ![".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff"]
        .iter()
        .any(|end| is_picture(end))
    {
        return None;
    }
    let alt = of(&["alt", "alttext"]).or_else(|| plain.next()).unwrap_or_default();
    let caption = of(&["caption", "title", "figcaption"]).unwrap_or_default();
    let credit = of(&["attr", "credit", "attribution", "source"]).unwrap_or_default();
    let words = match (caption.is_empty(), credit.is_empty()) {
        (false, false) => format!("{caption} — {credit}"),
        (true, _) => credit.to_owned(),
        (_, true) => caption.to_owned(),
    };
    let mut out = String::from("![");
    escape::label(alt, &mut out);
    out.push_str("](");
    escape::destination(src, &mut out);
    if !words.is_empty() {
        out.push_str(" \"");
        escape::title(&words, &mut out);
        out.push('"');
    }
    out.push(')');
    Some(out)
}

/// Arguments with a name, and those without.
fn parse_arguments(text: &str) -> (Vec<(&str, &str)>, Vec<&str>) {
    let (mut named, mut plain) = (Vec::new(), Vec::new());
    let mut rest = text.trim().trim_end_matches('/');
    while !rest.is_empty() {
        let name =
            rest.find('=').filter(|at| rest[..*at].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')));
        if let Some(at) = name {
            let (value, tail) = argument(&rest[at + 1..]);
            named.push((&rest[..at], value));
            rest = tail;
        } else {
            let (value, tail) = argument(rest);
            plain.push(value);
            rest = tail;
        }
        rest = rest.trim_start_matches([' ', '\t', ',']);
    }
    (named, plain)
}

/// A quoted or bare argument, and what follows it.
fn argument(text: &str) -> (&str, &str) {
    for quote in ['"', '\'', '`'] {
        if let Some(inner) = text.strip_prefix(quote)
            && let Some(end) = inner.find(quote)
        {
            return (&inner[..end], &inner[end + 1..]);
        }
    }
    let end = text.find([' ', '\t', ',']).unwrap_or(text.len());
    text.split_at(end.max(1).min(text.len()))
}

#[cfg(test)]
mod tests {
    use crate::convert::markdown::front::Matter;
    use crate::diagnostic::Diagnostic;
    use serde_yaml::Mapping;

    fn rewrite(body: &str, body_line: u32, warnings: &mut Vec<Diagnostic>) -> String {
        let values = Mapping::from_iter([("image".into(), "/q.jpg".into())]);
        super::rewrite(&Matter { values, text: "", line: 1, body, body_line }, warnings)
    }

    #[test]
    fn tags_become_what_they_are() {
        let cases = [
            (
                "{{< figure src=\"/q.jpg\" alt=\"The quay\" caption=\"At low tide\" attr=\"Gazette\" >}}\n",
                "![The quay](/q.jpg \"At low tide — Gazette\")\n",
            ),
            ("{% image \"a/q.jpg\" \"The quay\" %}\n", "![The quay](a/q.jpg)\n"),
            ("{% include figure.html src='/q.png' caption=\"Tide\" %}", "![](/q.png \"Tide\")"),
            ("{{< youtube w7Ft2ymGmfc >}}\n", "`{{< youtube w7Ft2ymGmfc >}}`\n"),
            ("[x]({{ site.baseurl }}/a) [y]({{ \"/b/\" | relative_url }})", "[x](/a) [y](/b/)"),
            ("![]({{ page.image | url }})", "![](/q.jpg)"),
            ("{% highlight ruby linenos %}\nputs {{ x }}\n{% endhighlight %}\n", "```ruby\nputs {{ x }}\n```\n"),
            ("`{{ x }}` {% raw %}{{ y }}{% endraw %} {z}", "`{{ x }}` {{ y }} {z}"),
            ("```\n{% if %}\n```\n{: .wide}\n<!--more-->\nend", "```\n{% if %}\n```\nend"),
            ("{{ unclosed\n", "{{ unclosed\n"),
        ];
        for (body, expected) in cases {
            assert_eq!(rewrite(body, 1, &mut Vec::new()), expected);
        }
    }

    #[test]
    fn a_tag_in_an_address_is_said() {
        let mut warnings = Vec::new();
        assert_eq!(
            rewrite("\n[x]({% post_url 2014-01-01-a %})", 7, &mut warnings),
            "\n[x]({% post_url 2014-01-01-a %})"
        );
        assert_eq!(warnings.first().map(|warning| warning.place.line), Some(8));
    }
}
