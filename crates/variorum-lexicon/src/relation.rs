//! How two words are related, and how near they are.

use crate::blob::{Record, Related};
use crate::forms::readings;
use crate::word::Word;

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
    if a == b { Relation::Same } else { Word::met(a).relation(&Word::met(b)) }
}

/// Returns how near two folded words are in meaning, from 0 (unrelated) to 1 (the same word); what excludes a word is not near it.
pub fn nearness(a: &str, b: &str) -> f32 {
    if a == b { 1.0 } else { Word::met(a).nearness(&Word::met(b)) }
}

/// Words that stand in the same company are often about one matter, and now and then mean the same: below a cosine of
/// 0.3 it is chance, and at the top it says as much as a weak synonym.
pub(crate) fn company(cosine: f32) -> f32 {
    0.6 * ((cosine - 0.3) / 0.6).clamp(0.0, 1.0)
}

/// Returns the base forms that exclude a folded word, the surest first.
pub fn opposites(folded: &str) -> Vec<&'static str> {
    listed(folded, Related::Opposites)
}

/// Returns the base forms that can stand for a folded word, the surest first.
pub fn synonyms(folded: &str) -> Vec<&'static str> {
    listed(folded, Related::Synonyms)
}

fn listed(folded: &str, how: Related) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for record in readings(folded) {
        for (at, _) in record.related(how) {
            let word = Record::at(at).map_or("", |record| record.word());
            if !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

/// What excludes is told before what is alike, but one word is always itself.
pub(crate) fn rank(relation: Relation) -> u8 {
    match relation {
        Relation::Same => 0,
        Relation::Opposite => 1,
        Relation::Derived => 2,
        Relation::Synonym => 3,
        Relation::Narrower => 4,
        Relation::Wider => 5,
        Relation::Sibling => 6,
        Relation::Unrelated => 7,
    }
}

pub(crate) fn between(one: &Record, other: &Record) -> (Relation, f32) {
    if one.at == other.at {
        return (Relation::Same, 1.0);
    }
    for (list, relation) in [
        (Related::Opposites, Relation::Opposite),
        (Related::Derived, Relation::Derived),
        (Related::Synonyms, Relation::Synonym),
        (Related::Wider, Relation::Narrower),
    ] {
        if let Some((_, strength)) = one.related(list).find(|(at, _)| *at == other.at) {
            return (relation, strength);
        }
    }
    if let Some((_, strength)) = other.related(Related::Wider).find(|(at, _)| *at == one.at) {
        return (Relation::Wider, strength);
    }
    if one.kinds().any(|kind| other.kinds().any(|k| k == kind)) {
        return (Relation::Sibling, 1.0);
    }
    (Relation::Unrelated, 0.0)
}
