//! Unlike amounts of the same thing.

use std::collections::BTreeSet;

use variorum_news::{Figure, Value, Variant, VariantKind};

use super::predicate::predicate;
use super::{BORNE_OUT, SUGGESTED, variant};
use crate::Told;
use crate::dates::{Days, Fields, days, is_point};
use crate::figures::{Amounts, Counted, amounts};
use crate::statements::{FigureGroup, Groups, ToldFigure, reading};
use crate::witness::Passage;

/// So many pairs of amounts are looked at for each thing counted.
const MOST: usize = 40;

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    groups.figures.iter().filter_map(|group| one(story, group)).collect()
}

fn one(story: &Told, group: &FigureGroup) -> Option<Variant> {
    let figure = |t: &ToldFigure| -> &Figure { &story.witnesses[t.place.witness].notes.figures[t.figure] };
    // Two reports differ only where no amount of the one goes with any of the other: a report that gives an early and a
    // late count does not contradict one that gives the late count alone.
    let alone = |a: &ToldFigure, b: &ToldFigure| {
        let of = |t: &ToldFigure| group.told.iter().filter(|o| o.place.witness == t.place.witness).collect::<Vec<_>>();
        of(a).iter().all(|x| of(b).iter().all(|y| amounts(figure(x), figure(y)) == Amounts::Differ))
    };
    let apart: Vec<&(ToldFigure, ToldFigure)> =
        group.apart.iter().filter(|(a, b)| alone(a, b) && !other_day(story, a, b)).take(MOST).collect();
    let solid: Vec<&(ToldFigure, ToldFigure)> =
        apart.iter().copied().filter(|(a, b)| is_borne_out(story, a, b)).collect();
    let confidence = if solid.is_empty() { SUGGESTED } else { BORNE_OUT };
    let apart = if solid.is_empty() { apart } else { solid };
    // Shown are the figures that differ, and those that say the same as one of them.
    let differing: BTreeSet<ToldFigure> = apart.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let equal = |t: &ToldFigure| differing.iter().any(|d| amounts(figure(d), figure(t)) == Amounts::Equal);
    let shown: Vec<&ToldFigure> = group.told.iter().filter(|t| differing.contains(t) || equal(t)).collect();
    let first = apart.first()?;
    let mut naming: Vec<&ToldFigure> = shown.clone();
    naming.sort_by_key(|t| story.kin.derived[t.place.witness]);
    let about =
        naming.iter().find_map(|t| figure(t).what.clone()).unwrap_or_else(|| figure(&first.0).span.text.clone());
    let readings = shown.into_iter().map(|t| {
        let f = figure(t);
        let mut reading = reading(story, t.place, f.span.clone(), Some(Value::Number(f.value)));
        reading.hedge = f.hedge;
        reading
    });
    let mut found = variant(VariantKind::Figure, about, &group.statement, readings.collect())?;
    found.confidence = confidence;
    Some(found)
}

/// Tells whether both sentences say their amount of the same thing: the same act done to people in the same place, or the
/// same words of one clause.
fn is_borne_out(story: &Told, a: &ToldFigure, b: &ToldFigure) -> bool {
    let witness = |t: &ToldFigure| &story.witnesses[t.place.witness];
    let passage = |t: &ToldFigure| &witness(t).passages[t.place.passage];
    let figure = |t: &ToldFigure| &witness(t).notes.figures[t.figure];
    let counted = |t: &ToldFigure| Counted::new(figure(t), witness(t), passage(t));
    if counted(a).counts_an_act(&counted(b)) {
        return shares_a_name(passage(a), passage(b));
    }
    let said = |t: &ToldFigure| {
        let base = witness(t).spanner.bytes(&passage(t).span).start;
        let bytes = witness(t).spanner.bytes(&figure(t).span);
        predicate(&passage(t).span.text, bytes.start - base..bytes.end - base)
    };
    match (said(a), said(b)) {
        (Some(x), Some(y)) => x.is_of(&y) && x.has_role_of(&y),
        _ => false,
    }
}

fn shares_a_name(a: &Passage, b: &Passage) -> bool {
    let names = |p: &Passage| -> BTreeSet<u32> {
        p.words.iter().skip(1).filter(|t| t.capital).filter_map(|t| t.form).collect()
    };
    !names(a).is_disjoint(&names(b))
}

/// Tuesday's count is not Thursday's, nor this year's last year's.
fn other_day(story: &Told, a: &ToldFigure, b: &ToldFigure) -> bool {
    let fields = |t: &ToldFigure| -> Vec<Fields> {
        let witness = &story.witnesses[t.place.witness];
        let passage = &witness.passages[t.place.passage];
        witness.notes.dates[passage.dates.clone()]
            .iter()
            .filter(|d| is_point(d))
            .map(|d| Fields::of_value(&d.value))
            .collect()
    };
    let (a, b) = (fields(a), fields(b));
    !a.is_empty() && !b.is_empty() && a.iter().all(|x| b.iter().all(|y| days(x, y) == Days::Differ))
}
