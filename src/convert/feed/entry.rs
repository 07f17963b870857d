//! One entry of a feed in XML.

use super::Feed;
use super::media;
use super::text::{self, Words};
use crate::article::Status;
use crate::convert::Converted;
use crate::convert::news::{self, Story};
use crate::convert::xml::{Document, Id};

/// Reads an entry.
pub(super) fn read(feed: &Feed<'_>, id: Id) -> Converted {
    let mut entry = Entry { feed, id, base: feed.base(id), story: Story::default() };
    entry.addresses();
    entry.words();
    entry.dates();
    entry.people();
    entry.topics();
    entry.others();
    media::read(feed, id, &entry.base, &mut entry.story);
    let account = feed.document.account(id);
    // Whoever cut it off has named it.
    entry.story.record.clear();
    entry.story.finish(account)
}

/// What an entry is called: its identifier, or else its address.
pub(super) fn name(feed: &Feed<'_>, id: Id) -> String {
    let mut entry = Entry { feed, id, base: feed.base(id), story: Story::default() };
    entry.addresses();
    entry.story.record
}

struct Entry<'e> {
    feed: &'e Feed<'e>,
    id: Id,
    base: String,
    story: Story,
}

impl Entry<'_> {
    /// The first of these elements that says something, on one line.
    fn line(&self, names: &[&str], field: &'static str) -> String {
        names.iter().find_map(|name| self.feed.document.take(self.id, name, field)).unwrap_or_default()
    }

    fn addresses(&mut self) {
        let document = self.feed.document;
        let mut link = self.line(&["feedburner:origLink"], "source.url");
        for found in document.all(self.id, "link").chain(document.all(self.id, "atom:link")) {
            let href = document.attribute(found, "href").unwrap_or_else(|| document.own_line(found));
            let address = news::web(&self.feed.base(found), &href);
            let title = document.attribute_or_empty(found, "title");
            let rel = document.attribute(found, "rel").unwrap_or_else(|| "alternate".to_owned());
            match rel.as_str() {
                "alternate" if link.is_empty() => {
                    link = address;
                    document.keep(found, "source.url");
                }
                "alternate" => document.drop(found, "another form of the entry"),
                "related" | "via" => {
                    document.keep(found, "links");
                    self.story.link(&title, &address);
                }
                // Media are taken elsewhere.
                "enclosure" => {}
                _ => document.drop(found, "a service of the site"),
            }
        }
        // Microsoft's channels have their addresses as attributes.
        if link.is_empty() {
            let stated = document.attribute(self.id, "href").or_else(|| document.attribute(self.id, "HREF"));
            link = stated.map(|href| news::web(&self.base, &href)).unwrap_or_default();
        }
        let guid = self.line(&["guid", "id", "atom:id", "dc:identifier"], "source.record");
        let about = document.attribute_or_empty(self.id, "rdf:about");
        let is_web = |address: &&String| address.starts_with("http");
        if link.is_empty() {
            link = [&guid, &about].into_iter().find(is_web).cloned().unwrap_or_default();
        }
        self.story.record = [guid, about, link.clone()].into_iter().find(|id| !id.is_empty()).unwrap_or_default();
        self.story.alias(&link);
        let record = self.story.record.clone();
        if !link.is_empty() && news::same_host(&record, &link) {
            self.story.alias(&record);
        }
        self.story.canonical = if !link.is_empty() {
            link
        } else if record.contains(':') {
            record
        } else {
            String::new()
        };
        if let Some(comments) = document.child(self.id, "comments") {
            document.drop(comments, "a service of the site");
        }
    }

    fn words(&mut self) {
        let feed = self.feed;
        let title = text::find(feed, self.id, &["title", "atom:title", "TITLE", "dc:title", "media:title"], "title");
        self.story.front.title = title.map(|title| title.plain()).unwrap_or_default();
        let full = ["content:encoded", "content", "xhtml:body", "body", "fullitem"];
        let full = text::find(feed, self.id, &full, "body");
        let short = ["description", "summary", "atom:summary", "abstract", "ABSTRACT", "dc:description", "tagline"];
        let short = text::find(feed, self.id, &short, "description");
        let subtitle = self.line(&["itunes:subtitle"], "description");
        let podcast = text::find(feed, self.id, &["itunes:summary", "media:description"], "description");
        let (full, short) = match (full, short.or(podcast)) {
            (None, short) => (short, None),
            (full, short) => (full, short),
        };
        let is_summary = short.is_none();
        if let Some(short) = short {
            let short = short.plain();
            // A summary that the text begins with is its first paragraph.
            self.story.front.description = short;
        } else if !subtitle.is_empty() {
            self.story.front.description = subtitle;
        }
        if let Some(full) = &full {
            match full {
                Words::Html { html, base } => self.story.html(html, base),
                Words::Plain(text) => self.story.plain(text),
            }
        }
        if text::is_teaser(&self.story.body, is_summary) {
            self.story.front.extra.insert("teaser".into(), true.into());
        }
    }

    fn dates(&mut self) {
        let published = [
            "pubDate",
            "pubdate",
            "published",
            "issued",
            "dc:date",
            "dcterms:issued",
            "created",
            "dcterms:created",
            "atom:published",
        ];
        let changed = ["updated", "modified", "atom:updated", "dcterms:modified", "lastmod", "LASTMOD"];
        let published = self.line(&published, "date");
        let changed = self.line(&changed, "updated");
        let (published, changed) = (news::date(&published), news::date(&changed));
        self.story.front.date = published.or(changed);
        self.story.front.updated =
            changed.filter(|changed| published.is_some_and(|date| changed.seconds() > date.seconds()));
        let expires = self.line(&["expirationDate", "dcterms:valid"], "extra.expires");
        self.story.extra("expires", &expires);
        let draft = self.feed.document.take(self.id, "app:control/app:draft", "status");
        if draft.as_deref() == Some("yes") {
            self.story.front.status = Status::Draft;
        }
    }

    fn people(&mut self) {
        let document = self.feed.document;
        let names = ["author", "atom:author", "dc:creator", "itunes:author", "dc:author"];
        let own = people(document, self.id, &names);
        // What is said of the whole feed holds where an entry says nothing.
        let of_feed = if own.is_empty() { self.feed.head.people.as_slice() } else { &[] };
        for said in own.iter().chain(of_feed) {
            self.person(said);
        }
        for name in ["contributor", "atom:contributor", "dc:contributor"] {
            for person in document.all(self.id, name) {
                document.keep(person, "extra.contributors");
                let said = document.child(person, "name").unwrap_or(person);
                self.story.extra("contributors", &document.line_of(said));
            }
        }
    }

    /// Takes an author, such as `ines@gazette.example (Ines Marrable)`.
    fn person(&mut self, text: &str) {
        let (name, email) = name_and_address(text);
        self.story.extra("author_email", &email);
        let names = name.replace(" and ", ",");
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            self.story.author(name);
        }
    }

    fn topics(&mut self) {
        let document = self.feed.document;
        for name in ["category", "atom:category", "dc:subject", "itunes:category", "media:category"] {
            for category in document.all(self.id, name) {
                document.keep(category, "tags");
                let label = ["label", "term", "text"].iter().find_map(|name| document.attribute(category, name));
                let text = news::text(&document.text(category));
                let label = label.filter(|label| !label.is_empty() && (text.is_empty() || name != "media:category"));
                self.story.tag(&label.unwrap_or(text));
            }
        }
        for name in ["media:keywords", "itunes:keywords", "keywords"] {
            if let Some(words) = document.take(self.id, name, "tags") {
                words.split(',').for_each(|word| self.story.tag(word));
            }
        }
    }

    fn others(&mut self) {
        let document = self.feed.document;
        let language = document.inherited(self.id, "xml:lang").filter(|language| !language.is_empty());
        let stated = self.line(&["dc:language", "language"], "language");
        let language = language
            .or(Some(stated).filter(|stated| !stated.is_empty()))
            .unwrap_or_else(|| self.feed.head.language.clone());
        self.story.front.language = news::language(&language);
        let rights = self.line(&["rights", "copyright", "dc:rights", "media:copyright", "atom:rights"], "extra.rights");
        self.story.extra("rights", if rights.is_empty() { &self.feed.head.rights } else { &rights });
        if let Some(source) = document.child(self.id, "source") {
            document.keep(source, "extra.via");
            let title = document.child(source, "title").unwrap_or(source);
            self.story.extra("via", &document.line_of(title));
            self.story.extra("via", &document.attribute_or_empty(source, "url"));
        }
        let texts = [
            ("slash:comments", "comments"),
            ("slash:section", "slash_section"),
            ("slash:department", "slash_department"),
            ("itunes:duration", "duration"),
            ("itunes:episode", "episode"),
            ("itunes:season", "season"),
            ("itunes:explicit", "explicit"),
            ("dc:publisher", "publisher"),
            ("dc:source", "via"),
            ("dc:coverage", "coverage"),
            ("dc:type", "type"),
            ("georss:point", "point"),
            ("geo:lat", "latitude"),
            ("geo:long", "longitude"),
            ("prism:issueIdentifier", "issue"),
            ("prism:number", "issue"),
            ("prism:volume", "volume"),
            ("prism:startingPage", "page"),
            ("media:rating", "rating"),
            ("georss:featurename", "place_name"),
        ];
        for (name, key) in texts {
            if let Some(text) = document.take(self.id, name, "extra") {
                self.story.extra(key, &text);
            }
        }
        for location in document.all(self.id, "media:location") {
            document.keep(location, "extra.media_location");
            self.story.extra("media_location", &document.attribute_or_empty(location, "description"));
        }
    }
}

/// The authors right in an element, as elements of these names say them, the names that say most first.
pub(super) fn people(document: &Document<'_>, at: Id, names: &[&str]) -> Vec<String> {
    let mut people = Vec::new();
    for name in names {
        for id in document.all(at, name) {
            document.keep(id, "authors");
            let own = document.child(id, "name").or_else(|| document.child(id, "atom:name"));
            let text = match own {
                Some(name) => document.line_of(name),
                // A person with an address and no name.
                None if document.elements(id).next().is_some() => {
                    let lines = document.elements(id).map(|id| document.line_of(id));
                    lines.into_iter().find(|text| text.contains('@')).unwrap_or_default()
                }
                None => document.line_of(id),
            };
            people.extend(Some(news::text(&text)).filter(|text| !text.is_empty()));
        }
        // Elements of other names mostly say the same again.
        if !people.is_empty() && *name == "dc:creator" {
            break;
        }
    }
    people
}

/// The name and the address of a person: `a@b (N)`, `N <a@b>`, `N` or `a@b`.
fn name_and_address(text: &str) -> (String, String) {
    let is_address = |word: &str| word.contains('@') && !word.contains(' ');
    let clean = |text: &str| text.trim().trim_matches(['(', ')', '<', '>', '"', ',']).trim().to_owned();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let address = text
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', '<', '>', ',', ';']))
        .find(|word| is_address(word));
    match address {
        None => (clean(text), String::new()),
        Some(address) => {
            (clean(&text.replacen(address, "", 1).replace("<>", "").replace("()", "")), address.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::name_and_address;

    #[test]
    fn people_are_named_in_many_ways() {
        let cases = [
            ("ines@gazette.example (Ines Marrable)", "Ines Marrable", "ines@gazette.example"),
            ("Ines Marrable <ines@gazette.example>", "Ines Marrable", "ines@gazette.example"),
            ("Ines Marrable", "Ines Marrable", ""),
            ("ines@gazette.example", "", "ines@gazette.example"),
        ];
        for (text, name, address) in cases {
            assert_eq!(name_and_address(text), (name.to_owned(), address.to_owned()));
        }
    }
}
