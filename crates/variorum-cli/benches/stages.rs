//! What each stage costs: microseconds a report, on the reports of the example, best of many rounds.
//!
//! `cargo bench -p variorum-cli`. Whole processes are timed by `cargo xtask bench`.

#![allow(clippy::print_stdout)]

mod example;

use std::hint::black_box;
use std::time::{Duration, Instant};

use variorum::news::Report;
use variorum::{Depth, GroupOptions};

/// Rounds of each stage; the quickest counts, because a machine that does other things only ever adds time.
const ROUNDS: usize = 40;

fn main() {
    let pages = example::pages();
    let reports: Vec<Report> = pages.iter().filter_map(|page| variorum::clean(page).ok()).collect();
    let annotated: Vec<Report> = reports.iter().cloned().map(|r| variorum::annotate(r, Depth::Grammar)).collect();
    let members: Vec<&Report> = annotated.iter().collect();
    let words: usize = reports.iter().map(|r| r.text.split_whitespace().count()).sum();
    println!("{} reports, {} words a report", reports.len(), words / reports.len().max(1));
    time("clean", pages.len(), || pages.iter().map(variorum::clean).filter(Result::is_ok).count());
    let annotate = |depth| {
        reports.iter().cloned().map(|r| variorum::annotate(r, depth)).filter(|r| r.annotations.is_some()).count()
    };
    time("annotate", reports.len(), || annotate(Depth::Grammar));
    time("annotate --fast", reports.len(), || annotate(Depth::Fast));
    time("group", annotated.len(), || variorum::group(&annotated, &GroupOptions::default()).len());
    time("trace", annotated.len(), || variorum::trace(annotated.clone()).edges.len());
    time("trace, collate and compose", annotated.len(), || {
        variorum::story("s".to_owned(), &members, &variorum::CollateOptions::default()).account.len()
    });
}

/// Prints the quickest round of a stage, by report.
fn time(stage: &str, reports: usize, work: impl Fn() -> usize) {
    let round = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    let best = (0..ROUNDS).map(|_| round()).min().unwrap_or(Duration::ZERO);
    println!("{stage:28} {:>8.0} µs a report", best.as_secs_f64() * 1e6 / reports.max(1) as f64);
}
