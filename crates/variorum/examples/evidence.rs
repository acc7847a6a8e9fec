//! Writes what the verdicts of `check` rest on, to fit their weights on.
//!
//! `cargo run --release -p variorum --example evidence < pairs.jsonl > evidence.jsonl`, where a line in is what
//! `variorum check --jsonl` reads, and a line out `{"id", "sentences": [{"start", "end", "measures": [n],
//! "words": [{"start", "end", "weight", "measures": [n]}], "findings": [{"start", "end", "kind", "weighed_as", "measures": [n]}]}]}`; the
//! first line names the measures. `fit.py` and `calibrate.py` make the weights of these and of what is true of the pairs.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::BufRead;

use serde_json::{Value, json};
use variorum_annotate::{Depth, annotate};
use variorum_collate::{Measured, measures};
use variorum_news::Report;

fn main() {
    let mut named = false;
    for line in std::io::stdin().lock().lines() {
        let pair: Value = serde_json::from_str(&line.expect("standard input can be read")).expect("each line is JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rewrite = read("rewrite", &text(&pair["rewrite"]));
        let sources: Vec<Report> = pair["sources"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(n, source)| read(&format!("source-{}", n + 1), &text(source)))
            .collect();
        let sources: Vec<&Report> = sources.iter().collect();
        let measured = measures(&rewrite, &sources);
        if !named && let Some((sentence, word)) = measured.iter().find_map(|m| Some((m, m.words.first()?))) {
            let names = |measures: &[(&'static str, f64)]| measures.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            let finding = ["raw", "supported", "chance", "alike", "sourced", "alone"];
            println!("{}", json!({"sentence": names(&sentence.sentence), "word": names(&word.2), "finding": finding}));
            named = true;
        }
        let sentences: Vec<Value> = measured.iter().map(line_of).collect();
        println!("{}", json!({"id": pair["id"], "sentences": sentences}));
    }
}

fn read(id: &str, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    report.annotations = Some(annotate(&report, Depth::Fast));
    report
}

fn line_of(measured: &Measured) -> Value {
    let values = |measures: &[(&'static str, f64)]| -> Vec<f64> {
        measures.iter().map(|(_, value)| (value * 10_000.0).round() / 10_000.0).collect()
    };
    let words: Vec<Value> = measured
        .words
        .iter()
        .map(|(span, weight, measures)| {
            json!({"start": span.start, "end": span.end, "weight": weight, "measures": values(measures)})
        })
        .collect();
    let findings: Vec<Value> = measured
        .findings
        .iter()
        .map(|(drift, weighed_as, measures)| {
            let (start, end) = (drift.rewrite.start, drift.rewrite.end);
            let (kind, explain) = (drift.kind, &drift.explain);
            json!({"start": start, "end": end, "kind": kind, "weighed_as": weighed_as, "measures": values(measures), "explain": explain})
        })
        .collect();
    let (start, end) = (measured.span.start, measured.span.end);
    json!({"start": start, "end": end, "measures": values(&measured.sentence), "words": words, "findings": findings})
}
