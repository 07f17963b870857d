//! A story as a browser's text dump of a news page of 2000 and 2001.

use super::Generator;
use super::story::{Block, Story};
use jiff::civil::Date;
use jiff::fmt::strtime;
use std::fmt::Write;

const MENU: [&str; 11] = [
    "Front Page",
    "Town",
    "Harbour",
    "Schools",
    "Council",
    "Business",
    "Sport",
    "Arts",
    "Country",
    "Talking Point",
    "In Depth",
];

impl Generator {
    /// Story `i` as a text dump.
    pub fn dump(&self, i: usize) -> String {
        let story = self.story(i);
        let mut dump = String::with_capacity(5000);
        dump.push_str(
            "Gazette Homepage World Service Education\nGazette Homepagelow graphics version | feedback | help\n",
        );
        dump.push_str("Gazette News Online\n");
        let _ = writeln!(dump, " You are in: {}", section_path(story.section));
        for item in MENU {
            let _ = writeln!(dump, "{item} ");
        }
        let _ = writeln!(dump, "\n{}", clock_line(&story));
        let _ = writeln!(dump, "{}", story.title);
        if !story.author.is_empty() {
            let _ = writeln!(
                dump,
                "By {} in {}\n",
                story.author,
                if story.place.is_empty() { "Saltmere" } else { &story.place }
            );
        }
        blocks(&mut dump, &story.blocks);
        foot(&mut dump, &story);
        dump
    }
}

/// Figures stand before a paragraph without a blank line between; the speaker of a quote is glued to the next block.
fn blocks(dump: &mut String, blocks: &[Block]) {
    for block in blocks {
        let _ = match block {
            Block::Paragraph(text) | Block::Crosshead(text) => writeln!(dump, "{text}\n"),
            Block::Figure { alt, caption, .. } => writeln!(dump, "{alt}\n{caption}"),
            Block::Quote { text, speaker } => writeln!(dump, "{}\n\n{speaker}", text.trim_end_matches('.')),
        };
    }
}

fn foot(dump: &mut String, story: &Story) {
    dump.push_str("Search Gazette News Online\n\nAdvanced search options\nLaunch console\nGAZETTE RADIO NEWS\n");
    dump.push_str("PROGRAMMES GUIDE\n");
    let section = section_path(story.section);
    let last = section.rsplit(": ").next().unwrap_or_default();
    if !story.see_also.is_empty() {
        dump.push_str("See also:\n\n");
        for (day, title, section) in &story.see_also {
            let path = section_path(section);
            let name = path.rsplit(": ").next().unwrap_or_default();
            let _ = writeln!(dump, "{} | {name}\n{title}", short_day(*day));
        }
    }
    dump.push_str("Internet links:\n\n\nThe Gazette is not responsible for the content of external internet sites\n\n");
    let _ = writeln!(dump, "Links to more {last} stories are at the foot of the page.\n\n");
    let _ = writeln!(dump, "E-mail this story to a friend\n\nLinks to more {last} stories");
}

/// `Wednesday, 19 July, 2000, 11:45 GMT 12:45 UK`
pub fn clock_line(story: &Story) -> String {
    let at = story.at;
    let day = strtime::format("%A, %-d %B, %Y", at.date()).unwrap_or_default();
    format!("{day}, {:02}:{:02} GMT {:02}:{:02} UK", at.hour(), at.minute(), at.hour() + 1, at.minute())
}

/// `19 Jul 00`
pub fn short_day(day: Date) -> String {
    strtime::format("%d %b %y", day).unwrap_or_default()
}

/// `Town: Harbour`
pub fn section_path(section: &str) -> String {
    let capital = |part: &str| format!("{}{}", part[..1].to_ascii_uppercase(), &part[1..]);
    section.split('/').map(capital).collect::<Vec<_>>().join(": ")
}
