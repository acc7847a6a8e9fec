//! What collating one story costs as its reports grow in number: seconds, and how the cost grows.
//!
//! `cargo bench -p variorum-cli --bench growth`. A third of the reports are copies of one of the example's reports, a third
//! have words changed and a sentence less, a third tell in sentences of several what one of them tells.

#![allow(clippy::print_stdout)]

mod example;

use std::time::Instant;

use variorum::news::Report;
use variorum::{CollateOptions, Depth};

fn main() {
    let pages = example::pages();
    let base: Vec<Report> = pages.iter().filter_map(|page| variorum::clean(page).ok()).collect();
    let mut before: Option<(usize, f64)> = None;
    for size in [50, 100, 200, 400, 1000] {
        let reports: Vec<Report> = (0..size).map(|n| varied(&base, n)).collect();
        let first = variorum::first_alike(&reports);
        let read = Instant::now();
        let fresh = |(n, report): (usize, Report)| {
            if first[n] == n { variorum::annotate(report, Depth::Grammar) } else { report }
        };
        let mut annotated: Vec<Report> = reports.into_iter().enumerate().map(fresh).collect();
        variorum::annotate_alike(&mut annotated, &first);
        let read = read.elapsed().as_secs_f64();
        let members: Vec<&Report> = annotated.iter().collect();
        let told = Instant::now();
        let story = variorum::story("s".to_owned(), &members, &CollateOptions::default());
        let told = told.elapsed().as_secs_f64();
        let growth = before.map(|(n, s)| (told / s).ln() / (size as f64 / n as f64).ln());
        println!(
            "{size:5} reports: annotate {read:.2} s, trace, collate and compose {told:.2} s, {} statements{}",
            story.statements.len(),
            growth.map_or_else(String::new, |g| format!(", exponent {g:.2}")),
        );
        before = Some((size, told));
    }
}

/// The report that comes n-th: a copy, an edited copy, or sentences of several reports.
fn varied(base: &[Report], n: usize) -> Report {
    let mut dice = Dice(n as u64 + 1);
    let report = &base[dice.up_to(base.len())];
    let sentences = |r: &Report| r.text.split_inclusive(". ").map(str::to_owned).collect::<Vec<String>>();
    let text = match n % 3 {
        0 => report.text.clone(),
        1 => {
            let mut kept = |s: String| (dice.up_to(8) > 0).then(|| edited(&s, 10, &mut dice));
            sentences(report).into_iter().filter_map(&mut kept).collect()
        }
        _ => {
            let wanted = 10 + dice.up_to(12);
            let pick = |_| {
                let all = sentences(&base[dice.up_to(base.len())]);
                let at = dice.up_to(all.len());
                edited(&all[at], 3, &mut dice)
            };
            (0..wanted).map(pick).collect()
        }
    };
    let mut varied = Report::of_text(format!("r{n:05}").as_str(), text.as_str());
    varied.published.clone_from(&report.published);
    varied
}

/// A sentence with one in so many of its long words changed for a word that no other report has.
fn edited(sentence: &str, one_in: usize, dice: &mut Dice) -> String {
    let change = |word: &str| {
        let plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
        if plain && dice.up_to(one_in) == 0 { format!("{}{}ed", word, dice.up_to(500)) } else { word.to_owned() }
    };
    sentence.split(' ').map(change).collect::<Vec<String>>().join(" ")
}

/// Numbers that look like chance and come out the same every time.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}
