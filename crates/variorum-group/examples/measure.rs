//! Scores streamed and whole grouping on reports whose stories are known.
//!
//! `cargo run --release -p variorum-group --example measure -- FILE.jsonl …`, where a line is a report with its true `story`
//! among the further fields. Prints BCubed precision, recall and F, and the microseconds of a report.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;

use serde_json::Value;
use variorum_group::{Options, Shelf, group, place};
use variorum_news::{GroupLine, Report};

fn main() {
    println!("{:16} {:>7}  stream P / R / F (before merges)      whole P / R / F    µs a report", "set", "reports");
    for path in std::env::args().skip(1) {
        measure(&path);
    }
}

fn measure(path: &str) {
    let lines = std::fs::read_to_string(path).expect("the file can be read");
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let truth: Vec<String> = rows.iter().map(|row| row["story"].as_str().expect("a story").to_owned()).collect();
    let reports: Vec<Report> = rows.into_iter().map(|row| serde_json::from_value(row).expect("a report")).collect();
    let start = cpu_micros();
    let (first, merged) = stream(&reports);
    let micros = (cpu_micros() - start) / reports.len() as f64;
    let (p, r, f) = bcubed(&truth, &merged);
    let unmerged = bcubed(&truth, &first).2;
    let name = path.rsplit('/').next().unwrap_or(path);
    print!("{name:16} {:7}  {p:.3} / {r:.3} / {f:.3} ({unmerged:.3})", reports.len());
    if reports.len() < 20_000 && std::env::var("NOWHOLE").is_err() {
        let all: Vec<&Report> = reports.iter().collect();
        let placed = group(&all, &Options::default()).into_iter().map(|one| one.story).collect::<Vec<_>>();
        let (p, r, f) = bcubed(&truth, &placed);
        print!("       {p:.3} / {r:.3} / {f:.3}");
    }
    println!("   {micros:6.1}");
}

/// Returns the time that this thread has run, in microseconds, where the system tells it.
fn cpu_micros() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1000.0
}

/// Returns the story of each report as first answered, and after all merges.
fn stream(reports: &[Report]) -> (Vec<String>, Vec<String>) {
    let (mut shelf, options) = (Shelf::default(), Options::default());
    let mut first = Vec::new();
    let mut into: BTreeMap<String, String> = BTreeMap::new();
    for line in reports.iter().flat_map(|report| place(&mut shelf, report, &options)) {
        match line {
            GroupLine::Placement(placement) => first.push(placement.story),
            GroupLine::Split(_) => unreachable!("splits were not asked for"),
            GroupLine::Merge(merge) => {
                let [kept, gone] = merge.merge;
                into.insert(gone, kept);
            }
        }
    }
    let last = |story: &String| {
        let mut story = story;
        while let Some(next) = into.get(story) {
            story = next;
        }
        story.clone()
    };
    let merged = first.iter().map(last).collect();
    (first, merged)
}

/// BCubed precision, recall and F (Bagga and Baldwin 1998).
fn bcubed(truth: &[String], found: &[String]) -> (f64, f64, f64) {
    let (mut both, mut of_truth, mut of_found) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for pair in truth.iter().zip(found) {
        *both.entry(pair).or_insert(0.0) += 1.0;
        *of_truth.entry(pair.0).or_insert(0.0) += 1.0;
        *of_found.entry(pair.1).or_insert(0.0) += 1.0;
    }
    let n = truth.len() as f64;
    let p = both.iter().map(|(pair, shared)| shared * shared / of_found[pair.1]).sum::<f64>() / n;
    let r = both.iter().map(|(pair, shared)| shared * shared / of_truth[pair.0]).sum::<f64>() / n;
    (p, r, 2.0 * p * r / (p + r))
}
