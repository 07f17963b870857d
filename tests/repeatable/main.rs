//! Converting is repeatable: the same sources give the same files, edits are kept, and nothing is lost on the way.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod captures;
mod limits;
mod parts;
mod site;

use backfile::config::SourceSettings;
use backfile::progress::Silent;
use backfile::run::convert::{ConvertOptions, convert};
use site::{Site, said, times};
use std::fs;

const MOLE: &str = "Harbour mole gives way\nBy Ines Marrable\n4 March 1999\n\nThe old mole at Saltmere gave way in the night, and \
two boats were lost.\n\nNobody was on board, the harbour master said.\n";
const KILN: &str = "Kiln Lane school wins choir prize\n12 May 2002\n\nThe choir of Kiln Lane school has won the county \
prize for the third year.\n\nIts leader thanked the bakers, who had fed it.\n";

fn two() -> Site {
    Site::new(&[("a/mole.txt", MOLE), ("b/kiln.txt", KILN)])
}

#[test]
fn again_writes_nothing() {
    let site = two();
    let first = site.convert();
    assert_eq!((first.counts.written, first.counts.bad), (2, 0), "{}", said(&first));
    assert!(site.article("harbour-mole").starts_with("content/town/1999/03/04-harbour-mole-gives-way-"));
    let before = times(&site.path(""));
    let second = site.convert();
    assert_eq!((second.counts.unchanged, second.counts.articles), (2, 2));
    assert_eq!(times(&site.path("")), before);
    assert!(said(&second).is_empty());
}

#[test]
fn neither_threads_nor_company_matter() {
    let sources: Vec<(String, String)> = (0..600)
        .map(|at| (format!("{}/{at}.txt", at % 7), MOLE.replace("two boats", &format!("{at} boats"))))
        .collect();
    let sources: Vec<(&str, &str)> = sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (one, many) = (Site::new(&sources), Site::new(&sources));
    one.try_convert("town", &ConvertOptions { jobs: 1, ..one.options() }).unwrap();
    let report = many.try_convert("town", &ConvertOptions { jobs: 4, ..many.options() }).unwrap();
    assert_eq!(report.counts.written, 600);
    assert_eq!(one.articles(), many.articles());
    let alone = Site::new(&sources[..1]);
    alone.convert();
    let (path, text) = alone.articles().into_iter().next().unwrap();
    assert_eq!(many.articles().get(&path), Some(&text));
    let parts = Site::new(&sources);
    for part in ["1/3", "2/3", "3/3"] {
        let options = ConvertOptions { shard: Some(part.parse().unwrap()), prune: true, ..parts.options() };
        parts.try_convert("town", &options).unwrap();
    }
    assert_eq!(parts.articles(), many.articles(), "parts make the whole");
}

#[test]
fn an_edit_is_kept_until_forced() {
    let site = two();
    site.convert();
    let article = site.article("harbour-mole");
    let original = fs::read_to_string(site.path(&article)).unwrap();
    site.edit(&article, "two boats", "three boats");
    let edited = fs::read_to_string(site.path(&article)).unwrap();
    let report = site.convert();
    assert_eq!((report.counts.edited, report.edited.len(), report.diagnostics.len()), (1, 1, 0));
    site.edit("sources/a/mole.txt", "in the night", "at noon");
    let report = site.convert();
    assert_eq!((report.counts.edited, report.diagnostics.len()), (1, 1), "now the source has something new to say");
    assert!(said(&report).contains(&format!("{article}: warning: was edited by hand")), "{}", said(&report));
    assert!(said(&report).contains("--force"));
    assert_eq!(fs::read_to_string(site.path(&article)).unwrap(), edited);
    site.try_convert("town", &ConvertOptions { force: true, ..site.options() }).unwrap();
    assert_eq!(
        fs::read_to_string(site.path(&article)).unwrap().replace("at noon", "in the night").len(),
        original.len()
    );
    assert_eq!(site.convert().counts.unchanged, 2);
}

#[test]
fn other_line_ends_are_no_edit() {
    let site = two();
    site.convert();
    site.edit(&site.article("kiln-lane"), "\n", "\r\n");
    assert_eq!(site.convert().counts.unchanged, 2);
    site.edit("sources/b/kiln.txt", "third", "fourth");
    assert_eq!(site.convert().counts.changed, 1);
}

#[test]
fn an_article_moves_with_its_section_and_date() {
    let site = two();
    site.convert();
    site.edit(&site.article("kiln-lane"), "bakers", "butchers");
    let report = site.try_convert("county", &site.options()).unwrap();
    assert_eq!((report.counts.moved, report.counts.edited, report.counts.written), (1, 1, 0), "{}", said(&report));
    assert!(site.article("harbour-mole").starts_with("content/county/"));
    assert!(site.article("kiln-lane").starts_with("content/town/"), "an edited article stays where it is");
    site.edit("sources/a/mole.txt", "4 March 1999", "5 March 1999");
    let report = site.try_convert("county", &site.options()).unwrap();
    assert_eq!(report.counts.moved, 1);
    assert!(site.article("harbour-mole").contains("/03/05-"));
    let forced = ConvertOptions { force: true, ..site.options() };
    site.try_convert("county", &forced).unwrap();
    assert!(site.article("kiln-lane").starts_with("content/county/"));
    assert!(!site.path("content/town").exists(), "folders that are empty now go too");
}

#[test]
fn an_article_outlives_its_source_until_pruned() {
    let site = two();
    site.convert();
    let both = site.articles();
    fs::remove_file(site.path("sources/a/mole.txt")).unwrap();
    fs::write(site.path("sources/b/kiln.txt"), "").unwrap();
    let report = site.convert();
    assert_eq!((report.counts.vanished, report.counts.bad), (1, 1));
    assert!(said(&report).contains("sources/a/mole.txt is gone"), "{}", said(&report));
    assert_eq!(site.articles(), both);
    let prune = ConvertOptions { prune: true, ..site.options() };
    let report = site.try_convert("town", &ConvertOptions { dry_run: true, ..prune.clone() }).unwrap();
    assert_eq!((report.counts.pruned, site.articles()), (1, both));
    site.try_convert("town", &prune).unwrap();
    let left: Vec<String> = site.articles().into_keys().collect();
    assert!(left.len() == 1 && left[0].contains("kiln"), "a source that is bad is not gone: {left:?}");
}

#[test]
fn what_is_not_ours_is_not_overwritten() {
    let site = two();
    site.convert();
    let article = site.article("harbour-mole");
    for other in ["---\ntitle: By hand\n---\n", "---\ntitle: Other\nsource: {file: sources/elsewhere.txt}\n---\n"] {
        site.write(&article, other);
        let report = site.try_convert("town", &ConvertOptions { force: true, ..site.options() }).unwrap();
        assert_eq!(report.counts.refused, 1, "{}", said(&report));
        assert!(said(&report).contains("sources/a/mole.txt"), "{}", said(&report));
        assert_eq!(fs::read_to_string(site.path(&article)).unwrap(), other);
    }
    site.write(&article, "---\ntitle: [broken\n---\n");
    assert_eq!(site.convert().counts.edited, 1);
}

#[test]
fn the_closest_input_decides() {
    let site = two();
    let inputs = [site.settings("sources", Some("town")), site.settings("sources/b", Some("schools"))];
    for _ in 0..2 {
        let report = convert(Some(site.0.path()), &inputs, &site.options(), &Silent).unwrap();
        assert_eq!((report.counts.articles, report.counts.moved), (2, 0));
    }
    assert!(site.article("kiln-lane").starts_with("content/schools/"));
    assert!(site.article("harbour-mole").starts_with("content/town/"));
}

#[test]
fn inputs_that_make_no_sense_are_named() {
    let site = two();
    site.write("x/old/a.txt", MOLE);
    site.write("y/old/a.txt", KILN);
    let run = |paths: &[&str], format: Option<&str>| {
        let inputs: Vec<SourceSettings> = paths
            .iter()
            .map(|path| SourceSettings { format: format.map(str::to_owned), ..site.settings(path, None) })
            .collect();
        convert(None, &inputs, &site.options(), &Silent).unwrap_err().to_string()
    };
    site.convert();
    assert!(run(&["x/old", "y/old"], None).contains("same name"));
    assert!(run(&["nowhere"], None).contains("hint: check the path"));
    assert!(run(&["content"], None).contains("where the articles are written"));
    assert!(run(&["sources"], Some("txt")).contains("did you mean `text`?"));
}

#[test]
fn too_many_bad_sources_end_the_run() {
    let site = two();
    for name in ["c", "d", "e"] {
        site.write(&format!("sources/{name}.txt"), "");
    }
    let limit = |most| site.try_convert("town", &ConvertOptions { max_bad: Some(most), ..site.options() });
    assert_eq!(limit(3).unwrap().counts.bad, 3);
    let report = limit(2).unwrap();
    assert!(report.stopped);
    assert_eq!(report.diagnostics.len(), 4, "all that was wrong is named");
}

#[test]
fn the_report_names_every_source() {
    let site = two();
    site.write("sources/c.txt", "");
    let report = site.path("report.json");
    site.try_convert("town", &ConvertOptions { reports: vec![report.clone()], dry_run: true, ..site.options() })
        .unwrap();
    assert!(!site.path("content").exists(), "a dry run writes nothing");
    site.try_convert("town", &ConvertOptions { reports: vec![report.clone()], ..site.options() }).unwrap();
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(report).unwrap()).unwrap();
    assert_eq!(json["counts"]["written"], 2);
    let sources: Vec<&str> =
        json["sources"].as_array().unwrap().iter().filter_map(|line| line["source"].as_str()).collect();
    assert_eq!(sources, ["sources/a/mole.txt", "sources/b/kiln.txt", "sources/c.txt"]);
    let mole = &json["sources"][0]["articles"][0];
    assert_eq!((mole["outcome"].as_str(), mole["fields"][0].as_str()), (Some("written"), Some("title")));
    assert_eq!(json["sources"][2]["bad"][0]["message"], "the file is empty");
}
