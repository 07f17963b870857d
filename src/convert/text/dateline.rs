//! Datelines that open a story: `PORT ASH, March 3 (Coast News) - The quay …`.

use crate::convert::dates;
use crate::convert::shape::is_name;

/// Longest dateline, in bytes.
const LONGEST: usize = 80;

/// What stands before the first words of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::convert) struct Dateline<'a> {
    /// The place, with capitals only where names have them.
    pub(in crate::convert) place: String,
    /// Whether a day stands in it.
    pub(in crate::convert) dated: bool,
    /// The agency in brackets, or nothing.
    pub(in crate::convert) agency: &'a str,
    /// The story without it.
    pub(in crate::convert) rest: &'a str,
}

/// Reads the dateline of a story's first paragraph.
pub(in crate::convert) fn dateline(text: &str) -> Option<Dateline<'_>> {
    let (end, width) = dash(text)?;
    let (mut before, rest) = (text.get(..end)?.trim_end(), text.get(end + width..)?.trim_start());
    let mut agency = "";
    if let Some((place, name)) = before.strip_suffix(')').and_then(|before| before.rsplit_once('(')) {
        (before, agency) = (place.trim_end(), name.trim());
    }
    let mut dated = false;
    let mut place = before;
    // Everything after the first comma that is a day, with or without its year, is the date.
    if let Some((town, day)) = before.split_once(',') {
        let day = day.trim().trim_end_matches(',');
        if dates::line(day).is_some() || dates::line(&format!("{day} 2000")).is_some() {
            (place, dated) = (town, true);
        }
    }
    let capitals = place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    let town = place.split(',').all(|part| is_name(part.trim(), 4));
    if rest.is_empty() || !town || !(capitals || dated || !agency.is_empty()) {
        return None;
    }
    Some(Dateline { place: capitalised(place), dated, agency, rest })
}

/// The first dash between spaces, or long dash, and its length.
fn dash(text: &str) -> Option<(usize, usize)> {
    let limit = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST).last()?;
    let start = text.get(..limit)?;
    [" - ", " -- ", " – ", " — ", "—", "--"]
        .into_iter()
        .filter_map(|dash| start.find(dash).map(|at| (at, dash.len())))
        .min_by_key(|(at, width)| (*at, usize::MAX - width))
}

/// `PORT ASH` as `Port Ash`; a place that is not all in capitals stays as it is.
fn capitalised(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let mut after_letter = false;
    let mut name = String::with_capacity(place.len());
    for c in place.chars() {
        if after_letter {
            name.extend(c.to_lowercase());
        } else {
            name.push(c);
        }
        after_letter = c.is_alphabetic() || matches!(c, '\'' | '’');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::dateline;

    #[test]
    fn reads_datelines_and_leaves_other_openings_alone() {
        let cases = [
            ("PORT ASH, March 3 - The quay is shut.", "Port Ash", true, "", "The quay is shut."),
            ("QUAYSIDE (Coast News) — The quay", "Quayside", false, "Coast News", "The quay"),
            ("Saltmere, 3 March (PA) - The quay", "Saltmere", true, "PA", "The quay"),
            ("ST. BRIDE'S -- The bell", "St. Bride's", false, "", "The bell"),
        ];
        for (text, place, dated, agency, rest) in cases {
            let got = dateline(text);
            let got = got.as_ref().map(|got| (got.place.as_str(), got.dated, got.agency, got.rest));
            assert_eq!(got, Some((place, dated, agency, rest)), "{text}");
        }
        for text in
            ["The quay - shut since May - is open.", "Ferry - The quay", "A long opening without any dash.", "QUAY -"]
        {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
