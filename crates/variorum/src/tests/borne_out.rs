//! What a reader would say of a rewrite, sentence by sentence.

use variorum_news::{Check, DriftKind, SentenceVerdict};

use crate::CollateOptions;

const REPORT: &str = "The night ferry to Delmare ran onto a sandbank on Tuesday with 140 passengers aboard. \
    Harbour master Ada Orr said that fog had hidden the light of the outer buoy. \
    Nobody was hurt, and two tugs pulled the ship free before dawn. \
    The line has promised every passenger a new ticket. \
    Ben Lee, who runs the line, said that the captain had thirty years at sea.";

fn held(rewrite: &str, sources: &[&str], options: CollateOptions) -> Check {
    let sources: Vec<String> = sources.iter().map(|text| (*text).to_owned()).collect();
    crate::check(rewrite, &sources, &options)
}

fn verdicts(rewrite: &str) -> Vec<SentenceVerdict> {
    held(rewrite, &[REPORT], CollateOptions::default()).sentences.iter().map(|s| s.verdict).collect()
}

#[test]
fn what_the_source_says_is_borne_out() {
    assert_eq!(verdicts(REPORT), [SentenceVerdict::Supported; 5]);
    assert_eq!(verdicts("The line promised all passengers a new ticket."), [SentenceVerdict::Supported]);
}

#[test]
fn what_no_source_says_is_not() {
    let invented = "Rescue divers recovered antique silver from a wreck near the lighthouse of Orlava.";
    assert_eq!(verdicts(invented), [SentenceVerdict::Unsupported]);
    let check = held(invented, &[REPORT], CollateOptions::default());
    let marked: String =
        check.drift.iter().filter(|d| d.kind == DriftKind::Unsupported).map(|d| d.rewrite.text.as_str()).collect();
    assert!(marked.contains("antique silver"), "{marked}");
}

#[test]
fn an_added_clause_is_found_among_all_findings() {
    let added = "Two tugs pulled the ship free before dawn, and a television crew filmed dolphins near the pier.";
    let check = held(added, &[REPORT], CollateOptions { all: true });
    assert!(check.drift.iter().any(|d| d.rewrite.text.contains("dolphins")), "{:#?}", check.drift);
    assert!(check.drift.iter().all(|d| !d.rewrite.text.contains("tugs")), "{:#?}", check.drift);
}

#[test]
fn less_is_shown_by_default_than_there_is() {
    let rewrite =
        "The night ferry ran onto rocks on Wednesday with 410 passengers aboard, Cal Moss said. Two boats towed it.";
    let (shown, all) =
        (held(rewrite, &[REPORT], CollateOptions::default()), held(rewrite, &[REPORT], CollateOptions { all: true }));
    assert!(shown.drift.iter().all(|d| all.drift.contains(d)));
    assert!(all.drift.iter().all(|d| (0.0..=1.0).contains(&d.confidence)));
    assert!(shown.faithful < 0.8);
    assert_eq!(shown.faithful, all.faithful);
}

#[test]
fn odd_texts_end_well() {
    let long = "word ".repeat(3000);
    for rewrite in ["", " ", "🛳", "Ship.", "!!! ???", &long] {
        for sources in [&[][..], &[""][..], &["🛳 🛳"][..], &[REPORT, ""][..]] {
            let check = held(rewrite, sources, CollateOptions { all: true });
            assert!((0.0..=1.0).contains(&check.faithful), "{rewrite:?}");
        }
    }
}
