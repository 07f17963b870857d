//! What was measured, beside what it must reach.

use crate::program::Taken;

/// One measurement.
pub(crate) struct Sample {
    pub(crate) row: &'static str,
    pub(crate) taken: Taken,
    /// What the aim is about: a ratio, seconds, files, or articles a second.
    pub(crate) value: f64,
    /// Files written, and whether they are exactly those that differ between clean builds, where that was looked at.
    pub(crate) files: Option<usize>,
    pub(crate) exact: Option<bool>,
}

/// Rows of the table: name, what the value is, whether it must be at most or at least the aim.
pub(crate) const ROWS: [(&str, &str, Aim); 10] = [
    (COLD_PLAIN, "× the plain writer", Aim::AtMost(1.8)),
    (COLD, "× the plain writer", Aim::AtMost(2.5)),
    (AGAIN, "s", Aim::AtMost(1.0)),
    (EDITED, "s", Aim::AtMost(1.2)),
    (ADDED_OLD, "files", Aim::AtMost(60.0)),
    (ADDED_NEW, "files", Aim::AtMost(60.0)),
    (CHECKOUT, "s", Aim::AtMost(4.0)),
    (CONVERT, "articles per user second", Aim::AtLeast(20_000.0)),
    (CONVERT_WALL, "× copying the files", Aim::AtMost(2.0)),
    (PEAK, "MB", Aim::AtMost(1500.0)),
];
pub(crate) const COLD_PLAIN: &str = "cold, no related stories";
pub(crate) const COLD: &str = "cold, with related stories";
pub(crate) const AGAIN: &str = "nothing changed";
pub(crate) const EDITED: &str = "one article's text edited";
pub(crate) const ADDED_OLD: &str = "an old article added";
pub(crate) const ADDED_NEW: &str = "a new article added";
pub(crate) const CHECKOUT: &str = "fresh checkout, all times new";
pub(crate) const CONVERT: &str = "convert text dumps";
pub(crate) const CONVERT_WALL: &str = "convert text dumps, wall";
const PEAK: &str = "greatest memory of a build";

#[derive(Clone, Copy)]
pub(crate) enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

/// Prints the table of medians.
pub(crate) fn print(samples: &[Sample], articles: usize, runs: usize) {
    println!("\n{articles} articles, medians of {runs} runs; aims are those for 100,000 articles on an idle machine");
    println!("| {:30} | wall s | CPU s | peak MB | files | {:>36} | {:>8} |", "", "measured", "aim");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (row, unit, aim) in ROWS {
        let of_row: Vec<&Sample> = samples.iter().filter(|sample| sample.row == row || row == PEAK).collect();
        let of = |value: &dyn Fn(&Sample) -> f64| median(of_row.iter().map(|sample| value(sample)).collect());
        let Some(value) = (if row == PEAK { greatest(samples) } else { of(&|sample| sample.value) }) else { continue };
        let (sign, limit, reached) = match aim {
            Aim::AtMost(limit) => ('≤', limit, value <= limit),
            Aim::AtLeast(limit) => ('≥', limit, value >= limit),
        };
        let exact = match of_row.iter().filter_map(|sample| sample.exact).reduce(|one, other| one && other) {
            _ if row == PEAK => "",
            Some(true) => ", exact",
            Some(false) => ", NOT as clean",
            None => "",
        };
        let shown = |value: Option<f64>, digits: usize| {
            value.filter(|_| row != PEAK).map_or_else(String::new, |value| format!("{value:.digits$}"))
        };
        let files = median(of_row.iter().filter_map(|sample| sample.files).map(|files| files as f64).collect());
        println!(
            "| {row:30} | {:>6} | {:>5} | {:>7} | {:>5} | {:>36} | {sign} {limit:>6}{} |",
            shown(of(&|sample| sample.taken.wall.as_secs_f64()), 2),
            shown(of(&|sample| sample.taken.cpu.as_secs_f64()), 2),
            shown(of(&|sample| sample.taken.peak as f64 / 1e6), 0),
            shown(files, 0),
            format!("{value:.2} {unit}{exact}"),
            if reached { "" } else { " MISSED" },
        );
    }
}

fn greatest(samples: &[Sample]) -> Option<f64> {
    samples.iter().map(|sample| sample.taken.peak as f64 / 1e6).reduce(f64::max)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
