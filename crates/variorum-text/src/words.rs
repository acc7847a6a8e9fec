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
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii() && !first.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        // Most words are of plain letters, and their bytes tell all.
        let range = plain_word(bytes, at).map(|end| at..end).or_else(|| any_word(text, at));
        let Some(range) = range else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = range.end;
        found.push(Word { text: &text[range.clone()], start: range.start, end: range.end });
    }
    found
}

/// Returns the end of a word that begins here; none if it holds, or stands before, anything outside ASCII.
fn plain_word(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(&mark) = bytes.get(end) else { return Some(end) };
        let next = bytes.get(end + 1).copied().unwrap_or(b' ');
        if end == start || !mark.is_ascii() {
            return None;
        }
        if !matches!(mark, b'\'' | b'-' | b'.' | b',') {
            return Some(end);
        }
        if !next.is_ascii() {
            return None;
        }
        if !joins(bytes[end - 1].into(), mark.into(), next.into()) {
            return Some(end);
        }
        end += 1;
    }
}

/// Returns where a word lies that begins here, if one does.
fn any_word(text: &str, start: usize) -> Option<Range<usize>> {
    let mut chars = text[start..].char_indices().map(|(at, c)| (start + at, c)).peekable();
    let (_, mut last) = chars.next().filter(|(_, first)| is_word_char(*first))?;
    let mut end = start + last.len_utf8();
    while let Some(&(at, c)) = chars.peek() {
        if is_word_char(c) {
            end = at + c.len_utf8();
            last = c;
            chars.next();
            continue;
        }
        // Nobody sees a soft hyphen or a zero-width space: what stands around them is one word.
        if is_invisible(c) {
            let hidden = text[at..].find(|c| !is_invisible(c)).unwrap_or(0);
            if !text[at + hidden..].starts_with(is_word_char) {
                break;
            }
            while chars.next_if(|(_, c)| is_invisible(*c)).is_some() {}
            continue;
        }
        let next = text[at + c.len_utf8()..].chars().next();
        if !next.is_some_and(|next| joins(last, c, next)) {
            break;
        }
        last = c;
        chars.next();
    }
    Some(start..end)
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
