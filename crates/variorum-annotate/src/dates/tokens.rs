//! Tokens: words, runs of digits, and marks, each with what it can mean.

use super::lexicon::{Cue, ENGLISH, NO_SENSE, Sense};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits; groups parted by commas are one number.
    Number,
    /// One mark; all dashes are `-`, all single quotes `'`.
    Mark(char),
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// The number that the digits write; `u32::MAX` where they write more.
    pub(super) value: u32,
    /// How many digits; 0 for a number with grouping commas, which is never a year or a day.
    pub(super) digits: u8,
    /// No white space stands before the token.
    pub(super) glued: bool,
    /// The first letter is a capital.
    pub(super) capital: bool,
    pub(super) sense: &'static Sense,
}

impl Token {
    /// Tells whether the token is a word or number that leans on the one before it.
    pub(super) fn glued_word(&self) -> bool {
        self.glued && !matches!(self.kind, Kind::Mark(_))
    }
}

const NOTHING: Token = Token {
    start: 0,
    end: 0,
    kind: Kind::Mark('\n'),
    value: 0,
    digits: 0,
    glued: false,
    capital: false,
    sense: &NO_SENSE,
};

/// The tokens of a text. Asking beyond either end gives a line break.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text into tokens.
    pub(super) fn of(text: &'a str) -> Tokens<'a> {
        let mut list = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        let mut last_end = usize::MAX;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() && c != '\n' {
                at += c.len_utf8();
                continue;
            }
            let mut token = read(text, at, c);
            token.glued = last_end == at;
            at = token.end;
            // A new line begins anew.
            last_end = if c == '\n' { usize::MAX } else { at };
            list.push(token);
        }
        Tokens { text, list }
    }

    /// Returns how many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns a token, or a line break beyond the ends.
    pub(super) fn at(&self, i: usize) -> &Token {
        self.list.get(i).unwrap_or(&NOTHING)
    }

    /// Returns the token before one, or a line break at the start.
    pub(super) fn before(&self, i: usize) -> &Token {
        if i == 0 { &NOTHING } else { self.at(i - 1) }
    }

    /// Returns what a token can mean.
    pub(super) fn sense(&self, i: usize) -> &'static Sense {
        self.at(i).sense
    }

    /// Returns the cue that a token is.
    pub(super) fn cue(&self, i: usize) -> Option<Cue> {
        self.at(i).sense.cue
    }

    /// Tells whether a token is a given cue.
    pub(super) fn is(&self, i: usize, cue: Cue) -> bool {
        self.at(i).sense.cue == Some(cue)
    }

    /// Tells whether a token is a given mark.
    pub(super) fn mark(&self, i: usize, mark: char) -> bool {
        self.at(i).kind == Kind::Mark(mark)
    }

    /// Tells whether a token is any mark, or the end.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        matches!(self.at(i).kind, Kind::Mark(_))
    }

    /// Returns the words of a token as they stand.
    pub(super) fn word(&self, i: usize) -> &'a str {
        let token = self.at(i);
        &self.text[token.start..token.end]
    }

    /// Tells whether a token is a word, in whatever case.
    pub(super) fn says(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Returns the place after a mark, or the same place where it does not stand.
    pub(super) fn skip(&self, i: usize, mark: char) -> usize {
        if self.mark(i, mark) { i + 1 } else { i }
    }

    /// Returns the digits of a token as a number, where it has so many.
    pub(super) fn number(&self, i: usize, digits: std::ops::RangeInclusive<u8>) -> Option<u32> {
        let token = self.at(i);
        (token.kind == Kind::Number && digits.contains(&token.digits)).then_some(token.value)
    }
}

fn read(text: &str, start: usize, first: char) -> Token {
    let plain = Token { start, end: start + first.len_utf8(), ..NOTHING };
    if first.is_ascii_digit() {
        return read_number(text, plain);
    }
    if first.is_alphabetic() {
        let end = word_end(text, start);
        let sense = ENGLISH.sense(&text[start..end]);
        return Token { end, kind: Kind::Word, capital: first.is_uppercase(), sense, ..plain };
    }
    let mark = match first {
        '–' | '—' | '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '’' | '‘' => '\'',
        other => other,
    };
    Token { kind: Kind::Mark(mark), ..plain }
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’')
            && chars.peek().is_some_and(|&(next, d)| d.is_alphabetic() && !is_possessive(&text[start + next..]));
        if !c.is_alphabetic() && !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

/// A possessive "s" is no part of "Monday's" or "year's", but is one of "New Year's Day" through the phrase rows.
fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('s') && !chars.next().is_some_and(char::is_alphanumeric)
}

fn read_number(text: &str, plain: Token) -> Token {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let length = digits(plain.start);
    let mut end = plain.start + length;
    let mut grouped = false;
    while length <= 3 && bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
        grouped = true;
    }
    let value = text[plain.start..end]
        .bytes()
        .filter(u8::is_ascii_digit)
        .try_fold(0u32, |sum, digit| sum.checked_mul(10)?.checked_add(u32::from(digit - b'0')));
    Token {
        end,
        kind: Kind::Number,
        value: value.unwrap_or(u32::MAX),
        digits: if grouped { 0 } else { length.min(u8::MAX as usize) as u8 },
        ..plain
    }
}
