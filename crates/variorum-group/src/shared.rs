//! What two gists have in common.

use crate::counts::Class;
use crate::gist::{Entry, Gist, Mass};
use crate::likeness::{measures_of, weigh_measures};

/// A gist that is held against several others: it knows where its words stand.
pub struct Asked<'a> {
    gist: &'a Gist,
    /// For each value of the high bits of a key, the place of the first word that has it or a greater one.
    starts: Vec<u16>,
}

/// High bits of a key by which a word is looked for, so that hardly two words share them.
const HIGH_BITS: u32 = 12;

impl<'a> Asked<'a> {
    /// Returns a gist, ready to be held against others.
    pub fn of(gist: &'a Gist) -> Self {
        let mut starts = Vec::with_capacity((1 << HIGH_BITS) + 1);
        for (at, entry) in gist.entries.iter().enumerate() {
            let high = (entry.key >> (32 - HIGH_BITS)) as usize;
            if high >= starts.len() {
                starts.resize(high + 1, at as u16);
            }
        }
        starts.resize((1 << HIGH_BITS) + 1, gist.entries.len() as u16);
        Asked { gist, starts }
    }

    /// Returns the log odds that this gist, the newer, and another tell of one event.
    pub fn evidence(&self, other: &Gist) -> f32 {
        weigh_measures(&measures_of(self.gist, other, &self.shared(other)))
    }

    fn shared(&self, other: &Gist) -> Shared {
        let (mut shared, reports) = (Shared::default(), (self.gist.reports, other.reports));
        for theirs in &other.entries {
            let high = (theirs.key >> (32 - HIGH_BITS)) as usize;
            let near = &self.gist.entries[usize::from(self.starts[high])..usize::from(self.starts[high + 1])];
            if let Some(mine) = near.iter().find(|mine| mine.key == theirs.key) {
                shared.add(mine, theirs, reports);
            }
        }
        shared
    }
}

/// What two gists hold both.
#[derive(Default)]
pub struct Shared {
    /// Products of names, numbers and other words.
    pub dot: [f32; 3],
    /// What of the first is in the second; of its titles' words too.
    pub a: Mass,
    pub b: Mass,
    /// What is in both titles.
    pub titles: f32,
    /// Rarity that is shared, of names and phrases, and of other words.
    pub rare: [f32; 2],
    /// The greatest rarity that is shared.
    pub best: f32,
}

impl Shared {
    /// Returns what two gists hold both.
    pub fn of(a: &Gist, b: &Gist) -> Self {
        let mut shared = Shared::default();
        let (mut i, mut j) = (0, 0);
        let (left, right) = (&a.entries[..], &b.entries[..]);
        while i < left.len() && j < right.len() {
            let (x, y) = (&left[i], &right[j]);
            if x.key == y.key {
                shared.add(x, y, (a.reports, b.reports));
            }
            i += usize::from(x.key <= y.key);
            j += usize::from(y.key <= x.key);
        }
        shared
    }

    fn add(&mut self, x: &Entry, y: &Entry, (of_a, of_b): (u32, u32)) {
        let rarity = x.rarity;
        if (x.class as usize) < 3 {
            self.dot[x.class as usize] += rarity * rarity * x.share * y.share;
        }
        self.a.add(x, of_a as f32);
        self.b.add(y, of_b as f32);
        if x.titled > 0 && y.titled > 0 {
            self.titles += rarity * f32::from(x.titled.min(y.titled));
        }
        let held = (f32::from(x.held) / of_a as f32).min(f32::from(y.held) / of_b as f32);
        let rare = (rarity - 3.0).max(0.0) * held;
        match x.class {
            Class::Name | Class::Phrase => self.rare[0] += rare,
            _ => self.rare[1] += rare,
        }
        self.best = self.best.max(rarity * held);
    }
}
