//! Counts what a report says: its words, names, numbers, days, and which of them stand together.

use std::cell::RefCell;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use variorum_text::{Word, capitals_tell_names, fold, is_stop_word};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::book::{Book, Tally};
use crate::profile::{DAY, NUMBER, PHRASE, SHORT_NUMBER, Term, key, key_of_word};

/// Words of a text that count as its opening.
const OPENING: usize = 60;

const NUMBER_WORDS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In the title.
    Title,
    /// In the text.
    Text,
}

/// What was counted while a report is read.
pub struct Tallies<'a> {
    language: &'a str,
    names_show: bool,
    day: Option<i32>,
    of: Book,
}

/// What a word is, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// A word of grammar.
    Grammar,
    /// A word of a key.
    Content(u32),
    /// A number of a key; small ones say little.
    Number(u32, bool),
    /// A day of the week, from Monday.
    Weekday(u32, u8),
    /// A month, from January.
    Month(u32, u8),
}

thread_local! {
    /// News repeats its words, so each thread remembers what it found out of them, by the hash of language and word.
    static SENSES: RefCell<FxHashMap<u64, Sense>> = RefCell::default();

    /// The book of the last report, which the next one writes over.
    static BOOK: RefCell<Book> = RefCell::default();
}

impl<'a> Tallies<'a> {
    /// Returns empty tallies for a report of a language and a day.
    pub fn of(language: &'a str, day: Option<i32>) -> Self {
        Tallies { language, names_show: capitals_tell_names(language), day, of: BOOK.take() }
    }

    /// Counts the words of a part.
    pub fn read(&mut self, text: &str, found: &[Word], part: Part) {
        let senses = SENSES.with_borrow_mut(|senses| {
            // A stream must not grow the memory: forget everything once the table is as large as a big dictionary.
            if senses.len() > 200_000 {
                senses.clear();
            }
            senses_of(found, self.language, senses)
        });
        self.count(text, found, part, &senses);
    }

    fn count(&mut self, text: &str, found: &[Word], part: Part, senses: &[Sense]) {
        let (mut before, names_show) = (Before::default(), self.names_show);
        for ((nth, word), &sense) in found.iter().enumerate().zip(senses) {
            let between = &text[before.end..word.start];
            let joined = between == " ";
            let opens = nth == 0 || !joined && between.contains(['.', '!', '?', '\n', ':', '"', '“', '‘']);
            let capital = word.is_capitalised();
            let spot = Spot { part, opening: part == Part::Text && nth < OPENING };
            match sense {
                Sense::Grammar => {}
                Sense::Number(key, short) => {
                    self.add(key, spot, NUMBER | if short { SHORT_NUMBER } else { 0 });
                    if let Some(month) = before.month.filter(|_| joined) {
                        self.add_date(month, word.text, spot);
                    }
                }
                Sense::Content(key) | Sense::Weekday(key, _) | Sense::Month(key, _) => {
                    let tally = self.add(key, spot, 0);
                    // A capital at the start of a sentence or in a headline shows nothing; a small letter always does.
                    match (capital, part) {
                        (true, Part::Text) if !opens && names_show => tally.capitals = tally.capitals.saturating_add(1),
                        (false, _) => tally.smalls = tally.smalls.saturating_add(1),
                        _ => {}
                    }
                    if let Some(name) = before.name.filter(|_| joined && capital && part == Part::Text) {
                        self.add(pair(name, key), spot, PHRASE);
                        // Where every noun has a capital, two side by side show a name.
                        if !self.names_show {
                            self.is_name(name);
                            self.is_name(key);
                        }
                    }
                    if let Some(number) = before.number.filter(|_| joined && !capital) {
                        self.add(pair(number, key), spot, PHRASE);
                    }
                }
            }
            if let Sense::Weekday(_, weekday) = sense {
                self.add_weekday(weekday, spot);
            }
            before = Before::after(sense, word.end, capital);
        }
    }

    fn add(&mut self, key: u32, spot: Spot, flags: u16) -> &mut Tally {
        let tally = self.of.of(key);
        match spot.part {
            Part::Title => tally.title = tally.title.saturating_add(1),
            Part::Text => tally.text = tally.text.saturating_add(1),
        }
        if spot.opening && flags & (NUMBER | PHRASE | DAY) == 0 {
            tally.opening = tally.opening.saturating_add(1);
        }
        tally.flags |= flags;
        tally
    }

    fn is_name(&mut self, key: u32) {
        let tally = self.of.of(key);
        tally.capitals = tally.capitals.saturating_add(1);
    }

    /// A report tells of the last day of that name before it was published.
    fn add_weekday(&mut self, weekday: u8, spot: Spot) {
        let Some(day) = self.day else { return };
        // The first day of 1970 was a Thursday.
        let published = (day + 3).rem_euclid(7);
        let ago = (published - i32::from(weekday)).rem_euclid(7);
        self.add(day_key(day - ago), spot, DAY);
    }

    /// Without a year it is the day nearest to publication; without that, the day of any year.
    fn add_date(&mut self, month: u8, number: &str, spot: Spot) {
        let Some(number) = digits(number).parse::<i8>().ok().filter(|number| (1..=31).contains(number)) else { return };
        let day_of = |year: i16| {
            let date = Date::new(year, month as i8 + 1, number).ok()?;
            Some((date - Date::constant(1970, 1, 1)).get_days())
        };
        let key = match self.day {
            Some(day) => {
                let year = (1970 + day.div_euclid(365)).clamp(-9000, 9000) as i16;
                let near = (year - 1..=year + 1).filter_map(day_of).min_by_key(|near| near.abs_diff(day));
                let Some(near) = near else { return };
                day_key(near)
            }
            None => key(&format!("@{month}-{number}")),
        };
        self.add(key, spot, DAY);
    }

    /// Returns the terms in order of their keys.
    pub fn terms(mut self) -> Vec<Term> {
        let terms = self.of.terms();
        self.of.clear();
        BOOK.set(self.of);
        terms
    }
}

#[derive(Clone, Copy)]
struct Spot {
    part: Part,
    opening: bool,
}

/// What stands before a word.
#[derive(Default)]
struct Before {
    end: usize,
    name: Option<u32>,
    number: Option<u32>,
    month: Option<u8>,
}

impl Before {
    fn after(sense: Sense, end: usize, capital: bool) -> Self {
        let mut before = Before { end, ..Before::default() };
        match sense {
            Sense::Content(key) if capital => before.name = Some(key),
            Sense::Number(key, _) => before.number = Some(key),
            Sense::Month(_, month) if capital => before.month = Some(month),
            _ => {}
        }
        before
    }
}

/// Returns what each word is.
///
/// All are looked up before any is used: a look-up waits for memory, and those that nothing depends on wait together.
fn senses_of(found: &[Word], language: &str, known: &mut FxHashMap<u64, Sense>) -> Vec<Sense> {
    let seed = xxh3_64(language.as_bytes());
    let hashes: Vec<u64> = found.iter().map(|word| xxh3_64_with_seed(word.text.as_bytes(), seed)).collect();
    let senses: Vec<Option<Sense>> = hashes.iter().map(|hash| known.get(hash).copied()).collect();
    let words = found.iter().zip(hashes).zip(senses);
    words
        .map(|((word, hash), sense)| {
            sense.unwrap_or_else(|| *known.entry(hash).or_insert_with(|| sense_of(word, language)))
        })
        .collect()
}

fn sense_of(word: &Word, language: &str) -> Sense {
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        let number = digits(word.text);
        return Sense::Number(number_key(number), number.len() < 2);
    }
    let folded = fold(word.text);
    if let Some(nth) = NUMBER_WORDS.iter().position(|number| language == "en" && *number == folded) {
        let number = (nth + 2).to_string();
        return Sense::Number(number_key(&number), number.len() < 2);
    }
    let Some(key) = key_of_word(word, language) else { return Sense::Grammar };
    if language != "en" || is_stop_word(&folded) {
        return Sense::Content(key);
    }
    if let Some(nth) = WEEKDAYS.iter().position(|day| *day == folded) {
        return Sense::Weekday(key, nth as u8);
    }
    let short = folded.get(..3).filter(|_| word.is_capitalised());
    match short.and_then(|short| MONTHS.iter().position(|month| *month == short)) {
        Some(nth) if folded.len() == 3 || is_month(&folded) => Sense::Month(key, nth as u8),
        _ => Sense::Content(key),
    }
}

fn is_month(folded: &str) -> bool {
    matches!(
        folded,
        "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "sept"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// "23-year-old" and "23" are one number. A number and a word never share a key by their letters: the number's is marked.
pub fn number_key(digits: &str) -> u32 {
    key(&format!("#{}", digits.replace(',', "")))
}

/// Returns the digits with which a word begins.
pub fn digits(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(word.len());
    word[..end].trim_end_matches(['.', ','])
}

fn day_key(day: i32) -> u32 {
    key(&format!("@{day}"))
}

/// The key of two words side by side; the order counts.
fn pair(first: u32, second: u32) -> u32 {
    let both = (u64::from(first) << 32) | u64::from(second);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}
