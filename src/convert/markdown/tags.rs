//! Tags of template languages in a text: Liquid's `{% … %}` and `{{ … }}`, Hugo's `{{< … >}}` and `{{% … %}}`, Zola's
//! `{{ name(…) }}`. See <https://gohugo.io/content-management/shortcodes/>, <https://jekyllrb.com/docs/liquid/tags/>,
//! <https://www.getzola.org/documentation/content/shortcodes/>.
//!
//! What they mean is in [`meaning`]: pictures become figures, what is shown from elsewhere becomes a link, references to
//! other articles become links to them. Expressions that only stand for the site's address vanish, as addresses are put
//! under it when pages are built. What settings say of a tag comes before all that. Every other tag is shown as it is, as
//! code: nothing is lost.

mod meaning;
mod tag;

use super::front::Matter;
use crate::convert::account::{Account, Fate};
use crate::convert::embeds::filled;
use crate::diagnostic::{Diagnostic, Place};
use serde_yaml::Mapping;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tag::{Tag, near, tag};

/// The text of an article without tags.
pub(super) struct Rewritten {
    pub(super) body: String,
    /// What could not be shown.
    pub(super) warnings: Vec<Diagnostic>,
    /// What became of each tag.
    pub(super) account: Account,
}

/// Reads the tags in the text of an article; `own` is what settings say of them, and only if `accounting` is each noted.
pub(super) fn rewrite(matter: &Matter<'_>, own: &BTreeMap<String, String>, accounting: bool) -> Rewritten {
    let rewritten =
        Rewritten { body: String::with_capacity(matter.body.len()), warnings: Vec::new(), account: Account::default() };
    let values = &matter.values;
    let mut writer = Writer { out: rewritten, values, own, accounting, fence: None, raw: false, open: Vec::new() };
    for (text, number) in matter.body.split_inclusive('\n').zip(matter.body_line..) {
        writer.line(text, number);
    }
    // What was opened and never closed holds nothing.
    while let Some(open) = writer.open.pop() {
        let text = open.text("");
        writer.out.body.insert_str(open.at.min(writer.out.body.len()), &text);
    }
    writer.out
}

struct Writer<'w> {
    out: Rewritten,
    /// The front matter, whose values a tag can stand for.
    values: &'w Mapping,
    own: &'w BTreeMap<String, String>,
    accounting: bool,
    /// The sign and length of the fence of the code that the line stands in; of a tag's, the tag that ends it.
    fence: Option<Fence>,
    /// Within `{% raw %}`.
    raw: bool,
    /// Tags of the settings whose end is still to come, the innermost last.
    open: Vec<Open<'w>>,
}

enum Fence {
    Marked(char, usize),
    /// The name in the tag that ends it.
    Tag(&'static str),
}

/// A tag whose text is what stands between it and its end.
struct Open<'w> {
    name: String,
    /// As it is written.
    whole: String,
    template: &'w str,
    /// Where in the text it stands.
    at: usize,
}

impl Open<'_> {
    /// The tag's text with what stands between it and its end.
    fn text(&self, inner: &str) -> String {
        let value = |key: &str| tag::tag(&self.whole).map_or_else(String::new, |tag| tag.value(key));
        // In a block quote each line has the sign of one.
        let before = self.template.split("{inner}").next().unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let sign = if before.trim_matches(['>', ' ']).is_empty() { before } else { "" };
        let inner = inner.trim_matches('\n').replace('\n', &format!("\n{sign}"));
        filled(self.template, &|key| if key == "inner" { inner.clone() } else { value(key) })
    }
}

/// Tags that hold code, and what stands in the tag that ends it.
const CODE: [(&str, &str); 4] = [
    ("highlight", "highlight"),
    ("codeblock", "endcodeblock"),
    ("code-block", "code-block"),
    ("sourcecode", "endsourcecode"),
];
/// Most tags within each other.
const DEEPEST: usize = 20;

impl<'w> Writer<'w> {
    fn line(&mut self, line: &str, number: u32) {
        let bare = line.trim_start();
        let mark = bare.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| bare.len() - bare.trim_start_matches(mark).len());
        match self.fence {
            Some(Fence::Marked(open, least)) => {
                if mark == Some(open) && length >= least {
                    self.fence = None;
                }
                return self.out.body.push_str(line);
            }
            Some(Fence::Tag(name)) => return self.tagged_code(line, name, number),
            None => {}
        }
        if let Some(mark) = mark.filter(|_| length >= 3 && !self.raw) {
            self.fence = Some(Fence::Marked(mark, length));
            return self.out.body.push_str(line);
        }
        if is_attributes(bare.trim_end())
            || matches!(bare.trim_end(), "<!--more-->" | "<!-- more -->" | "<!-- excerpt -->")
        {
            return;
        }
        self.text(line, number);
    }

    /// Writes a line of code that a tag of that name ends, which may have text before and behind it.
    fn tagged_code(&mut self, line: &str, name: &str, number: u32) {
        let Some((code, after)) = end_of_code(line, name) else { return self.out.body.push_str(line) };
        self.fence = None;
        if !code.trim().is_empty() {
            self.out.body.push_str(code.trim_end());
            self.out.body.push('\n');
        }
        self.out.body.push_str("```\n");
        if !after.trim().is_empty() {
            self.text(after, number);
        }
    }

    fn text(&mut self, line: &str, number: u32) {
        let mut rest = line;
        while let Some(at) = rest.find(['{', '`']) {
            let (before, tail) = rest.split_at(at);
            self.out.body.push_str(before);
            let used = if tail.starts_with('`') {
                // Code stays as it is.
                let ticks = tail.len() - tail.trim_start_matches('`').len();
                let end = near(&tail[ticks..]).find(&tail[..ticks]).map_or(ticks, |end| ticks + end + ticks);
                self.out.body.push_str(&tail[..end]);
                end
            } else if tail.starts_with("{:") && near(tail).contains('}') {
                // Kramdown's attributes of what stands before them.
                tail.find('}').map_or(1, |end| end + 1)
            } else if let Some(tag) = tag(tail) {
                let used = tag.whole.len();
                let alone = before.trim().is_empty() && tail[used..].trim().is_empty();
                used + self.tag(&tag, &tail[used..], alone, number)
            } else {
                self.out.body.push('{');
                1
            };
            rest = &tail[used..];
        }
        self.out.body.push_str(rest);
    }

    /// Writes what a tag means; how much of what follows it is read with it.
    fn tag(&mut self, tag: &Tag<'_>, after: &str, alone: bool, number: u32) -> usize {
        match tag.name {
            "raw" if tag.is_block() => self.raw = !tag.is_end(),
            _ if self.raw => self.out.body.push_str(tag.whole),
            // Hugo's way to write a tag that is to be read as text.
            _ if tag.is_quoted() => self.out.body.push_str(&tag.unquoted()),
            _ if tag.inner.starts_with("/*") => self.note(tag, number, Fate::Dropped("a comment of the author's")),
            name if tag.is_end() && self.close(name) => {}
            name if self.open(name, tag, number) => {}
            "comment" => {
                self.push(tag, "");
                self.note(tag, number, Fate::Dropped("a comment of the author's"));
            }
            name if CODE.iter().any(|(code, _)| *code == name) && !tag.is_end() => return self.code(tag, after, alone),
            _ if tag.is_expression() && self.stands_for(tag.inner) => {}
            _ => match meaning::of(tag, self.is_in_address()) {
                Some(markdown) => {
                    self.out.body.push_str(&markdown);
                    self.note(tag, number, Fate::Kept("body"));
                }
                None => self.show(tag, number),
            },
        }
        0
    }

    /// Writes code: lines up to the tag that ends it, or what stands before that in the same line.
    fn code(&mut self, tag: &Tag<'_>, after: &str, alone: bool) -> usize {
        let end = CODE.iter().find(|(code, _)| *code == tag.name).map_or("", |(_, end)| *end);
        if alone {
            let language = tag.plain().next().unwrap_or_default();
            let language = language.strip_prefix("lang:").unwrap_or(language);
            let _ = writeln!(self.out.body, "```{language}");
            self.fence = Some(Fence::Tag(end));
            return after.len();
        }
        let Some((code, rest)) = end_of_code(after, end) else {
            self.out.body.push_str(tag.whole);
            return 0;
        };
        let code = code.trim();
        let fence = if code.contains('`') { "``" } else { "`" };
        let _ = write!(self.out.body, "{fence}{code}{fence}");
        after.len() - rest.len()
    }

    /// Takes a tag that settings give a text to.
    fn open(&mut self, name: &str, tag: &Tag<'_>, number: u32) -> bool {
        let own = self.own;
        let Some(template) = own.get(name).filter(|_| !tag.is_end()) else { return false };
        let fate =
            if template.is_empty() { Fate::Dropped("by the settings") } else { Fate::Kept("body, by the settings") };
        self.note(tag, number, fate);
        if template.contains("{inner}") && !tag.is_whole() {
            self.push(tag, template);
        } else {
            self.out.body.push_str(&filled(template, &|key| tag.value(key)));
        }
        true
    }

    fn push(&mut self, tag: &Tag<'_>, template: &'w str) {
        if self.open.len() < DEEPEST {
            let (name, whole) = (tag.name.to_owned(), tag.whole.to_owned());
            self.open.push(Open { name, whole, template, at: self.out.body.len() });
        }
    }

    /// Puts what was written since a tag into its text, where this is the name of its end.
    fn close(&mut self, name: &str) -> bool {
        let Some(last) = self.open.pop_if(|open| name == open.name || name.is_empty()) else { return false };
        let inner = self.out.body.split_off(last.at.min(self.out.body.len()));
        self.out.body.push_str(&last.text(&inner));
        true
    }

    /// Writes what an expression stands for, if it is the site's address (which is nothing here), an address that is
    /// only put under that, or a value of the front matter.
    fn stands_for(&mut self, inner: &str) -> bool {
        const FILTERS: [&str; 8] = [
            "",
            "url",
            "relative_url",
            "absolute_url",
            "relURL",
            "absURL",
            "prepend: site.baseurl",
            "prepend:site.baseurl",
        ];
        let (name, filter) = inner.split_once('|').unwrap_or((inner, ""));
        // Several filters in a row put under the address what already is.
        let is_plain = filter.split('|').all(|filter| FILTERS.contains(&filter.trim()));
        let name = name.trim();
        if matches!(
            name,
            "site.baseurl" | "site.url" | "base_url" | "site.BaseURL" | ".Site.BaseURL" | "config.base_url"
        ) {
            return true;
        }
        let key = ["page.", ".Params.", "page.extra."].iter().find_map(|start| name.strip_prefix(start));
        let value = self.values.get(key.unwrap_or(name)).and_then(|value| value.as_str());
        let value = tag::unquoted(name).or(value).filter(|_| is_plain);
        self.out.body.push_str(value.unwrap_or_default());
        value.is_some()
    }

    /// Whether what is written last is the beginning of an address.
    fn is_in_address(&self) -> bool {
        let body = &self.out.body;
        body.ends_with(['"', '<', '/', '=']) || body.ends_with("](") || body.ends_with("]: ")
    }

    /// Shows a tag as it is written. In an address it can only stay: the address is broken, which is said.
    fn show(&mut self, tag: &Tag<'_>, number: u32) {
        self.note(tag, number, Fate::Kept("body, as it is written"));
        if self.is_in_address() {
            self.out.body.push_str(tag.whole);
            let message = format!("`{}` in an address has no meaning here", tag.whole);
            let hint = "put the address itself in its place, or say under `[sources.shortcodes]` what it stands for";
            self.out.warnings.push(Diagnostic::warning(Place::at("", number, 0), message).hint(hint));
            return;
        }
        let fence = if tag.whole.contains('`') { "``" } else { "`" };
        let _ = write!(self.out.body, "{fence}{}{fence}", tag.whole);
    }

    fn note(&mut self, tag: &Tag<'_>, number: u32, fate: Fate) {
        if self.accounting {
            self.out.account.note(number as usize, format!("tag {}", tag.name), tag.whole, fate);
        }
    }
}

/// What stands before and behind the tag that ends code, in a text that has it.
fn end_of_code<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let end = tag(&text[at..]).filter(|tag| tag.is_end() && tag.inner.contains(name))?;
        Some((&text[..at], &text[at + end.whole.len()..]))
    })
}

/// Kramdown's lists of attributes, `{: .wide}`, which only concern how things look.
fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}') && !line.contains("%}")
}

#[cfg(test)]
mod tests;
