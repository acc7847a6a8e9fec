//! What stands around a slot: two slots are one where the words about them are.

use std::ops::Range;

use crate::align::Place;
use crate::sources::Sources;
use crate::witness::{Forms, Passage, Token};

/// The content words about a slot, each with how closely it is tied to it.
#[derive(Debug)]
pub(super) struct Around {
    /// Forms with their weights, sorted by form, each once.
    ties: Vec<(u32, f64)>,
    /// The sum of the weights.
    all: f64,
}

/// How well the words about a slot of a source fit those about a slot of the rewrite.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fit {
    /// From 0 to 1: the weighted share of the rewrite's words that stand near the source's slot.
    pub score: f64,
    /// How many words they share.
    pub shared: usize,
}

/// A word loses so much of its tie with every word between it and the slot.
const FAR: f64 = 0.22;
/// A mark that ends a clause between a word and the slot loosens the tie.
const OTHER_CLAUSE: f64 = 0.5;
const OTHER_PHRASE: f64 = 0.8;
/// In a source, words may stand farther off: a rewrite draws together what its source tells at length.
const FAR_IN_SOURCE: f64 = 0.06;
/// What a word in the passage before or after counts.
const BESIDE: f64 = 0.45;
/// How many words on either side are looked at.
const REACH: usize = 14;

/// Returns what stands around the words of a slot.
pub(super) fn around(text: &str, passage: &Passage, at: &Range<usize>, forms: &Forms) -> Around {
    let mut ties: Vec<(u32, f64)> = Vec::new();
    let own = |form: u32| passage.words[at.clone()].iter().any(|t| t.form == Some(form));
    let mut add = |token: &Token, distance: usize, loose: f64| {
        if let Some(form) = token.form.filter(|&f| !own(f)) {
            ties.push((form, forms.weight(form) * loose / (1.0 + FAR * distance as f64)));
        }
    };
    let mut loose = 1.0;
    for (distance, i) in (0..at.start).rev().take(REACH).enumerate() {
        loose *= looseness(text, passage.words[i].bytes.end, passage.words[i + 1].bytes.start);
        add(&passage.words[i], distance, loose);
    }
    loose = 1.0;
    for (distance, i) in (at.end..passage.words.len()).take(REACH).enumerate() {
        loose *= looseness(text, passage.words[i - 1].bytes.end, passage.words[i].bytes.start);
        add(&passage.words[i], distance, loose);
    }
    ties.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    ties.dedup_by_key(|tie| tie.0);
    let all = ties.iter().map(|t| t.1).sum();
    Around { ties, all }
}

/// How much the marks between two words loosen their tie.
fn looseness(text: &str, from: usize, to: usize) -> f64 {
    let between = text.get(from..to).unwrap_or("");
    if between.contains([';', ':', '—', '–', '?', '!']) || between.contains(". ") {
        OTHER_CLAUSE
    } else if between.contains([',', '(', ')']) {
        OTHER_PHRASE
    } else {
        1.0
    }
}

impl Around {
    /// Returns the most that any slot of a passage could fit.
    pub fn most(&self, passage: &Passage) -> f64 {
        if self.all <= 0.0 {
            return 0.0;
        }
        let held = |form: &u32| passage.forms.binary_search(form).is_ok();
        self.ties.iter().filter(|(form, _)| held(form)).map(|(_, weight)| weight).sum::<f64>() / self.all
    }

    /// Returns the same for every passage of the sources that holds one of the words, in their order.
    pub fn mosts(&self, sources: &Sources) -> Vec<(Place, f64)> {
        let mut held: Vec<(Place, usize)> = Vec::new();
        for (n, (form, _)) in self.ties.iter().enumerate() {
            held.extend(sources.holding(*form).iter().map(|place| (*place, n)));
        }
        held.sort_by_key(|&(place, n)| (sources.rank(place), n));
        let most = |of: &[(Place, usize)]| of.iter().map(|&(_, n)| self.ties[n].1).sum::<f64>() / self.all;
        let passages = held.chunk_by(|a, b| a.0 == b.0);
        passages.map(|of| (of[0].0, if self.all > 0.0 { most(of) } else { 0.0 })).collect()
    }

    /// Returns how well the words about a slot of a source fit.
    pub fn fit(&self, passage: &Passage, at: &Range<usize>) -> Fit {
        let mut best = vec![0.0f64; self.ties.len()];
        for (i, token) in passage.words.iter().enumerate() {
            let Some(form) = token.form else { continue };
            let Ok(tie) = self.ties.binary_search_by_key(&form, |t| t.0) else { continue };
            let distance = if at.contains(&i) {
                continue;
            } else if i < at.start {
                at.start - i - 1
            } else {
                i - at.end
            };
            best[tie] = best[tie].max(1.0 / (1.0 + FAR_IN_SOURCE * distance as f64));
        }
        if self.all <= 0.0 {
            return Fit::default();
        }
        let shared = best.iter().filter(|b| **b > 0.0).count();
        let score = best.iter().zip(&self.ties).map(|(b, tie)| b * tie.1).sum::<f64>() / self.all;
        Fit { score, shared }
    }

    /// Returns how well the words about a slot fit, those of the passages before and after it among them.
    pub fn fit_with_neighbours(&self, passages: &[Passage], which: usize, at: &Range<usize>) -> Fit {
        let own = self.fit(&passages[which], at);
        if self.all <= 0.0 {
            return own;
        }
        let beside: Vec<&Passage> =
            [which.checked_sub(1), Some(which + 1)].into_iter().flatten().filter_map(|p| passages.get(p)).collect();
        let holds = |p: &Passage, form: u32| p.forms.binary_search(&form).is_ok();
        let (mut more, mut shared) = (0.0, 0);
        for (form, weight) in &self.ties {
            if !holds(&passages[which], *form) && beside.iter().any(|p| holds(p, *form)) {
                more += BESIDE * weight;
                shared += 1;
            }
        }
        Fit { score: own.score + more / self.all, shared: own.shared + shared }
    }

    /// Tells whether nothing but words of grammar stands around.
    pub fn is_empty(&self) -> bool {
        self.ties.is_empty()
    }
}
