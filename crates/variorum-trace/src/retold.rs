//! How each of two reports words what both tell: who writes a text again leaves marks in the sentences taken over.

use crate::likeness::Match;
use crate::profile::{Class, Profile, Token};

/// What a report has in the sentences that the other tells too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Retold {
    /// How many words they have.
    pub words: usize,
    /// How many of their words stand between quotation marks.
    pub quoted: usize,
    /// How many numbers the other's like sentences lack.
    pub numbers: usize,
    /// How many ordinary words the other's like sentences lack.
    pub new: usize,
    /// The mean length of those words.
    pub new_length: f64,
}

/// Sentences less alike than this may have met by chance.
const ALIKE: f32 = 0.3;

/// Returns how the first and how the second report word what both tell.
pub fn retold(a: &Profile<'_>, b: &Profile<'_>, matches: &[Match]) -> [Retold; 2] {
    let told: Vec<(&[Token], &[Token])> = matches
        .iter()
        .filter(|m| m.likeness >= ALIKE)
        .map(|m| (a.tokens_of_sentence(m.a), b.tokens_of_sentence(m.b)))
        .collect();
    [of(told.iter().copied()), of(told.iter().map(|(ours, theirs)| (*theirs, *ours)))]
}

fn of<'a>(told: impl Iterator<Item = (&'a [Token], &'a [Token])>) -> Retold {
    let (mut words, mut quoted, mut numbers, mut new) = (0, 0, 0, Vec::new());
    for (own, other) in told {
        let mut known: Vec<u64> = other.iter().map(|token| token.key).collect();
        known.sort_unstable();
        words += own.len();
        quoted += own.iter().filter(|token| token.quoted).count();
        let lacks = |t: &&Token| known.binary_search(&t.key).is_err();
        numbers += own.iter().filter(|t| t.class == Class::Number).filter(lacks).count();
        new.extend(own.iter().filter(|t| t.class == Class::Word).filter(lacks));
    }
    Retold { words, quoted, numbers, new: new.len(), new_length: mean_length(new.into_iter()) }
}

/// Returns the mean length of words in bytes, as if there were three more of seven: one long word proves nothing.
pub fn mean_length<'a>(words: impl Iterator<Item = &'a Token>) -> f64 {
    let (count, bytes) = words.fold((0, 0), |(count, bytes), token| (count + 1, bytes + token.bytes.len()));
    (bytes + 21) as f64 / f64::from(count + 3)
}
