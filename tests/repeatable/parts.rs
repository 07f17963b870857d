//! Parts of the sources that are converted apart and put together give what one run over all of them gives.

use crate::captures::{Dice, page};
use crate::site::{Site, said};
use backfile::disk::cache::Cache;
use backfile::run::convert::{ConvertOptions, ConvertReport, Shard, all_there, forget};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

impl Site {
    fn cache(&self) -> Cache {
        Cache::open(&self.path(".backfile")).unwrap()
    }

    /// Converts one part as the command does.
    fn part(&self, index: u32, count: u32) -> ConvertReport {
        let cache = Cache::share(&self.path(".backfile")).unwrap();
        let shard = Some(Shard { index, count });
        forget(&cache, shard).unwrap();
        let reports = vec![self.path(&format!("report-{index}.json"))];
        self.try_convert("town", &ConvertOptions { shard, reports, cache: Some(&cache), ..self.options() }).unwrap()
    }

    fn merge(&self) -> ConvertReport {
        let (cache, reports) = (self.cache(), vec![self.path("report.json")]);
        self.try_convert("town", &ConvertOptions { cache: Some(&cache), reports, ..self.options() }).unwrap()
    }

    /// What a report says of each source: the articles' paths and outcomes.
    fn reported(&self, name: &str) -> BTreeMap<String, Vec<(String, String)>> {
        let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(self.path(name)).unwrap()).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let articles = |source: &serde_json::Value| {
            let articles = source["articles"].as_array().unwrap();
            articles.iter().map(|article| (text(&article["path"]), text(&article["outcome"]))).collect()
        };
        json["sources"].as_array().unwrap().iter().map(|source| (text(&source["source"]), articles(source))).collect()
    }
}

/// Twelve captures of four stories, and pages that are nobody's capture.
fn pages() -> Vec<(String, String)> {
    let capture = |at: u32| {
        let url = format!("/2/town/{}.stm", at % 4);
        (format!("{at}/mole.html"), page(&url, &format!("Mole gives way {}", at % 3), at, "two"))
    };
    let other = |at: u32| (format!("{at}/kiln.html"), page("/", &format!("Kiln Lane choir wins {at}"), at, "no"));
    (0..12).map(capture).chain((0..12).map(other)).collect()
}

fn site(pages: &[(String, String)]) -> Site {
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Site::new(&pages)
}

#[test]
fn parts_put_together_are_the_whole() {
    let pages = pages();
    let (whole, shared) = (site(&pages), site(&pages));
    let report =
        whole.try_convert("town", &ConvertOptions { reports: vec![whole.path("report.json")], ..whole.options() });
    assert_eq!(report.unwrap().counts.folded, 8);

    // In one folder, as on a cluster; and in a folder for each, brought together afterwards.
    let apart: Vec<Site> = (0..3).map(|_| site(&pages)).collect();
    let gathered = site(&pages);
    let mut paths = BTreeSet::new();
    let mut sources = BTreeMap::new();
    for index in 1..=3 {
        shared.part(index, 3);
        let alone = &apart[index as usize - 1];
        alone.part(index, 3);
        for (path, text) in alone.articles() {
            assert!(paths.insert(path.clone()), "{path} is written by two parts");
            gathered.write(&format!("content/{path}"), &text);
        }
        let name = format!("sources-{index}-of-3");
        fs::create_dir_all(gathered.path(".backfile")).unwrap();
        fs::copy(alone.path(".backfile").join(&name), gathered.path(".backfile").join(&name)).unwrap();
        for (source, articles) in alone.reported(&format!("report-{index}.json")) {
            assert!(sources.insert(source, articles).is_none(), "a source is in one report");
        }
    }
    assert!(paths.len() > 16, "captures of one story lie in several parts");
    for site in [&shared, &gathered] {
        all_there(&site.cache()).unwrap();
        let report = site.merge();
        assert_eq!(site.articles(), whole.articles(), "{}", said(&report));
        // It has the last word on what it converted again.
        sources.extend(site.reported("report.json"));
        assert_eq!((report.counts.sources, report.counts.bad), (24, 0));
        assert!(all_there(&site.cache()).is_err(), "what is put together is no longer in parts");
        let again = site.merge();
        assert_eq!((again.counts.unchanged, again.counts.changed), (24, 0), "and the next build knows all of it");
    }
    let told = |sources: BTreeMap<String, Vec<(String, String)>>| -> Vec<(String, bool)> {
        sources.into_values().flatten().map(|(path, outcome)| (path, outcome == "folded")).collect()
    };
    assert_eq!(told(sources), told(whole.reported("report.json")));
}

#[test]
fn parts_that_are_missing_are_named_and_made_good() {
    let pages = pages();
    let (whole, parts) = (site(&pages), site(&pages));
    whole.convert();
    assert!(all_there(&parts.cache()).unwrap_err().to_string().contains("no part left anything"));
    parts.part(2, 3);
    assert!(all_there(&parts.cache()).unwrap_err().to_string().contains("of the 3 parts, 1/3, 3/3 left nothing"));
    let report = parts.merge();
    assert!(said(&report).contains("warning: 2 of 3 parts are missing"), "{}", said(&report));
    assert_eq!(parts.articles(), whole.articles());
    // Parts of another whole count no more.
    parts.part(1, 2);
    parts.part(1, 3);
    assert!(all_there(&parts.cache()).unwrap_err().to_string().contains("2/3, 3/3"));
}

#[test]
fn parts_follow_edits_as_the_whole_does() {
    let (whole, parts) = (Site::new(&[]), Site::new(&[]));
    let mut dice = Dice(11);
    for round in 0..25 {
        for _ in 0..=dice.roll(4) {
            let name = format!("sources/{}.html", dice.roll(9));
            let url = format!("/2/town/{}.stm", dice.roll(3));
            let text = page(&url, &format!("Mole gives way {}", dice.roll(2)), dice.roll(12) as u32, "some");
            let gone = dice.roll(4) == 0;
            for site in [&whole, &parts] {
                fs::create_dir_all(site.path("sources")).unwrap();
                if gone {
                    let _ = fs::remove_file(site.path(&name));
                } else {
                    site.write(&name, if dice.0.is_multiple_of(11) { "" } else { &text });
                }
            }
        }
        let articles: Vec<String> = whole.articles().into_keys().collect();
        if let Some(article) = articles.get(dice.roll(9) as usize) {
            for site in [&whole, &parts] {
                site.edit(&format!("content/{article}"), "quay", "quay, again");
            }
        }
        let one = whole.convert();
        let count = 1 + dice.roll(4) as u32;
        for index in 1..=count {
            parts.part(index, count);
        }
        let two = parts.merge();
        assert_eq!(whole.articles(), parts.articles(), "round {round}:\n{}\n--\n{}", said(&one), said(&two));
        assert_eq!((one.counts.sources, one.counts.bad), (two.counts.sources, two.counts.bad), "round {round}");
    }
}
