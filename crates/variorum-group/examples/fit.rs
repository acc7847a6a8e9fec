//! Fits the weights of `data/likeness.tsv` on streams whose stories are known.
//!
//! `cargo run --release -p variorum-group --example fit -- SET.jsonl …`, where a line is a report with its true `story`
//! among the further fields, and a `topic` where alike stories are to be held out together. Each file is a stream; all
//! weigh alike. Prints the rows, and to each set the AUC and the mean loss in five-fold cross-validation over topics.
//! With `--without NAME` a kind of measure (all whose names start so) is left out, with `--quick` nothing is held out.
#![allow(clippy::print_stdout)]
// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use serde_json::Value;
use variorum_group::lessons;
use variorum_news::Report;

/// Stories that each report is held against.
const COMPARED: usize = 10;

/// How strongly weights are held to zero, in cases.
const RIDGE: f64 = 40.0;

/// How much all cases of one set weigh together.
const OF_A_SET: f64 = 1_000.0;

struct Case {
    set: usize,
    fold: usize,
    truth: bool,
    weight: f64,
    measures: Vec<f64>,
}

/// Numbers by which a case is scored: one for each measure, and the bias.
struct Model {
    weights: Vec<f64>,
}

fn main() {
    let mut paths = Vec::new();
    let mut without = Vec::new();
    let mut quick = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--without" => without.extend(args.next()),
            "--quick" => quick = true,
            _ => paths.push(arg),
        }
    }
    let mut names = Vec::new();
    let mut cases = Vec::new();
    for (set, path) in paths.iter().enumerate() {
        cases.extend(read(path, set, &mut names));
    }
    let left_out: Vec<usize> =
        (0..names.len()).filter(|&at| without.iter().any(|name| names[at].starts_with(name.as_str()))).collect();
    cases.iter_mut().for_each(|case| left_out.iter().for_each(|&at| case.measures[at] = 0.0));
    if !quick {
        report(&paths, &names, &cases);
    }
    let model = fit(&names, &cases.iter().collect::<Vec<_>>());
    println!("# name\tweight\nbias\t{:.3}", model.weights[names.len()]);
    for (name, weight) in names.iter().zip(&model.weights) {
        println!("{name}\t{weight:.3}");
    }
}

fn read(path: &str, set: usize, names: &mut Vec<&'static str>) -> Vec<Case> {
    let lines = std::fs::read_to_string(path).expect("the file can be read");
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let text = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
    let topics: Vec<String> =
        rows.iter().map(|row| text(row, "topic").or_else(|| text(row, "story")).unwrap_or_default()).collect();
    let streamed: Vec<(Report, String)> = rows
        .into_iter()
        .map(|row| {
            let story = text(&row, "story").expect("a story");
            (serde_json::from_value(row).expect("a report"), story)
        })
        .collect();
    let case = |lesson: variorum_group::Lesson| {
        *names = lesson.measures.iter().map(|measure| measure.0).collect();
        Case {
            set,
            fold: fold(&topics[lesson.of]),
            truth: lesson.belongs,
            weight: OF_A_SET / streamed.len() as f64,
            measures: lesson.measures.iter().map(|measure| f64::from(measure.1)).collect(),
        }
    };
    lessons(&streamed, COMPARED).into_iter().map(case).collect()
}

fn fold(topic: &str) -> usize {
    topic.bytes().fold(7usize, |hash, byte| (hash * 31 + byte as usize) % 1_000_003) % 5
}

fn report(paths: &[String], names: &[&str], cases: &[Case]) {
    let mut scores = vec![0.0; cases.len()];
    for fold in 0..5 {
        let model = fit(names, &cases.iter().filter(|case| case.fold != fold).collect::<Vec<_>>());
        let held = cases.iter().enumerate().filter(|(_, case)| case.fold == fold);
        held.for_each(|(at, case)| scores[at] = model.score(&case.measures));
    }
    for (set, path) in paths.iter().enumerate() {
        let of_set: Vec<(f64, bool)> =
            cases.iter().zip(&scores).filter(|(case, _)| case.set == set).map(|(c, &s)| (s, c.truth)).collect();
        let loss = |&(score, truth): &(f64, bool)| (1.0 + (if truth { -score } else { score }).exp()).ln();
        let mean = of_set.iter().map(loss).sum::<f64>() / of_set.len().max(1) as f64;
        let name = path.rsplit('/').next().unwrap_or(path);
        println!("# {name}: {} cases, held out: AUC {:.4}, loss {mean:.4}", of_set.len(), auc(of_set));
    }
}

impl Model {
    fn score(&self, measures: &[f64]) -> f64 {
        measures.iter().zip(&self.weights).map(|(x, w)| x * w).sum::<f64>() + self.weights[measures.len()]
    }
}

/// Which way a measure may count: what is shared for one story, what is missing or far against it. A fit must not learn
/// the habits of its sets against all sense: that large stories draw reports, say, where the sets have large stories.
fn against_sense(name: &str, weight: f64) -> bool {
    let for_it = [
        "cosine",
        "short.",
        "long.",
        "days.shared",
        "title.title",
        "title.short",
        "title.long",
        "rare.",
        "core.",
        "names.by",
    ];
    let against = ["days.differ", "days.apart", "names.apart", "missing.", "size."];
    (weight < 0.0 && for_it.iter().any(|start| name.starts_with(start)))
        || (weight > 0.0 && against.iter().any(|start| name.starts_with(start)))
}

/// Fits, leaving out what comes to count against sense.
fn fit(names: &[&str], cases: &[&Case]) -> Model {
    let mut used: Vec<usize> = (0..names.len()).collect();
    loop {
        let model = regress(&used, cases);
        let kept: Vec<usize> = used
            .iter()
            .enumerate()
            .filter(|&(nth, &at)| !against_sense(names[at], model[nth]))
            .map(|(_, &at)| at)
            .collect();
        if kept.len() == used.len() {
            let mut weights = vec![0.0; names.len() + 1];
            used.iter().zip(&model).for_each(|(&at, &weight)| weights[at] = weight);
            weights[names.len()] = model[used.len()];
            return Model { weights };
        }
        used = kept;
    }
}

/// Logistic regression over some measures with a ridge on standardised values, by Newton's method; the bias comes last.
fn regress(used: &[usize], cases: &[&Case]) -> Vec<f64> {
    let width = used.len();
    let total: f64 = cases.iter().map(|case| case.weight).sum();
    let mean = |of: &dyn Fn(&Case) -> f64| cases.iter().map(|case| case.weight * of(case)).sum::<f64>() / total;
    let means: Vec<f64> = used.iter().map(|&at| mean(&|case| case.measures[at])).collect();
    let spreads: Vec<f64> =
        used.iter().zip(&means).map(|(&at, m)| mean(&|case| (case.measures[at] - m).powi(2)).sqrt() + 1e-6).collect();
    let mut weights = vec![0.0; width + 1];
    for _ in 0..16 {
        let mut slope: Vec<f64> = weights.iter().map(|w| RIDGE * w).collect();
        let mut bend = vec![vec![0.0; width + 1]; width + 1];
        (0..width).for_each(|i| bend[i][i] = RIDGE);
        slope[width] = 0.0;
        for case in cases {
            let row: Vec<f64> =
                (0..width).map(|i| (case.measures[used[i]] - means[i]) / spreads[i]).chain([1.0]).collect();
            let odds: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-odds).exp());
            let off = case.weight * (chance - f64::from(u8::from(case.truth)));
            let curve = case.weight * (chance * (1.0 - chance)).max(1e-9);
            for i in 0..=width {
                slope[i] += off * row[i];
                let part = curve * row[i];
                (0..=i).for_each(|j| bend[i][j] += part * row[j]);
            }
        }
        let mut step = solve(bend, slope);
        // Far from the solution a full step may overshoot without end.
        let longest = step.iter().fold(0.0f64, |most, part| most.max(part.abs()));
        step.iter_mut().for_each(|part| *part /= longest.max(1.0));
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    let bias = weights[width] - (0..width).map(|i| weights[i] * means[i] / spreads[i]).sum::<f64>();
    (0..width).map(|i| weights[i] / spreads[i]).chain([bias]).collect()
}

/// Solves a system whose matrix is symmetric and positive, given its lower half (Cholesky).
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let sum = matrix[i][j] - (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum::<f64>();
            matrix[i][j] = if i == j { sum.max(1e-12).sqrt() } else { sum / matrix[j][j] };
        }
    }
    for i in 0..n {
        right[i] = (right[i] - (0..i).map(|k| matrix[i][k] * right[k]).sum::<f64>()) / matrix[i][i];
    }
    for i in (0..n).rev() {
        right[i] = (right[i] - (i + 1..n).map(|k| matrix[k][i] * right[k]).sum::<f64>()) / matrix[i][i];
    }
    right
}

/// The chance that a true case scores above a false one, ties by half.
fn auc(mut scores: Vec<(f64, bool)>) -> f64 {
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for equal in scores.chunk_by(|a, b| a.0 == b.0) {
        let truths = equal.iter().filter(|score| score.1).count() as f64;
        let falses = equal.len() as f64 - truths;
        wins += truths * (below + falses / 2.0);
        below += falses;
    }
    let truths = scores.iter().filter(|score| score.1).count() as f64;
    wins / (truths * below).max(1.0)
}
