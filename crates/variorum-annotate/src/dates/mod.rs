//! Dates, times, durations and sets, as TIMEX3 values.
//!
//! Tokens, then a grammar that finds the mentions and what they say by themselves, then a resolution in reading order
//! against the day of publication and the time that the text has come to.

#[cfg(test)]
mod cases;
mod grammar;
mod languages;
mod lexicon;
mod modifier;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

use variorum_news::{DateKind, DateMention};
use variorum_syntax::Tag;

use crate::Reading;
use grammar::Mention;
use languages::Language;
use lexicon::Cue;
use resolve::Clock;
use tokens::Tokens;
use value::Meaning;

/// Returns the mentions of time in a report, in order.
pub(crate) fn dates(reading: &Reading, language: Option<&str>) -> Vec<DateMention> {
    let tokens = Tokens::of(reading.text);
    let mut mentions = match Language::of(language, &tokens) {
        Some(language) => language.mentions(&tokens),
        None => grammar::mentions(&tokens),
    };
    mentions.retain(|mention| !is_verb(reading, &tokens, mention));
    let mut clock = Clock::new(reading);
    clock.read_stamp(&tokens, &mentions);
    mentions
        .iter()
        .enumerate()
        .map(|(n, mention)| {
            let value = clock.value(&tokens, mention, mentions.get(n + 1));
            let bytes = tokens.at(mention.start).start..tokens.at(mention.end - 1).end;
            let kind = kind(&mention.meaning, &value);
            let modifier = modifier::modifier(&tokens, mention);
            DateMention { span: reading.spanner.span(bytes), value, kind, modifier }
        })
        .collect()
}

/// "May", "march", "spring" and "fall" are verbs as well, and the tree tells.
fn is_verb(reading: &Reading, tokens: &Tokens, mention: &Mention) -> bool {
    use value::{Field, When};
    let name = matches!(mention.meaning, Meaning::When(When { field: Field::Month(_) | Field::Season(_), .. }));
    let tag = || Some(reading.grammar?.tokens()[reading.grammar?.at(tokens.at(mention.start).start)?].tag);
    let alone = mention.end == mention.start + 1 && !tokens.is(mention.start.wrapping_sub(1), Cue::In);
    name && alone && matches!(tag(), Some(Tag::Md | Tag::Vb | Tag::Vbd | Tag::Vbn | Tag::Vbp | Tag::Vbz))
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
