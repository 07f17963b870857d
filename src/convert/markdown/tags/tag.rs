//! A tag of a template language: its name and its arguments.

use crate::convert::xml::escaped;

/// A tag: what it says, and how it is written.
pub(super) struct Tag<'a> {
    /// Without its marks.
    pub(super) inner: &'a str,
    /// The first word of it, without what marks an end.
    pub(super) name: &'a str,
    /// What follows the name.
    pub(super) arguments: &'a str,
    pub(super) whole: &'a str,
}

const PAIRS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];

/// The tag at the start of a text.
pub(super) fn tag(text: &str) -> Option<Tag<'_>> {
    let (open, close) = PAIRS.iter().find(|(open, _)| text.starts_with(open))?;
    let end = open.len() + near(text.get(open.len()..)?).find(close)?;
    let inner = text[open.len()..end].trim_matches(['-', ' ', '\t']);
    let bare = inner.strip_prefix('/').unwrap_or(inner).trim_start();
    // Zola writes its shortcodes as functions.
    let length = bare.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(bare.len());
    let (mut name, arguments) = bare.split_at(length);
    let arguments = arguments.trim();
    let arguments = arguments.strip_prefix('(').map_or(arguments, |inner| inner.trim_end().trim_end_matches(')'));
    // The end of a tag of Liquid is `endname`, that of any tag of Zola `end`.
    if *open == "{%" {
        name = name.strip_prefix("end").unwrap_or(name);
    }
    Some(Tag { inner, name, arguments, whole: &text[..end + close.len()] })
}

impl<'a> Tag<'a> {
    /// Whether it is one of Liquid's that say what to do.
    pub(super) fn is_block(&self) -> bool {
        self.whole.starts_with("{%")
    }

    /// Whether it is one of Liquid's that stand for a value, or one of Zola's.
    pub(super) fn is_expression(&self) -> bool {
        self.whole.starts_with("{{") && !self.whole.starts_with("{{<") && !self.whole.starts_with("{{%")
    }

    /// Whether it ends what another one began.
    pub(super) fn is_end(&self) -> bool {
        let is_hugo = self.whole.starts_with("{{<") || self.whole.starts_with("{{%");
        (is_hugo && self.inner.starts_with('/') && !self.inner.starts_with("/*"))
            || (self.is_block() && self.inner.starts_with("end"))
    }

    /// Whether it says itself that nothing follows to end it.
    pub(super) fn is_whole(&self) -> bool {
        self.inner.ends_with('/') || self.is_expression()
    }

    /// Whether it is to be read as text.
    pub(super) fn is_quoted(&self) -> bool {
        self.whole.len() > 10
            && (self.whole.starts_with("{{</*") || self.whole.starts_with("{{%/*"))
            && self.inner.ends_with("*/")
    }

    /// The text that a quoted tag is.
    pub(super) fn unquoted(&self) -> String {
        self.whole.replacen("/*", "", 1).replacen("*/", "", 1)
    }

    /// Its arguments with a name.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        arguments(self.arguments).filter(|(name, _)| !name.is_empty())
    }

    /// Its arguments without a name.
    pub(super) fn plain(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        arguments(self.arguments).filter(|(name, _)| name.is_empty()).map(|(_, value)| value)
    }

    /// The argument of one of these names.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&'a str> {
        keys.iter()
            .find_map(|key| self.named().find(|(name, _)| name.eq_ignore_ascii_case(key)))
            .map(|(_, value)| value)
    }

    /// What stands for a name of its own in a text of the settings, as HTML.
    pub(super) fn value(&self, key: &str) -> String {
        let value = match key.parse::<usize>() {
            Ok(number) => self.plain().nth(number),
            Err(_) => self.get(&[key]),
        };
        escaped(value.unwrap_or_default()).into_owned()
    }
}

/// The start of a text, as far as the end of a tag or of code is looked for.
pub(super) fn near(text: &str) -> &str {
    const FARTHEST: usize = 4000;
    &text[..text.floor_char_boundary(FARTHEST)]
}

/// A quoted text without its quotes.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let quoted = |sign| text.strip_prefix(sign).and_then(|rest: &str| rest.strip_suffix(sign));
    quoted('"').or_else(|| quoted('\'')).filter(|inner| !inner.contains(['"', '\'']))
}

/// Names and values; a value without a name has an empty one.
fn arguments(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text.trim().trim_end_matches('/');
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',', '\n']);
        if rest.is_empty() {
            return None;
        }
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let equals = rest.find('=').filter(|at| is_name(rest[..*at].trim_end()));
        let (name, value) = equals.map_or(("", rest), |at| (rest[..at].trim_end(), rest[at + 1..].trim_start()));
        let (value, after) = argument(value);
        rest = after;
        Some((name, value))
    })
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
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(end.max(first))
}
