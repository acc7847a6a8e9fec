//! What it costs to annotate: reports a CPU-second, JSON in and out included, and how the cost of bad input grows.
//!
//! `cargo bench -p variorum-annotate` takes the reports of the corpus; `-- FILE` those of a file of JSON Lines. With
//! `-- FILE PYTHON MODEL` spaCy is timed in the same run: a Python that has it, and the folder of its small English model.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench talks to a person"
)]

use std::path::Path;
use std::process::Command;

use variorum_annotate::{Depth, annotate};
use variorum_news::Report;

/// CPU seconds that a measurement takes at least; the count of a busy machine is coarse.
const LEAST: f64 = 1.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let lines = args.first().map_or_else(corpus, |path| {
        let text = std::fs::read_to_string(path).expect("a file of reports");
        text.lines().map(str::to_owned).collect()
    });
    let first = spent();
    annotate(&Report::of_text("r", "Two ferries sank off Delmare, Ada Orr said."), Depth::Grammar);
    println!("first report after the start of a process: {:.1} ms", (spent() - first) * 1e3);
    for depth in [Depth::Grammar, Depth::Fast] {
        let (mut took, mut rounds) = (0.0, 0);
        while took < LEAST {
            took += time(&lines, depth);
            rounds += lines.len();
        }
        println!("{depth:?}: {} reports, {:.0} a CPU-second", lines.len(), rounds as f64 / took);
    }
    if let [file, python, model] = &args[..] {
        let script = format!("{PEER}({file:?}, {model:?})");
        Command::new(python).args(["-c", &script]).status().expect("Python is there");
    }
    growth();
}

/// Times spaCy on the same file, by the CPU time of its process.
const PEER: &str = "
def peer(file, model):
    import json, spacy, time
    texts = [json.loads(line)['text'] for line in open(file)]
    nlp = spacy.load(model)
    nlp(texts[0])
    start, tokens = time.process_time(), 0
    for text in texts:
        tokens += len(nlp(text))
    took = time.process_time() - start
    print(f'spaCy: {len(texts)} reports, {len(texts) / took:.1f} a CPU-second; {tokens / len(texts):.0f} tokens a report')
peer";

fn time(lines: &[String], depth: Depth) -> f64 {
    let begun = spent();
    let mut bytes = 0;
    for line in lines {
        let mut report: Report = serde_json::from_str(line).expect("a report");
        report.annotations = Some(annotate(&report, depth));
        bytes += serde_json::to_string(&report).expect("a report is JSON").len();
    }
    assert!(bytes > 0);
    spent() - begun
}

/// Returns the reports of the corpus, as lines of JSON.
fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let folders = std::fs::read_dir(root).expect("the corpus is in the checkout").filter_map(Result::ok);
    let files = folders.filter_map(|folder| std::fs::read_dir(folder.path().join("reports")).ok()).flatten();
    let mut paths: Vec<_> = files.filter_map(|file| file.ok().map(|file| file.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let texts = paths.iter().map(|path| std::fs::read_to_string(path).expect("it can be read"));
    texts.map(|text| serde_json::to_string(&Report::of_text("r", text)).expect("a report is JSON")).collect()
}

/// Returns the seconds that this thread was on a processor (Linux), which a busy machine does not stretch.
fn spent() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("a number") / 1e9
}

/// Input that is no news, as a piece to repeat.
const PIECES: &[(&str, &str)] = &[
    ("letters without a space", "a"),
    ("digits", "7"),
    ("words without a stop", "harbour wall "),
    ("right to left", "שלום עולם، "),
    ("emoji", "🚢👩‍👩‍👧"),
    ("combining marks", "e\u{301}\u{302}"),
    ("control characters", "\u{0}\u{1b}"),
    ("quotation marks", "\""),
    ("opening marks", "“"),
    ("capitals", "A"),
    ("capitalised words", "Orr "),
    ("commas", ","),
    ("full stops", "."),
    ("initials", "A. "),
    ("numbers", "12, "),
    ("hedged numbers", "about 1.5 million to "),
    ("speech", "Orr said that "),
    ("open brackets", "(["),
    ("dates", "March 27, "),
    ("lines", "x\n"),
];

/// Prints what twice the length costs; 2 is linear.
fn growth() {
    println!("{:26} {:>22} {:>22}", "50 kB, then 100 kB of", "Grammar", "Fast");
    for (name, piece) in PIECES {
        let cost = |bytes: usize, depth| {
            let report = Report::of_text("r", piece.repeat(bytes / piece.len()));
            let once = || {
                let begun = spent();
                annotate(&report, depth);
                spent() - begun
            };
            // What took so long needs no second look.
            let first = once();
            if first > LEAST { first } else { first.min(once()) }
        };
        let cell = |depth| {
            let (half, whole) = (cost(50_000, depth), cost(100_000, depth));
            format!("{:.0} ms, times {:.1}", whole * 1e3, whole / half)
        };
        println!("{name:26} {:>22} {:>22}", cell(Depth::Grammar), cell(Depth::Fast));
    }
}
