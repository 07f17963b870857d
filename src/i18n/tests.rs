//! What goes before what, and how much each language counts apart.

use super::*;

fn words(files: &[(&str, &str)], language: &str) -> Result<Translations, Vec<Diagnostic>> {
    let file = |(shown, text): &(&'static str, &'static str)| File {
        shown: (*shown).to_owned(),
        language: shown.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or(""),
        bytes: text.as_bytes(),
    };
    let files: Vec<(&'static str, &'static str)> = files.iter().map(|(a, b)| (leak(a), leak(b))).collect();
    Translations::new(&files.iter().map(file).collect::<Vec<File<'_>>>(), language)
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[test]
fn a_message_comes_from_the_nearest_layer_then_from_english() {
    let files = [
        ("i18n/de-AT.toml", "a = \"own de-AT\""),
        ("i18n/de.toml", "a = \"own de\"\nb = \"own de\""),
        ("i18n/en.toml", "b = \"own en\"\nd = \"own en\""),
        ("themes/wire/i18n/de-AT.toml", "b = \"wire de-AT\"\nc = \"wire de-AT\""),
        ("<default theme>/i18n/en.toml", "a = \"en\"\nb = \"en\"\nc = \"en\"\nd = \"en\"\ne = \"en\""),
    ];
    let german = words(&files, "de-AT").unwrap();
    let texts: Vec<&str> = ["a", "b", "c", "d", "e", "f"].iter().map(|key| german.text(key)).collect();
    assert_eq!(texts, ["own de-AT", "own de", "wire de-AT", "own en", "en", "f"]);
    assert_eq!(german.untranslated(), ["d", "e"]);
    assert!(words(&files, "en-GB").unwrap().untranslated().is_empty());
}

#[test]
fn languages_count_as_their_speakers_do() {
    let text =
        "n = { zero = \"zero\", one = \"one\", two = \"two\", few = \"few\", many = \"many\", other = \"other\" }";
    let said = |language: &str, counts: &[i64]| {
        let name = format!("i18n/{language}.toml");
        let words = words(&[(&name, text)], language).unwrap();
        let message = words.get("n").unwrap();
        let form = |count: &i64| match words.form(message, Some(*count)).pieces() {
            [Piece::Text(text)] => text.clone(),
            _ => String::new(),
        };
        counts.iter().map(form).collect::<Vec<String>>().join(" ")
    };
    assert_eq!(said("en", &[0, 1, 2, 1_000_000]), "other one other other");
    assert_eq!(said("de", &[0, 1, 2]), "other one other");
    assert_eq!(said("fr", &[0, 1, 2, 1_000_000]), "one one other many");
    assert_eq!(said("es", &[0, 1, 2, 1_000_000]), "other one other many");
    assert_eq!(said("ar", &[0, 1, 2, 3, 10, 11, 99, 100, 102]), "zero one two few few many many other other");
    assert_eq!(said("ar-EG", &[2]), "two");
    assert_eq!(said("tlh", &[1]), "other");
}

#[test]
fn what_is_wrong_with_a_file_is_named_with_its_line() {
    let wrong = |text: &str| {
        let wrong = words(&[("i18n/en.toml", text)], "en").unwrap_err();
        wrong.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n")
    };
    assert!(wrong("a = \"b\nc").starts_with("i18n/en.toml:2:2: error: "), "{}", wrong("a = \"b\nc"));
    assert_eq!(
        wrong("\nstories = { oen = \"\", other = \"\" }"),
        "i18n/en.toml:2:1: error: `stories` has an unknown plural category `oen`\n  hint: did you mean `one`?"
    );
    assert_eq!(
        wrong("stories = { one = \"\" }"),
        "i18n/en.toml:1:1: error: `stories` has no form `other`\n  hint: it stands for every count that has no form of its own"
    );
    assert!(wrong("[dates]\nmonts = []").starts_with("i18n/en.toml:1:1: error: unknown field `monts`"));
}
