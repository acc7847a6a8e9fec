//! A word that was looked up once, to be held against many others.

use std::cell::RefCell;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use variorum_text::stem;

use crate::blob::{DIRECTIONS, Record, Related, row};
use crate::forms::{by_rule, readings_of};
use crate::relation::{Relation, between, company, rank};

/// How many base forms of a word are kept; few forms have more than two.
const MOST: usize = 3;
const NONE: u32 = u32::MAX;

/// A word looked up: comparing two of them takes some twenty nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Places of the records of its base forms; the likeliest first.
    readings: [u32; MOST],
    /// Of a word that the lexicon lacks, its stem; of others, 0.
    stem: u64,
    row: u16,
    /// One by the length of its vector.
    scale: f32,
}

thread_local! {
    /// Who holds many words against one another by their letters looks each of them up again and again.
    static MET: RefCell<FxHashMap<String, Word>> = RefCell::default();
}

/// A stream must not grow the memory.
const MOST_MET: usize = 50_000;

impl Word {
    /// Looks a folded word up, or remembers it: the same as [`Word::new`], faster where words come again.
    pub fn met(folded: &str) -> Word {
        MET.with_borrow_mut(|met| {
            if let Some(word) = met.get(folded) {
                return *word;
            }
            if met.len() >= MOST_MET {
                met.clear();
            }
            let word = Word::new(folded);
            met.insert(folded.to_owned(), word);
            word
        })
    }

    /// Looks a folded word up.
    pub fn new(folded: &str) -> Word {
        let mut places = [NONE; MOST];
        let found = Record::find(folded);
        for (place, record) in places.iter_mut().zip(readings_of(found, folded)) {
            *place = record.at;
        }
        let stem = if places[0] == NONE { hashed(&stem(folded)) } else { 0 };
        let row = own_row(found, folded);
        let numbers = crate::blob::vector(row);
        let scale = numbers.map_or(0.0, |v| 1.0 / (dot(v, v) as f32).sqrt().max(1.0));
        Word { readings: places, stem, row, scale }
    }

    /// Returns the likeliest base form of the word, if the lexicon knows it; see [`crate::lemma`].
    pub fn lemma(&self) -> Option<&'static str> {
        self.records().next().map(|record| record.word())
    }

    /// Tells whether the lexicon knows the word or its base form.
    pub fn is_known(&self) -> bool {
        self.readings[0] != NONE
    }

    /// Returns a number that all forms of the word share, and no other word.
    ///
    /// It is of this version of the data only: never store it.
    pub fn number(&self) -> u64 {
        if self.is_known() { u64::from(self.readings[0]) } else { self.stem | 1 << 63 }
    }

    /// Returns the numbers of the words that are related to it in one way, each with a strength from 0 to 1; of siblings and
    /// of wider words' narrower ones there are no lists.
    pub fn related(&self, how: Relation) -> impl Iterator<Item = (u64, f32)> + use<> {
        let list = match how {
            Relation::Derived => Some(Related::Derived),
            Relation::Synonym => Some(Related::Synonyms),
            Relation::Opposite => Some(Related::Opposites),
            Relation::Narrower => Some(Related::Wider),
            _ => None,
        };
        self.records()
            .flat_map(move |record| list.into_iter().flat_map(move |list| record.related(list)))
            .map(|(at, strength)| (u64::from(at), strength))
    }

    /// Returns how it is related to another word; see [`crate::relation`].
    pub fn relation(&self, other: &Word) -> Relation {
        self.kinship(other).0
    }

    /// Returns how near it is to another word; see [`crate::nearness`].
    pub fn nearness(&self, other: &Word) -> f32 {
        self.likeness(other).1
    }

    /// Returns how it is related to another word and how near it is, at once.
    pub fn likeness(&self, other: &Word) -> (Relation, f32) {
        let (relation, strength) = self.kinship(other);
        let near = match relation {
            Relation::Same => 1.0,
            Relation::Derived => 0.75 + 0.2 * strength,
            Relation::Synonym => 0.6 + 0.35 * strength,
            Relation::Narrower | Relation::Wider => 0.4 + 0.4 * strength,
            Relation::Sibling => 0.2,
            Relation::Opposite => 0.1,
            Relation::Unrelated => self.cosine(other).map_or(0.0, company),
        };
        (relation, near)
    }

    /// Returns the cosine of the two words' vectors, if both have one.
    pub fn cosine(&self, other: &Word) -> Option<f32> {
        let (ours, theirs) = (crate::blob::vector(self.row)?, crate::blob::vector(other.row)?);
        Some((dot(ours, theirs) as f32 * self.scale * other.scale).clamp(-1.0, 1.0))
    }

    /// Returns its vector of length one.
    pub(crate) fn direction(&self) -> Option<[f32; DIRECTIONS]> {
        let mut numbers = [0.0; DIRECTIONS];
        for (number, byte) in numbers.iter_mut().zip(crate::blob::vector(self.row)?) {
            *number = f32::from(byte.cast_signed()) * self.scale;
        }
        Some(numbers)
    }

    fn kinship(&self, other: &Word) -> (Relation, f32) {
        if !self.is_known() || !other.is_known() {
            // Of names and new words only the stem is known.
            let same = !self.is_known() && !other.is_known() && self.stem == other.stem;
            return if same { (Relation::Same, 1.0) } else { (Relation::Unrelated, 0.0) };
        }
        if self.readings[0] == other.readings[0] {
            return (Relation::Same, 1.0);
        }
        let mut best = (Relation::Unrelated, 0.0);
        for one in self.records() {
            for other in other.records() {
                let found = between(&one, &other);
                if rank(found.0) < rank(best.0) || found.0 == best.0 && found.1 > best.1 {
                    best = found;
                }
            }
        }
        best
    }

    fn records(&self) -> impl Iterator<Item = Record> + use<> {
        self.readings.into_iter().take_while(|at| *at != NONE).filter_map(Record::at)
    }
}

/// A form that has no vector of its own takes its base form's.
fn own_row(found: Option<Record>, folded: &str) -> u16 {
    let found = match found {
        Some(record) if record.row() != row::NONE => Some(record.row()),
        Some(record) => record.readings().map(|base| base.row()).find(|r| *r != row::NONE),
        None => by_rule(folded).map(|base| base.row()).find(|r| *r != row::NONE),
    };
    found.unwrap_or(row::NONE)
}

fn dot(a: &[u8], b: &[u8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(a.cast_signed()) * i32::from(b.cast_signed())).sum()
}

fn hashed(stem: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(stem.as_bytes());
    hasher.finish()
}
