//! Figures: a picture with the words under it, in whatever elements a page puts the two.

use super::picture::stated;
use super::{Tag, Writer, picture};
use crate::markup::escape;
use crate::markup::tree::{Attribute, NodeId, Tree};

/// Longest text that is a caption; letters.
const LONGEST_CAPTION: u32 = 500;

/// Words in the class of a box that holds a picture and its caption.
const BOXES: [&str; 14] = [
    "caption", "figure", "image", "img", "photo", "picture", "pic", "foto", "bild", "thumb", "media", "imagen",
    "immagine", "visual",
];
/// Words in the class of a caption's part that says whose picture it is.
const CREDITS: [&str; 8] =
    ["credit", "copyright", "photographer", "source", "agency", "rights", "courtesy", "attribution"];

impl Writer<'_> {
    /// A picture among text: before the paragraph that it opens, else after the paragraph that it stands in.
    pub(super) fn picture(&mut self, id: NodeId) {
        if let Some(figure) = self.draw(id, "") {
            self.figures.push(figure);
        }
    }

    /// Writes an element that holds a picture and little more as a figure, and tells whether it was one.
    pub(super) fn figure(&mut self, id: NodeId, tag: Tag) -> bool {
        let tree = self.part.tree;
        let weight = self.weight(id);
        let wanted = match tag {
            Tag::Figure => weight.images >= 1,
            Tag::Table => weight.images == 1 && weight.lines <= 8,
            // Without a name, a box of a picture and a line or two.
            Tag::Center | Tag::Td if weight.images == 1 && weight.lines <= 3 && weight.letters < 200 => true,
            // What stands to one side of the text, with some words under it.
            Tag::Div if weight.images == 1 && weight.lines <= 2 && weight.letters < 150 && is_set_aside(tree, id) => {
                true
            }
            Tag::Div | Tag::Section | Tag::Aside | Tag::Dl | Tag::P | Tag::Center | Tag::Li => {
                weight.images == 1 && weight.lines <= 8 && is_picture_box(tree, id)
            }
            _ => false,
        };
        if !wanted || weight.letters > LONGEST_CAPTION {
            return false;
        }
        let images: Vec<NodeId> = self.kept(id).filter(|node| tree.tag(*node) == Tag::Img).collect();
        let holds_more = self.kept(id).any(|node| {
            self.is_known(node)
                || matches!(tree.tag(node), Tag::Blockquote | Tag::Pre | Tag::Iframe | Tag::Video)
                || (tree.tag(node) == Tag::Table && tag != Tag::Table)
                || tree.tag(node).heading().is_some()
        });
        if holds_more || (tag != Tag::Figure && weight.linked * 2 > weight.letters) {
            return false;
        }
        let mut pictures: Vec<NodeId> =
            images.into_iter().filter(|image| picture(tree, *image, self.part.base).is_some()).collect();
        let Some(last) = pictures.pop() else {
            return tag == Tag::Figure && weight.letters == 0;
        };
        // Of several pictures in a figure, the last has the caption that stands under all.
        for image in pictures {
            self.picture(image);
        }
        let caption = self.caption(id);
        let figure = self.draw(last, &caption);
        self.figures.extend(figure);
        self.end_paragraph();
        true
    }

    /// The Markdown of an image; `None` if it shows nothing or was shown before.
    pub(super) fn draw(&mut self, id: NodeId, caption: &str) -> Option<String> {
        let figure = picture(self.part.tree, id, self.part.base)?;
        let file = figure.src.split(['?', '#']).next().unwrap_or_default();
        if !self.pictures.insert(file.to_owned()) {
            return None;
        }
        self.beside.shown(stated(self.part.tree, id), &figure.src);
        let named = || self.part.captions.binary_search_by_key(&id, |(image, _)| *image).ok();
        let words = named().filter(|_| caption.is_empty()).and_then(|at| self.part.captions.get(at));
        let words = words.map_or_else(String::new, |(_, words)| self.part.tree.text_of(*words));
        let caption = if caption.is_empty() { words.as_str() } else { caption };
        let mut text = String::from("![");
        escape::label(&figure.alt, &mut text);
        text.push_str("](");
        escape::destination(&figure.src, &mut text);
        if !caption.is_empty() {
            text.push_str(" \"");
            escape::title(caption, &mut text);
            text.push('"');
        }
        text.push(')');
        Some(text)
    }

    /// The nodes in an element that are not left out.
    fn kept(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let tree = self.part.tree;
        let end = tree.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            while next < end && (tree.tag(next).is_silent() || (self.part.dropped)(next)) {
                next = tree.end(next);
            }
            let node = (next < end).then_some(next)?;
            next += 1;
            Some(node)
        })
    }

    /// The words of a figure, with the credit after a dash.
    fn caption(&self, id: NodeId) -> String {
        let tree = self.part.tree;
        let (mut words, mut credit) = (String::new(), String::new());
        let mut credit_end = 0;
        for node in self.kept(id) {
            if node >= credit_end && tree.tag(node) != Tag::Text && is_named(tree, node, &CREDITS) {
                credit_end = tree.end(node);
            }
            let to = if node < credit_end { &mut credit } else { &mut words };
            if tree.tag(node).is_block() {
                to.push(' ');
            }
            to.push_str(tree.text(node));
        }
        let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (words, credit) = (clean(&words), clean(&credit));
        match (words.is_empty(), credit.is_empty()) {
            (false, false) => format!("{words} — {credit}"),
            (true, _) => credit,
            (_, true) => words,
        }
    }
}

/// Whether an element is named as one that holds a picture and the words under it.
pub fn is_picture_box(tree: &Tree, id: NodeId) -> bool {
    is_named(tree, id, &BOXES)
}

/// Whether an element is set to one side, by what it says of its looks.
pub fn is_set_aside(tree: &Tree, id: NodeId) -> bool {
    const SIDES: [&str; 4] = ["float", "align", "left", "right"];
    let style = tree.attribute_or_empty(id, Attribute::Style);
    tree.attribute(id, Attribute::Align).is_some()
        || style.get(..200).unwrap_or(style).to_ascii_lowercase().contains("float")
        || is_named(tree, id, &SIDES)
}

/// Whether the class or id of an element has one of the words.
fn is_named(tree: &Tree, id: NodeId, words: &[&str]) -> bool {
    [Attribute::Class, Attribute::Id].iter().any(|name| {
        tree.attribute(id, *name).is_some_and(|names| {
            let names = names.get(..200).unwrap_or(names).to_ascii_lowercase();
            words.iter().any(|word| names.contains(word))
        })
    })
}
