//! One flat table of keys and who holds them.

use serde::{Deserialize, Serialize};

/// Reports that a key names: the first that had it. A run of words that more have is a stock phrase.
pub const HOLDERS: usize = 3;

/// Slots of the smallest table.
const LEAST: usize = 64;

/// Keys and their holders, each pair in a slot of eight bytes, in order of the keys but for collisions.
///
/// A look-up in a large table waits for memory, so all keys of a text are asked for at once, and the pairs of a key stand
/// side by side. The slot of a key grows with the key, so a larger table is filled from a smaller one in order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, u32)>", into = "Vec<(u32, u32)>")]
pub struct Table {
    /// The key above, the holder below and one more than it is; zero is free.
    slots: Vec<u64>,
    filled: usize,
}

impl Table {
    /// Adds the holders of all keys, a key's each once.
    pub fn holders(&self, keys: &[u32], found: &mut Vec<u32>) {
        if self.slots.is_empty() {
            return;
        }
        // The loads of the first loop do not wait for each other.
        let first: Vec<u64> = keys.iter().map(|&key| self.slots[self.slot(key)]).collect();
        for (&key, mut slot) in keys.iter().zip(first) {
            if slot == 0 {
                continue;
            }
            let mut at = self.slot(key);
            while slot != 0 {
                if (slot >> 32) as u32 == key {
                    found.push(slot as u32 - 1);
                }
                at = self.next(at);
                slot = self.slots[at];
            }
        }
    }

    /// Names a report as a holder of its keys, where they have few.
    pub fn post(&mut self, holder: u32, keys: &[u32]) {
        while (self.filled + keys.len()) * 10 > self.slots.len() * 7 {
            self.resize((self.slots.len() * 2).max(LEAST), |_| true);
        }
        keys.iter().for_each(|&key| self.insert(key, holder));
    }

    fn insert(&mut self, key: u32, holder: u32) {
        let (mut at, mut holders) = (self.slot(key), 0);
        while self.slots[at] != 0 {
            holders += usize::from((self.slots[at] >> 32) as u32 == key);
            if holders == HOLDERS {
                return;
            }
            at = self.next(at);
        }
        self.slots[at] = (u64::from(key) << 32) | (u64::from(holder) + 1);
        self.filled += 1;
    }

    /// Drops the holders that are forgotten.
    pub fn sweep(&mut self, kept: impl Fn(u32) -> bool) {
        let left = self.slots.iter().filter(|&&slot| slot != 0 && kept(slot as u32 - 1)).count();
        self.resize((left * 10 / 6).max(LEAST), kept);
    }

    /// Returns the bytes that are held.
    pub fn heap(&self) -> usize {
        self.slots.capacity() * size_of::<u64>()
    }

    fn resize(&mut self, size: usize, kept: impl Fn(u32) -> bool) {
        let old = std::mem::replace(&mut self.slots, vec![0; size]);
        self.filled = 0;
        for slot in old.into_iter().filter(|&slot| slot != 0 && kept(slot as u32 - 1)) {
            self.insert((slot >> 32) as u32, slot as u32 - 1);
        }
    }

    fn slot(&self, key: u32) -> usize {
        ((u64::from(key) * self.slots.len() as u64) >> 32) as usize
    }

    fn next(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() { 0 } else { at + 1 }
    }
}

impl From<Table> for Vec<(u32, u32)> {
    fn from(table: Table) -> Self {
        let filled = table.slots.into_iter().filter(|&slot| slot != 0);
        let mut pairs: Vec<(u32, u32)> = filled.map(|slot| ((slot >> 32) as u32, slot as u32 - 1)).collect();
        pairs.sort_unstable();
        pairs
    }
}

impl From<Vec<(u32, u32)>> for Table {
    fn from(pairs: Vec<(u32, u32)>) -> Self {
        let mut table = Table::default();
        pairs.iter().for_each(|&(key, holder)| table.post(holder, &[key]));
        table
    }
}

#[cfg(test)]
mod tests {
    use super::{HOLDERS, Table};

    fn holders(table: &Table, key: u32) -> Vec<u32> {
        let mut found = Vec::new();
        table.holders(&[key], &mut found);
        found.sort_unstable();
        found
    }

    fn full() -> Table {
        let mut table = Table::default();
        // Keys that crowd at the end of the table, and some all over it.
        (0..500).for_each(|at| table.post(at, &[u32::MAX - at % 7, at.wrapping_mul(0x9E37_79B9), 5]));
        table
    }

    #[test]
    fn a_key_names_its_first_holders() {
        let table = full();
        assert_eq!(holders(&table, 5), (0..HOLDERS as u32).collect::<Vec<_>>());
        assert_eq!(holders(&table, u32::MAX - 6), [6, 13, 20]);
        assert_eq!(holders(&table, 123u32.wrapping_mul(0x9E37_79B9)), [123]);
        assert!(holders(&table, 6).is_empty());
    }

    #[test]
    fn the_forgotten_are_swept_out_and_make_room() {
        let mut table = full();
        let before = table.heap();
        table.sweep(|at| at >= 490);
        assert!(table.heap() < before / 5);
        assert!(holders(&table, 5).is_empty());
        assert_eq!(holders(&table, 495u32.wrapping_mul(0x9E37_79B9)), [495]);
        table.post(900, &[5]);
        assert_eq!(holders(&table, 5), [900]);
    }

    #[test]
    fn a_table_that_was_put_away_is_the_same() {
        let table = full();
        let kept = serde_json::to_string(&table).unwrap();
        let again: Table = serde_json::from_str(&kept).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), kept);
        assert_eq!(holders(&again, u32::MAX), holders(&table, u32::MAX));
    }
}
