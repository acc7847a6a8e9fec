//! Words that cannot both be true of one thing: the two sides of a question, and the opposites of the lexicon.

use variorum_lexicon::{Relation, Side, relation, sides};
use variorum_text::is_stop_word;

/// What two words are apart on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// A question on whose two sides they stand.
    Question(usize),
    /// Only the lexicon sets them against each other.
    Lexicon,
}

/// A word with the sides it is on.
pub(super) struct Poled<'a> {
    word: &'a str,
    sides: Vec<Side>,
}

impl<'a> Poled<'a> {
    /// Looks a folded word up.
    pub fn new(word: &'a str) -> Self {
        Poled { word, sides: sides(word) }
    }

    /// Returns what the word is apart from another on.
    pub fn apart(&self, other: &Self) -> Option<Axis> {
        let (a, b) = (self.word, other.word);
        // A word of two senses is not set against itself.
        let met = self.sides.iter().filter(|_| a != b).find(|(axis, side)| other.sides.contains(&(*axis, !side)));
        match met {
            Some((axis, _)) => Some(Axis::Question(*axis)),
            None if is_stop_word(a) || is_stop_word(b) || a.len() < 3 || b.len() < 3 => None,
            None => (relation(a, b) == Relation::Opposite).then_some(Axis::Lexicon),
        }
    }

    /// Tells whether the word stands on the side of another on an axis.
    pub fn same(&self, other: &Self, axis: Axis) -> bool {
        let Axis::Question(axis) = axis else {
            let relation = relation(self.word, other.word);
            return matches!(relation, Relation::Same | Relation::Synonym | Relation::Derived);
        };
        let side = other.sides.iter().find(|(x, _)| *x == axis).map(|(_, side)| *side);
        side.is_some_and(|side| self.sides.contains(&(axis, side)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_a_question_come_before_the_lexicon() {
        let axis = |a, b| Poled::new(a).apart(&Poled::new(b));
        assert!(matches!(axis("praised", "condemned"), Some(Axis::Question(_))));
        assert_eq!(axis("dropped", "dropped"), None);
        assert_eq!(axis("ferry", "harbour"), None);
    }
}
