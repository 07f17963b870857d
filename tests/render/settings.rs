//! Settings that a theme declares, and sections that look other than the rest.

use super::tiny::{Tiny, own};
use backfile::render::Layer;

const THEME: &str = "views = 1\n[settings.ink]\nabout = \"colour of text\"\ntype = \"colour\"\ndefault = \"#222\"\nproperty = \"--ink\"\n\
    [settings.night]\nabout = \"the same in the dark\"\ntype = \"colour\"\ndefault = \"#ddd\"\nproperty = \"--ink\"\ndark = true\n\
    [settings.width]\nabout = \"of text\"\ntype = \"length\"\ndefault = \"\"\nproperty = \"--width\"\n\
    [settings.columns]\nabout = \"of lists\"\ndefault = 2\nmin = 1\nmax = 4\n\
    [settings.order]\nabout = \"of names\"\ndefault = \"given\"\nchoices = [\"given\", \"family\"]\n";

fn theme(toml: &str, files: &[(&str, &str)]) -> Vec<Layer> {
    let mut layers = own(files);
    let files = vec![("theme.toml".to_owned(), toml.as_bytes().to_vec())];
    layers.push(Layer { name: "themes/ink".to_owned(), files });
    layers
}

fn wrong(settings: &str) -> String {
    let found = Tiny::new(&format!("[theme_settings]\n{settings}")).theme(&theme(THEME, &[])).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n")
}

fn wrong_theme(toml: &str) -> String {
    let found = Tiny::new("").theme(&theme(toml, &[])).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n")
}

#[test]
fn a_setting_that_is_not_declared_or_of_another_type_is_refused_at_its_line() {
    let said = [
        ("ikn = \"red\"", "site.toml:4:1: error: the theme has no setting `ikn`\n  hint: did you mean `ink`?"),
        (
            "ink = 7",
            "site.toml:4:1: error: the theme setting `ink` is 7, not a colour, as in \"#8b1a1a\"\n  hint: colour of text",
        ),
        (
            "ink = \"reddish\"",
            "site.toml:4:1: error: the theme setting `ink` is \"reddish\", not a colour, as in \"#8b1a1a\"\n  hint: colour of text",
        ),
        (
            "width = \"wide\"",
            "site.toml:4:1: error: the theme setting `width` is \"wide\", not a length, as in \"38rem\"\n  hint: of text",
        ),
        (
            "width = \"calc(1px;})\"",
            "site.toml:4:1: error: the theme setting `width` may hold none of <>{};\\\n  hint: of text",
        ),
        ("columns = 9", "site.toml:4:1: error: the theme setting `columns` is at most 4, not 9\n  hint: of lists"),
        (
            "order = \"birth\"",
            "site.toml:4:1: error: the theme setting `order` may be \"given\", \"family\", not \"birth\"\n  hint: of names",
        ),
        ("ink = \"rebeccapurple\"\nwidth = \"clamp(20rem, 80vw, 40rem)\"\ncolumns = 3\norder = \"family\"", ""),
    ];
    for (settings, expected) in said {
        assert_eq!(wrong(settings), expected, "{settings}");
    }
}

#[test]
fn a_theme_says_what_it_needs_and_its_settings_hold_together() {
    assert_eq!(
        wrong_theme("name = \"Ink\"\nviews = 2"),
        "themes/ink/theme.toml:2:9: error: the theme is written for views 2; this program has views 1\n  hint: take a newer \
         program, or an older release of the theme"
    );
    assert_eq!(
        wrong_theme("[settings.a]\nabout = \"a\"\ntype = \"colour\"\ndefault = \"greenish\""),
        "themes/ink/theme.toml:1:1: error: the default is no value of the setting: the theme setting `a` is \"greenish\", not a \
         colour, as in \"#8b1a1a\"\n  hint: a"
    );
    assert!(wrong_theme("[settings.a]\nabuot = \"a\"\ndefault = 1").contains("2:1: error: unknown field `abuot`"));
}

#[test]
fn settings_are_custom_properties() {
    let slot = (
        "slots/head_end.html",
        "<style>:root{ {{- site.properties.all -}} }.dark{ {{- site.properties.dark -}} }</style>",
    );
    let tiny = Tiny::new("[theme_settings]\nink = \"#07a\"\nwidth = \"30rem\"\n");
    let page = &tiny.render(&theme(THEME, &[slot]))["404.html"];
    assert!(page.contains("<style>:root{--ink:#07a;--width:30rem;}.dark{--ink:#ddd;}</style>"), "{page}");
}

#[test]
fn a_section_may_have_its_own_templates_and_settings() {
    let settings = "[sections.town]\ntheme_settings = { columns = 3 }\n[sections.\"town/harbour\"]\ntemplates = { article = \"quay\" }\n";
    let files = [
        ("templates/quay.html", "<p>Quay of {{ page.title }}, {{ site.settings.columns }}</p>"),
        ("slots/body_end.html", "<p>{{ site.settings.columns }} columns</p>"),
    ];
    let pages = Tiny::new(settings).render(&theme(THEME, &files));
    let has = |path: &str, part: &str| assert!(pages[path].contains(part), "{path}: {}", pages[path]);
    has("town/harbour/2000/05/18/dredger-runs-aground/index.html", "<p>Quay of Dredger runs aground, 3</p>");
    has("town/harbour/index.html", "<p>3 columns</p>");
    has("town/undated/a-letter-without-a-date/index.html", "<p>3 columns</p>");
    has("sport/index.html", "<p>2 columns</p>");
    let wrong = Tiny::new("[sections.town.templates]\narticle = \"quya\"\n")
        .theme(&theme(THEME, &[]))
        .err()
        .unwrap_or_default();
    let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert_eq!(
        wrong,
        [
            "site.toml:4:11: error: there is no template `quya.html`, which the section `town` is to have\n  hint: put it into templates/quya.html"
        ]
    );
}
