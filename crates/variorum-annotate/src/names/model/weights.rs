//! The fitted weights, as they lie in `data`.

use std::sync::LazyLock;

use super::LABELS;

/// A set of weights: a number for each feature and label, and for each pair of labels.
#[derive(Debug)]
pub(in crate::names) struct Weights {
    /// Whether the tree is looked at.
    pub deep: bool,
    steps: [[i32; LABELS]; LABELS],
    /// Open addressing: the hash of a feature, and its row plus one.
    slots: Vec<(u32, u32)>,
    rows: &'static [[u8; LABELS]],
}

static DEEP: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("../../../data/names-deep.bin"), true));
static FLAT: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("../../../data/names-flat.bin"), false));

impl Weights {
    /// Returns the weights for words that have a tree.
    pub fn deep() -> &'static Weights {
        &DEEP
    }

    /// Returns the weights for words and their order alone.
    pub fn flat() -> &'static Weights {
        &FLAT
    }

    /// Reads `LABELS` rows of steps as little-endian 16-bit numbers, the hashes as 32-bit numbers in order, and a row
    /// of signed bytes for each; the number of hashes follows from the length.
    fn read(bytes: &'static [u8], deep: bool) -> Weights {
        let (head, rest) = bytes.split_at(bytes.len().min(2 * LABELS * LABELS));
        let mut steps = [[0; LABELS]; LABELS];
        for (at, step) in head.chunks_exact(2).enumerate() {
            steps[at / LABELS][at % LABELS] = i32::from(i16::from_le_bytes([step[0], step[1]]));
        }
        let count = rest.len() / (4 + LABELS);
        let (hashes, rows) = rest.split_at(4 * count);
        let (rows, _) = rows.as_chunks::<LABELS>();
        let mut slots = vec![(0, 0); (count * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (row, hash) in hashes.chunks_exact(4).enumerate() {
            let hash = u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]]);
            let mut slot = hash as usize & mask;
            while slots[slot].1 != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (hash, row as u32 + 1);
        }
        Weights { deep, steps, slots, rows }
    }

    /// Returns the weight of one label after another.
    pub fn step(&self, before: usize, label: usize) -> i32 {
        self.steps[before][label]
    }

    /// Adds the weights of a feature to the scores of a word.
    pub fn add(&self, feature: u32, scores: &mut [i32; LABELS]) {
        let mask = self.slots.len() - 1;
        let mut slot = feature as usize & mask;
        loop {
            let (hash, row) = self.slots[slot];
            if row == 0 {
                return;
            }
            if hash == feature {
                let row = &self.rows[row as usize - 1];
                for (score, &weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(weight as i8);
                }
                return;
            }
            slot = (slot + 1) & mask;
        }
    }
}
