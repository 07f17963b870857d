//! Console transcripts: every `tests/cli/*.md`, and the manual where it is to be followed step by step, tells a story with the command line, and here it is checked.
//!
//! A transcript runs in a new folder. A block ```` ```file PATH ```` makes a file there; a block ```` ```console ```` holds
//! lines `$ COMMAND`, each followed by what the command prints (both streams) and by `[exit N]` if it does not end
//! with 0. Commands are run by `sh`. Times are written as `[time]`, the folder as `[here]`.
//!
//! `BACKFILE_UPDATE=1 cargo test --test cli` writes what is printed into the transcripts; read the difference before you
//! commit it.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot run its commands has failed")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// 1 July 2005, as the time that embargoes and future dates are held against.
const NOW: &str = "1120176000";

#[test]
fn transcripts_are_true() {
    let update = env::var_os("BACKFILE_UPDATE").is_some();
    let mut wrong = String::new();
    for path in transcripts() {
        let expected = fs::read_to_string(&path).unwrap();
        let got = play(&expected);
        if update {
            fs::write(&path, got).unwrap();
        } else if expected != got {
            let _ = writeln!(wrong, "{}:\n{}", path.display(), difference(&expected, &got));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}\nIf this is as it should be: BACKFILE_UPDATE=1 cargo test --test cli\n");
}

fn transcripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    // The manual is followed word for word.
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages");
    paths.extend(["getting-started", "first-theme", "restyling"].map(|page| manual.join(page).with_extension("md")));
    paths.sort();
    paths
}

/// The transcript as it goes today.
fn play(transcript: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    // With links followed, as the program prints it.
    let here = fs::canonicalize(folder.path()).unwrap();
    let mut out = String::new();
    let mut lines = transcript.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(block) = line.strip_prefix("```").filter(|block| !block.is_empty()) else { continue };
        let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(path) = block.strip_prefix("file ") {
            make(&here.join(path), &content);
        }
        if block == "console" {
            for command in content.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let _ = write!(out, "$ {command}\n{}", run(command, &here));
            }
        } else {
            for line in content {
                let _ = writeln!(out, "{line}");
            }
        }
        out.push_str("```\n");
    }
    out
}

fn make(path: &Path, lines: &[&str]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

/// What the command prints in the folder, and how it ends.
fn run(command: &str, here: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_backfile")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(here)
        .env_clear()
        .envs([("PATH", path.as_str()), ("SOURCE_DATE_EPOCH", NOW), ("LC_ALL", "C")])
        .output()
        .unwrap();
    let mut printed = tidy(&String::from_utf8_lossy(&output.stdout), here);
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    match output.status.code() {
        Some(0) => printed,
        Some(code) => format!("{printed}[exit {code}]\n"),
        None => printed + "[killed]\n",
    }
}

/// Without what differs from run to run.
fn tidy(printed: &str, here: &Path) -> String {
    let mut tidy = String::new();
    for line in printed.replace(here.to_str().unwrap(), "[here]").split_inclusive('\n') {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(" in ") {
            tidy.push_str(before);
            tidy.push_str(" in ");
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            let is_time = digits > 0 && after.get(digits..).is_some_and(|unit| unit.starts_with(" s"));
            tidy.push_str(if is_time { "[time]" } else { "" });
            rest = if is_time { after.split_at(digits).1 } else { after };
        }
        tidy.push_str(rest);
    }
    tidy
}

/// The first lines that differ, with some before them.
fn difference(expected: &str, got: &str) -> String {
    let (expected, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for line in &expected[same.saturating_sub(3)..same] {
        let _ = writeln!(out, "      {line}");
    }
    for (sign, lines) in [('-', &expected), ('+', &got)] {
        for line in lines.iter().skip(same).take(8) {
            let _ = writeln!(out, "    {sign} {line}");
        }
    }
    out
}
