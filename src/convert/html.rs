//! Saved web pages, of any year: bytes → text → tree → metadata and body.
//!
//! What a page says of itself is gathered as [`candidate`]s, each with where it was found, and chosen from by how far
//! that is to be trusted. The body is found by what its blocks of text are like, not by rules for single sites.

mod address;
mod authors;
mod blocks;
mod body;
mod byline;
mod candidate;
mod captions;
mod charset;
mod choose;
mod container;
mod explain;
mod fates;
mod furniture;
mod home;
mod json_ld;
mod lead;
mod lists;
mod meta;
mod noise;
mod phrases;
mod saved;
mod scripted;
mod signature;
mod site;
mod stated;
mod streamed;
mod templates;
mod title;
mod typical;
mod verdict;
mod visible;
mod when;

use super::{Format, Sink, Source};
use crate::article::Article;
use crate::article::read::tidy_body;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::excerpt::first_figure;
use crate::markup::to_markdown::{Part, to_markdown};
use crate::markup::tree::{NodeId, Tag, Tree};
use candidate::Candidates;
use fates::Fates;
pub(in crate::convert) use templates::story_id;
use title::Headline;

/// Saved web pages.
pub const FORMAT: Format =
    Format { name: "html", about: "saved web pages of any year, one article each", detect, convert, split: None };

/// How much of a source is looked at to tell whether it is a page; bytes.
const LOOK: usize = 4096;

fn detect(source: &Source<'_>) -> u8 {
    let start = &source.bytes[..source.bytes.len().min(LOOK)];
    let text = charset::decode(start, "").to_ascii_lowercase();
    let text = text.trim_start();
    let has = |mark: &str| text.contains(mark);
    let named =
        matches!(source.path.rsplit('.').next(), Some("html" | "htm" | "shtml" | "xhtml" | "stm" | "HTM" | "HTML"));
    if has("<rss") || has("<feed") || has("<newsml") || has("<nitf") {
        return 0;
    }
    match text {
        text if text.starts_with("<!doctype html") || text.starts_with("<html") => 95,
        _ if text.starts_with('<') && (has("<html") || has("<body") || has("<title")) => 90,
        _ if named && has("<") => 80,
        _ if has("<html") || (has("<head") && has("<title")) => 60,
        _ if named => 30,
        _ => 0,
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (template, text) =
        templates::find(charset::decode(source.bytes, source.context.map_or("", |context| &context.charset)));
    let tree = Tree::parse(&streamed::put_in_place(&text));
    let mut candidates = Candidates::default();
    saved::gather(&text, &mut candidates);
    json_ld::gather(&tree, &mut candidates);
    meta::gather(&tree, &mut candidates);
    let address = address::Address::of(&tree, &candidates, source.base_url);
    let mut fates = Fates::new(source.accounting);
    let mut story = template.map(|template| template.read(&tree, &address, &mut candidates)).unwrap_or_default();
    let headline = title::choose(&tree, &candidates, story.headline.take(), &mut fates);
    let told = story.text.take().and_then(|told| body::told(&tree, &told.roots, &told.left_out).zip(Some(told.known)));
    let (body, known) = told.map_or((None, None), |(body, known)| (Some(body), Some(known)));
    let body = body.or_else(|| body::find(&tree, &headline, &candidates, &address.base));
    if known.is_none() {
        visible::gather(&tree, &headline, body.as_ref(), &mut candidates);
    }
    // A page without its text may have it in the data of its scripts.
    let data = body.is_none().then(|| scripted::find(&text)).flatten();
    let of_data = |data: &Tree| body::find(data, &Headline::default(), &Candidates::default(), &address.base);
    let (holder, body) = match data.as_ref().and_then(|data| of_data(data).zip(Some(data))) {
        Some((body, data)) => (data, Some(body)),
        None => (&tree, body),
    };
    let shown = body.as_ref().map_or(0, |body| body.kept().map(|block| block.letters).sum());
    let stated = stated::as_body(&candidates, shown).map(|markdown| (markdown, Vec::new()));
    let (markdown, files) = stated.unwrap_or_else(|| {
        let body = body.as_ref();
        let dropped = |id| body.is_some_and(|body| body.drops(id));
        body.map_or_else(Default::default, |body| {
            let (captions, known) = (&body.captions, Some(known.as_ref().unwrap_or(&body.known)));
            to_markdown(Part { tree: holder, base: &address.base, dropped: &dropped, known, captions }, &body.roots)
        })
    });
    let mut made = choose::choose(source, &candidates, &headline, &address, &mut fates);
    if first_figure(&markdown).is_some() {
        // The one in the text has its caption.
        made.article.front.image = None;
    }
    made.article = Article { body: tidy_body(&markdown), ..made.article };
    made.files = files;
    if template.is_some() {
        story.complete(&tree, &address, &candidates, &mut made);
    }
    if made.article.body.is_empty() {
        return sink(Err(no_article(&tree, source)));
    }
    if source.accounting {
        explain::explain(holder, fates, body.as_ref(), &mut made);
    }
    sink(Ok(made));
}

const FRAMES: &str = "the page is a set of frames without an article of its own";
const NO_ARTICLE: &str = "the page holds no article";
const NO_TEXT: &str = "the page has no text";

/// Whether this says of a page that there is no article on it, rather than that something is wrong with it.
pub fn holds_no_article(diagnostic: &Diagnostic) -> bool {
    [FRAMES, NO_ARTICLE, NO_TEXT].contains(&diagnostic.message.as_str())
}

/// Why a page gives no article.
fn no_article(tree: &Tree, source: &Source<'_>) -> Diagnostic {
    let nodes = || 0..tree.len() as NodeId;
    let shown = |id: NodeId| !tree.text(id).trim().is_empty() && !tree.tag(tree.parent(id)).is_silent();
    let (message, hint) = if nodes().any(|id| tree.tag(id) == Tag::Frame) {
        (FRAMES, "convert the pages that its frames show")
    } else if nodes().any(shown) {
        (NO_ARTICLE, "lists of links are left out; if it is an article, write it by hand")
    } else {
        (NO_TEXT, "was it saved before its scripts had run? then save it again from a browser")
    };
    Diagnostic::error(Place::file(source.path), message).hint(hint)
}

/// The text of a value that may hold character references or tags, as values in scripts and feeds do.
fn plain(value: &str) -> String {
    if value.contains(['&', '<']) {
        return Tree::parse(value).text_of(0);
    }
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
