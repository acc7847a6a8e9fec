//! Quoted words that several reports print.

use std::collections::BTreeMap;

use variorum_news::{QuoteKind, Statement, StatementKind};
use variorum_text::{fold, words};

use super::{breadth, reading, verdict};
use crate::Told;
use crate::align::Place;
use crate::ids::id;

/// Shorter quotes say too little to be the same by more than chance.
const LEAST_WORDS: usize = 4;

/// A quote of a passage, with its words.
struct Said {
    place: Place,
    quote: usize,
    text: String,
}

/// Returns a statement for each quote; the same words in several reports are one statement.
pub(super) fn statements(story: &Told) -> Vec<Statement> {
    let quotes = quotes(story);
    let mut home: Vec<usize> = (0..quotes.len()).collect();
    // Quotes that share their first words or last words may be cuts of one another.
    let mut by_run: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, said) in quotes.iter().enumerate() {
        let all: Vec<&str> = said.text.split(' ').collect();
        for run in all.windows(LEAST_WORDS) {
            by_run.entry(run.join(" ")).or_default().push(n);
        }
    }
    for list in by_run.values() {
        for pair in list.windows(2) {
            let (a, b) = (&quotes[pair[0]].text, &quotes[pair[1]].text);
            if a.contains(b.as_str()) || b.contains(a.as_str()) {
                let (into, from) = (home[pair[0]].min(home[pair[1]]), home[pair[0]].max(home[pair[1]]));
                home.iter_mut().filter(|h| **h == from).for_each(|h| *h = into);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Said>> = BTreeMap::new();
    for (n, said) in quotes.iter().enumerate() {
        groups.entry(home[n]).or_default().push(said);
    }
    groups.values().map(|group| statement(story, group)).collect()
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
    }
}

fn quotes(story: &Told) -> Vec<Said> {
    let mut found = Vec::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (n, quote) in witness.notes.quotes.iter().enumerate() {
            let text: Vec<String> = words(&quote.span.text).iter().map(|word| fold(word.text)).collect();
            if quote.kind == QuoteKind::Indirect || text.len() < LEAST_WORDS {
                continue;
            }
            let Some(p) = witness.passages.iter().position(|p| p.quotes.contains(&n)) else { continue };
            found.push(Said { place: Place { witness: w, passage: p }, quote: n, text: text.join(" ") });
        }
    }
    found
}
