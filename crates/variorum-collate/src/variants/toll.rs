//! Unlike counts of the killed, the injured, the missing; what time explains is a development.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use variorum_news::{Variant, VariantKind};

use super::{SUGGESTED, variant};
use crate::Told;
use crate::figures::{Amounts, amounts};
use crate::statements::{Groups, TollGroup, figure, toll_reading};
use crate::tolls::{Tally, Toll};

/// Reports that appeared within so many minutes of one another knew the same.
const AT_ONCE: i64 = 30;

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    groups.tolls.iter().filter_map(|group| one(story, group)).collect()
}

fn one(story: &Told, group: &TollGroup) -> Option<Variant> {
    // One person who died may be one of many: only numbers, lists and "nobody" exclude each other; and not all who were
    // hurt were taken to a hospital.
    let firm: Vec<&Tally> = group.tallies.iter().filter(|t| t.firm || t.care).collect();
    let unlike = |a: &Tally, b: &Tally| a.firm == b.firm && amounts(&figure(a), &figure(b)) == Amounts::Differ;
    let mut apart = Vec::new();
    for (i, a) in firm.iter().enumerate() {
        apart.extend(firm[i + 1..].iter().filter(|b| unlike(a, b)).map(|b| (*a, *b)));
    }
    let places: BTreeSet<_> = apart.iter().flat_map(|(a, b)| [a.place, b.place]).collect();
    let toll = apart.first()?.0.toll;
    let shown: Vec<&Tally> = group.tallies.iter().filter(|t| places.contains(&t.place)).collect();
    let readings = shown.iter().map(|t| toll_reading(story, t)).collect();
    let mut found = variant(VariantKind::Figure, toll.word().to_owned(), &group.statement, readings)?;
    // Who was arrested or rescued is counted for one day or for all, in one place or in all, and reports seldom say which.
    if toll > Toll::Missing {
        found.confidence = SUGGESTED;
    }
    found.development = apart.iter().all(|(a, b)| grew(story, a, b)) && !returns(&shown);
    Some(found)
}

/// Tells whether time explains that the second count is unlike the first.
fn grew(story: &Told, a: &Tally, b: &Tally) -> bool {
    let later = match (time(story, a), time(story, b)) {
        (Some(x), Some(y)) => is_later(x, y),
        _ => false,
    };
    // The dead do not come to life again; the injured may die, the missing be found.
    later && (a.value < b.value || a.toll != Toll::Killed)
}

/// A time, and whether it is known to the minute.
fn time(story: &Told, tally: &Tally) -> Option<(DateTime, bool)> {
    let text = crate::tolls::published(story.witnesses[tally.place.witness].report)?;
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return Some((day.to_datetime(jiff::civil::Time::midnight()), false));
    }
    text.parse::<DateTime>().ok().map(|at| (at, true))
}

fn is_later(a: (DateTime, bool), b: (DateTime, bool)) -> bool {
    if a.1 && b.1 {
        return a.0.duration_until(b.0).as_mins() > AT_ONCE;
    }
    a.0.date() < b.0.date()
}

/// Tells whether a count that was replaced comes back later: then the reports disagree.
fn returns(tallies: &[&Tally]) -> bool {
    let values: Vec<f64> = tallies.iter().map(|t| t.value).collect();
    (0..values.len()).any(|i| {
        (i + 2..values.len()).any(|k| values[i] == values[k] && values[i + 1..k].iter().any(|v| *v != values[i]))
    })
}
