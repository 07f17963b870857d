//! A cold build of a generated archive beside a plain writer of the same files:
//! `cargo bench --bench site -- --articles 100000 --dir DIR [--make-only] [--related 0] [--runs 3]`.
//!
//! The archive is made once in `DIR` and used again. Before each run the old output is moved aside, since deleting a
//! tree disturbs what is measured next; what was moved aside is deleted at the end.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

#[path = "../generate/mod.rs"]
mod generate;
mod make;
mod program;
mod writer;

use generate::{argument, text_argument};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn main() {
    let given = |name: &str| std::env::args().any(|argument| argument == name);
    let smoke = given("--smoke");
    let count = if smoke { 100 } else { argument("--articles", 10_000) };
    let folder = tempfile::tempdir().unwrap();
    let dir = text_argument("--dir").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    make::archive(&dir, count);
    if given("--make-only") {
        return;
    }
    make::settings(&dir, argument("--related", 5));
    let mut walls: Vec<(Duration, Duration)> = Vec::new();
    for run in 0..argument("--runs", 1) {
        let built = program::build(&dir);
        let again = program::build_again(&dir);
        aside(&dir, "public", run);
        aside(&dir, ".backfile", run);
        let files = writer::load(&aside_path(&dir, "public", run));
        let plain = writer::write(&dir.join("plain"), &files);
        aside(&dir, "plain", run);
        println!(
            "cold build   {:8.2} s wall {:8.2} s CPU {:8.0} articles/s   peak {:.0} MB",
            built.wall.as_secs_f64(),
            built.cpu.as_secs_f64(),
            count as f64 / built.wall.as_secs_f64(),
            built.peak as f64 / 1e6
        );
        println!("again        {:8.2} s wall {:8.2} s CPU", again.wall.as_secs_f64(), again.cpu.as_secs_f64());
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        println!(
            "plain writer {:8.2} s wall   {} files, {:.2} GB, in {} folders",
            plain.wall.as_secs_f64(),
            files.len(),
            bytes as f64 / 1e9,
            plain.folders
        );
        println!("ratio        {:8.2}", built.wall.as_secs_f64() / plain.wall.as_secs_f64());
        walls.push((built.wall, plain.wall));
    }
    walls.sort();
    let (built, plain) = walls[walls.len() / 2];
    println!("median build {:.2} s; its writer {:.2} s", built.as_secs_f64(), plain.as_secs_f64());
    std::fs::remove_dir_all(dir.join("aside")).unwrap();
}

fn aside_path(dir: &Path, name: &str, run: usize) -> PathBuf {
    dir.join("aside").join(format!("{name}-{run}"))
}

/// Moves an old output out of the way.
fn aside(dir: &Path, name: &str, run: usize) {
    std::fs::create_dir_all(dir.join("aside")).unwrap();
    std::fs::rename(dir.join(name), aside_path(dir, name, run)).unwrap();
}
