//! The feeds of the sample archive, read by our own converter of feeds: what an article says of itself comes back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folders;

use backfile::article::Article;
use backfile::convert::{self, Converted, Source};
use backfile::group::Showing;
use backfile::progress::Silent;
use backfile::run::BuildOptions;
use folders::copy;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// 1 July 2005: later than all articles of the sample.
const NOW: i64 = 1_120_176_000;

fn articles(folder: &Path, found: &mut BTreeMap<String, Article>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let is_other = ["pages", "_sources", "media"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !is_other {
            articles(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let article = Article::parse(&fs::read_to_string(&path).unwrap()).unwrap();
            found.insert(article.front.title.clone(), article);
        }
    }
}

fn read(site: &Path, file: &str) -> Vec<Converted> {
    let bytes = fs::read(site.join("public").join(file)).unwrap();
    let source = Source { path: file, bytes: &bytes, ..Source::default() };
    assert_eq!(convert::detect(&source).map(|format| format.name), Some("feed"));
    let mut made = Vec::new();
    convert::convert(&source, None, &mut |converted| made.push(converted.unwrap()));
    made
}

#[test]
fn our_feeds_give_our_articles() {
    let site = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("content"), &site.path().join("content"));
    fs::copy(root.join("site.toml"), site.path().join("site.toml")).unwrap();
    let options = BuildOptions {
        output: Some(site.path().join("public")),
        base_url: Some("https://archive.saltmere.example".to_owned()),
        ..BuildOptions::new(Showing { now: NOW, drafts: false, future: false }, 0)
    };
    backfile::build(site.path(), &options, &Silent).unwrap();
    let mut known = BTreeMap::new();
    articles(&site.path().join("content"), &mut known);
    for file in ["atom.xml", "rss.xml", "feed.json", "town/atom.xml", "town/rss.xml", "town/feed.json"] {
        let read = read(site.path(), file);
        assert!(!read.is_empty(), "{file}");
        for Converted { article, canonical, record, warnings, .. } in read {
            let (front, title) = (&article.front, &article.front.title);
            let wanted = &known.get(title).unwrap_or_else(|| panic!("{file}: no article is called {title}")).front;
            let seconds = |article: &backfile::article::FrontMatter| article.date.map(|date| date.seconds());
            assert_eq!(seconds(front), seconds(wanted), "{file}: {title}");
            assert_eq!(front.tags, wanted.tags, "{file}: {title}");
            // Atom demands an author: of what has none, the feed says that it is the paper's.
            let papers = vec!["The Saltmere Gazette".to_owned()];
            let is_papers = wanted.authors.is_empty() && file.ends_with("atom.xml");
            assert_eq!(&front.authors, if is_papers { &papers } else { &wanted.authors }, "{file}: {title}");
            assert_eq!(record, canonical, "{file}: {title}");
            let page = canonical.strip_prefix("https://archive.saltmere.example/").unwrap();
            let page = site.path().join("public").join(page);
            assert!(page.is_file() || page.join("index.html").is_file(), "{file}: no page at {canonical}");
            assert!(warnings.is_empty(), "{file}: {title}: {warnings:?}");
        }
    }
}
