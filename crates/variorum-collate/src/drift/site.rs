//! Where the sources tell the same as a clause of the rewrite.

use std::ops::Range;

use super::Held;
use super::operators::{Grades, Operator, grades, operators};
use crate::clauses::{Grain, clauses};
use crate::witness::{Passage, Witness};

/// A passage of the sources that is like the rewrite's, read once for all clauses of it.
#[derive(Debug)]
pub(super) struct Near<'a, 'r> {
    pub witness: &'a Witness<'r>,
    pub passage: &'a Passage,
    pub operators: Vec<Operator>,
}

/// Returns the passages of the sources that are likest the rewrite's, the likest first.
pub(super) fn near<'a, 'r>(held: Held<'a, 'r>) -> Vec<Near<'a, 'r>> {
    let best = held.support.best.iter().take(MOST_NEAR);
    best.map(|(place, _)| {
        let (witness, passage) = held.sources.at(*place);
        Near { witness, passage, operators: operators(passage) }
    })
    .collect()
}

/// So many passages of the sources are read for one of the rewrite.
const MOST_NEAR: usize = 6;

/// A clause of the rewrite and the place of a source that tells the same.
#[derive(Debug)]
pub(super) struct Site<'a, 'r> {
    /// The clause, in words of the rewrite's passage.
    pub clause: Range<usize>,
    /// The source.
    pub witness: &'a Witness<'r>,
    /// Its passage.
    pub passage: &'a Passage,
    /// The words of that passage that tell of the clause.
    pub window: Range<usize>,
    /// The clauses of that passage that the window touches.
    pub around: Range<usize>,
    /// The operators of the passage.
    pub operators: Vec<Operator>,
    /// The forms that both hold.
    pub shared: Vec<u32>,
    /// The share of the clause's words, by weight, that stand in the window.
    pub quality: f64,
    /// What the operators of all passages do that hold two words of the clause.
    pub near: Grades,
    /// What the operators do at the places that tell nearly as much of the clause as this one.
    pub rivals: Grades,
}

/// Two places of one passage that are farther apart tell of two things.
const WINDOW: usize = 18;
/// Words of the sentence outside of the clause help to find its place, and weigh less.
const BESIDE: f64 = 0.3;
/// Operators stand so far outside of the words that match.
const MARGIN: usize = 2;

impl Site<'_, '_> {
    /// Returns what the operators around the matched words do.
    pub fn local(&self) -> Grades {
        grades(&self.operators, self.around.start, self.around.end)
    }

    /// Returns what the operators here and at the places that tell nearly as much do.
    pub fn here(&self) -> Grades {
        self.local().and(self.rivals)
    }

    /// Returns what the operators of the whole passage do.
    pub fn whole(&self) -> Grades {
        grades(&self.operators, 0, usize::MAX)
    }

    /// Tells whether a word of the source's passage stands in the window or right beside it.
    pub fn is_local(&self, at: usize) -> bool {
        self.around.contains(&at)
    }

    /// Tells whether the window holds a form.
    pub fn shares(&self, form: Option<u32>) -> bool {
        form.is_some_and(|f| self.shared.contains(&f))
    }
}

/// Returns the parts of a passage that each find a place of their own.
pub(super) fn parts(witness: &Witness, passage: &Passage) -> Vec<Range<usize>> {
    clauses(witness, passage, Grain::Part(LEAST))
}

/// A clause with fewer content words finds no place of its own.
const LEAST: usize = 3;

/// Returns the place of the sources that tells most of a clause.
pub(super) fn site<'a, 'r>(
    held: Held<'a, 'r>,
    near: &[Near<'a, 'r>],
    clause: Range<usize>,
    mine: &[Operator],
) -> Option<Site<'a, 'r>> {
    let weight = |form: u32| held.sources.forms.weight(form);
    let tokens = &held.passage.words;
    let is_operator = |at: usize| mine.iter().any(|o| o.at <= at && at < o.at + o.length);
    let forms_of = |range: Range<usize>| {
        let mut forms: Vec<u32> = range.filter(|&i| !is_operator(i)).filter_map(|i| tokens[i].form).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    };
    let (inside, all) = (forms_of(clause.clone()), forms_of(0..tokens.len()));
    let total: f64 = inside.iter().map(|&f| weight(f)).sum();
    if total <= 0.0 {
        return None;
    }
    let worth = |form: u32| weight(form) * if inside.binary_search(&form).is_ok() { 1.0 } else { BESIDE };
    let mut found: Vec<(f64, &Near<'a, 'r>, Vec<usize>)> = Vec::new();
    let mut all_near = Grades::default();
    for place in near {
        let inside_here = inside.iter().filter(|f| place.passage.forms.binary_search(f).is_ok()).count();
        if inside_here >= 2 {
            all_near = all_near.and(grades(&place.operators, 0, usize::MAX));
        }
        if inside_here > 0
            && let Some((score, run)) = densest(place.passage, &all, worth)
        {
            found.push((score, place, run));
        }
    }
    // The places come likest first, and that order settles ties.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut rivals = Grades::default();
    let most = found.first()?.0;
    for (score, place, run) in found.iter().skip(1) {
        if *score >= RIVAL * most {
            let (first, last) = (run[0], run[run.len() - 1]);
            rivals = rivals.and(grades(&place.operators, first.saturating_sub(MARGIN), last + MARGIN));
        }
    }
    let (_, place, run) = found.swap_remove(0);
    let (witness, passage) = (place.witness, place.passage);
    // The window ends with the clause's own words, where there are any.
    let own = |j: &&usize| passage.words[**j].form.is_some_and(|f| inside.binary_search(&f).is_ok());
    let (first, last) = (*run.iter().find(own)?, *run.iter().rfind(own)?);
    let mut shared: Vec<u32> = run.iter().filter_map(|&j| passage.words[j].form).collect();
    shared.sort_unstable();
    shared.dedup();
    let quality = shared.iter().filter(|f| inside.binary_search(f).is_ok()).map(|&f| weight(f)).sum::<f64>() / total;
    let around = around(witness, passage, first..last + 1);
    Some(Site {
        clause,
        witness,
        passage,
        window: first..last + 1,
        around,
        operators: place.operators.clone(),
        shared,
        quality,
        near: all_near,
        rivals,
    })
}

/// A place that tells so much of a clause, as a share of what the best place tells, counts beside it.
const RIVAL: f64 = 0.7;

/// Returns the words of a passage that stand close together and hold the most of some forms by weight.
fn densest(passage: &Passage, forms: &[u32], worth: impl Fn(u32) -> f64) -> Option<(f64, Vec<usize>)> {
    let hits: Vec<usize> = (0..passage.words.len())
        .filter(|&j| passage.words[j].form.is_some_and(|f| forms.binary_search(&f).is_ok()))
        .collect();
    let mut best: Option<(f64, Range<usize>)> = None;
    for n in 0..hits.len() {
        let to = n + hits[n..].partition_point(|&j| j < hits[n] + WINDOW);
        let mut seen: Vec<u32> = hits[n..to].iter().filter_map(|&j| passage.words[j].form).collect();
        seen.sort_unstable();
        seen.dedup();
        let score: f64 = seen.iter().map(|&f| worth(f)).sum();
        if best.as_ref().is_none_or(|(most, _)| score > *most + 1e-9) {
            best = Some((score, n..to));
        }
    }
    best.map(|(score, range)| (score, hits[range].to_vec()))
}

/// Returns the clauses that a run of words touches, cut where they go on for long.
fn around(witness: &Witness, passage: &Passage, window: Range<usize>) -> Range<usize> {
    let clauses = parts(witness, passage);
    let touched = || clauses.iter().filter(|c| c.start < window.end && window.start < c.end);
    let from = touched().map(|c| c.start).min().unwrap_or(window.start);
    let to = touched().map(|c| c.end).max().unwrap_or(window.end);
    let near = window.start.saturating_sub(FAR)..window.end + FAR;
    from.max(near.start).min(window.start.saturating_sub(MARGIN.min(window.start)))
        ..to.min(near.end).max(window.end + 1)
}

/// Words of one clause that stand farther from the window than this tell of something else.
const FAR: usize = 9;
