//! `backfile check`: whether a site holds together, without making it: what a build would say, and what readers would meet.
//! Links lead to pages, pictures are there, items of editors' lists to stories, every article has a date.

use super::pages::Surroundings;
use super::{BuildOptions, CONTENT, contents, copies, settings, theme, threads};
use crate::archive::Entry;
use crate::article::Article;
use crate::config::{Config, place_of};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::read;
use crate::group;
use crate::markup::address::{decode, resolve};
use crate::markup::to_html::{Known, to_html_at_home};
use crate::page::NoLists;
use crate::picture::Picture;
use crate::plan::{self, Ready, Site, output_path};
use crate::progress::Progress;
use crate::render::Naming;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many articles the site shows.
    pub articles: usize,
    /// How many pages the site has.
    pub pages: usize,
    /// How often each kind of fault was found that only readers would meet.
    pub counts: Vec<(&'static str, usize)>,
    /// Errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A fault that a build passes over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Link,
    Picture,
    SeeAlso,
    Undated,
}

/// Each with what one of it is called, and more.
const FAULTS: [(Fault, &str, &str); 4] = [
    (Fault::Link, "link that leads nowhere", "links that lead nowhere"),
    (Fault::Picture, "missing picture", "missing pictures"),
    (Fault::SeeAlso, "see-also item without a story", "see-also items without a story"),
    (Fault::Undated, "article without a date", "articles without a date"),
];

/// A text of the site, and where its page is.
struct Text<'a> {
    /// Below `content/`.
    path: &'a str,
    /// Root-relative address of its page.
    url: &'a str,
    /// What the archive knows of it, if it is an article.
    entry: Option<&'a Entry>,
}

/// What the texts are held against.
struct Against<'a> {
    root: &'a Path,
    site: Site<'a>,
    /// Paths of all files of the site below its root.
    files: HashSet<String>,
}

/// Checks the site at `root`.
///
/// # Errors
/// [`Error::Site`] where its settings, its theme's name or its translations are wrong, [`Error::Disk`]. All else is in the
/// diagnostics.
pub fn check(root: &Path, options: &BuildOptions, progress: &(dyn Progress + Sync)) -> Result<Checked, Error> {
    let config = Config { related_count: 0, ..settings::read(root, options)? };
    threads(options.jobs)?.install(|| {
        let read = contents::read(root, &config, None, progress)?;
        let mut found = read.diagnostics;
        let config = contents::with_looks(&config, &read.contents.sections);
        let layers = theme::layers(root, &config)?;
        let words = theme::words(&layers, &config)?;
        progress.begin("grouping", None);
        let grouped = group::group(read.contents, &config, options.showing, None);
        found.extend(grouped.diagnostics);
        let archive = grouped.archive;
        let ready = Ready::new(&config, &archive, Arc::clone(&words));
        let site = Site::new(&config, &archive, &ready);
        let mut files: HashSet<String> = copies::paths(root)?.into_iter().collect();
        match theme::load(&layers, &words, Arc::new(NoLists), site, Naming::Plain) {
            Ok(theme) => files.extend(theme.assets().iter().map(|(path, _)| path.clone())),
            Err(Error::Site(wrong)) => found.extend(wrong),
            Err(error) => return Err(error),
        }
        let texts: Vec<Text<'_>> = texts(site);
        let mut checked = Checked { articles: archive.articles.len(), ..Checked::default() };
        let mut faults = Vec::new();
        match plan::plan(site) {
            Ok(plan) => {
                found.extend(plan.warnings);
                checked.pages = plan.pages.len();
                files.extend(plan.pages.iter().map(|page| page.path(site)));
                progress.begin("checking", Some(texts.len() as u64));
                let against = Against { root, site, files };
                faults = texts.par_iter().flat_map_iter(|text| against.look_at(text, progress)).collect();
            }
            // What leads nowhere cannot be told before it is settled what is where.
            Err(wrong) => found.extend(wrong),
        }
        let count = |kind: Fault| faults.iter().filter(|(fault, _)| *fault == kind).count();
        let named = |(kind, one, more): &(Fault, &'static str, &'static str)| match count(*kind) {
            1 => (*one, 1),
            count => (*more, count),
        };
        checked.counts = FAULTS.iter().map(named).collect();
        found.extend(faults.into_iter().map(|(_, diagnostic)| diagnostic));
        found.sort_by(|one, other| other.severity.cmp(&one.severity).then_with(|| one.cmp(other)));
        found.dedup();
        checked.diagnostics = found;
        Ok(checked)
    })
}

fn texts(site: Site<'_>) -> Vec<Text<'_>> {
    let archive = site.archive;
    let articles =
        archive.articles.iter().map(|entry| Text { path: entry.path(), url: entry.url(), entry: Some(entry) });
    let pages = archive.standalone.iter().map(|page| Text { path: &page.path, url: &page.url, entry: None });
    let sections = archive.sections.iter().filter_map(|section| {
        let index = section.index.as_ref()?;
        Some(Text { path: &index.path, url: &section.path, entry: None })
    });
    articles.chain(pages).chain(sections).collect()
}

/// Notes where a text leads and what it shows while it is made into HTML.
struct Seen<'a> {
    around: Surroundings<'a>,
    /// Addresses that are no old ones of articles.
    links: RefCell<Vec<String>>,
    /// Addresses that are no pictures of the site.
    pictures: RefCell<Vec<String>>,
}

impl Known for Seen<'_> {
    fn page(&self, address: &str) -> Option<String> {
        let page = self.around.page(address);
        if page.is_none() {
            self.links.borrow_mut().push(address.to_owned());
        }
        page
    }

    fn picture(&self, address: &str) -> Option<&Picture> {
        let picture = self.around.picture(address);
        if picture.is_none() {
            self.pictures.borrow_mut().push(address.to_owned());
        }
        picture
    }
}

impl Against<'_> {
    fn look_at(&self, of: &Text<'_>, progress: &(dyn Progress + Sync)) -> Vec<(Fault, Diagnostic)> {
        progress.advance(1);
        let name = format!("{CONTENT}/{}", of.path);
        // What cannot be read was said when it was read first.
        let Ok(text) = read::read_text(&self.root.join(&name), &name, read::LARGEST) else { return Vec::new() };
        let Ok(article) = Article::parse(&text) else { return Vec::new() };
        let front = &article.front;
        let source = front.source.as_ref().map_or("", |source| source.url.as_str());
        let seen = Seen {
            around: Surroundings::new(self.site, of.entry, source),
            links: RefCell::default(),
            pictures: RefCell::default(),
        };
        to_html_at_home(&article.body, "", &seen, &mut String::new());
        if let Some(image) = front.image.as_ref().filter(|image| !image.src.is_empty()) {
            seen.picture(&image.src);
        }
        for link in front.links.iter().filter(|link| !link.url.is_empty()) {
            seen.page(&link.url);
        }
        let place = |words: &str| text.find(words).map_or_else(|| Place::file(&*name), |at| place_of(&text, &name, at));
        let mut faults = Vec::new();
        for link in seen.links.into_inner().iter().filter(|link| self.is_lost(link, of.url)) {
            let message = format!("the link to `{link}` leads to no page of the site");
            faults.push((
                Fault::Link,
                Diagnostic::warning(place(link), message)
                    .hint("if it is the old address of an article, add it to that article's `aliases`"),
            ));
        }
        for picture in seen.pictures.into_inner().iter().filter(|picture| self.is_lost(picture, of.url)) {
            let message = format!("the picture `{picture}` is not there");
            faults.push((Fault::Picture, Diagnostic::warning(place(picture), message).hint(
                "put it into content/media/ or static/; for one that is lost, leave the address empty and keep the caption",
            )));
        }
        let Some(entry) = of.entry else { return faults };
        for (item, target) in front.see_also.iter().zip(entry.see_also()) {
            if target.is_none() && (item.url.is_empty() || self.is_lost(&item.url, of.url)) {
                let message = format!("the see-also item \"{}\" is no story of the archive", item.title);
                faults.push((
                    Fault::SeeAlso,
                    Diagnostic::warning(place(&item.title), message)
                        .hint("it stays as text; `backfile explain` on this file shows what it was compared with"),
                ));
            }
        }
        if entry.date.is_none() {
            let message = "the article has no date, so that no day, month or year shows it";
            let hint = "add `date:` as exactly as it is known: 2000-06-09, 2000-06 or 2000";
            faults.push((Fault::Undated, Diagnostic::warning(Place::at(&*name, 1, 1), message).hint(hint)));
        }
        faults
    }

    /// Whether an address on the page at `url` means a file of this site that it does not have.
    fn is_lost(&self, address: &str, url: &str) -> bool {
        let Some(path) = self.local(address.trim(), url) else { return false };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = decode(path).unwrap_or_else(|| path.to_owned());
        let plain = path.trim_matches('/');
        !self.files.contains(&output_path(&path))
            && !self.files.contains(plain)
            && !self.files.contains(&format!("{plain}/index.html"))
    }

    /// The root-relative address that an address means, if it is one of this site.
    fn local(&self, address: &str, url: &str) -> Option<String> {
        /// Stands for the host while a relative address is resolved.
        const HOST: &str = "https://site.invalid";
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        let config = self.site.config;
        if let Some(path) = address.strip_prefix(config.base_url.as_str()) {
            return path.is_empty().then(|| "/".to_owned()).or_else(|| path.starts_with('/').then(|| path.to_owned()));
        }
        let page = format!("{HOST}/{}", url.trim_start_matches('/'));
        let resolved = resolve(&page, address);
        resolved.strip_prefix(HOST).filter(|path| path.starts_with('/')).map(str::to_owned)
    }
}
