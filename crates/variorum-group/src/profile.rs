//! What grouping knows of a report: its weighed words, names and numbers, its day, and a sketch of its wording.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use variorum_news::Report;
use variorum_text::{Word, fold, is_stop_word, stem, words};
use xxhash_rust::xxh3::xxh3_64;

use crate::sketch::Sketch;

/// News says what happened first: words past this many are read for copies only.
const READ_WORDS: usize = 1_200;

/// Words of a text that count as its opening.
const OPENING: usize = 60;

/// Bytes of a text that are read at all, so that no report can stall a stream.
const READ_BYTES: usize = 400_000;

/// How much of a title's word counts against one of the text.
const TITLE_TIMES: f64 = 2.0;

/// What one report is to grouping.
#[derive(Debug, Clone)]
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

const NUMBER: u16 = 2;
const NAME: u16 = 4;
const PLAIN: u16 = 8;
const SHORT_NUMBER: u16 = 16;

impl Term {
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

    /// Tells whether this report writes the word as a name; none where it does not show.
    pub fn reads_as_name(self) -> Option<bool> {
        match (self.flags & NAME != 0, self.flags & PLAIN != 0) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Returns the key of a stem or number.
pub fn key(stem: &str) -> u32 {
    xxh3_64(stem.as_bytes()) as u32
}

/// Returns the profile of a report.
pub fn profile(report: &Report) -> Profile {
    let title = prefix(report.title.as_deref().unwrap_or_default(), READ_BYTES / 100);
    let text = prefix(&report.text, READ_BYTES);
    let (title_words, text_words) = (words(title), words(text));
    let mut tallies = FxHashMap::default();
    tally(title, &title_words, Part::Title, &mut tallies);
    tally(text, &text_words[..text_words.len().min(READ_WORDS)], Part::Text, &mut tallies);
    let mut terms: Vec<Term> = tallies.into_iter().map(|(key, tally)| tally.term(key)).collect();
    terms.sort_unstable_by_key(|term| term.key);
    Profile { terms, day: day(report), sketch: Sketch::of(title, &report.text) }
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

/// Returns the key of a word as it stands in a report; none for words of grammar.
pub fn key_of_word(word: &Word) -> Option<u32> {
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(number_key(word.text));
    }
    let folded = fold(word.text);
    (folded.len() > 1 && !is_stop_word(&folded)).then(|| key(&stem(&folded)))
}

/// "23-year-old" and "23" are one number. A number and a word never share a key by their letters: the number's is marked.
fn number_key(word: &str) -> u32 {
    key(&format!("#{}", digits(word).replace(',', "")))
}

fn digits(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(word.len());
    word[..end].trim_end_matches(['.', ','])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Text,
}

/// What is counted of one word while a report is read.
#[derive(Default)]
struct Tally {
    title: u32,
    text: u32,
    opening: u32,
    capitals: u32,
    smalls: u32,
    number: bool,
    short: bool,
}

impl Tally {
    fn term(&self, key: u32) -> Term {
        let mut count = f64::from(self.title) * TITLE_TIMES + f64::from(self.text);
        if !self.number {
            count += f64::from(self.opening) * 0.5;
        }
        let hundredths = ((1.0 + count.max(1.0).ln()) * 100.0).min(f64::from(u16::MAX)) as u16;
        let mut flags = 0;
        flags |= if self.number { NUMBER } else { 0 };
        flags |= if self.short { SHORT_NUMBER } else { 0 };
        flags |= if self.capitals > self.smalls { NAME } else { 0 };
        flags |= if self.smalls > self.capitals { PLAIN } else { 0 };
        Term { key, hundredths, flags }
    }
}

fn tally(text: &str, found: &[Word], part: Part, tallies: &mut FxHashMap<u32, Tally>) {
    let mut end = 0;
    for (nth, word) in found.iter().enumerate() {
        let opens = nth == 0 || text[end..word.start].contains(['.', '!', '?', '\n', ':', '"', '“', '‘']);
        end = word.end;
        let Some(key) = key_of_word(word) else { continue };
        let tally = tallies.entry(key).or_default();
        match part {
            Part::Title => tally.title += 1,
            Part::Text => tally.text += 1,
        }
        if word.text.starts_with(|c: char| c.is_ascii_digit()) {
            tally.number = true;
            tally.short = digits(word.text).len() < 2;
            continue;
        }
        tally.opening += u32::from(part == Part::Text && nth < OPENING);
        // A capital at the start of a sentence or in a headline shows nothing; a small letter always does.
        match (word.is_capitalised(), part) {
            (true, Part::Text) if !opens => tally.capitals += 1,
            (false, _) => tally.smalls += 1,
            _ => {}
        }
    }
}

fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
