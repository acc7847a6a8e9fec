//! The words of a line as a credit reads them: split at white space, marks at their edges set apart.

use std::borrow::Cow;
use std::ops::Range;

/// A word without the marks around it, and those marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub core: &'a str,
    pub start: usize,
    pub end: usize,
    /// Marks before the word, up to the white space.
    pub before: &'a str,
    /// Marks after the word, up to the white space.
    pub after: &'a str,
}

impl Token<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.core.eq_ignore_ascii_case(word)
    }

    pub(crate) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// The word in lower case; most words are written so.
    pub(crate) fn lower(&self) -> Cow<'_, str> {
        let is_lower = self.core.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        if is_lower { Cow::Borrowed(self.core) } else { Cow::Owned(self.core.to_lowercase()) }
    }

    pub(crate) fn is_capitalised(&self) -> bool {
        self.core.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }
}

/// Returns the words of a line in order; marks that stand alone go to the word before them.
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::with_capacity(line.len() / 6);
    for piece in line.split(char::is_whitespace) {
        // The offset is taken from the piece itself, for white space may be longer than one byte.
        let start = piece.as_ptr() as usize - line.as_ptr() as usize;
        let core = piece.trim_matches(is_mark);
        if core.is_empty() {
            continue;
        }
        let left = piece.find(core).unwrap_or(0);
        let elided = elision(core);
        let (left, core) = (left + elided, &core[elided..]);
        let (first, last) = (start + left, start + left + core.len());
        found.push(Token {
            core,
            start: first,
            end: last,
            before: &line[start..first],
            after: &line[last..start + piece.len()],
        });
    }
    found
}

/// Returns the length of an article that an apostrophe joins to a name ("l'AFP", "dell’ANSA").
fn elision(word: &str) -> usize {
    let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’')).filter(|(at, _)| *at <= 5)
    else {
        return 0;
    };
    let end = at + mark.len_utf8();
    let article = matches!(&word[..at], "l" | "d" | "dell" | "all" | "dall" | "nell" | "sull" | "un" | "qu");
    if article && word[end..].starts_with(char::is_uppercase) { end } else { 0 }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '&' | '@')
}

/// Returns the first name that begins at a word (after "the"), as a range of words: a host, or capitalised words with
/// small words between them ("Voice of Delmare").
pub(crate) fn name_from(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let mut first = at;
    let follows = |next: &Token<'_>| next.before.trim_matches(['„', '“', '«', '"', '‘', '\'']).is_empty();
    if is_article(tokens.get(first)?) && tokens.get(first + 1).is_some_and(follows) {
        first += 1;
    }
    let begins = tokens.get(first)?;
    // Hosts and some agencies ("dpa") write themselves without a capital.
    if super::outlets::is_host(begins.core) || !begins.is_capitalised() && super::outlets::is_known(begins.core) {
        return Some(first..first + 1);
    }
    if !begins.is_capitalised() {
        return None;
    }
    let mut end = first + 1;
    while end < tokens.len() && !closes_name(&tokens[end - 1]) && tokens[end].before.is_empty() {
        if is_possessive(tokens[end - 1].core) {
            break;
        }
        let joins = tokens[end].is_one_of(SMALL)
            && tokens[end].after.is_empty()
            && tokens.get(end + 1).is_some_and(|next| next.is_capitalised() && next.before.is_empty());
        if tokens[end].is_capitalised() && !is_calendar(tokens[end].core) {
            end += 1;
        } else if joins {
            end += 2;
        } else {
            break;
        }
    }
    Some(first..end)
}

/// Articles stand before an outlet's name; with a capital letter they are part of it in other languages ("Le Monde").
pub(crate) fn is_article(word: &Token<'_>) -> bool {
    word.after.is_empty()
        && (word.is("the")
            || matches!(
                word.core,
                "der"
                    | "die"
                    | "das"
                    | "dem"
                    | "den"
                    | "le"
                    | "la"
                    | "les"
                    | "el"
                    | "los"
                    | "il"
                    | "lo"
                    | "o"
                    | "a"
                    | "os"
            ))
}

/// Tells whether a word has the ending of the possessive.
pub(crate) fn is_possessive(word: &str) -> bool {
    word.ends_with("’s") || word.ends_with("'s")
}

/// Returns the name that ends before a word, as a range of words.
pub(crate) fn name_before(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let end = at;
    let last = tokens.get(end.checked_sub(1)?)?;
    if !last.after.is_empty() {
        return None;
    }
    if super::outlets::is_host(last.core) || !last.is_capitalised() && super::outlets::is_known(last.core) {
        return Some(end - 1..end);
    }
    if !last.is_capitalised() || is_calendar(last.core) {
        return None;
    }
    let mut first = end - 1;
    while first > 0 && end - first < 6 && tokens[first].before.is_empty() {
        let word = tokens[first - 1];
        if closes(word.after) {
            break;
        }
        let small = word.is_one_of(&["of", "de", "du", "do", "da", "di", "del", "della", "&"])
            && first > 1
            && tokens[first - 2].is_capitalised()
            && tokens[first - 2].after.is_empty();
        let starts_sentence = variorum_text::is_stop_word(&variorum_text::fold(word.core)) || is_calendar(word.core);
        if word.is_capitalised() && !starts_sentence {
            first -= 1;
        } else if small {
            first -= 2;
        } else {
            break;
        }
    }
    Some(first..end)
}

/// Marks that end a name; the full stop of "U.S." and "St." does not when more of the name follows.
fn closes(after: &str) -> bool {
    after.contains([',', ';', ':', ')', '(', '"', '”', '!', '?', '—', '–', ']', '|']) || after.contains('.')
}

/// The full stop of "N.Y." ends no name where more of it follows.
fn closes_name(word: &Token<'_>) -> bool {
    let is_initials =
        word.after == "." && word.core.contains('.') && word.core.bytes().filter(u8::is_ascii_lowercase).count() == 0;
    closes(word.after) && !is_initials
}

fn is_calendar(word: &str) -> bool {
    // "Sun" is an outlet more often than a day.
    word != "Sun" && (crate::dates::month(word).is_some() || crate::dates::is_weekday(word))
}

const SMALL: &[&str] =
    &["of", "the", "de", "la", "and", "&", "for", "della", "dello", "di", "do", "da", "du", "del", "des"];
