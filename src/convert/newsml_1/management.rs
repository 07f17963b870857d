//! How an item is called, and its life.

use super::formal;
use crate::article::Status;
use crate::convert::news::{self, Story};
use crate::convert::newsml_g2::is_withdrawn;
use crate::convert::xml::{Document, Id};
use crate::date::ArticleDate;

/// Reads `Identification` and `NewsManagement`.
pub(super) fn read(document: &Document<'_>, item: Id, story: &mut Story) {
    if let Some(part) = document.child(item, "Identification") {
        identification(document, part, story);
    }
    if let Some(part) = document.child(item, "NewsManagement") {
        for id in document.elements(part) {
            management(document, id, story);
        }
    }
    if let Some(comment) = document.take(item, "Comment", "extra.editorial_note") {
        story.extra("editorial_note", &comment);
    }
    if let Some(catalogue) = document.child(item, "Catalog") {
        document.drop(catalogue, "of the transmission");
    }
}

/// The date in an element.
pub(super) fn date_in(document: &Document<'_>, id: Id) -> Option<ArticleDate> {
    let stated = document.find(id, "DateAndTime").map(|id| document.line_of(id));
    news::date(&stated.unwrap_or_else(|| document.line_of(id)))
}

fn identification(document: &Document<'_>, part: Id, story: &mut Story) {
    document.keep(part, "source.record");
    if let Some(identifier) = document.child(part, "NewsIdentifier") {
        let text = |name: &str| document.child(identifier, name).map(|id| document.line_of(id)).unwrap_or_default();
        let (provider, day, name) = (text("ProviderId"), text("DateId"), text("NewsItemId"));
        let (revision, public) = (text("RevisionId"), text("PublicIdentifier"));
        // All revisions of an item share its name but for the number at its end.
        story.canonical = if name.is_empty() {
            let end = public.rfind(':').filter(|_| !revision.is_empty()).unwrap_or(public.len());
            public.get(..end).unwrap_or_default().to_owned()
        } else {
            format!("urn:newsml:{provider}:{day}:{name}")
        };
        story.record = match revision.as_str() {
            "" => story.canonical.clone(),
            revision => format!("{} version {revision}", story.canonical),
        };
        if let Ok(version) = revision.parse() {
            story.extra_number("version", version);
        }
        story.extra("provider", &provider);
    }
    for (name, key) in [("NameLabel", "slug"), ("DateLabel", "date_label")] {
        let text = document.child(part, name).map(|id| document.line_of(id)).unwrap_or_default();
        story.extra(key, &text);
    }
    for label in document.all(part, "Label") {
        let text = document.child(label, "LabelText").map(|id| document.line_of(id)).unwrap_or_default();
        story.extra("label", &text);
    }
}

fn management(document: &Document<'_>, id: Id, story: &mut Story) {
    let name = document.name(id);
    document.keep(id, "front matter");
    match name {
        "NewsItemType" => {
            let kind = formal(document, id);
            story.extra("type", if kind.eq_ignore_ascii_case("news") { "" } else { &kind });
        }
        "FirstCreated" => story.front.date = date_in(document, id),
        "ThisRevisionCreated" => story.front.updated = date_in(document, id),
        "Status" => status(&formal(document, id), story),
        "StatusWillChange" => {
            let to = document.child(id, "FutureStatus").map(|id| formal(document, id)).unwrap_or_default();
            let date = date_in(document, id);
            if to.eq_ignore_ascii_case("usable") && date.is_some() {
                story.front.embargo = date;
                // What will be usable then is held back until then, and is no draft.
                story.front.status = Status::Live;
            } else {
                let when = date.map(|date| date.to_string()).unwrap_or_default();
                story.extra_record("status_will_change", &[("to", &to), ("date", &when)]);
            }
        }
        "Urgency" => story.extra("urgency", &formal(document, id)),
        "Instruction" => story.extra("instruction", &formal(document, id)),
        "Property" => {
            let (name, value) = (formal(document, id), document.attribute_or_empty(id, "Value"));
            story.extra_record("properties", &[("name", &name), ("value", &value)]);
        }
        "DerivedFrom" | "AssociatedWith" => {
            let relation = if name == "DerivedFrom" { "derived from" } else { "associated with" };
            let target = document.attribute_or_empty(id, "NewsItem");
            let title = document.line_of(id);
            story.extra_record("linked", &[("relation", relation), ("item", &target), ("title", &title)]);
        }
        _ => document.drop(id, "of the transmission"),
    }
}

fn status(name: &str, story: &mut Story) {
    if is_withdrawn(name) {
        story.front.status = Status::Withdrawn;
    } else if name.eq_ignore_ascii_case("embargoed") {
        story.front.status = Status::Draft;
    }
    story.extra("publication_status", if name.eq_ignore_ascii_case("usable") { "" } else { name });
}
