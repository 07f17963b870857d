//! Articles as awkward as they come, for `backfile theme check`. All of it is about the made-up town of the manual.

use crate::archive::Archive;
use crate::article::Article;
use crate::config::Config;
use crate::diagnostic::Error;
use crate::group::{Contents, SectionIndex, Showing, digest, group};
use crate::markup::to_html::to_html;
use crate::page::Story;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The name of the element and the attribute that stand in every field; on no page may either be more than text.
pub(super) const MARK: &str = "x-field";
/// A field's text: markup, quotes that could end an attribute, and an entity.
const FIELD: &str = "<x-field>\" x-field=\"'' &amp; <script>alert(1)</script>";

/// The made-up archive, and the texts that its pages show.
pub(super) struct Matrix {
    pub(super) archive: Archive,
    pub(super) stories: BTreeMap<String, Story>,
}

/// Everything that an article can say, with markup in each field.
fn everything() -> String {
    let f = format!("'{FIELD}'");
    format!(
        "---\ntitle: {f}\ndate: 2000-06-09T10:46:00Z\nupdated: 2000-06-10T08:00:00Z\nauthors: [{f}, Ines Marrable, Tom Oake]\n\
         dateline: {f}\ndescription: {f}\ntags: [{f}, harbour]\nplaces: [{f}, Saltmere]\nlanguage: en\n\
         image: {{src: /media/quay.jpg, alt: {f}, caption: {f}, credit: {f}}}\n\
         see_also:\n  - {{title: {f}, date: 2000-05-18, section: {f}, url: 'javascript:alert(1)'}}\n  - {{title: One day alone}}\n\
         links: [{{title: {f}, url: 'https://board.example/?a=1&b=\"2\"'}}, {{title: {f}, url: 'javascript:alert(1)'}}]\n\
         corrections: [{{date: 2000-06-10, text: {f}}}, {{text: {f}}}]\naliases: [/2/town/784254.stm]\n\
         source: {{format: html, file: {f}, url: 'http://paper.example/2/town/784254.stm', captured: 2001-02-03}}\n\
         reason: {f}\n---\nThe council has voted.\n\n{FIELD}\n\n<svg onload=\"alert(1)\"><script>alert(1)</script></svg>\n\n<div onclick=\"alert(1)\"><p>Raw <b>markup</b></div>\n\n\
         ![{FIELD}](<> \"A picture that is lost\")\n\n## Costs {FIELD}\n\n> We waited long.\n> — Ada Lock, skipper\n\n\
         | Berth | Boats |\n|---|---|\n| North | 4 |\n\nA note.[^1]\n\n[^1]: Below the story.\n"
    )
}

fn articles() -> Vec<(String, String)> {
    let long = "Harbourmasterassistantsdeputy".repeat(5);
    let pictures: String = (1..=40).fold(String::new(), |mut text, n| {
        let _ = write!(text, "![Boat {n}](/media/boat-{n}.jpg \"Boat {n} comes in\")\n\n");
        text
    });
    let mut all = vec![
        ("town/harbour/2000/06/09-everything.md".to_owned(), everything()),
        ("town/nothing.md".into(), "---\ntitle: Nothing but a headline\n---\n".into()),
        ("town/2000/pictures.md".into(), format!("---\ntitle: Forty pictures\ndate: 2000-06-09\n---\n{pictures}")),
        ("arabic/2000/harbour.md".into(), "---\ntitle: ميناء سالتمير مغلق بسبب العاصفة\ndate: 2000-06-10\nlanguage: ar\nauthors: [ليلى]\n---\nالميناء مغلق.\n".into()),
        ("town/2000/long.md".into(), format!("---\ntitle: {long}\ndate: 2000-06-09T23:59:59Z\nauthors: [{long}]\ntags: [{long}]\n---\n{long}\n")),
        ("sport/1998/one.md".into(), "---\ntitle: One day alone\ndate: 1998-02-28\n---\nIt rained.\n".into()),
        ("sport/1997/month.md".into(), "---\ntitle: A month only\ndate: 1997-03\n---\nIt rained.\n".into()),
        ("sport/1996/year.md".into(), "---\ntitle: A year only\ndate: 1996\n---\nIt rained.\n".into()),
        ("gone.md".into(), format!("---\ntitle: '{FIELD}'\ndate: 2000-06-09\nstatus: withdrawn\nreason: '{FIELD}'\n---\nGone.\n")),
    ];
    // A list so long that it is cut by years, and a month with many days.
    all.extend((0..70).map(|n| {
        let (year, day) = (1999 + n % 3, 1 + n % 28);
        let text = format!("---\ntitle: Notice {n} to mariners\ndate: {year}-07-{day:02}\ntags: [notices]\nauthors: [Tom Oake]\nplaces: [Saltmere]\n---\nBuoy {n} is lit.\n");
        (format!("notices/{year}/{n}.md"), text)
    }));
    all
}

/// Makes the archive as if these were a site's articles.
pub(super) fn matrix(config: &Config) -> Result<Matrix, Error> {
    let mut contents = Contents::default();
    let mut stories = BTreeMap::new();
    let pages = ("pages/about.md".to_owned(), format!("---\ntitle: '{FIELD}'\ndescription: '{FIELD}'\n---\n{FIELD}\n"));
    for (path, text) in articles().into_iter().chain([pages]) {
        let article = Article::parse(&text).map_err(|wrong| wrong.in_file(&path))?;
        let digest = digest(&path, 0, &article, config)?;
        if path.starts_with("pages/") { &mut contents.standalone } else { &mut contents.articles }.push(digest);
        let mut html = String::new();
        to_html(&article.body, &config.base_path, &mut html);
        stories.insert(path, Story { article, html });
    }
    let index = "town/_index.md";
    contents.sections.push(SectionIndex {
        path: index.into(),
        file_hash: 0,
        title: FIELD.replace("''", "'"),
        description: FIELD.replace("''", "'"),
        weight: None,
        look: String::new(),
    });
    let text = Story { article: Article::default(), html: "<p>All of the town.</p>".to_owned() };
    stories.insert(index.to_owned(), text);
    let showing = Showing { now: i64::MAX, drafts: false, future: true };
    Ok(Matrix { archive: group(contents, config, showing, None).archive, stories })
}
