//! A story as pages of thirty years had it, with what stood around it.

use super::Generator;
use super::dump::clock_line;
use super::rng::Rng;
use super::story::{Block, Story};
use std::fmt::Write;

/// A kind of page.
pub struct Shape {
    pub name: &'static str,
    pub about: &'static str,
    /// How many pages make one round.
    pub count: usize,
    pub make: fn(&Generator, usize) -> String,
}

/// From old to new, and then what no paper ever published.
pub const SHAPES: [Shape; 6] = [
    Shape { name: "1997", about: "FONT, CENTER, unclosed P", count: 40, make: font },
    Shape { name: "2002", about: "layout tables in layout tables", count: 40, make: tables },
    Shape { name: "2008", about: "DIVs with classes, a menu and a side column", count: 40, make: divs },
    Shape { name: "2024", about: "300 kB of scripts, JSON-LD, drawings and teasers", count: 20, make: news },
    Shape { name: "deep", about: "100,000 open elements before the text", count: 1, make: deep },
    Shape { name: "long", about: "10 MB on one line", count: 1, make: long },
];

fn font(generator: &Generator, i: usize) -> String {
    let story = generator.story(i);
    let mut page = format!(
        "<HTML><HEAD><TITLE>{0}</TITLE></HEAD>\n<BODY BGCOLOR=#FFFFFF LINK=blue><CENTER><IMG SRC=/gifs/head.gif WIDTH=500 \
         HEIGHT=60 ALT=\"Saltmere Gazette\"><BR>\n<FONT SIZE=+2><B>{0}</B></FONT></CENTER>\n<HR><FONT FACE=Times SIZE=2>{1}<P>\n",
        story.title,
        clock_line(&story)
    );
    for block in &story.blocks {
        let _ = match block {
            Block::Paragraph(text) => writeln!(page, "{text}<P>"),
            Block::Crosshead(text) => writeln!(page, "<B>{text}</B><P>"),
            Block::Figure { src, alt, caption } => writeln!(
                page,
                "<CENTER><IMG SRC={src} ALT=\"{alt}\" BORDER=0><BR><FONT SIZE=1><I>{caption}</I></FONT></CENTER><P>"
            ),
            Block::Quote { text, speaker } => writeln!(page, "<BLOCKQUOTE>{text} - {speaker}</BLOCKQUOTE><P>"),
        };
    }
    page.push_str("<HR><CENTER><A HREF=/index.htm>Home</A> | <A HREF=/news.htm>News</A></CENTER></BODY></HTML>\n");
    page
}

fn tables(generator: &Generator, i: usize) -> String {
    let page = generator.page(2 * (i / 2));
    let cell =
        "<table border=0 cellspacing=0><tr><td width=1><img src=/spacer.gif width=1 height=1 alt=\"\"></td><td>\n";
    let body = page.find("<table").unwrap_or_default();
    let (head, rest) = page.split_at(body);
    let rest = rest.strip_suffix("</body></html>\n").unwrap_or(rest);
    format!("{head}{}{rest}{}</body></html>\n", cell.repeat(6), "</td></tr></table>".repeat(6))
}

fn divs(generator: &Generator, i: usize) -> String {
    let story = generator.story(i);
    let mut page = format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{0} - Saltmere Gazette</title>\n\
         <meta name=\"DC.date.issued\" content=\"{1}\" /></head><body><div id=\"wrapper\"><div id=\"nav\"><ul>\n",
        story.title,
        story.at.strftime("%Y-%m-%d")
    );
    for n in 0..40 {
        let _ = writeln!(page, "<li class=\"nav{n}\"><a href=\"/section/{n}/\">Part {n} of the paper</a></li>");
    }
    let _ = writeln!(
        page,
        "</ul></div><div id=\"content\"><div class=\"story\"><h1>{}</h1><div class=\"date\">{}</div>",
        story.title,
        clock_line(&story)
    );
    paragraphs(&story, &mut page);
    page.push_str("</div></div><div id=\"sidebar\">");
    for n in 0..30 {
        let _ = writeln!(
            page,
            "<div class=\"promo\"><h3><a href=\"/story/{n}\">Another story of the town, number {n}</a></h3>\
             <p>What it says in a line or so, and &raquo;</p></div>"
        );
        let _ = writeln!(page, "<script type=\"text/javascript\">if (ads < {n}) document.write('<p>ad</p>');</script>");
    }
    page.push_str("</div><div id=\"footer\">&copy; Saltmere Gazette. All rights reserved.</div></div></body></html>\n");
    page
}

fn news(generator: &Generator, i: usize) -> String {
    let page = generator.page(2 * (i / 2) + 1);
    let mut rng = Rng::of(&[7, i as u64]);
    let mut program = String::new();
    for _ in 0..200 {
        let _ = write!(program, "function f{}(a,b){{return a<b&&\"</p>\"||b>>{}}};", rng.below(9999), rng.below(31));
    }
    let mut top = String::with_capacity(300_000);
    for n in 0..28 {
        let _ = write!(
            top,
            "<script id=\"part-{n}\" nonce=\"x\">{program}</script><style>.c{n} > a{{color:#{n:06x}}}</style>"
        );
    }
    let mut teasers = String::new();
    for n in 0..80 {
        let _ = write!(
            teasers,
            "<section class=\"teaser teaser--{n} grid__item\" data-tracking=\"{{&quot;n&quot;:{n}}}\"><a class=\"teaser__link\" \
             href=\"/town/another-story-{n}\" aria-label=\"Another story\"><picture><source srcset=\"/i/{n}.webp 1x, /i/{n}-2.webp 2x\">\
             <img loading=\"lazy\" class=\"teaser__img\" src=\"/i/{n}.jpg\" srcset=\"/i/{n}.jpg 1x, /i/{n}-2.jpg 2x\" alt=\"\"></picture>\
             <svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10\"/></svg>\
             <h3 class=\"teaser__head\">Another story of the town, with the number {n}</h3><p>What it says in a line.</p></a></section>"
        );
    }
    let page = page.replacen("</head>", &format!("{top}</head>"), 1);
    page.replacen("<aside>", &format!("<div class=\"more\">{teasers}</div><aside>"), 1)
}

fn deep(generator: &Generator, i: usize) -> String {
    let page = generator.page(2 * i + 1);
    page.replacen("<main>", &format!("{}<main>", "<div class=\"w\"><span>".repeat(50_000)), 1)
}

fn long(generator: &Generator, i: usize) -> String {
    let story = generator.story(i);
    let mut text = String::new();
    paragraphs(&story, &mut text);
    let text = text.replace('\n', " ");
    let times = 10_000_000 / text.len().max(1);
    format!("<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>", story.title, text.repeat(times))
}

fn paragraphs(story: &Story, page: &mut String) {
    for block in &story.blocks {
        let _ = match block {
            Block::Paragraph(text) => writeln!(page, "<p>{text}</p>"),
            Block::Crosshead(text) => writeln!(page, "<h2>{text}</h2>"),
            Block::Figure { src, alt, caption } => {
                writeln!(
                    page,
                    "<div class=\"image\"><img src=\"{src}\" alt=\"{alt}\" /><p class=\"caption\">{caption}</p></div>"
                )
            }
            Block::Quote { text, speaker } => {
                writeln!(page, "<blockquote><p>{text}</p><cite>{speaker}</cite></blockquote>")
            }
        };
    }
}
