//! One article boiled down to what the archive needs of it.
//!
//! A digest is one run of bytes: a million of them are in memory at once, where each text and list in an allocation of its
//! own would take as much again. What it says is read where it lies ([`Said`]).

mod said;

use super::linked;
use super::related;
use crate::article::{Article, Figure, SeeAlso, Status};
use crate::config::Config;
use crate::date::{ArticleDate, CalendarDate};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::{slug, to_text};
use crate::pack::{self, Pack};
pub(super) use said::{Said, Texts};
use std::cmp::{Ordering, Reverse};

/// Longest description made from a first paragraph, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// What the archive needs of one article; its own features only, nothing that depends on another article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest(Box<[u8]>);

/// Boils an article down. `path` is that of its file below `content/`, `file_hash` the hash of its bytes.
///
/// # Errors
/// A diagnostic where the article has no headline: then no list could name it.
pub fn digest(path: &str, file_hash: u64, article: &Article, config: &Config) -> Result<Digest, Diagnostic> {
    let front = &article.front;
    if front.title.trim().is_empty() {
        return Err(Diagnostic::error(Place::at(path, 2, 1), "the article has no title")
            .hint("add a line `title: …` to its front matter"));
    }
    let description = description(article);
    let section = section(path, front.section.as_deref());
    let known_by = linked::known_by(article, config);
    let links = linked::links(article, config);
    // Reading all words of an article takes as long as all else that is done with it here.
    let signature = (config.related_count > 0).then(|| related::signature(article, &config.language));
    Ok(Digest::new(&Facts {
        path,
        file_hash,
        title: front.title.trim(),
        description: &description,
        date: front.date,
        calendar: front.date.map(|date| date.calendar(&config.timezone)),
        updated: front.updated,
        embargo: front.embargo,
        status: front.status,
        section: &section,
        authors: &front.authors,
        tags: &front.tags,
        places: &front.places,
        image: front.image.as_ref(),
        see_also: &front.see_also,
        url: front.url.trim(),
        aliases: &front.aliases,
        signature: &signature.unwrap_or_default(),
        known_by: &known_by,
        links: &links,
        lead_picture: linked::lead_picture(article, config),
        pictures: &linked::pictures(article, config),
    }))
}

fn description(article: &Article) -> String {
    let stated = article.front.description.trim();
    if !stated.is_empty() {
        return stated.to_owned();
    }
    let first = to_text::first_paragraph(&article.body);
    match first.char_indices().nth(LONGEST_DESCRIPTION) {
        None => first,
        Some((cut, _)) => {
            let end = first[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", first[..end].trim_end_matches([',', ';', ':', ' ', '-', '–']))
        }
    }
}

/// The section as stated, or as the folder says: its parts down to the year's folder.
fn section(path: &str, stated: Option<&str>) -> String {
    if let Some(stated) = stated {
        return slug::section_path(stated);
    }
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let parts: Vec<&str> = folder.split('/').take_while(|part| !is_year(part)).collect();
    slug::section_path(&parts.join("/"))
}

/// What goes into a digest.
struct Facts<'a> {
    path: &'a str,
    file_hash: u64,
    title: &'a str,
    description: &'a str,
    date: Option<ArticleDate>,
    calendar: Option<CalendarDate>,
    updated: Option<ArticleDate>,
    embargo: Option<ArticleDate>,
    status: Status,
    section: &'a str,
    authors: &'a [String],
    tags: &'a [String],
    places: &'a [String],
    image: Option<&'a Figure>,
    see_also: &'a [SeeAlso],
    url: &'a str,
    aliases: &'a [String],
    signature: &'a related::Signature,
    known_by: &'a [u64],
    links: &'a [u64],
    lead_picture: Option<u64>,
    pictures: &'a [u64],
}

impl Digest {
    /// Packs what [`Said::read`] reads, in its order.
    fn new(facts: &Facts<'_>) -> Self {
        let mut to = Vec::with_capacity(1024);
        facts.calendar.pack(&mut to);
        facts.date.pack(&mut to);
        text(facts.path, &mut to);
        facts.status.pack(&mut to);
        facts.embargo.pack(&mut to);
        facts.updated.pack(&mut to);
        facts.file_hash.pack(&mut to);
        for part in [facts.title, facts.description, facts.section, facts.url] {
            text(part, &mut to);
        }
        for names in [facts.authors, facts.tags, facts.places, facts.aliases] {
            let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
            list(names, &mut to, text);
        }
        list(facts.image, &mut to, Pack::pack);
        list(facts.see_also, &mut to, Pack::pack);
        list(facts.known_by, &mut to, Pack::pack);
        list(facts.links, &mut to, Pack::pack);
        facts.lead_picture.pack(&mut to);
        list(facts.pictures, &mut to, Pack::pack);
        list([facts.signature], &mut to, Pack::pack);
        Self(to.into())
    }

    /// All that it says.
    pub(super) fn said(&self) -> Said<'_> {
        // What was not made here was read before it became a digest.
        Said::read(&mut &*self.0).unwrap_or_default()
    }

    /// Path of its file below `content/`.
    pub fn path(&self) -> &str {
        said::place(&mut &*self.0).map_or("", |place| place.path)
    }

    /// The order of lists: newest first, undated last, then by content path.
    pub(super) fn by_place(&self, other: &Self) -> Ordering {
        self.moment().cmp(&other.moment()).then_with(|| self.path().cmp(other.path()))
    }

    /// What of the order of lists its date decides.
    pub(super) fn moment(&self) -> (bool, Reverse<(CalendarDate, i64)>) {
        let place = said::place(&mut &*self.0).unwrap_or_default();
        let seconds = place.date.map_or(0, |date| date.seconds());
        (place.calendar.is_none(), Reverse((place.calendar.unwrap_or_default(), seconds)))
    }
}

fn text(text: &str, to: &mut Vec<u8>) {
    pack::put_length(text.len(), to);
    to.extend_from_slice(text.as_bytes());
}

/// Behind its length in bytes, so that who looks for something else need not read it.
fn list<T>(values: impl IntoIterator<Item = T>, to: &mut Vec<u8>, pack: impl Fn(T, &mut Vec<u8>)) {
    let mut packed = Vec::new();
    values.into_iter().for_each(|value| pack(value, &mut packed));
    pack::put_length(packed.len(), to);
    to.append(&mut packed);
}

impl Pack for Digest {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.0.len() as u32).pack(to);
        to.extend_from_slice(&self.0);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(from)? as usize;
        let bytes = pack::take(from, length)?;
        let mut rest = bytes;
        (Said::read(&mut rest).is_some() && rest.is_empty()).then(|| Self(bytes.into()))
    }
}
