//! Fits the weights of `data/weights.tsv` on pairs of reports whose kinship is known.
//!
//! `cargo run --release -p variorum-trace --example fit < pairs.jsonl`, where a line is `{"a": report, "b": report,
//! "linked": bool, "source": "a"|"b"|null, "shared": bool, "verbatim": bool, "set": "…", "kind": "…"}`.
//! `source` is null where nobody can know or `shared` is true; `verbatim` pairs (copies, excerpts) teach nothing about
//! sharing; pairs of one `set` (one event) are held out together when the fit is tested; a `kind` is one
//! way of making or finding pairs ("rewritten by machine", "cut to a third"), held out when it is asked whether the fit
//! serves kinds that it has not seen. Pairs marked `"only": "direction"` teach nothing else; the measure
//! `direction.register` is taken from a pair's `register`, where `examples/register.rs held-out` has put it.
//! Prints the rows and, as notes, what the tests say.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use serde_json::Value;
use variorum_news::Report;

/// A pair as a model sees it: measures, what is true, its fold and kind, and how much it counts.
struct Case {
    measures: Vec<(&'static str, f64)>,
    truth: bool,
    fold: usize,
    kind: String,
    weight: f64,
}

const FOLDS: usize = 10;

/// A measure's weight may be held to a range: a fit must not learn the habits of made pairs against all sense.
///
/// What two reports share by their common subject (`link.wording`) may be taken off, but not without end, for real
/// rewrites are longer and keep more of the wording than made ones; and a closely told passage must count before it is
/// so close that only made pairs have it. Of two texts the one that holds the other has the older words, whoever's words
/// they are like: hence the bounds on `direction.told` and `direction.register`.
fn bounds(name: &str) -> (f64, f64) {
    match name {
        "link.wording" => (-3.0, 0.0),
        "link.passage" => (2.0, f64::MAX),
        "link.names" | "link.own" | "link.alone" => (f64::MIN, 0.0),
        "direction.length" | "direction.retold_length" | "direction.retold_new" => (f64::MIN, 0.0),
        "direction.told" => (6.0, f64::MAX),
        "direction.register" => (0.0, 3.0),
        name if name.starts_with("link.") || name.starts_with("direction.") => (0.0, f64::MAX),
        _ => (f64::MIN, f64::MAX),
    }
}

fn main() {
    let (mut link, mut direction, mut sharing) = (Vec::new(), Vec::new(), Vec::new());
    for line in std::io::stdin().lock().lines() {
        let pair: Value = serde_json::from_str(&line.expect("standard input can be read")).expect("each line is JSON");
        let report = |key: &str| -> Report { serde_json::from_value(pair[key].clone()).expect("a report") };
        let (a, b) = (report("a"), report("b"));
        let word = |key: &str| pair[key].as_str().unwrap_or("").to_owned();
        let fold = word("set").bytes().fold(7usize, |h, b| h * 31 % 1_000_003 + b as usize) % FOLDS;
        let mut measures = variorum_trace::measures(&a, &b);
        if let Some(register) = pair["register"].as_f64() {
            measures
                .iter_mut()
                .filter(|(name, _)| *name == "direction.register")
                .for_each(|(_, value)| *value = register);
        }
        let of = |model: &str| -> Vec<(&'static str, f64)> {
            measures.iter().filter(|(name, _)| name.starts_with(model)).copied().collect()
        };
        let is = |key: &str| pair[key].as_bool().unwrap_or(false);
        let case = |measures, truth| Case { measures, truth, fold, kind: word("kind"), weight: 1.0 };
        let whole = pair["only"].is_null();
        if whole {
            link.push(case(of("link."), is("linked")));
        }
        if is("linked") {
            if whole && !is("verbatim") {
                sharing.push(case(of("sharing."), is("shared")));
            }
            if let Some(source) = pair["source"].as_str() {
                let turned = of("direction.").into_iter().map(|(name, value)| (name, -value)).collect();
                direction.push(case(of("direction."), source == "a"));
                direction.push(case(turned, source == "b"));
            }
        }
    }
    println!("# name\tweight");
    for (name, mut cases) in [("link", link), ("direction", direction), ("sharing", sharing)] {
        weigh(&mut cases);
        tell(name, &cases);
    }
}

/// Lets both truths count the same, and a kind by the root of its pairs: a large set must not outvote all others.
fn weigh(cases: &mut [Case]) {
    let mut count: BTreeMap<(bool, String), f64> = BTreeMap::new();
    cases.iter().for_each(|case| *count.entry((case.truth, case.kind.clone())).or_default() += 1.0);
    let total = |truth: bool| count.iter().filter(|(key, _)| key.0 == truth).map(|(_, n)| n.sqrt()).sum::<f64>();
    let half = cases.len() as f64 / 2.0;
    let totals = [total(false), total(true)];
    for case in cases {
        let n = count[&(case.truth, case.kind.clone())];
        case.weight = half / (n.sqrt() * totals[usize::from(case.truth)]);
    }
}

fn tell(model: &str, cases: &[Case]) {
    let scores = held_out(cases, None);
    println!("# {model}: {} pairs, AUC {:.4} in ten-fold cross-validation", cases.len(), auc(&scores));
    if model == "link" {
        calibrate(&scores);
    }
    let kinds: BTreeSet<&str> = cases.iter().filter(|case| case.truth).map(|case| case.kind.as_str()).collect();
    for kind in kinds {
        let scores = held_out(cases, Some(kind));
        let of_kind: Vec<_> = scores.iter().filter(|(_, case)| case.truth).collect();
        let right = of_kind.iter().filter(|(score, _)| *score > 0.0).count() as f64 / of_kind.len() as f64;
        println!("# {model} without {kind}: AUC {:.3}, right {right:.3}", auc(&scores));
    }
    let names = cases[0].measures.iter().map(|(name, _)| name.to_string()).chain([format!("{model}.bias")]);
    for (name, weight) in names.zip(fit(&cases.iter().collect::<Vec<_>>())) {
        println!("{name}\t{weight:.2}");
    }
}

/// Returns each case with the score that weights give which do not know its fold, nor any true case of a kind left out;
/// of the true cases then only that kind.
fn held_out<'a>(cases: &'a [Case], without: Option<&str>) -> Vec<(f64, &'a Case)> {
    let left_out = |case: &Case| case.truth && without == Some(&*case.kind);
    let mut scores = Vec::new();
    for fold in 0..FOLDS {
        let known: Vec<&Case> = cases.iter().filter(|case| case.fold != fold && !left_out(case)).collect();
        let weights = fit(&known);
        let asked = cases.iter().filter(|case| case.fold == fold);
        let counted = asked.filter(|case| without.is_none() || left_out(case) || !case.truth);
        scores.extend(counted.map(|case| (score(&weights, case), case)));
    }
    scores
}

/// Prints slope and bias that make held-out scores probabilities, and how well they do (Platt 1999).
fn calibrate(scores: &[(f64, &Case)]) {
    let cases: Vec<Case> = scores
        .iter()
        .map(|(score, case)| Case {
            measures: vec![("calibration.slope", *score)],
            truth: case.truth,
            fold: 0,
            kind: String::new(),
            weight: case.weight,
        })
        .collect();
    let line = fit(&cases.iter().collect::<Vec<_>>());
    println!("calibration.slope\t{:.2}\ncalibration.bias\t{:.2}", line[0], line[1]);
    println!("# said to be kin, of them kin, pairs");
    for low in [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let said = |case: &Case| 1.0 / (1.0 + (-self::score(&line, case)).exp());
        let bin: Vec<&Case> = cases.iter().filter(|case| (low..low + 0.1).contains(&said(case))).collect();
        let all: f64 = bin.iter().map(|case| case.weight).sum();
        let mean = |value: &dyn Fn(&Case) -> f64| bin.iter().map(|case| case.weight * value(case)).sum::<f64>() / all;
        println!("# {:.2} {:.2} {}", mean(&said), mean(&|case| f64::from(u8::from(case.truth))), bin.len());
    }
}

fn score(weights: &[f64], case: &Case) -> f64 {
    let bias = weights[weights.len() - 1];
    bias + case.measures.iter().zip(weights).map(|((_, value), weight)| value * weight).sum::<f64>()
}

/// Logistic regression with a ridge on standardised measures, by projected gradient with momentum.
fn fit(cases: &[&Case]) -> Vec<f64> {
    let width = cases[0].measures.len();
    let n = cases.len() as f64;
    let mean: Vec<f64> = (0..width).map(|i| cases.iter().map(|c| c.measures[i].1).sum::<f64>() / n).collect();
    let spread: Vec<f64> = (0..width)
        .map(|i| (cases.iter().map(|c| (c.measures[i].1 - mean[i]).powi(2)).sum::<f64>() / n).sqrt().max(1e-9))
        .collect();
    let rows: Vec<Vec<f64>> = cases
        .iter()
        .map(|c| (0..width).map(|i| (c.measures[i].1 - mean[i]) / spread[i]).chain([1.0]).collect())
        .collect();
    let step = 4.0 / (cases.iter().map(|c| c.weight).sum::<f64>() * (width + 1) as f64);
    let (mut weights, mut momentum) = (vec![0.0; width + 1], vec![0.0; width + 1]);
    for round in 0..1500 {
        let mut slope: Vec<f64> =
            momentum.iter().enumerate().map(|(i, w)| if i < width { 2.0 * w } else { 0.0 }).collect();
        for (row, case) in rows.iter().zip(cases) {
            let odds: f64 = row.iter().zip(&momentum).map(|(x, w)| x * w).sum();
            let off = case.weight * (1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(case.truth)));
            row.iter().zip(&mut slope).for_each(|(x, slope)| *slope += off * x);
        }
        let mut next: Vec<f64> = momentum.iter().zip(&slope).map(|(w, slope)| w - step * slope).collect();
        for i in 0..width {
            let (low, high) = bounds(cases[0].measures[i].0);
            next[i] = next[i].clamp(low.max(-1e6) * spread[i], high.min(1e6) * spread[i]);
        }
        let carry = f64::from(round) / f64::from(round + 3);
        momentum = next.iter().zip(&weights).map(|(new, old)| new + carry * (new - old)).collect();
        weights = next;
    }
    let bias = weights[width] - (0..width).map(|i| weights[i] * mean[i] / spread[i]).sum::<f64>();
    (0..width).map(|i| weights[i] / spread[i]).chain([bias]).collect()
}

/// Returns how often a true case scores above a false one, by rank, ties as half.
fn auc(scores: &[(f64, &Case)]) -> f64 {
    let mut sorted: Vec<(f64, bool)> = scores.iter().map(|(score, case)| (*score, case.truth)).collect();
    sorted.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (mut below, mut wins, mut trues) = (0.0, 0.0, 0.0);
    for same in sorted.chunk_by(|x, y| x.0 == y.0) {
        let truths = same.iter().filter(|(_, truth)| *truth).count() as f64;
        let falses = same.len() as f64 - truths;
        wins += truths * (below + falses / 2.0);
        (below, trues) = (below + falses, trues + truths);
    }
    wins / f64::max(below * trues, 1.0)
}
