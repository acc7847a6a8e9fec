#![doc = include_str!("../README.md")]

mod blob;
mod forms;
mod relation;
mod sides;
mod vector;
mod word;

pub use forms::{lemma, lemmas};
pub use relation::{Relation, nearness, opposites, relation, synonyms};
pub use sides::{Side, sides};
pub use vector::{SentenceVector, vector};
pub use word::Word;

#[cfg(test)]
mod tests;

use blob::Record;

/// A part of speech that carries content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// "harbour".
    Noun,
    /// "deport".
    Verb,
    /// "guilty".
    Adjective,
    /// "quickly".
    Adverb,
}

const PARTS: [Part; 4] = [Part::Noun, Part::Verb, Part::Adjective, Part::Adverb];

/// What a word that no list holds weighs: about one in ten million.
const UNKNOWN: f32 = 15.5;

/// Returns how rare a folded word is in English news: minus the logarithm of its share of running words, from about 3 for
/// "the" to 15.5 for a word that no list holds. An inflected form that no list holds is as rare as its base form.
pub fn rarity(folded: &str) -> f32 {
    let record = Record::find(folded).or_else(|| forms::by_rule(folded).next());
    record.map_or(UNKNOWN, |record| record.rarity().min(UNKNOWN))
}

/// Tells what part of speech a folded word most likely is, if the word or its base form is known.
pub fn part(folded: &str) -> Option<Part> {
    let record = forms::readings(folded).next()?;
    let shares = record.parts();
    // An ending in "-ed" or "-ing" is of a verb where the base form can be one.
    if record.word() != folded && (folded.ends_with("ed") || folded.ends_with("ing")) && shares[1] > 0 {
        return Some(Part::Verb);
    }
    // Of parts that are equally likely, the one that stands first here is meant.
    let most = (0..4).rev().max_by_key(|&i| shares[i]).filter(|&i| shares[i] > 0)?;
    Some(PARTS[most])
}

/// Tells whether a folded word can be a part of speech in at least a tenth of its uses.
pub fn can_be(folded: &str, part: Part) -> bool {
    forms::readings(folded).any(|record| record.parts()[part as usize] >= 2)
}

/// Tells whether a folded word names a person by what they are or do: "minister", "swimmers", "victim".
pub fn is_person_noun(folded: &str) -> bool {
    forms::readings(folded).next().is_some_and(|record| record.is_person())
}

/// Tells whether WordNet knows the word or its base form as a common word.
pub fn is_known(folded: &str) -> bool {
    forms::readings(folded).any(|record| record.has_senses())
}
