//! Quoted words that no source prints, or that another said.

use variorum_news::{Drift, DriftKind, Quote, QuoteKind};
use variorum_text::{fold, words};

use super::{Held, of};
use crate::align::Place;

/// Shorter quotes are titles and scare quotes, whose marks a writer may add.
const LEAST_WORDS: usize = 4;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let begins_here = |q: &&Quote| q.span.start >= held.passage.span.start && q.span.start < held.passage.span.end;
    held.passage
        .quotes
        .iter()
        .map(|&i| &held.witness.notes.quotes[i])
        .filter(|q| q.kind != QuoteKind::Indirect)
        .filter(begins_here)
        .filter_map(|quote| one(held, quote))
        .collect()
}

fn one(held: Held, quote: &Quote) -> Option<Drift> {
    let length = words(&quote.span.text).len();
    if length == 0 {
        return None;
    }
    let pieces: Vec<&str> = quote
        .span
        .text
        .split("...")
        .flat_map(|p| p.split('…'))
        .flat_map(|p| p.split(['[', ']']))
        .filter(|p| words(p).len() > 1 || length == 1)
        .collect();
    if pieces.iter().all(|piece| held.sources.says(piece)) {
        return other_speaker(held, quote);
    }
    if length < LEAST_WORDS || is_title(&quote.span.text) {
        return None;
    }
    let source = likest(held, quote);
    let explain =
        if source.is_some() { "the quoted words are not the source's" } else { "no source prints these quoted words" };
    Some(of(DriftKind::Quote, quote.span.clone(), source, explain))
}

/// "The Trial of Ada Orr": titles of works stand between marks too, and nobody said them.
fn is_title(quoted: &str) -> bool {
    let all: Vec<bool> = words(quoted)
        .iter()
        .filter(|w| !variorum_text::is_stop_word(&fold(w.text)))
        .map(|w| w.is_capitalised())
        .collect();
    let capitals = all.iter().filter(|c| **c).count();
    capitals * 10 >= all.len() * 8
}

fn other_speaker(held: Held, quote: &Quote) -> Option<Drift> {
    let mine = surname(&quote.speaker.as_ref()?.name)?;
    let needle = text_of(&quote.span.text);
    let mut theirs = Vec::new();
    for (place, passage) in held.sources.passages() {
        let (witness, _) = held.sources.at(place);
        for &i in &passage.quotes {
            let other = &witness.notes.quotes[i];
            if other.kind != QuoteKind::Indirect
                && text_of(&other.span.text).contains(&needle)
                && let Some(speaker) = &other.speaker
            {
                theirs.push((surname(&speaker.name)?, other));
            }
        }
    }
    let (other, at) = theirs.first()?;
    if needle.split(' ').count() < LEAST_WORDS
        || theirs.iter().any(|(name, _)| *name == mine)
        || !held.sources.has_word(&mine)
    {
        return None;
    }
    let speaker = at.speaker.as_ref().map_or(other.as_str(), |s| s.name.as_str());
    Some(of(
        DriftKind::Quote,
        quote.span.clone(),
        Some(at.span.clone()),
        format!("the source gives these words to {speaker}"),
    ))
}

fn surname(name: &str) -> Option<String> {
    let last = words(name).last().map(|w| (fold(w.text), w.is_capitalised()))?;
    last.1.then_some(last.0)
}

fn text_of(quoted: &str) -> String {
    words(quoted).iter().map(|w| fold(w.text)).collect::<Vec<_>>().join(" ")
}

/// The source passage that holds most of the quoted words, if it holds half of them.
fn likest(held: Held, quote: &Quote) -> Option<variorum_news::Span> {
    let quoted: Vec<String> = words(&quote.span.text).iter().map(|w| fold(w.text)).collect();
    let mut best: Option<(usize, Place)> = None;
    for (place, passage) in held.sources.passages() {
        let there = passage.folded();
        let hits = quoted.iter().filter(|w| there.contains(&w.as_str())).count();
        if hits * 2 > quoted.len() && best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, place));
        }
    }
    best.map(|(_, place)| held.sources.at(place).1.span.clone())
}
