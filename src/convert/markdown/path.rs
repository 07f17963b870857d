//! What a file's name and its folders say: `2003-05-14-council-votes.md`, `2003/05/council-votes/index.md`,
//! `_drafts/council-votes.md`. See <https://gohugo.io/content-management/page-bundles/>,
//! <https://jekyllrb.com/docs/structure/>.

use crate::date::ArticleDate;

/// What was read from a path.
pub(super) struct Named {
    /// The date at the start of the name.
    pub(super) date: Option<ArticleDate>,
    /// The words of the name as a headline.
    pub(super) title: String,
    /// Whether it is among Jekyll's drafts.
    pub(super) is_draft: bool,
    /// The path of the folders that Hugo and Zola take for its section; empty where it is in no such folder.
    pub(super) section: String,
    /// Whether it is what those programs show above the list of a section.
    pub(super) is_list: bool,
}

/// The folder in which Hugo and Zola look for articles.
const CONTENT: &str = "content";

/// Reads the date and the words of a file's name; a bundle's `index.md` is named by its folder.
pub(super) fn read(path: &str) -> Named {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_list = is_named(stem, "_index");
    if is_list || is_named(stem, "index") {
        stem = parts.next().unwrap_or(stem);
    }
    let folders: Vec<&str> = parts.collect();
    let is_draft = folders.contains(&"_drafts");
    let section = section(&folders);
    let date = stem.get(..10).filter(|start| start.as_bytes()[4] == b'-').and_then(|start| start.parse().ok());
    let words = match date {
        Some(_) => stem.get(10..).unwrap_or_default().trim_start_matches(['-', '_', ' ']),
        None => stem,
    };
    let words = words.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Named { date, title, is_draft, section, is_list }
}

/// Whether a file's name without its ending is that name, perhaps with a language, as `index.fr`.
fn is_named(stem: &str, name: &str) -> bool {
    stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && rest.len() <= 6))
}

/// The folders below that of all articles, the outermost first; `folders` begins with the innermost.
fn section(folders: &[&str]) -> String {
    let Some(at) = folders.iter().position(|folder| *folder == CONTENT) else { return String::new() };
    let below = folders.get(..at).unwrap_or_default();
    if below.iter().any(|folder| folder.starts_with(['_', '.'])) {
        return String::new();
    }
    below.iter().rev().copied().collect::<Vec<_>>().join("/")
}

/// The path of the folder that the site is in which the file is an article of: what is before `content/` of Hugo and Zola,
/// or before the folders of Jekyll's posts and drafts.
pub(super) fn site(path: &str) -> Option<&str> {
    let folder =
        |name: &str| path.rfind(&format!("/{name}/")).or_else(|| path.starts_with(&format!("{name}/")).then_some(0));
    let at = [CONTENT, "_posts", "_drafts"].into_iter().filter_map(folder).max()?;
    path.get(..at)
}

#[cfg(test)]
mod tests {
    use super::{read, site};

    #[test]
    fn names_give_dates_and_words() {
        let cases = [
            ("a/2004-01-09-fog-stops-play.md", Some("2004-01-09"), "Fog stops play"),
            ("blog/2004-01-09-fog/index.md", Some("2004-01-09"), "Fog"),
            ("blog/fog/index.fr.md", None, "Fog"),
            ("what_we-keep.markdown", None, "What we keep"),
            ("2004-13-09-x.md", None, "2004 13 09 x"),
            ("ünï.md", None, "Ünï"),
        ];
        for (path, date, title) in cases {
            let named = read(path);
            assert_eq!((named.date.map(|date| date.to_string()).as_deref(), named.title.as_str()), (date, title));
        }
    }

    #[test]
    fn folders_give_sections_and_sites() {
        let cases = [
            ("blog/content/town/quay/mud.md", "town/quay", Some("blog")),
            ("content/town/mud/index.md", "town", Some("")),
            ("content/mud.md", "", Some("")),
            ("content/_sources/blog/mud.md", "", Some("")),
            ("blog/_posts/town/2004-01-09-fog.md", "", Some("blog")),
            ("_drafts/fog.md", "", Some("")),
            ("blog/fog.md", "", None),
        ];
        for (path, section, of) in cases {
            assert_eq!((read(path).section.as_str(), site(path)), (section, of), "{path}");
        }
        assert!(read("_drafts/fog.md").is_draft && read("content/town/_index.md").is_list);
    }
}
