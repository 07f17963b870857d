//! What one document may ask for, and what is remembered of those that were set aside.

use crate::site::{Site, said};
use crate::{KILN, MOLE};
use backfile::config::limits::Limits;
use backfile::disk::cache::Cache;
use backfile::run::convert::{ConvertOptions, ConvertReport};
use std::fs;
use std::time::{Duration, SystemTime};

fn build(site: &Site, options: ConvertOptions<'_>) -> ConvertReport {
    let cache = Cache::open(&site.path(".backfile")).unwrap();
    site.try_convert("town", &ConvertOptions { cache: Some(&cache), ..options }).unwrap()
}

/// Gives a file other text of the same length, and its old time.
fn disguise(site: &Site, path: &str, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let time = fs::metadata(site.path(path)).unwrap().modified().unwrap();
    site.edit(path, from, to);
    fs::File::options().write(true).open(site.path(path)).unwrap().set_modified(time).unwrap();
}

#[test]
fn what_was_said_of_a_source_is_said_again_without_converting_it() {
    let site = Site::new(&[
        ("mole.txt", MOLE),
        ("empty.txt", ""),
        ("rows.jsonl", "{\"title\": \"Ferry\", \"body\": \"It sails.\"}\n{\"title\": \"Cut\n"),
        ("dates.jsonl", "{\"title\": \"Quay\", \"body\": \"It is wet.\", \"date\": \"someday\"}\n"),
    ]);
    let old = SystemTime::now() - Duration::from_hours(1);
    for name in ["mole.txt", "empty.txt", "rows.jsonl", "dates.jsonl"] {
        fs::File::options().write(true).open(site.path("sources").join(name)).unwrap().set_modified(old).unwrap();
    }
    let first = build(&site, site.options());
    assert_eq!((first.counts.written, first.counts.bad, first.diagnostics.len()), (3, 2, 3), "{}", said(&first));
    // Were they converted, it would show.
    disguise(&site, "sources/rows.jsonl", "Cut\n", "\"} \n");
    disguise(&site, "sources/dates.jsonl", "someday", "1999   ");
    let sorted = |report: &ConvertReport| {
        let mut lines: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    };
    for _ in 0..2 {
        let again = build(&site, site.options());
        assert_eq!((again.counts.unchanged, again.counts.bad), (3, 2), "{}", said(&again));
        assert_eq!(sorted(&again), sorted(&first));
    }
    site.write("sources/empty.txt", KILN);
    let mended = build(&site, site.options());
    assert_eq!((mended.counts.written, mended.counts.bad), (1, 1), "{}", said(&mended));
    let after = build(&site, site.options());
    assert_eq!((after.counts.unchanged, after.counts.bad), (4, 1), "{}", said(&after));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_document_that_does_not_end_is_given_up() {
    use backfile::progress::Silent;
    use backfile::run::convert::convert;

    let site = Site::new(&[("kiln.txt", KILN)]);
    let database = rusqlite::Connection::open(site.path("sources/news.db")).unwrap();
    let rows = "CREATE TABLE news (id, title, body); INSERT INTO news VALUES (1, 'Ferry sails', 'It sails at noon.');";
    database.execute_batch(rows).unwrap();
    database.close().unwrap();
    let endless = "SELECT * FROM news UNION ALL SELECT i, '', '' FROM \
                   (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0)";
    let mut sources = [site.settings("sources/news.db", None), site.settings("sources/kiln.txt", None)];
    sources[0].query = Some(endless.to_owned());
    let options = ConvertOptions { limits: Limits { seconds: 1, ..Limits::default() }, ..site.options() };
    let report = convert(Some(site.0.path()), &sources, &options, &Silent).unwrap();
    assert_eq!((report.counts.written, report.counts.bad), (2, 1), "{}", said(&report));
    assert!(said(&report).starts_with("sources/news.db: error: took more than 1 s to convert"), "{}", said(&report));
    assert_eq!(fs::read_dir(site.path("sources")).unwrap().count(), 2, "nothing is made beside a database");
}

#[test]
fn a_report_is_a_page_and_json() {
    let site = Site::new(&[
        ("mole.txt", MOLE),
        ("a<b>.jsonl", "{\"title\": \"Ferry &lt;script&gt;\", \"body\": \"It sails.\", \"note\": \"<i>late\"}\n{\n"),
    ]);
    let reports = vec![site.path("report.json"), site.path("report.html")];
    site.try_convert("town", &ConvertOptions { reports, samples: 4, ..site.options() }).unwrap();
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(site.path("report.json")).unwrap()).unwrap();
    let row = &json["formats"]["jsonl"];
    assert_eq!((row["articles"].as_u64(), row["words"]["lost"].as_u64()), (Some(1), Some(0)));
    assert_eq!(row["kept"].as_array().map(Vec::len), Some(3));
    let page = fs::read_to_string(site.path("report.html")).unwrap();
    assert!(page.contains("Ferry &lt;script&gt;") && !page.contains("<script"), "{page}");
    assert!(page.contains("harbour master said") && page.contains("kept: body: paragraph"));
    // The same sources, the same page.
    site.try_convert(
        "town",
        &ConvertOptions { reports: vec![site.path("again.html")], samples: 4, jobs: 1, ..site.options() },
    )
    .unwrap();
    assert_eq!(fs::read_to_string(site.path("again.html")).unwrap(), page);
}
