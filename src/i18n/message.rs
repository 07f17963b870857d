//! One message: a text with gaps, or one for each plural category.

use super::plurals::{CATEGORIES, OTHER};

/// A text in which `{name}` is a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// The name of what goes here.
    Gap(String),
}

impl Pattern {
    /// Reads a pattern; braces that hold no plain name are text.
    pub(super) fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let after = &rest[open + 1..];
            let name = after.split('}').next().unwrap_or("");
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            plain.push_str(&rest[..open]);
            if is_name && after.len() > name.len() {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Gap(name.to_owned()));
                rest = &after[name.len() + 1..];
            } else {
                plain.push('{');
                rest = after;
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self(pieces)
    }

    /// Its pieces in their order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Names of its gaps.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Gap(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }
}

/// What one key says.
#[derive(Clone, Debug)]
pub struct Message {
    /// By plural category; a message without them has the last one alone.
    forms: [Option<Pattern>; CATEGORIES.len()],
    counts: bool,
    /// Whether it is in the site's language, and not in English for want of it.
    pub(super) is_own: bool,
}

impl Message {
    /// The same text for every count.
    pub(super) fn plain(text: &str, is_own: bool) -> Self {
        let mut forms: [Option<Pattern>; CATEGORIES.len()] = Default::default();
        forms[OTHER] = Some(Pattern::new(text));
        Self { forms, counts: false, is_own }
    }

    /// A text for each category named; `None` without the one for all others.
    pub(super) fn plural(texts: &[(usize, &str)], is_own: bool) -> Option<Self> {
        let mut forms: [Option<Pattern>; CATEGORIES.len()] = Default::default();
        for (category, text) in texts {
            *forms.get_mut(*category)? = Some(Pattern::new(text));
        }
        forms[OTHER].is_some().then_some(Self { forms, counts: true, is_own })
    }

    /// Its text, if it wants neither a count nor anything else.
    pub fn text(&self) -> Option<&str> {
        match self.form(None).pieces() {
            [Piece::Text(text)] if !self.counts => Some(text),
            _ => None,
        }
    }

    /// What a template has to hand over, each name once.
    pub fn wants(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.forms.iter().flatten().flat_map(Pattern::gaps).collect();
        names.extend(self.counts.then_some("count"));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The form of a category, or that for all others.
    pub(super) fn form(&self, category: Option<usize>) -> &Pattern {
        static NOTHING: Pattern = Pattern(Vec::new());
        let of = |category: usize| self.forms.get(category).and_then(Option::as_ref);
        category.and_then(of).or_else(|| of(OTHER)).unwrap_or(&NOTHING)
    }
}
