//! The converter of web pages on pages of each age and shape: `cargo bench --bench pages [-- --smoke]`.
//!
//! On one thread; the median of five runs, by processor time.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, prints and stops at the first thing wrong"
)]

mod generate;

use backfile::convert::{self, Source};
use generate::Generator;
use generate::clock::Clock;
use generate::shapes::SHAPES;

/// Processor seconds of one run at least: the system counts in hundredths.
const LEAST: f64 = 0.3;
const RUNS: usize = 5;

fn main() {
    let smoke = std::env::args().any(|given| given == "--smoke");
    let generator = Generator::new(1, 40);
    println!("{:10} {:>10} {:>12} {:>14} {:>10}  what", "page", "kB/page", "MB/CPU s", "pages/CPU s", "articles");
    for shape in SHAPES {
        let count = if smoke { 2 } else { shape.count };
        let pages: Vec<String> = (0..count).map(|i| (shape.make)(&generator, i)).collect();
        let bytes = pages.iter().map(String::len).sum::<usize>() as f64;
        let made = convert_all(&pages);
        assert_eq!(made, pages.len(), "every page of the shape `{}` is an article", shape.name);
        let mut seconds: Vec<f64> = (0..if smoke { 1 } else { RUNS }).map(|_| run(&pages, smoke)).collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds.get(seconds.len() / 2).copied().unwrap_or_default().max(1e-9);
        println!(
            "{:10} {:10.0} {:12.1} {:14.0} {made:>10}  {}",
            shape.name,
            bytes / 1e3 / pages.len() as f64,
            bytes / 1e6 / median,
            pages.len() as f64 / median,
            shape.about
        );
    }
}

/// Seconds to convert all pages once, from as many rounds as are needed to tell.
fn run(pages: &[String], smoke: bool) -> f64 {
    let clock = Clock::start();
    let mut rounds = 0;
    loop {
        convert_all(pages);
        rounds += 1;
        let took = clock.cpu().as_secs_f64();
        if smoke || took >= LEAST {
            return took / f64::from(rounds);
        }
    }
}

/// Converts the pages and drops what they give; returns how many articles there were.
fn convert_all(pages: &[String]) -> usize {
    let format = convert::format("html");
    let mut made = 0;
    for page in pages {
        let source = Source {
            path: "page.html",
            bytes: page.as_bytes(),
            section: None,
            base_url: None,
            accounting: false,
            ..Source::default()
        };
        convert::convert(&source, format, &mut |converted| made += usize::from(converted.is_ok()));
    }
    made
}
