//! Names, and the persons, organisations and places they belong to.

mod abroad;
mod agree;
mod clues;
mod gazetteer;
mod headlines;
mod kinds;
pub(crate) mod lexicon;
mod link;
mod model;
mod runs;
mod titles;
pub(crate) mod tokens;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;
use variorum_news::{Entity, Name, NameKind};

use crate::Reading;
use kinds::Candidate;
use model::Weights;
use tokens::Token;

/// Returns the mentions of names in order, and the entities in order of first mention.
pub(crate) fn names(reading: &Reading, tokens: &[Token]) -> (Vec<Name>, Vec<Entity>) {
    let candidates = candidates(reading, tokens);
    let bearers = link::link(tokens, &candidates);
    let mut entities = Vec::with_capacity(bearers.len());
    let mut names: Vec<(usize, Name)> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate() {
        let id = format!("e{}", at + 1);
        let fullest =
            bearer.mentions.iter().map(|&m| words(reading, tokens, &candidates[m])).rev().max_by_key(|w| w.len());
        entities.push(Entity {
            id: id.clone(),
            name: fullest.unwrap_or_default().to_owned(),
            kind: bearer.kind,
            mentions: bearer.mentions.len(),
        });
        names.extend(
            bearer
                .mentions
                .iter()
                .map(|&m| (m, name(reading, tokens, &candidates[m], mention(&candidates[m], bearer.kind), &id))),
        );
    }
    names.sort_by_key(|(at, _)| *at);
    (names.into_iter().map(|(_, name)| name).collect(), entities)
}

/// Returns what a mention is: a place that plays or decides may be a body for once, and a body a place.
fn mention(candidate: &Candidate, kind: NameKind) -> NameKind {
    let swaps = matches!(
        (candidate.kind, kind),
        (NameKind::Organisation, NameKind::Place) | (NameKind::Place, NameKind::Organisation)
    );
    if swaps && candidate.sure && candidate.trust > kinds::Trust::Guessed { candidate.kind } else { kind }
}

/// Returns the possible mentions in order: those of running text, and those in headlines that they bear out.
fn candidates(reading: &Reading, tokens: &[Token]) -> Vec<Candidate> {
    if let Some(language) = reading.other_language() {
        return abroad::candidates(tokens, language);
    }
    let headlines = headlines::headlines(reading.text, tokens);
    let inside = |at: usize| {
        let next = headlines.partition_point(|line| line.end <= at);
        headlines.get(next).is_some_and(|line| line.contains(&at))
    };
    let mut plain = plain(tokens);
    let clues = clues::clues(reading, tokens, &plain);
    let weights = if reading.grammar.is_some() { Weights::deep() } else { Weights::flat() };
    let mut seen = model::find(tokens, &clues, weights);
    plain.retain(|candidate| !inside(candidate.tokens.start));
    seen.retain(|found| !inside(found.tokens.start));
    let mut candidates = agree::agree(tokens, &clues, plain, seen);
    if headlines.is_empty() {
        return candidates;
    }
    let mut forms = FxHashSet::default();
    for candidate in candidates.iter().filter(|c| c.trust > kinds::Trust::Weak) {
        let words = &tokens[candidate.tokens.clone()];
        forms.insert(kinds::phrase(words));
        if candidate.kind == NameKind::Person {
            forms.insert(kinds::phrase(&words[words.len() - 1..]));
        }
    }
    headlines.into_iter().for_each(|line| headlines::known(tokens, line, &forms, &mut candidates));
    candidates.sort_by_key(|candidate| candidate.tokens.start);
    candidates
}

/// Returns the words that may belong to names, with the features that the model sees.
#[cfg(feature = "training")]
pub(crate) fn samples(reading: &Reading) -> Vec<Vec<crate::training::Word>> {
    let tokens = tokens::tokens(reading);
    let clues = clues::clues(reading, &tokens, &plain(&tokens));
    let context = model::Context { tokens: &tokens, clues: &clues, deep: reading.grammar.is_some() };
    let word = |at: usize, segment: &std::ops::Range<usize>| {
        let mut features = Vec::new();
        context.features(at, segment, &mut |feature| features.push(feature));
        crate::training::Word { bytes: tokens[at].start..tokens[at].end, features }
    };
    model::segments(&tokens).into_iter().map(|segment| segment.clone().map(|at| word(at, &segment)).collect()).collect()
}

/// Returns what the rules alone take for names.
fn plain(tokens: &[Token]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    runs::runs(tokens).into_iter().for_each(|run| kinds::candidates(tokens, run, &mut candidates));
    candidates
}

fn name(reading: &Reading, tokens: &[Token], candidate: &Candidate, kind: NameKind, entity: &str) -> Name {
    Name { span: reading.spanner.span(bytes(tokens, candidate)), kind, entity: entity.to_owned(), sure: candidate.sure }
}

fn words<'a>(reading: &Reading<'a>, tokens: &[Token], candidate: &Candidate) -> &'a str {
    &reading.text[bytes(tokens, candidate)]
}

fn bytes(tokens: &[Token], candidate: &Candidate) -> std::ops::Range<usize> {
    tokens[candidate.tokens.start].start..tokens[candidate.tokens.end - 1].end
}
