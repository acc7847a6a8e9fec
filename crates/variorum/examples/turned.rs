//! Writes what is measured of the words that may turn a claim, to fit their weights on.
//!
//! `cargo run --release -p variorum --example turned < pairs.jsonl > turned.jsonl`, where a line in is what
//! `variorum check --jsonl` reads, and a line out `{"id", "turns": [{"start", "end", "kind", "measures": {name: n}}]}`;
//! `crates/variorum-collate/examples/turns.py` makes the weights of these and of what is true of the pairs.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::BufRead;

use serde_json::{Map, Value, json};
use variorum_annotate::{Depth, annotate};
use variorum_collate::turned;
use variorum_news::Report;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let pair: Value = serde_json::from_str(&line.expect("standard input can be read")).expect("each line is JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rewrite = read("rewrite", &text(&pair["rewrite"]));
        let sources = pair["sources"].as_array().into_iter().flatten().enumerate();
        let sources: Vec<Report> =
            sources.map(|(n, source)| read(&format!("source-{}", n + 1), &text(source))).collect();
        let turns: Vec<Value> = turned(&rewrite, &sources.iter().collect::<Vec<_>>())
            .into_iter()
            .map(|(drift, measures)| {
                let measures: Map<String, Value> = measures
                    .into_iter()
                    .filter(|(_, value)| *value != 0.0)
                    .map(|(name, value)| (name.to_owned(), json!((value * 10_000.0).round() / 10_000.0)))
                    .collect();
                let (start, end) = (drift.rewrite.start, drift.rewrite.end);
                json!({"start": start, "end": end, "kind": drift.kind, "explain": drift.explain, "measures": measures})
            })
            .collect();
        println!("{}", json!({"id": pair["id"], "turns": turns}));
    }
}

fn read(id: &str, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    report.annotations = Some(annotate(&report, Depth::Fast));
    report
}
