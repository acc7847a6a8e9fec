//! Names, and the persons, organisations and places they belong to.

mod kinds;
pub(crate) mod lexicon;
mod link;
mod runs;
mod titles;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

use variorum_news::{Entity, Name, NameKind};

use crate::Reading;
use kinds::Candidate;
use tokens::Token;

/// Returns the mentions of names in order, and the entities in order of first mention.
pub(crate) fn names(reading: &Reading) -> (Vec<Name>, Vec<Entity>) {
    let tokens = tokens::tokens(reading);
    let mut candidates = Vec::new();
    for run in runs::runs(&tokens) {
        kinds::candidates(&tokens, run, &mut candidates);
    }
    let bearers = link::link(&tokens, &candidates);
    let mut entities = Vec::with_capacity(bearers.len());
    let mut names: Vec<(usize, Name)> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate() {
        let id = format!("e{}", at + 1);
        let fullest =
            bearer.mentions.iter().map(|&m| words(reading, &tokens, &candidates[m])).rev().max_by_key(|w| w.len());
        entities.push(Entity {
            id: id.clone(),
            name: fullest.unwrap_or_default().to_owned(),
            kind: bearer.kind,
            mentions: bearer.mentions.len(),
        });
        names.extend(bearer.mentions.iter().map(|&m| (m, name(reading, &tokens, &candidates[m], bearer.kind, &id))));
    }
    names.sort_by_key(|(at, _)| *at);
    (names.into_iter().map(|(_, name)| name).collect(), entities)
}

fn name(reading: &Reading, tokens: &[Token], candidate: &Candidate, kind: NameKind, entity: &str) -> Name {
    Name { span: reading.spanner.span(bytes(tokens, candidate)), kind, entity: entity.to_owned() }
}

fn words<'a>(reading: &Reading<'a>, tokens: &[Token], candidate: &Candidate) -> &'a str {
    &reading.text[bytes(tokens, candidate)]
}

fn bytes(tokens: &[Token], candidate: &Candidate) -> std::ops::Range<usize> {
    tokens[candidate.tokens.start].start..tokens[candidate.tokens.end - 1].end
}
