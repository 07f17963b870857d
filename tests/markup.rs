//! Bodies to HTML: each `tests/markup/to_html/NAME.md` beside the `NAME.html` that it must give; and pages to Markdown:
//! each `tests/markup/to_markdown/NAME.html` beside its `NAME.md`; and pages as trees: each `tests/markup/tree/NAME.html`
//! beside its outline `NAME.txt`.
//!
//! `BACKFILE_UPDATE=1 cargo test --test markup` writes the expected files anew; read the difference before keeping it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use backfile::markup::to_html::to_html;
use backfile::markup::to_markdown::fragment_to_markdown;
use backfile::markup::to_text::to_text;
use backfile::markup::tree::{Attribute, Tag, Tree};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[test]
fn bodies_give_the_expected_html() {
    run("to_html", "md", "html", |markdown| {
        let mut html = String::new();
        to_html(markdown, "/archive", &mut html);
        html
    });
}

#[test]
fn pages_give_the_expected_markdown() {
    run("to_markdown", "html", "md", |html| fragment_to_markdown(html, "http://saltmere.example/town/2000/page.htm"));
}

#[test]
fn pages_give_the_expected_trees() {
    run("tree", "html", "txt", outline);
}

/// A line for each node, indented by how deep it stands.
fn outline(html: &str) -> String {
    use Attribute::{Class, DataSrc, Href, Id, Src, Title, Type};
    let tree = Tree::parse(html);
    let mut outline = String::new();
    for id in tree.descendants(0) {
        let indent = 2 * tree.ancestors(id).count();
        let _ = write!(outline, "{:indent$}", "");
        if tree.tag(id) == Tag::Text {
            let _ = write!(outline, "{:?}", tree.text(id));
        } else {
            let _ = write!(outline, "{:?}", tree.tag(id));
            for name in [Class, DataSrc, Href, Id, Src, Title, Type] {
                if let Some(value) = tree.attribute(id, name) {
                    let _ = write!(outline, " {name:?}={value:?}");
                }
            }
        }
        outline.push('\n');
    }
    outline
}

fn run(folder: &str, from: &str, to: &str, convert: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markup").join(folder);
    let update = std::env::var_os("BACKFILE_UPDATE").is_some();
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != from) {
            continue;
        }
        let got = convert(&fs::read_to_string(&path).unwrap());
        let expected = path.with_extension(to);
        if update {
            fs::write(&expected, &got).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != got {
            failures.push(format!("== {}\n{got}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn text_is_what_a_reader_reads() {
    let body = "![Quay](/q.jpg \"The quay\")\n\n## The *vote*\n\nThe council & the\n[harbour](/h/) board.\n\n- One\n- Two\n\n\
                | Ward | Votes |\n|---|---|\n| North | 12 |\n";
    assert_eq!(
        to_text(body),
        "The quay\nQuay\nThe vote\nThe council & the harbour board.\nOne\nTwo\nWard Votes\nNorth 12\n"
    );
}
