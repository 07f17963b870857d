//! `sqlite`: databases of `SQLite` 3, <https://www.sqlite.org/fileformat2.html>. Each row of a query is an article, read as
//! [`super::rows`] says; without a query, each row of the only table that holds articles.
//!
//! Blobs that are text are read as text, and pictures are kept as media where an article shows them; other blobs are not kept.

use super::records::{Context, Finder, Found, Names, Record, Split, report};
use super::rows::{self, columns};
use super::{Format, Source, jsonl};
use crate::config::limits::Limit;
use crate::diagnostic::{Diagnostic, Place};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit as Sqlite;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, ErrorCode, Statement};
use serde_json::{Map, Value};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "sqlite",
    about: "SQLite databases; each row of a query, or of the table of articles, is an article",
    detect: |source| if source.bytes.starts_with(b"SQLite format 3\0") { 99 } else { 0 },
    convert: jsonl::convert,
    split: Some(Split::Database(split)),
};

/// Beginnings of pictures, and how their names end.
const PICTURES: &[(&[u8], &str)] =
    &[(b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n", "png"), (b"GIF8", "gif"), (b"%PDF-", "pdf")];
/// Most tables that a message names.
const TABLES: usize = 20;

/// The database that `bytes` are, in memory.
///
/// # Errors
/// A diagnostic where they are none.
pub(super) fn of_bytes(mut bytes: Vec<u8>, source: &Source<'_>) -> Result<Connection, Diagnostic> {
    // What is in memory has no file for changes beside it, which these two may ask for (file format, 1.3.3).
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    let load = |mut open: Connection| {
        open.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), true)?;
        Ok(open)
    };
    Connection::open_in_memory().and_then(load).map_err(|error| unreadable(source, &error))
}

/// Makes sure that a stranger's database runs no functions from its schema, opens no other one, and has no values without
/// end.
fn guard(database: &Connection, source: &Source<'_>) -> rusqlite::Result<()> {
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    database.set_limit(Sqlite::SQLITE_LIMIT_LENGTH, i32::try_from(source.limits.bytes()).unwrap_or(i32::MAX))?;
    database.set_limit(Sqlite::SQLITE_LIMIT_ATTACHED, 0)?;
    Ok(())
}

fn unreadable(source: &Source<'_>, error: &Error) -> Diagnostic {
    let message = format!("cannot be read as a database: {error}");
    Diagnostic::error(Place::file(source.path), message)
        .hint("its copy may have been cut short, or it may be encrypted")
}

fn split(source: &Source<'_>, database: &Connection, finder: &mut Finder<'_>) {
    if let Err(error) = guard(database, source) {
        return report(finder, unreadable(source, &error));
    }
    let query = match &source.settings.query {
        Some(query) => query.clone(),
        None => match table_of_articles(source, database) {
            Ok(query) => query,
            Err(diagnostic) => return report(finder, diagnostic),
        },
    };
    let place = || Place::file(source.path);
    let mut statement = match database.prepare(&query) {
        Ok(statement) if statement.readonly() && statement.column_count() > 0 => statement,
        Ok(_) => {
            let wrong = Diagnostic::error(place(), "the query gives no rows");
            return report(finder, wrong.hint("write one that begins with SELECT or WITH"));
        }
        Err(error) => return report(finder, refused(source, database, &error)),
    };
    let mut number = 0;
    if let Err(error) = rows(source, &mut statement, &mut number, finder) {
        // Only whoever asks too long is interrupted.
        if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
            return report(finder, super::records::refused(source, Limit::Time));
        }
        let message = format!("cannot be read behind row {number}: {error}");
        report(
            finder,
            Diagnostic::error(place(), message).hint("what came before is converted; `sqlite3 FILE .recover` may help"),
        );
    }
}

/// Hands on each row as an object of JSON.
fn rows(
    source: &Source<'_>,
    statement: &mut Statement<'_>,
    number: &mut u64,
    finder: &mut Finder<'_>,
) -> rusqlite::Result<()> {
    let columns = rows::unique(statement.column_names().map(str::to_owned));
    let wanted = source.settings.map.get("record").map(String::as_str);
    let mut names = Names::default();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        *number += 1;
        let (mut map, mut pictures) = (Map::new(), Vec::new());
        for (at, column) in columns.iter().enumerate() {
            let value = match row.get_ref(at)? {
                ValueRef::Blob(bytes) => match picture(bytes) {
                    Some(ending) => {
                        pictures.push((column, ending, bytes.to_vec()));
                        continue;
                    }
                    None => of_blob(bytes),
                },
                value => of(value),
            };
            map.insert(column.clone(), value);
        }
        let name = names.row(&rows::identity(&map, wanted), *number);
        // A path in the folder that the row's name stands in, as one of a file beside a page.
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (column, ending, bytes) in pictures {
            let file = format!("row-{number}-{}.{ending}", columns::plain_name(column));
            let address = if folder.is_empty() { file.clone() } else { format!("{folder}/{file}") };
            map.insert(column.clone(), Value::String(file));
            if finder(Ok(Found::File { address, bytes })).is_break() {
                return Ok(());
            }
        }
        // Objects always serialise.
        let bytes = serde_json::to_vec(&Value::Object(map)).unwrap_or_default();
        let record = Record { name, label: format!("row {number}"), line: 0, bytes, context: Context::default() };
        if finder(Ok(Found::Record(record))).is_break() {
            break;
        }
    }
    Ok(())
}

fn of(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => of_blob(bytes),
    }
}

/// A blob as the text that it is, or else as how long it is.
fn of_blob(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text.into(),
        _ => rows::bytes(bytes.len()),
    }
}

/// How the name of a picture ends; `None` for what is none.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    // The container that pictures of this format share with sounds.
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("webp");
    }
    PICTURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, ending)| *ending)
}

/// A table, and its columns.
struct Table {
    name: String,
    columns: Vec<String>,
}

/// A query for all rows of the table that holds articles, if it is clear which that is.
fn table_of_articles(source: &Source<'_>, database: &Connection) -> Result<String, Diagnostic> {
    let tables = tables(database).map_err(|error| unreadable(source, &error))?;
    let mapped = &source.settings.map;
    let is_mapped = |table: &&Table| {
        let plain: Vec<String> = table.columns.iter().map(|name| columns::plain_name(name)).collect();
        !mapped.is_empty() && mapped.values().all(|column| plain.contains(&columns::plain_name(column)))
    };
    let holds = |table: &&Table| {
        let known = columns::known(table.columns.iter().map(String::as_str));
        columns::has(&known, &["title"]) && columns::has(&known, &["body"])
    };
    let found: Vec<&Table> = tables.iter().filter(is_mapped).collect();
    let found = if found.is_empty() { tables.iter().filter(holds).collect() } else { found };
    if let [table] = found.as_slice() {
        return Ok(format!("SELECT * FROM \"{}\"", table.name.replace('"', "\"\"")));
    }
    let message = if found.is_empty() {
        "no table of the database holds headlines and texts"
    } else {
        "several tables may hold articles"
    };
    let list = if found.is_empty() { tables.iter().collect() } else { found };
    let hint = format!(
        "say which rows are articles, as in `query = \"SELECT * FROM articles\"` of [[sources]]; {}",
        listed(&list)
    );
    Err(Diagnostic::error(Place::file(source.path), message).hint(hint))
}

fn listed(tables: &[&Table]) -> String {
    let one = |table: &&Table| format!("{} ({})", table.name, table.columns.join(", "));
    let all: Vec<String> = tables.iter().take(TABLES).map(one).collect();
    if all.is_empty() { "it has no table".to_owned() } else { format!("its tables are {}", all.join("; ")) }
}

/// The tables of a database, or its views where no table has the columns of articles; without those that search makes for
/// itself.
fn tables(database: &Connection) -> rusqlite::Result<Vec<Table>> {
    let all = "SELECT name, type, coalesce(sql, '') LIKE 'CREATE VIRTUAL%' FROM sqlite_schema \
               WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";
    let mut statement = database.prepare(all)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(String, String, bool)> = rows.collect::<rusqlite::Result<_>>()?;
    let of_search: Vec<&String> = rows.iter().filter(|(.., is_virtual)| *is_virtual).map(|(name, ..)| name).collect();
    let is_of_search = |name: &str| {
        of_search.iter().any(|search| {
            name.strip_prefix(search.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        })
    };
    let has_tables = rows.iter().any(|(name, kind, _)| kind == "table" && !is_of_search(name));
    let wanted = rows.iter().filter(|(name, kind, _)| !is_of_search(name) && (kind == "table" || !has_tables));
    let mut columns = database.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let table = |(name, ..): &(String, String, bool)| {
        let columns = columns.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Table { name: name.clone(), columns })
    };
    wanted.map(table).collect()
}

/// What is wrong with a query.
fn refused(source: &Source<'_>, database: &Connection, error: &Error) -> Diagnostic {
    let tables = tables(database).unwrap_or_default();
    let message = format!("the query cannot be run: {error}");
    Diagnostic::error(Place::file(source.path), message).hint(listed(&tables.iter().collect::<Vec<_>>()))
}
