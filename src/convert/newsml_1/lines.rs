//! What the components of an item say of it: lines to print, and data.

use super::{Topics, formal, is_of_media, walk};
use crate::convert::news::{self, Story};
use crate::convert::wire;
use crate::convert::xml::{Document, Id};

/// Reads `NewsLines` and the metadata of all components but those of pictures.
pub(super) fn read(document: &Document<'_>, item: Id, topics: [&Topics; 2], story: &mut Story) {
    let mut byline = String::new();
    walk(document, item, &mut |id| match document.name(id) {
        "NewsComponent" => !is_of_media(document, id),
        "NewsLines" => {
            for line in document.elements(id) {
                self::line(document, line, story, &mut byline);
            }
            false
        }
        "AdministrativeMetadata" => {
            administrative(document, id, story);
            false
        }
        "RightsMetadata" => {
            rights(document, id, story);
            false
        }
        "DescriptiveMetadata" => {
            descriptive(document, id, topics, story);
            false
        }
        "Metadata" => {
            for property in document.all(id, "Property") {
                self::property(document, property, story);
            }
            false
        }
        "BasisForChoice" | "TopicSet" | "TopicSetRef" => {
            document.drop(id, "of the transmission");
            false
        }
        // It is read with the components' content.
        "ContentItem" | "Identification" | "NewsManagement" => false,
        _ => true,
    });
    if !byline.is_empty() {
        story.byline(&byline);
    }
}

fn line(document: &Document<'_>, id: Id, story: &mut Story, byline: &mut String) {
    let text = document.line_of(id);
    if text.is_empty() {
        return;
    }
    document.keep(id, "front matter");
    match document.name(id) {
        "HeadLine" if story.front.title.is_empty() => story.front.title = text,
        "HeadLine" => story.extra("headline", if text == story.front.title { "" } else { &text }),
        "SubHeadLine" => story.extra("subheadline", &text),
        "ByLine" if byline.is_empty() => *byline = text,
        "ByLine" => story.extra("byline", &text),
        "ByLineTitle" | "BylineTitle" => story.extra("byline_title", &text),
        "DateLine" if story.front.dateline.is_empty() => wire::dateline_alone(&text, story),
        "CreditLine" => story.extra("credit", &text),
        "CopyrightLine" | "RightsLine" => story.extra("rights", &text),
        "SeriesLine" => story.extra("series", &text),
        "SlugLine" => story.extra("slug", &text),
        "KeywordLine" => text.split([',', ';']).for_each(|word| story.tag(word)),
        "NewsLine" => {
            let part = |name: &str| document.child(id, name);
            let kind = part("NewsLineType").map(|id| formal(document, id)).unwrap_or_default();
            let text = part("NewsLineText").map(|id| document.line_of(id)).unwrap_or_default();
            story.extra_record("lines", &[("type", &kind), ("text", &text)]);
        }
        _ => story.extra("dateline", &text),
    }
}

fn administrative(document: &Document<'_>, part: Id, story: &mut Story) {
    for id in document.elements(part) {
        let key = match document.name(id) {
            "Provider" => "provider",
            "Source" => "information_source",
            "Creator" => "creator",
            "Contributor" => "contributors",
            "Property" => {
                property(document, id, story);
                continue;
            }
            _ => {
                document.drop(id, "of the transmission");
                continue;
            }
        };
        document.keep(id, "extra");
        for party in document.all(id, "Party") {
            story.extra(key, &formal(document, party));
        }
    }
}

fn rights(document: &Document<'_>, part: Id, story: &mut Story) {
    for id in document.elements(part) {
        document.keep(id, "extra");
        match document.name(id) {
            "Copyright" => {
                let text = |name: &str| document.child(id, name).map(|id| document.line_of(id)).unwrap_or_default();
                story.extra("copyright_holder", &text("CopyrightHolder"));
                story.extra("copyright_date", &text("CopyrightDate"));
            }
            "Property" => property(document, id, story),
            _ => story.extra("usage_terms", &document.line_of(id)),
        }
    }
}

fn descriptive(document: &Document<'_>, part: Id, topics: [&Topics; 2], story: &mut Story) {
    for id in document.elements(part) {
        document.keep(id, "front matter");
        match document.name(id) {
            "Language" => {
                if story.front.language.is_empty() {
                    story.front.language = news::language(&formal(document, id));
                }
            }
            "Genre" => story.extra("genre", &formal(document, id)),
            "OfInterestTo" => story.extra("audience", &formal(document, id)),
            "DateLineDate" => {
                if story.front.date.is_none() {
                    story.front.date = super::management::date_in(document, id);
                }
            }
            "SubjectCode" => {
                for subject in document.elements(id) {
                    subject_of(&formal(document, subject), story);
                }
            }
            "Location" => location(document, id, story),
            "TopicOccurrence" => topic(document, id, topics, story),
            "Property" => property(document, id, story),
            _ => document.drop(id, "no field for it"),
        }
    }
}

/// A subject by its name or, where the item has no name for it, by its code.
fn subject_of(name: &str, story: &mut Story) {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        story.extra("subject_codes", name);
    } else {
        story.tag(name);
    }
}

/// The smallest place that is named.
fn location(document: &Document<'_>, id: Id, story: &mut Story) {
    let of = |kind: &str| {
        let is_it = |property: &Id| formal(document, *property).to_ascii_lowercase().contains(kind);
        document.all(id, "Property").find(is_it).map(|property| document.attribute_or_empty(property, "Value"))
    };
    let name = ["city", "sublocation", "state", "province", "countryname", "country"].into_iter().find_map(of);
    story.place(&name.filter(|name| !name.is_empty()).unwrap_or_else(|| document.line_of(id)));
}

/// What an item is about, described elsewhere in the document.
fn topic(document: &Document<'_>, id: Id, topics: [&Topics; 2], story: &mut Story) {
    let reference = document.attribute_or_empty(id, "Topic");
    let key = reference.trim_start_matches('#');
    match topics.iter().find_map(|topics| topics.0.get(key)) {
        None => story.extra("topics", &reference),
        Some(topic) if topic.is_place => story.place(&topic.name),
        Some(topic) => story.tag(&topic.name),
    }
}

/// A property with a name of the provider's own: keywords are told by what they are called.
fn property(document: &Document<'_>, id: Id, story: &mut Story) {
    let (name, value) = (formal(document, id), document.attribute_or_empty(id, "Value"));
    let lower = name.to_ascii_lowercase();
    let is_keyword = lower.contains("keyword");
    if is_keyword && ["country", "region", "state", "city", "location"].iter().any(|kind| lower.contains(kind)) {
        document.keep(id, "places");
        story.place(&value);
    } else if is_keyword {
        document.keep(id, "tags");
        story.tag(&value);
    } else {
        document.keep(id, "extra.properties");
        story.extra_record("properties", &[("name", &name), ("value", &value)]);
    }
}
