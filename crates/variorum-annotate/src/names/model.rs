//! A linear-chain conditional random field over the words that may belong to names (Lafferty et al. 2001).
//!
//! `examples/names` fits the weights; here they are whole numbers, so that every machine finds the same names.

mod features;
mod segments;
mod weights;

use std::ops::Range;

use variorum_news::NameKind;

use super::clues::Clue;
use super::tokens::Token;
pub(super) use features::Context;
pub(super) use segments::segments;
pub(super) use weights::Weights;

/// How many labels a word may have: outside, and begin or inside of four kinds.
pub(super) const LABELS: usize = 9;

/// A name that the model sees.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it takes it for; `Other` are events, works, peoples, prizes.
    pub kind: NameKind,
    /// By how much the kind of its last word leads the next best label there, in the units of the weights.
    pub lead: i32,
}

/// What each label starts with: the data have more names of other kinds than news has, and call fewer words names.
const LEAN: [i32; LABELS] = [-12, 0, 0, 0, 0, 0, 0, -40, -40];

/// Returns the names that the model sees, in order.
pub(super) fn find(tokens: &[Token], clues: &[Clue], weights: &Weights) -> Vec<Found> {
    let context = Context { tokens, clues, deep: weights.deep };
    let mut found = Vec::new();
    let mut scores = Vec::new();
    for segment in segments(tokens) {
        scores.clear();
        for at in segment.clone() {
            let mut score = LEAN;
            context.features(at, &segment, &mut |feature| weights.add(feature, &mut score));
            scores.push(score);
        }
        let labels = best(&scores, weights);
        read_off(&segment, &labels, &scores, &mut found);
    }
    found
}

/// Tells whether a label may follow another: the inside of a name follows its beginning.
pub(super) fn may_follow(before: usize, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == label || before == label - 1
}

/// Returns the best labels (Viterbi 1967).
fn best(scores: &[[i32; LABELS]], weights: &Weights) -> Vec<usize> {
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut total = [0_i32; LABELS];
    for (at, score) in scores.iter().enumerate() {
        let mut next = [i32::MIN / 2; LABELS];
        let mut origin = [0_u8; LABELS];
        for label in 0..LABELS {
            for (before, &sum) in total.iter().enumerate().filter(|(before, _)| may_follow(*before, label)) {
                if at == 0 && before != 0 {
                    continue;
                }
                let step = if at == 0 { 0 } else { weights.step(before, label) };
                let sum = sum.saturating_add(step).saturating_add(score[label]);
                if sum > next[label] {
                    (next[label], origin[label]) = (sum, before as u8);
                }
            }
        }
        (total, _) = (next, from.push(origin));
    }
    let mut label = (0..LABELS).max_by_key(|&l| (total[l], std::cmp::Reverse(l))).unwrap_or(0);
    let mut labels = vec![0; scores.len()];
    for at in (0..scores.len()).rev() {
        labels[at] = label;
        label = from[at][label] as usize;
    }
    labels
}

fn read_off(segment: &Range<usize>, labels: &[usize], scores: &[[i32; LABELS]], found: &mut Vec<Found>) {
    const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other];
    let mut at = 0;
    while at < labels.len() {
        let start = at;
        at += 1;
        if labels[start] == 0 {
            continue;
        }
        let kind = (labels[start] - 1) / 2;
        while at < labels.len() && labels[at] == kind * 2 + 2 {
            at += 1;
        }
        let own = scores[at - 1][labels[at - 1]];
        let other = (0..LABELS).filter(|&l| l == 0 || (l - 1) / 2 != kind).map(|l| scores[at - 1][l]).max();
        found.push(Found {
            tokens: segment.start + start..segment.start + at,
            kind: KINDS[kind],
            lead: own - other.unwrap_or(0),
        });
    }
}
