#![doc = include_str!("../README.md")]

mod candidates;
mod credit;
mod direction;
mod evidence;
mod explain;
mod forest;
mod likeness;
mod link;
mod measures;
mod model;
mod profile;
mod retold;
mod rows;

use variorum_news::{CreditKind, Edge, EdgeKind, Evidence, Lineage, Report, ReportId, Source};

use crate::credit::Absent;
use crate::forest::{Kept, Links};
use crate::profile::Profile;

/// Returns the lineage of the reports of one story, which must be annotated: the same for every order of the reports.
pub fn trace(reports: &[&Report]) -> Lineage {
    let profiles = profiles(reports);
    let (pairs, unmeasured) = candidates::pairs(&profiles);
    let links: Links = pairs.into_iter().map(|(a, b)| ((a, b), link::judge(&profiles[a], &profiles[b]))).collect();
    let kept = forest::forest(&links, profiles.len(), unmeasured);
    let mut edges: Vec<Edge> = kept.iter().map(|kept| edge(&profiles, &links, *kept)).collect();
    edges.extend(outside_edges(&profiles));
    edges.sort_by(|x, y| (&x.to, &x.from).cmp(&(&y.to, &y.from)));
    Lineage { edges, origins: origins(&profiles, &kept) }
}

/// Reads the reports in the order of their ids, so that nothing depends on the order in which they came.
fn profiles<'a>(reports: &[&'a Report]) -> Vec<Profile<'a>> {
    let mut profiles: Vec<Profile<'a>> = reports.iter().map(|report| Profile::of(report)).collect();
    profiles.sort_by(|x, y| x.report.id.cmp(&y.report.id));
    let absent: Vec<Absent> = profiles.iter().map(|profile| credit::absent(profile, &profiles)).collect();
    for (profile, absent) in profiles.iter_mut().zip(absent) {
        profile.absent = absent;
    }
    profiles
}

fn edge(profiles: &[Profile<'_>], links: &Links, kept: Kept) -> Edge {
    let forward = kept.from < kept.to;
    let link = &links[&(kept.from.min(kept.to), kept.from.max(kept.to))];
    let (from, to) = (&profiles[kept.from], &profiles[kept.to]);
    let named = if kept.kind == EdgeKind::SharedOrigin { None } else { link.credits[usize::from(!forward)].as_ref() };
    let mut evidence = evidence::passages(from, to, &link.likeness.matches, forward);
    evidence.extend(named.and_then(|named| named.span.clone()).map(|span| Evidence { from: None, to: span }));
    Edge {
        from: Source::Report(from.report.id.clone()),
        to: to.report.id.clone(),
        kind: kept.kind,
        credited: named.is_some(),
        score: rounded(model::probability(link.odds)),
        evidence,
    }
}

/// Returns an edge for each credit to a source that is not among the reports.
fn outside_edges(profiles: &[Profile<'_>]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for profile in profiles {
        for (credit, _) in credit::outside(profile, profiles) {
            edges.push(Edge {
                from: Source::Outside { outside: credit.source.clone() },
                to: profile.report.id.clone(),
                kind: EdgeKind::Rewrite,
                credited: true,
                score: if credit.kind == CreditKind::OriginalSource { 0.9 } else { 0.7 },
                evidence: credit::span_of(profile, credit)
                    .map(|span| Evidence { from: None, to: span })
                    .into_iter()
                    .collect(),
            });
        }
    }
    edges
}

/// Returns the families that the kept edges make, each in order, the families in order of their first.
fn origins(profiles: &[Profile<'_>], kept: &[Kept]) -> Vec<Vec<ReportId>> {
    let mut family: Vec<usize> = (0..profiles.len()).collect();
    for edge in kept {
        let (x, y) = (family[edge.from].min(family[edge.to]), family[edge.from].max(family[edge.to]));
        family.iter_mut().filter(|member| **member == y).for_each(|member| *member = x);
    }
    // A family bears the index of its first member, and the profiles are in order: so are the families.
    let mut origins: Vec<Vec<ReportId>> = vec![Vec::new(); profiles.len()];
    for (profile, family) in profiles.iter().zip(&family) {
        origins[*family].push(profile.report.id.clone());
    }
    origins.retain(|origin| !origin.is_empty());
    origins
}

/// Scores are printed to three places: more would feign precision.
fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

/// Returns what speaks for and against a link between two reports, as sentences for a person.
pub fn explain(a: &Report, b: &Report) -> Vec<String> {
    let profiles = profiles(&[a, b]);
    let [a, b] = &profiles[..] else { return Vec::new() };
    explain::explain(a, b, &link::judge(a, b))
}

/// Returns what the models weigh between two reports, by name: what their weights are fitted on.
pub fn measures(a: &Report, b: &Report) -> Vec<(&'static str, f64)> {
    let (a, b) = (Profile::of(a), Profile::of(b));
    let likeness = likeness::likeness(&a, &b);
    [measures::of_link(&likeness), measures::of_direction(&likeness), measures::of_sharing(&likeness)].concat()
}

#[cfg(test)]
mod tests;
