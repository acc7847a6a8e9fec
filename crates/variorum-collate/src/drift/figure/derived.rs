//! A figure that the source's own numbers give: 12 and 3 make 15.

use variorum_news::{Figure, Hedge};

use crate::drift::Held;

/// Only figures of passages so like the sentence are added up: among all of a report's, some pair makes any number.
const NEAR: f64 = 0.15;
/// At most so many figures are added up.
const MOST: usize = 12;

/// Tells whether two or more figures of one unit in a near passage add up to a figure, or differ by it.
pub(super) fn from_near(figure: &Figure, held: Held) -> bool {
    held.near(NEAR).any(|(witness, passage, _)| {
        let theirs: Vec<f64> = witness.notes.figures[passage.figures.clone()]
            .iter()
            .filter(|other| other.unit == figure.unit && !other.vague)
            .map(|other| other.value)
            .take(MOST)
            .collect();
        let is_it = |value: f64| {
            let room = if figure.hedge == Some(Hedge::About) { 0.05 } else { 0.004 };
            (value - figure.value).abs() <= room * figure.value.abs() + 1e-9
        };
        let pair = theirs.iter().enumerate().any(|(i, a)| {
            theirs.iter().skip(i + 1).any(|b| is_it(a + b) || figure.value > 2.0 && is_it((a - b).abs()))
        });
        let rest = figure.unit.as_deref() == Some("%") && theirs.iter().any(|a| is_it(100.0 - a));
        pair || rest || theirs.len() > 2 && is_it(theirs.iter().sum())
    })
}
