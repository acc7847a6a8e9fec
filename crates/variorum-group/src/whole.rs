//! Stories with all reports in sight.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use variorum_news::{Placement, Report, ReportId};

use crate::candidates::Candidates;
use crate::copies::{Copies, Repeat};
use crate::counts::Counts;
use crate::likeness::{Weighed, likeness};
use crate::profile::{Profile, Term, moment, profile};
use crate::shelf::{BELONGS, COPY_SCORE, SPEAKERS, confidence, one_event, story_name, strongest};

/// Reports that each report is held against, the most promising.
const COMPARED: usize = 40;

/// Likeness from which two reports are neighbours at all.
const NEIGHBOURS: f32 = 0.06;

/// Returns the placement of every report, in the order given; the stories do not depend on that order.
pub fn group(reports: &[&Report]) -> Vec<Placement> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_cached_key(|&at| sort_key(reports[at]));
    let sorted: Vec<&Report> = order.iter().map(|&at| reports[at]).collect();
    let mut placed: Vec<(usize, Placement)> = order.into_iter().zip(placements(&sorted)).collect();
    placed.sort_by_key(|&(at, _)| at);
    placed.into_iter().map(|(_, placement)| placement).collect()
}

/// Reports without a date come last; the words decide between reports of one id.
fn sort_key(report: &Report) -> (bool, Option<i64>, ReportId, String) {
    let moment = moment(report);
    (moment.is_none(), moment, report.id.clone(), report.text.clone())
}

/// Returns the placements of reports that are in order.
fn placements(reports: &[&Report]) -> Vec<Placement> {
    let profiles: Vec<Profile> = reports.iter().map(|report| profile(report)).collect();
    let originals = originals(&profiles);
    let own: Vec<usize> = (0..reports.len()).filter(|&at| originals[at].is_none()).collect();
    let (story_of_own, likenesses) = stories(&own, profiles);
    let mut story: Vec<usize> = vec![0; reports.len()];
    let mut score: Vec<f64> = vec![COPY_SCORE; reports.len()];
    for (nth, &at) in own.iter().enumerate() {
        story[at] = own[story_of_own[nth]];
        score[at] = confidence(Some(likenesses[nth]));
    }
    for (at, original) in originals.iter().enumerate() {
        // An original stands before its copies, so its story is known.
        if let Some(original) = original {
            story[at] = story[*original];
        }
    }
    let placement = |(at, report): (usize, &&Report)| Placement {
        id: report.id.clone(),
        story: story_name(&reports[story[at]].id),
        duplicate_of: originals[at].map(|original| reports[original].id.clone()),
        score: score[at],
    };
    reports.iter().enumerate().map(placement).collect()
}

/// Returns for each report the earlier one whose text it has.
fn originals(profiles: &[Profile]) -> Vec<Option<usize>> {
    let mut copies = Copies::default();
    let find = |(at, profile): (usize, &Profile)| {
        let repeat = copies.find(&profile.sketch, |at| Some(&profiles[at as usize].sketch));
        match repeat {
            Some(Repeat { of, adds: false }) => copies.keep_whole(of, &profile.sketch),
            _ => copies.keep(at as u32, &profile.sketch),
        }
        repeat.map(|repeat| repeat.of as usize)
    };
    profiles.iter().enumerate().map(find).collect()
}

/// Returns the first report of each report's story, and the report's likeness to its nearest story, by place in `own`.
fn stories(own: &[usize], mut profiles: Vec<Profile>) -> (Vec<usize>, Vec<f32>) {
    let mut counts = Counts::default();
    own.iter().for_each(|&at| counts.add(&profiles[at].terms));
    let reports: Vec<Weighed> = own.iter().map(|&at| strongest(&mut profiles[at], &counts)).collect();
    let terms: Vec<Vec<Term>> = own.iter().map(|&at| std::mem::take(&mut profiles[at].terms)).collect();
    let likeness = |a: usize, b: usize| likeness(&reports[a], &terms[b], &reports[b].norms, reports[b].day);
    let mut table = Table::of(&neighbours(&reports, &likeness));
    table.agglomerate(&likeness);
    table.answer(&likeness)
}

/// Returns the pairs of like reports, the earlier first.
fn neighbours(reports: &[Weighed], likeness: &impl Fn(usize, usize) -> f32) -> Vec<BTreeMap<usize, f32>> {
    let mut candidates = Candidates::default();
    for (at, report) in reports.iter().enumerate() {
        candidates.post(at as u32, report, |_| None);
    }
    let mut near: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); reports.len()];
    for (at, report) in reports.iter().enumerate() {
        for other in candidates.find(report, COMPARED).into_iter().map(|other| other as usize) {
            if other == at || near[at].contains_key(&other) {
                continue;
            }
            let alike = likeness(at.min(other), at.max(other));
            if alike >= NEIGHBOURS {
                near[at].insert(other, alike);
                near[other].insert(at, alike);
            }
        }
    }
    near
}

/// Average-link agglomeration over the graph of neighbours.
struct Table {
    /// Reports of each story, empty once it went into another.
    members: Vec<Vec<usize>>,
    /// Mean likeness to each neighbouring story.
    links: Vec<BTreeMap<usize, f32>>,
    /// Told up at each change, so that old entries of the heap are known.
    version: Vec<u32>,
    /// Mean likeness inside each story.
    cohesion: Vec<f32>,
    heap: BinaryHeap<Link>,
}

struct Link {
    likeness: f32,
    a: usize,
    b: usize,
    versions: (u32, u32),
}

impl Table {
    fn of(near: &[BTreeMap<usize, f32>]) -> Self {
        let mut table = Table {
            members: (0..near.len()).map(|at| vec![at]).collect(),
            links: near.to_vec(),
            version: vec![0; near.len()],
            cohesion: vec![1.0; near.len()],
            heap: BinaryHeap::new(),
        };
        for (a, links) in near.iter().enumerate() {
            links.range(a + 1..).for_each(|(&b, &likeness)| table.offer(a, b, likeness));
        }
        table
    }

    fn offer(&mut self, a: usize, b: usize, likeness: f32) {
        if likeness >= BELONGS {
            let versions = (self.version[a.min(b)], self.version[a.max(b)]);
            self.heap.push(Link { likeness, a: a.min(b), b: a.max(b), versions });
        }
    }

    fn agglomerate(&mut self, likeness: &impl Fn(usize, usize) -> f32) {
        while let Some(link) = self.heap.pop() {
            let fresh = (self.version[link.a], self.version[link.b]) == link.versions;
            if fresh && self.holds_together(&link) {
                self.join(link.a, link.b, likeness);
            }
        }
    }

    fn holds_together(&self, link: &Link) -> bool {
        let side = |story: usize| (self.members[story].len(), self.cohesion[story]);
        one_event(link.likeness, side(link.a), side(link.b))
    }

    /// Puts story `b` into the earlier `a`; the means are weighted by the sizes (Lance and Williams 1967).
    fn join(&mut self, a: usize, b: usize, likeness: &impl Fn(usize, usize) -> f32) {
        let (of_a, of_b) = (std::mem::take(&mut self.links[a]), std::mem::take(&mut self.links[b]));
        let (n_a, n_b) = (self.members[a].len() as f32, self.members[b].len() as f32);
        let others: BTreeSet<usize> = of_a.keys().chain(of_b.keys()).copied().filter(|&o| o != a && o != b).collect();
        let mut links = BTreeMap::new();
        for other in others {
            let mean = |story: usize, known: Option<&f32>| {
                known.copied().unwrap_or_else(|| mean(&self.members[story], &self.members[other], likeness))
            };
            let (to_a, to_b) = (mean(a, of_a.get(&other)), mean(b, of_b.get(&other)));
            let joined = (to_a * n_a + to_b * n_b) / (n_a + n_b);
            self.links[other].remove(&a);
            self.links[other].remove(&b);
            if joined >= NEIGHBOURS {
                links.insert(other, joined);
                self.links[other].insert(a, joined);
            }
        }
        let between = of_a.get(&b).copied().unwrap_or(BELONGS);
        let pairs = |n: f32| n * (n - 1.0);
        self.cohesion[a] = (self.cohesion[a] * pairs(n_a) + self.cohesion[b] * pairs(n_b) + 2.0 * between * n_a * n_b)
            / pairs(n_a + n_b);
        let gone = std::mem::take(&mut self.members[b]);
        self.members[a].extend(gone);
        self.members[a].sort_unstable();
        self.version[a] += 1;
        self.version[b] += 1;
        links.iter().for_each(|(&other, &mean)| self.offer(a, other, mean));
        self.links[a] = links;
    }

    fn answer(&self, likeness: &impl Fn(usize, usize) -> f32) -> (Vec<usize>, Vec<f32>) {
        let mut story = vec![0; self.members.len()];
        let mut nearest = vec![0.0f32; self.members.len()];
        for members in self.members.iter().filter(|members| !members.is_empty()) {
            for &at in members {
                story[at] = members[0];
                nearest[at] = if members.len() == 1 {
                    self.links[at].values().copied().fold(0.0, f32::max).min(BELONGS)
                } else {
                    to_others(at, members, likeness).max(BELONGS)
                };
            }
        }
        (story, nearest)
    }
}

/// Returns the mean likeness between two sets of reports, over an even choice where they are many.
fn mean(a: &[usize], b: &[usize], likeness: &impl Fn(usize, usize) -> f32) -> f32 {
    let (a, b) = (even_choice(a), even_choice(b));
    let total: f32 = a.iter().flat_map(|&i| b.iter().map(move |&j| likeness(i.min(j), i.max(j)))).sum();
    total / (a.len() * b.len()).max(1) as f32
}

/// Returns the mean likeness of a report to the others of its story.
fn to_others(at: usize, members: &[usize], likeness: &impl Fn(usize, usize) -> f32) -> f32 {
    let others: Vec<usize> = even_choice(members).into_iter().filter(|&other| other != at).collect();
    mean(&[at], &others, likeness)
}

fn even_choice(reports: &[usize]) -> Vec<usize> {
    if reports.len() <= SPEAKERS {
        return reports.to_vec();
    }
    (0..SPEAKERS).map(|nth| reports[nth * reports.len() / SPEAKERS]).collect()
}

impl Ord for Link {
    /// The likeliest first; among equals the earliest reports.
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Link {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Link {}
