//! One story with all its parts, before it takes the form of an article, a dump or a saved page.

use super::Generator;
use super::rng::Rng;
use super::storyline::{DAYS, Place, Storyline};
use super::text::Writer;
use backfile::article::{Article, Figure, FrontMatter, SeeAlso};
use backfile::date::ArticleDate;
use backfile::markup::slug::slug;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

/// A stretch of a story's text.
pub enum Block {
    Paragraph(String),
    Crosshead(String),
    Figure { src: String, alt: String, caption: String },
    Quote { text: String, speaker: String },
}

/// A story.
pub struct Story {
    pub number: usize,
    pub storyline: u32,
    pub title: String,
    pub at: DateTime,
    pub section: &'static str,
    pub author: String,
    pub place: String,
    pub tags: Vec<String>,
    pub blocks: Vec<Block>,
    /// Earlier articles of the storyline that the editor lists: day, headline, section.
    pub see_also: Vec<(Date, String, &'static str)>,
}

impl Generator {
    /// Article `i`: its path below `content/`, itself, and the number of its storyline.
    pub fn article(&self, i: usize) -> (String, Article, u32) {
        let story = self.story(i);
        let at = story.at;
        let name = slug(&story.title);
        let (year, month, day) = (at.year(), at.month(), at.day());
        let hash = Rng::of(&[self.seed, 9, i as u64]).next() & 0xff_ffff;
        let path = format!("{}/{year}/{month:02}/{day:02}-{name}-{hash:06x}.md", story.section);
        let storyline = story.storyline;
        (path, story.into_article(), storyline)
    }

    /// Story `i` in its parts.
    pub fn story(&self, i: usize) -> Story {
        let place = self.place(i);
        let line = self.storyline(place.storyline);
        let mut rng = Rng::of(&[self.seed, 3, i as u64]);
        let see_also =
            if place.position > 0 && rng.chance(25) { self.see_also(i, place, &line, &mut rng) } else { Vec::new() };
        // A quarter of the staff writes half of the paper.
        let staff = rng.below(40).min(rng.below(40));
        let tag = |n: usize| self.words.word(line.terms[n % line.terms.len()]).to_owned();
        Story {
            number: i,
            storyline: place.storyline,
            title: self.title(i, &line),
            at: self.at(i, place, &line),
            section: line.section,
            author: if rng.chance(70) { self.person([staff, staff]) } else { String::new() },
            place: if rng.chance(30) { self.towns.name(line.places[0]) } else { String::new() },
            tags: (0..rng.below(3)).map(tag).collect(),
            blocks: self.blocks(i, place, &line),
            see_also,
        }
    }

    /// Whether article `i` is an earlier article run again: that one's number, else its own.
    fn original(&self, i: usize, place: Place) -> usize {
        let again = place.position > 0 && Rng::of(&[self.seed, 4, i as u64]).chance(1);
        if again { i - 1 } else { i }
    }

    /// Whether article `i` is nearly the same text as another: the number that both have, else its own.
    pub fn text_of(&self, i: usize) -> usize {
        self.original(i, self.place(i))
    }

    fn title(&self, i: usize, line: &Storyline) -> String {
        let rng = Rng::of(&[self.seed, 5, i as u64]);
        Writer { generator: self, story: line, rng }.headline()
    }

    fn at(&self, i: usize, place: Place, line: &Storyline) -> DateTime {
        let mut rng = Rng::of(&[self.seed, 6, i as u64]);
        // A story is followed closely at first.
        let part = (place.position * place.position * line.span) / (place.size * place.size);
        let day = (line.start + part + rng.below(4)).min(DAYS - 1);
        let day = date(1998, 1, 1).saturating_add((day as i64).days());
        day.at(6 + rng.below(17) as i8, rng.below(60) as i8, 0, 0)
    }

    fn see_also(&self, i: usize, place: Place, line: &Storyline, rng: &mut Rng) -> Vec<(Date, String, &'static str)> {
        let mut listed: Vec<usize> = (0..=rng.below(3)).map(|_| rng.below(place.position)).collect();
        listed.sort_unstable();
        listed.dedup();
        let item = |position: usize| {
            let number = i - place.position + position;
            let day = self.at(number, Place { position, ..place }, line).date();
            (day, self.title(number, line), line.section)
        };
        listed.into_iter().rev().map(item).collect()
    }

    fn blocks(&self, i: usize, place: Place, line: &Storyline) -> Vec<Block> {
        let original = self.original(i, place);
        let rng = Rng::of(&[self.seed, 7, original as u64]);
        let mut writer = Writer { generator: self, story: line, rng };
        // What a second run of a story changes.
        let mut edits = Rng::of(&[self.seed, 8, i as u64]);
        let length = 220 + writer.rng.below(190) + writer.rng.below(190);
        let mut words = 0;
        let mut blocks = Vec::with_capacity(24);
        while words < length {
            let mut paragraph = String::with_capacity(256);
            words += writer.paragraph(&mut paragraph, blocks.is_empty());
            if original != i && edits.chance(10) {
                paragraph.push_str(" This report was run again.");
            }
            blocks.push(Block::Paragraph(paragraph));
            match writer.rng.below(60) {
                0..=2 => blocks.push(figure(&mut writer, original)),
                3 => blocks.push(Block::Crosshead(writer.headline().split(' ').take(2).collect::<Vec<_>>().join(" "))),
                4 => {
                    let person = writer.rng.pick(&line.people);
                    let text = writer.sentence(16, false);
                    blocks.push(Block::Quote { text, speaker: self.person(person) });
                }
                _ => {}
            }
        }
        blocks
    }
}

fn figure(writer: &mut Writer<'_>, number: usize) -> Block {
    let (alt, caption) = (writer.headline(), writer.sentence(8, false));
    Block::Figure { src: format!("/media/{:02}/{number}.jpg", number % 100), alt, caption: caption.replace('.', "") }
}

impl Story {
    fn into_article(self) -> Article {
        let mut body = String::with_capacity(3600);
        let mut image = None;
        let mut description = String::new();
        for block in self.blocks {
            if !body.is_empty() {
                body.push('\n');
            }
            match block {
                Block::Paragraph(text) => {
                    body.push_str(&text);
                    if description.is_empty() {
                        description = text;
                    }
                }
                Block::Crosshead(text) => body.extend(["## ", &text]),
                Block::Figure { src, alt, caption } => {
                    body.extend(["![", &alt, "](", &src, " \"", &caption, "\")"]);
                    image = image.or(Some(Figure { src, alt, caption, credit: String::new() }));
                }
                Block::Quote { text, speaker } => body.extend(["> ", &text, "\n>\n> — ", &speaker]),
            }
            body.push('\n');
        }
        let see_also = |(day, title, section): (Date, String, &str)| SeeAlso {
            title,
            date: Some(ArticleDate::day(day)),
            section: section.to_owned(),
            url: String::new(),
        };
        let some = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
        let front = FrontMatter {
            title: self.title,
            date: Some(ArticleDate::instant(self.at, 0)),
            section: Some(self.section.to_owned()),
            authors: some(self.author),
            dateline: self.place.clone(),
            places: some(self.place),
            description,
            tags: self.tags,
            image,
            see_also: self.see_also.into_iter().map(see_also).collect(),
            ..FrontMatter::default()
        };
        Article { front, body }
    }
}
