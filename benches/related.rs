//! The quality of related stories on generated archives whose storylines are known: `cargo bench --bench related`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

mod generate;
mod quality;

use generate::Difficulty;

fn main() {
    let smoke = std::env::args().any(|argument| argument == "--smoke");
    let count = if smoke { 300 } else { 10_000 };
    println!("{count} articles; percent of");
    println!(
        "{:10} {:28} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "storylines", "way", "P@5", "nDCG@5", "recall", "right", "chance"
    );
    let settings = [
        ("easy", Difficulty::EASY),
        ("middle", Difficulty::MIDDLE),
        ("hard", Difficulty::HARD),
        ("very hard", Difficulty::VERY_HARD),
    ];
    for (name, difficulty) in settings {
        quality::compare(name, count, difficulty);
    }
}
