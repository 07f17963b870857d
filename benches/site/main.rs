//! What a generated archive takes to build and to build again, beside what it must reach:
//! `cargo bench --bench site -- --articles 100000 --dir DIR [--runs 3] [--only cold|again|convert] [--added 3] [--exact]`.
//!
//! The archive is made once in `DIR` (`--make-only` does no more) and used again. Cold builds are held against a plain
//! writer of the same files. With `--exact`, what a build writes after an edit is held against what differs between clean
//! builds, which takes a clean build for each edit. Before each build the old output is moved aside, since deleting a tree
//! disturbs what is measured next; what was moved aside is deleted at the end.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

mod cases;
#[path = "../generate/mod.rs"]
mod generate;
mod make;
mod program;
mod table;
mod writer;

use cases::Bench;
use generate::{Generator, argument, text_argument};
use std::path::PathBuf;

fn main() {
    let given = |name: &str| std::env::args().any(|argument| argument == name);
    let smoke = given("--smoke");
    let count = if smoke { 100 } else { argument("--articles", 10_000) };
    let folder = tempfile::tempdir().unwrap();
    let dir = text_argument("--dir").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let generator = Generator::new(1, count);
    make::archive(&dir, &generator);
    if given("--make-only") {
        make::dumps(&dir, &generator);
        return;
    }
    for old in ["public", ".backfile", "plain", "clean", "converted", "copied"] {
        assert!(!dir.join(old).exists(), "{}/{old} is in the way: move it", dir.display());
    }
    let only = text_argument("--only");
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let runs = argument("--runs", 1);
    let exact = smoke || given("--exact");
    let added = argument("--added", 3);
    let mut bench = Bench { dir, generator: &generator, run: 0, added, exact, samples: Vec::new() };
    for run in 0..runs {
        bench.run = run;
        if wanted("cold") {
            bench.cold(table::COLD_PLAIN, 0);
            bench.aside("public");
            bench.aside(".backfile");
        }
        if wanted("cold") || wanted("again") {
            bench.cold(table::COLD, 5);
            if wanted("again") {
                bench.again();
            }
            bench.aside("public");
            bench.aside(".backfile");
        }
        if wanted("convert") {
            bench.convert();
        }
    }
    table::print(&bench.samples, count, runs);
    std::fs::remove_dir_all(bench.dir.join("aside")).unwrap();
}
