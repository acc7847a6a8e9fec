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
    pub fn choose(
        &mut self,
        slots: &Slots<COUNT>,
        allowed: impl IntoIterator<Item = bool, IntoIter: Clone>,
    ) -> Option<usize> {
        let allowed = allowed.into_iter();
        self.scorer.score(self.features, slots, &mut self.scores);
        let (best, lead) = largest(&self.scores, allowed.clone())?;
        if lead >= self.margin {
            return Some(best);
        }
        self.exact.score(self.scorer, slots, &mut self.scores);
        largest(&self.scores, allowed).map(|(best, _)| best)
    }
}

/// Returns the place of the largest number of those allowed, the first of equals, and by how much it leads.
pub fn largest(numbers: &[f32], allowed: impl IntoIterator<Item = bool>) -> Option<(usize, f32)> {
    let (mut best, mut most, mut second) = (None, f32::NEG_INFINITY, f32::NEG_INFINITY);
    for (at, (number, allowed)) in numbers.iter().zip(allowed).enumerate() {
        // Most are far from the best, or not allowed.
        if *number > second && allowed {
            if *number > most {
                (second, most, best) = (most, *number, Some(at));
            } else {
                second = *number;
            }
        }
    }
    best.map(|best| (best, most - second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equals_leads_by_nothing() {
        let all = || std::iter::repeat(true);
        assert_eq!(largest(&[1.0, 3.0, 3.0, 2.0], all()), Some((1, 0.0)));
        assert_eq!(largest(&[1.0, 3.0, 2.0, 1.5], [true, false, true, true]), Some((2, 0.5)));
        assert_eq!(largest(&[1.0, 3.0], [true, false]), Some((0, f32::INFINITY)));
        assert_eq!(largest(&[1.0], [false]), None);
    }
}
