//! `tsv`: tables of values with tabulators between them (`text/tab-separated-values`), as spreadsheets and databases export
//! them; the first row names the columns. Read as [`table`] and [`super::rows`] say.

use super::records::Split;
use super::{Format, table};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "tsv",
    about: "tables with a head and tabulators (TSV); each row is an article",
    detect: |source| table::detect(source, SIGNS, ".tsv"),
    convert: table::convert,
    split: Some(Split::Stream(|source, input, finder| table::split(source, SIGNS, input, finder))),
};

/// What stands between values.
const SIGNS: &[u8] = b"\t";
