//! Fits the weights of `data/same.tsv`: when do two sentences of different reports say the same?
//!
//! `cargo run --release -p variorum-collate --example same < pairs.jsonl`, where a line is `{"set": "…", "kind":
//! "sentences"|"answers"|"lines", "reports": [annotated report, …], "pairs": [[report, sentence, report, sentence, same], …]}`:
//! places count from 0, `same` is true, false, or null for a pair that teaches nothing. Pairs of one `set` (one event, one
//! question) are held out together when the fit is tested. Prints the rows of the table; what the test
//! says goes to the standard error.
#![allow(clippy::print_stdout, clippy::print_stderr)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::Value;
use variorum_news::Report;

/// A pair as the model sees it.
struct Case {
    measures: Vec<f64>,
    same: bool,
    set: String,
    weight: f64,
}

/// What a measure may weigh: more in common never makes two sentences less alike, nor does what parts them unite them.
fn bounds(name: &str) -> (f64, f64) {
    match name {
        "bias" => (f64::MIN, f64::MAX),
        name if name.ends_with("apart") || name == "opposites" => (f64::MIN, 0.0),
        _ => (0.0, f64::MAX),
    }
}

fn main() {
    let mut names: Vec<&'static str> = Vec::new();
    let mut cases: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("standard input can be read")).expect("each line is JSON");
        let reports: Vec<Report> = serde_json::from_value(line["reports"].clone()).expect("reports");
        let pairs: Vec<(usize, usize, usize, usize, Option<bool>)> =
            serde_json::from_value(line["pairs"].clone()).expect("pairs");
        let places: Vec<[(usize, usize); 2]> = pairs.iter().map(|p| [(p.0, p.1), (p.2, p.3)]).collect();
        let measured = variorum_collate::measured(&reports.iter().collect::<Vec<_>>(), &places);
        let kind = line["kind"].as_str().expect("kind").to_owned();
        for (pair, measures) in pairs.iter().zip(measured) {
            let (Some(same), false) = (pair.4, measures.is_empty()) else { continue };
            names = variorum_collate::MEASURES.to_vec();
            // "Beyond" knows the whole story, which sentences of long reports do not need; and lines that answer one
            // question are all about the same.
            let off = |name: &str| match kind.as_str() {
                "sentences" => name == "beyond",
                "lines" => name == "about" || name == "mass",
                _ => false,
            };
            let measures = names.iter().map(|n| if off(n) { 0.0 } else { measures[n] }).collect();
            let set = line["set"].as_str().expect("set").to_owned();
            cases.entry(kind.clone()).or_default().push(Case { measures, same, set, weight: 1.0 });
        }
    }
    let kinds = ["sentences", "answers", "lines"];
    let mut chances = [[0.0; 3]; 2];
    let mut rows: BTreeMap<&str, [f64; 3]> = names.iter().map(|n| (*n, [0.0; 3])).collect();
    for (kind, mut cases) in cases {
        // Answers are judged by balanced accuracy, set by set: each set and each side of it counts alike.
        if kind != "sentences" {
            let mut counts: BTreeMap<(String, bool), f64> = BTreeMap::new();
            cases.iter().for_each(|c| *counts.entry((c.set.clone(), c.same)).or_default() += 1.0);
            let scale = cases.len() as f64 / counts.len() as f64;
            cases.iter_mut().for_each(|c| c.weight = scale / counts[&(c.set.clone(), c.same)]);
        }
        let at = kinds.iter().position(|k| *k == kind).expect("a kind");
        let chance = tested(&kind, &names, &cases);
        let weights = fitted(&names, &cases.iter().collect::<Vec<_>>(), decay(&kind));
        for (name, weight) in names.iter().zip(weights) {
            rows.entry(name).or_default()[at] = weight;
        }
        (0..2).for_each(|n| chances[n][at] = chance[n]);
    }
    println!(
        "# What it weighs that two sentences say the same, by what they have in common; see README. Fitted by examples/same.rs."
    );
    println!("# measure\tsentences\tanswers\tlines");
    let row = |name: &str, row: &[f64; 3]| println!("{name}\t{:.2}\t{:.2}\t{:.2}", row[0], row[1], row[2]);
    names.iter().for_each(|name| row(name, &rows[name]));
    println!("# How likely two of a sureness do say the same, from its log odds.");
    row("chance.bias", &chances[0]);
    row("chance.slope", &chances[1]);
}

/// Says how a fit on all other sets judges each set, and returns what makes a chance of the log odds that it gives.
fn tested(kind: &str, names: &[&str], cases: &[Case]) -> [f64; 2] {
    let sets: Vec<&str> =
        cases.iter().map(|c| c.set.as_str()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let folds = if kind != "sentences" { sets.len() } else { 10.min(sets.len()) };
    let fold = |set: &str| sets.iter().position(|s| *s == set).unwrap_or(0) % folds;
    let mut judged: Vec<(f64, &Case)> = Vec::new();
    for n in 0..folds {
        let train: Vec<&Case> = cases.iter().filter(|c| fold(&c.set) != n).collect();
        let weights = fitted(names, &train, decay(kind));
        judged.extend(cases.iter().filter(|c| fold(&c.set) == n).map(|c| (sure(&weights, &c.measures), c)));
    }
    let sum = |same: bool, right: &dyn Fn(f64) -> bool| {
        let of = || judged.iter().filter(|(_, c)| c.same == same);
        of().filter(|(s, _)| right(*s)).map(|(_, c)| c.weight).sum::<f64>() / of().map(|(_, c)| c.weight).sum::<f64>()
    };
    if kind != "sentences" {
        for held in &sets {
            let of = |same: bool| judged.iter().filter(move |(_, c)| c.set == *held && c.same == same);
            let told = |same: bool| of(same).filter(|(s, _)| *s >= 0.5).count() as f64 / of(same).count().max(1) as f64;
            eprintln!("{held}: balanced {:.3}", (told(true) + 1.0 - told(false)) / 2.0);
        }
    }
    for least in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95] {
        let (told, false_ones) = (sum(true, &|s| s >= least), sum(false, &|s| s >= least));
        let all = judged.iter().filter(|(s, _)| *s >= least).count().max(1);
        let right = judged.iter().filter(|(s, c)| *s >= least && c.same).count();
        let precision = right as f64 / all as f64;
        eprintln!(
            "{kind} at {least}: recall {told:.3}, false {false_ones:.3}, balanced {:.3}, precision {precision:.3}",
            (told + 1.0 - false_ones) / 2.0
        );
    }
    chances(&judged.iter().map(|(sure, case)| (*sure, case.same)).collect::<Vec<_>>())
}

/// A chance from log odds, by logistic regression on one measure.
fn chances(judged: &[(f64, bool)]) -> [f64; 2] {
    let (mut bias, mut slope) = (0.0, 1.0);
    for _ in 0..20_000 {
        let (mut by_bias, mut by_slope) = (0.0, 0.0);
        for (sure, same) in judged {
            let sure = sure.clamp(0.01, 0.99);
            let odds = (sure / (1.0 - sure)).ln();
            let off = 1.0 / (1.0 + f64::exp(-(bias + slope * odds))) - f64::from(u8::from(*same));
            by_bias += off / judged.len() as f64;
            by_slope += off * odds / judged.len() as f64;
        }
        bias -= 0.1 * by_bias;
        slope -= 0.1 * by_slope;
    }
    [bias, slope]
}

fn sure(weights: &[f64], measures: &[f64]) -> f64 {
    let sum: f64 = weights.iter().zip(measures).map(|(w, m)| w * m).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by gradient descent with a little decay, each weight held to its bounds.
fn fitted(names: &[&str], cases: &[&Case], decay: f64) -> Vec<f64> {
    let mut weights = vec![0.0; names.len()];
    let total: f64 = cases.iter().map(|c| c.weight).sum();
    let mut step = vec![0.0f64; names.len()];
    for _ in 0..6000 {
        let mut slope = vec![0.0; names.len()];
        for case in cases {
            let off = (sure(&weights, &case.measures) - f64::from(u8::from(case.same))) * case.weight / total;
            slope.iter_mut().zip(&case.measures).for_each(|(s, m)| *s += off * m);
        }
        for (n, name) in names.iter().enumerate() {
            let held = if n == 0 { 0.0 } else { decay * weights[n] };
            let g = slope[n] + held;
            step[n] = 0.9 * step[n] - 1.0 * g;
            let (low, high) = bounds(name);
            weights[n] = (weights[n] + step[n]).clamp(low, high);
        }
    }
    weights
}

/// How strongly weights are held to nothing: answers come from four questions only, so they are held harder.
fn decay(kind: &str) -> f64 {
    if kind == "answers" { 0.02 } else { 0.004 }
}
