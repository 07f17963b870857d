//! Whether a page is HTML as the standard has it: the parser's own errors, and the rules of content that a program can
//! tell without a model of every element (<https://html.spec.whatwg.org/multipage/dom.html#content-models>).

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Something that a page should not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line of the page, from 1.
    pub line: u32,
    /// What it is, in lower case and without a full stop.
    pub message: String,
}

/// Elements that hold text and what may stand within it, and nothing larger.
const PHRASING: [&str; 30] = [
    "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i",
    "kbd", "label", "mark", "p", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
];
/// Elements that are larger than text.
const FLOW: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// Elements that stand in certain others only.
const PARENTS: [(&str, &[&str]); 6] = [
    ("li", &["ul", "ol", "menu"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("figcaption", &["figure"]),
    ("caption", &["table"]),
    ("summary", &["details"]),
];
/// Elements in which only certain others stand.
const CHILDREN: [(&str, &[&str]); 4] = [
    ("ul", &["li", "script", "template"]),
    ("ol", &["li", "script", "template"]),
    ("dl", &["dt", "dd", "div", "script", "template"]),
    ("tr", &["td", "th", "script", "template"]),
];
/// Elements that the standard no longer has.
const OBSOLETE: [&str; 12] =
    ["acronym", "applet", "basefont", "big", "blink", "center", "dir", "font", "frame", "marquee", "strike", "tt"];
/// Attributes that name elements by their ids.
const REFERENCES: [&str; 6] = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers"];

/// All that is wrong with a page, in the order of its lines. Where `mark` is the name of an element or an attribute of
/// the page, text that should have been escaped was not.
pub fn faults(page: &str, mark: &str) -> Vec<Fault> {
    let parsed = parse_document(Sink::default(), ParseOpts::default()).one(page);
    let Parsed { elements, mut faults } = parsed;
    let element = |at: usize| elements.get(at).map_or("", |element| &*element.name.local);
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    for found in &elements {
        let mut add = |message: String| faults.push(Fault { line: found.line, message });
        if let Some(id) = found.attribute("id") {
            if id.is_empty() || id.contains(char::is_whitespace) {
                add(format!("the id \"{id}\" is empty or has a space in it"));
            } else if let Some(line) = ids.insert(id, found.line) {
                add(format!("the id \"{id}\" stands on line {line} already"));
            }
        }
        let (name, parent) = (&*found.name.local, element(found.parent));
        misplaced(name, parent).into_iter().for_each(&mut add);
        found.lacks(mark).into_iter().for_each(&mut add);
    }
    for found in &elements {
        for id in found.references().filter(|id| !ids.contains_key(*id)) {
            faults.push(Fault { line: found.line, message: format!("nothing on the page has the id \"{id}\"") });
        }
    }
    for (name, wanted) in [("title", 1), ("main", 1), ("h1", 1)] {
        let count = elements.iter().filter(|found| is_html(found) && &*found.name.local == name).count();
        if count != wanted && !is_stub(&elements) {
            faults.push(Fault { line: 0, message: format!("has {count} elements <{name}>, not {wanted}") });
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Whether the page only leads on to another.
fn is_stub(elements: &[Element]) -> bool {
    elements.iter().any(|found| found.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")))
}

fn is_html(element: &Element) -> bool {
    element.name.ns == html5ever::ns!(html)
}

/// That an element stands where it may not.
fn misplaced(name: &str, parent: &str) -> Option<String> {
    let not_in = PHRASING.contains(&parent) && FLOW.contains(&name);
    let elsewhere = PARENTS.iter().any(|(child, parents)| *child == name && !parents.contains(&parent));
    let foreign = CHILDREN.iter().any(|(of, children)| *of == parent && !children.contains(&name));
    (not_in || elsewhere || foreign).then(|| format!("<{name}> may not stand right in <{parent}>"))
}

/// An element of the page.
#[derive(Debug)]
struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
    parent: usize,
    line: u32,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }

    /// Ids that it names.
    fn references(&self) -> impl Iterator<Item = &str> {
        let named = REFERENCES.iter().filter_map(|name| self.attribute(name)).flat_map(str::split_whitespace);
        let place = self.attribute("href").and_then(|href| href.strip_prefix('#'));
        named.chain(place.filter(|id| !id.is_empty() && *id != "top"))
    }

    /// What is wrong with it wherever it stands.
    fn lacks(&self, mark: &str) -> Vec<String> {
        let name = &*self.name.local;
        let mut wrong = Vec::new();
        if name == mark || self.attribute(mark).is_some() {
            wrong.push("text of an article stands here as markup: it is not escaped".to_owned());
        }
        if is_html(self) && OBSOLETE.contains(&name) {
            wrong.push(format!("there is no element <{name}> any more"));
        }
        if name == "img" && self.attribute("alt").is_none() {
            wrong.push("<img> has no alt text; alt=\"\" says that it shows nothing of its own".to_owned());
        }
        if name == "html" && self.attribute("lang").is_none_or(str::is_empty) {
            wrong.push("<html> does not say its language".to_owned());
        }
        let runs = |given: &Attribute| given.name.local.starts_with("on") && &*given.value == "alert(1)";
        if self.attributes.iter().any(runs) {
            wrong.push(format!("<{name}> runs a script that an article brought"));
        }
        for attribute in ["src", "href"] {
            if self.attribute(attribute).is_some_and(|url| url.is_empty() || url.starts_with("javascript:")) {
                wrong.push(format!("{attribute} of <{name}> is empty or a script"));
            }
        }
        wrong
    }
}

/// What a page holds.
struct Parsed {
    elements: Vec<Element>,
    faults: Vec<Fault>,
}

/// Takes down elements and errors as the parser meets them. Number 0 is the document.
#[derive(Default)]
struct Sink {
    elements: RefCell<Vec<Element>>,
    faults: RefCell<Vec<Fault>>,
    line: Cell<u64>,
}

/// An element, or something that is none, as the parser holds it.
#[derive(Clone)]
struct Handle {
    at: usize,
    name: QualName,
}

/// The number of what is no element.
const NOTHING: usize = usize::MAX;

impl Sink {
    fn nothing() -> Handle {
        Handle { at: NOTHING, name: QualName::new(None, html5ever::ns!(), html5ever::local_name!("")) }
    }

    fn line(&self) -> u32 {
        u32::try_from(self.line.get().max(1)).unwrap_or(0)
    }

    fn place(&self, child: &NodeOrText<Handle>, parent: usize) {
        if let NodeOrText::AppendNode(child) = child
            && let Some(element) = self.elements.borrow_mut().get_mut(child.at)
        {
            element.parent = parent;
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Parsed;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Parsed {
        Parsed { elements: self.elements.into_inner(), faults: self.faults.into_inner() }
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        let message = format!("the page does not parse cleanly: {}", message.to_lowercase());
        self.faults.borrow_mut().push(Fault { line: self.line(), message });
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }

    fn get_document(&self) -> Handle {
        Self::nothing()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let mut elements = self.elements.borrow_mut();
        elements.push(Element { name: name.clone(), attributes, parent: NOTHING, line: self.line() });
        Handle { at: elements.len() - 1, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Self::nothing()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Self::nothing()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(&child, parent.at);
    }

    fn append_based_on_parent_node(&self, element: &Handle, _: &Handle, child: NodeOrText<Handle>) {
        self.append_before_sibling(element, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        if mode != QuirksMode::NoQuirks {
            let message = "has no <!DOCTYPE html> at its beginning".to_owned();
            self.faults.borrow_mut().push(Fault { line: 1, message });
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.elements.borrow().get(sibling.at).map_or(NOTHING, |element| element.parent);
        self.place(&child, parent);
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Handle) {}

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        for element in self.elements.borrow_mut().iter_mut().filter(|element| element.parent == node.at) {
            element.parent = parent.at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn said(body: &str) -> Vec<String> {
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><title>T</title></head><body><main><h1>H</h1>\n{body}</main></body></html>"
        );
        faults(&page, "x-field").into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect()
    }

    #[test]
    fn what_is_right_has_no_faults() {
        let right = "<p id=\"a\">A <a href=\"#a\"><b>b</b></a></p><ul><li>c</ul><svg viewBox=\"0 0 1 1\"><title>t</title></svg>";
        assert_eq!(said(right), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let first = |body: &str| said(body).first().cloned().unwrap_or_default();
        assert_eq!(first("<p id=\"a\"></p>\n<p id=\"a\"></p>"), "4: the id \"a\" stands on line 3 already");
        assert_eq!(first("<span><div>a</div></span>"), "3: <div> may not stand right in <span>");
        assert_eq!(first("<ul><p>a</p></ul>"), "3: <p> may not stand right in <ul>");
        assert_eq!(
            first("<img src=\"a\">"),
            "3: <img> has no alt text; alt=\"\" says that it shows nothing of its own"
        );
        assert_eq!(first("<a href=\"#b\">a</a>"), "3: nothing on the page has the id \"b\"");
        assert_eq!(first("<x-field>"), "3: text of an article stands here as markup: it is not escaped");
        assert_eq!(
            first("<i title=\"\" x-field>a</i>"),
            "3: text of an article stands here as markup: it is not escaped"
        );
        assert!(first("<p>a</b></p>").starts_with("3: the page does not parse cleanly"));
        assert_eq!(first("<main></main>"), "0: has 2 elements <main>, not 1");
        assert!(faults("<p>a", "x").iter().any(|fault| fault.message.contains("DOCTYPE")));
    }
}
