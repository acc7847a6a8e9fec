//! Variants: where reports differ.

mod attribution;
mod date;
mod figure;
mod name;
mod polarity;
mod predicate;
mod scope;
mod status;
#[cfg(test)]
mod tests;
mod toll;

use variorum_news::{Drift, Reading, Statement, Value, Variant, VariantKind};

use crate::ids::id;
use crate::statements::Groups;
use crate::{Options, Told};

/// Findings of a class of which fewer were right are shown on demand only.
pub(crate) const SHOWN: f64 = 0.9;
/// What the words themselves show.
const SURE: f64 = 0.95;
/// What the trees of both sentences bear out.
const BORNE_OUT: f64 = 0.9;
/// What words in common alone suggest.
const SUGGESTED: f64 = 0.3;

/// Returns the places where reports differ, by kind and then by their first words.
pub(crate) fn variants(
    story: &Told,
    statements: &[Statement],
    groups: &Groups,
    drift: &[Drift],
    options: &Options,
) -> Vec<Variant> {
    let mut found = toll::variants(story, groups);
    found.extend(figure::variants(story, groups));
    found.extend(date::variants(story, groups, drift));
    found.extend(scope::variants(story, groups));
    found.extend(status::variants(story, groups));
    found.extend(polarity::variants(story, groups));
    found.extend(name::variants(story, statements));
    found.extend(attribution::variants(statements));
    found.retain(|v| options.all || v.confidence >= SHOWN);
    found.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| first(a).cmp(&first(b))).then_with(|| a.id.cmp(&b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    joined(found)
}

/// The value of a reading without its day: one clock is told with a day here and without one there.
fn told(reading: &Reading) -> String {
    let value = match &reading.value {
        Some(Value::Word(word)) => word.split_once('T').map_or(word.as_str(), |(_, clock)| clock).to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        None => String::new(),
    };
    format!("{value} {:?}", reading.hedge)
}

/// Joins differences that are one: of one kind, between the same values, with a reading in common.
fn joined(variants: Vec<Variant>) -> Vec<Variant> {
    let values = |v: &Variant| {
        let mut values: Vec<String> = v.readings.iter().map(told).collect();
        values.sort();
        values.dedup();
        values
    };
    let mut found: Vec<Variant> = Vec::new();
    for variant in variants {
        let is_one = |other: &&mut Variant| {
            let shared = variant.readings.iter().any(|r| other.readings.iter().any(|o| o.span == r.span));
            other.kind == variant.kind && shared && values(other) == values(&variant)
        };
        match found.iter_mut().find(is_one) {
            Some(other) => {
                for reading in variant.readings {
                    if other.readings.iter().all(|o| o.span != reading.span) {
                        other.readings.push(reading);
                    }
                }
            }
            None => found.push(variant),
        }
    }
    found
}

fn first(variant: &Variant) -> Option<&variorum_news::Span> {
    variant.readings.first().map(|r| &r.span)
}

fn variant(kind: VariantKind, about: String, statement: &str, readings: Vec<Reading>) -> Option<Variant> {
    let word = match kind {
        VariantKind::Figure => "figure",
        VariantKind::Date => "date",
        VariantKind::Time => "time",
        VariantKind::Status => "status",
        VariantKind::Attribution => "attribution",
        VariantKind::Name => "name",
        VariantKind::Polarity => "polarity",
        VariantKind::Scope => "scope",
    };
    let id = id("v", word, &readings.first()?.span);
    Some(Variant { id, kind, about, statement: statement.to_owned(), readings, development: false, confidence: SURE })
}

/// The statement that a passage belongs to.
fn statement_of(groups: &Groups, place: crate::align::Place) -> String {
    groups.events.iter().find(|(_, places)| places.contains(&place)).map_or_else(String::new, |(name, _)| name.clone())
}
