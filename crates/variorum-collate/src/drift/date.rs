//! A date that the sources do not give, give otherwise, or give without a year.

mod relative;

use variorum_news::{DateMention, Drift, DriftKind};

use self::relative::Relative;
use super::around::around;
use super::{Held, of};
use crate::dates::{Days, Fields, days, is_point, states_year, times_differ};

/// A date of a source, held against one of the rewrite.
struct Other<'a> {
    mention: &'a DateMention,
    fields: Fields,
    /// How well the words around it fit.
    fit: f64,
}

/// A date belongs to the same statement where the words around it fit so well.
const FITS: f64 = 0.35;
/// Another date must fit so much better than the place where the sources give the rewrite's.
const LEAD: f64 = 0.25;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let mentions = &held.witness.notes.dates[held.passage.dates.clone()];
    mentions.iter().filter(|m| is_point(m)).filter_map(|mention| one(held, mention)).collect()
}

fn one(held: Held, mention: &DateMention) -> Option<Drift> {
    let fields = Fields::of_value(&mention.value);
    let others = others(held, mention);
    if let Some(found) = year_added(mention, &fields, &others) {
        return Some(found);
    }
    if let Some(mine) = Relative::read(&mention.span.text) {
        return relative(mention, &mine, &others);
    }
    let agrees = |o: &&Other| {
        let (f, how) = (&o.fields, days(&fields, &o.fields));
        (how == Days::Equal || how == Days::Compatible && !adds(&fields, f)) && !times_differ(&fields, f)
    };
    let own = others.iter().filter(agrees).map(|o| o.fit).reduce(f64::max);
    let excludes = |o: &&Other| {
        let how = days(&fields, &o.fields);
        // A day and a coarser or vaguer time elsewhere in the year do not exclude each other unless both name a field.
        how == Days::Differ || how != Days::Unknown && times_differ(&fields, &o.fields)
    };
    let rival = others.iter().find(excludes);
    if let Some(rival) = rival.filter(|o| o.fit >= FITS && own.is_none_or(|own| o.fit > own + LEAD)) {
        let confidence = match own {
            None => 0.95,
            Some(own) => (0.6 + rival.fit - own - LEAD).min(0.9),
        };
        return Some(said(mention, rival.mention, confidence));
    }
    if own.is_some() || held.sources.says(&mention.span.text) || is_vague(&fields) || number_stands(held, mention) {
        return None;
    }
    if let Some(rival) = rival.filter(|o| o.fit >= FITS * 0.5) {
        return Some(said(mention, rival.mention, 0.85));
    }
    let confidence = if fields.day.is_some() || fields.clock.is_some() { 0.9 } else { 0.8 };
    Some(Drift { confidence, ..of(DriftKind::Date, mention.span.clone(), None, "no source gives this date") })
}

fn said(mention: &DateMention, other: &DateMention, confidence: f64) -> Drift {
    let explain = format!("the source says “{}”", other.span.text);
    Drift { confidence, ..of(DriftKind::Date, mention.span.clone(), Some(other.span.clone()), explain) }
}

/// Returns the dates of the sources, those first whose surroundings fit best.
fn others<'a>(held: Held<'a, '_>, mention: &DateMention) -> Vec<Other<'a>> {
    let tokens = held.witness.tokens_in(held.passage, &mention.span);
    let start = tokens.first().map_or(0, |t| t.bytes.start);
    let from = held.passage.words.partition_point(|t| t.bytes.start < start);
    let at = from..from + tokens.len();
    let around = around(&held.witness.report.text, held.passage, &at, held.sources.forms);
    let mut others = Vec::new();
    for (place, passage) in held.sources.passages() {
        let (witness, _) = held.sources.at(place);
        for other in witness.notes.dates[passage.dates.clone()].iter().filter(|d| is_point(d)) {
            let bytes = witness.spanner.bytes(&other.span);
            let from = passage.words.partition_point(|t| t.bytes.end <= bytes.start);
            let to = passage.words.partition_point(|t| t.bytes.start < bytes.end);
            let fit = around.fit(passage, &(from..to.max(from))).score;
            others.push(Other { mention: other, fields: Fields::of_value(&other.value), fit });
        }
    }
    others.sort_by(|a, b| b.fit.total_cmp(&a.fit).then_with(|| a.mention.span.cmp(&b.mention.span)));
    others
}

/// A date that agrees with one of the sources but for a year that they do not state.
fn year_added(mention: &DateMention, fields: &Fields, others: &[Other]) -> Option<Drift> {
    if !states_year(mention) {
        return None;
    }
    let yearless = others
        .iter()
        .find(|o| !states_year(o.mention) && o.fields.month.is_some() && same_month_and_day(fields, &o.fields))?;
    // A year that stands elsewhere in the source belongs to something else, unless that passage is near this one.
    let stated = others.iter().any(|o| states_year(o.mention) && o.fields.year == fields.year && o.fit >= FITS * 0.8);
    if stated || yearless.fields.year == fields.year {
        return None;
    }
    let explain = match yearless.fields.year {
        None => "the source gives no year".to_owned(),
        Some(year) => format!("the source gives no year; published when it was, it means {year}"),
    };
    let there = Some(yearless.mention.span.clone());
    Some(Drift { confidence: 0.9, ..of(DriftKind::Date, mention.span.clone(), there, explain) })
}

/// "Last month" where the sources say "last week": both are told from where the writer stands.
fn relative(mention: &DateMention, mine: &Relative, others: &[Other]) -> Option<Drift> {
    let read = |o: &Other| Relative::read(&o.mention.span.text);
    let own = others.iter().filter(|o| read(o).is_none_or(|r| r.agrees(mine))).map(|o| o.fit).fold(0.0, f64::max);
    let rival = others.iter().find(|o| read(o).is_some_and(|r| !r.agrees(mine)))?;
    let sure = 0.55 + 0.5 * (rival.fit - own - LEAD).min(0.6);
    (rival.fit >= FITS && rival.fit > own + LEAD).then(|| said(mention, rival.mention, sure))
}

fn same_month_and_day(a: &Fields, b: &Fields) -> bool {
    a.month == b.month && a.day == b.day && a.day.is_some()
}

/// The rewrite knows a field that the source does not.
fn adds(rewrite: &Fields, source: &Fields) -> bool {
    let same_weekday = rewrite.weekday.is_some() && rewrite.weekday == source.weekday;
    (rewrite.day.is_some() && source.day.is_none() && !same_weekday)
        || (rewrite.month.is_some() && source.month.is_none() && source.weekday.is_none())
}

/// Tells whether a mention names nothing that could be looked up.
fn is_vague(fields: &Fields) -> bool {
    !(fields.names_a_day() || fields.year.is_some() || fields.month.is_some() || fields.clock.is_some())
}

/// Every number and name of the date stands somewhere in the sources, so it may be joined of two places.
fn number_stands(held: Held, mention: &DateMention) -> bool {
    held.witness.tokens_in(held.passage, &mention.span).iter().all(|token| held.sources.has(token))
}
