//! Tables whose first row names the columns. A row that is cut off has the table's head before it, so that it can be read
//! by itself.
//!
//! Quotes that never end cost the row in which they begin, and no other.

mod cut;

use super::records::{Context, Finder, Found, Record, report};
use super::rows::{self, Names, columns};
use super::unpack::wrong;
use super::{Sink, Source, decode};
use crate::diagnostic::{Diagnostic, Place, nearest};
use cut::Rows;
use serde_json::{Map, Value};
use std::io::{self, BufRead, Cursor, Read};

/// How much of a source is looked at to tell its format.
const LOOK: usize = 64 << 10;
/// Most columns; a table has a few dozen.
const COLUMNS: usize = 1000;
/// Fields without any of which a row is no article.
const WORDS: &[&str] = &["title", "body", "html", "markdown", "text"];

/// How sure it is that the source is a table of articles: its head has names that such tables have, and the row below is as
/// long as the head.
pub(super) fn detect(source: &Source<'_>, signs: &[u8], ending: &str) -> u8 {
    let look = decode::decode(&source.bytes[..source.bytes.len().min(LOOK)], None);
    let look = look.trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r']);
    if look.starts_with(['<', '{', '[', '\0']) || !signs.iter().any(|sign| look.contains(char::from(*sign))) {
        return 0;
    }
    let mut input = Cursor::new(look.as_bytes());
    let Ok(Some((head, sign))) = head(&mut input, signs, LOOK as u64) else { return 0 };
    let names = cells(&head, sign).into_iter().next().unwrap_or_default();
    let known = columns::known(names.iter().map(String::as_str));
    let plain: Vec<String> = names.iter().map(|name| columns::plain_name(name)).collect();
    let mapped =
        |key: &str| source.settings.map.get(key).is_some_and(|path| plain.contains(&columns::plain_name(path)));
    let is_mapped = WORDS.iter().any(|key| mapped(key));
    let mut rows = Rows::new(&mut input, sign, LOOK as u64);
    let second = rows.next().ok().flatten().and_then(|row| cells(&row, sign).into_iter().next());
    let is_even = second.is_some_and(|row| row.len() == names.len());
    let is_named = source.path.to_ascii_lowercase().ends_with(ending);
    let has_words = columns::has(&known, WORDS);
    let is_head = names.len() > 1 && names.iter().all(|name| name.len() < 100);
    match is_head {
        true if is_mapped => 97,
        true if has_words && known.len() > 1 && (is_even || is_named) => 94,
        true if is_named => 60,
        _ => 0,
    }
}

/// Cuts the table into rows.
pub(super) fn split(source: &Source<'_>, signs: &[u8], input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    if let Err(error) = try_split(source, signs, input, finder) {
        report(finder, wrong(source, &error));
    }
}

fn try_split(source: &Source<'_>, signs: &[u8], input: &mut dyn BufRead, finder: &mut Finder<'_>) -> io::Result<()> {
    let most = source.limits.bytes();
    let mut decoded = Cursor::new(Vec::new());
    let is_wide = matches!(input.fill_buf()?.get(..2), Some(b"\xff\xfe" | b"\xfe\xff"));
    let input: &mut dyn BufRead = if is_wide {
        // "Unicode text" of spreadsheets is UTF-16, whose lines cannot be told before it is decoded.
        let mut bytes = Vec::new();
        input.take(most).read_to_end(&mut bytes)?;
        *decoded.get_mut() = decode::decode(&bytes, None).into_owned().into_bytes();
        &mut decoded
    } else {
        input
    };
    let Some((head, sign)) = head(input, signs, most)? else {
        let empty = Diagnostic::error(Place::file(source.path), "the table is empty");
        report(finder, empty.hint("was its copy cut short?"));
        return Ok(());
    };
    let names = names(&head, sign);
    if !check(source, &names, finder) {
        return Ok(());
    }
    let identity = identity(source, &names);
    let (mut rows, mut records) = (Rows::new(input, sign, most), Names::default());
    while let Some(row) = rows.next()? {
        if row.trim_ascii().is_empty() {
            continue;
        }
        let stated = identity.map(|at| stated(&row, sign, at));
        // The head is the first row.
        let number = rows.count() + 1;
        let name = records.name(&stated.unwrap_or_default(), number);
        let bytes = [&head, b"\n".as_slice(), &row].concat();
        let record = Record { name, label: format!("row {number}"), line: 0, bytes, context: Context::default() };
        if finder(Ok(Found::Record(record))).is_break() {
            break;
        }
    }
    Ok(())
}

/// What a row says in the column with that number.
fn stated(row: &[u8], sign: u8, at: usize) -> String {
    let cells = cells(decode::decode(row, None).as_bytes(), sign).into_iter().next();
    let mut text = cells.and_then(|cells| cells.into_iter().nth(at)).unwrap_or_default();
    text = text.trim().to_owned();
    super::shape::shorten(&mut text, 300);
    text
}

/// Reads one row below its head.
pub(super) fn convert(source: &Source<'_>, signs: &[u8], sink: &mut Sink<'_>) {
    let text = decode::decode(source.bytes, None);
    let text = text.trim_start_matches('\u{feff}').as_bytes();
    let sign = sign(text, signs);
    let mut read = cells(text, sign).into_iter();
    let (head, cells) = (unique(read.next().unwrap_or_default()), read.next().unwrap_or_default());
    let (wanted, got) = (head.len(), cells.len());
    let name = |at: usize| head.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
    let map: Map<String, Value> =
        cells.into_iter().take(COLUMNS).enumerate().map(|(at, cell)| (name(at), Value::String(cell))).collect();
    let mut made = rows::convert(source, map);
    if let Ok(made) = &mut made
        && wanted != got
    {
        let message = format!("the row has {got} values where the head names {wanted} columns");
        let hint = "is a value with line breaks, quotes or separators in it not in quotes?";
        made.warnings.push(Diagnostic::warning(Place::file(source.path), message).hint(hint));
    }
    sink(made);
}

/// The head of a table, and the sign between its values.
fn head(input: &mut dyn BufRead, signs: &[u8], most: u64) -> io::Result<Option<(Vec<u8>, u8)>> {
    loop {
        let mut line = Vec::new();
        if rows::read_line(input, most, &mut line)? == 0 {
            return Ok(None);
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii_end();
        // Spreadsheets may say before the head what separates values.
        if !text.is_empty() && !text.starts_with(b"sep=") {
            return Ok(Some((text.to_vec(), sign(text, signs))));
        }
    }
}

/// The sign that stands most often between the names of the first line.
fn sign(text: &[u8], signs: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| memchr::memchr_iter(sign, line).count();
    let first = signs.first().copied().unwrap_or(b',');
    signs.iter().copied().fold(first, |best, sign| if count(sign) > count(best) { sign } else { best })
}

/// The values of each row of some rows.
fn cells(rows: &[u8], sign: u8) -> Vec<Vec<String>> {
    let head = rows.split_inclusive(|byte| *byte == b'\n').next().map_or(0, <[u8]>::len);
    let is_endless = cut::is_open_after(&rows[head..], false, sign);
    let is_quoted = !is_endless && (sign != b'\t' || has_whole_quotes(rows));
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(sign)
        .quoting(is_quoted)
        .buffer_capacity(rows.len().clamp(64, 1 << 16))
        .from_reader(rows);
    let rows = reader.byte_records().map_while(Result::ok);
    let text = |cell: &[u8]| {
        let text = String::from_utf8_lossy(cell).into_owned();
        if sign == b'\t' && !is_quoted { unescape(text) } else { text }
    };
    rows.map(|row| row.iter().map(text).collect()).collect()
}

/// Whether quotes at the start of values also end there; databases write quotes as they are.
fn has_whole_quotes(rows: &[u8]) -> bool {
    let mut cells = rows.split(|byte| matches!(byte, b'\t' | b'\n'));
    let (mut starts, mut ends) = (0, 0);
    cells.by_ref().map(<[u8]>::trim_ascii_end).for_each(|cell| {
        starts += usize::from(cell.starts_with(b"\""));
        ends += usize::from(cell.ends_with(b"\"") && cell.len() > 1);
    });
    starts > 0 && starts == ends
}

/// What databases write with a backslash, as it is meant.
fn unescape(text: String) -> String {
    if !text.contains('\\') || text == "\\N" {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, (sign == '\\').then(|| signs.clone().next()).flatten()) {
            ('\\', Some(next @ ('n' | 'r' | 't' | '\\'))) => {
                signs.next();
                out.push(match next {
                    'n' | 'r' => '\n',
                    't' => '\t',
                    _ => '\\',
                });
            }
            _ => out.push(sign),
        }
    }
    out
}

fn names(head: &[u8], sign: u8) -> Vec<String> {
    unique(cells(decode::decode(head, None).as_bytes(), sign).into_iter().next().unwrap_or_default())
}

/// The names of columns, none of them empty and no two the same.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().take(COLUMNS).enumerate() {
        let name = name.trim().to_owned();
        let is_taken = name.is_empty() || unique.contains(&name);
        unique.push(match (is_taken, name.is_empty()) {
            (false, _) => name,
            (true, true) => format!("column {}", at + 1),
            (true, false) => format!("{name} {}", at + 1),
        });
    }
    unique
}

/// Says what the head lacks; whether rows could become articles.
fn check(source: &Source<'_>, names: &[String], finder: &mut Finder<'_>) -> bool {
    let mapped = &source.settings.map;
    let plain: Vec<String> = names.iter().map(|name| columns::plain_name(name)).collect();
    for (key, path) in mapped.iter().filter(|(_, path)| !plain.contains(&columns::plain_name(path))) {
        let message = format!("the table has no column `{path}` for `{key}`");
        let hint = match nearest(path, names.iter().map(String::as_str)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its columns are {}", names.join(", ")),
        };
        let warning = Diagnostic::warning(Place::file(source.path), message).hint(hint);
        if finder(Err(warning)).is_break() {
            return false;
        }
    }
    let known = columns::known(names.iter().map(String::as_str));
    if !columns::has(&known, WORDS) && !WORDS.iter().any(|word| mapped.contains_key(*word)) {
        let message = "no column of the table holds headlines or texts";
        let listed = names.iter().take(30).map(String::as_str).collect::<Vec<_>>().join(", ");
        let hint = format!(
            "its columns are {listed}; say which is which with `[sources.map]` of site.toml, or `--map title=COLUMN`"
        );
        report(finder, Diagnostic::error(Place::file(source.path), message).hint(hint));
        return false;
    }
    true
}

/// The number of the column that names rows.
fn identity(source: &Source<'_>, names: &[String]) -> Option<usize> {
    if let Some(path) = source.settings.map.get("record") {
        let plain = columns::plain_name(path);
        return names.iter().position(|name| name == path || columns::plain_name(name) == plain);
    }
    let known = columns::known(names.iter().map(String::as_str));
    let column = known.iter().find(|column| columns::FIELDS[column.field].0 == "record")?;
    names.iter().position(|name| *name == column.name)
}
