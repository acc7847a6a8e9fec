//! Dates, times, durations and sets, as TIMEX3 values.
//!
//! Tokens, then a grammar that finds the mentions and what they say by themselves, then a resolution in reading order
//! against the day of publication and the time that the text has come to.

#[cfg(test)]
mod cases;
mod grammar;
mod languages;
mod lexicon;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

use variorum_news::{DateKind, DateMention};

use crate::Reading;
use languages::Language;
use resolve::Clock;
use tokens::Tokens;
use value::Meaning;

/// Returns the mentions of time in a report, in order.
pub(crate) fn dates(reading: &Reading, language: Option<&str>) -> Vec<DateMention> {
    let tokens = Tokens::of(reading.text);
    let mentions = match Language::of(language, &tokens) {
        Some(language) => language.mentions(&tokens),
        None => grammar::mentions(&tokens),
    };
    let mut clock = Clock::new(reading);
    clock.read_stamp(&tokens, &mentions);
    mentions
        .into_iter()
        .map(|mention| {
            let value = clock.value(&tokens, &mention);
            let bytes = tokens.at(mention.start).start..tokens.at(mention.end - 1).end;
            DateMention { span: reading.spanner.span(bytes), kind: kind(&mention.meaning, &value), value }
        })
        .collect()
}

fn kind(meaning: &Meaning, value: &str) -> DateKind {
    match meaning {
        Meaning::Set(_) => DateKind::Set,
        Meaning::Period(_) => DateKind::Duration,
        Meaning::Hour(_) => DateKind::Time,
        _ if value.starts_with('P') && value.as_bytes().get(1).is_some_and(|b| b.is_ascii_digit() || *b == b'T') => {
            DateKind::Duration
        }
        _ if value.contains('T') && !value.ends_with("_REF") => DateKind::Time,
        _ => DateKind::Date,
    }
}
