//! What a clause claims: whether it is so, whether it happened, how sure, of how many, and why.
//!
//! A clause of the rewrite is held against the one place of the sources that tells the same; there the words that turn a
//! claim are compared by what they do. Only such words make a finding as stand where the two sides truly meet; a word
//! anywhere near that could mean the same is enough to drop it.

use std::ops::Range;

use variorum_news::{Drift, Span};

use super::operators::{Operator, operators};
use super::site::{Near, Site, near, parts, site};
use super::{Held, acts, attribution, cause, hedge, ladder, omission, polarity, scope, turns};
use crate::witness::{Passage, Witness};

/// A passage of the rewrite with its clauses, each at its place in the sources.
#[derive(Debug)]
pub(super) struct Scene<'a, 'r> {
    pub held: Held<'a, 'r>,
    /// The operators of the rewrite's passage.
    pub mine: Vec<Operator>,
    /// The passages of the sources that are like it.
    pub near: Vec<Near<'a, 'r>>,
    /// Its clauses, in words.
    pub clauses: Vec<Range<usize>>,
    pub sites: Vec<Site<'a, 'r>>,
}

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let scene = Scene::new(held);
    let mut found = Vec::new();
    for site in &scene.sites {
        found.extend(polarity::drift(&scene, site));
        found.extend(hedge::drift(&scene, site));
        found.extend(scope::drift(&scene, site));
    }
    found.extend(acts::drift(&scene));
    found.extend(omission::drift(&scene));
    found.extend(attribution::drift(&scene));
    found.extend(cause::drift(&scene));
    // What one comparison has found needs no second finding by a weaker one.
    let told = |turn: &Drift, found: &[Drift]| {
        found.iter().any(|f| {
            let touch = f.rewrite.start < turn.rewrite.end && turn.rewrite.start < f.rewrite.end;
            touch && f.confidence >= turn.confidence
        })
    };
    let weaker = scene.sites.iter().flat_map(|site| ladder::drift(&scene, site)).chain(turns::drift(&scene));
    for turn in weaker.collect::<Vec<_>>() {
        if !told(&turn, &found) {
            found.push(turn);
        }
    }
    found
}

impl<'a, 'r> Scene<'a, 'r> {
    /// Reads a passage and finds the place of each of its clauses.
    pub fn new(held: Held<'a, 'r>) -> Self {
        let mine = operators(held.passage);
        let near = near(held);
        let clauses = parts(held.witness, held.passage);
        let sites = clauses.iter().filter_map(|c| site(held, &near, c.clone(), &mine)).collect();
        Scene { held, mine, near, clauses, sites }
    }

    /// Returns the operators that stand in a clause.
    pub fn of(&self, site: &Site) -> impl Iterator<Item = Operator> {
        self.mine.iter().copied().filter(|o| site.clause.contains(&o.at))
    }

    /// Returns the place of the sources that tells most of some words of the rewrite.
    pub fn site(&self, words: Range<usize>) -> Option<Site<'a, 'r>> {
        site(self.held, &self.near, words, &self.mine)
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
