//! What a clause claims: whether it is so, whether it happened, how sure, of how many, and why.
//!
//! A clause of the rewrite is held against the one place of the sources that tells the same; there the words that turn a
//! claim are compared by what they do. Only such words make a finding as stand where the two sides truly meet; a word
//! anywhere near that could mean the same is enough to drop it.

use variorum_news::{Drift, Span};

use super::operators::{Operator, operators};
use super::site::{Site, clauses, site};
use super::{Held, acts, hedge, polarity, scope};
use crate::witness::{Passage, Witness};

/// A passage of the rewrite with its clauses, each at its place in the sources.
#[derive(Debug)]
pub(super) struct Scene<'a, 'r> {
    pub held: Held<'a, 'r>,
    /// The operators of the rewrite's passage.
    pub mine: Vec<Operator>,
    pub sites: Vec<Site<'a, 'r>>,
}

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let mine = operators(held.passage);
    let sites = clauses(held.witness, held.passage).into_iter().filter_map(|c| site(held, c, &mine)).collect();
    let scene = Scene { held, mine, sites };
    let mut found = Vec::new();
    for site in &scene.sites {
        found.extend(polarity::drift(&scene, site));
        found.extend(hedge::drift(&scene, site));
        found.extend(scope::drift(&scene, site));
    }
    found.extend(acts::drift(&scene));
    found
}

impl Scene<'_, '_> {
    /// Returns the operators that stand in a clause.
    pub fn of(&self, site: &Site) -> impl Iterator<Item = Operator> {
        self.mine.iter().copied().filter(|o| site.clause.contains(&o.at))
    }

    /// Returns the words of the rewrite from one to another.
    pub fn words(&self, from: usize, to: usize) -> Span {
        words_span(self.held.witness, self.held.passage, from, to)
    }

    /// Tells whether the words of the rewrite stand in quotation marks, where they are its source's and not its own.
    pub fn is_quoted(&self, at: usize) -> bool {
        let place = &self.held.passage.words[at].bytes;
        self.held.passage.quotes.iter().any(|&q| {
            let quote = self.held.witness.spanner.bytes(&self.held.witness.notes.quotes[q].span);
            quote.start <= place.start && place.end <= quote.end
        })
    }
}

impl Site<'_, '_> {
    /// Returns the words of the source from one to another.
    pub fn words(&self, from: usize, to: usize) -> Span {
        words_span(self.witness, self.passage, from, to)
    }

    /// Returns the words of an operator of the source.
    pub fn operator(&self, operator: Operator) -> Span {
        self.words(operator.at, operator.at + operator.length - 1)
    }
}

pub(super) fn words_span(witness: &Witness, passage: &Passage, from: usize, to: usize) -> Span {
    witness.spanner.span(passage.words[from].bytes.start..passage.words[to].bytes.end)
}
