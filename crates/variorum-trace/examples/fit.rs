//! Fits the weights of `data/weights.tsv` on pairs of reports whose kinship is known.
//!
//! `cargo run --release -p variorum-trace --example fit < pairs.jsonl`, where a line is
//! `{"a": report, "b": report, "linked": bool, "source": "a"|"b"|null, "shared": bool, "verbatim": bool, "set": "…"}`.
//! `source` is null where nobody can know or `shared` is true; `verbatim` pairs (copies, excerpts) teach nothing about
//! sharing and direction; pairs of one `set` (one event) are held out together when the fit is tested.
//! Prints the rows, and to each model the AUC in ten-fold cross-validation.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::BufRead;

use serde_json::Value;
use variorum_news::Report;

/// A pair as a model sees it: measures, what is true, and its fold.
struct Case {
    measures: Vec<(&'static str, f64)>,
    truth: bool,
    fold: usize,
}

/// A measure's weight may be held to a range: a fit must not learn the habits of made pairs against all sense.
///
/// What two reports share by their common subject (`link.wording`) and by their length (`link.size`) may be taken off, but
/// not without end, for real rewrites are longer and keep more of the wording than made ones; and a closely told
/// passage must count before it is so close that only made pairs have it.
fn bounds(name: &str) -> (f64, f64) {
    match name {
        "link.wording" => (-3.0, 0.0),
        "link.size" => (-0.4, 0.0),
        "link.passage" => (2.0, f64::MAX),
        "link.numbers" | "link.names_least" | "link.names_most" => (f64::MIN, 0.0),
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
        let fold = pair["set"].as_str().unwrap_or("").bytes().fold(7usize, |h, b| h * 31 % 1_000_003 + b as usize) % 10;
        let measures = variorum_trace::measures(&a, &b);
        let of = |model: &str| -> Vec<(&'static str, f64)> {
            measures.iter().filter(|(name, _)| name.starts_with(model)).copied().collect()
        };
        let is = |key: &str| pair[key].as_bool().unwrap_or(false);
        link.push(Case { measures: of("link."), truth: is("linked"), fold });
        if is("linked") && !is("verbatim") {
            sharing.push(Case { measures: of("sharing."), truth: is("shared"), fold });
            if let Some(source) = pair["source"].as_str() {
                let turned = of("direction.").into_iter().map(|(name, value)| (name, -value)).collect();
                direction.push(Case { measures: of("direction."), truth: source == "a", fold });
                direction.push(Case { measures: turned, truth: source == "b", fold });
            }
        }
    }
    println!("# name\tweight");
    for (name, cases) in [("link", link), ("direction", direction), ("sharing", sharing)] {
        report(name, &cases);
    }
}

fn report(model: &str, cases: &[Case]) {
    let mut scores = Vec::new();
    for fold in 0..10 {
        let (out, held): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.fold != fold);
        let weights = fit(&out);
        scores.extend(held.iter().map(|case| (score(&weights, case), case.truth)));
    }
    let weights = fit(&cases.iter().collect::<Vec<_>>());
    println!("# {model}: {} pairs, AUC {:.4} in ten-fold cross-validation", cases.len(), auc(&scores));
    let names = cases[0].measures.iter().map(|(name, _)| name.to_string()).chain([format!("{model}.bias")]);
    for (name, weight) in names.zip(weights) {
        println!("{name}\t{weight:.2}");
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
    let step = 4.0 / (n * (width + 1) as f64);
    let (mut weights, mut momentum) = (vec![0.0; width + 1], vec![0.0; width + 1]);
    for round in 0..6000 {
        let mut slope: Vec<f64> =
            momentum.iter().enumerate().map(|(i, w)| if i < width { 2.0 * w } else { 0.0 }).collect();
        for (row, case) in rows.iter().zip(cases) {
            let odds: f64 = row.iter().zip(&momentum).map(|(x, w)| x * w).sum();
            let off = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(case.truth));
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

fn auc(scores: &[(f64, bool)]) -> f64 {
    let (mut wins, mut all) = (0.0, 0.0);
    for (high, _) in scores.iter().filter(|(_, truth)| *truth) {
        for (low, _) in scores.iter().filter(|(_, truth)| !*truth) {
            wins += if high > low {
                1.0
            } else if high == low {
                0.5
            } else {
                0.0
            };
            all += 1.0;
        }
    }
    wins / f64::max(all, 1.0)
}
