//! Related stories: who is listed beside whom, and that nothing else moves it.

use backfile::archive::Related;
use backfile::article::Article;
use backfile::group::related::{Candidate, Signature, related, signature};

/// A made-up story: a headline and some sentences, without a file.
fn story(title: &str, body: &str) -> Signature {
    let mut article = Article::default();
    title.clone_into(&mut article.front.title);
    body.clone_into(&mut article.body);
    signature(&article, "en")
}

fn lists(stories: &[(Signature, Option<i32>)], count: usize) -> Vec<Vec<Related>> {
    let candidates: Vec<Candidate<'_>> =
        stories.iter().map(|(signature, day)| Candidate { signature, day: *day, excluded: &[] }).collect();
    related(&candidates, count)
}

fn names(list: &[Related]) -> Vec<u32> {
    list.iter().map(|related| related.article).collect()
}

const DREDGER: &str = "The dredger Marigold ran aground on the Salt Bar at low tide. The harbour master, Tomas Penhale, \
    said that the channel had silted up since the storms and that the dredger would be towed off at high water.\n\n\
    The harbour board has asked for money to dredge the channel twice a year.\n";
const BOARD: &str = "The harbour board met Tomas Penhale to decide how often the channel past the Salt Bar should be \
    dredged. The dredger Marigold is old, and a newer dredger would cost two million.\n\n\
    Skippers told the board that silt had cost them days at sea.\n";
const SKIPPERS: &str = "Skippers of the fishing fleet blocked the channel in protest at silt on the Salt Bar. They want \
    the harbour board to hire a second dredger beside the Marigold before the storms come.\n";
const LIBRARY: &str = "The library on Candle Street will open on Sundays from the spring. Its reading room was painted \
    by volunteers, and a shelf of large print novels was given by a reader who asked not to be named.\n";
const CRICKET: &str = "The cricketers lost by nine wickets on a damp pitch. Their captain bowled well before lunch, but \
    no batsman stayed long enough to trouble the scorers.\n";

fn town() -> Vec<(Signature, Option<i32>)> {
    vec![
        (story("Library to open on Sundays", LIBRARY), Some(12_000)),
        (story("Skippers block the channel", SKIPPERS), Some(11_960)),
        (story("Board weighs a new dredger", BOARD), Some(11_950)),
        (story("Cricketers lose again", CRICKET), Some(11_945)),
        (story("Dredger runs aground", DREDGER), Some(11_940)),
    ]
}

#[test]
fn stories_that_share_what_they_are_about_are_related_and_others_are_not() {
    let lists = lists(&town(), 5);
    assert_eq!(names(&lists[4]), [2, 1]);
    assert_eq!(names(&lists[2]), [4, 1]);
    assert_eq!(names(&lists[0]), [] as [u32; 0]);
    assert_eq!(names(&lists[3]), [] as [u32; 0]);
    let english = backfile::markup::words::Language::of("en");
    let shared = backfile::markup::words::surfaces(DREDGER, lists[4][0].shared.terms(), english);
    assert_eq!(shared, ["dredger", "Penhale", "Tomas", "board", "Marigold"]);
}

#[test]
fn nearly_equal_texts_are_listed_neither_beside_their_twin_nor_twice() {
    let mut stories = town();
    let again = DREDGER.replace("low tide", "the ebb");
    stories.push((story("Dredger aground on the bar", &again), Some(11_939)));
    let lists = lists(&stories, 5);
    assert_eq!(names(&lists[4]), [2, 1], "its twin is left out");
    assert_eq!(names(&lists[2]), [5, 1], "the twin nearer in date is enough");
}

#[test]
fn what_readers_are_led_to_already_is_not_listed_again() {
    let mut stories = town();
    stories.push((story("Dredger aground on the bar", DREDGER), Some(11_939)));
    let mut candidates: Vec<Candidate<'_>> =
        stories.iter().map(|(signature, day)| Candidate { signature, day: *day, excluded: &[] }).collect();
    candidates[2].excluded = &[5];
    assert_eq!(names(&related(&candidates, 5)[2]), [1], "nor is its twin");
}

#[test]
fn short_and_undated_articles_do_no_harm() {
    assert!(lists(&[], 5).is_empty());
    assert_eq!(lists(&[(story("", ""), None)], 5), [Vec::new()]);
    assert_eq!(lists(&town(), 0), vec![Vec::new(); 5]);
    let mut stories: Vec<(Signature, Option<i32>)> = town().into_iter().map(|(story, _)| (story, None)).collect();
    stories.extend([(story("", ""), None), (story("Fog", ""), None), (story("Fog", ""), Some(3))]);
    let lists = lists(&stories, 5);
    assert_eq!(names(&lists[4]), [2, 1]);
    assert!(lists[5..].iter().all(Vec::is_empty));
}

#[test]
fn copies_by_the_thousand_are_not_listed_beside_each_other() {
    let mut stories = town();
    stories.extend((0..1000).map(|day| (story("Board weighs a new dredger", BOARD), Some(11_900 - day))));
    for list in &lists(&stories, 5) {
        assert!(names(list).iter().filter(|article| **article == 2 || **article >= 5).count() <= 1);
    }
}

#[test]
fn a_word_in_every_line_counts_as_much_as_any() {
    let article = |own: char| {
        let line = |n: u8| format!("The Marigold lay at {own}{}ton beside the {own}{}er. ", n as char, n as char);
        (b'a'..=b'z').chain(b'a'..=b'z').chain(b'a'..=b'z').map(line).collect::<String>()
    };
    let stories = ['b', 'c', 'd'].map(|own| (story("Where the Marigold lay", &article(own)), Some(12_000)));
    assert_eq!(names(&lists(&stories, 2)[0]), [1, 2]);
}
