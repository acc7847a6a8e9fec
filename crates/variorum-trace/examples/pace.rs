//! Prints what tracing costs: a pair, and stories of growing size.
//!
//! `cargo run --release -p variorum-trace --example pace < reports.jsonl`: neighbouring lines are the pairs, the first
//! lines the stories; where there are too few they come again, each with its sentences turned by some places.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::BufRead;
use std::time::Instant;

use variorum_news::Report;

fn main() {
    let reports: Vec<Report> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| serde_json::from_str(&line.expect("standard input can be read")).expect("each line is a report"))
        .collect();
    let pairs = reports.windows(2).count().min(2000);
    let started = Instant::now();
    let edges: usize =
        reports.windows(2).take(pairs).map(|pair| variorum_trace::trace(&[&pair[0], &pair[1]]).edges.len()).sum();
    println!("pair\t{:.3} ms, {edges} edges", started.elapsed().as_secs_f64() * 1000.0 / pairs.max(1) as f64);
    for size in [10, 100, 1000, 4000] {
        let story: Vec<Report> = (0..size).map(|n| turned(&reports[n % reports.len()], n, n / reports.len())).collect();
        let story: Vec<&Report> = story.iter().collect();
        let started = Instant::now();
        let lineage = variorum_trace::trace(&story);
        let seconds = started.elapsed().as_secs_f64();
        println!(
            "story of {size}\t{seconds:.3} s, {:.3} ms a report, {} origins",
            seconds * 1000.0 / size as f64,
            lineage.origins.len()
        );
    }
}

fn turned(report: &Report, number: usize, by: usize) -> Report {
    let sentences: Vec<&str> = report.text.split_inclusive(". ").collect();
    let at = by % sentences.len().max(1);
    Report::of_text(format!("{number:05}").as_str(), [&sentences[at..], &sentences[..at]].concat().concat().as_str())
}
