//! Unlike days or times of the same thing.

use variorum_news::{DateMention, Drift, DriftKind, Value, Variant, VariantKind};

use super::{statement_of, variant};
use crate::Told;
use crate::align::Place;
use crate::dates::{Days, Fields, days, is_point, states_itself, times_differ};
use crate::statements::{Groups, reading};

/// Passages must be so alike before unlike days in them are called a difference.
const ALIKE: f64 = 0.55;

pub(super) fn variants(story: &Told, groups: &Groups, drift: &[Drift]) -> Vec<Variant> {
    let mut found = Vec::new();
    for &(a, b, _) in groups.pairs.iter().filter(|p| p.2 >= ALIKE) {
        let (Some(x), Some(y)) = (only_day(story, a), only_day(story, b)) else { continue };
        let (left, right) = (Fields::of_value(&x.value), Fields::of_value(&y.value));
        let kind = match days(&left, &right) {
            Days::Differ => VariantKind::Date,
            Days::Equal | Days::Compatible if times_differ(&left, &right) => VariantKind::Time,
            _ => continue,
        };
        found.extend(of_pair(story, groups, kind, (a, x), (b, y)));
    }
    // What a rewrite did to a date is a difference between the two reports as well.
    for change in drift.iter().filter(|d| d.kind == DriftKind::Date) {
        let Some(source) = &change.source else { continue };
        if let (Some(a), Some(b)) = (mention(story, source), mention(story, &change.rewrite)) {
            found.extend(of_pair(story, groups, VariantKind::Date, a, b));
        }
    }
    found
}

fn of_pair(
    story: &Told,
    groups: &Groups,
    kind: VariantKind,
    a: (Place, &DateMention),
    b: (Place, &DateMention),
) -> Option<Variant> {
    let read = |(place, date): (Place, &DateMention)| {
        reading(story, place, date.span.clone(), Some(Value::Word(date.value.clone())))
    };
    variant(kind, a.1.span.text.clone(), &statement_of(groups, a.0), vec![read(a), read(b)])
}

/// The one point in time of a passage: with two, nothing says which belongs to what. "Last year" of a report whose day
/// is not known was resolved by a guess, and a guess contradicts nobody.
fn only_day<'a>(story: &'a Told, place: Place) -> Option<&'a DateMention> {
    let witness = &story.witnesses[place.witness];
    let mut points = witness.notes.dates[witness.passages[place.passage].dates.clone()].iter().filter(|d| is_point(d));
    let first = points.next()?;
    let sure = witness.report.published.is_some() || states_itself(first);
    (sure && points.next().is_none()).then_some(first)
}

fn mention<'a>(story: &'a Told, span: &variorum_news::Span) -> Option<(Place, &'a DateMention)> {
    let w = story.witnesses.iter().position(|w| w.report.id == span.report)?;
    let witness = &story.witnesses[w];
    let n = witness.notes.dates.iter().position(|d| d.span == *span)?;
    let p = witness.passages.iter().position(|p| p.dates.contains(&n))?;
    Some((Place { witness: w, passage: p }, &witness.notes.dates[n]))
}
