//! Words that cannot both be true of one thing: `data/en/poles.tsv`, and the opposites of the lexicon.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_lexicon::{Relation, relation};
use variorum_text::is_stop_word;

use crate::lexicon::rows;

/// The axes that a word stands on, each with its side.
static POLES: LazyLock<FxHashMap<&'static str, Vec<(usize, bool)>>> = LazyLock::new(|| {
    let mut poles = FxHashMap::<&str, Vec<(usize, bool)>>::default();
    for (axis, row) in rows(include_str!("../../data/en/poles.tsv")).enumerate() {
        for (column, side) in [(1, false), (2, true)] {
            for word in row[column].split(' ') {
                poles.entry(word).or_default().push((axis, side));
            }
        }
    }
    poles
});

/// The axis of words that only the lexicon sets against each other.
const LEXICON: usize = usize::MAX;

/// Returns the axis on which two words stand on opposite sides.
pub(super) fn apart(a: &str, b: &str) -> Option<usize> {
    let (mine, theirs) = (sides(a), sides(b));
    let met = mine.iter().find(|(axis, side)| theirs.contains(&(*axis, !side)));
    match met {
        Some((axis, _)) => Some(*axis),
        None if is_stop_word(a) || is_stop_word(b) || a.len() < 3 || b.len() < 3 => None,
        None => (relation(a, b) == Relation::Opposite).then_some(LEXICON),
    }
}

/// Tells whether a word stands on the side of another on an axis.
pub(super) fn same(a: &str, b: &str, axis: usize) -> bool {
    if axis == LEXICON {
        return matches!(relation(a, b), Relation::Same | Relation::Synonym | Relation::Derived);
    }
    let side = sides(b).iter().find(|(x, _)| *x == axis).map(|(_, side)| *side);
    side.is_some_and(|side| sides(a).contains(&(axis, side)))
}

fn sides(word: &str) -> &'static [(usize, bool)] {
    POLES.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_text::{fold, words};

    #[test]
    fn the_examples_of_every_axis_stand_apart() {
        for row in rows(include_str!("../../data/en/poles.tsv")) {
            let (a, b) = row[3].split_once(" / ").unwrap();
            let met = words(a).iter().any(|a| words(b).iter().any(|b| apart(&fold(a.text), &fold(b.text)).is_some()));
            assert!(met, "{row:?}");
        }
    }

    #[test]
    fn a_word_of_two_senses_is_not_set_against_itself() {
        assert_eq!(apart("dropped", "dropped"), None);
    }
}
