//! `sgml-reuters`: stories of a wire in the SGML layout of the collection Reuters-21578, as its `README.txt` (D. Lewis,
//! 1997) and its `lewis.dtd` describe it: hundreds of elements `REUTERS` a file, each a story.
//!
//! Files of it are no valid SGML: control characters stand in them as references that no document may have, bytes are
//! foreign, `>` is not escaped. So a record is what lies between two tags, and a field too.

mod fields;
mod story;

use super::records::{Context, Finder, Found, Record, Split};
use super::unpack::wrong;
use super::{Format, Source};
use fields::{find_tag, record_number};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "sgml-reuters",
    about: "stories in the SGML of Reuters-21578, many a file",
    detect,
    convert: story::convert,
    split: Some(Split::Stream(split)),
};

/// How the tags begin that a story lies between.
const BEGINS: &[u8] = b"<reuters";
const ENDS: &[u8] = b"</reuters>";

/// How much of a source is looked at.
const LOOK: usize = 4096;

fn detect(source: &Source<'_>) -> u8 {
    let look = source.bytes.get(..LOOK).unwrap_or(source.bytes);
    let Some(at) = find_tag(look, BEGINS) else { return 0 };
    // A story's own tag has attributes; the fields of one follow it.
    let has = |tag: &[u8]| find_tag(look.get(at..).unwrap_or_default(), tag).is_some();
    if [b"<date>".as_slice(), b"<topics>", b"<text", b"<places>"].into_iter().filter(|tag| has(tag)).count() >= 2 {
        98
    } else {
        0
    }
}

/// Cuts a file into its stories. One whose end is lost ends where the next begins.
fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let mut cutter = Cutter { names: super::records::Names::default(), open: None, most: source.limits.bytes() };
    let (mut line, mut number) = (Vec::new(), 0_u32);
    loop {
        line.clear();
        if let Err(error) = (&mut *input).take(source.limits.bytes()).read_until(b'\n', &mut line) {
            // What was read before the damage is still converted.
            let _ = finder(Err(wrong(source, &error)));
        }
        number = number.saturating_add(1);
        if line.is_empty() {
            let _ = cutter.close(finder);
            return;
        }
        if cutter.line(&line, number, finder).is_break() {
            return;
        }
    }
}

/// Puts lines together to stories.
struct Cutter {
    names: super::records::Names,
    /// The line that the story began on, and what is read of it.
    open: Option<(u32, Vec<u8>)>,
    most: u64,
}

impl Cutter {
    fn line(&mut self, line: &[u8], number: u32, finder: &mut Finder<'_>) -> ControlFlow<()> {
        let mut from = 0;
        // One pass for both tags: a line may be a whole file.
        for at in memchr::memchr_iter(b'<', line) {
            let rest = &line[at..];
            let is = |tag: &[u8]| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
            if at >= from && is(BEGINS) {
                self.push(&line[from..at]);
                self.close(finder)?;
                self.open = Some((number, Vec::new()));
                from = at;
            } else if is(ENDS) {
                let end = at + ENDS.len();
                self.push(&line[from..end]);
                self.close(finder)?;
                from = end;
            }
        }
        self.push(&line[from..]);
        ControlFlow::Continue(())
    }

    /// What stands between stories belongs to none; what is longer than any document is refused when it is converted.
    fn push(&mut self, bytes: &[u8]) {
        if let Some((_, story)) = self.open.as_mut().filter(|(_, story)| story.len() as u64 <= self.most) {
            story.extend_from_slice(bytes);
        }
    }

    fn close(&mut self, finder: &mut Finder<'_>) -> ControlFlow<()> {
        let Some((line, bytes)) = self.open.take() else { return ControlFlow::Continue(()) };
        let name = self.names.item(&record_number(&bytes));
        let label = format!("story {name}");
        finder(Ok(Found::Record(Record { name, label, line, bytes, context: Context::default() })))
    }
}
