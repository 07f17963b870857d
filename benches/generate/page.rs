//! A story as a saved web page: every other one in tables as of 2002, the others as of twenty years later.

use super::Generator;
use super::dump::{clock_line, section_path, short_day};
use super::story::{Block, Story};
use std::fmt::Write;

impl Generator {
    /// Story `i` as a saved page.
    pub fn page(&self, i: usize) -> String {
        let story = self.story(i);
        if i.is_multiple_of(2) { old(&story) } else { modern(&story) }
    }
}

fn old(story: &Story) -> String {
    let mut page = String::with_capacity(12_000);
    let section = section_path(story.section);
    let (title, at) = (&story.title, story.at);
    let _ = write!(
        page,
        "<html><head><title>GAZETTE NEWS | {section} | {title}</title>\n\
         <META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=iso-8859-1\">\n\
         <meta name=\"OriginalPublicationDate\" content=\"{}\">\n<meta name=\"Headline\" content=\"{title}\">\n\
         <meta name=\"Section\" content=\"{section}\">\n<meta name=\"keywords\" content=\"news, Gazette, Saltmere\">\n\
         </head><body bgcolor=\"#FFFFFF\"><table width=610 border=0 cellpadding=0><tr><td colspan=3>\n",
        at.strftime("%Y/%m/%d %H:%M:%S")
    );
    for n in 0..30 {
        let _ = writeln!(page, "<a href=\"/1/hi/menu/{n}/default.stm\"><font size=1>Page {n}</font></a><br>");
    }
    let _ = write!(
        page,
        "</td></tr><tr><td class=\"crumbtraila\">You are in: {section}</td></tr><tr><td valign=top>\n\
         <span class=\"date\">{}</span>\n<div class=\"headlinestory\"><b>{title}</b></div>\n\
         <font class=\"body\" face=\"arial\" size=2><div class=\"bodytext\">\n",
        clock_line(story)
    );
    for block in &story.blocks {
        let _ = match block {
            Block::Paragraph(text) => writeln!(page, "<P>{text}"),
            Block::Crosshead(text) => writeln!(page, "<P><B>{text}</B>"),
            Block::Figure { src, alt, caption } => writeln!(
                page,
                "<div class=\"inlineimage\"><img src=\"{src}\" width=150 alt=\"{alt}\"><div class=\"caption\">{caption}</div></div>"
            ),
            Block::Quote { text, speaker } => writeln!(
                page,
                "<!-- GENInlineQUOTE --><table class=\"boxbody\"><tr><td><div class=\"boxbody\">{text}</div>\
                 <div class=\"boxhead\">{speaker}</div></td></tr></table>"
            ),
        };
    }
    page.push_str(
        "</div></font></td><td width=10></td><td><div class=\"rhslist\"><div class=\"rhshead\">See also:</div>\n",
    );
    for (day, title, section) in &story.see_also {
        let name = section_path(section);
        let _ = writeln!(
            page,
            "<div class=\"aitem\"><span class=\"seealsodate\">{} | {name}</span><br><a href=\"/1/hi/{section}/\">{title}</a></div>",
            short_day(*day)
        );
    }
    page.push_str(
        "</div></td></tr></table><font size=1>The Gazette is not responsible for other sites.</font></body></html>\n",
    );
    page
}

fn modern(story: &Story) -> String {
    let mut page = String::with_capacity(16_000);
    let (title, url) = (&story.title, format!("https://gazette.example/{}/{}", story.section, story.number));
    let iso = story.at.strftime("%Y-%m-%dT%H:%M:%SZ");
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - Saltmere Gazette</title>\n\
         <link rel=\"canonical\" href=\"{url}\"><meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"article:published_time\" content=\"{iso}\"><meta property=\"article:section\" content=\"{}\">\n\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{title}\",\"datePublished\":\"{iso}\",\"author\":{{\"@type\":\"Person\",\"name\":\"{}\"}}}}</script>\n\
         </head><body><header><nav><ul>",
        story.section, story.author
    );
    for n in 0..24 {
        let _ = write!(
            page,
            "<li class=\"nav-item nav-item--{n}\"><a href=\"/section/{n}\"><span>Section {n}</span></a></li>"
        );
    }
    let _ = write!(
        page,
        "</ul></nav></header>\n<main><article class=\"story\"><h1 class=\"story-headline\">{title}</h1>\n\
         <p class=\"byline\">By <a rel=\"author\" href=\"/staff\">{}</a></p><time datetime=\"{iso}\">{}</time>\n\
         <div class=\"story-body\">\n",
        story.author,
        clock_line(story)
    );
    for block in &story.blocks {
        let _ = match block {
            Block::Paragraph(text) => writeln!(page, "<p class=\"story-body__text\">{text}</p>"),
            Block::Crosshead(text) => writeln!(page, "<h2 class=\"crosshead\">{text}</h2>"),
            Block::Figure { src, alt, caption } => writeln!(
                page,
                "<figure><picture><img loading=\"lazy\" src=\"{src}\" alt=\"{alt}\"></picture><figcaption>{caption}</figcaption></figure>"
            ),
            Block::Quote { text, speaker } => {
                writeln!(page, "<blockquote class=\"pull\"><p>{text}</p><cite>{speaker}</cite></blockquote>")
            }
        };
    }
    page.push_str("</div></article><aside><h2>Most read</h2><ul>");
    for n in 0..12 {
        let _ = write!(page, "<li><a href=\"/most-read/{n}\">Another story that many have read, number {n}</a></li>");
    }
    page.push_str(
        "</ul></aside></main><footer><p>© Saltmere Gazette. All rights reserved.</p></footer></body></html>\n",
    );
    page
}
