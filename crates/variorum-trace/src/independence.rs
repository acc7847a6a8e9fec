//! How sure the independent origins are.
//!
//! An origin is certain where every link that holds it together is likelier than four fifths, no other origin is kin to
//! it by more than a fifth, and its reports are long enough to tell.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Doubt, DoubtKind, Independence, ReportId};

use crate::candidates::Unmeasured;
use crate::forest::{self, Kept, Links};
use crate::profile::Profile;
use crate::rounded;

/// Below this, two that are counted once are not surely one.
const ONE: f64 = 0.8;
/// Above this, two that are counted as two are not surely two.
const TWO: f64 = 0.2;
/// Fewer words than this are too short to tell whose they are: two reporters of one event write three sentences alike.
const SHORT: usize = 45;

/// In a larger family a weak link is judged by itself, not by all that its two parts share.
const MOST: usize = 60;

/// Returns the counts of a story and what makes them doubtful; `family` names the family of each report.
pub fn independence(
    profiles: &[Profile<'_>],
    links: &Links,
    kept: &[Kept],
    family: &[usize],
    unmeasured: Unmeasured,
) -> Independence {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    family.iter().enumerate().for_each(|(report, family)| members.entry(*family).or_default().push(report));
    let asked = Asked { profiles, links, members: &members, unmeasured };
    let mut found = asked.together(kept, family);
    found.extend(asked.apart(family));
    found.extend(asked.short());
    found.sort_by(|x, y| x.certainty.total_cmp(&y.certainty).then_with(|| x.doubt.reports.cmp(&y.doubt.reports)));
    let certain = |family: &usize| found.iter().filter(|f| f.families.contains(family)).map(|f| f.certainty).next();
    let measured = asked.measured(kept, family);
    let certainty = members.keys().map(|family| rounded(certain(family).unwrap_or(measured[*family]))).collect();
    let (publishers, unnamed) = publishers(profiles);
    Independence {
        reports: profiles.len(),
        publishers,
        unnamed,
        origins: members.len(),
        uncertain: members.keys().filter(|family| certain(family).is_some()).count(),
        certainty,
        doubts: found.into_iter().map(|found| found.doubt).collect(),
    }
}

/// A doubt, and the families that it is about.
struct Found {
    families: Vec<usize>,
    /// How likely it is that what was counted is so.
    certainty: f64,
    doubt: Doubt,
}

struct Asked<'a> {
    profiles: &'a [Profile<'a>],
    links: &'a Links,
    members: &'a BTreeMap<usize, Vec<usize>>,
    unmeasured: Unmeasured,
}

impl Asked<'_> {
    /// Returns the links without which a family would fall in two, and that are weak.
    fn together(&self, kept: &[Kept], family: &[usize]) -> Vec<Found> {
        let weak = kept.iter().filter(|edge| self.links[&ordered(edge.from, edge.to)].kinship() < ONE);
        let asked = weak.map(|edge| {
            let alone = self.links[&ordered(edge.from, edge.to)].kinship();
            let members = &self.members[&family[edge.to]];
            if members.len() > MOST {
                return (*edge, alone);
            }
            let (near, far) = parted(kept, *edge, members);
            (*edge, alone.max(forest::kinship(self.links, &near, &far, self.unmeasured)))
        });
        let doubtful = asked.filter(|(_, probability)| *probability < ONE);
        let found = doubtful.map(|(edge, probability)| Found {
            families: vec![family[edge.to]],
            certainty: probability,
            doubt: self.doubt(DoubtKind::Together, &[edge.from, edge.to], Some(probability)),
        });
        found.collect()
    }

    /// Returns the pairs of families that may be one.
    fn apart(&self, family: &[usize]) -> Vec<Found> {
        let near = self.links.iter().filter(|(_, link)| link.kinship() > TWO);
        let mut pairs: BTreeMap<(usize, usize), (f64, (usize, usize))> = BTreeMap::new();
        for (&(a, b), link) in near.filter(|(pair, _)| family[pair.0] != family[pair.1]) {
            let best = pairs.entry(ordered(family[a], family[b])).or_insert((link.kinship(), (a, b)));
            if link.kinship() > best.0 {
                *best = (link.kinship(), (a, b));
            }
        }
        let asked = pairs.into_iter().map(|((x, y), (_, pair))| {
            let probability = forest::kinship(self.links, &self.members[&x], &self.members[&y], self.unmeasured);
            (vec![x, y], pair, probability)
        });
        let doubtful = asked.filter(|(_, _, probability)| *probability > TWO);
        let found = doubtful.map(|(families, (a, b), probability)| Found {
            families,
            certainty: 1.0 - probability,
            doubt: self.doubt(DoubtKind::Apart, &[a, b], Some(probability)),
        });
        found.collect()
    }

    /// Returns the families of which no report is long enough to tell whose words it has.
    fn short(&self) -> Vec<Found> {
        let is_short = |report: &usize| self.profiles[*report].tokens.len() < SHORT;
        let short = self.members.iter().filter(|(_, members)| self.members.len() > 1 && members.iter().all(is_short));
        let found = short.map(|(family, members)| Found {
            families: vec![*family],
            certainty: 0.5,
            doubt: self.doubt(DoubtKind::Short, members, None),
        });
        found.collect()
    }

    /// Returns for each family how likely it is what it was counted as, where that makes no doubt.
    fn measured(&self, kept: &[Kept], family: &[usize]) -> Vec<f64> {
        let mut certainty = vec![1.0_f64; family.len()];
        for edge in kept {
            let kinship = self.links[&ordered(edge.from, edge.to)].kinship();
            certainty[family[edge.to]] = certainty[family[edge.to]].min(kinship.max(ONE));
        }
        for (&(a, b), link) in self.links.iter().filter(|(pair, _)| family[pair.0] != family[pair.1]) {
            for family in [family[a], family[b]] {
                certainty[family] = certainty[family].min(1.0 - link.kinship().min(TWO));
            }
        }
        certainty
    }

    fn doubt(&self, kind: DoubtKind, reports: &[usize], probability: Option<f64>) -> Doubt {
        let names: Vec<String> = match reports {
            [a, b] => crate::explain::names(&self.profiles[*a], &self.profiles[*b]).into(),
            all => all.iter().map(|report| self.profiles[*report].report.name()).collect(),
        };
        let percent = format!("{:.0} %", probability.unwrap_or(0.5) * 100.0);
        let explain = match kind {
            DoubtKind::Together => format!(
                "{} are counted as one origin, though it is only {percent} likely that they have their words from one text.",
                names.join(" and ")
            ),
            DoubtKind::Apart => format!(
                "{} are counted as two origins, though it is {percent} likely that they have words from one text.",
                names.join(" and ")
            ),
            DoubtKind::Short if names.len() == 1 => format!("{} is too short to tell whose words it has.", names[0]),
            DoubtKind::Short => format!("{} are too short to tell whose words they have.", names.join(", ")),
        };
        let reports: Vec<ReportId> = reports.iter().map(|report| self.profiles[*report].report.id.clone()).collect();
        Doubt { kind, reports, probability: probability.map(rounded), explain }
    }
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// Returns the two parts into which a family falls without one of its edges.
fn parted(kept: &[Kept], without: Kept, members: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut near = BTreeSet::from([without.from]);
    let mut open = vec![without.from];
    while let Some(at) = open.pop() {
        for edge in kept.iter().filter(|edge| **edge != without && (edge.from == at || edge.to == at)) {
            let other = edge.from + edge.to - at;
            if near.insert(other) {
                open.push(other);
            }
        }
    }
    members.iter().partition(|member| near.contains(member))
}

/// Returns how many publishers the reports name, each once, and how many reports name none: who shares a name is one,
/// "Delmare Courier" with its address and the address alone.
fn publishers(profiles: &[Profile<'_>]) -> (usize, usize) {
    let mut bearer: BTreeMap<&str, usize> = BTreeMap::new();
    let mut same: Vec<usize> = (0..profiles.len()).collect();
    for (at, profile) in profiles.iter().enumerate() {
        for name in &profile.identity {
            let (x, y) = (top(&same, *bearer.entry(name).or_insert(at)), top(&same, at));
            same[x.max(y)] = x.min(y);
        }
    }
    let named = |at: &usize| !profiles[*at].identity.is_empty();
    let publishers: BTreeSet<usize> = (0..profiles.len()).filter(named).map(|at| top(&same, at)).collect();
    (publishers.len(), profiles.len() - (0..profiles.len()).filter(named).count())
}

fn top(same: &[usize], mut at: usize) -> usize {
    while same[at] != at {
        at = same[at];
    }
    at
}
