//! Words in the site's language.

use super::tiny::{Tiny, error_on, errors, own};

const GERMAN: &str = "undated = \"Ohne Datum\"\nplain = \"A < B & \\\"C\\\"\"\nbyline = \"Von {names}\"\nodd = \"{{ page }}\"\n\
    stories = { one = \"{count} Artikel\", other = \"{count} Artikeln\" }\n[dates]\nmonths = [\"Januar\", \"Februar\", \"März\", \
    \"April\", \"Mai\", \"Juni\", \"Juli\", \"August\", \"September\", \"Oktober\", \"November\", \"Dezember\"]\n\
    full = \"{weekday}, {day}. {month} {year}\"\n";

#[test]
fn words_and_dates_are_in_the_sites_language() {
    let slot = "<p title=\"{{ t(\"plain\") }}\">{{ t(\"plain\") | upper }}</p>\n<i>{{ t(\"stories\", count=12345) }}</i>\n\
        {% set who %}<b>{{ site.title }}</b>{% endset %}{{ t(\"byline\", names=who) }} {{ t(\"byline\", names=\"<A>\") }} {{ t(\"odd\") }}\n\
        {{ \"2000-06-09T10:46:00Z\" | date }} {{ \"2000-06\" | date(form=\"{month_short} {year}\") }}";
    let tiny = Tiny::with("language = \"de-AT\"\n", &own(&[("i18n/de.toml", GERMAN), ("slots/body_end.html", slot)]));
    let page = &tiny.render(&own(&[("i18n/de.toml", GERMAN), ("slots/body_end.html", slot)]))["404.html"];
    for part in [
        "<p title=\"A &lt; B &amp; &quot;C&quot;\">A &lt; B &amp; &quot;C&quot;</p>",
        "<i>12.345 Artikeln</i>",
        "Von <b>The Saltmere Gazette</b> Von &lt;A&gt; {{ page }}",
        "Freitag, 9. Juni 2000 Juni 2000",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    let pages = tiny.render(&[]);
    let undated = &pages["archive/undated/index.html"];
    assert!(undated.contains("<h1>Ohne Datum</h1>"), "{undated}");
    assert!(pages["archive/2000/06/index.html"].contains("<h1>Juni 2000</h1>"));
    assert!(pages["archive/2000/06/09/index.html"].contains("<h1>Freitag, 9. Juni 2000</h1>"));
}

#[test]
fn a_message_that_is_not_there_or_wants_more_is_named_with_its_place() {
    let files = [
        ("i18n/en.toml", "stories = { one = \"{count} story\", other = \"{count} stories\" }"),
        ("slots/footer.html", "{{ t(\"undatd\") }}\n{{ t(\"stories\") }}"),
    ];
    let expected = [
        "slots/footer.html:1:6: error: there is no message `undatd`\n  hint: did you mean `undated`?",
        "slots/footer.html:2:6: error: the message `stories` wants count=…\n  hint: as in t(\"stories\", count=page.count)",
    ];
    assert_eq!(errors(&files), expected);
    let files = [
        ("i18n/en.toml", "stories = { one = \"{count} story\", other = \"{count} stories\" }"),
        ("slots/footer.html", "<b>{{ t(\"stories\", cuont=2) }}</b>"),
    ];
    let error = error_on("404.html", &files);
    assert!(error.starts_with("slots/footer.html:1:7: error: the message `stories` wants count=…"), "{error}");
}
