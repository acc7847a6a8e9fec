//! Sentences of running text.

mod lexicon;
#[cfg(test)]
mod tests;

use std::ops::Range;

use lexicon::{Class, class, is_word};

/// Returns the byte ranges of the sentences of a text, without white space at their ends.
///
/// A line break always ends a sentence. A full stop, question or exclamation mark ends one when what follows can begin
/// one and the word before is no abbreviation; closing quotation marks and brackets stay with the sentence they close.
/// Inside a quotation a full stop ends a sentence too. Takes time linear in the length of the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in crate::words::lines(text) {
        split_line(&text[line.clone()], line.start, &mut found);
    }
    found
}

fn split_line(line: &str, offset: usize, found: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut at = 0;
    while let Some(stop) = next_stop(line, at) {
        let mark = Mark::read(line, stop);
        at = mark.end;
        if mark.end < line.len() && ends_here(line, start, &mark) {
            found.push(offset + start..offset + mark.end);
            start = mark.end + leading_space(&line[mark.end..]);
            at = start;
        }
    }
    if start < line.len() {
        found.push(offset + start..offset + line.len());
    }
}

fn next_stop(line: &str, at: usize) -> Option<usize> {
    line[at..].find(is_stop).map(|found| at + found)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '」' | '』')
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// One or more stops with the quotation marks and brackets that close after them.
struct Mark {
    start: usize,
    /// One past the last closing mark.
    end: usize,
    kind: Stop,
    /// A quotation mark closes after the stop.
    quoted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// One full stop.
    Full,
    /// Dots that leave something out.
    Ellipsis,
    /// A question or exclamation mark.
    Strong,
    /// A stop of a script that puts no space after it.
    Unspaced,
}

impl Mark {
    fn read(line: &str, start: usize) -> Mark {
        let mut end = start;
        let mut dots = 0;
        let mut kind = Stop::Full;
        let mut quoted = false;
        for c in line[start..].chars() {
            match c {
                '.' => dots += 1,
                '…' => dots += 3,
                '!' | '?' => kind = Stop::Strong,
                '。' | '！' | '？' | '।' => kind = Stop::Unspaced,
                _ if is_closer(c) => quoted |= !matches!(c, ')' | ']'),
                _ => break,
            }
            end += c.len_utf8();
        }
        if kind == Stop::Full && dots > 1 {
            kind = Stop::Ellipsis;
        }
        // French sets a space before its closing mark.
        let rest = near(&line[end..]);
        if rest.trim_start().starts_with('»') {
            end += leading_space(rest) + '»'.len_utf8();
        }
        Mark { start, end, kind, quoted }
    }
}

fn ends_here(line: &str, start: usize, mark: &Mark) -> bool {
    if mark.kind == Stop::Unspaced {
        return true;
    }
    let rest = near(&line[mark.end..]);
    if !rest.starts_with(char::is_whitespace) {
        return lacks_its_space(line, mark);
    }
    let next = opening(rest);
    if !can_begin(next) {
        return false;
    }
    match mark.kind {
        Stop::Strong => {
            let goes_on = mark.quoted && speaker_follows(rest) || class(first_word(next)) == Some(Class::Inner);
            !goes_on
        }
        Stop::Ellipsis => first_word(next) != "I",
        _ => !belongs_to_word(line, start, mark, next),
    }
}

/// What decides about a stop stands within this many bytes after it; looking no farther keeps the work linear.
const LOOK: usize = 160;

fn near(rest: &str) -> &str {
    if rest.len() <= LOOK {
        return rest;
    }
    let end = (LOOK..LOOK + 4).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
    &rest[..end]
}

/// Returns the text from its first letter, digit or sign of money on.
fn opening(rest: &str) -> &str {
    rest.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '“'
                    | '‘'
                    | '\''
                    | '’'
                    | '('
                    | '['
                    | '«'
                    | '–'
                    | '—'
                    | '-'
                    | '•'
                    | '*'
                    | '¿'
                    | '¡'
                    | '…'
                    | '.'
            )
    })
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(text.len());
    &text[..end]
}

/// Tells whether a sentence can begin so: a capital, a digit, a sign, a letter of a script without capitals, "iPhone",
/// "von Arnim".
fn can_begin(next: &str) -> bool {
    let Some(first) = next.chars().next() else { return false };
    if !first.is_lowercase() {
        return first.is_alphanumeric() || matches!(first, '$' | '€' | '£' | '¥' | '₹' | '#' | '@');
    }
    let word = first_word(next);
    let inner_capital = word.chars().take(3).any(char::is_uppercase);
    let rest = &next[word.len()..];
    let name_follows = rest.starts_with([' ', '-']) && rest[1..].starts_with(char::is_uppercase);
    inner_capital || (is_word(word, Class::Particle) && name_follows)
}

/// "… he left.She stayed": a small word, a stop and a capital without a space are a slip of the layout.
fn lacks_its_space(line: &str, mark: &Mark) -> bool {
    let before = line[..mark.start].bytes().rev().take(LOOK).take_while(u8::is_ascii_lowercase).count();
    let rest = near(&line[mark.end..]);
    let bounded = line[..mark.start - before].ends_with([' ', '-']);
    let mut after = rest.chars();
    let capital = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
    let address = rest.find(|c: char| !c.is_alphanumeric()).is_some_and(|at| rest[at..].starts_with(['.', '/', '@']));
    capital && bounded && before >= 3 && mark.kind != Stop::Ellipsis && !address
}

/// "“Why?” Ada Orr asked": at most four words, capitals or titles, before a verb of speech.
fn speaker_follows(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(5);
    let Some(first) = words.next() else { return false };
    if !first.starts_with(char::is_uppercase) {
        return false;
    }
    words
        .take_while(|word| word.starts_with(char::is_uppercase) || is_word(trimmed(word), Class::Speech))
        .any(|word| is_word(trimmed(word), Class::Speech))
}

fn trimmed(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Tells whether a full stop belongs to the word before it and the sentence goes on.
fn belongs_to_word(line: &str, start: usize, mark: &Mark, next: &str) -> bool {
    let word = word_before(&line[start..mark.start]);
    let digit_next = next.starts_with(|c: char| c.is_ascii_digit());
    // "1. Wash the rice": a number that opens a line.
    if start + word.len() == mark.start
        && word.len() <= 3
        && word.bytes().all(|b| b.is_ascii_digit())
        && !word.is_empty()
    {
        return true;
    }
    // A quotation or bracket that closes after the stop ends more than an abbreviation.
    let closed = mark.end > mark.start + 1 && mark.quoted;
    match class(word) {
        // "DR. ORR" is a title in a headline, "PFC." the end of a sentence about something of that name.
        Some(Class::Title | Class::Linked) if !closed => {
            word.len() < 3 || !word.bytes().all(|b| b.is_ascii_uppercase())
        }
        Some(Class::Numbered | Class::Month | Class::Weekday) if digit_next => true,
        Some(Class::Hour) => is_word(first_word(next), Class::Zone),
        Some(Class::Inner) => digit_next || !opens(next),
        _ if is_initials(word) => !closed && !opens(next),
        _ => false,
    }
}

/// Returns the last word before a stop; looks back a few letters only, as no abbreviation is longer.
fn word_before(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(24)
        .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '&' | '’' | '\''))
        .last()
        .map_or(text.len(), |(at, _)| at);
    text[start..].trim_start_matches(['.', '\'', '’'])
}

fn opens(next: &str) -> bool {
    is_word(first_word(next), Class::Opener)
}

/// "J", "U.S", "Ph.D": capitals of which each stands for a word.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let short = |part: &str| (1..=2).contains(&part.chars().count()) && part.starts_with(char::is_alphabetic);
    let single = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    single || (word.contains('.') && word.starts_with(char::is_uppercase) && parts.all(short))
}
