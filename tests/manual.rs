//! The manual against the program: its page of settings names every setting that there is.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the manual has failed")]

use backfile::config::Config;
use std::fs;
use std::path::Path;

/// Tables of site.toml, each with what stands before a key of it.
const TABLES: [(&str, &str); 8] = [
    ("the site", ""),
    ("home", "[home]\n"),
    ("sources", "[[sources]]\npath = \"x\"\n"),
    ("limits", "[limits]\n"),
    ("taxonomies", "[taxonomies]\n"),
    ("feeds", "[feeds]\n"),
    ("related", "[related]\n"),
    ("sections", "[sections.town]\n"),
];

/// What the parser says that it knows in a table.
fn known(table: &str) -> Vec<String> {
    let text = format!("title = \"\"\nbase_url = \"https://x.example\"\n{table}qqqqqqqqqqqq = 1\n");
    let hint = Config::parse(&text, "site.toml").unwrap_err().hint;
    hint.strip_prefix("known here are ").unwrap().split(", ").map(str::to_owned).collect()
}

#[test]
fn every_setting_is_in_the_manual() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages/settings.md");
    let manual = fs::read_to_string(page).unwrap();
    let mut lost = Vec::new();
    for (name, before) in TABLES {
        let keys = known(before);
        assert!(!keys.is_empty(), "{name}: the parser names no keys");
        // Tables have headings of their own.
        let is_there = |key: &str| {
            [format!("`{key}`"), format!("`[{key}"), format!("`[[{key}")].iter().any(|said| manual.contains(said))
        };
        lost.extend(keys.into_iter().filter(|key| !is_there(key)).map(|key| format!("`{key}` of {name}")));
    }
    assert!(lost.is_empty(), "docs/content/pages/settings.md lacks {}", lost.join(", "));
}
