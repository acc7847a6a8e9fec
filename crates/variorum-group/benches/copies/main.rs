//! Near-duplicates from raw text beside `gaoya`, in one run: recall of seven kinds of planted copies, precision,
//! texts a CPU-second, and bytes a text.
//!
//! `cargo bench -p variorum-group --bench copies` invents its texts; `… -- FILE.jsonl [COUNT…]` plants the copies of the
//! texts of a file (lines with "text"). Each tool runs in a process of its own, so that its memory can be told.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod dice;
mod invent;
mod measure;
mod tools;

use invent::{COPIES, Kind, Text};
use measure::Figures;
use tools::TOOLS;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("--one") => measure::one(&arguments[1..]),
        _ => compare(&arguments),
    }
}

fn compare(arguments: &[String]) {
    let file = arguments.iter().find(|argument| argument.parse::<usize>().is_err()).cloned().unwrap_or_default();
    let mut counts: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if counts.is_empty() {
        counts = vec![1_000, 10_000, 100_000];
    }
    let mut speeds: Vec<Vec<f64>> = vec![Vec::new(); TOOLS.len()];
    for &count in &counts {
        print!("\n{count} texts\n{:28} {:>9} {:>7} {:>9} {:>5}", "", "texts/s", "B/text", "precision", "alike");
        COPIES.iter().for_each(|kind| print!(" {:>8}", format!("{kind:?}").to_lowercase()));
        println!();
        for (nth, tool) in TOOLS.iter().enumerate() {
            let figures = measure::in_own_process(nth, count, &file);
            println!("{:28} {}", tool.name, figures.row());
            speeds[nth].push(figures.speed);
        }
        let ours = speeds[0].last().copied().unwrap_or_default();
        for (tool, speeds) in TOOLS.iter().zip(&speeds).skip(1) {
            let times = ours / speeds.last().copied().unwrap_or_default();
            println!("variorum is {times:.1} times as fast as {}", tool.name);
        }
    }
    if let (Some(first), Some(last)) = (counts.first(), counts.last().filter(|_| counts.len() > 1)) {
        for (tool, speeds) in TOOLS.iter().zip(&speeds) {
            let (n, slower) = (*last as f64 / *first as f64, speeds[0] / speeds[speeds.len() - 1]);
            println!("{:28} cost grows with the {:.2}th power of the texts", tool.name, 1.0 + slower.ln() / n.ln());
        }
    }
}

/// Counts what a tool found: for each text the texts it was said to repeat.
fn score(texts: &[Text], found: &[Option<u32>]) -> Figures {
    let right = |(text, original): (&Text, &Option<u32>)| {
        original.is_some_and(|original| texts[original as usize].family == text.family)
    };
    let recall = |kind: Kind| {
        let planted: Vec<bool> = texts.iter().zip(found).filter(|(text, _)| text.kind == kind).map(right).collect();
        planted.iter().filter(|&&right| right).count() as f64 / planted.len().max(1) as f64
    };
    let said = found.iter().flatten().count();
    let true_ones = texts.iter().zip(found).filter(|&pair| right(pair)).count();
    let alike = texts.iter().zip(found).filter(|(text, said)| text.kind == Kind::Alike && said.is_some()).count();
    Figures {
        precision: true_ones as f64 / said.max(1) as f64,
        alike,
        recalls: COPIES.iter().map(|&kind| recall(kind)).collect(),
        ..Figures::default()
    }
}
