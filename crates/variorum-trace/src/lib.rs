#![doc = include_str!("../README.md")]

mod candidates;
mod credit;
mod dateline;
mod details;
mod direction;
mod evidence;
mod explain;
mod forest;
mod independence;
mod likeness;
mod link;
mod measures;
mod model;
mod names;
mod origins;
mod outside;
mod profile;
mod register;
mod retold;
mod rows;
mod runs;

use variorum_news::{Edge, EdgeKind, Lineage, Report, Source};

use crate::credit::Absent;
use crate::explain::Told;
use crate::forest::{Kept, Links};
use crate::profile::Profile;

/// Returns the lineage of the reports of one story, which must be annotated: the same for every order of the reports.
pub fn trace(reports: &[&Report]) -> Lineage {
    let profiles = profiles(reports);
    let (pairs, unmeasured) = candidates::pairs(&profiles);
    let links: Links = pairs.into_iter().map(|(a, b)| ((a, b), link::judge(&profiles[a], &profiles[b]))).collect();
    let kept = forest::forest(&links, profiles.len(), unmeasured);
    let family = origins::families(profiles.len(), &kept);
    let mut edges: Vec<Edge> = kept.iter().map(|kept| edge(&profiles, &links, &family, *kept)).collect();
    edges.extend(outside::edges(&profiles, &links, &family));
    edges.sort_by(|x, y| (&x.to, &x.from).cmp(&(&y.to, &y.from)));
    let independence = independence::independence(&profiles, &links, &kept, &family, unmeasured);
    Lineage { edges, origins: origins::origins(&profiles, &family), independence }
}

/// Reads the reports in the order of their ids, so that nothing depends on the order in which they came.
fn profiles<'a>(reports: &[&'a Report]) -> Vec<Profile<'a>> {
    let mut profiles: Vec<Profile<'a>> = reports.iter().map(|report| Profile::of(report)).collect();
    profiles.sort_by(|x, y| x.report.id.cmp(&y.report.id));
    names::settle(&mut profiles);
    names::spell_out(&mut profiles);
    let absent: Vec<Absent> = profiles.iter().map(|profile| credit::absent(profile, &profiles)).collect();
    for (profile, absent) in profiles.iter_mut().zip(absent) {
        profile.absent = absent;
    }
    profiles
}

fn edge(profiles: &[Profile<'_>], links: &Links, family: &[usize], kept: Kept) -> Edge {
    let forward = kept.from < kept.to;
    let link = &links[&(kept.from.min(kept.to), kept.from.max(kept.to))];
    let (from, to) = (&profiles[kept.from], &profiles[kept.to]);
    let named = if kept.kind == EdgeKind::SharedOrigin { None } else { link.credits[usize::from(!forward)].as_ref() };
    let runs = runs::shared(from, to);
    let mut evidence = evidence::passages(from, to, &link.likeness.matches, forward, &runs);
    evidence.extend(named.and_then(|named| named.span.as_ref()).map(evidence::of_credit));
    let strangers = strangers(profiles, family, kept);
    let told = Told { from, to, link, kind: kept.kind, forward, runs: &runs, strangers: &strangers };
    Edge {
        from: Source::Report(from.report.id.clone()),
        to: to.report.id.clone(),
        kind: kept.kind,
        credited: named.is_some(),
        score: rounded(link.kinship()),
        evidence,
        explain: explain::in_two_sentences(&told).join(" "),
    }
}

/// Returns the reports of other origins than an edge's; of a large story none, for each edge would ask them all.
fn strangers<'a, 'r>(profiles: &'a [Profile<'r>], family: &[usize], kept: Kept) -> Vec<&'a Profile<'r>> {
    const MOST: usize = 60;
    let others = profiles.iter().zip(family).filter(|(_, theirs)| **theirs != family[kept.to]);
    if profiles.len() > MOST { Vec::new() } else { others.map(|(profile, _)| profile).collect() }
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

/// Returns the words that each of two reports has alone: what `data/register.tsv` is fitted on.
pub fn words_alone(a: &Report, b: &Report) -> [Vec<String>; 2] {
    let (a, b) = (Profile::of(a), Profile::of(b));
    [register::words_alone(&a, &b), register::words_alone(&b, &a)]
}

#[cfg(test)]
mod adversaries;
#[cfg(test)]
mod tests;
