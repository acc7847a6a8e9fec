//! What grouping knows of a report: its weighed words, names and numbers, its day, and a sketch of its wording.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use variorum_news::Report;
use variorum_text::{Word, fold_in, is_stop_word_in, stem, stem_in, words};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::sketch::Sketch;
use crate::tallies::{Part, Tallies, digits, number_key};

/// News says what happened first: words past this many are read for copies only.
const READ_WORDS: usize = 1_200;

/// Bytes of a text that are read at all, so that no report can stall a stream.
const READ_BYTES: usize = 400_000;

/// What one report is to grouping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its words, in order of their keys.
    pub terms: Vec<Term>,
    /// The day of publication, counted from 1970.
    pub day: Option<i32>,
    /// Its wording, for finding copies.
    pub sketch: Sketch,
}

/// A word, name or number of a report, with how strongly the report holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The hash of its stem.
    pub key: u32,
    /// Dampened count, in hundredths.
    hundredths: u16,
    flags: u16,
}

pub const TITLED: u16 = 1;
pub const NUMBER: u16 = 2;
pub const NAME: u16 = 4;
pub const PLAIN: u16 = 8;
pub const SHORT_NUMBER: u16 = 16;
/// Two words of a name side by side, or a number with what it counts.
pub const PHRASE: u16 = 32;
/// A day that the text names.
pub const DAY: u16 = 64;

impl Term {
    /// Returns a term of a key, a dampened count in hundredths, and flags.
    pub fn of(key: u32, hundredths: u16, flags: u16) -> Self {
        Term { key, hundredths, flags }
    }

    /// Returns how strongly the report holds the word.
    pub fn strength(self) -> f32 {
        f32::from(self.hundredths) / 100.0
    }

    /// Tells whether it is a number.
    pub fn is_number(self) -> bool {
        self.flags & NUMBER != 0
    }

    /// Tells whether it is a number of one digit, which says little.
    pub fn is_short_number(self) -> bool {
        self.flags & SHORT_NUMBER != 0
    }

    /// Tells whether the title holds it.
    pub fn is_titled(self) -> bool {
        self.flags & TITLED != 0
    }

    /// Tells whether it is two words of one name side by side, or a number with what it counts.
    pub fn is_phrase(self) -> bool {
        self.flags & PHRASE != 0
    }

    /// Tells whether it is a day that the text names.
    pub fn is_day(self) -> bool {
        self.flags & DAY != 0
    }

    /// Tells whether this report writes the word as a name; none where it does not show.
    pub fn reads_as_name(self) -> Option<bool> {
        match (self.flags & NAME != 0, self.flags & PLAIN != 0) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Returns the key of an English stem or of a number.
pub fn key(stem: &str) -> u32 {
    xxh3_64(stem.as_bytes()) as u32
}

/// Returns the key of a stem of a language; "final" is another word in Spanish than in English.
pub fn key_in(stem: &str, language: &str) -> u32 {
    xxh3_64_with_seed(stem.as_bytes(), xxh3_64(language.as_bytes())) as u32
}

/// Returns the profile of a report in a language.
pub fn profile(report: &Report, language: &str) -> Profile {
    let title = prefix(report.title.as_deref().unwrap_or_default(), READ_BYTES / 100);
    let text = prefix(&report.text, READ_BYTES);
    let (title_words, text_words) = (words(title), words(text));
    let day = day(report);
    let mut tallies = Tallies::of(language, day);
    tallies.read(title, &title_words, Part::Title);
    tallies.read(text, &text_words[..text_words.len().min(READ_WORDS)], Part::Text);
    Profile { terms: tallies.terms(), day, sketch: Sketch::of(title, &report.text) }
}

/// Returns the moment of publication in seconds from 1970; a bare day counts as its first second.
pub fn moment(report: &Report) -> Option<i64> {
    let published = report.published.as_deref()?.trim();
    if let Ok(instant) = published.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    let day: Date = report.day()?.parse().ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

fn day(report: &Report) -> Option<i32> {
    i32::try_from(moment(report)?.div_euclid(86_400)).ok()
}

/// Returns the key of a word as it stands in a report of a language; none for words of grammar.
pub fn key_of_word(word: &Word, language: &str) -> Option<u32> {
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(number_key(digits(word.text)));
    }
    let folded = fold_in(word.text, language);
    if folded.len() < 2 || is_stop_word_in(&folded, language) {
        return None;
    }
    // Other stemmers read the accents that folding takes off.
    Some(if language == "en" { key(&stem(&folded)) } else { key_in(&stem_in(word.text, language), language) })
}

fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
