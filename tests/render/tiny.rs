//! A made-up site of a few articles, as the stages before rendering leave it.

use backfile::archive::Archive;
use backfile::article::Article;
use backfile::config::Config;
use backfile::diagnostic::Diagnostic;
use backfile::group::{Contents, SectionIndex, Showing, digest, group};
use backfile::i18n::Translations;
use backfile::markup::to_html::to_html;
use backfile::page::{NoLists, Page, Story};
use backfile::plan::{self, Ready, Site};
use backfile::render::{Layer, Naming, Theme, Worker, translations};
use std::collections::BTreeMap;
use std::sync::Arc;

const SITE: &str = "title = \"The Saltmere Gazette\"\nbase_url = \"https://paper.example/old\"\n";

/// A made-up archive with something of everything: path below `content/`, and the file.
const FILES: &[(&str, &str)] = &[
    (
        "town/harbour/2000/06/09-dredge.md",
        "---\ntitle: Council votes to dredge the harbour\ndate: 2000-06-09T10:46:00Z\nupdated: 2000-06-09T11:02:00Z\n\
         authors: [Ines Marrable, Tom Oake]\ndateline: Quayside\ndescription: The dredging will take a year.\n\
         tags: [harbour, dredging]\nplaces: [Saltmere]\naliases: [/2/town/784254.stm]\n\
         image: {src: /media/quay.jpg, alt: The quay, caption: The quay at low tide, credit: Gazette}\n\
         see_also:\n  - {title: Dredger runs aground, date: 2000-05-18, section: Town}\n  - {title: A story that is lost}\n\
         links: [{title: Harbour board, url: 'https://board.example/'}]\n\
         corrections: [{date: 2000-06-10, text: The vote was nine to four.}]\n\
         source: {format: html, file: old/784254.stm, url: 'http://paper.example/2/town/784254.stm', captured: 2001-02-03}\n\
         ---\nThe council has voted.\n\n![The dredger](<> \"The dredger at work\")\n\n## Costs\n\n> We waited long.\n\n\
         > Enough is enough.\n> — Ada Lock, skipper\n",
    ),
    (
        "town/harbour/2000/05/18-aground.md",
        "---\ntitle: Dredger runs aground\ndate: 2000-05-18\ntags: [harbour]\n---\nThe dredger ran aground at dawn.\n",
    ),
    (
        "sport/1999/06/09-cup.md",
        "---\ntitle: 'Cup <script>alert(1)</script> \" & '' tie'\ndate: 1999-06-09\nauthors: ['A <b>B</b>']\n---\nA draw.\n",
    ),
    ("sport/1998-fair.md", "---\ntitle: The summer fair\ndate: 1998\n---\nIt rained.\n"),
    ("town/letter.md", "---\ntitle: A letter without a date\n---\nSir.\n"),
    ("town/arabic.md", "---\ntitle: ميناء سالتمير\ndate: 2000-06-10\nlanguage: ar\n---\nالميناء مغلق.\n"),
    ("town/gone.md", "---\ntitle: Secret name\ndate: 2000-06-09\nstatus: withdrawn\n---\nGone.\n"),
    ("pages/about.md", "---\ntitle: About\n---\nA made-up paper.\n"),
];

/// A site as the stages before this one leave it.
pub(crate) struct Tiny {
    config: Config,
    archive: Archive,
    ready: Ready,
    stories: BTreeMap<String, Story>,
}

impl Tiny {
    pub(crate) fn new(settings: &str) -> Self {
        Self::with(settings, &[])
    }

    /// A site whose own files hold words.
    pub(crate) fn with(settings: &str, layers: &[Layer]) -> Self {
        let config = Config::parse(&format!("{SITE}{settings}"), "site.toml").unwrap();
        let mut contents = Contents::default();
        let mut stories = BTreeMap::new();
        for (path, text) in FILES {
            let article = Article::parse(text).unwrap();
            let digest = digest(path, 0, &article, &config).unwrap();
            let pages = path.starts_with("pages/");
            if pages { &mut contents.standalone } else { &mut contents.articles }.push(digest);
            let mut html = String::new();
            to_html(&article.body, &config.base_path, &mut html);
            stories.insert((*path).to_owned(), Story { article, html });
        }
        contents.sections.push(SectionIndex {
            path: "town/_index.md".into(),
            file_hash: 0,
            title: "Town".into(),
            description: "All of the town".into(),
            weight: None,
            look: String::new(),
        });
        stories.insert("town/_index.md".into(), Story { article: Article::default(), html: "<p>The town.</p>".into() });
        let showing = Showing { now: 2_000_000_000, drafts: false, future: false };
        let archive = group(contents, &config, showing, None).archive;
        Self { ready: Ready::new(&config, &archive, words(layers, &config)), archive, config, stories }
    }

    pub(crate) fn site(&self) -> Site<'_> {
        Site::new(&self.config, &self.archive, &self.ready)
    }

    pub(crate) fn theme(&self, layers: &[Layer]) -> Result<Theme, Vec<Diagnostic>> {
        let site = plan::site::view(self.site());
        let words = words(layers, &self.config);
        Theme::new(layers, &self.config, (&words, Arc::new(NoLists)), &site, Naming::ByContent)
    }

    pub(crate) fn pages(&self) -> impl Iterator<Item = (&'static str, Page)> + '_ {
        let story = |planned: plan::Planned| planned.source(self.site()).and_then(|file| self.stories.get(file.path));
        let planned = plan::plan(self.site()).unwrap().pages.into_iter();
        planned.map(move |planned| (planned.kind().name, planned.page(self.site(), story(planned))))
    }

    /// Every page as text, by path.
    pub(crate) fn render(&self, layers: &[Layer]) -> BTreeMap<String, String> {
        let theme = self.theme(layers).unwrap();
        let (mut worker, mut out) = (Worker::default(), Vec::new());
        let mut text = |page: &Page| {
            theme.render(&mut worker, page, &mut out).unwrap();
            String::from_utf8(out.clone()).unwrap()
        };
        self.pages().map(|(_, page)| (page.path.clone(), text(&page))).collect()
    }
}

pub(crate) fn words(layers: &[Layer], config: &Config) -> Arc<Translations> {
    Arc::new(translations(layers, config).unwrap())
}

/// A site's own files.
pub(crate) fn own(files: &[(&str, &str)]) -> Vec<Layer> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    vec![Layer { name: String::new(), files }]
}

pub(crate) fn errors(files: &[(&str, &str)]) -> Vec<String> {
    match Tiny::new("").theme(&own(files)) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.iter().map(ToString::to_string).collect(),
    }
}

/// What the default theme's page of that kind says with a site's own files over it.
pub(crate) fn error_on(path: &str, files: &[(&str, &str)]) -> String {
    let tiny = Tiny::new("");
    let theme = tiny.theme(&own(files)).unwrap();
    let (_, page) = tiny.pages().find(|(_, page)| page.path == path).unwrap();
    theme.render(&mut Worker::default(), &page, &mut Vec::new()).unwrap_err().to_string()
}
