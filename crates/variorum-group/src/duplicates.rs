//! Texts that repeat one another, from the texts alone.

use serde::{Deserialize, Serialize};

use crate::copies::{Copies, Repeat};
use crate::sketch::Sketch;

/// Texts so far, numbered from zero as they came, and what tells whether the next one repeats one of them.
///
/// A plain value that can be kept and resumed.
///
/// ```
/// let mut texts = variorum_group::Duplicates::default();
/// let report = "The last ferry from Delmare left an hour late on Sunday after a rope caught in its screw, and Ada Orr, \
///     who runs the harbour office, said that divers had freed it by noon.";
/// assert_eq!(texts.take(report), None);
/// assert_eq!(texts.take(&format!("From the Delmare Courier.\n{report}\nShare this page")), Some(0));
/// ```
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Duplicates {
    copies: Copies,
    /// None for a text that only repeats another.
    sketches: Vec<Option<Sketch>>,
}

impl Duplicates {
    /// Returns the number of the first text that this one repeats, and keeps what it adds.
    pub fn take(&mut self, text: &str) -> Option<u32> {
        let sketch = Sketch::of("", text);
        let repeat = self.repeated(&sketch);
        let at = u32::try_from(self.sketches.len()).expect("four billion texts do not fit the memory");
        match repeat {
            Some(Repeat { of, adds: false }) => {
                self.copies.keep_whole(of, &sketch);
                self.sketches.push(None);
            }
            _ => {
                self.copies.keep(at, &sketch);
                self.sketches.push(Some(sketch));
            }
        }
        repeat.map(|repeat| repeat.of)
    }

    /// Returns the number of the first text that this one repeats.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.repeated(&Sketch::of("", text)).map(|repeat| repeat.of)
    }

    /// Returns the bytes that are held, free room included.
    pub fn heap(&self) -> usize {
        let sketches: usize = self.sketches.iter().flatten().map(Sketch::heap).sum();
        self.copies.heap() + self.sketches.capacity() * size_of::<Option<Sketch>>() + sketches
    }

    fn repeated(&self, sketch: &Sketch) -> Option<Repeat> {
        self.copies.find(sketch, |at| self.sketches[at as usize].as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::Duplicates;

    /// Texts that are about the same kind of thing in the same kind of words.
    fn text(n: usize) -> String {
        let word = |k: usize| format!("w{} ", (n * 7_919 + k * k * 31 + k * 17) % 4_001);
        (0..120).map(word).collect()
    }

    #[test]
    fn each_text_repeats_only_itself() {
        let mut texts = Duplicates::default();
        assert!((0..200).all(|n| texts.take(&text(n)).is_none()));
        assert!((0..200).all(|n| texts.find(&text(n)) == Some(n as u32)));
        assert!((0..200).all(|n| texts.take(&format!("{} more", text(n))) == Some(n as u32)));
        assert_eq!(texts.find(&text(900)), None);
    }

    #[test]
    fn a_copy_of_a_copy_repeats_the_first() {
        let mut texts = Duplicates::default();
        assert_eq!(texts.take(&text(1)), None);
        assert_eq!(texts.take(&format!("{}{}", text(1), text(2))), Some(0));
        assert_eq!(texts.take(&format!("Read on: {}", text(1))), Some(0));
        assert_eq!(texts.take(&text(2)), Some(1));
    }

    #[test]
    fn empty_and_tiny_texts_repeat_nothing_but_their_equals() {
        let mut texts = Duplicates::default();
        assert_eq!(["", " — ", "Boom.", "", "boom"].map(|text| texts.take(text)), [None, None, None, None, Some(2)]);
    }

    #[test]
    fn texts_that_were_put_away_go_on_as_before() {
        let mut texts = Duplicates::default();
        assert!((0..50).all(|n| texts.take(&text(n)).is_none()));
        let mut again: Duplicates = serde_json::from_str(&serde_json::to_string(&texts).unwrap()).unwrap();
        assert!((40..60).all(|n| texts.take(&text(n)) == again.take(&text(n))));
    }
}
