//! Input formats by example. A case is a folder `tests/convert/<format>/<case>/` with
//! - `input.*`: the source; of `input.sql` the database that those statements make,
//! - `expected.md`: the text of each article, joined by lines `=====`; what was refused or warned of as lines `! …`,
//! - `account.txt` (optional): what became of each piece of the source,
//! - `settings.toml` (optional): as in `[[sources]]`, and `forced = true` for a source whose format must be named.
//!
//! `BACKFILE_UPDATE=1 cargo test --test convert` writes the expectations anew; `BACKFILE_CASE=text` runs only the cases
//! whose path contains that.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use backfile::config::SourceSettings;
use backfile::convert::{self, FORMATS, Source};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn cases_convert_as_expected() {
    let only = env::var("BACKFILE_CASE").unwrap_or_default();
    let update = env::var_os("BACKFILE_UPDATE").is_some();
    let mut failures = String::new();
    for format in convert::names() {
        for case in folders(&root().join(format)) {
            if !case.to_string_lossy().contains(&only) {
                continue;
            }
            for (file, got) in run(&case, format, &mut failures) {
                let path = case.join(file);
                if update {
                    fs::write(&path, got).unwrap();
                    continue;
                }
                let expected = fs::read_to_string(&path).unwrap_or_default();
                if expected != got {
                    let _ = writeln!(failures, "{}:\n{}", path.display(), difference(&expected, &got));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "\n{failures}\nIf the new result is right: BACKFILE_UPDATE=1 cargo test --test convert\n"
    );
}

#[test]
fn every_format_has_a_case() {
    for format in FORMATS {
        assert!(!folders(&root().join(format.name)).is_empty(), "no case in tests/convert/{}", format.name);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert")
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Converts the case's input; returns the files that it should equal. What is wrong with the case itself is noted.
fn run(case: &Path, format: &'static str, failures: &mut String) -> Vec<(&'static str, String)> {
    let inputs = fs::read_dir(case).unwrap().filter_map(Result::ok).map(|entry| entry.path());
    let mut inputs =
        inputs.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("input.")));
    let (Some(input), None) = (inputs.next(), inputs.next()) else {
        let _ = writeln!(failures, "{}: needs exactly one file `input.*`", case.display());
        return Vec::new();
    };
    let settings = fs::read_to_string(case.join("settings.toml")).unwrap_or_default();
    let mut settings: toml::Table = toml::from_str(&settings).unwrap();
    let forced = settings.remove("forced").is_some();
    settings.entry("path").or_insert("".into());
    let settings: SourceSettings = settings.try_into().unwrap();
    let bytes = bytes_of(&input);
    let path = input.strip_prefix(root().join(format)).unwrap().to_string_lossy().replace('\\', "/");
    let has_account = case.join("account.txt").exists();
    let source = Source {
        path: &path,
        bytes: &bytes,
        section: settings.section.as_deref(),
        base_url: settings.base_url.as_deref(),
        settings: &settings,
        accounting: has_account,
        ..Source::default()
    };
    let detected = convert::detect(&source).map(|format| format.name);
    if !forced && detected != Some(format) {
        let _ = writeln!(failures, "{}: taken for {detected:?} instead of {format}", case.display());
    }
    let (mut articles, mut account) = (Vec::new(), String::new());
    convert::convert(&source, convert::format(format), &mut |made| match made {
        Ok(made) => {
            let mut text = made.article.to_text();
            made.warnings.iter().for_each(|warning| text.push_str(&remark(&warning.to_string())));
            articles.push(text);
            account.push_str(&made.account.to_string());
        }
        Err(refused) => articles.push(remark(&refused.to_string())),
    });
    let mut files = vec![("expected.md", articles.join("=====\n"))];
    if has_account {
        files.push(("account.txt", account));
    }
    files
}

/// The bytes of a file, or of the database that a file of statements makes.
fn bytes_of(input: &Path) -> Vec<u8> {
    let bytes = fs::read(input).unwrap();
    if input.extension().is_some_and(|ending| ending == "sql") {
        let mut database = rusqlite::Connection::open_in_memory().unwrap();
        database.execute_batch(std::str::from_utf8(&bytes).unwrap()).unwrap();
        return database.serialize("main").unwrap().to_vec();
    }
    bytes
}

fn remark(message: &str) -> String {
    message.lines().fold(String::new(), |text, line| text + "! " + line + "\n")
}

/// The lines that differ, without the equal ones before and after.
fn difference(expected: &str, got: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut text = format!("  from line {}:\n", start + 1);
    for (sign, lines) in [('-', &old[start..old.len() - end]), ('+', &new[start..new.len() - end])] {
        for line in lines {
            let _ = writeln!(text, "  {sign} {line}");
        }
    }
    text
}
