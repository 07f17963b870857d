//! The names of the site a page is of, and titles without them.

use super::candidate::{Candidates, Field};
use super::verdict::fold;
use crate::markup::address::{split_origin, unwrap_archived};

/// Shortest headline before a bar that is cut off with what follows; bytes.
const BARRED: usize = 16;
/// Shortest headline that others must bear out; bytes.
const WITNESSED: usize = 9;
/// What separates a headline from the name of the site.
pub(super) const SEPARATORS: [&str; 14] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " // ", " • ", " * ", " ⋆ ", " › ", "｜", "ㅣ"];
/// What separates them only if something else on the page says where the headline ends.
const CLOSE: [&str; 6] = ["：", "|", "-", "–", ", ", " : "];

/// What a page calls its site, folded.
#[derive(Debug, Default)]
pub(super) struct Sites {
    names: Vec<String>,
    /// The part of its host name that stands for it, as `gazette`.
    hosts: Vec<String>,
}

impl Sites {
    /// The names that a page states, and `more` that it shows.
    pub(super) fn of(candidates: &Candidates, more: impl Iterator<Item = String>) -> Self {
        let stated = candidates.of(Field::Site).into_iter().map(|site| fold(&site.value));
        let mut names: Vec<String> = stated.chain(more.map(|name| fold(&name))).collect();
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        let hosts = candidates.of(Field::Canonical).into_iter().filter_map(|url| host(&url.value)).collect();
        Self { names, hosts }
    }

    /// Whether a text is the site's name and nothing else.
    pub(super) fn is(&self, text: &str) -> bool {
        let folded = fold(text);
        self.names.iter().chain(&self.hosts).any(|name| *name == folded)
    }

    /// Whether a part of a title names the site.
    pub(super) fn named(&self, part: &str) -> bool {
        let folded = fold(part);
        if folded.is_empty() {
            return false;
        }
        let holds = |name: &String| folded == *name || (name.len() > 4 && folded.contains(name.as_str()));
        looks_like_domain(part)
            || self.names.iter().any(holds)
            || self.hosts.iter().any(|host| holds(host) || (folded.len() > 4 && host.contains(folded.as_str())))
    }

    /// A title without the name of the site at its end or start, and whether it had one.
    pub(super) fn without(&self, title: &str) -> (String, bool) {
        let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = title.len();
        while let Some((at, length)) = last_separator(&title) {
            // A bar hardly ever stands within a headline.
            let last = title.get(at + length..).unwrap_or_default();
            let is_barred = title.get(at..at + length) == Some(" | ") && at >= BARRED && last.len() < at;
            if !is_barred && !self.named(last) {
                break;
            }
            title.truncate(at);
        }
        let cut = SEPARATORS.iter().filter_map(|sign| title.find(sign).map(|at| (at, sign.len()))).min();
        let first = cut.map(|(at, length)| (title.get(..at).unwrap_or_default(), at + length));
        // A headline such as `Gazette: A Hundred Years` is none without its first word.
        if let Some((_, end)) = first.filter(|(first, _)| self.named(first)) {
            title.drain(..end);
        } else if let Some(name) = title.split(' ').next().filter(|name| self.is(name) && looks_like_domain(name)) {
            title.drain(..name.len());
        }
        let had = title.len() < whole;
        (title.trim().to_owned(), had)
    }
}

/// A title cut where one of `witnesses` (folded) ends, if only the name of a site or section can follow.
pub(super) fn cut_by(title: &str, witnesses: &[String]) -> Option<String> {
    let signs = SEPARATORS.iter().chain(&CLOSE);
    let ends = signs.flat_map(|sign| title.match_indices(sign).map(|(at, _)| at).take(8));
    let heads = ends.filter_map(|at| title.get(..at)).filter(|head| head.len() >= WITNESSED);
    let head = heads.filter(|head| witnesses.contains(&fold(head))).max_by_key(|head| head.len())?;
    Some(head.trim().to_owned())
}

fn last_separator(title: &str) -> Option<(usize, usize)> {
    SEPARATORS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len()))).max()
}

/// `gazette.example`
fn looks_like_domain(part: &str) -> bool {
    part.trim().split_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && !name.contains(' ') && (2..=12).contains(&end.len()) && !end.contains(' ')
    })
}

/// The part of an address that stands for its site: the longest of the host's, as `gazette` of `www.gazette.co.uk`.
fn host(url: &str) -> Option<String> {
    let (origin, _) = split_origin(unwrap_archived(url).unwrap_or(url));
    let host = origin.rsplit('/').next()?;
    let labels = host.rsplit_once('.')?.0.split('.').filter(|label| *label != "www");
    labels.max_by_key(|label| label.len()).map(fold).filter(|label| label.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::{Sites, cut_by};
    use crate::convert::html::candidate::{Candidates, Field};

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let mut candidates = Candidates::default();
        candidates.add(Field::Site, "Saltmere Gazette", "og:site_name", 70);
        candidates.add(Field::Canonical, "https://www.gazette.example/town/quay", "og:url", 70);
        let sites = Sites::of(&candidates, std::iter::empty());
        for (title, bare) in [
            ("Mud closes the quay | Saltmere Gazette", "Mud closes the quay"),
            ("Mud closes the quay - Town - Gazette.example", "Mud closes the quay - Town"),
            ("Mud closes the quay – the Gazette", "Mud closes the quay"),
            ("Saltmere Gazette: a hundred years", "Saltmere Gazette: a hundred years"),
            ("Gazette.example Mud closes the quay", "Gazette.example Mud closes the quay"),
            ("Saltmere Gazette » Mud closes the quay", "Mud closes the quay"),
            ("Mud - and more of it", "Mud - and more of it"),
        ] {
            assert_eq!(sites.without(title).0, bare, "{title}");
        }
        let witnesses = ["mudclosesthequay".to_owned()];
        for (title, cut) in [
            ("Mud closes the quay, Daily News, 4 May 1998", Some("Mud closes the quay")),
            ("Mud closes the quay: ferry to wait", None),
            ("Mud closes the quay for good", None),
        ] {
            assert_eq!(cut_by(title, &witnesses).as_deref(), cut, "{title}");
        }
    }
}
