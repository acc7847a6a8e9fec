//! Measures the credits of `cases/*.tsv`, each case as the middle of a small report.

use std::collections::BTreeSet;

use variorum_news::{Body, CreditKind, Page};

const OWN: &str = include_str!("../../cases/credits.tsv");
const BLIND: &str = include_str!("../../cases/credits-blind.tsv");

struct Case {
    text: String,
    expected: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Score {
    right: usize,
    found: usize,
    expected: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.expected.max(1) as f64
    }
}

fn cases(table: &str) -> Vec<Case> {
    let rows = table.lines().filter(|row| !row.starts_with('#') && !row.is_empty());
    rows.map(|row| {
        let mut cells = row.split('\t');
        let text = cells.next().expect("a text").replace("\\n", "\n");
        let expected = cells.next().unwrap_or("").split(';').filter_map(|credit| {
            let (kind, source) = credit.trim().split_once('=')?;
            Some(key(kind, source))
        });
        Case { text, expected: expected.collect() }
    })
    .collect()
}

/// A kind with a source in the form in which they are compared: neither case nor the article "the" counts.
fn key(kind: &str, source: &str) -> String {
    let source = source.trim().to_lowercase();
    format!("{kind}={}", source.strip_prefix("the ").unwrap_or(&source))
}

fn kind(kind: CreditKind) -> &'static str {
    match kind {
        CreditKind::OriginalSource => "original-source",
        CreditKind::ReportedBy => "reported-by",
        CreditKind::Agency => "agency",
        CreditKind::Photo => "photo",
    }
}

fn found(case: &Case) -> BTreeSet<String> {
    let text = format!(
        "Night boat lost off the cape\n\nForty people were brought ashore before noon, the harbour office said in a note.\n\n{}\n\nThe search for the hull goes on, and the night boats stay in port until Thursday at the least.",
        case.text
    );
    let report = crate::clean(&Page::of("r1", Body::Text(text))).expect("a report");
    report.credits.iter().map(|credit| key(kind(credit.kind), &credit.source)).collect()
}

/// Scores cases; those that were not right are printed where they may be read (`cargo test labelled -- --nocapture`).
#[expect(clippy::print_stdout, reason = "the figures and the misses are what a measure is read for")]
fn score(name: &str, cases: &[Case], misses: Misses) -> Score {
    let mut score = Score::default();
    for case in cases {
        let found = found(case);
        score.right += found.intersection(&case.expected).count();
        score.found += found.len();
        score.expected += case.expected.len();
        if misses == Misses::Shown && found != case.expected {
            println!("{name}: {:?}\n    expected {:?}\n    found    {found:?}", case.text, case.expected);
        }
    }
    println!("{name}: precision {:.3}, recall {:.3} of {score:?}", score.precision(), score.recall());
    score
}

/// Whether the cases that fail may be read: those kept for measuring alone may not, else they would be tuned on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misses {
    Shown,
    Hidden,
}

fn check(name: &str, cases: &[Case], misses: Misses, floors: (f64, f64)) {
    let score = score(name, cases, misses);
    assert!(score.precision() >= floors.0 && score.recall() >= floors.1, "{name}: {score:?}");
}

/// The blind cases whose place in the table is even (for looking at) and the others (for measuring alone).
fn blind() -> (Vec<Case>, Vec<Case>) {
    let (seen, unseen): (Vec<_>, Vec<_>) =
        cases(BLIND).into_iter().enumerate().partition(|(place, _)| place % 2 == 0 || *place < SEEN);
    let bare = |cases: Vec<(usize, Case)>| cases.into_iter().map(|(_, case)| case).collect();
    (bare(seen), bare(unseen))
}

/// The first rows were read when the table's form was looked up.
const SEEN: usize = 28;

#[test]
fn own_cases() {
    check("own", &cases(OWN), Misses::Shown, (0.98, 0.95));
}

#[test]
fn blind_cases_that_may_be_read() {
    check("blind, read", &blind().0, Misses::Shown, (0.98, 0.92));
}

#[test]
fn blind_cases_kept_for_measuring() {
    check("blind, kept", &blind().1, Misses::Hidden, (0.93, 0.92));
}
