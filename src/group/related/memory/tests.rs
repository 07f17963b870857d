use super::*;
use crate::article::Article;
use crate::group::related::{related, signature};
use proptest::prelude::*;

/// A made-up article: which words of few it has, how often the first stands there, and its day.
type Story = (Vec<u8>, u8, Option<i16>);

fn story() -> impl Strategy<Value = Story> {
    // Most stand close together, so that the words of all reach only a part of them.
    let day = prop_oneof![8 => (0..40_i16).prop_map(Some), 2 => (0..3000_i16).prop_map(Some), 2 => Just(None)];
    (proptest::collection::vec(0..9_u8, 1..6), 0..4_u8, day)
}

fn features((words, often, _): &Story) -> Signature {
    let first = words.first().copied().unwrap_or_default();
    let words = words.iter().copied().chain((0..*often).map(|_| first));
    let body = words.map(|word| format!("w{word}ord")).collect::<Vec<String>>().join(" and ");
    signature(&Article { body, ..Article::default() }, "en")
}

/// An archive in the order of lists, each article with its number and its features.
fn ordered(stories: &[Option<Story>]) -> Vec<(u64, Option<i32>, Signature)> {
    let there = (0..).zip(stories).filter_map(|(number, story)| story.as_ref().map(|story| (number, story)));
    let mut all: Vec<_> = there.map(|(number, story)| (number, story.2.map(i32::from), features(story))).collect();
    all.sort_by_key(|(number, day, _)| (Reverse(*day), *number));
    all
}

fn candidates(all: &[(u64, Option<i32>, Signature)]) -> Vec<Candidate<'_>> {
    all.iter().map(|(_, day, signature)| Candidate { signature, day: *day, excluded: &[] }).collect()
}

fn prints(all: &[(u64, Option<i32>, Signature)], candidates: &[Candidate<'_>]) -> Prints {
    let order = |day: &Option<i32>| day.map_or(u64::MAX, |day| day as u64);
    Prints::new(all.par_iter().map(|(number, day, _)| (*number, order(day))).zip(candidates))
}

fn memory(prints: &Prints, lists: Vec<Vec<Related>>, count: usize) -> Memory {
    let ends = lists.iter().scan(0, |end, list| {
        *end += list.len() as u32;
        Some([0, *end])
    });
    let starts = std::iter::once([0, 0]).chain(ends).collect();
    let related = lists.into_iter().flatten().collect();
    Memory { count: count as u32, prints: prints.0.clone(), excluded: Vec::new(), related, starts }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is carried over and found again is what a search of all finds, where words have hundreds of holders and few.
    #[test]
    fn after_any_edit_lists_are_as_found_anew(
        stories in proptest::collection::vec(story(), 130..420),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), proptest::option::of(story())), 1..6),
        added in proptest::collection::vec(story(), 0..3),
    ) {
        const COUNT: usize = 3;
        let mut stories: Vec<Option<Story>> = stories.into_iter().map(Some).collect();
        let before = ordered(&stories);
        for (at, story) in edits {
            let at = at.index(stories.len());
            stories[at] = story;
        }
        stories.extend(added.into_iter().map(Some));
        let after = ordered(&stories);
        let (then, now) = (candidates(&before), candidates(&after));
        let remembered = memory(&prints(&before, &then), related(&then, COUNT), COUNT);
        let gone = before.iter().map(|(number, _, signature)| (*number, signature));
        let found = again(&now, &prints(&after, &now), gone, COUNT, Some(remembered));
        let found: Vec<Vec<Related>> = (0..found.related.len()).map(|at| found.related.get(at).to_vec()).collect();
        prop_assert_eq!(found, related(&now, COUNT));
    }
}
