//! From what a mention says to a value: against the day of publication, and the time the text has come to.

mod shift;
mod when;

use std::ops::Range;

use jiff::civil::Date;

use crate::Reading;
use crate::grammar::Grammar;

use super::grammar::Mention;
use super::lexicon::Tense;
use super::tense::{Look, tense};
use super::tokens::{Kind, Tokens};
use super::value::{Anchor, Field, Hour, Meaning, Unit, When, Year};

/// What is known of time at one place of the text. It moves on as the text is read.
#[derive(Debug)]
pub(super) struct Clock<'a> {
    /// The day of publication.
    published: Option<Date>,
    sentences: &'a [Range<usize>],
    grammar: Option<&'a Grammar>,
    /// The last year, month, week's Monday, and day that the text has named.
    last_year: Option<i32>,
    /// The last year named anywhere, background or not.
    said_year: Option<i32>,
    last_month: Option<(i32, u8)>,
    last_week: Option<Date>,
    last_day: Option<Date>,
    /// The last share of a year that the text has named.
    last_share: Option<(i32, char, u8)>,
    /// The last day named, and the sentence that named it.
    day_of_sentence: Option<(usize, Date)>,
    sentence: usize,
    /// The year that the next dated mention of the sentence states.
    year_ahead: Option<i32>,
    /// The mention stands in the opening of its sentence.
    opening: bool,
}

/// How far a value reaches into the calendar.
#[derive(Debug, Clone, Copy)]
enum Stamp {
    None,
    Year(i32),
    Month(i32, u8),
    Week(Date),
    Day(Date),
}

impl<'a> Clock<'a> {
    /// Returns what is known before the first word.
    pub(super) fn new(reading: &Reading<'a>) -> Clock<'a> {
        Clock {
            published: reading.published.and_then(|day| day.parse().ok()),
            sentences: reading.sentences,
            grammar: reading.grammar,
            last_year: None,
            said_year: None,
            last_month: None,
            last_week: None,
            last_day: None,
            last_share: None,
            day_of_sentence: None,
            sentence: 0,
            year_ahead: None,
            opening: false,
        }
    }

    /// A report that prints its own day above its first words counts from it, where others say a day close by.
    pub(super) fn read_stamp(&mut self, t: &Tokens, mentions: &[Mention]) {
        let Some(published) = self.published else { return };
        let stamp = mentions.iter().take(STAMPS).find_map(|mention| stamp(t, mention));
        let near = |stamp: &Date| published.until(*stamp).is_ok_and(|away| away.get_days().abs() <= NEAR);
        if let Some(stamp) = stamp.filter(near) {
            self.published = Some(stamp);
        }
    }

    /// Returns the value of the next mention of the text.
    pub(super) fn value(&mut self, t: &Tokens, mention: &Mention, next: Option<&Mention>) -> String {
        let at = t.at(mention.start).start;
        self.sentence = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.year_ahead = next.and_then(|next| self.year_in_sentence(t, next));
        self.opening = self.sentences.get(self.sentence).is_some_and(|sentence| at < sentence.start + OPENING);
        match &mention.meaning {
            Meaning::When(when) => {
                let (value, stamp) = self.when(t, mention, *when);
                if let (Field::Share(letter, number), Stamp::Year(year)) = (when.field, stamp) {
                    self.last_share = Some((year, letter, number));
                }
                self.advance(stamp);
                value
            }
            Meaning::Shift { count, unit: Unit::Year, anchor: Anchor::Text, .. } if self.counts_from_said(*count) => {
                let (value, stamp) = self.years_from_said(t, mention, *count);
                self.advance(stamp);
                value
            }
            Meaning::Shift { count, unit, anchor, hour } => {
                let (value, stamp) = self.shift(*count, *unit, *anchor, *hour);
                self.advance(stamp);
                value
            }
            Meaning::Within { count, unit } => {
                if self.published.is_none() || !self.is_ahead(t, mention) {
                    return super::value::period(super::value::Amount::Of(f64::from(*count)), *unit);
                }
                let (value, stamp) = self.shift(*count, *unit, Anchor::Published, None);
                self.advance(stamp);
                value
            }
            Meaning::From { count, unit, day } => {
                let (value, stamp) = self.counted_from(t, mention, (*count, *unit), day);
                self.advance(stamp);
                value
            }
            Meaning::Weekend => {
                let over = self.tense(t, mention) == Some(Tense::Past);
                let begun = self.published.is_some_and(|day| day.weekday().to_monday_one_offset() >= 6);
                self.shift(if over && !begun { -1 } else { 0 }, Unit::Weekend, Anchor::Published, None).0
            }
            Meaning::WeekdayOf { weekday, weeks, anchor } => {
                let (value, stamp) = self.weekday_of(*weekday, *weeks, *anchor);
                self.advance(stamp);
                value
            }
            Meaning::DayOf { day, months, anchor } => {
                let (value, stamp) = self.day_of(*day, *months, *anchor);
                self.advance(stamp);
                value
            }
            Meaning::YearEarlier(unit) => self.year_earlier(*unit),
            // "The poets of the day": of its own day.
            Meaning::Latest(Unit::Day) if self.published.is_none() => "PRESENT_REF".to_owned(),
            Meaning::Latest(unit) => self.latest(*unit),
            Meaning::Hour(hour) => self.hour(*hour),
            Meaning::Period(value) | Meaning::Set(value) => value.clone(),
            Meaning::Fixed(value) => (*value).to_owned(),
            Meaning::Nothing => String::new(),
        }
    }

    /// A time without a day belongs to the day named in its sentence; a text without a date of its own goes by the last.
    fn hour(&self, hour: Hour) -> String {
        let near = |(sentence, _): &(usize, Date)| sentence + 1 >= self.sentence;
        let named = self.day_of_sentence.filter(near).map(|(_, day)| day);
        let day = named.or(if self.published.is_none() { self.last_day } else { None });
        match day {
            Some(day) => super::value::day_text(day) + &hour.tail(),
            None => hour.tail(),
        }
    }

    fn advance(&mut self, stamp: Stamp) {
        self.said_year = match stamp {
            Stamp::None => self.said_year,
            Stamp::Year(year) | Stamp::Month(year, _) => Some(year),
            Stamp::Week(day) | Stamp::Day(day) => Some(i32::from(day.year())),
        };
        match stamp {
            Stamp::None => {}
            // A bare year deep in a sentence is background ("… unlike in 1987"); one that opens it moves the story.
            Stamp::Year(year) => {
                if self.opening {
                    self.last_year = Some(year);
                }
            }
            Stamp::Month(year, month) => {
                self.last_year = Some(year);
                self.last_month = Some((year, month));
            }
            Stamp::Week(monday) => {
                self.advance_to_month_of(monday);
                self.last_week = Some(monday);
            }
            Stamp::Day(day) => {
                self.advance_to_month_of(day);
                self.last_day = Some(day);
                self.last_week = monday_of(day);
                self.day_of_sentence = Some((self.sentence, day));
            }
        }
    }

    fn advance_to_month_of(&mut self, day: Date) {
        let year = i32::from(day.year());
        self.last_year = Some(year);
        self.last_month = Some((year, day.month() as u8));
    }

    fn look(&self, t: &Tokens, mention: &Mention) -> Option<Look> {
        let sentence = self.sentences.get(self.sentence)?;
        tense(t, mention.start..mention.end, sentence, self.grammar)
    }

    /// A report tells "two years later" from the last year it named, a narrative from the one it has come to.
    fn counts_from_said(&self, count: i32) -> bool {
        self.published.is_some() && count != 0
    }

    fn years_from_said(&self, t: &Tokens, mention: &Mention, count: i32) -> (String, Stamp) {
        let published = self.published.map(|day| i32::from(day.year()));
        let found = self.said_year.or(published).and_then(|year| year.checked_add(count));
        let done = self.tense(t, mention) == Some(Tense::Past);
        match found.filter(|year| (1..9000).contains(year) && !(done && Some(*year) > published)) {
            Some(year) => (super::value::year_text(year), Stamp::Year(year)),
            None => ("XXXX".to_owned(), Stamp::None),
        }
    }

    /// "Their summer campaign against Orr in June 1942": the year of the month said next.
    fn year_in_sentence(&self, t: &Tokens, next: &Mention) -> Option<i32> {
        let end = self.sentences.get(self.sentence)?.end;
        match &next.meaning {
            Meaning::When(When {
                field: Field::Month(_) | Field::Day(..) | Field::Season(_),
                year: Year::Is(year),
                ..
            }) if t.at(next.start).start < end => Some(*year),
            _ => None,
        }
    }

    /// "In two weeks" counts from publication where tree and words both look ahead.
    fn is_ahead(&self, t: &Tokens, mention: &Mention) -> bool {
        let by_words = self.sentences.get(self.sentence).and_then(|s| tense(t, mention.start..mention.end, s, None));
        self.tense(t, mention) == Some(Tense::Future) && by_words.is_some_and(|look| look.tense == Tense::Future)
    }

    fn tense(&self, t: &Tokens, mention: &Mention) -> Option<Tense> {
        self.look(t, mention).map(|look| look.tense)
    }
}

/// Among how many first mentions the day of a report may be printed.
const STAMPS: usize = 6;

/// How many days a printed day may lie from the day of publication.
const NEAR: i32 = 7;

/// Returns the day of a mention that is whole and stands alone on its line or in brackets.
fn stamp(t: &Tokens, mention: &Mention) -> Option<Date> {
    let Meaning::When(When { field: Field::Day(month, day), year: Year::Is(year), .. }) = mention.meaning else {
        return None;
    };
    let (before, after) = (t.before(mention.start).kind, t.at(mention.end).kind);
    let line = before == Kind::Mark('\n') && after == Kind::Mark('\n');
    let bracket = before == Kind::Mark('(') && after == Kind::Mark(')');
    (line || bracket).then(|| Date::new(year.try_into().ok()?, month as i8, day as i8).ok())?
}

/// How many bytes of a sentence are its opening: room for "The uprising of 1821".
const OPENING: usize = 24;

fn monday_of(day: Date) -> Option<Date> {
    super::value::plus_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn with_tail(value: String, when: When) -> String {
    match when.hour {
        Some(hour) => value + &hour.tail(),
        None => value,
    }
}
