//! Unlike days or times of the same thing.

use std::collections::BTreeMap;

use variorum_news::{DateKind, DateMention, Drift, DriftKind, Value, Variant, VariantKind};

use super::predicate::predicate;
use super::{BORNE_OUT, SUGGESTED, statement_of, variant};
use variorum_text::fold;

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
        // "Today" of two reports is two days, and says nothing against either.
        if is_same_words(x, y) {
            continue;
        }
        let solid = kind == VariantKind::Time || is_borne_out(story, (a, x), (b, y));
        let confidence = if solid { BORNE_OUT } else { SUGGESTED };
        found.extend(of_pair(story, groups, kind, (a, x), (b, y)).map(|v| Variant { confidence, ..v }));
    }
    found.extend(of_clauses(story, groups));
    // What a rewrite did to a date is a difference between the two reports as well.
    for change in drift.iter().filter(|d| d.kind == DriftKind::Date) {
        let Some(source) = &change.source else { continue };
        if let (Some(a), Some(b)) = (mention(story, source), mention(story, &change.rewrite))
            && !is_same_words(a.1, b.1)
        {
            found.extend(of_pair(story, groups, VariantKind::Date, a, b));
        }
    }
    found
}

/// Words of the same letters: only the days of publication set them apart.
fn is_same_words(a: &DateMention, b: &DateMention) -> bool {
    fold(&a.span.text) == fold(&b.span.text)
}

/// Tells whether both sentences date the same act of the same party, by days that they name themselves.
fn is_borne_out(story: &Told, a: (Place, &DateMention), b: (Place, &DateMention)) -> bool {
    if !states_itself(a.1) || !states_itself(b.1) {
        return false;
    }
    let said = |(place, mention): (Place, &DateMention)| {
        let witness = &story.witnesses[place.witness];
        let passage = &witness.passages[place.passage];
        // With a second time in the sentence, of whatever kind, nothing says which belongs to what.
        let others = &witness.notes.dates[passage.dates.clone()];
        if others.iter().any(|d| d.span != mention.span && matches!(d.kind, DateKind::Date | DateKind::Time)) {
            return None;
        }
        let base = witness.spanner.bytes(&passage.span).start;
        let bytes = witness.spanner.bytes(&mention.span);
        predicate(&passage.span.text, bytes.start - base..bytes.end - base)
    };
    match (said(a), said(b)) {
        (Some(x), Some(y)) => x.is_of(&y),
        _ => false,
    }
}

/// How many words before a time belong to what is timed.
const CLAUSE: usize = 7;
/// So many mentions are compared with each other at most.
const MOST: usize = 300;

/// Times of day that follow the same words ("the gas began to leak at 4:05", "the leak began at 4:20"), however the
/// sentences go on.
fn of_clauses(story: &Told, groups: &Groups) -> Vec<Variant> {
    let mut timed: Vec<(Place, &DateMention, Vec<u32>)> = Vec::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for n in passage.dates.clone() {
                let mention = &witness.notes.dates[n];
                if is_point(mention) && Fields::of_value(&mention.value).clock.is_some() {
                    let start = witness.spanner.bytes(&mention.span).start;
                    let at = passage.words.partition_point(|t| t.bytes.start < start);
                    timed.push((Place { witness: w, passage: p }, mention, passage.clause_before(at, CLAUSE)));
                }
            }
        }
    }
    timed.truncate(MOST);
    // Copies of one telling make one variant: the readings of each two times stand together.
    let mut found: BTreeMap<(String, String), Vec<(Place, &DateMention)>> = BTreeMap::new();
    let gives = |witness: usize, clock: &Fields| {
        timed.iter().any(|t| t.0.witness == witness && Fields::of_value(&t.1.value).clock == clock.clock)
    };
    for (i, (a, x, before_x)) in timed.iter().enumerate() {
        for (b, y, before_y) in timed[i + 1..].iter().filter(|t| t.0.witness != a.witness) {
            let shared = before_x.iter().filter(|form| before_y.contains(form)).count();
            let (left, right) = (Fields::of_value(&x.value), Fields::of_value(&y.value));
            let one_clause = shared >= 3 && shared * 5 >= 3 * before_x.len().min(before_y.len());
            // A report that gives both times tells of two things.
            let alone = !gives(a.witness, &right) && !gives(b.witness, &left);
            if one_clause && alone && days(&left, &right) != Days::Differ && times_differ(&left, &right) {
                let key = (x.value.clone().min(y.value.clone()), x.value.clone().max(y.value.clone()));
                found.entry(key).or_default().extend([(*a, *x), (*b, *y)]);
            }
        }
    }
    found.into_values().filter_map(|readings| of_readings(story, groups, readings)).collect()
}

fn of_readings(story: &Told, groups: &Groups, mut tellings: Vec<(Place, &DateMention)>) -> Option<Variant> {
    tellings.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.span.cmp(&b.1.span)));
    tellings.dedup_by(|a, b| a.1.span == b.1.span);
    let about = tellings.first()?.1.span.text.clone();
    let statement = statement_of(groups, tellings[0].0);
    let read = |(place, date): &(Place, &DateMention)| {
        reading(story, *place, date.span.clone(), Some(Value::Word(date.value.clone())))
    };
    variant(VariantKind::Time, about, &statement, tellings.iter().map(read).collect())
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
