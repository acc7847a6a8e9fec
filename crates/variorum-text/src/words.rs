//! Words of a text, with where they stand.

use std::ops::Range;

use crate::disguise::is_invisible;

/// A word: letters, digits, and the marks that hold one word together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as it stands.
    pub text: &'a str,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Word<'_> {
    /// Returns the bytes of the word.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Tells whether the word begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Tells whether the word holds a digit.
    pub fn has_digit(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }
}

/// Returns the words of a text in order.
///
/// An apostrophe, hyphen or full stop between letters holds a word together ("O'Neil", "C-17", "U.S"), and so do a
/// comma and a full stop between digits ("1,500", "3.5"). A trailing "'s" belongs to the word; `fold` takes it off.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(first) = char_at(text, at) {
        let start = at;
        at += first.len_utf8();
        if !is_word_char(first) {
            continue;
        }
        let mut end = at;
        let mut last = first;
        loop {
            // Most words are plain letters to their end.
            let plain = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if plain > 0 {
                at += plain;
                end = at;
                last = char::from(bytes[at - 1]);
            }
            let Some(c) = char_at(text, at) else { break };
            if is_word_char(c) {
                at += c.len_utf8();
                end = at;
                last = c;
                continue;
            }
            // Nobody sees a soft hyphen or a zero-width space: what stands around them is one word.
            if is_invisible(c) {
                let hidden = text[at..].find(|c| !is_invisible(c)).unwrap_or(0);
                if !text[at + hidden..].starts_with(is_word_char) {
                    break;
                }
                at += hidden;
                continue;
            }
            let next = text[at + c.len_utf8()..].chars().next();
            if !next.is_some_and(|next| joins(last, c, next)) {
                break;
            }
            last = c;
            at += c.len_utf8();
        }
        found.push(Word { text: &text[start..end], start, end });
    }
    found
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Returns the byte ranges of the lines of a text that hold anything, without white space at their ends.
pub fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let left = line.len() - line.trim_start().len();
        let kept = line.trim();
        if !kept.is_empty() {
            found.push(at + left..at + left + kept.len());
        }
        at += line.len() + 1;
    }
    found
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !is_invisible(c) || is_combining(c)
}

/// Combining marks belong to the letter before them; a word must not end inside a letter.
fn is_combining(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x483..=0x487 | 0x591..=0x5BD | 0x610..=0x61A | 0x64B..=0x65F | 0x900..=0x903
        | 0x93A..=0x94F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

fn joins(before: char, mark: char, after: char) -> bool {
    match mark {
        '\'' | '’' => before.is_alphanumeric() && after.is_alphabetic(),
        '-' | '\u{2010}' | '\u{2011}' => before.is_alphanumeric() && after.is_alphanumeric(),
        '.' => (before.is_ascii_digit() && after.is_ascii_digit()) || (before.is_uppercase() && after.is_uppercase()),
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str, expected: &str) {
        let found: Vec<&str> = words(text).iter().map(|w| w.text).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn marks_inside_a_word_hold_it_together() {
        check("O’Neil’s C-17 cost $1,500.50, not 3.", "O’Neil’s|C-17|cost|1,500.50|not|3");
    }

    #[test]
    fn what_nobody_sees_parts_no_word() {
        check("The fe\u{200b}rr\u{ad}y\u{200b}. It\u{200d}\u{2060}s", "The|fe\u{200b}rr\u{ad}y|It\u{200d}\u{2060}s");
        check("\u{200b}a\u{200b}", "a");
    }

    #[test]
    fn initials_are_one_word() {
        check("the U.S. envoy", "the|U.S|envoy");
    }

    #[test]
    fn two_sentences_without_a_space_stay_apart() {
        check("He left.She stayed", "He|left|She|stayed");
    }
}
