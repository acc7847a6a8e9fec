//! The timeline: what is dated, in order of time; what no year or week is known for stands last.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{
    Collation, DateKind, DateMention, DriftKind, Moment, Report, Span, Statement, StatementKind, TimelineEntry,
};

/// Returns the dated statements of a story, one entry for each day and statement.
pub(crate) fn timeline(reports: &[&Report], collation: &Collation) -> Vec<TimelineEntry> {
    let statement_of = statements(collation);
    // A date that a rewrite changed or invented is shown as drift; the timeline has what the source says.
    let bent: BTreeSet<&Span> =
        collation.drift.iter().filter(|d| d.kind == DriftKind::Date).map(|d| &d.rewrite).collect();
    let mut entries: BTreeMap<(bool, String, String), TimelineEntry> = BTreeMap::new();
    for report in reports {
        let Some(notes) = &report.annotations else { continue };
        for date in notes.dates.iter().filter(|d| is_dated(d) && !bent.contains(&d.span)) {
            let at = notes.sentences.partition_point(|s| s.end <= date.span.start);
            let Some(sentence) = notes.sentences.get(at).filter(|s| s.holds(&date.span)) else { continue };
            let Some(statement) = statement_of.get(sentence) else { continue };
            let key = (date.value.starts_with('X'), date.value.clone(), statement.id.clone());
            let entry = entries.entry(key).or_insert_with(|| TimelineEntry {
                when: Moment { value: date.value.clone(), text: date.span.clone() },
                what: sentence.clone(),
                statement: statement.id.clone(),
                reports: Vec::new(),
            });
            // The statement's best witness tells the entry where it gives the same date.
            if *sentence == statement.gist {
                entry.what = sentence.clone();
                entry.when.text = date.span.clone();
            }
            if !entry.reports.contains(&report.id) {
                entry.reports.push(report.id.clone());
            }
        }
    }
    entries.into_values().collect()
}

fn statements(collation: &Collation) -> BTreeMap<&Span, &Statement> {
    let events = collation.statements.iter().filter(|s| s.kind == StatementKind::Event);
    events.flat_map(|s| s.readings.iter().map(move |r| (&r.sentence, s))).collect()
}

/// A point in time that can be put in order: a day, a month, a year; no duration, no "now".
fn is_dated(date: &DateMention) -> bool {
    let shaped =
        date.value.len() >= 4 && date.value.as_bytes().first().is_some_and(|b| b.is_ascii_digit() || *b == b'X');
    matches!(date.kind, DateKind::Date | DateKind::Time) && shaped
}
