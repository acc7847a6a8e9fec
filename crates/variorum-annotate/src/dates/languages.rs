//! Dates of Spanish, French, German, Portuguese and Italian: days with their month's name, months, years, weekdays,
//! yesterday, today and tomorrow.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::grammar::Mention;
use super::lexicon::{Cue, rows};
use super::tokens::{Kind, Tokens};
use super::value::{Anchor, Field, Meaning, Turn, Unit, When, Year};

/// Code and rows of every language.
const LANGUAGES: [(&str, &str); 5] = [
    ("es", include_str!("../../data/es/time-words.tsv")),
    ("fr", include_str!("../../data/fr/time-words.tsv")),
    ("de", include_str!("../../data/de/time-words.tsv")),
    ("pt", include_str!("../../data/pt/time-words.tsv")),
    ("it", include_str!("../../data/it/time-words.tsv")),
];

/// In an English text one word in twenty is "the".
const ENGLISH_SHARE: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Month(u8),
    Weekday(u8),
    Day(i32),
    Of,
    In,
    Next,
    Last,
}

type Words = FxHashMap<&'static str, Word>;

static WORDS: LazyLock<[Words; 5]> = LazyLock::new(|| LANGUAGES.map(|(_, table)| read(table)));

/// A language that has its own words of time.
#[derive(Clone, Copy)]
pub(super) struct Language {
    words: &'static Words,
    /// Months and weekdays are written with a capital.
    capital: bool,
}

impl Language {
    fn nth(n: usize) -> Language {
        Language { words: &WORDS[n], capital: LANGUAGES[n].0 == "de" }
    }

    /// Returns the language that a report states, or else the one that alone has a month or weekday of the text.
    pub(super) fn of(stated: Option<&str>, tokens: &Tokens) -> Option<Language> {
        if let Some(stated) = stated {
            let n = LANGUAGES.iter().position(|(code, _)| stated.get(..2) == Some(code))?;
            return Some(Language::nth(n));
        }
        let english = (0..tokens.len()).filter(|&at| tokens.is(at, Cue::The)).count() * ENGLISH_SHARE > tokens.len();
        if english {
            return None;
        }
        // "Abril" may be Spanish or Portuguese; "enero" is Spanish, whoever writes it.
        let beside = |at: usize| {
            let number = |at: usize| tokens.at(at).kind == Kind::Number;
            number(at + 1) || number(at + 2) || (at > 1 && (number(at - 1) || number(at - 2)))
        };
        let places = (0..tokens.len()).filter(|&at| tokens.at(at).kind == Kind::Word);
        let owner = |at: usize| {
            let month = |n: &usize| match Language::nth(*n).word(tokens, at) {
                Some((_, Word::Month(_))) => beside(at),
                Some((_, Word::Weekday(_))) => true,
                _ => false,
            };
            let mut owners = (0..LANGUAGES.len()).filter(month);
            let first = owners.next().filter(|_| tokens.sense(at).month == 0)?;
            owners.next().is_none().then_some(first)
        };
        places.filter_map(owner).next().map(Language::nth)
    }

    /// Returns the mentions of a text in order.
    pub(super) fn mentions(self, t: &Tokens) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < t.len() {
            match self.mention(t, at) {
                Some((end, meaning)) => {
                    found.push(Mention { start: at, end, meaning });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn mention(self, t: &Tokens, i: usize) -> Option<(usize, Meaning)> {
        let when = |(end, when)| (end, Meaning::When(when));
        match t.at(i).kind {
            Kind::Number => numeric(t, i).or_else(|| self.day(t, i)).or_else(|| self.year(t, i)).map(when),
            Kind::Word => match self.word(t, i)? {
                (end, Word::Weekday(weekday)) => Some(when(self.weekday(t, i, end, weekday))),
                (_, Word::Month(_)) => self.month(t, i).map(when),
                (end, Word::Day(count)) => {
                    Some((end, Meaning::Shift { count, unit: Unit::Day, anchor: Anchor::Published, hour: None }))
                }
                _ => None,
            },
            Kind::Mark(_) => None,
        }
    }

    /// Returns what a word means, and the place after it ("terça-feira" is one word).
    fn word(self, t: &Tokens, i: usize) -> Option<(usize, Word)> {
        if t.at(i).kind != Kind::Word {
            return None;
        }
        let lower = t.word(i).to_lowercase().replace('’', "'");
        if t.mark(i + 1, '-') && t.at(i + 1).glued && t.at(i + 2).glued {
            let whole = format!("{lower}-{}", t.word(i + 2).to_lowercase());
            if let Some(word) = self.words.get(whole.as_str()) {
                return Some((i + 3, *word));
            }
        }
        let own = self.words.get(lower.as_str()).copied();
        // "D'août" is "de août".
        let elided = || self.words.get(lower.rsplit_once('\'')?.1).copied();
        let word = own.or_else(elided)?;
        let named = matches!(word, Word::Month(_) | Word::Weekday(_));
        (!named || !self.capital || t.at(i).capital).then_some((i + 1, word))
    }

    fn is(self, t: &Tokens, i: usize, word: Word) -> bool {
        matches!(self.word(t, i), Some((_, found)) if found == word)
    }

    fn skip_of(self, t: &Tokens, i: usize) -> usize {
        if self.is(t, i, Word::Of) { i + 1 } else { i }
    }

    /// Reads "3 de marzo de 2024", "1er mai", "3. März 2024".
    fn day(self, t: &Tokens, i: usize) -> Option<(usize, When)> {
        let day = t.number(i, 1..=2).filter(|day| (1..=31).contains(day))? as u8;
        let ordinal = t.at(i + 1).glued
            && (matches!(t.word(i + 1), "er" | "º" | "ª" | "o") || t.mark(i + 1, '.') || t.mark(i + 1, '°'));
        let at = self.skip_of(t, if ordinal { i + 2 } else { i + 1 });
        let (end, Word::Month(month)) = self.word(t, at)? else { return None };
        let (end, year) = self.year_behind(t, end);
        Some((end, When::of(Field::Day(month, day), year)))
    }

    fn year_behind(self, t: &Tokens, i: usize) -> (usize, Year) {
        let at = self.skip_of(t, i);
        match t.number(at, 4..=4).filter(|year| (1000..2200).contains(year)) {
            Some(year) => (at + 1, Year::Is(year as i32)),
            None => (i, Year::Unsaid),
        }
    }

    /// Reads "marzo de 2024", and "marzo" after "en".
    fn month(self, t: &Tokens, i: usize) -> Option<(usize, When)> {
        let (end, Word::Month(month)) = self.word(t, i)? else { return None };
        let (end, year) = self.year_behind(t, end);
        let cued = year != Year::Unsaid || self.follows_in(t, i);
        cued.then(|| (end, When::of(Field::Month(month), year)))
    }

    fn follows_in(self, t: &Tokens, i: usize) -> bool {
        i > 0 && self.is(t, i - 1, Word::In)
    }

    /// Reads "2024" after "en".
    fn year(self, t: &Tokens, i: usize) -> Option<(usize, When)> {
        let year = t.number(i, 4..=4).filter(|year| (1700..2100).contains(year) && self.follows_in(t, i))?;
        let alone = !t.at(i + 1).glued_word() && !t.mark(i + 1, '%');
        alone.then(|| (i + 1, When::of(Field::Year, Year::Is(year as i32))))
    }

    /// Reads "lunes", "lundi 3 mars", "Montag, den 3. März", "viernes pasado".
    fn weekday(self, t: &Tokens, i: usize, end: usize, weekday: u8) -> (usize, When) {
        let comma = t.skip(end, ',');
        let date = if t.says(comma, "den") { comma + 1 } else { comma };
        if let Some(found) = self.day(t, date) {
            return found;
        }
        let turn = |at: usize| match self.word(t, at) {
            Some((_, Word::Next)) => Some(Turn::Coming),
            Some((_, Word::Last)) => Some(Turn::Past),
            _ => None,
        };
        let before = if i > 0 { turn(i - 1) } else { None };
        let behind = turn(end);
        let when = When::of(Field::Weekday(weekday), Year::Unsaid);
        let end = if behind.is_some() { end + 1 } else { end };
        (end, When { turn: before.or(behind).unwrap_or(Turn::Bare), ..when })
    }
}

/// Reads "3/4/2024", "3.4.2024" (the day first) and "2024-04-03".
fn numeric(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let sign = match t.at(i + 1).kind {
        Kind::Mark(sign @ ('-' | '/' | '.')) if t.mark(i + 3, sign) => sign,
        _ => return None,
    };
    let whole = (i + 1..=i + 4).all(|at| t.at(at).glued) && !t.at(i).glued && !t.at(i + 5).glued_word();
    let part = |at| t.number(at, 1..=2);
    let (year, month, day) = match (t.number(i, 4..=4), t.number(i + 4, 4..=4)) {
        (Some(year), None) if sign == '-' => (year, part(i + 2)?, part(i + 4)?),
        (None, Some(year)) => (year, part(i + 2)?, part(i)?),
        _ => return None,
    };
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok();
    let when = When::of(Field::Day(month as u8, day as u8), Year::Is(year as i32));
    date.filter(|_| whole).map(|_| (i + 5, when))
}

fn read(table: &'static str) -> Words {
    let word = |class: &str, value: &str| {
        let number = || value.parse().unwrap_or(0);
        Some(match class {
            "month" => Word::Month(number()),
            "weekday" => Word::Weekday(number()),
            "day-shift" => Word::Day(value.parse().unwrap_or(0)),
            "of" => Word::Of,
            "in" => Word::In,
            "next" => Word::Next,
            "last" => Word::Last,
            _ => return None,
        })
    };
    rows(table).filter_map(|(name, class, value)| Some((name, word(class, value)?))).collect()
}

/// Returns the examples of all rows, each with its language.
#[cfg(test)]
pub(super) fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES.iter().flat_map(|(code, table)| {
        table.lines().filter_map(|line| Some((*code, line.split('\t').nth(3).filter(|example| !example.is_empty())?)))
    })
}
