//! The reference of the manual, `docs/content/pages/views.md`, is made from what `src/plan` says of its views, and from
//! the pages of a made-up site. A field that is not documented, or is no longer there, is found here.
//!
//! `BACKFILE_UPDATE=1 cargo test --test render` writes the reference. A field that is gone or has another name breaks
//! themes: it takes a new number of `render::manifest::VIEWS`, and a new list in `tests/render/views.txt` by hand.

use super::tiny::Tiny;
use backfile::page::Form;
use backfile::plan::{self, KINDS};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The view of each kind that has a template.
const VIEWS: [(&str, &str); 22] = [
    ("home", "HomeView"),
    ("article", "ArticleView"),
    ("withdrawn", "WithdrawnView"),
    ("page", "StandaloneView"),
    ("section", "ListView"),
    ("section-period", "ListView"),
    ("taxonomy", "TaxonomyView"),
    ("term", "ListView"),
    ("archive", "ArchiveView"),
    ("undated", "ListView"),
    ("year", "YearView"),
    ("month", "MonthView"),
    ("day", "DayView"),
    ("on-this-day", "OnThisDayView"),
    ("on-this-day-index", "OnThisDayIndexView"),
    ("404", "NotFoundView"),
    ("redirect", "RedirectView"),
    ("atom", "FeedView"),
    ("rss", "FeedView"),
    ("sitemap-index", "SitemapView"),
    ("sitemap", "SitemapView"),
    ("robots", "RobotsView"),
];

/// A struct of `src/plan`.
struct View {
    about: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    about: String,
    is_flat: bool,
}

/// All views, by name, as the code documents them.
fn documented() -> BTreeMap<String, View> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plan");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut views = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let (mut about, mut is_flat) = (String::new(), false);
        let mut open: Option<(String, View)> = None;
        for line in text.lines() {
            let line = line.trim();
            if let Some(words) = line.strip_prefix("/// ") {
                if !about.is_empty() {
                    about.push(' ');
                }
                about.push_str(words);
            } else if line.starts_with("#[") {
                is_flat |= line == "#[serde(flatten)]";
            } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|line| line.strip_suffix(" {")) {
                let name = name.split('<').next().unwrap_or(name).to_owned();
                open = Some((name, View { about: std::mem::take(&mut about), fields: Vec::new() }));
            } else if let (Some((_, view)), Some((name, kind))) =
                (&mut open, line.strip_prefix("pub ").and_then(|line| line.split_once(": ")))
            {
                let (name, kind) = (name.to_owned(), kind.trim_end_matches(',').to_owned());
                // `views::with_head!` writes the fields of the head beside a view's own.
                is_flat |= kind == "Head";
                view.fields.push(Field { name, kind, about: std::mem::take(&mut about), is_flat });
                is_flat = false;
            } else {
                if line == "}" {
                    views.extend(open.take());
                }
                (about, is_flat) = (String::new(), false);
            }
        }
    }
    views
}

/// The fields of a view with those of the view that is part of it.
fn fields<'a>(views: &'a BTreeMap<String, View>, name: &str) -> Vec<&'a Field> {
    let inner = |field: &'a Field| if field.is_flat { fields(views, &field.kind) } else { vec![field] };
    views.get(name).map_or_else(Vec::new, |view| view.fields.iter().flat_map(inner).collect())
}

/// A type as an author of templates calls it.
fn kind(field: &Field) -> String {
    let of = |kind: &str| -> String {
        match kind {
            "u8" | "u32" | "i16" => "number".to_owned(),
            "Card" => "CardView".to_owned(),
            "serde_yaml::Mapping" | "toml::Table" => "table".to_owned(),
            "tera::Value" if field.about.contains("a list of [`") => "list of LinkView".to_owned(),
            "tera::Value" if field.about.contains("safe HTML") => "safe HTML".to_owned(),
            "tera::Value" if field.about.contains("a [`LinkView`]") => "LinkView or none".to_owned(),
            "tera::Value" if field.about.contains("safe JSON") => "safe JSON".to_owned(),
            "String" | "&'static str" | "&'a str" | "Cow<'a, str>" | "tera::Value" => "text".to_owned(),
            other => other.to_owned(),
        }
    };
    let (mut rest, mut before, mut after) = (field.kind.as_str(), String::new(), "");
    loop {
        let inside = |of: &str| rest.strip_prefix(of).and_then(|rest| rest.strip_suffix('>'));
        if let Some(inner) = inside("Vec<") {
            (rest, before) = (inner, format!("{before}list of "));
        } else if let Some(inner) = inside("Option<") {
            (rest, after) = (inner, " or none");
        } else if let Some(inner) = inside("BTreeMap<String, ") {
            (rest, before) = (inner, format!("table of {before}"));
        } else {
            return format!("{before}{}{after}", of(rest));
        }
    }
}

/// Values of fields on the pages of a made-up site, by view and field.
fn examples(views: &BTreeMap<String, View>) -> BTreeMap<(String, String), String> {
    let tiny = Tiny::new("[menus]\nmain = [{ title = \"Town\", url = \"/town/\" }]\n");
    let mut found = BTreeMap::new();
    let mut open: Vec<Value> = vec![serde_json::to_value(plan::site::view(tiny.site())).unwrap()];
    for (name, page) in tiny.pages() {
        let value = serde_json::to_value(&page.view).unwrap();
        if let (Form::Template(_), Some(map)) = (page.form, value.as_object()) {
            let (_, view) = VIEWS.iter().find(|(kind, _)| *kind == name).unwrap();
            let keys: Vec<&String> = map.keys().collect();
            assert!(has_exactly(views, view, map), "the view of `{name}` is not as src/plan documents it: {keys:?}");
        }
        open.push(value);
    }
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev()),
            Value::Object(map) => {
                for (view, _) in views.iter().filter(|(view, _)| has_exactly(views, view, &map)) {
                    for (field, value) in &map {
                        if let Some(example) = shown(value) {
                            found.entry((view.clone(), field.clone())).or_insert(example);
                        }
                    }
                }
                open.extend(map.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

fn has_exactly(views: &BTreeMap<String, View>, name: &str, map: &serde_json::Map<String, Value>) -> bool {
    let names: BTreeSet<&str> = fields(views, name).iter().map(|field| field.name.as_str()).collect();
    !names.is_empty() && names == map.keys().map(String::as_str).collect()
}

/// A value as an example; none where it says nothing.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => {
            let short: String = text.chars().take(48).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            Some(format!("`{}{more}`", short.replace('\n', " ").replace('|', "\\|").replace('`', "'")))
        }
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => Some(format!("{} of them", items.len())),
        Value::Object(map) if map.is_empty() => None,
        Value::Object(_) => Some("its fields are below".to_owned()),
        other => Some(format!("`{other}`")),
    }
}

/// The type with its parts as links to their tables.
fn linked(kind: &str, views: &BTreeMap<String, View>) -> String {
    let word = |word: &str| {
        let link = || format!("[{word}](#{})", word.to_lowercase());
        if views.contains_key(word) { link() } else { word.to_owned() }
    };
    kind.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

fn table(out: &mut String, name: &str, views: &BTreeMap<String, View>, examples: &BTreeMap<(String, String), String>) {
    let example = |field: &Field| {
        let of = |view: &str| examples.get(&(view.to_owned(), field.name.clone()));
        let is_same = |other: &Field| other.name == field.name && kind(other) == kind(field);
        let like = |view: &&String| fields(views, view).iter().any(|other| is_same(other));
        of(name).or_else(|| views.keys().filter(like).find_map(|view| of(view))).cloned()
    };
    let _ = writeln!(out, "| field | type | what it is | example |\n| --- | --- | --- | --- |");
    for field in fields(views, name) {
        let about = field.about.replace("[`", "`").replace("`]", "`").replace('|', "\\|");
        let _ = writeln!(
            out,
            "| `{}` | {} | {about} | {} |",
            field.name,
            linked(&kind(field), views),
            example(field).unwrap_or_default()
        );
    }
    let _ = writeln!(out);
}

/// The reference, and a line for each field.
fn reference() -> (String, Vec<String>) {
    let views = documented();
    let examples = examples(&views);
    let mut out = String::from(
        "---\ntitle: View reference\ndescription: Every field that a template sees, made from the program itself.\n---\n\n\
         A template sees `site`, which is the same on all pages, and `page`, which depends on the kind of page. This is version 1 \
         of these views: `views = 1` in a `theme.toml`. `backfile theme context URL` shows both for a page of your own site.\n\n\
         A field that may be none is asked for with `{% if page.date %}`. All texts are plain and are escaped where a template \
         writes them; what is called safe HTML is written as it is.\n\n## site\n\n",
    );
    let mut lines = Vec::new();
    table(&mut out, "SiteView", &views, &examples);
    lines.extend(fields(&views, "SiteView").iter().map(|field| format!("site.{}", field.name)));
    let mut shown: BTreeSet<&str> = BTreeSet::from(["SiteView", "Head"]);
    for (name, view) in VIEWS {
        let form = KINDS.iter().find(|kind| kind.name == name).map(|kind| kind.form);
        let Some(Form::Template(template)) = form else { panic!("there is no kind `{name}` with a template") };
        let _ = writeln!(out, "## page, of the kind `{name}`\n\nTemplate `{template}`. {}\n", views[view].about);
        table(&mut out, view, &views, &examples);
        lines.extend(fields(&views, view).iter().map(|field| format!("{name}.{}", field.name)));
        shown.insert(view);
    }
    let _ = writeln!(out, "## Parts of views\n");
    for (name, view) in views.iter().filter(|(name, _)| !shown.contains(name.as_str())) {
        if view.fields.is_empty() || ["Kind", "Ready", "Site", "File", "Plan", "Planned"].contains(&name.as_str()) {
            continue;
        }
        let _ = writeln!(out, "### {name}\n\n{}\n", view.about);
        table(&mut out, name, &views, &examples);
        lines.extend(fields(&views, name).iter().map(|field| format!("{name}.{}", field.name)));
    }
    (format!("{}\n", out.trim_end()), lines)
}

#[test]
fn the_reference_of_the_manual_is_what_templates_see() {
    let templates = KINDS.iter().filter(|kind| matches!(kind.form, Form::Template(_))).map(|kind| kind.name);
    let described: BTreeSet<&str> = VIEWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(described, templates.collect(), "every kind of page is in VIEWS");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (manual, known) = (root.join("docs/content/pages/views.md"), root.join("tests/render/views.txt"));
    let (text, fields) = reference();
    let old = fs::read_to_string(&known).unwrap_or_default();
    let gone: Vec<&str> = old.lines().filter(|line| fields.iter().all(|field| field != line)).collect();
    assert!(
        gone.is_empty(),
        "these fields are gone, which breaks themes: {}\nraise VIEWS in src/render/manifest.rs, and take them out of {}",
        gone.join(", "),
        known.display()
    );
    let list = fields.join("\n") + "\n";
    if env::var_os("BACKFILE_UPDATE").is_some() {
        fs::create_dir_all(manual.parent().unwrap()).unwrap();
        fs::write(&manual, &text).unwrap();
        fs::write(&known, &list).unwrap();
    }
    let advice = "BACKFILE_UPDATE=1 cargo test --test render writes it; read the difference";
    assert!(
        fs::read_to_string(&manual).unwrap_or_default() == text,
        "docs/content/pages/views.md is out of date: {advice}"
    );
    assert_eq!(fs::read_to_string(&known).unwrap_or_default(), list, "{advice}");
}
