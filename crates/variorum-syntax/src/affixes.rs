//! What is cut off in front of a word, behind it, and out of its middle.

use rustc_hash::FxHashSet;

use crate::classes::{self, Classes};

/// Returns how many bytes in front of a word are cut off.
pub fn prefix(word: &str, classes: &Classes) -> usize {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return 0 };
    match first {
        '.' => run_of_stops(word),
        '+' if chars.next().is_some_and(|c| c.is_ascii_digit()) => 0,
        'U' if word.starts_with("US$") => 3,
        'C' | 'A' if chars.next() == Some('$') => 2,
        _ if classes.is(first, classes::PREFIX) => first.len_utf8(),
        _ => 0,
    }
}

/// Returns the length of the full stops that a text begins with, if there are two or more.
fn run_of_stops(text: &str) -> usize {
    let run = text.len() - text.trim_start_matches('.').len();
    if run > 1 { run } else { 0 }
}

/// Returns how many bytes behind a word are cut off; of several rules the longest speaks.
pub fn suffix(word: &str, classes: &Classes, units: &Units) -> usize {
    let mut back = word.chars().rev();
    let (Some(last), second, third) = (back.next(), back.next(), back.next()) else { return 0 };
    let mut longest = if classes.is(last, classes::SUFFIX) { last.len_utf8() } else { 0 };
    match last {
        '.' => {
            let run = word.len() - word.trim_end_matches('.').len();
            let ends = classes.some(second, classes::BEFORE_STOP)
                || classes.some(second, classes::UPPER) && classes.some(third, classes::UPPER)
                || third == Some('°') && second.is_some_and(|c| "FfCcKk".contains(c));
            longest = longest.max(if run > 1 { run } else { usize::from(ends) });
        }
        '…' if second == Some('…') => longest = 2 * '…'.len_utf8(),
        's' | 'S' if matches!(second, Some('\'' | '’')) => longest = 1 + second.map_or(0, char::len_utf8),
        _ => {}
    }
    longest.max(units.behind_digit(word))
}

/// What is cut off behind a digit: units and currencies.
pub struct Units {
    units: FxHashSet<&'static str>,
    longest: usize,
}

impl Units {
    /// Reads `data/units.tsv`.
    pub fn new() -> Self {
        let units: FxHashSet<&str> = include_str!("../data/units.tsv").lines().collect();
        let longest = units.iter().map(|unit| unit.len()).max().unwrap_or(0);
        Self { units, longest }
    }

    /// Returns the length of the unit that a word ends in, if there is one with a digit before it.
    fn behind_digit(&self, word: &str) -> usize {
        let bytes = word.as_bytes();
        let near = bytes.len().saturating_sub(self.longest + 1);
        let digit = bytes[near..].iter().rposition(u8::is_ascii_digit);
        let unit = digit.and_then(|at| word.get(near + at + 1..));
        unit.filter(|unit| self.units.contains(unit)).map_or(0, str::len)
    }
}

/// Calls back with what is cut out of the middle of a word, from front to back: its first byte and one past its last.
pub fn infixes(word: &str, classes: &Classes, mut found: impl FnMut(usize, usize)) {
    let mut before = None;
    let mut cut = 0;
    for (at, c) in word.char_indices() {
        if at >= cut {
            let length = infix(before, c, &word[at..], classes);
            if length > 0 {
                cut = at + length;
                found(at, cut);
            }
        }
        before = Some(c);
    }
}

/// Returns the length of an infix that begins with `c`, the first character of `rest`.
fn infix(before: Option<char>, c: char, rest: &str, classes: &Classes) -> usize {
    let after = |length: usize| rest[length..].chars().next();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let word_or_digit = |c| digit(c) || classes.some(c, classes::WORD);
    let next = after(c.len_utf8());
    let is_infix = match c {
        '.' if next == Some('.') => return run_of_stops(rest),
        '.' => classes.some(before, classes::LEFT_OF_STOP) && classes.some(next, classes::RIGHT_OF_STOP),
        ',' => classes.some(before, classes::WORD) && classes.some(next, classes::WORD),
        '+' | '*' | '^' => digit(before) && (digit(next) || next == Some('-')),
        '-' if digit(before) && (digit(next) || next == Some('-')) => true,
        '-' | '–' | '—' | '~' if word_or_digit(before) => return dash(c, rest, classes),
        ':' | '<' | '>' | '=' | '/' => word_or_digit(before) && classes.some(next, classes::WORD),
        _ => classes.is(c, classes::INFIX),
    };
    if is_infix { c.len_utf8() } else { 0 }
}

/// Returns the length of the dash that a text begins with, if a letter follows it.
fn dash(c: char, rest: &str, classes: &Classes) -> usize {
    let most = match c {
        '-' => 3,
        '—' => 2,
        _ => 1,
    };
    let run = rest.chars().take(most).take_while(|x| *x == c).count() * c.len_utf8();
    if classes.some(rest[run..].chars().next(), classes::WORD) { run } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: (usize, usize, &[(usize, usize)])) {
        let classes = Classes::new();
        let mut found = Vec::new();
        infixes(word, &classes, |from, to| found.push((from, to)));
        let cut = (prefix(word, &classes), suffix(word, &classes, &Units::new()), found.as_slice());
        assert_eq!(cut, expected, "{word}");
    }

    #[test]
    fn quotes_and_brackets_are_cut_off() {
        check("\"(Orr", (1, 0, &[]));
        check("Orr's", (0, 2, &[]));
        check("U.N.", (0, 0, &[]));
        check("UN.", (0, 1, &[]));
        check("wait...", (0, 3, &[(4, 7)]));
        check("..wait", (2, 0, &[(0, 2)]));
    }

    #[test]
    fn money_and_units_are_cut_off() {
        check("US$5m", (3, 1, &[]));
        check("+5", (0, 0, &[]));
        check("12km/h", (0, 4, &[(4, 5)]));
        check("5%", (0, 1, &[]));
    }

    #[test]
    fn dashes_between_words_are_cut_out() {
        check("sea-borne", (0, 0, &[(3, 4)]));
        check("port--the", (0, 0, &[(4, 6)]));
        check("2020-21", (0, 0, &[(4, 5)]));
        check("end.Start", (0, 0, &[(3, 4)]));
        check("x-", (0, 0, &[]));
    }
}
