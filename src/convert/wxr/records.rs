//! Where the items of an export begin and end, found without parsing them.

use memchr::memmem;
use std::ops::Range;

/// The items, in order, each from `<item>` to behind `</item>`; the last one may be cut short. An item's text may hold
/// the same words, within CDATA.
pub(super) fn records(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (start, end, cdata, close) =
        (memmem::Finder::new("<item"), memmem::Finder::new("</item>"), memmem::Finder::new("<![CDATA["), "]]>");
    let mut records = Vec::new();
    let mut at = 0;
    while let Some(from) = bytes.get(at..).and_then(|rest| start.find(rest)).map(|found| at + found) {
        if !matches!(bytes.get(from + 5), Some(b'>' | b' ' | b'\n' | b'\r' | b'\t')) {
            at = from + 5;
            continue;
        }
        let mut look = from;
        let mut open = cdata.find(&bytes[look..]).map(|found| look + found);
        let stop = loop {
            let Some(stop) = bytes.get(look..).and_then(|rest| end.find(rest)).map(|found| look + found) else {
                break bytes.len();
            };
            match open.filter(|open| *open < stop) {
                None => break stop + "</item>".len(),
                Some(inner) => {
                    look =
                        memmem::find(&bytes[inner..], close.as_bytes()).map_or(bytes.len(), |found| inner + found + 3);
                    open = bytes.get(look..).and_then(|rest| cdata.find(rest)).map(|found| look + found);
                }
            }
        };
        records.push(from..stop);
        at = stop;
    }
    records
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn items_may_quote_items() {
        let text = "<channel><item><a><![CDATA[</item><item>]]></a></item> <items/><item x='1'>b</item><item>cut";
        let found: Vec<&str> = records(text).into_iter().map(|record| &text[record]).collect();
        assert_eq!(found, ["<item><a><![CDATA[</item><item>]]></a></item>", "<item x='1'>b</item>", "<item>cut"]);
    }
}
