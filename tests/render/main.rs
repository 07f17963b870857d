//! Pages as text: the default theme shows every kind of page, and what a site or a theme gets wrong is named.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its archive has failed")]
#![expect(clippy::case_sensitive_file_extension_comparisons, reason = "backfile writes these names itself")]

mod settings;
mod tiny;
mod views;
mod words;

use backfile::page::{Form, Page, Purpose, View};
use backfile::plan::KINDS;
use backfile::render::{Layer, Worker};
use serde_json::json;
use std::collections::BTreeSet;
use tiny::{Tiny, error_on, errors, own};

#[test]
fn every_kind_of_page_has_a_template_that_shows_it() {
    let tiny = Tiny::new("");
    let shown: BTreeSet<&str> = tiny.pages().map(|(kind, _)| kind).collect();
    // Lists that are short have no pages for their years.
    let all = KINDS.iter().map(|kind| kind.name).filter(|name| *name != "section-period");
    assert_eq!(shown, all.collect());
    for (path, text) in tiny.render(&[]) {
        if path.ends_with(".html") {
            assert!(text.starts_with("<!DOCTYPE html>\n<html lang=\"en\""), "{path}: {text}");
            assert!(!text.contains("\n\n\n") && !text.contains("\n "), "{path} carries white space: {text}");
        }
    }
}

/// How many scripts a page has; the theme's own, for light and dark, is one.
fn scripts(page: &str) -> usize {
    page.matches("<script>").count() + page.matches("<script ").count()
        - page.matches("<script type=\"application/ld+json\">").count()
}

#[test]
fn what_an_article_says_is_text_and_never_markup() {
    let pages = Tiny::new("").render(&[]);
    for (path, text) in pages.iter().filter(|(path, _)| !path.ends_with(".json")) {
        assert!(scripts(text) <= usize::from(path.ends_with(".html")), "{path}");
        assert!(!text.contains("A <b>B</b>"), "{path}");
        assert!(!text.contains("Secret name"), "{path}");
    }
    let page = &pages["sport/1999/06/09/cup-script-alert-1-script-tie/index.html"];
    assert!(page.contains("<h1>Cup &lt;script&gt;alert(1)&lt;/script&gt; &quot; &amp; &#39; tie</h1>"), "{page}");
    let feed: serde_json::Value = serde_json::from_str(&pages["sport/feed.json"]).unwrap();
    assert_eq!(feed["items"][0]["title"], "Cup <script>alert(1)</script> \" & ' tie");
}

#[test]
fn control_characters_do_not_reach_xml() {
    let tiny = Tiny::new("");
    let theme = tiny.theme(&[]).unwrap();
    let urls = json!({ "urls": [{ "url": "https://paper.example/a\u{b}\u{0}\u{fffe}?b&c", "lastmod": "" }] });
    let page = Page {
        path: "s.xml".into(),
        form: Form::Template("sitemap.xml"),
        look: None,
        view: View::of(Purpose::Text, &urls).into_value(),
    };
    let mut out = Vec::new();
    theme.render(&mut Worker::default(), &page, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("<loc>https://paper.example/a?b&amp;c</loc>"));
}

#[test]
fn a_story_is_whole() {
    let pages = Tiny::new("").render(&[]);
    let page = &pages["town/harbour/2000/06/09/council-votes-to-dredge-the-harbour/index.html"];
    for part in [
        "<link rel=\"canonical\" href=\"https://paper.example/old/town/harbour/2000/06/09/",
        "<a href=\"/old/town/harbour/\">Harbour</a>",
        "<time datetime=\"2000-06-09T10:46:00Z\">Friday 9 June 2000, 10:46</time>",
        "By <a href=\"/old/authors/ines-marrable/\">Ines Marrable</a> and <a href=\"/old/authors/tom-oake/\">",
        "The vote was nine to four.",
        "The dredger at work",
        "Ada Lock, skipper",
        "A story that is lost",
        "nofollow\">http://paper.example/2/town/784254.stm</a>",
        "\"@type\":\"NewsArticle\"",
        "property=\"og:type\" content=\"article\"",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    let cited = &pages["town/harbour/2000/05/18/dredger-runs-aground/index.html"];
    assert!(cited.contains("Mentioned in"), "{cited}");
    assert!(pages.values().any(|page| page.contains("lang=\"ar\" dir=\"rtl\"")));
}

#[test]
fn a_file_of_the_site_takes_the_place_of_the_themes() {
    let tiny = Tiny::new("[theme_settings]\naccent = \"#07a\"\n");
    let layers = own(&[
        ("slots/footer.html", "<p>Set in Saltmere</p>\n{% include \"next\" %}"),
        ("templates/404.html", "{% extends \"next\" %}\n{% block title %}Lost{% endblock %}"),
        (
            "templates/components/names.html",
            "{% extends \"next\" %}{% component linked(link) %}<u>{{ link.title }}</u>{% endcomponent %}",
        ),
        ("static/own.css", "@import url(\"fonts/a.woff2\");"),
        ("static/fonts/a.woff2", "font"),
        ("slots/head_end.html", "<link rel=\"stylesheet\" href=\"{{ asset(\"own.css\") }}\">"),
    ]);
    let pages = tiny.render(&layers);
    let page = &pages["404.html"];
    assert!(page.contains("<title>Lost</title>") && page.contains("There is nothing at this address"), "{page}");
    assert!(page.contains("<p>Set in Saltmere</p>") && page.contains("class=\"foot\""), "{page}");
    assert!(page.contains("<style>:root{--accent-light:#07a;}</style>"), "{page}");
    assert!(
        pages["town/harbour/2000/06/09/council-votes-to-dredge-the-harbour/index.html"]
            .contains("<u>Ines Marrable</u>")
    );

    let theme = tiny.theme(&layers).unwrap();
    let (path, style) = theme.assets().iter().find(|(path, _)| path.starts_with("assets/own.")).unwrap();
    assert!(page.contains(&format!("href=\"/old/{path}\"")), "{page}");
    assert!(theme.assets().iter().any(|(path, _)| path.starts_with("assets/fonts/a.") && path.ends_with(".woff2")));
    let style = String::from_utf8(style.clone()).unwrap();
    assert!(style.starts_with("@import url(\"fonts/a.") && style.ends_with(".woff2\");\n"), "{style}");
}

#[test]
fn what_a_template_asks_for_in_vain_is_named_with_its_place() {
    let article = "town/harbour/2000/05/18/dredger-runs-aground/index.html";
    let files = [("slots/byline.html", "<p>\n\n   {# a note #}\n   <b>{{ page.titel }}</b>\n</p>")];
    assert_eq!(
        error_on(article, &files),
        format!(
            "slots/byline.html:4:15: error: field `titel` is not defined (on page {article})\n  hint: did you mean `title`?"
        )
    );
    let files = [("templates/404.html", "{% extends \"next\" %}\n{% block main %}{{ stie.title }}{% endblock %}")];
    assert!(error_on("404.html", &files).starts_with("templates/404.html:2:20: error: variable `stie` is not defined"));
}

#[test]
fn what_is_wrong_with_templates_is_found_before_any_page() {
    let found = errors(&[
        ("slots/footer.html", "<p>\n  {{ page.title | uper }}\n</p>\n{{ <crad story={page}/> }}"),
        ("slots/byline.html", "{% if page.title %}\n"),
        ("slots/related.html", "\n  {{ page.title "),
    ]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("slots/byline.html:"), "{found:?}");
    assert!(found[1].starts_with("slots/related.html:2:"), "{found:?}");

    let found = errors(&[("slots/footer.html", "<p>\n  {{ page.title | uper }}\n</p>\n{{ <crad story={page}/> }}")]);
    let expected = [
        "slots/footer.html:2:19: error: unknown filter `uper`\n  hint: did you mean `upper`?",
        "slots/footer.html:4:4: error: unknown component `crad`\n  hint: did you mean `card`?",
    ];
    assert_eq!(found, expected);

    let found = errors(&[
        ("templates/artcle.html", "{% extends \"base.htm\" %}"),
        ("templates/404.html", "{% extends \"next\" %}{{ asset(\"sit.css\") }}"),
        ("templates/own.html", "{% include \"next\" %}"),
        ("templates/.404.html.swp", "{{"),
    ]);
    let expected = [
        "templates/404.html:1:30: error: there is no static file `sit.css`\n  hint: did you mean `site.css`?",
        "templates/own.html:1:12: error: no layer below this one has a template `own.html`\n  hint: \"next\" means the \
         same file one layer down; name another template, or leave the line out",
        "templates/artcle.html:1:12: error: there is no template `base.htm`\n  hint: did you mean `base.html`?",
        "templates/artcle.html: error: nothing uses this template\n  hint: did you mean `article.html`?",
        "templates/own.html: error: nothing uses this template\n  hint: it overrides nothing and no template includes it",
    ];
    assert_eq!(found, expected);
    assert_eq!(errors(&[("templates/404.html", "{% extends \"404.html\" %}")]).len(), 1);
}

#[test]
fn the_default_theme_is_light_and_asks_nobody_else_for_anything() {
    let tiny = Tiny::new("");
    let theme = tiny.theme(&[]).unwrap();
    let style = |(path, _): &&(String, Vec<u8>)| path.ends_with(".css");
    let [(_, style)] = &theme.assets().iter().filter(style).collect::<Vec<_>>()[..] else { panic!("one style sheet") };
    let style = String::from_utf8_lossy(style);
    assert!(style.len() < 25_000 && !style.contains("http") && !style.contains("@import"));
    for (path, page) in tiny.render(&[]).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!page.contains("src=\"http") && scripts(page) <= 1 && !page.contains("src=\"//"), "{path}");
    }
}

#[test]
fn white_space_goes_where_it_says_nothing_and_stays_where_it_does() {
    let template = "<b>a</b>\r\n\r\n    <i>{{ \"%} \\\" }}\" }}</i>\n  {# gone #}\n  {% if true %}\n  one {# in a line #}two\n\
         {% endif %}\n<pre>\n  kept\n   as it is\n</pre>\n   {% raw %}{{ raw }}   \n   {% endraw %}\n<p>\n\n  end</p>";
    let pages = Tiny::new("").render(&own(&[("slots/after_masthead.html", template)]));
    let expected = "</header>\n<b>a</b>\n<i>%} &quot; }}</i>\none two\n<pre>\n  kept\n   as it is\n</pre>\n{{ raw }}   \n   \n\
         <p>\nend</p><main";
    assert!(pages["404.html"].contains(expected), "{}", pages["404.html"]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 48, failure_persistence: None, ..Default::default() })]
    #[test]
    fn no_template_makes_it_panic(
        pieces in proptest::collection::vec(proptest::collection::vec(proptest::sample::select(PIECES), 0..12), 1..8)
    ) {
        let names = ["footer", "byline", "related", "masthead", "head_end", "body_end", "before_body", "after_body"];
        let files = pieces.iter().zip(names).map(|(pieces, name)| (format!("slots/{name}.html"), pieces.concat().into_bytes()));
        let _ = Tiny::new("").theme(&[Layer { name: "themes/own".into(), files: files.collect() }]);
    }
}

/// What templates are made of, and what they break on.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    " ",
    "\n",
    "\"",
    "'",
    "`",
    "\\",
    "page.title",
    "asset(",
    ")",
    "extends",
    "include",
    "raw",
    "endraw",
    "\"next\"",
    "component x()",
    "endcomponent",
    "if",
    "endif",
    "<pre>",
    "</pre>",
    "<script",
    "é",
    "{",
    "=",
];
