//! Tolls: how many were killed, injured, missing, arrested, as each report counts them.
//!
//! Reports seldom write "killed: 3". They say that a man was shot dead, that a couple drowned, that a third victim has
//! died, that nobody was hurt. So the sentences that hold a word for it are parsed, who it happened to is found in the
//! tree, and that noun phrase is counted.

mod claims;
mod count;
mod doubts;
mod grammar;
mod hurt;
mod person;
mod said;
mod stated;
#[cfg(test)]
mod tests;
mod total;
mod vocabulary;
mod when;

use std::ops::Range;

use rustc_hash::FxHashMap;
use variorum_news::{Hedge, Report};

use crate::Told;
use crate::align::Place;
use crate::dates::Fields;
use crate::witness::{Passage, Witness};
pub(crate) use grammar::Tree;
pub(crate) use vocabulary::Toll;

/// How many were killed, or injured, in the event of the story, as one report tells it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tally {
    /// What happened to those who are counted.
    pub toll: Toll,
    /// The passage whose words give the count.
    pub place: Place,
    /// The words, as bytes of the report's text.
    pub bytes: Range<usize>,
    /// How many.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How sure the writer is.
    pub hedge: Option<Hedge>,
    /// The words name no number ("dozens").
    pub vague: bool,
    /// A number of those whom hospitals took in: it excludes other numbers of those only.
    pub care: bool,
    /// A number stands there, or a list of people, or "nobody": not one person alone, who may be one of many.
    pub firm: bool,
}

/// The tallies of a story, and the words of its reports that they rest on.
#[derive(Debug, Default)]
pub(crate) struct Tolls {
    /// A tally for each report and toll, in the order of tolls and then of reports.
    pub tallies: Vec<Tally>,
    /// The bytes of every count, by witness: totals and parts, of this event and of others.
    pub counted: Vec<(usize, Range<usize>)>,
}

/// So many sentences of one report are parsed at most; a toll is told early and told again.
const MOST: usize = 14;
/// Longer sentences are lists or no sentences; parsing them would take more than it gives.
const LONGEST: usize = 150;
/// With more reports than this, each has fewer sentences parsed, so that a story of a thousand stays affordable.
const MANY: usize = 150;
const FEW: usize = 5;

/// Returns the tallies of a story.
pub(crate) fn tolls(story: &Told) -> Tolls {
    let event = when::event(story);
    let most = if story.witnesses.len() > MANY { FEW } else { MOST };
    // Copies share their sentences, which need be parsed once.
    let mut parsed: FxHashMap<&str, Vec<claims::Raw>> = FxHashMap::default();
    let mut found = Tolls::default();
    for (w, witness) in story.witnesses.iter().enumerate() {
        let mut told = Vec::new();
        let tells =
            |p: &Passage| p.words.len() <= LONGEST && vocabulary::tells(p.words.iter().map(|t| t.folded.as_str()));
        let held = witness.told().filter(|(_, p)| tells(p));
        let mut old = None;
        for (p, passage) in held.take(most) {
            let text = passage.span.text.as_str();
            let raw = parsed.entry(text).or_insert_with(|| claims::raw(text));
            let place = Place { witness: w, passage: p };
            let base = witness.spanner.bytes(&passage.span).start;
            found.counted.extend(raw.iter().map(|raw| (w, base + raw.bytes.start..base + raw.bytes.end)));
            // "It killed 612 people", after an older quake was named.
            let before = p.checked_sub(1);
            let after_old =
                old == before && old.is_some() || before.is_some_and(|b| names_old_time(witness, b, event.as_ref()));
            if after_old && goes_on(passage) {
                old = Some(p);
                continue;
            }
            let before = told.len();
            told.extend(raw.iter().filter_map(|raw| claims::claim(witness, passage, place, raw, event.as_ref())));
            if !raw.is_empty() && told.len() == before {
                old = Some(p);
            }
        }
        found.tallies.extend(total::totals(&told));
    }
    found.tallies.sort_by_key(|t| (t.toll, t.place));
    found
}

/// Tells whether a sentence is about an older time: it names a day or month of a year long past, or, where nobody knows
/// when the report appeared, of a year at all, which reports seldom add to what is new.
fn names_old_time(witness: &Witness, passage: usize, event: Option<&jiff::civil::Date>) -> bool {
    let dates = &witness.notes.dates[witness.passages[passage].dates.clone()];
    dates.iter().any(|date| {
        let fields = Fields::of_value(&date.value);
        let in_words = fields.year.is_some_and(|year| date.span.text.contains(&year.to_string()));
        match event {
            Some(_) => when::is_old(date, event) == Some(true),
            None => in_words && fields.month.is_some(),
        }
    })
}

/// Tells whether a sentence goes on with what the one before it told of.
fn goes_on(passage: &Passage) -> bool {
    let first = passage.words.first().map(|t| t.folded.as_str());
    matches!(first, Some("it" | "that" | "they" | "those" | "these" | "then" | "there" | "he" | "she"))
}

/// Returns when a report was published, to the minute (UTC) or the day.
pub(crate) fn published(report: &Report) -> Option<String> {
    let text = report.published.as_deref()?;
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.strftime("%Y-%m-%dT%H:%M").to_string());
    }
    let minute = text.get(..16).filter(|m| m.as_bytes()[10] == b'T' && m.parse::<jiff::civil::DateTime>().is_ok());
    minute.or(report.day()).map(str::to_owned)
}
