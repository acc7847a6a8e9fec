//! Quoted words, with who said them.

mod clauses;
mod context;
pub(crate) mod cues;
pub(crate) mod grammar;
mod layout;
mod marks;
mod parsed;
pub(crate) mod resolve;
mod roles;
pub(crate) mod scene;
mod speaker;
pub(crate) mod subject;
mod unmarked;

#[cfg(test)]
mod tests;

use std::cell::LazyCell;

use variorum_news::{Entity, Name, Quote, QuoteKind};

use crate::Reading;
use resolve::Resolver;
use scene::{Item, Scene, Sentence};
use speaker::Speaker;
use subject::Act;

/// Returns the quotes of a report, in order.
pub(crate) fn quotes<'a>(
    reading: &Reading<'a>,
    names: &[Name],
    entities: &[Entity],
    scene: &LazyCell<Scene<'a>, impl FnOnce() -> Scene<'a>>,
) -> Vec<Quote> {
    // A report without marks quotes nobody, and most of the work is for the speakers.
    let marked = reading.text.contains(['"', '“', '”', '„', '«', '‘', '\'']);
    if !marked && unmarked::unmarked(reading, names, &[]).is_empty() {
        return Vec::new();
    }
    let scene: &Scene = scene;
    if scene.quoted.is_empty() {
        return Vec::new();
    }
    let acts: Vec<Vec<Act>> = scene.sentences.iter().map(|sentence| subject::acts(scene, sentence)).collect();
    let resolver = Resolver::new(scene, reading, entities);
    let kinds = kinds(scene, &acts);
    // Verbs of speech are known in English; elsewhere the order of sentences alone would name the wrong person.
    let speakers = match reading.other_language() {
        Some(_) => vec![None; scene.quoted.len()],
        None => speaker::speakers(scene, &acts, &resolver, &kinds),
    };
    let quote = |((quoted, kind), speaker): ((&marks::Quoted, &QuoteKind), &Option<Speaker>)| {
        let party = speaker.and_then(|s| resolver.party(s.mention));
        Quote {
            span: reading.spanner.span(quoted.words.clone()),
            kind: *kind,
            cue: speaker
                .filter(|_| party.is_some())
                .and_then(|s| s.cue)
                .map(|token| reading.spanner.span(scene.tokens[token].start..scene.tokens[token].end)),
            speaker: party,
        }
    };
    scene.quoted.iter().zip(&kinds).zip(&speakers).map(quote).collect()
}

fn kinds(scene: &Scene, acts: &[Vec<Act>]) -> Vec<QuoteKind> {
    let mut kinds = vec![QuoteKind::Mixed; scene.quoted.len()];
    for (sentence, acts) in scene.sentences.iter().zip(acts) {
        for (at, item) in sentence.items.iter().enumerate() {
            if let Item::Quote(quote) = *item {
                kinds[quote] = kind(scene, sentence, acts, at, quote);
            }
        }
    }
    kinds
}

/// Whole sentences begin with a capital where a sentence can begin; the second half of a split one follows its first.
fn kind(scene: &Scene, sentence: &Sentence, acts: &[Act], at: usize, quote: usize) -> QuoteKind {
    let quoted = &scene.quoted[quote];
    if quoted.signer.is_some() {
        return QuoteKind::Direct;
    }
    let words = &scene.text[quoted.words.clone()];
    let n_words = words.split_whitespace().count();
    let whole = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '[' | '.' | '…'));
    let ended = words.ends_with(['.', '!', '?', '…', ',']);
    let lead = lead(scene, sentence, at);
    let introduced = at == 0 || lead.contains([',', ':']) || acts.iter().any(|act| act.at + 1 == at);
    let second_half = at > 1
        && lead.contains(',')
        && sentence.items[..at].iter().any(|item| matches!(item, Item::Quote(_)))
        && ended
        && acts.iter().any(|act| act.at < at);
    if (whole && introduced && (n_words > 3 || ended && n_words > 1))
        || (second_half && n_words > 3)
        || quoted.unclosed && n_words > 3
    {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}

/// Returns what stands between a quote's opening mark and the item before it.
fn lead<'a>(scene: &Scene<'a>, sentence: &Sentence, at: usize) -> &'a str {
    let Item::Quote(quote) = sentence.items[at] else { return "" };
    let from = match at.checked_sub(1).map(|i| sentence.items[i]) {
        Some(Item::Word(token)) => scene.tokens[token].end,
        Some(Item::Quote(before)) => scene.quoted[before].close,
        None => return "",
    };
    scene.text.get(from..scene.quoted[quote].open).unwrap_or("")
}
