//! Several captures of one story become one article; and a build that passes over what it knows gives the same as one
//! that knows nothing.

use crate::site::{Site, said, times};
use backfile::article::Article;
use backfile::disk::cache::Cache;
use backfile::run::convert::ConvertOptions;
use std::fs;

/// A saved page: its address, its headline, the hour in which it was changed, and one of its words.
pub(crate) fn page(url: &str, headline: &str, hour: u32, word: &str) -> String {
    format!(
        r#"<html><head><title>{headline}</title><link rel="canonical" href="https://gazette.saltmere.example{url}">
<meta property="article:published_time" content="2000-06-09T01:00:00Z">
<meta property="article:modified_time" content="2000-06-09T{hour:02}:00:00Z"></head>
<body><h1>{headline}</h1><p>The old mole at Saltmere gave way in the night, and {word} boats were lost to the sea.</p>
<p>Nobody was on board, the harbour master said on Friday morning at the quay.</p></body></html>"#
    )
}

fn other(url: &str, headline: &str) -> String {
    let page = page(url, headline, 3, "no");
    let before = "The old mole at Saltmere gave way in the night, and no boats were lost to the sea.";
    let after = "Kiln Lane school has won the county prize for singing, as it did last year and the year before.";
    page.replace(before, after).replace("Nobody was on board, the harbour master said", "Its choir thanked the bakers")
}

/// A copy of the story that was saved from another address of the paper, which names the first as its own.
fn capture_at(url: &str, hour: u32) -> String {
    let page = page(STORY, "Harbour mole gives way", hour, "two").replace("https://", "http://www.");
    page.replace(
        "<meta",
        &format!("<meta property=\"og:url\" content=\"http://www.gazette.saltmere.example{url}\">\n<meta"),
    )
}

const STORY: &str = "/2/town/784254.stm";

#[test]
fn the_newest_capture_wins() {
    let site = Site::new(&[
        ("a.html", &page(STORY, "Harbour mole gives way", 4, "two")),
        ("b.html", &page(STORY, "Mole gives way, two boats lost", 9, "three")),
        ("c.html", &capture_at("/town/784254.htm", 6)),
    ]);
    let report = site.convert();
    assert_eq!((report.counts.written, report.counts.folded), (1, 2), "{}", said(&report));
    let path = site.article("two-boats-lost");
    let article = Article::parse(&fs::read_to_string(site.path(&path)).unwrap()).unwrap();
    assert!(article.body.contains("three boats"));
    assert_eq!(article.front.aliases, [STORY, "/town/784254.htm"]);
    let before = times(&site.path(""));
    let report = site.convert();
    assert_eq!((report.counts.unchanged, report.counts.folded), (1, 2), "{}", said(&report));
    assert_eq!(times(&site.path("")), before);

    site.write("sources/d.html", &page(STORY, "All boats lost", 11, "all"));
    let report = site.convert();
    assert_eq!((report.counts.moved, report.counts.folded), (1, 3), "{}", said(&report));
    assert!(site.article("-").contains("all-boats-lost"));

    site.edit(&site.article("all-boats"), "all boats", "four boats");
    site.write("sources/e.html", &page(STORY, "Every boat lost", 12, "every"));
    let report = site.convert();
    assert_eq!((report.counts.edited, report.counts.folded), (1, 4), "{}", said(&report));
    assert!(site.article("-").contains("all-boats-lost"), "what a person made of an older capture stands");
    site.try_convert("town", &ConvertOptions { force: true, ..site.options() }).unwrap();
    assert!(site.article("-").contains("every-boat-lost"));
}

#[test]
fn pages_that_only_share_an_address_are_kept_apart() {
    let site = Site::new(&[
        ("a.html", &page(STORY, "Harbour mole gives way", 4, "two")),
        ("b.html", &other(STORY, "Kiln Lane choir wins prize")),
        ("c.html", &other(STORY, "Kiln Lane choir wins prize").replace("T03", "T02")),
        ("d.html", &page("/", "Front page of Friday", 4, "two")),
        ("e.html", &other("/", "Front page of Saturday")),
    ]);
    let report = site.convert();
    assert_eq!((report.counts.written, report.counts.folded), (4, 1), "{}", said(&report));
    assert_eq!(site.convert().counts.unchanged, 4);
}

/// A small generator, so that what failed once fails again.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn knowing_the_sources_changes_nothing() {
    let (plain, knowing) = (Site::new(&[]), Site::new(&[]));
    let mut dice = Dice(7);
    for round in 0..40 {
        for _ in 0..=dice.roll(3) {
            let name = format!("sources/{}.html", dice.roll(9));
            let url = format!("/2/town/{}.stm", dice.roll(3));
            let text = page(&url, &format!("Mole gives way {}", dice.roll(2)), dice.roll(12) as u32, "some");
            let gone = dice.roll(4) == 0;
            for site in [&plain, &knowing] {
                if gone {
                    let _ = fs::remove_file(site.path(&name));
                } else {
                    site.write(&name, if dice.0.is_multiple_of(11) { "" } else { &text });
                }
            }
        }
        // A person removes or edits an article now and then.
        let articles: Vec<String> = plain.articles().into_keys().collect();
        if let Some(article) = articles.get(dice.roll(12) as usize) {
            for site in [&plain, &knowing].into_iter().filter(|site| site.path("content").join(article).exists()) {
                match dice.0 % 2 {
                    0 => fs::remove_file(site.path("content").join(article)).unwrap(),
                    _ => site.edit(&format!("content/{article}"), "quay", "quay, again"),
                }
            }
        }
        fs::create_dir_all(plain.path("sources")).unwrap();
        fs::create_dir_all(knowing.path("sources")).unwrap();
        let prune = dice.roll(3) == 0;
        let force = dice.roll(6) == 0;
        let cache = Cache::open(&knowing.path(".backfile")).unwrap();
        let one = plain.try_convert("town", &ConvertOptions { prune, force, ..plain.options() }).unwrap();
        let options = ConvertOptions { prune, force, cache: Some(&cache), ..knowing.options() };
        let two = knowing.try_convert("town", &options).unwrap();
        assert_eq!(plain.articles(), knowing.articles(), "round {round}:\n{}\n--\n{}", said(&one), said(&two));
        assert_eq!((one.counts.sources, one.counts.bad), (two.counts.sources, two.counts.bad), "round {round}");
    }
}
