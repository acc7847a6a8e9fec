//! What sentences and words are about, as directions.

use crate::blob::{DIRECTIONS, Record};
use crate::forms::by_rule;
use crate::rarity;

/// The direction of a run of words: the mean of their vectors, rare words weighing more.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceVector {
    sum: [f32; DIRECTIONS],
}

/// Returns the direction of folded words; words of grammar had better be left out, and words without a vector say nothing.
pub fn vector<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> SentenceVector {
    let mut sum = [0.0; DIRECTIONS];
    for word in words {
        let word = word.as_ref();
        if let Some(of_word) = of_word(word) {
            let weight = rarity(word);
            for (total, number) in sum.iter_mut().zip(of_word) {
                *total += weight * number;
            }
        }
    }
    SentenceVector { sum }
}

impl SentenceVector {
    /// Returns the cosine of the angle between two directions, and 0 where one of them is of no known word.
    pub fn cosine(&self, other: &SentenceVector) -> f32 {
        let product = dot(&self.sum, &other.sum);
        let lengths = (dot(&self.sum, &self.sum) * dot(&other.sum, &other.sum)).sqrt();
        if lengths > 0.0 { (product / lengths).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// Returns the cosine of two words' vectors, if both have one.
pub(crate) fn cosine(a: &str, b: &str) -> Option<f32> {
    let (a, b) = (of_word(a)?, of_word(b)?);
    Some(dot(&a, &b).clamp(-1.0, 1.0))
}

/// Returns a word's vector of length one; a form that has none of its own takes its base form's.
fn of_word(folded: &str) -> Option<[f32; DIRECTIONS]> {
    let bytes = match Record::find(folded) {
        Some(record) => record.vector().or_else(|| record.readings().find_map(|base| base.vector())),
        None => by_rule(folded).find_map(|base| base.vector()),
    }?;
    let mut numbers = [0.0; DIRECTIONS];
    for (number, byte) in numbers.iter_mut().zip(bytes) {
        *number = f32::from(byte.cast_signed());
    }
    let length = dot(&numbers, &numbers).sqrt();
    for number in &mut numbers {
        *number /= length;
    }
    Some(numbers)
}

fn dot(a: &[f32; DIRECTIONS], b: &[f32; DIRECTIONS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
