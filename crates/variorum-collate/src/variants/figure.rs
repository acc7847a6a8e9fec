//! Unlike amounts of the same thing.

use std::collections::BTreeMap;

use variorum_news::{Figure, Value, Variant, VariantKind};

use super::variant;
use crate::Told;
use crate::dates::{Days, Fields, days, is_point};
use crate::figures::{Amounts, amounts};
use crate::statements::{Groups, ToldFigure, reading};

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    groups.figures.iter().filter_map(|(statement, group)| one(story, statement, group)).collect()
}

fn one(story: &Told, statement: &str, group: &[ToldFigure]) -> Option<Variant> {
    let figure = |t: &ToldFigure| -> &Figure { &story.witnesses[t.place.witness].notes.figures[t.figure] };
    let mut by_witness: BTreeMap<usize, Vec<&ToldFigure>> = BTreeMap::new();
    for told in group {
        by_witness.entry(told.place.witness).or_default().push(told);
    }
    // Two reports differ only where no amount of the one goes with any of the other: a report that gives an early and a
    // late count does not contradict one that gives the late count alone.
    let apart = |a: &[&ToldFigure], b: &[&ToldFigure]| {
        a.iter().all(|x| b.iter().all(|y| amounts(figure(x), figure(y)) == Amounts::Differ && !other_day(story, x, y)))
    };
    let witnesses: Vec<&Vec<&ToldFigure>> = by_witness.values().collect();
    let differ = witnesses.iter().enumerate().any(|(i, a)| witnesses[i + 1..].iter().any(|b| apart(a, b)));
    if !differ {
        return None;
    }
    let about =
        group.iter().find_map(|t| figure(t).what.clone()).unwrap_or_else(|| figure(&group[0]).span.text.clone());
    let readings = group.iter().map(|t| {
        let f = figure(t);
        let mut reading = reading(story, t.place, f.span.clone(), Some(Value::Number(f.value)));
        reading.hedge = f.hedge;
        reading
    });
    variant(VariantKind::Figure, about, statement, readings.collect())
}

/// Tuesday's count is not Thursday's.
fn other_day(story: &Told, a: &ToldFigure, b: &ToldFigure) -> bool {
    let fields = |t: &ToldFigure| -> Vec<Fields> {
        let witness = &story.witnesses[t.place.witness];
        let passage = &witness.passages[t.place.passage];
        witness.notes.dates[passage.dates.clone()]
            .iter()
            .filter(|d| is_point(d))
            .map(|d| Fields::of_value(&d.value))
            .filter(Fields::names_a_day)
            .collect()
    };
    let (a, b) = (fields(a), fields(b));
    !a.is_empty() && !b.is_empty() && a.iter().all(|x| b.iter().all(|y| days(x, y) == Days::Differ))
}
