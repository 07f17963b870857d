//! What each stage of the pipeline takes on a generated archive: `cargo bench --bench stages [-- --articles N | --smoke]`.
//!
//! All but `group` and `related`, which share out their own work, run on one thread: their figures are those of a core.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

mod generate;

use backfile::article::Article;
use backfile::config::Config;
use backfile::convert::{self, Source};
use backfile::disk::cache::Cache;
use backfile::disk::output::Output;
use backfile::group::related::{Candidate, Signature, related, signature};
use backfile::group::{Contents, Digest, Showing, digest, group};
use backfile::markup::to_html::to_html;
use backfile::page::Story;
use backfile::plan::{Planned, Ready, Site, plan, site};
use backfile::render::{Theme, Worker};
use generate::clock::Clock;
use generate::{Generator, argument};
use std::sync::Arc;

fn main() {
    let count = if std::env::args().any(|given| given == "--smoke") { 100 } else { argument("--articles", 10_000) };
    let config = Config::parse("title = \"Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\n", "").unwrap();
    let generator = Generator::new(1, count);
    println!("{:22} {:>10} {:>10} {:>14} {:>12}", "stage", "articles/s", "per CPU s", "bytes/article", "wall ms");
    let row = |stage: &str, clock: &Clock, bytes: usize| {
        let rate = |seconds: f64| count as f64 / seconds.max(1e-9);
        let (wall, cpu) = (clock.wall().as_secs_f64(), clock.cpu().as_secs_f64());
        let (rate, per_cpu) = (rate(wall), if cpu > 0.05 { format!("{:.0}", rate(cpu)) } else { "-".to_owned() });
        println!("{stage:22} {rate:10.0} {per_cpu:>10} {:14} {:12.1}", bytes / count, wall * 1000.0);
    };
    convert_stages(&generator, &row);
    let texts = content_stages(&generator, &row);
    let digests = digest_stages(&texts, &config, &row);
    site_stages(&texts, digests, &config, &row);
}

/// Prints a row: the stage, its clock, and how many bytes it made or read.
type Row<'a> = dyn Fn(&str, &Clock, usize) + 'a;

/// Makes story `i` in the form of a source.
type Make = fn(&Generator, usize) -> String;

fn convert_stages(generator: &Generator, row: &Row<'_>) {
    let formats: [(&str, Make); 2] = [("bbc-text", Generator::dump), ("html", Generator::page)];
    for (name, make) in formats {
        let Some(format) = convert::format(name) else { continue };
        let sources: Vec<String> = (0..generator.count()).map(|i| make(generator, i)).collect();
        let paths: Vec<String> = (0..sources.len()).map(|i| format!("sources/{i:06}")).collect();
        let clock = Clock::start();
        let mut made = 0;
        for (path, text) in paths.iter().zip(&sources) {
            let source = Source {
                path,
                bytes: text.as_bytes(),
                section: None,
                base_url: None,
                accounting: false,
                ..Source::default()
            };
            convert::convert(&source, Some(format), &mut |converted| made += usize::from(converted.is_ok()));
        }
        row(&format!("convert {name}"), &clock, sources.iter().map(String::len).sum());
        assert_eq!(made, sources.len(), "every {name} source is an article");
    }
}

/// The articles as files: path below `content/` and text.
fn content_stages(generator: &Generator, row: &Row<'_>) -> Vec<(String, String)> {
    let clock = Clock::start();
    let articles: Vec<(String, Article, u32)> = (0..generator.count()).map(|i| generator.article(i)).collect();
    row("generate", &clock, articles.iter().map(|(_, article, _)| article.body.len()).sum());
    let clock = Clock::start();
    let texts: Vec<(String, String)> =
        articles.iter().map(|(path, article, _)| (path.clone(), article.to_text())).collect();
    row("write front matter", &clock, texts.iter().map(|(_, text)| text.len()).sum());
    texts
}

fn digest_stages(texts: &[(String, String)], config: &Config, row: &Row<'_>) -> Vec<Digest> {
    let bytes = texts.iter().map(|(_, text)| text.len()).sum();
    let clock = Clock::start();
    let articles: Vec<Article> = texts.iter().map(|(_, text)| Article::parse(text).unwrap()).collect();
    row("parse front matter", &clock, bytes);
    let clock = Clock::start();
    let signatures: Vec<Signature> = articles.iter().map(|article| signature(article, "en")).collect();
    row("signature", &clock, articles.iter().map(|article| article.body.len()).sum());
    let clock = Clock::start();
    let digests =
        texts.iter().zip(&articles).map(|((path, _), article)| digest(path, 0, article, config).unwrap()).collect();
    row("digest, with signature", &clock, bytes);
    related_stage(&articles, &signatures, row);
    digests
}

fn related_stage(articles: &[Article], signatures: &[Signature], row: &Row<'_>) {
    let day = |article: &Article| article.front.date.map(|date| (date.seconds() / 86_400) as i32);
    let mut candidates: Vec<Candidate<'_>> = articles
        .iter()
        .zip(signatures)
        .map(|(article, signature)| Candidate { signature, day: day(article), excluded: &[] })
        .collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.day));
    let clock = Clock::start();
    let lists = related(&candidates, 5);
    row("related", &clock, lists.iter().map(|list| list.len() * size_of::<backfile::archive::Related>()).sum());
}

fn site_stages(texts: &[(String, String)], digests: Vec<Digest>, config: &Config, row: &Row<'_>) {
    let contents = Contents { articles: digests, ..Contents::default() };
    let showing = Showing { now: i64::MAX, drafts: false, future: true };
    let clock = Clock::start();
    let archive = group(contents, config, showing, None).archive;
    row("group, with related", &clock, 0);
    let words = Arc::new(backfile::render::translations(&[], config).unwrap());
    let ready = Ready::new(config, &archive, Arc::clone(&words));
    let site = Site::new(config, &archive, &ready);
    let clock = Clock::start();
    let pages = plan(site).unwrap().pages;
    row("plan", &clock, pages.len() * size_of::<Planned>());
    let lists = Arc::new(backfile::page::NoLists);
    let naming = backfile::render::Naming::ByContent;
    let theme = Theme::new(&[], config, (&words, lists), &site::view(site), naming).unwrap();
    let files = render_stage(texts, site, &pages, &theme, row);
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::start();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let output = Output::open(&cache, &folder.path().join("public"), false).unwrap();
    for (path, bytes) in &files {
        output.put(path, None, bytes).unwrap();
    }
    output.finish().unwrap();
    row("write", &clock, files.iter().map(|(_, bytes)| bytes.len()).sum());
}

fn render_stage(
    texts: &[(String, String)],
    site: Site<'_>,
    pages: &[Planned],
    theme: &Theme,
    row: &Row<'_>,
) -> Vec<(String, Vec<u8>)> {
    let mut sorted: Vec<&(String, String)> = texts.iter().collect();
    sorted.sort();
    let story = |path: &str| {
        let at = sorted.binary_search_by_key(&path, |(path, _)| path).unwrap();
        let article = Article::parse(&sorted[at].1).unwrap();
        let mut html = String::with_capacity(article.body.len() * 5 / 4);
        to_html(&article.body, "", &mut html);
        Story { article, html }
    };
    let clock = Clock::start();
    let mut worker = Worker::default();
    let mut files = Vec::with_capacity(pages.len());
    for planned in pages {
        let page = planned.page(site, planned.source(site).map(|file| story(file.path)).as_ref());
        let mut bytes = Vec::new();
        theme.render(&mut worker, &page, &mut bytes).unwrap();
        files.push((page.path, bytes));
    }
    row("view and render", &clock, files.iter().map(|(_, bytes)| bytes.len()).sum());
    files
}
