//! Words, marks and digits, the digits with "." or a space between groups and "," before decimals.

use std::ops::Range;

/// A word, a number in digits, or a mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    /// The amount of a number in digits.
    pub value: Option<f64>,
    /// Digits alone.
    pub plain: bool,
    /// No white space stands before it.
    pub glued: bool,
}

/// Returns the pieces of a stretch of a text.
pub(super) fn pieces(text: &str, stretch: Range<usize>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut at = stretch.start;
    while at < stretch.end {
        let rest = &text[at..stretch.end];
        let first = rest.chars().next().expect("a piece begins before the end");
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let glued = found.last().is_some_and(|last| last.range.end == at);
        let (length, value, plain) =
            if first.is_ascii_digit() { number(rest) } else { (word_length(rest, first), None, false) };
        found.push(Piece { range: at..at + length, value, plain, glued });
        at += length;
    }
    found
}

/// A word is letters with hyphens inside; "d'" and "l'" end with their apostrophe; "°C", "US$" and "Mio." are words too.
fn word_length(text: &str, first: char) -> usize {
    let sign = |word: &str| text.starts_with(word).then_some(word.len());
    if let Some(length) = ["US$", "R$", "°C", "Mio.", "Mrd.", "Tsd.", "ca."].into_iter().find_map(sign) {
        return length;
    }
    if !first.is_alphabetic() {
        return first.len_utf8();
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        if matches!(c, '\'' | '’') {
            return at + c.len_utf8();
        }
        if !(c.is_alphanumeric() || c == '-' && next.is_some_and(char::is_alphabetic)) {
            return at;
        }
    }
    text.len()
}

/// Returns the length and amount of the digits that a text begins with; a code ("12/5", "3:41", "1.2.3") has none.
fn number(text: &str) -> (usize, Option<f64>, bool) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    let mut written = text[..end].to_owned();
    let mut plain = true;
    let mut mark: Option<char> = None;
    while end <= 3 || mark.is_some() {
        let Some(next) = text[end..].chars().next().filter(|next| is_group_mark(*next)) else { break };
        let group = &text[end + next.len_utf8()..];
        if digits(group) != 3 || mark.is_some_and(|mark| mark != next) {
            break;
        }
        written.push_str(&group[..3]);
        end += next.len_utf8() + 3;
        (mark, plain) = (Some(next), false);
    }
    let decimals = text[end..].strip_prefix(',').map_or(0, digits);
    if decimals > 0 {
        written.push('.');
        written.push_str(&text[end + 1..end + 1 + decimals]);
        end += 1 + decimals;
        plain = false;
    }
    let code = text[end..].starts_with(['/', ':', 'º', 'ª', '-', '–', '_']) || dotted_on(&text[end..]);
    let letters = text[end..].starts_with(|c: char| c.is_alphabetic());
    // A number of more digits than this is a code.
    let known = !code && !letters && written.len() <= 18;
    (end, written.parse().ok().filter(|_| known), plain)
}

fn is_group_mark(c: char) -> bool {
    matches!(c, '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// "12.5.2024" goes on after what looked like a number.
fn dotted_on(rest: &str) -> bool {
    rest.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
