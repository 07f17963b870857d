//! The keys of front matter, by the names that other generators give them.

use super::front::Matter;
use super::values::{date, list, text, truth};
use crate::article::{Article, Figure, FrontMatter, Status};
use crate::convert::account::{Account, Fate};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::slug::slug;
use crate::markup::to_text::to_text;
use serde_yaml::{Mapping, Value};

/// Reads the front matter; what cannot be read as its key demands is kept under `extra`, with a warning. In Jekyll's
/// files a text of several words under `tags` or `categories` is several of them.
pub(super) fn read(matter: &Matter<'_>, is_jekyll: bool) -> (FrontMatter, Vec<Diagnostic>) {
    let separator: &[char] = if is_jekyll { &[',', ' '] } else { &[','] };
    let mut reader = Reader { matter, front: FrontMatter::default(), warnings: Vec::new(), separator };
    reader.front = reader.native();
    let mut categories = Vec::new();
    for (key, value) in flattened(&matter.values) {
        if !reader.key(&key, &value, &mut categories) {
            reader.front.extra.insert(Value::String(key), value);
        }
    }
    reader.categories(categories);
    (reader.front, reader.warnings)
}

/// What became of each key.
pub(super) fn account(matter: &Matter<'_>, front: &FrontMatter) -> Account {
    let mut account = Account::default();
    let reader = Reader { matter, front: FrontMatter::default(), warnings: Vec::new(), separator: &[] };
    for (key, value) in flattened(&matter.values) {
        let is_extra = front.extra.contains_key(key.as_str());
        let said = text(&value).unwrap_or_else(|| serde_yaml::to_string(&value).unwrap_or_default().replace('\n', " "));
        let fate = Fate::Kept(if is_extra { "extra" } else { "front matter" });
        account.note(reader.place(&key).0 as usize, key, &said, fate);
    }
    account
}

/// Keys whose values only backfile writes that way.
const NATIVE: [&str; 6] = ["see_also", "links", "corrections", "embargo", "status", "source"];

/// All keys, with those of Zola's tables `taxonomies` and `extra` as if they stood at the top.
fn flattened(values: &Mapping) -> Vec<(String, Value)> {
    let mut pairs = Vec::with_capacity(values.len());
    for (key, value) in values {
        let key = text(key).unwrap_or_default();
        match value {
            Value::Mapping(inner) if matches!(key.as_str(), "taxonomies" | "extra" | "params") => {
                let inner = inner.iter().map(|(key, value)| (text(key).unwrap_or_default(), value.clone()));
                pairs.extend(inner.filter(|(key, _)| !values.contains_key(key.as_str())));
            }
            value => pairs.push((key, value.clone())),
        }
    }
    pairs
}

struct Reader<'m, 'a> {
    matter: &'m Matter<'a>,
    front: FrontMatter,
    warnings: Vec<Diagnostic>,
    separator: &'static [char],
}

impl Reader<'_, '_> {
    /// The keys that only backfile has, read as it reads its own articles.
    fn native(&mut self) -> FrontMatter {
        let own = self.matter.values.iter().filter(|(key, _)| key.as_str().is_some_and(|key| NATIVE.contains(&key)));
        let own: Mapping = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        if own.is_empty() {
            return FrontMatter::default();
        }
        let yaml = serde_yaml::to_string(&own).unwrap_or_default();
        let mut front = Article::parse(&format!("---\n{yaml}---\n"))
            .map_or_else(|_| FrontMatter { extra: own, ..FrontMatter::default() }, |article| article.front);
        // Where a converted article is converted again, it comes from this file.
        front.source = None;
        front
    }

    /// Takes a key and tells whether it is one that is known.
    fn key(&mut self, key: &str, value: &Value, categories: &mut Vec<String>) -> bool {
        if value.is_null() || value.as_str() == Some("") {
            return true;
        }
        let taken = match key {
            "title" => text(value).map(|title| self.front.title = title),
            "date" => date(value).map(|date| self.front.date = Some(date)),
            "publishDate" | "publishdate" | "pubdate" | "published_at" if self.matter.values.get("date").is_none() => {
                date(value).map(|date| self.front.date = Some(date))
            }
            "updated" | "lastmod" | "modified" | "last_modified_at" => {
                date(value).map(|date| self.front.updated = Some(date))
            }
            "draft" => truth(value).map(|draft| self.set_draft(draft)),
            "published" => truth(value).map(|published| self.set_draft(!published)),
            "author" | "authors" | "byline" => self.authors(value),
            "category" | "categories" => list(value, self.separator).map(|names| categories.extend(names)),
            "section" => text(value).map(|section| self.front.section = Some(section.trim_matches('/').to_owned())),
            "tag" | "tags" | "keywords" => list(value, self.separator).map(|tags| self.tags(tags)),
            "places" => list(value, &[',']).map(|places| self.front.places = places),
            "dateline" => text(value).map(|dateline| self.front.dateline = dateline),
            "description" | "summary" | "excerpt" | "standfirst" => text(value).map(|summary| self.summary(&summary)),
            "lang" | "language" | "locale" => {
                text(value).map(|language| self.front.language = language.replace('_', "-"))
            }
            "aliases" | "redirect_from" => list(value, &[',']).map(|old| self.aliases(old)),
            "url" | "permalink" => return self.address(value),
            "image" | "images" | "cover" | "featured_image" => return self.image(value),
            "image_alt" | "image_caption" | "image_figcaption" | "image_credit" => return self.image_part(key, value),
            key => return NATIVE.contains(&key),
        };
        if taken.is_none() {
            self.warn(key, value);
        }
        taken.is_some()
    }

    fn set_draft(&mut self, draft: bool) {
        if draft {
            self.front.status = Status::Draft;
        }
    }

    fn authors(&mut self, value: &Value) -> Option<()> {
        let names = match value {
            Value::String(names) => names.replace(" and ", ",").replace(" & ", ","),
            _ => String::new(),
        };
        let names = if names.is_empty() { list(value, &[',']) } else { list(&Value::String(names), &[',']) }?;
        for name in names {
            if !self.front.authors.contains(&name) {
                self.front.authors.push(name);
            }
        }
        Some(())
    }

    fn tags(&mut self, tags: Vec<String>) {
        for tag in tags {
            if !self.front.tags.contains(&tag) {
                self.front.tags.push(tag);
            }
        }
    }

    /// The first category is the section, unless the front matter has one; the others are tags.
    fn categories(&mut self, mut categories: Vec<String>) {
        if self.front.section.is_none() && !categories.is_empty() {
            let first = categories.remove(0);
            if slug(&first).is_empty() {
                categories.insert(0, first);
            } else {
                self.front.section = Some(first);
            }
        }
        self.tags(categories);
    }

    fn summary(&mut self, summary: &str) {
        if self.front.description.is_empty() {
            self.front.description = to_text(summary).trim().replace('\n', " ");
        }
    }

    fn aliases(&mut self, old: Vec<String>) {
        for address in old {
            let rooted = address.starts_with('/') || address.contains("://");
            let address = if rooted { address } else { format!("/{address}") };
            if !self.front.aliases.contains(&address) {
                self.front.aliases.push(address);
            }
        }
    }

    /// An exact address. A pattern as `/:year/:title/`, or the name of one, is none.
    fn address(&mut self, value: &Value) -> bool {
        let address = text(value).unwrap_or_default();
        let path =
            address.split_once("://").map_or(address.as_str(), |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let exact = path.starts_with('/') && !path.contains([':', '{', ' ', '#', '?']);
        if exact {
            path.clone_into(&mut self.front.url);
        }
        exact
    }

    fn image(&mut self, value: &Value) -> bool {
        let value = match value {
            Value::Sequence(values) if values.len() == 1 => values.first().unwrap_or(&Value::Null),
            value => value,
        };
        let mut figure = match value {
            Value::String(src) => Figure { src: src.clone(), ..Figure::default() },
            Value::Mapping(map) => {
                let part = |keys: &[&str]| keys.iter().find_map(|key| map.get(*key)).and_then(text).unwrap_or_default();
                Figure {
                    src: part(&["src", "image", "path", "url", "feature", "relative"]),
                    alt: part(&["alt", "title"]),
                    caption: part(&["caption", "description"]),
                    credit: part(&["credit", "attribution", "source"]),
                }
            }
            _ => return false,
        };
        if figure.src.is_empty() || self.front.image.as_ref().is_some_and(|image| !image.src.is_empty()) {
            return false;
        }
        if let Some(parts) = self.front.image.take() {
            figure = Figure { src: figure.src, ..parts };
        }
        self.front.image = Some(figure);
        true
    }

    /// What Jekyll's themes say of the image in keys of their own; they may come first.
    fn image_part(&mut self, key: &str, value: &Value) -> bool {
        let Some(words) = text(value).filter(|_| self.matter.values.get("image").is_some_and(Value::is_string)) else {
            return false;
        };
        let image = self.front.image.get_or_insert_default();
        match key {
            "image_alt" => image.alt = words,
            "image_credit" => image.credit = words,
            _ => image.caption = words,
        }
        true
    }

    fn warn(&mut self, key: &str, value: &Value) {
        let wanted = match key {
            "title" | "section" | "dateline" | "description" | "summary" | "excerpt" | "standfirst" | "lang"
            | "language" | "locale" => "a text",
            "draft" | "published" => "true or false",
            key if key.contains("date") || key.contains("mod") || key.starts_with("pub") => "a date",
            _ => "a list of texts",
        };
        let said = text(value).map_or_else(|| "what it has".to_owned(), |text| format!("`{text}`"));
        let hint = match wanted {
            "a date" => "as in 2014-03-05, or 2014-03-05 10:00:00 -0500; the value is kept under `extra`",
            _ => "the value is kept under `extra`",
        };
        let (line, column) = self.place(key);
        let message = format!("`{key}` should be {wanted}, and {said} is not");
        self.warnings.push(Diagnostic::warning(Place::at("", line, column), message).hint(hint));
    }

    /// The line and column of a key's value.
    fn place(&self, key: &str) -> (u32, u32) {
        let lines = self.matter.text.lines().enumerate();
        let found = lines.into_iter().find_map(|(nth, line)| {
            let bare = line.trim_start().trim_start_matches('"');
            let rest = bare.strip_prefix(key)?.trim_start_matches('"').trim_start();
            let value = rest.strip_prefix([':', '='])?.trim_start();
            let column = line[..line.len() - value.len()].chars().count() + 1;
            Some((self.matter.line + nth as u32, column as u32))
        });
        found.unwrap_or((self.matter.line, 0))
    }
}
