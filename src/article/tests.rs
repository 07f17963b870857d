//! Front matter: what is written is read back, and what cannot be read is named with its line.

use super::write::{Seal, seal};
use super::*;
use proptest::prelude::*;

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][a-z ,:#'-]{0,20}[a-z]",
        any::<String>(),
        Just("true".to_owned()),
        Just("2000".to_owned()),
        Just("- a: b".to_owned()),
        Just("[".repeat(99)),
        Just("line one\nline two".to_owned()),
        Just("\u{2028}\u{85}\u{feff}\u{7f}\u{1F600}".to_owned()),
    ]
}

fn dates() -> impl Strategy<Value = Option<ArticleDate>> {
    prop_oneof![
        Just(None),
        prop_oneof![
            Just("2000-06-09T10:46:00Z"),
            Just("1999-12-31T23:59:59-05:30"),
            Just("2000-06-09"),
            Just("2000-06"),
            Just("0097")
        ]
        .prop_map(|text| text.parse().ok()),
    ]
}

prop_compose! {
    fn articles()(
        title in texts(), description in texts(), section in proptest::option::of("[a-z]{1,5}(/[a-z]{1,5})?"),
        authors in prop::collection::vec(texts(), 0..3), date in dates(), other in dates(),
        figure in texts(), seen in texts(), body in "[a-z\n*_>]{0,40}", file in texts(),
    ) -> Article {
        // Unknown keys are written by the YAML crate, whose quoting the limit on open brackets cannot follow.
        let few = |text: &str| serde_yaml::Value::from(text.replace('[', "("));
        let extra = [(serde_yaml::Value::from("weight"), serde_yaml::Value::from(3)),
            (few(&format!("{title}x")), few(&description))].into_iter().collect();
        Article {
            front: FrontMatter {
                title, date, section, authors: authors.clone(), description: description.clone(), extra,
                tags: authors, image: Some(Figure { src: figure.clone(), alt: description, ..Figure::default() }),
                see_also: vec![SeeAlso { title: seen.clone(), date: other, section: figure.clone(), url: String::new() }],
                links: vec![Link { title: figure, url: seen.clone() }], status: Status::Draft, embargo: other,
                corrections: vec![Correction { date: other, text: seen }],
                source: Some(Provenance { format: "text".into(), file, captured: date, ..Provenance::default() }),
                ..FrontMatter::default()
            },
            body: read::tidy_body(&body),
        }
    }
}

proptest! {
    #[test]
    fn reading_and_writing_are_inverses(article in articles()) {
        let text = article.to_text();
        let read = Article::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&article), "what was written:\n{}", text);
    }

    #[test]
    fn the_plain_form_is_read_as_the_parser_reads_it(article in articles(), cut in 0usize..400, put in "[-a-z0-9 :,#'\"{}\\[\\]\\\\\n]{0,3}") {
        let text = article.to_text();
        let (yaml, _) = read::split(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let cut = yaml.floor_char_boundary(cut.min(yaml.len()));
        for yaml in [yaml.to_owned(), format!("{}{put}{}", &yaml[..cut], &yaml[cut..])] {
            if let Some(plain) = plain::read(&yaml) {
                prop_assert_eq!(Ok(plain), read::parse_yaml(&yaml), "{}", yaml);
            }
        }
    }

    #[test]
    fn a_seal_holds_until_the_text_changes(mut article in articles()) {
        let text = article.to_sealed_text();
        prop_assert_eq!(seal(&text), Seal::Whole, "{}", text);
        prop_assert_eq!(seal(&format!("{text}A word more.\n")), Seal::Broken);
        prop_assert_eq!(Article::parse(&text).map(|mut read| read.to_sealed_text()), Ok(text));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(---\n)?[ -~\n\u{2028}é]{0,80}(---\n)?.*") {
        let _ = Article::parse(&text);
    }
}

#[test]
fn short_forms_are_taken() {
    let text = "---\ntitle: 1984\nauthors: Ines Marrable\nimage: /media/quay.jpg\nsee_also: [Dredger runs aground]\nweight: 3\nextra: {mood: calm}\n---\n\n\nText.";
    let article = Article::parse(text).unwrap();
    assert_eq!(article.front.title, "1984");
    assert_eq!(article.front.authors, ["Ines Marrable"]);
    assert_eq!(article.front.image.unwrap().src, "/media/quay.jpg");
    assert_eq!(article.front.see_also[0].title, "Dredger runs aground");
    assert_eq!(article.front.extra.len(), 2, "unknown keys and those under `extra` are kept together");
    assert_eq!(article.body, "Text.\n");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let cases = [
        ("title: A\ndate: 2000-13-40", "3:7", "is not a date"),
        ("title: A\ntags: {a: 1}", "3:", "invalid type"),
        ("title: A\nstatus: gone", "3:", "unknown variant"),
        ("title: A: B", "2:", "mapping values"),
        ("title: A\ntitle: B", "3:", "twice"),
        ("title: A\nimage: {source: a}", "3:", "unknown field"),
    ];
    for (yaml, place, message) in cases {
        let error = Article::parse(&format!("---\n{yaml}\n---\n")).unwrap_err().in_file("a.md");
        let shown = error.to_string();
        assert!(shown.starts_with(&format!("a.md:{place}")) && shown.contains(message), "{yaml:?} gave {shown}");
    }
    assert!(Article::parse(&format!("---\ntitle: {}\n---\n", "[".repeat(100_000))).is_err());
    assert!(Article::parse("title: A").is_err());
    assert!(Article::parse("---\ntitle: A").is_err());
}
