//! Figures: images alone in their paragraph.

use super::{Writer, address, escape, escape_attribute};
use crate::picture::Size;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::fmt::Write as _;

/// An image of a paragraph of images.
struct Image<'a> {
    src: CowStr<'a>,
    caption: CowStr<'a>,
    alt: String,
    /// Where a click on it leads; empty for nowhere.
    link: CowStr<'a>,
}

impl Writer<'_, '_> {
    /// Writes the paragraph that begins here as figures if it is made of images only, and tells whether it did.
    /// Otherwise nothing is written and its events are read again.
    pub(super) fn lone_images(&mut self) -> bool {
        let Some(first) = self.next() else { return false };
        if !matches!(first, Event::Start(Tag::Image { .. } | Tag::Link { .. })) {
            self.ahead.push_front(first);
            return false;
        }
        let mut events = vec![first];
        while let Some(event) = self.next() {
            let last = matches!(event, Event::End(TagEnd::Paragraph));
            events.push(event);
            if last {
                break;
            }
        }
        let images = only_images(&events);
        if let Some(images) = images {
            for image in &images {
                self.figure(image);
            }
            return true;
        }
        events.append(&mut self.ahead.drain(..).collect());
        self.ahead.extend(events);
        false
    }

    fn figure(&mut self, image: &Image<'_>) {
        if !address::is_picture(&image.src) {
            return self.lost_figure(&image.alt, &image.caption);
        }
        self.out.push_str("<figure class=\"figure\">");
        let linked = !image.link.is_empty() && self.open_link(&image.link, "");
        self.image(&image.src, &image.alt);
        self.out.push_str(if linked { "</a>" } else { "" });
        self.caption(&image.caption);
        self.out.push_str("</figure>\n");
    }

    /// A picture whose file is not in the archive: what it showed, and what stood under it.
    fn lost_figure(&mut self, alt: &str, caption: &str) {
        if alt.is_empty() && caption.is_empty() {
            return;
        }
        self.out.push_str("<figure class=\"figure figure-lost\">");
        if !alt.is_empty() && alt != caption {
            self.out.push_str("<p class=\"figure-alt\">");
            escape(alt, self.out);
            self.out.push_str("</p>");
        }
        self.caption(caption);
        self.out.push_str("</figure>\n");
    }

    fn caption(&mut self, caption: &str) {
        if !caption.is_empty() {
            self.out.push_str("<figcaption>");
            escape(caption, self.out);
            self.out.push_str("</figcaption>");
        }
    }

    fn image(&mut self, src: &str, alt: &str) {
        let known = self.known.picture(src);
        // An address of this site stays as it is written; one of the site that the article was taken from is here now.
        let here = known.filter(|_| !src.starts_with('/')).map(|picture| &*picture.url);
        self.out.push_str("<img src=\"");
        address::picture(here.unwrap_or(src), self.base_path, self.out);
        self.out.push_str("\" alt=\"");
        escape_attribute(alt, self.out);
        if let Some(Size { width, height }) = known.and_then(|picture| picture.size) {
            let _ = write!(self.out, "\" width=\"{width}\" height=\"{height}");
        }
        self.out.push_str("\" loading=\"lazy\" decoding=\"async\">");
    }

    /// An image among text; its caption is what a pointer that rests on it shows. A lost one leaves its description.
    pub(super) fn inline_image(&mut self, src: &str, caption: &str) {
        let mut alt = String::new();
        let mut depth = 0u32;
        while let Some(event) = self.next() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => break,
                Event::End(_) => depth = depth.saturating_sub(1),
                event => push_text(&event, &mut alt),
            }
        }
        if !address::is_picture(src) {
            self.text(&alt);
            return;
        }
        self.image(src, &alt);
        if !caption.is_empty() {
            self.out.pop();
            self.out.push_str(" title=\"");
            escape_attribute(caption, self.out);
            self.out.push_str("\">");
        }
    }
}

/// The images of a paragraph that is nothing but images, some of them links; `None` for any other.
fn only_images<'a>(events: &[Event<'a>]) -> Option<Vec<Image<'a>>> {
    let mut images: Vec<Image<'a>> = Vec::new();
    let mut link: Option<CowStr<'a>> = None;
    let mut inside = 0u32;
    for event in events {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) if inside == 0 => {
                let link = link.clone().unwrap_or(CowStr::Borrowed(""));
                images.push(Image { src: dest_url.clone(), caption: title.clone(), alt: String::new(), link });
                inside = 1;
            }
            Event::Start(_) if inside > 0 => inside += 1,
            Event::End(_) if inside > 0 => inside -= 1,
            event if inside > 0 => push_text(event, &mut images.last_mut()?.alt),
            Event::Start(Tag::Link { dest_url, .. }) => link = Some(dest_url.clone()),
            Event::End(TagEnd::Link) => link = None,
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => {}
            Event::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    (!images.is_empty()).then_some(images)
}

/// Appends what an event says, for texts that can hold no markup.
fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) => text.push_str(part),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        _ => {}
    }
}
