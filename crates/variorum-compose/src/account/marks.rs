//! Which told sentence is agreed on, and where reports differ in its very words.

use variorum_news::{Reading, Span, Variant, Verdict};

use super::Pick;
use crate::told::Told;

/// Where reports differ: a variant, by the places of its readings.
struct Differing<'a> {
    variant: &'a Variant,
    readings: Vec<(usize, &'a Span)>,
}

/// The variants of a story, for those who mark what is told.
pub(super) struct Marks<'a> {
    differing: Vec<Differing<'a>>,
}

impl<'a> Marks<'a> {
    /// Reads the variants of a story.
    pub(super) fn new(told: &Told<'a>) -> Self {
        let of = |variant: &'a Variant| Differing {
            variant,
            readings: variant.readings.iter().filter_map(|r| Some((told.place(r.report())?, &r.span))).collect(),
        };
        let apart = |v: &&Variant| {
            let value = |r: &Reading| format!("{:?}", r.value);
            v.readings.iter().any(|r| value(r) != value(&v.readings[0])) || v.readings.iter().all(|r| r.value.is_none())
        };
        Marks { differing: told.collation.variants.iter().filter(apart).map(of).collect() }
    }

    /// Returns the mark of what is told, and the variants that have a reading in its very words.
    pub(super) fn of(&self, pick: &Pick) -> (Verdict, Vec<String>) {
        let passage = &pick.passage;
        let here = |(report, span): &(usize, &Span)| *report == passage.line.0 && passage.span.holds(span);
        let touching: Vec<&Variant> =
            self.differing.iter().filter(|d| d.readings.iter().any(here)).map(|d| d.variant).collect();
        // A later count is no contradiction of an earlier one.
        let differs = touching.iter().any(|v| !v.development);
        let mark = if differs { Verdict::Differs } else { pick.statement.verdict };
        (mark, touching.into_iter().map(|v| v.id.clone()).collect())
    }
}
