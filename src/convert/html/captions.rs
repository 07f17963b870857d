//! The words under pictures where a page has no `figure` around the two: which they are, and of which picture.

use super::blocks::Block;
use super::noise::words;
use crate::markup::to_markdown::picture;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Most nodes in the words under a picture.
const MOST: usize = 40;
/// Longest words under a picture; bytes.
const LONGEST: usize = 800;
/// Words in the names of elements that hold a picture or what is said of it.
const PICTURES: [&str; 10] =
    ["bild", "foto", "image", "img", "mediainfo", "photo", "pic", "picbox", "picture", "legend"];
/// Longest words under a picture that only the credit at their end tells from text; letters.
const SHORT: u32 = 350;
/// Most nodes between the words under a picture and its credit.
const APART: NodeId = 8;
/// Longest count of pictures, as `1/12`; letters.
const COUNT: u32 = 5;
/// Longest credit; bytes.
const CREDIT: usize = 80;
/// What stands before the name in a credit.
const LABELS: [&str; 24] = [
    "photo",
    "photos",
    "photograph",
    "photographer",
    "image",
    "images",
    "picture",
    "pictures",
    "credit",
    "foto",
    "fotos",
    "fotograf",
    "bild",
    "bilder",
    "imagen",
    "imagem",
    "crédit",
    "kuva",
    "zdjęcie",
    "фото",
    "fotoğraf",
    "写真",
    "사진",
    "图",
];
/// Who pictures are bought from.
const AGENCIES: [&str; 8] =
    ["getty images", "istockphoto", "shutterstock", "unsplash", "pexels", "picture alliance", "reuters", "imago"];

/// Whether an element without pictures is named as the words under one.
pub(super) fn is_named(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, Attribute::Class).is_some_and(|names| {
        let names = names.get(..200).unwrap_or(names);
        let is_picture = || {
            let mut words = names.split_ascii_whitespace().flat_map(words).map(str::to_ascii_lowercase);
            words.any(|word| PICTURES.contains(&word.as_str()))
        };
        (names.to_ascii_lowercase().contains("caption") || is_picture())
            && tree.descendants(id).len() < MOST
            && tree.descendants(id).map(|id| tree.text(id).len()).sum::<usize>() < LONGEST
            && !tree.descendants(id).any(|id| matches!(tree.tag(id), Tag::Img | Tag::Video | Tag::Iframe))
            && !tree.descendants(id).any(|id| tree.tag(id).heading().is_some())
            && tree.descendants(id).filter(|id| tree.tag(*id) == Tag::P).nth(1).is_none()
    })
}

/// Marks the blocks that say whose a picture is, and those between a picture and its credit, as captions.
pub(super) fn mark(tree: &Tree, blocks: &mut [Block]) {
    for nth in 0..blocks.len() {
        let block = blocks[nth];
        if block.letters > SHORT || block.tag == Tag::Figcaption {
            continue;
        }
        let words = block.text(tree).to_lowercase();
        let is_alone = words.len() <= CREDIT && is_credit(&words);
        if is_alone {
            blocks[nth].tag = Tag::Figcaption;
        }
        // The words stand right before the credit.
        let before = || nth.checked_sub(1).filter(|before| block.first - blocks[*before].last < APART);
        let under = if is_alone { before() } else { ends_in_credit(&words).then_some(nth) };
        let Some(under) = under.filter(|under| blocks[*under].letters <= SHORT) else { continue };
        // Between the two, there may be a count of the pictures.
        let before = under.checked_sub(1);
        let before = before.map(|at| if blocks[at].letters <= COUNT { at.saturating_sub(1) } else { at });
        let start = before.map_or(0, |at| blocks[at].last);
        let is_picture = |id: NodeId| tree.tag(id) == Tag::Img && picture(tree, id, "").is_some();
        if (start..blocks[under].first).any(is_picture) {
            blocks[under].tag = Tag::Figcaption;
        }
    }
}

/// `photo: ines marrable`, `(image: gazette)`, `getty images`
fn is_credit(lower: &str) -> bool {
    let bare = lower.trim_matches(['(', ')', '[', ']', '|', ' ']);
    let labelled = LABELS.iter().any(|label| {
        bare.strip_prefix(label).is_some_and(|rest| {
            rest.starts_with([':', '：']) || rest.starts_with(" by ") || rest.starts_with(" credit:")
        })
    });
    labelled || bare.split_whitespace().count() <= 4 && AGENCIES.iter().any(|agency| bare.contains(agency))
}

/// Whether a text ends in a credit: `the quay at low tide. photo: ines marrable`
fn ends_in_credit(lower: &str) -> bool {
    let start = lower.char_indices().rev().take(CREDIT).last().map_or(0, |(at, _)| at);
    let tail = lower.get(start..).unwrap_or_default();
    tail.match_indices([' ', '(']).any(|(at, _)| tail.get(at + 1..).is_some_and(is_credit))
}

/// How far around its words a picture is looked for: elements outwards, and nodes in the outermost of them.
const OUTWARDS: usize = 4;
const LARGEST: usize = 120;

/// Finds for each caption among `blocks` the picture before it in the smallest part around both, or else the one after.
pub(super) fn find(tree: &Tree, blocks: &[Block], dropped: impl Fn(NodeId) -> bool) -> Vec<(NodeId, NodeId)> {
    let mut found: Vec<(NodeId, NodeId)> = Vec::new();
    for block in blocks.iter().filter(|block| block.tag == Tag::Figcaption) {
        let is_picture = |id: &NodeId| tree.tag(*id) == Tag::Img && !dropped(*id) && picture(tree, *id, "").is_some();
        let around = tree.ancestors(block.node).take(OUTWARDS).take_while(|id| tree.descendants(*id).len() < LARGEST);
        let image = around.filter(|id| tree.tag(*id) != Tag::Figure).find_map(|id| {
            let mut pictures = tree.descendants(id).filter(is_picture);
            let first = pictures.next()?;
            Some(pictures.filter(|id| *id < block.first).last().unwrap_or(first))
        });
        if let Some(image) = image.filter(|image| found.iter().all(|(known, _)| known != image)) {
            found.push((image, block.node));
        }
    }
    found.sort_unstable();
    found
}
