//! An article: its front matter and its body, and the text form of both.
//!
//! [`Article::parse`] and [`Article::to_text`] are inverses: what one writes the other reads back unchanged.

mod plain;
pub mod read;
pub mod write;

use crate::date::ArticleDate;
use crate::pack::{Pack, packed};

/// One article: what is known of it, and its text in Markdown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Everything but the text.
    pub front: FrontMatter,
    /// `CommonMark` with tables and footnotes; no blank lines at its start, and one line feed at its end unless empty.
    pub body: String,
}

/// What the front matter of an article says; absent parts are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The headline.
    pub title: String,
    /// When it was published.
    pub date: Option<ArticleDate>,
    /// When its text last changed.
    pub updated: Option<ArticleDate>,
    /// A path such as `world/asia-pacific`, without slashes at its ends; `None` means "as the folder says".
    pub section: Option<String>,
    /// The byline, a name each.
    pub authors: Vec<String>,
    /// The place it was written from.
    pub dateline: String,
    /// The standfirst, the lead summary, as plain text.
    pub description: String,
    /// What it is about.
    pub tags: Vec<String>,
    /// Where it happens.
    pub places: Vec<String>,
    /// BCP 47 tag, as in `en` or `ar`; empty means the site's language.
    pub language: String,
    /// The lead figure.
    pub image: Option<Figure>,
    /// The editor's own list of related articles.
    pub see_also: Vec<SeeAlso>,
    /// Links out of the archive that the editor set under the article.
    pub links: Vec<Link>,
    /// The exact permalink, root-relative; empty means "by the site's pattern".
    pub url: String,
    /// Old addresses that must still work, root-relative or absolute.
    pub aliases: Vec<String>,
    /// Whether it is shown.
    pub status: Status,
    /// Held back until then.
    pub embargo: Option<ArticleDate>,
    /// What was put right after publication, oldest first.
    pub corrections: Vec<Correction>,
    /// What it was converted from.
    pub source: Option<Provenance>,
    /// Keys that backfile does not know, for templates.
    pub extra: serde_yaml::Mapping,
}

/// Whether an article is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Shown.
    #[default]
    Live,
    /// Not shown unless asked for with `--drafts`.
    Draft,
    /// Taken down: a tombstone page stands at its address, and no list names it.
    Withdrawn,
}

/// A picture with what is said of it; `src` is empty where the file is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Address of the picture; empty where the file is not in the archive.
    pub src: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// The words under the picture.
    pub caption: String,
    /// Whose picture it is.
    pub credit: String,
}

/// One item of the editor's related list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeeAlso {
    /// Its headline.
    pub title: String,
    /// Its day, if stated. A two-digit year was already resolved against the article's own date.
    pub date: Option<ArticleDate>,
    /// The section as the list names it, as in `Asia-Pacific`.
    pub section: String,
    /// Its address, if the list linked it.
    pub url: String,
}

/// A link with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The words of the link.
    pub title: String,
    /// Where it goes; empty where the source lost it.
    pub url: String,
}

/// A correction to a published article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub date: Option<ArticleDate>,
    /// What was wrong and what is right.
    pub text: String,
}

/// What an article was converted from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// A name of the table of formats, as in `bbc-text`.
    pub format: String,
    /// The source's path, relative to the root or to the folder that was converted; always with `/`.
    pub file: String,
    /// Which record of the file; empty where a file is one article.
    pub record: String,
    /// Of the source's bytes, in hexadecimal.
    pub sha256: String,
    /// Hash of its content as the archive that it was in states it, as in `sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ`.
    pub digest: String,
    /// The address that the source gives for itself.
    pub url: String,
    /// When the copy was made.
    pub captured: Option<ArticleDate>,
    /// Hash of the rest of this article's file as it was written; tells whether a person edited it since.
    pub written: String,
}

packed!(Figure { src, alt, caption, credit });
packed!(SeeAlso { title, date, section, url });

impl Pack for Status {
    fn pack(&self, to: &mut Vec<u8>) {
        (*self as u8).pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let known = [Self::Live, Self::Draft, Self::Withdrawn];
        known.get(usize::from(u8::unpack(from)?)).copied()
    }
}

#[cfg(test)]
mod tests;
