//! The slots of the sources of one rewrite, read once for all its sentences.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::name::runs::{Run, opens, runs};
use super::number::{Number, numbers};
use crate::align::Place;
use crate::sources::Sources;

/// What the sources name and count, by place.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    names: FxHashMap<Place, Vec<Run>>,
    numbers: FxHashMap<Place, Vec<Number>>,
    capitals: FxHashSet<String>,
}

/// A place for the slots of the sources, which is filled when a sentence first asks.
pub(crate) type SlotsOnce = OnceLock<Slots>;

impl Slots {
    /// Reads the slots of all passages of the sources.
    pub fn new(sources: &Sources) -> Self {
        let mut slots = Slots::default();
        for (place, passage) in sources.passages() {
            let (witness, _) = sources.at(place);
            let named = (0..passage.words.len()).filter(|&i| passage.words[i].capital && !opens(witness, passage, i));
            slots.capitals.extend(named.map(|i| passage.words[i].folded.clone()));
        }
        for (place, passage) in sources.passages() {
            let (witness, _) = sources.at(place);
            let names = runs(witness, passage, |word| slots.capitals.contains(word));
            slots.names.insert(place, names);
            slots.numbers.insert(place, numbers(witness, passage));
        }
        slots
    }

    /// Tells whether the sources write a word with a capital where it begins nothing.
    pub fn is_name(&self, folded: &str) -> bool {
        self.capitals.contains(folded)
    }

    /// Returns the names of a passage.
    pub fn names(&self, place: Place) -> &[Run] {
        self.names.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Returns the numbers of a passage.
    pub fn numbers(&self, place: Place) -> &[Number] {
        self.numbers.get(&place).map_or(&[], Vec::as_slice)
    }
}
