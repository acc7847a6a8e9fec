//! How many were killed, injured, missing: one statement for each, with a reading for each report.

use std::ops::Range;

use variorum_news::{Figure, Span, Statement, StatementKind, Value};

use super::{breadth, reading, share_right, verdict};
use crate::Told;
use crate::figures::{Amounts, amounts};
use crate::ids::id;
use crate::tolls::{Tally, Toll, Tolls};

/// The tallies of one toll, with the name of their statement.
#[derive(Debug)]
pub(crate) struct TollGroup {
    /// The name of the statement.
    pub statement: String,
    /// A tally of each report that gives one, in order of time and then of reports.
    pub tallies: Vec<Tally>,
}

/// Returns a statement for each toll of the story, and what it was made of.
pub(super) fn statements(story: &Told, tolls: &Tolls) -> (Vec<Statement>, Vec<TollGroup>) {
    let mut statements = Vec::new();
    let mut groups = Vec::new();
    for toll in Toll::ALL {
        let mut tallies: Vec<Tally> = tolls.tallies.iter().filter(|t| t.toll == toll).cloned().collect();
        tallies.sort_by(|a, b| moment(story, a).cmp(&moment(story, b)).then(a.place.cmp(&b.place)));
        if let Some((statement, group)) = one(story, toll, tallies) {
            statements.push(statement);
            groups.push(group);
        }
    }
    (statements, groups)
}

fn one(story: &Told, toll: Toll, tallies: Vec<Tally>) -> Option<(Statement, TollGroup)> {
    let (reports, origins) = breadth(story, tallies.iter().map(|t| t.place.witness));
    // Who was killed or hurt is what a reader asks first; the other tolls are told where two reports count them.
    if reports < if toll <= Toll::Injured { 1 } else { 2 } {
        return None;
    }
    // The latest count stands for all; a report that has its words from another only where there is none else.
    let latest = tallies.iter().rev().filter(|t| t.firm).find(|t| !story.kin.derived[t.place.witness]);
    let latest = latest.or_else(|| tallies.iter().rev().find(|t| t.firm)).or(tallies.last())?;
    let agree = |t: &&Tally| amounts(&figure(latest), &figure(t)) != Amounts::Differ;
    let agreeing = breadth(story, tallies.iter().filter(agree).map(|t| t.place.witness)).1;
    let gist = span(story, latest);
    let name = id("st", toll.word(), &gist);
    let statement = Statement {
        id: name.clone(),
        kind: StatementKind::Figure,
        about: Some(toll.word().to_owned()),
        readings: tallies.iter().map(|t| toll_reading(story, t)).collect(),
        gist,
        reports,
        origins,
        verdict: verdict(agreeing),
        confidence: if reports > 1 { share_right("toll") } else { 1.0 },
    };
    Some((statement, TollGroup { statement: name, tallies }))
}

/// Returns the reading of a tally, with the time at which its report gave it.
pub(crate) fn toll_reading(story: &Told, tally: &Tally) -> variorum_news::Reading {
    let mut reading = reading(story, tally.place, span(story, tally), Some(Value::Number(tally.value)));
    reading.hedge = tally.hedge;
    reading.when = moment(story, tally);
    reading
}

/// Returns when the report of a tally was published, as a TIMEX3 value to the minute.
pub(crate) fn moment(story: &Told, tally: &Tally) -> Option<String> {
    crate::tolls::published(story.witnesses[tally.place.witness].report)
}

/// Returns a tally as a figure, to be compared with others.
pub(crate) fn figure(tally: &Tally) -> Figure {
    let span = Span { report: "".into(), start: 0, end: 0, text: String::new() };
    let (value, high, hedge) = (tally.value, tally.high, tally.hedge);
    Figure { span, value, high, unit: None, what: None, hedge, trend: None, per: None, vague: tally.vague }
}

fn span(story: &Told, tally: &Tally) -> Span {
    let Range { start, end } = tally.bytes;
    story.witnesses[tally.place.witness].spanner.span(start..end)
}
