//! What a file's name says: `2003-05-14-council-votes.md`, or `2003/05/council-votes/index.md`.

use crate::date::ArticleDate;

/// What was read from a path.
pub(super) struct Named {
    /// The date at the start of the name.
    pub(super) date: Option<ArticleDate>,
    /// The words of the name as a headline.
    pub(super) title: String,
    /// Whether the name begins with a date, as Jekyll's do.
    pub(super) is_dated: bool,
}

/// Reads the date and the words of a file's name; a bundle's `index.md` is named by its folder.
pub(super) fn read(path: &str) -> Named {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if matches!(stem, "index" | "_index") {
        stem = parts.next().unwrap_or(stem);
    }
    let date = stem.get(..10).filter(|start| start.as_bytes()[4] == b'-').and_then(|start| start.parse().ok());
    let words = match date {
        Some(_) => stem.get(10..).unwrap_or_default().trim_start_matches(['-', '_', ' ']),
        None => stem,
    };
    let words = words.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Named { date, title, is_dated: date.is_some() }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_give_dates_and_words() {
        let cases = [
            ("a/2004-01-09-fog-stops-play.md", Some("2004-01-09"), "Fog stops play"),
            ("blog/2004-01-09-fog/index.md", Some("2004-01-09"), "Fog"),
            ("what_we-keep.markdown", None, "What we keep"),
            ("2004-13-09-x.md", None, "2004 13 09 x"),
            ("ünï.md", None, "Ünï"),
        ];
        for (path, date, title) in cases {
            let named = read(path);
            assert_eq!((named.date.map(|date| date.to_string()).as_deref(), named.title.as_str()), (date, title));
        }
    }
}
