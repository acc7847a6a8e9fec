//! A small generator of random numbers: the same on every machine.

/// Numbers that follow from the last one (SplitMix64, Steele and others 2014).
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below another.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.roll()) * end.max(1) as u128) >> 64) as usize
    }

    /// Says yes with this probability.
    pub fn chance(&mut self, share: f64) -> bool {
        ((self.roll() >> 11) as f64) < share * (1u64 << 53) as f64
    }

    /// Returns one of them.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Returns a rank: each comes up about in proportion to one over itself (Zipf's law).
    pub fn zipf(&mut self, ranks: usize) -> usize {
        let share = (self.roll() >> 11) as f64 / (1u64 << 53) as f64;
        (((ranks as f64 + 1.0).ln() * share).exp() as usize).clamp(1, ranks) - 1
    }
}
