//! What sentences and words are about, as directions.

use crate::blob::DIRECTIONS;
use crate::rarity;
use crate::word::Word;

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
        if let Some(of_word) = Word::new(word).direction() {
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

fn dot(a: &[f32; DIRECTIONS], b: &[f32; DIRECTIONS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
