//! Who has words from whom, as the formats ask for it.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Edge, EdgeKind, ReportId, Source, Story};

use super::Index;

/// How many links back the way of a report is told.
const FURTHEST: usize = 32;

/// The links of a story, sorted by the report that has the words.
#[derive(Debug)]
pub struct Descent<'a> {
    into: BTreeMap<&'a str, Vec<&'a Edge>>,
    /// For each report that descends from a text that is not among them, which of these texts, counted from 0.
    pub lost: BTreeMap<&'a str, usize>,
}

impl<'a> Descent<'a> {
    /// Sorts the links of a story between reports that are at hand.
    pub fn new(story: &'a Story, index: &Index) -> Self {
        let is_here =
            |edge: &&Edge| index.contains_key(&*edge.to) && source(edge).is_none_or(|id| index.contains_key(id));
        let edges: Vec<&Edge> = story.lineage.iter().filter(is_here).collect();
        let mut into: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
        for edge in edges.iter().filter(|edge| edge.kind != EdgeKind::SharedOrigin) {
            into.entry(&edge.to).or_default().push(edge);
        }
        for edges in into.values_mut() {
            // The surest first; ties go by name.
            edges.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.from.cmp(&b.from)));
        }
        Descent { into, lost: lost(&edges) }
    }

    /// Returns the links into a report, the surest first.
    pub fn of(&self, report: &str) -> &[&'a Edge] {
        self.into.get(report).map_or(&[], Vec::as_slice)
    }

    /// Tells whether a text has its words from nobody that is known.
    pub fn is_first(&self, source: &Source) -> bool {
        match source {
            Source::Report(id) => self.of(id).is_empty() && !self.lost.contains_key(&**id),
            Source::Outside { .. } => true,
        }
    }

    /// Returns the way of the words to a report, the first source first: along the surest links, each report once, and
    /// no further back than a reader follows.
    pub fn way(&self, report: &'a ReportId) -> Vec<&'a Edge> {
        let mut way: Vec<&Edge> = Vec::new();
        let mut passed: BTreeSet<&str> = BTreeSet::from([&**report]);
        let mut at: &str = report;
        let is_new = |edge: &&&Edge, passed: &BTreeSet<&str>| source(edge).is_none_or(|from| !passed.contains(from));
        while way.len() < FURTHEST
            && let Some(edge) = self.of(at).iter().find(|edge| is_new(edge, &passed))
        {
            way.push(edge);
            let Some(from) = source(edge) else { break };
            passed.insert(from);
            at = from;
        }
        way.reverse();
        way
    }
}

/// Returns the report that a link comes from, where it is one.
pub fn source(edge: &Edge) -> Option<&str> {
    match &edge.from {
        Source::Report(id) => Some(id),
        Source::Outside { .. } => None,
    }
}

/// Joins reports that share an origin; texts are counted in the order of their least report.
fn lost<'a>(edges: &[&'a Edge]) -> BTreeMap<&'a str, usize> {
    let mut head: BTreeMap<&str, &str> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.kind == EdgeKind::SharedOrigin) {
        let Some(from) = source(edge) else { continue };
        let (a, b) = (find(&mut head, from), find(&mut head, &edge.to));
        head.insert(a.max(b), a.min(b));
    }
    let reports: Vec<&str> = head.keys().copied().collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for report in reports {
        let next = numbers.len();
        texts.insert(report, *numbers.entry(find(&mut head, report)).or_insert(next));
    }
    texts
}

/// Returns the head of a set, and shortens the way to it for the next who asks.
fn find<'a>(head: &mut BTreeMap<&'a str, &'a str>, report: &'a str) -> &'a str {
    let mut at = report;
    while let Some(&next) = head.get(at).filter(|next| **next != at) {
        at = next;
    }
    let mut passed = report;
    while let Some(next) = head.insert(passed, at).filter(|next| *next != passed && passed != at) {
        passed = next;
    }
    at
}
