//! Records that were cut off, as what a source holds.

use super::cut::{Cut, Cutter};
use crate::convert::Source;
use crate::convert::records::{Context, Finder, Found, Names, Record, Shared};
use crate::convert::unpack::wrong;
use std::ops::ControlFlow;

/// What a format makes of a record that was cut off.
pub(in crate::convert) enum Look {
    /// It is an article of that name, to be read with what the document says once for all.
    Article(String, Shared),
    /// What holds no article, in the plural.
    Other(&'static str),
}

/// Hands on all records, as `look` says what they are; how many of them are articles. An article that is all of its
/// document is known by the document alone, if `is_alone` says so.
pub(in crate::convert) fn hand_on(
    source: &Source<'_>,
    cutter: &mut Cutter<'_>,
    is_alone: bool,
    finder: &mut Finder<'_>,
    look: &mut dyn FnMut(&Cut, &Cutter<'_>) -> Look,
) -> u64 {
    let (mut names, mut count, mut first) = (Names::default(), 0, None);
    while let Some(cut) = cutter.next() {
        let found = match cut.map_err(|error| wrong(source, &error)) {
            Err(diagnostic) => Err(diagnostic),
            Ok(cut) => match look(&cut, cutter) {
                Look::Other(what) => Ok(Found::LeftOut(what)),
                Look::Article(name, shared) => {
                    count += 1;
                    let Cut { bytes, line, .. } = cut;
                    let (name, label) = (names.item(&name), String::new());
                    let context =
                        Context { charset: cutter.charset().to_owned(), shared: Some(shared), ..Context::default() };
                    let record = Record { name, label, line, bytes, context };
                    if is_alone && count == 1 {
                        first = Some(record);
                        continue;
                    }
                    Ok(Found::Record(record))
                }
            },
        };
        let held = first.take_if(|_| count > 1).map(|record| finder(Ok(Found::Record(record))));
        if held.is_some_and(|flow: ControlFlow<()>| flow.is_break()) || finder(found).is_break() {
            return count;
        }
    }
    if let Some(record) = first {
        let _ = finder(Ok(Found::Record(Record { name: String::new(), ..record })));
    }
    count
}
