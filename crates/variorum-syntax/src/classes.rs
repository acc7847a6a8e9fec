//! Kinds of characters that the rules speak of.

/// A set of kinds.
pub type Class = u16;

/// Cut off in front of a word.
pub const PREFIX: Class = 1;
/// Cut off behind a word.
pub const SUFFIX: Class = 1 << 1;
/// Cut out of the middle of a word: pictures and arrows.
pub const INFIX: Class = 1 << 2;
/// A full stop after it is cut off.
pub const BEFORE_STOP: Class = 1 << 3;
/// A full stop after two of them is cut off.
pub const UPPER: Class = 1 << 4;
/// A full stop between this …
pub const LEFT_OF_STOP: Class = 1 << 5;
/// … and this is cut out.
pub const RIGHT_OF_STOP: Class = 1 << 6;
/// A letter, for commas and hyphens between words.
pub const WORD: Class = 1 << 7;
/// A letter of the last part of a host name.
pub const HOST: Class = 1 << 8;
/// White space.
pub const SPACE: Class = 1 << 9;
/// A letter, for the shape of a word.
pub const LETTER: Class = 1 << 10;
/// A capital letter.
pub const CAPITAL: Class = 1 << 11;
/// A digit of any script.
pub const DIGIT: Class = 1 << 12;

/// The letters of `data/classes.tsv`, in the order of the constants.
const LETTERS: &str = "psidulnatwAUD";

/// Every character's kinds.
pub struct Classes {
    ascii: [Class; 128],
    /// Runs of characters beyond ASCII, in order: first, last, kinds.
    runs: Vec<(u32, u32, Class)>,
}

impl Classes {
    /// Reads `data/classes.tsv`.
    pub fn new() -> Self {
        let mut classes = Self { ascii: [0; 128], runs: Vec::new() };
        for line in include_str!("../data/classes.tsv").lines() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().expect("a run has three cells");
            let mut hex = || u32::from_str_radix(cell(), 16).expect("a character is a number");
            let (first, last) = (hex(), hex());
            let class = cell().chars().fold(0, |class, letter| class | 1 << LETTERS.find(letter).expect("a kind"));
            for c in first..=last.min(127) {
                classes.ascii[c as usize] = class;
            }
            if last > 127 {
                classes.runs.push((first, last, class));
            }
        }
        classes
    }

    /// Returns the kinds of a character.
    pub fn of(&self, c: char) -> Class {
        let code = c as u32;
        if let Some(class) = self.ascii.get(code as usize) {
            return *class;
        }
        let run = self.runs.partition_point(|(_, last, _)| *last < code);
        self.runs.get(run).filter(|(first, _, _)| *first <= code).map_or(0, |(_, _, class)| *class)
    }

    /// Tells whether a character is of a kind.
    pub fn is(&self, c: char, class: Class) -> bool {
        self.of(c) & class != 0
    }

    /// Tells whether there is a character and it is of a kind.
    pub fn some(&self, c: Option<char>, class: Class) -> bool {
        c.is_some_and(|c| self.is(c, class))
    }

    /// Tells whether all characters are of a kind.
    pub fn all(&self, text: &str, class: Class) -> bool {
        text.chars().all(|c| self.is(c, class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_table() {
        let classes = Classes::new();
        assert!(classes.is('(', PREFIX) && classes.is('“', SUFFIX) && classes.is('☎', INFIX));
        assert!(classes.is('é', LETTER) && !classes.is('é', CAPITAL) && classes.is('É', CAPITAL));
        assert!(classes.is('²', DIGIT) && classes.is('\u{3000}', SPACE) && classes.of('\u{10FFFF}') == 0);
    }
}
