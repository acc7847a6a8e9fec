//! Quoted words that several reports print.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use variorum_news::{QuoteKind, Statement, StatementKind};
use variorum_text::{fold, words};

use super::{breadth, join, reading, root, share_right, verdict};
use crate::Told;
use crate::align::Place;
use crate::ids::id;

/// Shorter quotes say too little to be the same by more than chance.
const LEAST_WORDS: usize = 4;

/// A quote of a passage, with its words.
struct Said {
    place: Place,
    quote: usize,
    words: Vec<u32>,
}

/// Returns a statement for each quote; the same words in several reports are one statement.
pub(super) fn statements(story: &Told) -> Vec<Statement> {
    let quotes = quotes(story);
    let mut home: Vec<usize> = (0..quotes.len()).collect();
    // Quotes that share their first words or last words may be cuts of one another.
    let mut by_run: FxHashMap<&[u32], Vec<usize>> = FxHashMap::default();
    for (n, said) in quotes.iter().enumerate() {
        for run in said.words.windows(LEAST_WORDS) {
            by_run.entry(run).or_default().push(n);
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        by_run.values().flat_map(|list| list.windows(2).map(|pair| (pair[0], pair[1]))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        if holds(&quotes[a].words, &quotes[b].words) || holds(&quotes[b].words, &quotes[a].words) {
            join(&mut home, a, b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Said>> = BTreeMap::new();
    for (n, said) in quotes.iter().enumerate() {
        groups.entry(root(&home, n)).or_default().push(said);
    }
    groups.values().map(|group| statement(story, group)).collect()
}

fn holds(long: &[u32], short: &[u32]) -> bool {
    long.windows(short.len()).any(|run| run == short)
}

fn statement(story: &Told, group: &[&Said]) -> Statement {
    let span = |said: &Said| story.witnesses[said.place.witness].notes.quotes[said.quote].span.clone();
    let first = group.iter().find(|s| !story.kin.derived[s.place.witness]).unwrap_or(&group[0]);
    let (reports, origins) = breadth(story, group.iter().map(|s| s.place.witness));
    Statement {
        id: id("st", "quote", &span(first)),
        kind: StatementKind::Quote,
        gist: span(first),
        about: None,
        readings: group.iter().map(|s| reading(story, s.place, span(s), None)).collect(),
        reports,
        origins,
        verdict: verdict(origins),
        confidence: if reports > 1 { share_right("quote") } else { 1.0 },
    }
}

fn quotes(story: &Told) -> Vec<Said> {
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut found = Vec::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (n, quote) in witness.notes.quotes.iter().enumerate() {
            let all = words(&quote.span.text);
            if quote.kind == QuoteKind::Indirect || all.len() < LEAST_WORDS {
                continue;
            }
            let Some(p) = witness.passages.iter().position(|p| p.quotes.contains(&n)) else { continue };
            let words = all.iter().map(|word| {
                let next = ids.len() as u32;
                *ids.entry(fold(word.text)).or_insert(next)
            });
            found.push(Said { place: Place { witness: w, passage: p }, quote: n, words: words.collect() });
        }
    }
    found
}
