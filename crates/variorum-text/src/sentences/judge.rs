//! Whether a stop ends a sentence.

use super::lexicon::Class;
use super::mark::{Mark, Stop};
use super::{Line, near};

impl Line<'_> {
    /// Tells whether the sentence that began at a byte ends with a mark.
    pub(super) fn ends_at(self, start: usize, mark: &Mark) -> bool {
        if mark.kind == Stop::Unspaced {
            return true;
        }
        let rest = near(&self.text[mark.end..]);
        if !rest.starts_with(char::is_whitespace) {
            return self.lacks_its_space(mark);
        }
        let next = opening(rest);
        if !self.can_begin(next) {
            return self.goes_on_small(start, mark, next);
        }
        match mark.kind {
            Stop::Strong => {
                let goes_on = mark.quoted && self.speaker_follows(rest)
                    || self.lexicon.class(first_word(next)) == Some(Class::Inner);
                !goes_on
            }
            Stop::Ellipsis => first_word(next) != "I",
            _ => !self.belongs_to_word(start, mark, next),
        }
    }

    /// Tells whether a sentence can begin so: a capital, a digit, a sign, a letter of a script without capitals,
    /// "iPhone", "von Arnim".
    fn can_begin(self, next: &str) -> bool {
        let Some(first) = next.chars().next() else { return false };
        if !first.is_lowercase() {
            return first.is_alphanumeric() || matches!(first, '$' | '€' | '£' | '¥' | '₹' | '#' | '@');
        }
        let word = first_word(next);
        let inner_capital = word.chars().take(3).any(char::is_uppercase);
        let rest = &next[word.len()..];
        let name_follows = rest.starts_with([' ', '-']) && rest[1..].starts_with(char::is_uppercase);
        inner_capital || (self.lexicon.is(word, Class::Particle) && name_follows)
    }

    /// Tells whether the sentence that begins at a byte does so without a capital.
    fn is_small(self, start: usize) -> bool {
        opening(near(&self.text[start..])).starts_with(char::is_lowercase)
    }

    /// "where do i start? maybe there": who begins one sentence without a capital begins the next so too. And a word of
    /// some length that is no known abbreviation ends a sentence whatever follows.
    fn goes_on_small(self, start: usize, mark: &Mark, next: &str) -> bool {
        if mark.quoted || mark.kind == Stop::Ellipsis || !next.starts_with(char::is_lowercase) {
            return false;
        }
        let word = word_before(&self.text[start..mark.start]);
        let least = if self.is_small(start) { 3 } else { 5 };
        let is_word = word.chars().nth(least - 1).is_some() && word.chars().all(char::is_lowercase);
        is_word && (least == 3 || mark.kind == Stop::Full) && self.lexicon.class(word).is_none()
    }

    /// "… he left.She stayed": a small word, a stop and a capital without a space are a slip of the layout.
    fn lacks_its_space(self, mark: &Mark) -> bool {
        let line = self.text;
        let letters = |c: &char| c.is_lowercase();
        let before: usize = line[..mark.start].chars().rev().take(LONG).take_while(letters).map(char::len_utf8).sum();
        let rest = near(&line[mark.end..]);
        let bounded = line[..mark.start - before].ends_with([' ', '-']);
        let mut after = rest.chars();
        let capital = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
        let address =
            rest.find(|c: char| !c.is_alphanumeric()).is_some_and(|at| rest[at..].starts_with(['.', '/', '@']));
        capital && bounded && before >= 3 && mark.kind != Stop::Ellipsis && !address
    }

    /// "“Why?” Ada Orr asked": at most four words, capitals or titles, before a verb of speech.
    fn speaker_follows(self, rest: &str) -> bool {
        let mut words = rest.split_whitespace().take(5);
        let Some(first) = words.next() else { return false };
        if !first.starts_with(char::is_uppercase) {
            return false;
        }
        let speaks = |word: &str| self.lexicon.is(trimmed(word), Class::Speech);
        words.take_while(|word| word.starts_with(char::is_uppercase) || speaks(word)).any(speaks)
    }

    /// Tells whether a full stop belongs to the word before it and the sentence goes on.
    fn belongs_to_word(self, start: usize, mark: &Mark, next: &str) -> bool {
        let before = &self.text[start..mark.start];
        let word = word_before(before);
        // A quotation that closes after the stop ends more than an abbreviation.
        let closed = mark.end > mark.start + 1 && mark.quoted;
        if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
            // "1. Wash the rice": a number that opens a line. "Am 3. Oktober": a number that is an ordinal.
            return before.len() == word.len() || self.lexicon.has_ordinals && !closed && !self.opens(next);
        }
        if is_letter(word) && is_letter(first_word(next)) && next[first_word(next).len()..].starts_with('.') {
            return true;
        }
        let spaced = with_letters_before(before, word);
        let class = spaced.as_deref().and_then(|word| self.lexicon.class(word)).or_else(|| self.lexicon.class(word));
        let digit_next = next.starts_with(|c: char| c.is_ascii_digit());
        match class {
            // "DR. ORR" is a title in a headline, "PFC." the end of a sentence about something of that name.
            Some(Class::Title | Class::Linked) if !closed => {
                word.len() < 3 || !word.bytes().all(|b| b.is_ascii_uppercase())
            }
            Some(Class::Numbered | Class::Month | Class::Weekday) if digit_next => true,
            // "Hafenstr. 12"
            None if digit_next && self.lexicon.is(last_three(word), Class::Ending) => true,
            Some(Class::Hour) => self.lexicon.is(first_word(next), Class::Zone),
            Some(Class::Inner) => digit_next || !self.opens(next),
            _ if is_initials(word) => !closed && !self.opens(next),
            _ => false,
        }
    }

    fn opens(self, next: &str) -> bool {
        let word = first_word(next);
        // "L'équipe", "It's": what stands before an apostrophe opens too.
        let short = word.split(['\'', '’']).next().unwrap_or(word);
        self.lexicon.is(short, Class::Opener)
    }
}

/// The most letters of a word that are looked at.
const LONG: usize = 24;

/// Returns the text from its first letter, digit or sign of money on.
fn opening(rest: &str) -> &str {
    const OPENERS: &str = "\"“”‘’'‚„‹›«»`([–—-•*¿¡….";
    rest.trim_start_matches(|c: char| c.is_whitespace() || OPENERS.contains(c))
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(text.len());
    &text[..end]
}

fn trimmed(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Returns the last word before a stop; looks back a few letters only, as no abbreviation is longer.
fn word_before(text: &str) -> &str {
    let letters = text.char_indices().rev().take(LONG);
    let letters = letters.take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '&' | '-' | '/' | '\'' | '’'));
    let start = letters.last().map_or(text.len(), |(at, _)| at);
    let word = text[start..].trim_start_matches(['.', '-', '/', '\'', '’']);
    // "Anti-Gov. Orr", "and/or Dr. Lee", "l'art. 5": the abbreviation is the last part. The t of "didn't" is none.
    let last = word.rsplit(['/', '-', '\'', '’']).next().unwrap_or(word);
    if word.contains('.') && !word.contains(['\'', '’']) || last.len() < 2 { word } else { last }
}

fn last_three(word: &str) -> &str {
    word.char_indices().nth_back(2).map_or(word, |(at, _)| &word[at..])
}

/// Returns a short word with the letters before it that have a stop and a space each, without the spaces: "z. B".
fn with_letters_before(text: &str, word: &str) -> Option<String> {
    let mut whole: Option<String> = None;
    let mut before = &text[..text.len() - word.len()];
    while whole.as_ref().map_or(word.len(), String::len) <= 6 {
        let trimmed = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let Some(stem) = trimmed.strip_suffix('.').filter(|_| trimmed.len() < before.len()) else { break };
        let part = word_before(stem);
        if !(1..=2).contains(&part.chars().count()) || !part.chars().all(char::is_alphabetic) {
            break;
        }
        whole = Some(format!("{part}.{}", whole.as_deref().unwrap_or(word)));
        before = &stem[..stem.len() - part.len()];
    }
    whole
}

/// "z" and "B" in "z. B.", "EE" and "UU" in "EE. UU.".
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next().filter(|c| c.is_alphabetic()) else { return false };
    match letters.next() {
        // "II" is a number.
        Some(second) => second == first && first.is_uppercase() && first != 'I' && letters.next().is_none(),
        None => true,
    }
}

/// "J", "U.S", "Ph.D", "b" in "(b. March 2009)": letters of which each stands for a word.
fn is_initials(word: &str) -> bool {
    // "J.-P" is two of them.
    let mut parts = word.split('.').map(|part| part.trim_start_matches('-'));
    let short = |part: &str| (1..=2).contains(&part.chars().count()) && part.starts_with(char::is_alphabetic);
    is_letter(word) || (word.contains('.') && word.starts_with(char::is_uppercase) && parts.all(short))
}
