//! Everything that a site is made from, in memory: so that it can be changed, written twice, and put back.

use super::rng::Rng;
use super::story::Make;
use super::words;
use backfile::article::Article;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Files by their paths with `/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a site is made from.
#[derive(Clone, Debug)]
pub(crate) struct Inputs {
    /// By path below `content/`.
    pub(crate) articles: BTreeMap<String, Article>,
    /// All other files but `site.toml`, by path below the root.
    pub(crate) files: Files,
    pub(crate) settings: Settings,
    /// Of a hundred new articles, how many stand in one section and year.
    pub(crate) crowd: usize,
    /// Paragraphs of a story at most.
    pub(crate) longest: usize,
}

/// What `site.toml` says, line by line: `KEY = VALUE`, the key of a table's entry with the table before a dot.
#[derive(Clone, Debug)]
pub(crate) struct Settings(BTreeMap<&'static str, &'static str>);

/// What each setting may be; the first is for new sites, and an empty one leaves it out. The theme is not here, since
/// it needs its folder.
const CHOICES: [(&str, &[&str]); 24] = [
    ("title", &["\"The Saltmere Gazette\"", "\"The Gazette & Echo\""]),
    ("base_url", &["\"https://gazette.example\"", "\"https://echo.example/archive\""]),
    ("description", &["\"News from the harbour\"", "", "\"All the news\""]),
    ("language", &["\"en-GB\"", "\"de\"", ""]),
    ("timezone", &["\"Europe/London\"", "", "\"Pacific/Auckland\""]),
    ("home.date", &["", "2000-07-19", "1999-01-05"]),
    ("feeds.limit", &["", "3", "40"]),
    ("related.count", &["", "0", "3", "8"]),
    ("taxonomies.authors", &["", "false"]),
    ("taxonomies.tags", &["", "false"]),
    ("taxonomies.places", &["", "false"]),
    ("permalinks.default", &["", "\"/:section/:slug/\"", "\"/:year/:filename.html\""]),
    ("permalinks.sport", &["", "\"/games/:year/:month/:slug/\""]),
    ("permalinks.\"town/harbour\"", &["", "\"/quay/:title/\""]),
    ("menus.main", &["", "[{ title = \"Town\", url = \"/town/\" }]", "[{ title = \"Sport\", url = \"/sport/\" }]"]),
    ("menus.footer", &["", "[{ title = \"About\", url = \"/about/\" }]"]),
    ("theme_settings.accent", &["", "\"#8b1a1a\"", "\"teal\""]),
    ("theme_settings.accent_dark", &["", "\"#fcc\""]),
    ("theme_settings.headline_font", &["", "\"Georgia\""]),
    ("theme_settings.text_font", &["", "\"Georgia\""]),
    ("theme_settings.measure", &["", "\"38rem\""]),
    ("theme_settings.strapline", &["", "\"Twice a week\""]),
    // These cannot be built; the next change may put them right.
    ("feeds.limits", &["", "", "", "", "", "", "3"]),
    ("theme_settings.acent", &["", "", "", "", "", "", "\"red\""]),
];

impl Settings {
    fn new(rng: &mut Rng) -> Self {
        let mut settings = Self(BTreeMap::from([("theme", "")]));
        settings.0.extend(CHOICES.iter().map(|(key, values)| (*key, values[0])));
        for _ in 0..rng.below(4) {
            settings.change(rng);
        }
        settings
    }

    /// Another value for one of them; says which.
    pub(crate) fn change(&mut self, rng: &mut Rng) -> String {
        let (key, values) = rng.pick(&CHOICES);
        let value = rng.pick(values);
        self.0.insert(key, value);
        format!("setting {key} = {value}")
    }

    pub(crate) fn set_theme(&mut self, name: &'static str) {
        self.0.insert("theme", name);
    }

    pub(crate) fn text(&self) -> String {
        let (mut top, mut tables) = (String::new(), String::new());
        for (key, value) in self.0.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = match key.split_once('.') {
                None => writeln!(top, "{key} = {value}"),
                Some((table, key)) => writeln!(tables, "[{table}]\n{key} = {value}"),
            };
        }
        // A table is opened once; its later keys follow without its name.
        let mut last = "";
        let mut text = top;
        for line in tables.lines() {
            let repeated = line.starts_with('[') && line == last;
            if line.starts_with('[') {
                last = line;
            }
            if !repeated {
                let _ = writeln!(text, "{line}");
            }
        }
        text
    }
}

/// How large sites are: small ones, some at the fifty where a list is cut, and few at the two hundred of a year.
const SIZES: [usize; 16] = [3, 6, 8, 10, 12, 12, 15, 18, 20, 20, 25, 30, 40, 50, 52, 60];

/// A file that claims the path of a page.
const CLAIMS: &str = "static/index.html";

impl Inputs {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let long = rng.chance(2);
        let size = if long { 197 + rng.below(8) } else { rng.pick(&SIZES) };
        let crowd = match (long, size) {
            (true, _) => 100,
            (_, 50..) => rng.pick(&[20, 100]),
            _ => 20,
        };
        let settings = Settings::new(rng);
        let longest = if size >= 50 { 2 } else { 5 };
        let mut inputs = Self { articles: BTreeMap::new(), files: Files::new(), settings, crowd, longest };
        for _ in 0..size {
            inputs.add_article(rng);
        }
        for _ in 0..rng.below(8) {
            inputs.change_file(rng);
        }
        // The first site can be built, as far as these two decide.
        inputs.files.remove(CLAIMS);
        inputs.settings.0.retain(|key, _| !["feeds.limits", "theme_settings.acent"].contains(key));
        inputs
    }

    /// Makes articles as they are made here.
    pub(crate) fn make<'a>(&'a self, rng: &'a mut Rng) -> Make<'a> {
        Make { rng, others: &self.articles, crowd: self.crowd, longest: self.longest }
    }

    pub(crate) fn add_article(&mut self, rng: &mut Rng) -> String {
        let (path, article) = self.make(rng).article();
        self.articles.insert(path.clone(), article);
        format!("add {path}")
    }

    /// The path of some article.
    pub(crate) fn any(&self, rng: &mut Rng) -> Option<String> {
        let at = rng.below(self.articles.len().max(1));
        self.articles.keys().nth(at).cloned()
    }

    /// Adds, changes or removes a file that is no article of a section; says which.
    pub(crate) fn change_file(&mut self, rng: &mut Rng) -> String {
        let n = rng.below(100);
        let title = words::headline(rng, n);
        let page = format!("---\ntitle: {title}\n---\n\n{}\n", words::sentence(rng, n));
        // One that tells its size as GIF does, or one that tells none.
        let picture = || match n % 10 {
            tells if tells < 6 => [&b"GIF89a"[..], &[tells as u8 + 1, 0, tells as u8 + 2, 0]].concat(),
            none => format!("picture {none}").into_bytes(),
        };
        let look =
            if n.is_multiple_of(2) { format!("theme_settings: {{accent: '#0a5c{n:02}'}}\n") } else { String::new() };
        let (path, bytes) = match rng.below(13) {
            0 => ("content/town/_index.md", format!("---\ntitle: {title}\nweight: {n}\n{look}---\n").into_bytes()),
            1 => (
                "content/sport/_index.md",
                format!("---\ntitle: {title}\ndescription: {title}\n---\n\n{title}\n").into(),
            ),
            2 => ("content/arts/theatre/_index.md", page.into_bytes()),
            3 => ("content/_index.md", page.into_bytes()),
            4 => ("content/pages/about.md", page.into_bytes()),
            5 => {
                ("content/pages/contact/post.md", page.replace("---\n\n", "aliases: [/post.htm]\n---\n\n").into_bytes())
            }
            6 => ("content/media/1.jpg", picture()),
            7 => ("content/media/quay/2.jpg", picture()),
            8 => ("static/ads.txt", picture()),
            9 => ("static/.well-known/harbour.txt", picture()),
            10 => ("content/town/broken.md", format!("---\ntitle: [{title}\n---\n").into_bytes()),
            11 => ("content/sport/notes.docx", picture()),
            // Claims the path of a page, which cannot be built.
            _ if n < 8 => (CLAIMS, picture()),
            _ => ("content/town/latin1.md", b"---\ntitle: Caf\xe9\n---\n".to_vec()),
        };
        if rng.chance(35) && self.files.remove(path).is_some() {
            return format!("remove {path}");
        }
        self.files.insert(path.to_owned(), bytes);
        format!("write {path}")
    }

    /// All files that the site is made from.
    pub(crate) fn all(&self) -> Files {
        let mut files = self.files.clone();
        files.insert("site.toml".to_owned(), self.settings.text().into_bytes());
        files.extend(self.articles.iter().map(|(path, article)| (format!("content/{path}"), article.to_text().into())));
        files
    }
}
