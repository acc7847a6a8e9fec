//! Stories with all reports in sight.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use variorum_news::{Placement, Report, ReportId};

use crate::candidates::{Candidates, Reach};
use crate::copies::{Copies, Repeat};
use crate::counts::Counts;
use crate::gist::Gist;
use crate::likeness::{Weighed, evidence, probability, weight};
use crate::profile::{Profile, moment, profile};
use crate::shelf::{BELONGS, COPY_SCORE, confidence, story_name, strongest};
use crate::ties::{Ties, one_event};

/// Reports that each report is held against, the most promising.
const COMPARED: Reach = Reach { most: 40, promising: 0.0 };

/// Evidence from which two reports are neighbours at all.
const NEIGHBOURS: f32 = -4.0;

/// Returns the placement of every report, in the order given; the stories do not depend on that order.
pub fn group(reports: &[&Report], language: &str) -> Vec<Placement> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_cached_key(|&at| sort_key(reports[at]));
    let sorted: Vec<&Report> = order.iter().map(|&at| reports[at]).collect();
    let mut placed: Vec<(usize, Placement)> = order.into_iter().zip(placements(&sorted, language)).collect();
    placed.sort_by_key(|&(at, _)| at);
    placed.into_iter().map(|(_, placement)| placement).collect()
}

/// Reports without a date come last; the words decide between reports of one id.
fn sort_key(report: &Report) -> (bool, Option<i64>, ReportId, String) {
    let moment = moment(report);
    (moment.is_none(), moment, report.id.clone(), report.text.clone())
}

/// Returns the placements of reports that are in order.
fn placements(reports: &[&Report], language: &str) -> Vec<Placement> {
    let profiles: Vec<Profile> = reports.iter().map(|report| profile(report, language)).collect();
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
    let gists: Vec<Gist> = reports.iter().map(Gist::of).collect();
    let mut table = Table::of(gists.clone(), neighbours(&reports, &gists));
    table.agglomerate();
    table.answer(&gists)
}

/// Returns the evidence between like reports.
fn neighbours(reports: &[Weighed], gists: &[Gist]) -> Vec<BTreeMap<usize, f32>> {
    let mut candidates = Candidates::default();
    for (at, report) in reports.iter().enumerate() {
        candidates.post(at as u32, report);
    }
    let mut near: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); reports.len()];
    for (at, report) in reports.iter().enumerate() {
        for other in candidates.find(report, COMPARED, Some).into_iter().map(|other| other as usize) {
            if other == at || near[at].contains_key(&other) {
                continue;
            }
            let alike = evidence(&gists[at.max(other)], &gists[at.min(other)]);
            if alike >= NEIGHBOURS {
                near[at].insert(other, alike);
                near[other].insert(at, alike);
            }
        }
    }
    near
}

/// Agglomeration of stories over the graph of neighbours: of all pairs the likeliest is joined first, and what the
/// joined reports say together is held against its neighbours anew.
struct Table {
    /// What each story says.
    gists: Vec<Gist>,
    /// Reports of each story, empty once it went into another.
    members: Vec<Vec<usize>>,
    /// Evidence that neighbouring stories are one.
    links: Vec<BTreeMap<usize, f32>>,
    /// What each story was joined by.
    ties: Vec<Ties>,
    /// Told up at each change, so that old entries of the heap are known.
    version: Vec<u32>,
    heap: BinaryHeap<Link>,
}

struct Link {
    evidence: f32,
    a: usize,
    b: usize,
    versions: (u32, u32),
}

impl Table {
    fn of(gists: Vec<Gist>, near: Vec<BTreeMap<usize, f32>>) -> Self {
        let heap = BinaryHeap::new();
        let members = (0..near.len()).map(|at| vec![at]).collect();
        let mut table = Table {
            gists,
            members,
            ties: vec![Ties::default(); near.len()],
            version: vec![0; near.len()],
            heap,
            links: near,
        };
        for a in 0..table.links.len() {
            for (b, evidence) in table.links[a].clone().range(a + 1..) {
                table.offer(a, *b, *evidence);
            }
        }
        table
    }

    fn offer(&mut self, a: usize, b: usize, evidence: f32) {
        let (a, b) = (a.min(b), a.max(b));
        if evidence >= weight("whole.joins") {
            self.heap.push(Link { evidence, a, b, versions: (self.version[a], self.version[b]) });
        }
    }

    fn agglomerate(&mut self) {
        while let Some(link) = self.heap.pop() {
            let fresh = (self.version[link.a], self.version[link.b]) == link.versions;
            if fresh && one_event(link.evidence, self.ties[link.a], self.ties[link.b]) {
                let of_b = std::mem::take(&mut self.ties[link.b]);
                self.ties[link.a].join(of_b, link.evidence);
                self.join(link.a, link.b);
            }
        }
    }

    /// Puts story `b` into the earlier `a`.
    fn join(&mut self, a: usize, b: usize) {
        let (of_a, of_b) = (std::mem::take(&mut self.links[a]), std::mem::take(&mut self.links[b]));
        let gone = std::mem::take(&mut self.members[b]);
        self.members[a].extend(gone);
        self.members[a].sort_unstable();
        let other = std::mem::take(&mut self.gists[b]);
        self.gists[a].add(&other);
        self.version[a] += 1;
        self.version[b] += 1;
        let others: BTreeSet<usize> = of_a.keys().chain(of_b.keys()).copied().filter(|&o| o != a && o != b).collect();
        for other in others {
            self.links[other].remove(&b);
            let evidence = evidence(&self.gists[a.max(other)], &self.gists[a.min(other)]);
            self.links[other].insert(a, evidence);
            self.links[a].insert(other, evidence);
            self.offer(a, other, evidence);
        }
    }

    /// Returns the first report of each report's story, and the likeness that places it there.
    fn answer(&self, gists: &[Gist]) -> (Vec<usize>, Vec<f32>) {
        let mut story = vec![0; self.members.len()];
        let mut nearest = vec![0.0f32; self.members.len()];
        for (of, members) in self.members.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
            for &at in members {
                story[at] = members[0];
                nearest[at] = if members.len() == 1 {
                    self.links[at].values().copied().map(probability).fold(0.0, f32::max).min(BELONGS)
                } else {
                    probability(evidence(&gists[at], &self.gists[of])).max(BELONGS)
                };
            }
        }
        (story, nearest)
    }
}

impl Ord for Link {
    /// The likeliest first; among equals the earliest reports.
    fn cmp(&self, other: &Self) -> Ordering {
        self.evidence.total_cmp(&other.evidence).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
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
