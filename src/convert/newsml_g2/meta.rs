//! What an item says of itself and of its content.

use crate::article::{Correction, Status};
use crate::convert::news::{self, Story};
use crate::convert::wire;
use crate::convert::xml::{Document, Id};

/// Reads `rightsInfo`, `itemMeta` and `contentMeta`.
pub(super) fn read(document: &Document<'_>, item: Id, story: &mut Story) {
    let language = document.attribute_or_empty(item, "xml:lang");
    let stated = document.at(item, "contentMeta/language").map(|id| document.attribute_or_empty(id, "tag"));
    let language = news::language(&stated.filter(|tag| !tag.is_empty()).unwrap_or(language));
    story.front.language.clone_from(&language);
    let mut reader = Reader { document, item, language, story };
    for part in document.elements(item) {
        match document.name(part) {
            "rightsInfo" => reader.rights(part),
            "itemMeta" => reader.item(part),
            "contentMeta" => reader.content(part),
            "catalogRef" | "catalog" | "hopHistory" => document.drop(part, "of the transmission"),
            "assert" | "inlineRef" => document.drop(part, "names are taken where they are used"),
            _ => {}
        }
    }
}

/// Settles what several parts have a say in.
pub(in crate::convert) fn complete(story: &mut Story) {
    if story.front.date.is_none() {
        story.front.date = story.front.updated.take();
    }
    let seconds = story.front.date.map(|date| date.seconds());
    story.front.updated = story.front.updated.filter(|updated| seconds.is_none_or(|date| updated.seconds() > date));
    if story.front.title.trim().is_empty() {
        let other = ["title", "slug"].iter().map(|key| story.extra_text(key).to_owned()).find(|text| !text.is_empty());
        let described = story.front.description.clone();
        let is_withdrawn = story.front.status == Status::Withdrawn;
        let body = !story.body.is_empty();
        story.front.title = match other {
            Some(other) if !body || is_withdrawn => other,
            _ if is_withdrawn && described.is_empty() => "Withdrawn".to_owned(),
            other => other.filter(|_| described.is_empty()).unwrap_or_default(),
        };
    }
}

struct Reader<'r> {
    document: &'r Document<'r>,
    item: Id,
    language: String,
    story: &'r mut Story,
}

impl Reader<'_> {
    /// The name of a thing: in the article's language, in full, else as it is; its own text, or its code's last part.
    fn name(&self, id: Id) -> String {
        let document = self.document;
        let rank = |name: &Id| {
            let language = document.inherited(*name, "xml:lang").unwrap_or_default();
            let role = document.attribute_or_empty(*name, "role");
            let is_own = !language.is_empty() && self.language.split('-').next() == language.split('-').next();
            let is_short = role.ends_with("mnemonic") || role.ends_with("short") || role.ends_with("adjectival");
            u8::from(is_own) * 2 + u8::from(!is_short)
        };
        let mut best: Option<(u8, Id)> = None;
        for name in document.all(id, "name") {
            if best.is_none_or(|(most, _)| rank(&name) > most) {
                best = Some((rank(&name), name));
            }
        }
        let own = best.map(|(_, name)| document.line_of(name)).unwrap_or_default();
        let own = if own.is_empty() { document.own_line(id) } else { own };
        if own.is_empty() { self.asserted(id) } else { own }
    }

    /// The name that the item gives elsewhere for what `id` refers to.
    fn asserted(&self, id: Id) -> String {
        let document = self.document;
        for key in ["qcode", "literal", "uri"] {
            let code = document.attribute_or_empty(id, key);
            if code.is_empty() {
                continue;
            }
            // A few of them at most: what refers to many is a list of its own.
            let assert = document
                .all(self.item, "assert")
                .take(200)
                .find(|assert| document.attribute_or_empty(*assert, key) == code);
            let named = assert.and_then(|assert| document.child(assert, "name")).map(|name| document.line_of(name));
            if let Some(named) = named.filter(|named| !named.is_empty()) {
                return named;
            }
        }
        String::new()
    }

    fn keep(&mut self, id: Id, key: &str) {
        self.document.keep(id, "extra");
        let name = self.name(id);
        let code = ["qcode", "uri", "literal"].iter().find_map(|key| self.document.attribute(id, key));
        self.story.extra(key, if name.is_empty() { code.as_deref().unwrap_or_default() } else { &name });
    }

    fn rights(&mut self, part: Id) {
        for id in self.document.elements(part) {
            match self.document.name(id) {
                "copyrightHolder" => self.keep(id, "copyright_holder"),
                "copyrightNotice" => self.keep(id, "rights"),
                "usageTerms" => self.keep(id, "usage_terms"),
                "accountable" => self.keep(id, "accountable"),
                "link" => {
                    self.document.keep(id, "extra");
                    let href = self.document.attribute_or_empty(id, "href");
                    self.story.extra("rights_link", &href);
                }
                _ => {}
            }
        }
    }

    fn item(&mut self, part: Id) {
        let document = self.document;
        for id in document.elements(part) {
            match document.name(id) {
                "itemClass" => {
                    document.keep(id, "extra.type");
                    let code = document.attribute_or_empty(id, "qcode");
                    let class = code.rsplit(':').next().unwrap_or_default();
                    self.story.extra("type", if class == "text" { "" } else { class });
                }
                "versionCreated" => {
                    document.keep(id, "updated");
                    self.story.front.updated = news::date(&document.text(id));
                }
                "firstCreated" => {
                    document.keep(id, "date");
                    self.story.front.date = news::date(&document.text(id));
                }
                "embargoed" => {
                    document.keep(id, "embargo");
                    self.story.front.embargo = news::date(&document.text(id));
                }
                "pubStatus" => {
                    document.keep(id, "status");
                    let code =
                        document.attribute(id, "qcode").or_else(|| document.attribute(id, "uri")).unwrap_or_default();
                    if is_withdrawn(&code) {
                        self.story.front.status = Status::Withdrawn;
                        self.story.extra("publication_status", code.rsplit([':', '/']).next().unwrap_or_default());
                    }
                }
                "edNote" => self.note(id),
                "provider" => self.keep(id, "provider"),
                "service" => self.keep(id, "service"),
                "signal" => self.keep(id, "signal"),
                "title" => self.keep(id, "title"),
                "priority" => self.keep(id, "priority"),
                "role" => self.keep(id, "role"),
                "memberOf" => self.keep(id, "member_of"),
                "link" => self.link(id),
                "fileName" | "generator" | "profile" | "origRep" | "incomingFeedId" | "metadataCreator" => {
                    document.drop(id, "of the transmission");
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, id: Id) {
        let document = self.document;
        let (role, constraint) =
            (document.attribute_or_empty(id, "role"), document.attribute_or_empty(id, "pubconstraint"));
        let text = document.line_of(id);
        let has_private =
            document.descendants(id).any(|id| document.attribute_or_empty(id, "class").contains("nonpublic"));
        if constraint.contains("nonpublic") || has_private {
            return document.drop(id, "not for publication");
        }
        if role.ends_with(":correction") {
            document.keep(id, "corrections");
            let date = document.at(self.item, "itemMeta/versionCreated").and_then(|id| news::date(&document.text(id)));
            return self.story.front.corrections.push(Correction { date, text });
        }
        document.keep(id, "extra.editorial_note");
        self.story.extra("editorial_note", &text);
    }

    fn link(&mut self, id: Id) {
        let document = self.document;
        let href = document.attribute_or_empty(id, "href");
        let title =
            document.child(id, "title").or_else(|| document.child(id, "headline")).map(|id| document.line_of(id));
        let rel = document.attribute_or_empty(id, "rel");
        if !href.starts_with("http") {
            document.keep(id, "extra.linked");
            let target = document.attribute(id, "residref").unwrap_or(href);
            let relation = rel.rsplit(':').next().unwrap_or_default();
            return self.story.extra_record(
                "linked",
                &[("relation", relation), ("item", &target), ("title", title.as_deref().unwrap_or_default())],
            );
        }
        document.keep(id, "links");
        self.story.link(title.as_deref().unwrap_or_default(), &href);
    }

    fn content(&mut self, part: Id) {
        let document = self.document;
        let mut creators = Vec::new();
        let by = document.child(part, "by").map(|id| document.line_of(id));
        for id in document.elements(part) {
            match document.name(id) {
                "headline" => self.headline(id),
                "subject" => self.subject(id),
                "creator" => {
                    document.keep(id, "authors");
                    creators.push(self.name(id));
                }
                "description" => self.description(id),
                "contentCreated" => {
                    document.keep(id, "date");
                    let created = news::date(&document.text(id));
                    self.story.front.date = self.story.front.date.or(created);
                }
                "by" => document.keep(id, "authors"),
                "dateline" | "located" => {
                    document.keep(id, "dateline");
                    let place = self.name(id);
                    if self.story.front.dateline.is_empty() || document.is(id, "dateline") {
                        self.story.front.dateline.clear();
                        wire::dateline_alone(&place, self.story);
                    }
                }
                "keyword" => {
                    document.keep(id, "tags");
                    self.story.tag(&document.line_of(id));
                }
                "urgency" => self.keep(id, "urgency"),
                "slugline" => self.keep(id, "slug"),
                "genre" => self.keep(id, "genre"),
                "contributor" => self.keep(id, "contributors"),
                "creditline" => self.keep(id, "credit"),
                "infoSource" => self.keep(id, "information_source"),
                "audience" => self.keep(id, "audience"),
                "rating" => self.keep(id, "rating"),
                "contentModified" => self.keep(id, "content_modified"),
                "digitalSourceType" => self.keep(id, "digital_source_type"),
                "language" => document.keep(id, "language"),
                "altId" | "exclAudience" | "icon" => document.drop(id, "of the transmission"),
                _ => {}
            }
        }
        if let Some(by) = by.filter(|by| !by.is_empty()) {
            self.story.byline(&by);
        } else {
            for name in &creators {
                self.story.author(name);
            }
        }
    }

    fn headline(&mut self, id: Id) {
        let document = self.document;
        document.keep(id, "title");
        let text = document.line_of(id);
        let role = document.attribute_or_empty(id, "role");
        let key = match role.rsplit(':').next().unwrap_or_default() {
            "sub" | "subHead" | "subhead" => "subheadline",
            "kicker" | "roofline" => "kicker",
            _ => "headline",
        };
        // The headline proper is the one without a role, or the one that is called so.
        let is_proper =
            role.is_empty() || role.ends_with(":main") || role.ends_with(":headline") || role.ends_with(":hed");
        if key == "headline" && (self.story.front.title.is_empty() || (is_proper && !self.has_proper())) {
            let before = std::mem::replace(&mut self.story.front.title, text);
            self.story.extra("headline", &before);
        } else if text != self.story.front.title {
            self.story.extra(key, &text);
        }
    }

    fn has_proper(&self) -> bool {
        !self.story.front.title.is_empty() && self.story.extra_text("headline").is_empty()
    }

    fn subject(&mut self, id: Id) {
        let document = self.document;
        let name = self.name(id);
        let kind = document.attribute_or_empty(id, "type");
        let code = ["qcode", "uri", "literal"].iter().find_map(|key| document.attribute(id, key)).unwrap_or_default();
        match kind.rsplit(':').next().unwrap_or_default() {
            _ if name.is_empty() => {
                document.keep(id, "extra.subject_codes");
                self.story.extra("subject_codes", &code);
            }
            "geoArea" | "poi" => {
                document.keep(id, "places");
                self.story.place(&name);
            }
            _ => {
                document.keep(id, "tags");
                self.story.tag(&name);
            }
        }
    }

    fn description(&mut self, id: Id) {
        let document = self.document;
        document.keep(id, "description");
        let text = document.line_of(id);
        if self.story.front.description.is_empty() {
            self.story.front.description = text;
        } else {
            self.story.extra("description", &text);
        }
    }
}

/// Whether a status takes an item away: `stat:withheld` or `stat:canceled`.
pub(in crate::convert) fn is_withdrawn(status: &str) -> bool {
    let status = status.rsplit([':', '/']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(status.as_str(), "withheld" | "canceled" | "cancelled" | "killed" | "withdrawn")
}
