//! From what a mention says to a value: against the day of publication, and the time the text has come to.

mod shift;
mod when;

use std::ops::Range;

use jiff::civil::Date;

use crate::Reading;

use super::grammar::Mention;
use super::lexicon::Tense;
use super::tense::{Look, tense};
use super::tokens::Tokens;
use super::value::{Anchor, Hour, Meaning, Unit, When};

/// What is known of time at one place of the text. It moves on as the text is read.
#[derive(Debug)]
pub(super) struct Clock<'a> {
    /// The day of publication.
    published: Option<Date>,
    sentences: &'a [Range<usize>],
    /// The last year, month, week's Monday, and day that the text has named.
    last_year: Option<i32>,
    last_month: Option<(i32, u8)>,
    last_week: Option<Date>,
    last_day: Option<Date>,
    /// The last day named, and the sentence that named it.
    day_of_sentence: Option<(usize, Date)>,
    sentence: usize,
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
            last_year: None,
            last_month: None,
            last_week: None,
            last_day: None,
            day_of_sentence: None,
            sentence: 0,
            opening: false,
        }
    }

    /// Returns the value of the next mention of the text.
    pub(super) fn value(&mut self, t: &Tokens, mention: &Mention) -> String {
        let at = t.at(mention.start).start;
        self.sentence = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.opening = self.sentences.get(self.sentence).is_some_and(|sentence| at < sentence.start + OPENING);
        match &mention.meaning {
            Meaning::When(when) => {
                let (value, stamp) = self.when(t, mention, *when);
                self.advance(stamp);
                value
            }
            Meaning::Shift { count, unit, anchor, hour } => {
                let (value, stamp) = self.shift(*count, *unit, *anchor, *hour);
                self.advance(stamp);
                value
            }
            Meaning::Within { count, unit } => {
                if self.published.is_none() || self.tense(t, mention) != Some(Tense::Future) {
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
            Meaning::Hour(hour) => self.hour(*hour),
            Meaning::Period(value) | Meaning::Set(value) => value.clone(),
            Meaning::Fixed(value) => (*value).to_owned(),
            Meaning::Nothing => String::new(),
        }
    }

    /// A time without a day belongs to the day named in its sentence; a text without a date of its own goes by the last.
    fn hour(&self, hour: Hour) -> String {
        let named = self.day_of_sentence.filter(|(sentence, _)| *sentence == self.sentence).map(|(_, day)| day);
        let day = named.or(if self.published.is_none() { self.last_day } else { None });
        match day {
            Some(day) => super::value::day_text(day) + &hour.tail(),
            None => hour.tail(),
        }
    }

    fn advance(&mut self, stamp: Stamp) {
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
        tense(t, mention.start..mention.end, sentence)
    }

    fn tense(&self, t: &Tokens, mention: &Mention) -> Option<Tense> {
        self.look(t, mention).map(|look| look.tense)
    }
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
