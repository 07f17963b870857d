use super::*;

fn words<'t>(text: &'t str, tag: &str) -> Vec<(&'t str, Term, Case)> {
    let mut found = Vec::new();
    Reader::new(Language::of(tag)).read_markdown(text, &mut |word| found.push((word.surface, word.term, word.case)));
    found
}

fn forms<'t>(text: &'t str, tag: &str) -> Vec<&'t str> {
    words(text, tag).into_iter().map(|(surface, ..)| surface).collect()
}

#[test]
fn stop_words_and_numbers_are_no_words() {
    let text = "The ferry was late on Tuesday, 12 June 2001, and 40 passengers of the M25 coach missed it.";
    assert_eq!(forms(text, "en"), ["ferry", "passengers", "M25", "coach", "missed"]);
}

#[test]
fn one_stem_has_one_term() {
    let found = words("dredging dredged Dredge dredge's dredge’s DREDGES", "en");
    assert!(found.iter().all(|(_, term, _)| *term == found[0].1), "{found:?}");
    assert_eq!(found[3].0, "dredge");
    assert_eq!(found[4].0, "dredge");
}

#[test]
fn names_are_told_by_their_capitals() {
    let case = |text: &str| words(text, "en").into_iter().map(|(.., case)| case).collect::<Vec<_>>();
    assert_eq!(case("Harbour staff elect Marrable."), [Case::Start, Case::Lower, Case::Lower, Case::Name]);
    assert_eq!(case("Council. Ferry! RNLI"), [Case::Start, Case::Start, Case::Name]);
    assert_eq!(case("Mr. Trewhella and St. Osyth"), [Case::Name; 3]);
    assert_eq!(case("quay\nHarbour\n\nHarbour"), [Case::Lower, Case::Name, Case::Start]);
}

#[test]
fn apostrophes_join_or_part_as_the_language_does() {
    assert_eq!(forms("O'Hanlon won't pay the skippers' dues", "en"), ["O'Hanlon", "pay", "skippers", "dues"]);
    assert_eq!(forms("l’écluse d'Auray qu'il", "fr"), ["écluse", "Auray"]);
}

#[test]
fn addresses_and_tags_are_not_read() {
    let text = "![quay at dawn](/media/quay.jpg \"The quay\") [tide](https://tide.example/x) <em class=\"odd\">salt</em> \
                marsh&nbsp;land 3 < 4 a<b";
    assert_eq!(forms(text, "en"), ["quay", "dawn", "quay", "tide", "salt", "marsh", "land"]);
}

#[test]
fn other_scripts_are_read() {
    assert_eq!(forms("Рыбаки вышли в море", "ru").len(), 3);
    assert_eq!(forms("港湾局が漁船を", "ja"), ["港湾", "湾局", "局が", "が漁", "漁船", "船を"]);
    assert_eq!(forms("बंदरगाह की नाव", "hi"), ["बंदरगाह", "की", "नाव"]);
    assert_eq!(forms("Straßenbahn und Hafen", "de-CH"), ["Straßenbahn", "Hafen"]);
}

#[expect(clippy::disallowed_methods, reason = "the test is about threads")]
#[test]
fn what_was_read_before_changes_nothing() {
    let fresh = std::thread::spawn(|| words("ferries ferry Fährschiffe", "en").len()).join().ok();
    let mut reader = Reader::new(Language::of("de"));
    reader.read("ferries ferry Fährschiffe was die", &mut |_| {});
    drop(reader);
    assert_eq!(fresh, Some(words("ferries ferry Fährschiffe", "en").len()));
    assert_ne!(words("dredging", "en")[0].1, words("dredging", "de")[0].1);
}

#[test]
fn surfaces_are_the_texts_own_words() {
    let text = "Dredging starts. The dredging of the harbour; dredged sand. The Harbour Board and the Harbour Master left the harbour.";
    let terms: Vec<Term> = ["absent", "harbours", "dredge"].iter().map(|word| words(word, "en")[0].1).collect();
    assert_eq!(surfaces(text, &terms, Language::of("en")), ["", "Harbour", "dredging"]);
}

proptest::proptest! {
    /// The stemmer for English gives what the general one gives.
    #[test]
    fn english_stems_are_those_of_snowball(
        start in "(gener|commun|arsen|y|'|sk|)[a-y]{0,6}",
        end in "(ational|fulness|iveness|ization|biliti|lessli|alism|entli|iviti|abli|anci|ator|izer|bli|ogi|logi|li|icate|\
                iciti|ical|ness|ful|ative|ement|able|ence|ible|ant|ism|ous|al|er|ic|sion|tion|ied|ies|sses|us|ss|s|eedly|eed|\
                ingly|edly|ing|ed|atting|bling|izing|hopping|y|ay|e|le|ll|'s|'s'|'|ying|outing|skies|news|)",
    ) {
        let word = start + &end.replace(char::is_whitespace, "");
        let known = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
        let stem = english::stem(&word, |stem| String::from_utf8_lossy(stem).into_owned());
        proptest::prop_assert_eq!(stem.as_deref(), Some(&*known.stem(&word)), "{}", word);
    }

    /// No text makes a stemmer or the reader panic, and every surface is a part of the text.
    #[test]
    fn any_text_is_read(text in "\\PC*|[a-zäöüßéèçñşğıàùœ']{1,40}|[\u{400}-\u{4ff} ]*|[\u{370}-\u{3ff}]*|[\u{b80}-\u{bff}]*|[\u{600}-\u{6ff}]*") {
        for tag in ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "ru", "fi", "hu", "ro", "tr", "el", "ar", "ta", "zz"] {
            for (surface, term, _) in words(&text, tag) {
                proptest::prop_assert!(text.contains(surface) && term > 0 && term < 1 << 28);
            }
        }
    }
}
