//! What lists, searches and outlet pages say of a story.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{DoubtKind, Drift, Edge, EdgeKind, ReportId, Source, Story, Variant};
use variorum_store::{Fingerprint, Flags, ReportRow, StoryCard, Tally};

use crate::{Decision, Ruling, drift_key, variant_key};

/// What stories are counted under that others tell too, and how their reports stand in them.
pub const SHARED: &str = "shared";
pub const ORIGINAL: &str = "original";
pub const COPIED: &str = "copied";
/// Reports of the outlet that have words of the other.
pub const TOOK: &str = "took";
/// What reports of the outlet bent of the other's words; the kind follows.
pub const BENT: &str = "bent ";

/// Returns what lists show of a story.
pub fn card<'a>(
    made: Fingerprint,
    story: &Story,
    rows: impl Iterator<Item = &'a ReportRow> + Clone,
    decisions: &BTreeMap<String, Decision>,
) -> StoryCard {
    let independence = story.independence.as_ref();
    StoryCard {
        id: story.id.clone(),
        made: Some(made),
        changed: 0,
        first_seen: rows.clone().map(|row| row.first_seen).min().unwrap_or_default(),
        newest: rows.clone().map(|row| row.first_seen).max().unwrap_or_default(),
        reports: count(story.reports.len()),
        publishers: count(independence.map_or(0, |of| of.publishers)),
        origins: count(story.origins.len()),
        uncertain: count(independence.map_or(0, |of| of.uncertain)),
        variants: count(variants(story, decisions).filter(|variant| !variant.development).count()),
        drift: count(drift(story, decisions).count()),
        title: story.title.as_ref().map(|span| span.text.clone()),
        lead: story.account.first().map(|sentence| sentence.text.clone()),
        language: most(rows.filter_map(|row| row.language.as_deref())),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Returns the word that comes most often, the first of them in order.
fn most<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let best = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    best.map(|(word, _)| word.to_owned())
}

/// Returns the variants that no person dismissed.
fn variants<'a>(story: &'a Story, decisions: &'a BTreeMap<String, Decision>) -> impl Iterator<Item = &'a Variant> {
    story.variants.iter().filter(|variant| !is_dismissed(decisions, &variant_key(variant)))
}

/// Returns the drift that no person dismissed.
fn drift<'a>(story: &'a Story, decisions: &'a BTreeMap<String, Decision>) -> impl Iterator<Item = &'a Drift> {
    story.drift.iter().filter(|drift| !is_dismissed(decisions, &drift_key(drift)))
}

fn is_dismissed(decisions: &BTreeMap<String, Decision>, key: &str) -> bool {
    decisions.get(key).is_some_and(|decision| decision.ruling == Ruling::Dismissed)
}

/// Returns what the story says of each of its reports.
///
/// A report has words of another where a link leads to it from a report of its origin or from a source that it credits,
/// or where both have them from a text that is not here. One that has no such link has words of its own, as far as there
/// are others to compare it with and it is long enough to tell.
pub fn flags(story: &Story, decisions: &BTreeMap<String, Decision>) -> BTreeMap<ReportId, Flags> {
    let copied: BTreeSet<&ReportId> = links(story).flat_map(takers).collect();
    let doubts = story.independence.iter().flat_map(|of| &of.doubts);
    let short: BTreeSet<&ReportId> =
        doubts.filter(|doubt| doubt.kind == DoubtKind::Short).flat_map(|doubt| &doubt.reports).collect();
    let bent: BTreeSet<&ReportId> = drift(story, decisions).map(|drift| &drift.rewrite.report).collect();
    let differ: BTreeSet<&ReportId> = variants(story, decisions)
        .filter(|variant| !variant.development)
        .flat_map(|variant| variant.readings.iter().map(variorum_news::Reading::report))
        .collect();
    let flags = |id: &ReportId| Flags {
        original: match copied.contains(id) {
            true => Some(false),
            false => (story.reports.len() > 1 && !short.contains(id)).then_some(true),
        },
        drift: bent.contains(id),
        variants: differ.contains(id),
    };
    story.reports.iter().map(|id| (id.clone(), flags(id))).collect()
}

/// Returns the links that the origins of the story rest on, and those to sources outside.
fn links(story: &Story) -> impl Iterator<Item = &Edge> {
    let mut origin: BTreeMap<&ReportId, usize> = BTreeMap::new();
    for (n, reports) in story.origins.iter().enumerate() {
        origin.extend(reports.iter().map(|report| (report, n)));
    }
    story.lineage.iter().filter(move |edge| match &edge.from {
        Source::Report(from) => origin.get(from) == origin.get(&edge.to),
        Source::Outside { .. } => true,
    })
}

/// Returns the reports of a link that have words of another.
fn takers(edge: &Edge) -> Vec<&ReportId> {
    match &edge.from {
        Source::Report(from) if edge.kind == EdgeKind::SharedOrigin => vec![from, &edge.to],
        _ => vec![&edge.to],
    }
}

/// Returns what each outlet did in the story, counted.
pub fn tallies<'a>(
    story: &Story,
    rows: impl Iterator<Item = &'a ReportRow>,
    flags: &BTreeMap<ReportId, Flags>,
    decisions: &BTreeMap<String, Decision>,
) -> Vec<Tally> {
    let outlets: BTreeMap<&ReportId, &str> = rows.filter_map(|row| Some((&row.id, row.outlet.as_deref()?))).collect();
    let is_shared = story.independence.as_ref().is_some_and(|of| of.publishers + of.unnamed > 1);
    let mut counts: BTreeMap<(String, &str, &str), u64> = BTreeMap::new();
    let mut add = |what: String, outlet, other| *counts.entry((what, outlet, other)).or_default() += 1;
    for (id, outlet) in outlets.iter().filter(|_| is_shared) {
        add(SHARED.to_owned(), outlet, "");
        match flags.get(*id).and_then(|flags| flags.original) {
            Some(true) => add(ORIGINAL.to_owned(), outlet, ""),
            Some(false) => add(COPIED.to_owned(), outlet, ""),
            None => {}
        }
    }
    for (taker, from) in taken(story, &outlets) {
        if let Some(outlet) = outlets.get(taker) {
            add(TOOK.to_owned(), outlet, from);
        }
    }
    for drift in drift(story, decisions) {
        let of = |id: &ReportId| outlets.get(id).copied();
        let Some(outlet) = of(&drift.rewrite.report) else { continue };
        let from = drift.source.as_ref().and_then(|span| of(&span.report)).unwrap_or("");
        let kind = serde_json::to_value(drift.kind).ok();
        add(format!("{BENT}{}", kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default()), outlet, from);
    }
    let tally = |((what, outlet, other), n): ((String, &str, &str), u64)| Tally {
        what,
        outlet: outlet.to_owned(),
        other: other.to_owned(),
        n,
    };
    counts.into_iter().map(tally).collect()
}

/// Returns each report that has words of another outlet, once for each such outlet.
fn taken<'a>(story: &'a Story, outlets: &BTreeMap<&ReportId, &'a str>) -> BTreeSet<(&'a ReportId, &'a str)> {
    let pair = |edge: &'a Edge| {
        let from = match &edge.from {
            _ if edge.kind == EdgeKind::SharedOrigin => None,
            Source::Report(from) => outlets.get(from).copied(),
            Source::Outside { outside } => Some(outside.as_str()),
        };
        from.filter(|from| outlets.get(&edge.to) != Some(from)).map(|from| (&edge.to, from))
    };
    links(story).filter_map(pair).collect()
}
