//! Fields of an article from the columns of a row.

use super::{Row, is_empty, values};
use crate::article::{Figure, Status};
use crate::config::Categories;
use crate::convert::account::Fate;
use crate::convert::json;
use crate::convert::news::{self, Story};
use crate::convert::shape::collapse;
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::resolve;
use serde_json::Value;

/// Longest value with parts of its own that is kept under `extra`, as JSON; bytes.
const LONGEST: usize = 4000;

/// Reads all of a row.
pub(super) fn read(row: &mut Row<'_>) -> Story {
    let mut story = Story::default();
    // The cutting of rows has named it.
    row.take("record");
    story.front.title = news::text(&row.text("title"));
    story.front.date = date(row, "date", &mut story);
    let updated = date(row, "updated", &mut story);
    let later = |updated: &ArticleDate| story.front.date.is_none_or(|date| updated.seconds() > date.seconds());
    story.front.updated = updated.filter(later);
    story.front.embargo = date(row, "embargo", &mut story);
    let base = row.source.base_url.unwrap_or_default();
    let url = news::web(base, &row.text("url"));
    story.alias(&url);
    if url.contains("://") {
        story.canonical.clone_from(&url);
    }
    for alias in row.take("aliases").map(|(_, value)| values::names(&value, &['|', ' ', ';', ','])).unwrap_or_default()
    {
        story.alias(&alias);
    }
    people_and_places(row, &mut story);
    section(row, &mut story);
    story.front.description = news::text(&row.text("description"));
    story.front.dateline = row.text("dateline");
    let language = row.text("language");
    story.front.language = news::language(&language);
    status(row, &mut story);
    body(row, &mut story, if url.contains("://") { &url } else { base });
    image(row, &mut story, base);
    rest(row, &mut story);
    story
}

fn date(row: &mut Row<'_>, field: &'static str, story: &mut Story) -> Option<ArticleDate> {
    let (column, value) = row.take(field)?;
    let date = values::date(&value);
    if date.is_none() {
        let text = values::text(&value);
        let message = format!("column {column} holds no date that can be read: {}", collapse(&text));
        let warning = Diagnostic::warning(Place::file(row.source.path), message);
        story.warnings.push(warning.hint("it is kept under `extra`; write dates as in 2000-06-09T10:46:00Z"));
        story.extra(&column, &text);
    }
    date
}

fn people_and_places(row: &mut Row<'_>, story: &mut Story) {
    if let Some((column, value)) = row.take("authors") {
        if values::is_reference(&value) {
            story.extra(&column, &value.to_string());
        }
        for name in values::names(&value, &[';', '|', '\n']) {
            story.byline(&name);
        }
    }
    if let Some((column, value)) = row.take("tags") {
        if values::is_reference(&value) {
            story.extra(&column, &value.to_string());
        }
        for name in values::names(&value, &[';', '|', ',']) {
            story.tag(&name);
        }
    }
    for name in row.take("places").map(|(_, value)| values::names(&value, &[';', '|'])).unwrap_or_default() {
        story.place(&name);
    }
}

/// The first name is the section, perhaps with those that it is in before it; the others are tags.
fn section(row: &mut Row<'_>, story: &mut Story) {
    let Some((column, value)) = row.take("section") else { return };
    if values::is_reference(&value) {
        return story.extra(&column, &value.to_string());
    }
    let names = values::names(&value, &[';', '|']);
    let is_tag = row.source.settings.categories == Categories::Tags && !row.source.settings.map.contains_key("section");
    let mut names = names.iter();
    if let Some(first) = if is_tag { None } else { names.next() } {
        story.front.section = Some(news::section(first.split(['/', '>']))).filter(|path| !path.is_empty());
    }
    names.for_each(|name| story.tag(name));
}

fn status(row: &mut Row<'_>, story: &mut Story) {
    let status = row.text("status");
    story.front.status = match status.to_ascii_lowercase().as_str() {
        "draft" | "pending" | "private" | "future" | "unpublished" | "auto-draft" => Status::Draft,
        "withdrawn" | "deleted" | "trash" | "canceled" | "cancelled" | "retracted" | "withheld" => Status::Withdrawn,
        "" | "live" | "publish" | "published" | "public" | "usable" => Status::Live,
        _ => {
            story.extra("status", &status);
            Status::Live
        }
    };
}

fn body(row: &mut Row<'_>, story: &mut Story, base: &str) {
    let map = &row.source.settings.map;
    let forms = ["html", "markdown", "text"];
    let mapped = forms.iter().find(|form| map.contains_key(**form)).copied();
    let form = mapped.unwrap_or("body");
    let Some((_, value)) = row.take(form) else { return };
    let text = values::long(&value).replace("\r\n", "\n");
    match form {
        "html" => story.html(&text, base),
        "markdown" => story.markdown(&text),
        "text" => story.plain(&text),
        _ => told(&text, story, base),
    }
}

/// Appends a text that may be HTML, Markdown or neither.
fn told(text: &str, story: &mut Story, base: &str) {
    let text = text.trim();
    let lower = || text.to_ascii_lowercase();
    let has_tags = memchr::memchr(b'<', text.as_bytes()).is_some() && news::is_html(text);
    if has_tags && (text.contains("</") || ["<p>", "<br", "<img", "<hr"].iter().any(|tag| lower().contains(tag))) {
        let has_blocks = ["<p", "<br", "<div", "<li", "<td", "<h"].iter().any(|tag| lower().contains(tag));
        if has_blocks || !text.contains('\n') {
            return story.html(text, base);
        }
        // Editors that keep paragraphs as lines leave their tags out.
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let paragraphs: String = lines.flat_map(|line| ["<p>", line, "</p>"]).collect();
        return story.html(&paragraphs, base);
    }
    if is_markdown(text) {
        return story.markdown(text);
    }
    if !has_tags && news::is_html(text) {
        let lines: Vec<String> = text.lines().map(news::text).collect();
        return story.plain(&lines.join("\n"));
    }
    story.plain(text);
}

/// Whether a text has signs that only Markdown has: links, pictures, headings of several words, strong words in pairs.
fn is_markdown(text: &str) -> bool {
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ') && rest.len() > 2
    };
    let link = || text.match_indices("](").any(|(at, _)| text[..at].contains('[') && text[at..].contains(')'));
    text.contains("](") && link()
        || text.contains('#') && text.lines().any(heading)
        || text.matches("**").nth(1).is_some()
        || text.starts_with("> ")
        || text.contains("\n> ")
}

fn image(row: &mut Row<'_>, story: &mut Story, base: &str) {
    let (alt, caption) = (row.text("image.alt"), row.text("image.caption"));
    let mut figure = Figure { src: String::new(), alt, caption, credit: row.text("image.credit") };
    let Some((_, value)) = row.take("image") else { return };
    let first = match &value {
        Value::Array(values) => values.first().unwrap_or(&Value::Null),
        value => value,
    };
    if let Value::Object(map) = first {
        let part = |keys: [&str; 3]| {
            keys.iter().map(|key| json::part(map, key)).find(|text| !text.is_empty()).unwrap_or_default()
        };
        figure.src = part(["url", "src", "href"]);
        let parts =
            [(&mut figure.alt, ["alt", "alt_text", "altText"]), (&mut figure.caption, ["caption", "title", "text"])];
        for (to, keys) in parts.into_iter().chain([(&mut figure.credit, ["credit", "photographer", "byline"])]) {
            if to.is_empty() {
                *to = part(keys);
            }
        }
    } else {
        figure.src = values::text(first);
    }
    figure.caption = news::text(&figure.caption);
    figure.src = resolve(base, &figure.src).into_owned();
    if figure.src.is_empty() || figure.src.contains(char::is_whitespace) || story.body.contains(&figure.src) {
        return;
    }
    story.note_file(&figure.src);
    story.body = format!("{}\n\n{}", news::figure(&figure), story.body);
    story.front.image = Some(figure);
}

/// Keeps under `extra` what became nothing else, by the names of the map or else those of the columns.
fn rest(row: &mut Row<'_>, story: &mut Story) {
    let settings = &row.source.settings.map;
    let is_field = |key: &str| super::FIELDS.iter().any(|(field, _)| *field == key);
    let mut kept: Vec<(String, Value)> = Vec::new();
    for (key, path) in settings.iter().filter(|(key, _)| !is_field(key)) {
        kept.extend(super::take_path(&mut row.map, path).map(|value| (key.clone(), value)));
    }
    kept.extend(std::mem::take(&mut row.map));
    for (name, value) in kept.into_iter().filter(|(_, value)| !is_empty(value)) {
        let name = collapse(&name).into_owned();
        let fate = match &value {
            _ if name.is_empty() => Fate::Dropped("it has no name"),
            Value::String(text) => {
                story.extra(&name, text);
                Fate::Kept("extra")
            }
            value => {
                let length = value.to_string().len() + name.len();
                if length > LONGEST || story.extra + length > 6 * LONGEST {
                    Fate::Dropped("too long for `extra`")
                } else {
                    story.extra += length;
                    story.front.extra.insert(serde_yaml::Value::String(name.clone()), values::yaml(value));
                    Fate::Kept("extra")
                }
            }
        };
        row.note(&name, &value, fate);
    }
}
