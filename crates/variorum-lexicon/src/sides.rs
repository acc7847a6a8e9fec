//! Questions with two sides, from `data/en/sides.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::forms::readings;

/// A side of a question: the number of the question, and whether it is the second side.
pub type Side = (usize, bool);

/// Returns the sides that a folded word is on: "praised" and "condemned" are on two sides of one question.
pub fn sides(folded: &str) -> Vec<Side> {
    let mut found: Vec<Side> = SIDES.get(folded).cloned().unwrap_or_default();
    for record in readings(folded) {
        for side in SIDES.get(record.word()).into_iter().flatten() {
            if !found.contains(side) {
                found.push(*side);
            }
        }
    }
    found
}

static SIDES: LazyLock<HashMap<&'static str, Vec<Side>>> = LazyLock::new(|| {
    let rows = include_str!("../data/en/sides.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut sides = HashMap::<&str, Vec<Side>>::default();
    for (question, row) in rows.enumerate() {
        for (words, second) in row.split('\t').take(2).zip([false, true]) {
            for word in words.split(' ') {
                sides.entry(word).or_default().push((question, second));
            }
        }
    }
    sides
});
