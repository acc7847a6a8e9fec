//! Events: passages of several reports that say the same.

use variorum_news::{Statement, StatementKind};

use super::{breadth, reading, verdict};
use crate::Told;
use crate::align::{Place, likeness};
use crate::ids::id;

/// Returns a statement for each cluster, and each cluster with its statement's name.
pub(super) fn statements(story: &Told, clusters: &[Vec<Place>]) -> (Vec<Statement>, Vec<(String, Vec<Place>)>) {
    let mut statements = Vec::with_capacity(clusters.len());
    let mut events = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let best = witness_of(story, cluster);
        let gist = story.witnesses[best.witness].passages[best.passage].span.clone();
        let (reports, origins) = breadth(story, cluster.iter().map(|p| p.witness));
        let name = id("st", "event", &gist);
        let readings = cluster.iter().map(|&place| {
            let span = story.witnesses[place.witness].passages[place.passage].span.clone();
            reading(story, place, span, None)
        });
        statements.push(Statement {
            id: name.clone(),
            kind: StatementKind::Event,
            gist,
            about: None,
            readings: readings.collect(),
            reports,
            origins,
            verdict: verdict(origins),
        });
        events.push((name, cluster.clone()));
    }
    (statements, events)
}

/// The best witness: a report that has its words from nobody before one that has, then the likest to all others.
fn witness_of(story: &Told, cluster: &[Place]) -> Place {
    let at = |p: &Place| &story.witnesses[p.witness].passages[p.passage];
    let central = |p: &Place| cluster.iter().take(12).map(|q| likeness(at(p), at(q), story.forms).score).sum::<f64>();
    let mut ranked: Vec<(bool, f64, Place)> =
        cluster.iter().take(50).map(|p| (story.kin.derived[p.witness], central(p), *p)).collect();
    ranked.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    ranked.first().map_or(Place { witness: 0, passage: 0 }, |r| r.2)
}
