//! `csv`: tables of values with commas, semicolons or bars between them (RFC 4180), as spreadsheets and databases export
//! them; the first row names the columns. Read as [`table`] and [`super::rows`] say.

use super::records::Split;
use super::{Format, table};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "csv",
    about: "tables with a head (CSV); each row is an article",
    detect: |source| table::detect(source, SIGNS, ".csv"),
    convert: table::convert,
    split: Some(Split::Stream(|source, input, finder| table::split(source, SIGNS, input, finder))),
};

/// What may stand between values; spreadsheets of some countries write semicolons.
const SIGNS: &[u8] = b",;|";
