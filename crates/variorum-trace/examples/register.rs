//! Fits the weights of `data/register.tsv`: which words are those of a text told again.
//!
//! `cargo run --release -p variorum-trace --example register < pairs.jsonl > data/register.tsv`, the pairs being those of
//! `examples/fit.rs`. Only pairs marked `"natural": true` teach: rewrites by people or language models, not by rules.
//! `… --example register held-out < pairs.jsonl > scored.jsonl` prints the pairs that have a source, each with the
//! `register` that it gets from weights which do not know its event: what `examples/fit.rs` must be given, for a measure
//! that knew the pairs would be trusted too much.
//!
//! Method: logistic regression with a ridge; a pair's measure of a word is what `direction.register` makes of it, so that
//! a text's length counts nothing. Words count from 25 events on.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use serde_json::Value;
use variorum_news::Report;

const FOLDS: usize = 10;
/// A word of fewer events may be a matter of their subject.
const EVENTS: usize = 25;
/// A weight smaller than this says nothing.
const LEAST: f64 = 1.0;
/// The inverse of the ridge's strength, on measures ten times as large as the crate's.
const RIDGE: f64 = 0.1;

/// A pair: the words that each has alone, whether the first is the source, its fold, and how much it counts.
struct Case {
    words: [Vec<usize>; 2],
    size: [usize; 2],
    truth: bool,
    natural: bool,
    fold: usize,
    weight: f64,
}

fn main() {
    let held_out = std::env::args().nth(1).as_deref() == Some("held-out");
    let lines: Vec<String> =
        std::io::stdin().lock().lines().map(|line| line.expect("standard input can be read")).collect();
    let pairs: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let (names, cases) = read(&pairs);
    if !held_out {
        println!(
            "# word\tweight: positive where texts told again have it\n# Fitted by examples/register.rs; see the README."
        );
        let weights = fit(&cases, names.len(), None);
        for (name, weight) in names.iter().zip(&weights).filter(|(_, weight)| weight.abs() >= LEAST) {
            println!("{name}\t{weight:.2}");
        }
        return;
    }
    let folds: Vec<Vec<f64>> = (0..FOLDS).map(|fold| fit(&cases, names.len(), Some(fold))).collect();
    let mut scored = cases.iter();
    for mut pair in pairs {
        if pair["source"].is_string() {
            let case = scored.next().expect("every pair with a source is a case");
            pair["register"] = score(&folds[case.fold], case).into();
        }
        println!("{pair}");
    }
}

fn read(pairs: &[Value]) -> (Vec<String>, Vec<Case>) {
    let mut found = Vec::new();
    let mut events: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, f64> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair["source"].is_string()) {
        let report = |key: &str| -> Report { serde_json::from_value(pair[key].clone()).expect("a report") };
        let words = variorum_trace::words_alone(&report("a"), &report("b"));
        if pair["natural"] == true {
            *kinds.entry(pair["kind"].as_str().unwrap_or("")).or_default() += 1.0;
            for word in words.iter().flatten().filter(|word| is_word(word)) {
                events.entry(word.clone()).or_default().insert(pair["set"].as_str().unwrap_or(""));
            }
        }
        found.push((pair, words));
    }
    let names: Vec<String> = events.into_iter().filter(|(_, in_)| in_.len() >= EVENTS).map(|(name, _)| name).collect();
    let case = |(pair, words): (&Value, [Vec<String>; 2])| {
        let set = pair["set"].as_str().unwrap_or("");
        let at = |words: &Vec<String>| words.iter().filter_map(|word| names.binary_search(word).ok()).collect();
        Case {
            words: [at(&words[0]), at(&words[1])],
            size: [words[0].len(), words[1].len()],
            truth: pair["source"] == "a",
            natural: pair["natural"] == true,
            fold: set.bytes().fold(7usize, |h, b| h * 31 % 1_000_003 + b as usize) % FOLDS,
            weight: 1.0 / kinds.get(pair["kind"].as_str().unwrap_or("")).copied().unwrap_or(1.0).sqrt(),
        }
    };
    let cases = found.into_iter().map(case).collect();
    (names, cases)
}

fn is_word(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'')
}

/// Returns each word's part in the log odds that the first report is the source, ten times the crate's measure.
fn parts(case: &Case) -> impl Iterator<Item = (usize, f64)> + '_ {
    let of = move |side: usize, sign: f64| {
        case.words[side].iter().map(move |word| (*word, sign * 10.0 / (case.size[side] + 20) as f64))
    };
    of(0, -1.0).chain(of(1, 1.0))
}

/// Returns the measure as the crate makes it, within its bound.
fn score(weights: &[f64], case: &Case) -> f64 {
    let kept = |word: usize| if weights[word].abs() >= LEAST { weights[word] } else { 0.0 };
    parts(case).map(|(word, part)| kept(word) * part / 10.0).sum::<f64>().clamp(-1.0, 1.0)
}

/// Logistic regression with a ridge by gradient descent with momentum, without the cases of one fold.
fn fit(cases: &[Case], width: usize, without: Option<usize>) -> Vec<f64> {
    let known: Vec<&Case> = cases.iter().filter(|case| case.natural && Some(case.fold) != without).collect();
    let all: f64 = known.iter().map(|case| case.weight).sum();
    let share = known.len() as f64 / all;
    let longest = known.iter().map(|case| parts(case).map(|(_, part)| part * part).sum::<f64>()).fold(0.0, f64::max);
    let step = 1.0 / (longest * known.len() as f64 / 4.0 + 1.0 / RIDGE);
    let (mut weights, mut momentum) = (vec![0.0; width], vec![0.0; width]);
    for round in 0..400 {
        let mut slope: Vec<f64> = momentum.iter().map(|weight| weight / RIDGE).collect();
        for case in &known {
            let odds: f64 = parts(case).map(|(word, part)| momentum[word] * part).sum();
            let off = case.weight * share * (1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(case.truth)));
            parts(case).for_each(|(word, part)| slope[word] += off * part);
        }
        let next: Vec<f64> = momentum.iter().zip(&slope).map(|(weight, slope)| weight - step * slope).collect();
        let carry = f64::from(round) / f64::from(round + 3);
        momentum = next.iter().zip(&weights).map(|(new, old)| new + carry * (new - old)).collect();
        weights = next;
    }
    // The crate's measure is a mean, a tenth of the one here.
    weights.iter().map(|weight| weight * 10.0).collect()
}
