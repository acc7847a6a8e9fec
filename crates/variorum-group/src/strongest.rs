//! Which words are kept where there are too many.

/// The weakest of the words that are kept.
#[derive(Debug, Clone, Copy)]
pub struct Strongest(Option<(f32, u32)>);

impl Strongest {
    /// Returns what keeps the words with the greatest weights, ties by key.
    pub fn of(words: impl Iterator<Item = (f32, u32)>, most: usize) -> Self {
        let mut words: Vec<(f32, u32)> = words.collect();
        if words.len() <= most {
            return Strongest(None);
        }
        let (_, last, _) = words.select_nth_unstable_by(most - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Strongest(Some(*last))
    }

    /// Tells whether a word is kept.
    pub fn holds(self, weight: f32, key: u32) -> bool {
        self.0.is_none_or(|last| weight.total_cmp(&last.0).then(last.1.cmp(&key)).is_ge())
    }
}
