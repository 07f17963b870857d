//! The content of an item: texts in the order of its components, pictures, sound and film.

use super::{formal, is_media, role, walk};
use crate::article::{Figure, SeeAlso};
use crate::convert::news::{self, Story};
use crate::convert::nitf;
use crate::convert::xml::{Document, Id, Spaces};

/// Reads all content items, and what the item refers to.
pub(super) fn read(document: &Document<'_>, item: Id, story: &mut Story, base: &str) {
    let mut reader = Reader { document, base, story, last: Vec::new() };
    // Of the last few lists of equivalents that were met: the component that was chosen.
    let mut chosen: Vec<(Id, Id)> = Vec::new();
    walk(document, item, &mut |id| match document.name(id) {
        "NewsComponent" => {
            let parent = document.parent(id);
            if chosen.iter().rev().find(|(list, _)| *list == parent).is_some_and(|(_, best)| *best != id) {
                document.drop(id, "another form of the same");
                return false;
            }
            if document.attribute_or_empty(id, "EquivalentsList").eq_ignore_ascii_case("yes") {
                chosen.retain(|(list, _)| document.descendants(*list).contains(&id));
                chosen.extend(best(document, document.all(id, "NewsComponent")).map(|best| (id, best)));
            }
            reader.component(id);
            true
        }
        "NewsItemRef" => {
            reader.reference(id);
            false
        }
        "ContentItem" | "NewsLines" | "DescriptiveMetadata" | "AdministrativeMetadata" => false,
        _ => true,
    });
    let last = std::mem::take(&mut reader.last);
    for id in last {
        reader.text(id);
    }
    if story.body.is_empty() && !story.front.description.is_empty() {
        let description = story.front.description.clone();
        story.plain(&description);
    }
}

/// Of what is equivalent the one that says most: a text with markup, a text, anything.
fn best(document: &Document<'_>, ids: impl Iterator<Item = Id>) -> Option<Id> {
    /// Enough to see of what form a component is.
    const LOOK: usize = 2000;
    let rank = |id: Id| {
        let names = || document.descendants(id).take(LOOK).map(|id| document.name(id));
        match () {
            () if names().any(|name| name == "nitf") => 3,
            () if names().any(|name| matches!(name, "html" | "p")) => 2,
            () => u8::from(names().any(|name| name == "DataContent")),
        }
    };
    // Of equal ones the first.
    let mut best: Option<(u8, Id)> = None;
    for id in ids {
        let rank = rank(id);
        if best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, id));
        }
    }
    best.map(|(_, id)| id)
}

struct Reader<'r> {
    document: &'r Document<'r>,
    base: &'r str,
    story: &'r mut Story,
    /// Texts that stand below all others.
    last: Vec<Id>,
}

impl Reader<'_> {
    fn component(&mut self, component: Id) {
        let document = self.document;
        let (media, texts): (Vec<Id>, Vec<Id>) =
            document.all(component, "ContentItem").partition(|id| is_media(document, *id));
        let role = role(document, component);
        let is_list = document.attribute_or_empty(component, "EquivalentsList").eq_ignore_ascii_case("yes");
        let one = if is_list { best(document, texts.iter().copied()) } else { None };
        for id in texts {
            if one.is_some_and(|one| one != id) {
                document.drop(id, "another form of the same");
                continue;
            }
            match role.as_str() {
                "contact" | "contacts" => self.last.push(id),
                "caption" if has_picture_beside(document, component) => {}
                _ => self.by_role(id, &role),
            }
        }
        self.media(component, &media);
    }

    /// A text that is the article's, or what the part says that it plays.
    fn by_role(&mut self, id: Id, role: &str) {
        let document = self.document;
        let line = |id: Id| document.find(id, "DataContent").map(|data| visible(document, data)).unwrap_or_default();
        match role {
            "headline" => {
                document.keep(id, "title");
                let text = line(id);
                if self.story.front.title.is_empty() {
                    self.story.front.title = text;
                }
            }
            "subheadline" => {
                document.keep(id, "extra.subheadline");
                self.story.extra("subheadline", &line(id));
            }
            "abstract" | "summary" | "lead" if self.story.front.description.is_empty() => {
                document.keep(id, "description");
                self.story.front.description = line(id);
            }
            "stylesheet" | "style sheet" => document.drop(id, "how the provider shows it"),
            _ => self.text(id),
        }
    }

    fn text(&mut self, content: Id) {
        let document = self.document;
        let mime = document.child(content, "MimeType").map(|id| formal(document, id)).unwrap_or_default();
        let Some(data) = document.find(content, "DataContent") else {
            let href = document.attribute_or_empty(content, "Href");
            if !href.is_empty() {
                document.keep(content, "links");
                self.story.link("", &news::web(self.base, &href));
            }
            return;
        };
        if mime.ends_with("/css") || mime.contains("javascript") {
            return document.drop(content, "how the provider shows it");
        }
        document.keep(content, "body");
        if let Some(nitf) = document.find(data, "nitf") {
            return nitf::read(document, nitf, self.story, self.base);
        }
        if document.elements(data).next().is_some() {
            let body = document.descendants(data).find(|id| document.name(*id) == "body").unwrap_or(data);
            return self.story.html(&nitf::html(document, body), self.base);
        }
        let encoding = document.find(content, "Encoding").map(|id| document.attribute_or_empty(id, "Notation"));
        let text = document.text(data);
        let text = match encoding {
            Some(notation) if notation.to_ascii_lowercase().contains("base64") => match news::base64(&text) {
                Some(text) => text,
                None => return document.drop(content, "data that is no text"),
            },
            _ => text.into_owned(),
        };
        self.written(&text, &mime);
    }

    /// A text that is not part of the document's own tree.
    fn written(&mut self, text: &str, mime: &str) {
        if text.contains("<nitf") {
            let document = Document::parse(text, &mut Spaces::default(), 1, false);
            if let Some(nitf) = document.find(0, "nitf") {
                return nitf::read(&document, nitf, self.story, self.base);
            }
        }
        if mime.contains("html") || news::is_html(text) {
            self.story.html(text, self.base);
        } else {
            self.story.plain(text);
        }
    }

    /// One of the sizes of a picture as a figure, or sound or film as a link.
    fn media(&mut self, component: Id, renditions: &[Id]) {
        let document = self.document;
        for id in renditions {
            document.keep(*id, "body");
        }
        let Some(best) = renditions.iter().copied().max_by_key(|id| size(document, *id)) else { return };
        let src = document.attribute_or_empty(best, "Href");
        let src = src.trim_start_matches("file:///").trim_start_matches("./").trim().to_owned();
        if src.is_empty() {
            return;
        }
        let line = |name: &str| {
            let found = document.at(component, &format!("NewsLines/{name}"))?;
            document.keep(found, "body");
            Some(document.line_of(found)).filter(|text| !text.is_empty())
        };
        let caption = caption(document, component);
        let (headline, credit) = (line("HeadLine"), line("CreditLine").or_else(|| line("CopyrightLine")));
        let is_own = headline.as_ref().is_some_and(|line| *line == self.story.front.title);
        let caption = caption.or_else(|| headline.filter(|_| !is_own)).unwrap_or_default();
        let kind = ["MimeType", "MediaType"].map(|name| document.child(best, name).map(|id| formal(document, id)));
        let kind = kind.into_iter().flatten().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        if let Some(what) = ["Audio", "Video"].into_iter().find(|what| kind.contains(&what.to_ascii_lowercase())) {
            self.story.note_file(&src);
            let title = if caption.is_empty() { what } else { &caption };
            return self.story.markdown(&news::link(title, &src));
        }
        let figure = Figure { src, alt: String::new(), caption, credit: credit.unwrap_or_default() };
        // A mark of the sender's is no picture of the story.
        if role(document, component) != "logo" && self.story.front.image.is_none() {
            self.story.front.image = Some(figure.clone());
        }
        self.story.figure(&figure);
    }

    /// Another item that this one, a package, holds by its name.
    fn reference(&mut self, id: Id) {
        let document = self.document;
        let item = document.attribute_or_empty(id, "NewsItem");
        let title = Some(document.line_of(id)).filter(|title| !title.is_empty()).unwrap_or_else(|| item.clone());
        if title.is_empty() || self.story.front.see_also.len() >= 200 {
            return;
        }
        document.keep(id, "see_also");
        self.story.extra_record("package", &[("item", &item), ("title", &title)]);
        self.story.front.see_also.push(SeeAlso { title, ..SeeAlso::default() });
    }
}

/// How well a rendition can be shown: whether browsers show it, whether it is more than a thumbnail, and its size.
fn size(document: &Document<'_>, content: Id) -> (bool, bool, u64, u64) {
    let part = |name: &str| document.child(content, name).map(|id| formal(document, id).to_ascii_lowercase());
    let kind = [part("MimeType"), part("Format")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_shown = ["jpeg", "jpg", "png", "gif", "webp"].iter().any(|known| kind.contains(known));
    let mut found = (is_shown, true, 0, 0);
    let Some(characteristics) = document.child(content, "Characteristics") else { return found };
    for id in document.elements(characteristics) {
        let (name, value) = (formal(document, id).to_ascii_lowercase(), document.attribute_or_empty(id, "Value"));
        if document.is(id, "SizeInBytes") {
            found.3 = document.line_of(id).parse().unwrap_or(0);
        } else if name.contains("width") {
            found.2 = value.trim_end_matches("px").trim().parse().unwrap_or(0);
        }
        let value = value.to_ascii_lowercase();
        found.1 = found.1 && !(value.contains("thumb") || value.contains("icon"));
    }
    found
}

/// The words of a component beside a picture that is its caption.
fn caption(document: &Document<'_>, picture: Id) -> Option<String> {
    /// Components have a few neighbours.
    const NEAR: usize = 40;
    let parent = document.parent(picture);
    let beside = document.all(parent, "NewsComponent").take(NEAR).find(|id| role(document, *id) == "caption")?;
    let content = document.child(beside, "ContentItem")?;
    document.keep(content, "body");
    Some(visible(document, document.find(content, "DataContent")?)).filter(|text| !text.is_empty())
}

fn has_picture_beside(document: &Document<'_>, component: Id) -> bool {
    let parent = document.parent(component);
    document.all(parent, "NewsComponent").take(40).any(|id| super::is_of_media(document, id))
}

/// What a reader sees of data, on one line.
fn visible(document: &Document<'_>, data: Id) -> String {
    let body = document.descendants(data).find(|id| document.name(*id) == "body").unwrap_or(data);
    news::text(&document.line_of(body))
}
