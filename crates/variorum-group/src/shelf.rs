//! The stories so far, and where the next report belongs.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use variorum_news::{GroupLine, Merge, Placement, Report, ReportId};
use xxhash_rust::xxh3::xxh3_64;

use crate::Options;
use crate::candidates::Candidates;
use crate::copies::{Copies, Repeat};
use crate::counts::Counts;
use crate::likeness::{Norms, Weighed, likeness, weigh};
use crate::profile::{Profile, Term, profile};
use crate::sketch::Sketch;

/// Mean likeness to a story's reports from which a report belongs to it.
pub const BELONGS: f32 = 0.32;

/// What a stream asks for on top of that where a single pair of reports must decide; later evidence can still merge.
const ALONE: f32 = 0.20;

/// Likeness of a new report to a story from which the two stories are held against each other.
const ASKS: f32 = 0.12;

/// Two grown stories are one only if they are like each other by this share of what each is in itself:
/// two quakes of one year are alike, but each quake's reports are more so.
const AS_IN_ITSELF: f32 = 0.5;

/// Reports from which a story is grown.
const GROWN: usize = 4;

/// The score of a report that is another's copy.
pub const COPY_SCORE: f64 = 0.99;

/// Earlier reports that are looked up for a new one.
const LOOKED_UP: usize = 40;

/// Stories that a new report is held against.
const COMPARED: usize = 10;

/// Reports that speak for a story: half the first, half the latest.
pub const SPEAKERS: usize = 12;

/// Words that are kept of a report, the strongest.
const KEPT_TERMS: usize = 320;

/// Dated reports of which the middle one tells the time, so that a single wrong date cannot clear the shelf.
const CLOCK: usize = 5;

/// The stories so far: what placing the next report needs to know. A plain value that can be kept and resumed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shelf {
    ids: BTreeSet<ReportId>,
    stories: BTreeMap<u32, Story>,
    #[serde(with = "sorted")]
    records: FxHashMap<u32, Record>,
    next: u32,
    counts: Counts,
    candidates: Candidates,
    copies: Copies,
    clock: Vec<i32>,
    today: Option<i32>,
    cleared: Option<i32>,
    forgotten: usize,
}

/// What is kept of a report that speaks for itself; of a mere copy only its id is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    id: ReportId,
    story: u32,
    terms: Vec<Term>,
    norms: Norms,
    weighed_at: u32,
    day: Option<i32>,
    sketch: Sketch,
}

/// What is kept of a story.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Story {
    name: String,
    records: Vec<u32>,
    ids: Vec<ReportId>,
    touched: Option<i32>,
}

/// A story and how well a report fits it.
#[derive(Debug, Clone, Copy)]
struct Fit {
    story: u32,
    likeness: f32,
}

impl Shelf {
    /// Tells whether a report of this name was placed before and is not forgotten.
    pub fn holds(&self, id: &ReportId) -> bool {
        self.ids.contains(id)
    }

    /// Returns where a report belongs, and puts it on the shelf.
    pub(crate) fn place(&mut self, report: &Report, options: &Options) -> Vec<GroupLine> {
        let mut profile = profile(report);
        self.tell_time(profile.day);
        if let Some(window) = options.window {
            self.forget(window);
        }
        if let Some(repeat) = self.copies.find(&profile.sketch, |at| self.records.get(&at).map(|record| &record.sketch))
        {
            return vec![self.shelve_copy(report, profile, repeat)];
        }
        self.counts.add(&profile.terms);
        let weighed = strongest(&mut profile, &self.counts);
        let fits = self.fits(&weighed);
        let best = fits.first().copied();
        let joined = best.filter(|fit| fit.likeness >= bar(self.stories[&fit.story].records.len()));
        let story = joined.map_or_else(|| self.open(report), |fit| fit.story);
        self.shelve(report, story, profile, &weighed);
        let placement = Placement {
            id: report.id.clone(),
            story: self.stories[&story].name.clone(),
            duplicate_of: None,
            score: confidence(best.map(|fit| fit.likeness)),
        };
        let mut lines = vec![GroupLine::Placement(placement)];
        let others: Vec<Fit> = fits.into_iter().filter(|fit| fit.story != story).collect();
        lines.extend(self.merge(story, &others));
        lines
    }

    /// The day is the middle one of the last dated reports.
    fn tell_time(&mut self, day: Option<i32>) {
        let Some(day) = day else { return };
        self.clock.push(day);
        if self.clock.len() > CLOCK {
            self.clock.remove(0);
        }
        let mut days = self.clock.clone();
        days.sort_unstable();
        self.today = Some(days[(days.len() - 1) / 2]);
    }

    /// Forgets the stories that took no report for the days of the window, with all that was kept of them.
    fn forget(&mut self, window: u32) {
        let Some(today) = self.today.filter(|_| self.today != self.cleared) else { return };
        self.cleared = Some(today);
        // What came before the first date counts from that date.
        self.stories.values_mut().for_each(|story| {
            story.touched.get_or_insert(today);
        });
        let stale =
            |story: &Story| story.touched.is_some_and(|day| i64::from(today) - i64::from(day) > i64::from(window));
        let gone: Vec<u32> = self.stories.iter().filter(|(_, story)| stale(story)).map(|(&at, _)| at).collect();
        for story in gone.iter().filter_map(|at| self.stories.remove(at)) {
            story.ids.iter().for_each(|id| {
                self.ids.remove(id);
            });
            for record in story.records.iter().filter_map(|at| self.records.remove(at)) {
                self.counts.take(&record.terms);
                self.forgotten += 1;
            }
        }
        // A sweep costs as much as what is kept, so it waits until half of what the indexes hold is gone.
        if self.forgotten > self.records.len() + 256 {
            self.candidates.sweep(|at| self.records.contains_key(&at));
            self.copies.sweep(|at| self.records.contains_key(&at));
            self.records.shrink_to_fit();
            self.forgotten = 0;
        }
    }

    fn shelve_copy(&mut self, report: &Report, mut profile: Profile, repeat: Repeat) -> GroupLine {
        let original = repeat.of;
        let (story, duplicate_of) = (self.records[&original].story, self.records[&original].id.clone());
        if repeat.adds {
            self.counts.add(&profile.terms);
            let weighed = strongest(&mut profile, &self.counts);
            self.shelve(report, story, profile, &weighed);
        } else {
            self.copies.keep_whole(original, &profile.sketch);
            self.sign_in(report, story);
        }
        let story = self.stories[&story].name.clone();
        GroupLine::Placement(Placement {
            id: report.id.clone(),
            story,
            duplicate_of: Some(duplicate_of),
            score: COPY_SCORE,
        })
    }

    /// Returns the stories that the report may belong to, the likeliest first.
    fn fits(&mut self, weighed: &Weighed) -> Vec<Fit> {
        let found = self.candidates.find(weighed, LOOKED_UP);
        let mut stories: Vec<u32> = Vec::with_capacity(COMPARED);
        for story in found.iter().filter_map(|at| self.records.get(at)).map(|record| record.story) {
            if stories.len() < COMPARED && !stories.contains(&story) {
                stories.push(story);
            }
        }
        let mut fits: Vec<Fit> =
            stories.into_iter().map(|story| Fit { story, likeness: self.fit(weighed, story) }).collect();
        fits.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.story.cmp(&b.story)));
        fits
    }

    /// Returns the mean likeness of a report to those that speak for a story.
    fn fit(&mut self, weighed: &Weighed, story: u32) -> f32 {
        let speakers = speakers(&self.stories[&story].records);
        let total: f32 = speakers.iter().map(|&at| self.likeness(weighed, at)).sum();
        total / speakers.len().max(1) as f32
    }

    fn likeness(&mut self, weighed: &Weighed, at: u32) -> f32 {
        self.refresh(at);
        let record = &self.records[&at];
        likeness(weighed, &record.terms, &record.norms, record.day)
    }

    /// Rarities shift as the shelf fills; a report's lengths are measured anew each time it has grown by a quarter.
    fn refresh(&mut self, at: u32) {
        let reports = self.counts.reports();
        let Some(record) = self.records.get_mut(&at) else { return };
        if record.weighed_at.abs_diff(reports) > record.weighed_at / 4 {
            record.norms = weigh(&record.terms, record.day, &self.counts).norms;
            record.weighed_at = reports;
        }
    }

    /// Opens a story named after its first report.
    fn open(&mut self, report: &Report) -> u32 {
        let story = Story { name: story_name(&report.id), records: Vec::new(), ids: Vec::new(), touched: None };
        self.stories.insert(self.next, story);
        self.next
    }

    fn shelve(&mut self, report: &Report, story: u32, profile: Profile, weighed: &Weighed) {
        let at = self.next;
        self.next += 1;
        self.copies.keep(at, &profile.sketch);
        let record = Record {
            id: report.id.clone(),
            story,
            terms: profile.terms,
            norms: weighed.norms,
            weighed_at: self.counts.reports(),
            day: profile.day,
            sketch: profile.sketch,
        };
        self.records.insert(at, record);
        self.candidates.post(at, weighed, |at| self.records.get(&at).map(|record| record.story));
        self.sign_in(report, story);
        if let Some(story) = self.stories.get_mut(&story) {
            story.records.push(at);
        }
    }

    fn sign_in(&mut self, report: &Report, story: u32) {
        self.ids.insert(report.id.clone());
        if let Some(story) = self.stories.get_mut(&story) {
            story.ids.push(report.id.clone());
            story.touched = self.today.or(story.touched);
        }
    }

    /// Merges the story that took a report with those it fits as well, where all their reports bear it out.
    fn merge(&mut self, story: u32, others: &[Fit]) -> Vec<GroupLine> {
        let mut here = story;
        let mut lines = Vec::new();
        for other in others.iter().filter(|fit| fit.likeness >= ASKS) {
            let link = self.link(here, other.story);
            let pairs = self.stories[&here].records.len() * self.stories[&other.story].records.len();
            if link < bar(pairs) || !one_event(link, self.side(here), self.side(other.story)) {
                continue;
            }
            let (first, second) = (here.min(other.story), here.max(other.story));
            lines.push(self.join(first, second));
            here = first;
        }
        lines
    }

    /// Returns the size of a story and its mean likeness in itself.
    fn side(&mut self, story: u32) -> (usize, f32) {
        let records = &self.stories[&story].records;
        let size = records.len();
        if size < GROWN {
            return (size, 1.0);
        }
        let speaking = speakers(records).len() as f32;
        // A report is wholly like itself, which says nothing about its story.
        let with_itself = self.link(story, story);
        (size, (with_itself * speaking - 1.0) / (speaking - 1.0))
    }

    /// Returns the mean likeness between the reports that speak for two stories.
    fn link(&mut self, a: u32, b: u32) -> f32 {
        let of_a = speakers(&self.stories[&a].records);
        let total: f32 = of_a
            .iter()
            .map(|at| {
                let record = &self.records[at];
                let weighed = weigh(&record.terms, record.day, &self.counts);
                self.fit(&weighed, b)
            })
            .sum();
        total / of_a.len().max(1) as f32
    }

    fn join(&mut self, first: u32, second: u32) -> GroupLine {
        let gone = self.stories.remove(&second).expect("a story that was compared is on the shelf");
        for at in &gone.records {
            if let Some(record) = self.records.get_mut(at) {
                record.story = first;
            }
        }
        let story = self.stories.get_mut(&first).expect("a story that was compared is on the shelf");
        story.records.extend(gone.records);
        story.records.sort_unstable();
        story.ids.extend(gone.ids);
        story.touched = story.touched.max(gone.touched);
        GroupLine::Merge(Merge { merge: [story.name.clone(), gone.name] })
    }
}

/// Returns the mean likeness that so many pairs of reports must reach in a stream: few pairs err more.
fn bar(pairs: usize) -> f32 {
    BELONGS + ALONE / (pairs.max(1) as f32).sqrt()
}

/// Tells whether two stories of these sizes and cohesions, which are like each other, hold together as one.
pub fn one_event(link: f32, a: (usize, f32), b: (usize, f32)) -> bool {
    a.0.min(b.0) < GROWN || link >= AS_IN_ITSELF * (a.1 * b.1).sqrt()
}

/// Returns the name of a story by its first report.
pub fn story_name(first: &ReportId) -> String {
    format!("s{:012x}", xxh3_64(first.as_bytes()) >> 16)
}

/// Returns the confidence in a placement, from the likeness to the nearest story: 0.5 at the border, more on either side.
pub fn confidence(nearest: Option<f32>) -> f64 {
    let nearest = f64::from(nearest.unwrap_or(0.0));
    let border = f64::from(BELONGS);
    let sure = if nearest >= border { (nearest - border) / (1.0 - border) } else { (border - nearest) / border };
    ((0.5 + 0.5 * sure) * 1000.0).round() / 1000.0
}

/// Keeps a profile's strongest words only, and returns them weighed.
pub fn strongest(profile: &mut Profile, counts: &Counts) -> Weighed {
    let mut weighed = weigh(&profile.terms, profile.day, counts);
    if weighed.terms.len() > KEPT_TERMS {
        weighed.terms.sort_unstable_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.term.key.cmp(&b.term.key)));
        weighed.terms.truncate(KEPT_TERMS);
        weighed.terms.sort_unstable_by_key(|kept| kept.term.key);
        profile.terms = weighed.terms.iter().map(|kept| kept.term).collect();
        weighed = weigh(&profile.terms, profile.day, counts);
    }
    weighed
}

fn speakers(records: &[u32]) -> Vec<u32> {
    if records.len() <= SPEAKERS {
        return records.to_vec();
    }
    let half = SPEAKERS / 2;
    records[..half].iter().chain(&records[records.len() - half..]).copied().collect()
}

/// Writes a hash map in the order of its keys, so that equal shelves are equal bytes.
pub mod sorted {
    use std::collections::BTreeMap;
    use std::hash::Hash;

    use rustc_hash::FxHashMap;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes a map.
    pub fn serialize<K, V, S>(map: &FxHashMap<K, V>, to: S) -> Result<S::Ok, S::Error>
    where
        K: Ord + Serialize,
        V: Serialize,
        S: Serializer,
    {
        map.iter().collect::<BTreeMap<_, _>>().serialize(to)
    }

    /// Reads a map.
    pub fn deserialize<'de, K, V, D>(from: D) -> Result<FxHashMap<K, V>, D::Error>
    where
        K: Eq + Hash + Deserialize<'de>,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        FxHashMap::deserialize(from)
    }
}
