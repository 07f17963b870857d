//! One story.

use super::fields::{Field, attribute, field, find_tag};
use crate::convert::account::{Account, Fate};
use crate::convert::news::{self, Story};
use crate::convert::shape::collapse;
use crate::convert::{Sink, Source, decode, wire, xml};
use crate::diagnostic::{Diagnostic, Place};

/// Lists of names: the field, and the key of `extra` that says of what kind they are beside their being tags.
const LISTS: [(&str, &str); 6] = [
    ("topics", ""),
    ("places", "places"),
    ("people", "people"),
    ("orgs", "organisations"),
    ("exchanges", "exchanges"),
    ("companies", "companies"),
];

/// What the wire ends its stories with.
const SIGN_OFFS: [&str; 3] = ["reuter", "reuters", "reuter..."];

/// What the collection has for the text of stories that are only a headline.
const FILLER: &str = "Blah blah blah.";

pub(super) fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = decode::decode(source.bytes, None);
    let mut reader =
        Reader { text: &text, source, story: Story::default(), account: source.accounting.then(Account::default) };
    reader.read();
    sink(Ok(reader.story.finish(reader.account.unwrap_or_default())));
}

struct Reader<'r> {
    text: &'r str,
    source: &'r Source<'r>,
    story: Story,
    account: Option<Account>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let tag = self.text.get(..self.text.find('>').unwrap_or(self.text.len())).unwrap_or_default();
        self.story.extra("old_id", &attribute(tag, "oldid"));
        if find_tag(self.text.as_bytes(), b"</reuters>").is_none() {
            let warning = Diagnostic::warning(self.place(0), "the story has no end tag")
                .hint("was its copy cut short? what there is was read");
            self.story.warnings.push(warning);
        }
        self.date();
        for (name, key) in LISTS {
            self.list(name, key);
        }
        self.header();
        if let Some(note) = self.take(field(self.text, "mknote"), "mknote", "extra.note") {
            self.story.extra("note", &note);
        }
        self.words();
    }

    /// A field, cleaned of what no text has; `None` where there is none or it is empty.
    fn take(&mut self, found: Option<Field<'_>>, name: &str, kept: &'static str) -> Option<String> {
        let found = found?;
        let text = plain(found.inner);
        self.note(&found, name, &text, Fate::Kept(kept));
        Some(text).filter(|text| !text.trim().is_empty())
    }

    fn note(&mut self, field: &Field<'_>, name: &str, text: &str, fate: Fate) {
        if self.account.is_none() || text.trim().is_empty() {
            return;
        }
        let line = self.line(field.at) as usize;
        if let Some(account) = &mut self.account {
            account.note(line, name.to_ascii_uppercase(), &collapse(text), fate);
        }
    }

    /// The line of the file that an offset of the story is on.
    fn line(&self, at: usize) -> u32 {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        self.source.line.max(1) + memchr::memchr_iter(b'\n', before).count() as u32
    }

    fn place(&self, at: usize) -> Place {
        Place::at(self.source.path, self.line(at), 0)
    }

    fn date(&mut self) {
        let found = field(self.text, "date");
        let at = found.map_or(0, |field| field.at);
        let Some(text) = self.take(found, "date", "date") else { return };
        self.story.front.date = news::date(&text);
        if self.story.front.date.is_none() {
            self.story.extra("date_as_written", &text);
            let message = format!("no calendar has the date {:?}", text.trim().chars().take(40).collect::<String>());
            let hint = "give the article its date by hand; what was written is kept under `extra`";
            self.story.warnings.push(Diagnostic::warning(self.place(at), message).hint(hint));
        }
    }

    fn list(&mut self, name: &'static str, key: &'static str) {
        let Some(list) = field(self.text, name) else { return };
        let (mut rest, mut values) = (list.inner, Vec::new());
        while let Some(item) = field(rest, "d") {
            let value = plain(item.inner);
            if name == "places" {
                self.story.place(&value);
            } else {
                self.story.tag(&value);
                self.story.extra(key, &value);
            }
            values.push(value);
            // An item always ends behind where it begins.
            rest = rest.get(item.at + item.tag.len() + item.inner.len()..).unwrap_or_default();
        }
        self.note(&list, name, &values.join(", "), Fate::Kept(if name == "places" { "places" } else { "tags" }));
    }

    /// The wire's own header, which the collection calls unknown.
    fn header(&mut self) {
        let Some(unknown) = field(self.text, "unknown") else { return };
        let text = plain(unknown.inner);
        let mut is_read = false;
        for line in text.lines() {
            is_read = is_read || wire::slug_line(line, &mut self.story);
        }
        let fate = if is_read { Fate::Kept("extra.slug") } else { Fate::Dropped("of the transmission") };
        self.note(&unknown, "unknown", &text, fate);
    }

    fn words(&mut self) {
        let Some(text) = field(self.text, "text") else { return };
        let kind = attribute(text.tag, "type").to_ascii_lowercase();
        self.story.extra("type", if kind == "norm" { "" } else { &kind });
        if let Some(title) = self.take(text.field("title"), "title", "title") {
            // Asterisks are what made flashes stand out.
            title.trim().trim_matches('*').clone_into(&mut self.story.front.title);
        }
        if let Some(author) = self.take(text.field("author"), "author", "authors") {
            let line = author.trim().trim_end_matches(", Reuters").trim_end_matches(", Reuter");
            self.story.byline(line);
        }
        if let Some(line) = self.take(text.field("dateline"), "dateline", "dateline") {
            self.dateline(&line);
        }
        let (at, body) = match text.field("body") {
            Some(body) => (body.at, body.inner),
            // What is not marked up stands behind what is.
            None => unmarked(&text),
        };
        let at = Field { at, ..text };
        if body.trim().trim_end_matches("&#3;").trim() == FILLER {
            return self.note(&at, "text", FILLER, Fate::Dropped("a filler of the collection"));
        }
        self.note(&at, "text", &plain(body), Fate::Kept("body"));
        let mut body = plain(body);
        if self.story.front.title.is_empty() {
            body = self.headline(&body);
        }
        let end = signed_off(&body);
        let body = wire::markdown(body.get(..end).unwrap_or_default());
        let body =
            if self.story.front.dateline.is_empty() { wire::take_dateline(&body, &mut self.story) } else { &body };
        self.story.markdown(body);
    }

    /// `    SALTMERE, Feb 26 - ` as the place it names.
    fn dateline(&mut self, line: &str) {
        let line = collapse(line);
        let whole = format!("{} - x", line.trim_end_matches(['-', ' ', ',']));
        wire::take_dateline(&whole, &mut self.story);
        if self.story.front.dateline.is_empty() {
            line.trim_end_matches(['-', ' ', ',']).clone_into(&mut self.story.front.dateline);
        }
    }

    /// A headline that no tag marks: a first line in capitals that is not indented, with text below it.
    fn headline(&mut self, body: &str) -> String {
        let body = body.trim_start_matches('\n');
        let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
        let is_loud = first.chars().any(char::is_uppercase) && !first.chars().any(char::is_lowercase);
        if !is_loud || first.starts_with(char::is_whitespace) || (rest.trim().is_empty() && !first.starts_with('*')) {
            return body.to_owned();
        }
        first.trim().trim_matches('*').clone_into(&mut self.story.front.title);
        rest.to_owned()
    }
}

/// What is in a text behind its last field, and where that begins.
fn unmarked<'t>(text: &Field<'t>) -> (usize, &'t str) {
    let ends = ["title", "author", "dateline"].iter().filter_map(|name| field(text.inner, name)).map(|field| {
        let end = field.start() + field.inner.len();
        let rest = text.inner.get(end..).unwrap_or_default();
        end + if rest.starts_with("</") { rest.find('>').map_or(rest.len(), |at| at + 1) } else { 0 }
    });
    let end = ends.max().unwrap_or(0);
    (text.start() + end, text.inner.get(end..).unwrap_or_default())
}

/// The text with its references resolved, and without the control characters that they stand for.
fn plain(text: &str) -> String {
    wire::clean(&xml::resolved(text))
}

/// Where a text ends but for the name of the agency below it.
fn signed_off(text: &str) -> usize {
    let end = text.trim_end().len();
    let text = &text[..end];
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let last = text.get(start..).unwrap_or_default().trim().to_ascii_lowercase();
    if SIGN_OFFS.contains(&last.as_str()) { start } else { end }
}
