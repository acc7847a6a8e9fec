//! Which of several scores is the largest, and whether that is beyond doubt.

use crate::exact::Text;
use crate::scorer::{Scorer, Slots};

/// Chooses moves: by their scores, and where the two best lie close, by exact ones.
pub struct Chooser<'a, const COUNT: usize> {
    scorer: &'a Scorer<COUNT>,
    /// What each token says in each slot.
    features: &'a [f32],
    exact: Text<'a>,
    scores: Vec<f32>,
    margin: f32,
}

impl<'a, const COUNT: usize> Chooser<'a, COUNT> {
    /// Makes a chooser of a text's moves. Scores further apart than the margin are told apart.
    pub fn new(scorer: &'a Scorer<COUNT>, features: &'a [f32], exact: Text<'a>, margin: f32) -> Self {
        Self { scorer, features, exact, scores: Vec::new(), margin }
    }

    /// Returns the best of the moves that are allowed in a state.
    pub fn choose(&mut self, slots: &Slots<COUNT>, allowed: impl Fn(usize) -> bool) -> Option<usize> {
        self.scorer.score(self.features, slots, &mut self.scores);
        let (best, lead) = largest(&self.scores, &allowed)?;
        if lead >= self.margin {
            return Some(best);
        }
        self.exact.score(self.scorer, slots, &mut self.scores);
        largest(&self.scores, &allowed).map(|(best, _)| best)
    }
}

/// Returns the place of the largest number of those allowed, the first of equals, and by how much it leads.
pub fn largest(numbers: &[f32], allowed: impl Fn(usize) -> bool) -> Option<(usize, f32)> {
    let (mut best, mut most, mut second) = (None, f32::NEG_INFINITY, f32::NEG_INFINITY);
    for (at, number) in numbers.iter().enumerate().filter(|(at, _)| allowed(*at)) {
        if *number > most {
            (second, most, best) = (most, *number, Some(at));
        } else if *number > second {
            second = *number;
        }
    }
    best.map(|best| (best, most - second))
}
