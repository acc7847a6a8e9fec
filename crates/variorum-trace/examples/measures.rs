//! Prints what the model weighs for pairs of reports: lines {"a": report, "b": report, "label": …} in, TSV out.
#![allow(clippy::print_stdout)]

use std::io::BufRead;

use variorum_news::Report;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input can be read");
        let pair: serde_json::Value = serde_json::from_str(&line).expect("each line is JSON");
        let report = |key: &str| -> Report { serde_json::from_value(pair[key].clone()).expect("a report") };
        let cells: Vec<String> = variorum_trace::measures(&report("a"), &report("b"))
            .iter()
            .map(|(name, value)| format!("{name}={value:.5}"))
            .collect();
        println!("{}\t{}", pair["label"], cells.join("\t"));
    }
}
