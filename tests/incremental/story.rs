//! Random articles, and random changes to one.

use super::rng::Rng;
use super::words;
use backfile::article::{Article, Correction, Figure, Link, Provenance, SeeAlso, Status};
use backfile::date::ArticleDate;
use std::collections::BTreeMap;

/// Sections that stories stand in; some folders are years, which are no part of a section.
pub(crate) const SECTIONS: [&str; 8] =
    ["town", "town/harbour", "town/harbour/quay", "sport", "sport/football", "arts", "business", ""];
const AUTHORS: [&str; 6] =
    ["Ines Marrable", "Jory Talland", "Wenna Drew", "Saul Okoro", "Ada Brandreth", "Ínes Marrable"];
const TAGS: [&str; 7] = ["harbour", "dredging", "Fish & chips", "bells", "flood", "letters", "Harbour"];
const PLACES: [&str; 5] = ["Saltmere", "Aldersey", "Marram Point", "Upwend", "Cold Staithe"];

/// What a new article may depend on.
pub(crate) struct Make<'a> {
    pub(crate) rng: &'a mut Rng,
    /// Articles that are there, by path below `content/`.
    pub(crate) others: &'a BTreeMap<String, Article>,
    /// Of a hundred articles, how many stand in one section and year, so that lists grow long.
    pub(crate) crowd: usize,
    /// Paragraphs of a story at most.
    pub(crate) longest: usize,
}

pub(crate) fn date(text: &str) -> Option<ArticleDate> {
    text.parse().ok()
}

/// A date of any precision, or none; `crowded` ones fall on a few days of one year.
pub(crate) fn any_date(rng: &mut Rng, crowded: bool) -> Option<ArticleDate> {
    if crowded {
        return date(&format!("2000-{:02}-{:02}", 6 + rng.below(2), 1 + rng.below(3)));
    }
    let (year, month, day) = (1998 + rng.below(4), 1 + rng.below(12), 1 + rng.below(28));
    match rng.below(12) {
        0 => None,
        1 => date(&format!("{year}-{month:02}")),
        2 => date(&format!("{year}")),
        3..=5 => date(&format!("{year}-{month:02}-{day:02}")),
        // Near midnight, where the time zone decides on the day.
        6 => date(&format!("{year}-{month:02}-{day:02}T23:{:02}:00Z", rng.below(60))),
        7 => date(&format!("{year}-{month:02}-{day:02}T00:{:02}:00+01:00", rng.below(60))),
        // A day on which much happens.
        8 => date(&format!("2000-07-19T{:02}:00:00Z", rng.below(24))),
        _ => date(&format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", rng.below(24), rng.below(60))),
    }
}

fn some(rng: &mut Rng, names: &[&str], most: usize) -> Vec<String> {
    (0..rng.below(most + 1)).map(|_| rng.pick(names).to_owned()).collect()
}

impl Make<'_> {
    /// A new article and its path below `content/`.
    pub(crate) fn article(&mut self) -> (String, Article) {
        let crowded = self.rng.chance(self.crowd);
        let storyline = self.rng.below(words::STORIES);
        let mut article = Article::default();
        let front = &mut article.front;
        front.title = words::headline(self.rng, storyline);
        front.date = any_date(self.rng, crowded);
        front.authors = some(self.rng, &AUTHORS, 2);
        front.tags = some(self.rng, &TAGS, 3);
        front.places = some(self.rng, &PLACES, 2);
        let paragraphs = 1 + self.rng.below(self.longest);
        article.body = words::body(self.rng, storyline, paragraphs);
        for _ in 0..self.rng.below(3) {
            self.change(&mut article);
        }
        let section = if crowded { "town" } else { self.rng.pick(&SECTIONS) };
        (self.path(section), article)
    }

    /// A path below `content/` in a section's folder.
    pub(crate) fn path(&mut self, section: &str) -> String {
        let year = if self.rng.chance(30) { format!("{}/", 1998 + self.rng.below(4)) } else { String::new() };
        let slash = if section.is_empty() { "" } else { "/" };
        format!("{section}{slash}{year}{:04}.md", self.rng.below(10_000))
    }

    /// Changes one thing in an article; says what.
    pub(crate) fn change(&mut self, article: &mut Article) -> &'static str {
        let storyline = self.rng.below(words::STORIES);
        match self.rng.below(22) {
            0..=2 => self.text(article),
            3 => {
                article.front.title = words::headline(self.rng, storyline);
                "title"
            }
            4 => {
                article.front.description =
                    if self.rng.chance(30) { String::new() } else { words::sentence(self.rng, storyline) };
                "description"
            }
            5 => {
                article.front.authors = some(self.rng, &AUTHORS, 2);
                "byline"
            }
            6 | 7 => {
                article.front.date = any_date(self.rng, false);
                "date"
            }
            8 => {
                article.front.updated = any_date(self.rng, false);
                "updated"
            }
            9 => {
                article.front.tags = some(self.rng, &TAGS, 3);
                "tags"
            }
            10 => {
                article.front.places = some(self.rng, &PLACES, 2);
                "places"
            }
            11 | 12 => self.see_also(article),
            _ => self.change_rarely(article),
        }
    }

    /// What few articles have.
    fn change_rarely(&mut self, article: &mut Article) -> &'static str {
        let storyline = self.rng.below(words::STORIES);
        let number = self.rng.below(2000);
        let front = &mut article.front;
        match self.rng.below(11) {
            0 => {
                // Now and then one that another article has.
                let alias = if self.rng.chance(4) { 7 } else { number };
                front.aliases = vec![format!("/old/{alias}.stm")];
                "alias"
            }
            1 => {
                front.status = self.rng.pick(&[Status::Live, Status::Draft, Status::Withdrawn]);
                "status"
            }
            2 => {
                let held = date(&format!("2001-{:02}-05T12:00:00Z", 1 + self.rng.below(12)));
                front.embargo = held.filter(|_| !self.rng.chance(30));
                "embargo"
            }
            3 => {
                let text = words::sentence(self.rng, storyline);
                front.corrections.push(Correction { date: any_date(self.rng, false), text });
                "correction"
            }
            4 => {
                let src = format!("/media/{}.jpg", self.rng.below(5));
                let caption = words::headline(self.rng, storyline);
                front.image = Some(Figure { src, alt: "The quay".to_owned(), caption, credit: "Gazette".to_owned() });
                "image"
            }
            5 => {
                front.url = format!("/news/{}.stm", if self.rng.chance(4) { 7 } else { number });
                "url"
            }
            6 => {
                self.rng.pick(&PLACES).clone_into(&mut front.dateline);
                "dateline"
            }
            7 => {
                let title = words::headline(self.rng, storyline);
                front.links = vec![Link { title, url: format!("https://harbour.example/{number}") }];
                "links"
            }
            8 => {
                self.rng.pick(&["", "ar", "de"]).clone_into(&mut front.language);
                "language"
            }
            9 => {
                front.extra.insert("edition".into(), number.into());
                "an unknown key"
            }
            _ => {
                let file = format!("box-{number}.txt");
                let url = format!("https://www.gazette.example/{}.html", number % 30);
                front.source = Some(Provenance { format: "text".to_owned(), file, url, ..Provenance::default() });
                "source"
            }
        }
    }

    fn text(&mut self, article: &mut Article) -> &'static str {
        let storyline = self.rng.below(words::STORIES);
        match self.rng.below(6) {
            0 => {
                let paragraphs = 1 + self.rng.below(self.longest);
                article.body = words::body(self.rng, storyline, paragraphs);
                "the whole text"
            }
            1 => {
                article.body.push_str("\nThe end was set again.\n");
                "the end of the text"
            }
            2 => {
                article.body = article.body.replacen("They ", "Thus ", 1);
                "a word of the same length"
            }
            3 | 4 => {
                let address = self.old_address();
                article.body = format!("{}\nSee [what was told](<{address}#end>).\n", article.body);
                "a link"
            }
            _ => {
                article.body = format!("{}\n\n{}", words::sentence(self.rng, storyline), article.body);
                "a new first paragraph"
            }
        }
    }

    /// An address that an article was known by, or may be some day.
    fn old_address(&mut self) -> String {
        let number = self.rng.below(30);
        let aliases = |article: &Article| article.front.aliases.first().cloned();
        let other = self.others.values().filter_map(aliases).nth(number / 4);
        other.filter(|_| self.rng.chance(40)).unwrap_or_else(|| format!("http://gazette.example/{number}.html"))
    }

    /// Lists articles by address, by headline, by headline and day, and some that are not there.
    fn see_also(&mut self, article: &mut Article) -> &'static str {
        let mut list = Vec::new();
        for _ in 0..self.rng.below(4) {
            let at = self.rng.below(self.others.len().max(1));
            let Some(other) = self.others.values().nth(at) else { continue };
            let title = other.front.title.clone();
            let date = other.front.date.filter(|_| self.rng.chance(50));
            let alias = other.front.aliases.first().cloned().unwrap_or_default();
            list.push(match self.rng.below(4) {
                0 => SeeAlso { title: words::headline(self.rng, 0), ..SeeAlso::default() },
                1 => SeeAlso { title, url: alias, ..SeeAlso::default() },
                2 => SeeAlso { title, url: other.front.url.clone(), section: "Town".to_owned(), date },
                _ => SeeAlso { title, date, ..SeeAlso::default() },
            });
        }
        article.front.see_also = list;
        "see also"
    }
}
