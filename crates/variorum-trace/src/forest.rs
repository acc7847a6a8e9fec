//! From links between pairs to a forest: one best source for each report, and the families that it makes.

use std::collections::BTreeMap;

use variorum_news::EdgeKind;

use crate::candidates::Unmeasured;
use crate::link::Link;
use crate::model::{self, weight};

/// An edge that was kept: the source (or, for a shared origin, the lesser), the other, and what joins them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
}

/// Every pair that was measured, lesser index first.
pub type Links = BTreeMap<(usize, usize), Link>;

/// Returns the edges to keep, strongest first.
///
/// Method: Kruskal's maximum spanning forest over the links that hold, in which a report takes one source only. A link
/// that would join two families must also be likely between their other members: one chance likeness makes no kinship.
pub fn forest(links: &Links, reports: usize, unmeasured: Unmeasured) -> Vec<Kept> {
    let mut order: Vec<(&(usize, usize), &Link)> = links.iter().filter(|(_, link)| link.holds()).collect();
    order.sort_by(|x, y| y.1.odds.total_cmp(&x.1.odds).then(x.0.cmp(y.0)));
    let mut families: Vec<Vec<usize>> = (0..reports).map(|report| vec![report]).collect();
    let mut family: Vec<usize> = (0..reports).collect();
    let mut has_source = vec![false; reports];
    let mut kept = Vec::new();
    for (&(a, b), link) in order {
        let (x, y) = (family[a], family[b]);
        let credited = link.credits.iter().any(Option::is_some);
        if x == y || !(credited || likely(links, &families[x], &families[y], unmeasured)) {
            continue;
        }
        let edge = edge(a, b, link, &has_source);
        has_source[edge.to] |= edge.kind != EdgeKind::SharedOrigin;
        kept.push(edge);
        let moved = std::mem::take(&mut families[y]);
        for &member in &moved {
            family[member] = x;
        }
        families[x].extend(moved);
    }
    kept
}

/// Returns the calibrated probability that two families are one, each a list of reports: what their likeliest link says,
/// held down where the mean over all their pairs is not likely, as the forest does. Two families of one report each are
/// a pair.
///
/// `origins` are as certain as these: an edge kept at .6 and a join refused at .4 are both open questions.
pub(crate) fn kinship(links: &Links, x: &[usize], y: &[usize], unmeasured: Unmeasured) -> f64 {
    let between = || x.iter().flat_map(|a| y.iter().map(move |b| (*a.min(b), *a.max(b))));
    let best = between().filter_map(|pair| links.get(&pair)).max_by(|p, q| p.odds.total_cmp(&q.odds));
    let Some(best) = best else { return 0.0 };
    if x.len() * y.len() == 1 || best.credits.iter().any(Option::is_some) {
        return best.kinship();
    }
    // A mean at the bar weighs as a link at the bar does.
    let mean = mean_odds(links, x, y, unmeasured) - weight("join.mean") + weight("decision");
    model::calibrated(best.odds.min(mean))
}

fn edge(a: usize, b: usize, link: &Link, has_source: &[bool]) -> Kept {
    let (from, to) = if link.forward() { (a, b) } else { (b, a) };
    // A second source for one report: what it shares with this one, both have from a text in between or before.
    if link.kind == EdgeKind::SharedOrigin || has_source[to] {
        return Kept { from: a, to: b, kind: EdgeKind::SharedOrigin };
    }
    Kept { from, to, kind: link.kind }
}

/// Tells whether two families are likely one, by the mean over their pairs.
fn likely(links: &Links, x: &[usize], y: &[usize], unmeasured: Unmeasured) -> bool {
    mean_odds(links, x, y, unmeasured) >= weight("join.mean")
}

fn mean_odds(links: &Links, x: &[usize], y: &[usize], unmeasured: Unmeasured) -> f64 {
    let pairs = x.iter().flat_map(|a| y.iter().map(move |b| (*a.min(b), *a.max(b))));
    let odds = |pair| match (links.get(&pair), unmeasured) {
        (Some(link), _) => Some(link.odds.clamp(-MOST, MOST)),
        (None, Unmeasured::Unlike) => Some(-MOST),
        (None, Unmeasured::Unknown) => None,
    };
    let odds: Vec<f64> = pairs.filter_map(odds).collect();
    odds.iter().sum::<f64>() / odds.len().max(1) as f64
}

/// One pair must not outvote all others.
const MOST: f64 = 4.0;
