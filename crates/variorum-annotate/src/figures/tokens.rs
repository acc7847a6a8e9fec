//! Words, numbers and marks of one sentence, as the reader of figures needs them.

use std::borrow::Cow;

use super::digits;
use super::lexicon::{Classes, Entry, LEXICON};
use super::units::is_money_code;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits that are an amount if nothing around them speaks against it.
    Number,
    /// Digits that are no amount: a clock time, a day, a telephone or version number.
    Code,
    /// Anything else, a character each.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub lower: Cow<'a, str>,
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// No white space stands before it.
    pub glued: bool,
    /// The amount of a number.
    pub value: f64,
    /// A number of digits alone ("12", not "1,200" or "1.5").
    pub plain: bool,
    pub entry: Entry,
}

impl Token<'_> {
    /// Tells whether the word is in one of these classes.
    pub fn is(&self, classes: Classes) -> bool {
        self.entry.classes.any(classes)
    }

    /// Tells whether it begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.kind == Kind::Word && self.text.starts_with(char::is_uppercase)
    }

    /// Tells whether it is a hyphen.
    pub fn is_hyphen(&self) -> bool {
        matches!(self.text, "-" | "\u{2010}" | "\u{2011}")
    }

    /// Tells whether it is a hyphen or dash, which may stand for "to".
    pub fn is_dash(&self) -> bool {
        self.is_hyphen() || matches!(self.text, "–" | "—" | "−")
    }
}

/// Returns the tokens of a stretch of a text.
pub(super) fn tokens(text: &str, from: usize, to: usize) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::with_capacity((to - from) / 5 + 1);
    let mut at = from;
    while at < to {
        let c = text[at..to].chars().next().expect("a token begins before the end");
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let glued = found.last().is_some_and(|last| last.end == at);
        let token = read_token(text, at, to, c, glued);
        at = token.end;
        found.push(token);
        join_group(text, &mut found);
    }
    found
}

/// "20, 000" in text whose words were parted by a machine: three zeros alone are no amount.
fn join_group<'a>(text: &'a str, found: &mut Vec<Token<'a>>) {
    let [.., first, comma, zeros] = found.as_slice() else { return };
    let parted = comma.text == "," && comma.glued && !zeros.glued && zeros.text == "000";
    if !(parted && first.kind == Kind::Number && first.plain && first.text.len() <= 3 && first.value > 0.0) {
        return;
    }
    let (start, end, glued, value) = (first.start, zeros.end, first.glued, first.value * 1000.0);
    found.truncate(found.len() - 3);
    found.push(Token { text: &text[start..end], value, ..bare(text, start, end, Kind::Number, glued) });
}

fn read_token(text: &str, at: usize, to: usize, c: char, glued: bool) -> Token<'_> {
    if let Some(run) = digits::read(&text[at..to], glued) {
        let kind = if run.value.is_some() { Kind::Number } else { Kind::Code };
        return Token {
            value: run.value.unwrap_or(0.0),
            plain: run.plain,
            ..bare(text, at, at + run.len, kind, glued)
        };
    }
    if c.is_alphabetic() {
        let end = at + word_length(&text[at..to]);
        let mut token = bare(text, at, end, Kind::Word, glued);
        token.entry = LEXICON.entry(&token.lower);
        return token;
    }
    bare(text, at, at + c.len_utf8(), Kind::Mark, glued)
}

fn bare(text: &str, start: usize, end: usize, kind: Kind, glued: bool) -> Token<'_> {
    let slice = &text[start..end];
    let lower = if kind == Kind::Word && slice.chars().any(|c| c.is_uppercase() || c == '’') {
        Cow::Owned(slice.to_lowercase().replace('’', "'"))
    } else {
        Cow::Borrowed(slice)
    };
    Token { text: slice, lower, start, end, kind, glued, value: 0.0, plain: false, entry: Entry::default() }
}

/// A word is letters, digits after letters ("G7"), apostrophes inside, and the full stops of "U.S." or "a.m.".
fn word_length(text: &str) -> usize {
    if let Some(length) = dotted_length(text) {
        return length;
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = matches!(c, '\'' | '’') && at > 0 && next.is_some_and(char::is_alphabetic);
        // "USD50" is money and an amount, "G7" and "A320" are names.
        if c.is_ascii_digit() && (is_money_code(&text[..at]) || is_rand(text, at)) {
            break;
        }
        if !(c.is_alphanumeric() || inside || is_combining(c)) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// "R50bn", "R3.5 million", "R2,500": South African sums, while "R2" is a name.
fn is_rand(text: &str, at: usize) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let rest = text[at..].trim_start_matches(digits);
    let number = &text[at..text.len() - rest.len()];
    let large = ["bn", "m ", "million", "billion", "trillion"].iter().any(|scale| rest.trim_start().starts_with(scale));
    &text[..at] == "R" && (large || number.trim_end_matches(['.', ',']).contains(','))
}

fn is_combining(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x900..=0x903 | 0x93A..=0x94F | 0xBBE..=0xBCD)
}

/// Returns the length of single letters each with a full stop ("U.S.", "p.m."), at least two of them.
fn dotted_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
        at += 2;
    }
    let goes_on = bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    match at {
        0 | 2 if !goes_on || at == 0 => None,
        // "u.s" without its last full stop.
        _ if goes_on && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => Some(at + 1),
        2 => None,
        _ if goes_on => None,
        _ => Some(at),
    }
}
