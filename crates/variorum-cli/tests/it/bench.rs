//! Floors on the measuring kit, where it is at hand: `VARIORUM_BENCH` names the folder with its scorers.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::floors::{self, Figures};
use crate::program;

/// Sets that are quick enough for every run.
const SETS: &[(&str, &str)] = &[
    ("run.py", "contract,dates,figures,quotes,names,check,agree"),
    ("run_docs.py", "clean-wcxb,group-ecbplus,trace-pairs,trace-origins"),
];

/// The figure or two of a set of documents that sum it up; pinning all would forbid every trade between them.
const PINNED: &[&str] = &[
    "f1",
    "title_exact",
    "date_exact",
    "authors_exact",
    "stream_bcubed_f",
    "whole_bcubed_f",
    "auc",
    "direction",
    "kind",
    "credited",
    "bcubed_f",
];

#[test]
#[allow(clippy::print_stdout, reason = "a test shows its figures")]
fn the_bench_holds_its_floors() {
    let Some(bench) = std::env::var_os("VARIORUM_BENCH") else {
        println!("skipped: VARIORUM_BENCH names no folder with the measuring kit");
        return;
    };
    let bench = Path::new(&bench);
    let mut figures = Figures::new();
    let seeds = python(&bench.join("seeds.py"), &[]);
    for line in seeds.lines() {
        if let Some(total) = line.strip_prefix("total ").and_then(|l| l.rsplit("= ").next()?.trim().parse().ok()) {
            figures.insert("seeds: total".to_owned(), total);
        }
    }
    let scratch = tempfile::tempdir().expect("a folder can be made");
    for (scorer, sets) in SETS {
        let json = scratch.path().join("figures.json");
        python(&bench.join(scorer), &["--only", sets, "--json", json.to_str().expect("the path is UTF-8")]);
        let bytes = std::fs::read(&json).expect("the scorer wrote its figures");
        collect(&serde_json::from_slice(&bytes).expect("they are JSON"), &mut figures);
    }
    let shown: String = figures.iter().map(|(name, value)| format!("{name:64} {value:.3}\n")).collect();
    floors::hold("bench", &figures, &shown);
}

/// The one scorer lists its figures, the other nests them by set.
fn collect(json: &Value, figures: &mut Figures) {
    for row in json.as_array().into_iter().flatten() {
        let word = |key: &str| row[key].as_str().unwrap_or_default();
        let tuned_on = word("metric").contains("validation") || word("metric").contains("Rand");
        if let (Some(value), Some(false), false) = (row["value"].as_f64(), row["lower"].as_bool(), tuned_on) {
            figures.insert(format!("{}: {}", word("set"), word("metric")), tenth(value));
        }
    }
    for (set, metrics) in json["figures"].as_object().into_iter().flatten() {
        for (metric, value) in metrics.as_object().into_iter().flatten() {
            if !PINNED.contains(&metric.as_str()) {
                continue;
            }
            if let Some(value) = value.as_f64() {
                figures.insert(format!("{set}: {metric}"), tenth(value * 100.0) / 100.0);
            }
        }
    }
}

/// Rounds down to a tenth, so that a floor is never above what was measured.
fn tenth(value: f64) -> f64 {
    (value * 10.0).floor() / 10.0
}

fn python(scorer: &Path, args: &[&str]) -> String {
    let output = Command::new("python3")
        .arg(scorer)
        .arg("--bin")
        .arg(program::file())
        .args(args)
        .output()
        .expect("python3 is there");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}:\n{out}\n{err}", scorer.display());
    out.into_owned()
}
