//! The fixed words of the page: what tells its parts from the story. The paper's name is whatever stands there.

/// What a line of fixed words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::convert) enum Mark {
    /// "You are in: …", the page's section.
    Crumb,
    /// Words of the top of the page.
    Masthead,
    /// Heads the editor's list of related articles.
    SeeAlso,
    /// Heads the list of links out of the archive.
    Links,
    /// Heads a list of other articles that the page happens to show.
    Others,
    /// The search box and what stands with it.
    Search,
    /// That the paper answers for no other site.
    Disclaimer,
    /// Offers to mail or print the article.
    Mail,
}

/// Longest line of fixed words, in bytes.
const LONGEST: usize = 110;

/// What `line` is, if its words are fixed ones. The first letter decides what it is compared with: this is asked of
/// every line.
pub(in crate::convert) fn mark(line: &str) -> Option<Mark> {
    if line.len() > LONGEST {
        return None;
    }
    let is = |words: &str| line.trim_end_matches([':', ' ', '.']).eq_ignore_ascii_case(words);
    let begins = |words: &str| line.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    let ends = |words: &str| {
        line.len()
            .checked_sub(words.len())
            .and_then(|at| line.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(words))
    };
    let found = |yes: bool, mark: Mark| yes.then_some(mark);
    match line.as_bytes().first()?.to_ascii_lowercase() {
        b'y' => found(begins("you are in"), Mark::Crumb),
        b's' => found(is("see also"), Mark::SeeAlso)
            .or_else(|| found(is("site map"), Mark::Masthead))
            .or_else(|| found(begins("search ") && ends(" online"), Mark::Search)),
        b'r' => found(is("relevant stories") || is("related stories"), Mark::SeeAlso)
            .or_else(|| found(is("related internet links") || ends(" links") && begins("related "), Mark::Links)),
        b'i' => found(is("internet links"), Mark::Links).or_else(|| found(is("in this section"), Mark::Others)),
        b'l' => found(begins("links to more ") && line.contains(" stories"), Mark::Others)
            .or_else(|| found(is("launch console"), Mark::Search))
            .or_else(|| found(begins("low graphics"), Mark::Masthead)),
        b't' => found(line.contains(" not responsible for the content of external"), Mark::Disclaimer)
            .or_else(|| found(begins("top ") && line.contains(" stories now"), Mark::Others))
            .or_else(|| found(is("text only"), Mark::Masthead)),
        b'f' => found(is("from other news sites"), Mark::Others).or_else(|| found(is("feedback"), Mark::Masthead)),
        b'a' => found(begins("advanced search options") || begins("advanced options"), Mark::Search),
        b'e' => found(begins("e-mail this") || begins("email this"), Mark::Mail),
        b'p' => found(begins("printable version") || begins("print this story"), Mark::Mail)
            .or_else(|| found(is("products and services") || is("products & services"), Mark::Search)),
        b'b' => found(begins("back to top"), Mark::Search),
        b'^' => found(line.contains("Back to top"), Mark::Search),
        b'u' => found(is("uk edition"), Mark::Masthead),
        b'w' => found(is("world edition"), Mark::Masthead),
        b'[' => found(line.contains("error occurred while processing this directive"), Mark::Masthead),
        0xc2 => found(line.starts_with('©'), Mark::Search),
        _ => None,
    }
    .or_else(|| found(has_homepage(line), Mark::Masthead))
}

/// Whether the line has the link to the paper's front page, `Gazette Homepage`, to which others may be glued.
fn has_homepage(line: &str) -> bool {
    memchr::memchr_iter(b'H', line.as_bytes()).any(|at| at > 0 && line.as_bytes()[at..].starts_with(b"Homepage"))
}

/// Whether the line ends the story: the first of the boxes at the page's foot.
pub(super) fn begins_foot(line: &str) -> bool {
    mark(line).is_some_and(|mark| !matches!(mark, Mark::Crumb | Mark::Masthead))
}
