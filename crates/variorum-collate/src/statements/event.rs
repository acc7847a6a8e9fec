//! Events: passages of several reports that say the same.

use variorum_news::{Span, Statement, StatementKind};

use super::{breadth, reading, rounded, verdict};
use crate::Told;
use crate::align::{Cluster, Part, Place, likeness};
use crate::ids::id;

/// Returns a statement for each cluster, and each cluster's whole passages with its statement's name.
pub(super) fn statements(story: &Told, clusters: &[Cluster]) -> (Vec<Statement>, Vec<(String, Vec<Place>)>) {
    let mut statements = Vec::with_capacity(clusters.len());
    let mut events = Vec::with_capacity(clusters.len());
    for Cluster { parts: cluster, sure } in clusters {
        let Some(best) = witness_of(story, cluster) else { continue };
        let gist = span(story, &best);
        let (reports, origins) = breadth(story, cluster.iter().map(|p| p.place.witness));
        let name = id("st", if best.words.is_some() { "clause" } else { "event" }, &gist);
        let readings = cluster.iter().map(|part| reading(story, part.place, span(story, part), None));
        statements.push(Statement {
            id: name.clone(),
            kind: StatementKind::Event,
            gist,
            about: None,
            readings: readings.collect(),
            reports,
            origins,
            verdict: verdict(origins),
            // One report agrees with itself.
            confidence: if reports > 1 { rounded(*sure) } else { 1.0 },
        });
        events.push((name, cluster.iter().filter(|p| p.words.is_none()).map(|p| p.place).collect()));
    }
    (statements, events)
}

fn span(story: &Told, part: &Part) -> Span {
    let witness = &story.witnesses[part.place.witness];
    let passage = &witness.passages[part.place.passage];
    match part.words {
        None => passage.span.clone(),
        Some((from, to)) => witness.spanner.span(passage.words[from].bytes.start..passage.words[to - 1].bytes.end),
    }
}

/// The best witness: a whole sentence before a clause, a report that has its words from nobody before one that has, then
/// the likest to all others.
fn witness_of(story: &Told, cluster: &[Part]) -> Option<Part> {
    let at = |p: &Part| &story.witnesses[p.place.witness].passages[p.place.passage];
    let central = |p: &Part| cluster.iter().take(12).map(|q| likeness(at(p), at(q), story.forms).score).sum::<f64>();
    let mut ranked: Vec<(bool, bool, f64, Part)> = cluster
        .iter()
        .take(50)
        .map(|p| (p.words.is_some(), story.kin.derived[p.place.witness], central(p), *p))
        .collect();
    ranked.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)).then(a.3.cmp(&b.3)));
    ranked.first().map(|r| r.3)
}
