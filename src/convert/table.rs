//! Tables whose first row names the columns.
//!
//! Quotes that never end cost the row in which they begin, and no other.

mod cells;
mod cut;

use super::records::{self, Context, Finder, Found, Names, Record, Shared, report};
use super::rows::{self, columns};
use super::unpack::wrong;
use super::{Sink, Source, decode};
use crate::diagnostic::{Diagnostic, Place, nearest};
use cells::{cells, sign};
use cut::Rows;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, BufRead, Cursor};
use std::sync::Arc;

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
    let head = decode::decode(&head, None);
    let names = cells(&head, sign);
    let known = columns::known(names.iter().map(|name| &**name));
    let plain: Vec<String> = names.iter().map(|name| columns::plain_name(name)).collect();
    let mapped =
        |key: &str| source.settings.map.get(key).is_some_and(|path| plain.contains(&columns::plain_name(path)));
    let is_mapped = WORDS.iter().any(|key| mapped(key));
    let mut rows = Rows::new(&mut input, sign, LOOK as u64);
    let second = rows.next().ok().flatten();
    let is_even = second.is_some_and(|row| cells(&decode::decode(&row, None), sign).len() == names.len());
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
        let bytes = match records::all(input, source) {
            Ok(bytes) => bytes,
            Err(diagnostic) => {
                report(finder, diagnostic);
                return Ok(());
            }
        };
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
    // A row by itself may be too short to tell.
    let charset = decode::guessed_label(input.fill_buf()?).unwrap_or_default();
    let text = decode::decode(&head, Some(charset));
    let names = named(cells(&text, sign));
    if !check(source, &names, finder) {
        return Ok(());
    }
    let identity = identity(source, &names);
    let (mut rows, mut names_of_rows) = (Rows::new(input, sign, most), Names::default());
    let shared: Shared = Arc::new(Head { names, sign });
    while let Some(row) = rows.next()? {
        if row.trim_ascii().is_empty() {
            continue;
        }
        let stated = identity.map(|at| stated(&row, sign, at, charset));
        // The head is the first row.
        let number = rows.count() + 1;
        let name = names_of_rows.row(&stated.unwrap_or_default(), number);
        let context = Context { shared: Some(Arc::clone(&shared)), charset: charset.to_owned(), ..Context::default() };
        let record = Record { name, label: format!("row {number}"), line: 0, bytes: row, context };
        if finder(Ok(Found::Record(record))).is_break() {
            break;
        }
    }
    Ok(())
}

/// The names of a table's columns, and the sign between its values.
#[derive(Debug)]
struct Head {
    names: Vec<String>,
    sign: u8,
}

/// What a row says in the column with that number.
fn stated(row: &[u8], sign: u8, at: usize, charset: &str) -> String {
    let text = decode::decode(row, Some(charset));
    let mut said = cells::each(&text, sign).nth(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    super::shape::shorten(&mut said, 300);
    said
}

/// Reads one row.
pub(super) fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (Some(head), Some(context)) = (source.shared::<Head>(), source.context) else { return };
    let text = decode::decode(source.bytes, Some(&context.charset));
    let cells = cells(&text, head.sign);
    let (wanted, got) = (head.names.len(), cells.len());
    let mut map = Map::with_capacity(got);
    for (at, cell) in cells.into_iter().take(COLUMNS).enumerate() {
        let name = head.names.get(at).cloned().unwrap_or_else(|| surplus(&map, at));
        map.insert(name, Value::String(cell.into_owned()));
    }
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

/// The names of columns, none of them empty and no two the same.
fn named(cells: Vec<Cow<'_, str>>) -> Vec<String> {
    let name = |(at, cell): (usize, Cow<'_, str>)| match cell.trim() {
        "" => format!("column {}", at + 1),
        name => name.to_owned(),
    };
    rows::unique(cells.into_iter().take(COLUMNS).enumerate().map(name))
}

/// What a value is called that no column names; the head may call a column just that.
fn surplus(map: &Map<String, Value>, at: usize) -> String {
    let mut names = (at + 1..).map(|number| format!("column {number}"));
    names.find(|name| !map.contains_key(name)).unwrap_or_default()
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
