//! The stories so far, and where the next report belongs.

mod undo;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use variorum_news::{GroupLine, Placement, Report, ReportId};
use xxhash_rust::xxh3::xxh3_64;

use crate::Options;
use crate::candidates::{Candidates, Reach};
use crate::copies::{Copies, Repeat};
use crate::counts::Counts;
use crate::gist::Gist;
use crate::imprint::Imprint;
use crate::likeness::{Weighed, WeighedTerm, evidence, probability, weigh, weight};
use crate::merges::Merges;
use crate::profile::{Profile, Term, profile};
use crate::shared::Asked;
use crate::sketch::Sketch;
use crate::strongest::Strongest;
use crate::ties::{Ties, one_event};

/// Likeness from which two stories are one event.
pub const BELONGS: f32 = 0.5;

/// The score of a report that is another's copy.
pub const COPY_SCORE: f64 = 0.99;

/// Stories that a new report is held against.
const COMPARED: Reach = Reach { most: 8, promising: 0.2 };

/// Comparisons of stories with each other that one report may cause.
const JOINED: usize = 2;

/// Stories that a story remembers as perhaps the same, the latest.
const RIVALS: usize = 4;

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
    /// What stories went into others, until the next sweep.
    gone: BTreeMap<u32, u32>,
    merges: Merges,
    #[serde(skip)]
    comparisons: u64,
}

/// What is kept of a report that speaks for itself; of a mere copy only its id is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    id: ReportId,
    story: u32,
    terms: Vec<Term>,
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
    gist: Gist,
    ties: Ties,
    /// Stories that one of its reports fitted nearly as well, the latest: they may show to be the same as both grow.
    rivals: Vec<u32>,
}

/// Whether a report that is placed is counted, or was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequencies {
    Growing,
    Frozen,
}

/// A story and how well a report fits it.
#[derive(Debug, Clone, Copy)]
struct Fit {
    story: u32,
    evidence: f32,
}

impl Shelf {
    /// Tells whether a report of this name was placed before and is not forgotten.
    pub fn holds(&self, id: &ReportId) -> bool {
        self.ids.contains(id)
    }

    /// Returns how many pairs of reports and stories were compared in full since the shelf was opened or resumed.
    pub fn comparisons(&self) -> u64 {
        self.comparisons
    }

    /// Returns where a report belongs, and puts it on the shelf.
    pub(crate) fn place(&mut self, report: &Report, language: &str, options: &Options) -> Vec<GroupLine> {
        self.place_as(&report.id, profile(report, language), options, Frequencies::Growing)
    }

    /// Returns where the reports of a day belong, and puts them on the shelf; their words are counted before.
    pub(crate) fn place_day(&mut self, reports: Vec<(ReportId, Imprint)>, options: &Options) -> Vec<Vec<GroupLine>> {
        let shortened = |(id, imprint): (ReportId, Imprint)| {
            let mut profile = imprint.into_profile();
            shorten(&mut profile, &self.counts);
            (id, profile)
        };
        let reports: Vec<(ReportId, Profile)> = reports.into_iter().map(shortened).collect();
        reports.iter().for_each(|(_, profile)| self.counts.add(&profile.terms));
        let place = |(id, profile)| self.place_as(&id, profile, options, Frequencies::Frozen);
        reports.into_iter().map(place).collect()
    }

    /// Returns a name for how often each word stands on the shelf.
    pub(crate) fn frequencies(&self) -> String {
        self.counts.name()
    }

    fn place_as(
        &mut self,
        report: &ReportId,
        mut profile: Profile,
        options: &Options,
        frequencies: Frequencies,
    ) -> Vec<GroupLine> {
        self.tell_time(profile.day);
        if let Some(window) = options.window {
            self.forget(window);
        }
        if let Some(repeat) = self.copies.find(&profile.sketch, |at| self.records.get(&at).map(|record| &record.sketch))
        {
            return vec![self.shelve_copy(report, profile, repeat, frequencies)];
        }
        let weighed = self.weighed(&mut profile, frequencies);
        let gist = Gist::of(&weighed);
        let fits = self.fits(&weighed, &gist);
        self.comparisons += fits.len() as u64;
        let best = fits.first().copied();
        let joined = best.filter(|fit| joins(fit.evidence, fits.get(1).map(|rival| rival.evidence)));
        let story = joined.map_or_else(|| self.open(report), |fit| fit.story);
        if let Some((fit, story)) = joined.zip(self.stories.get_mut(&story)) {
            story.ties.add(fit.evidence);
        }
        self.shelve(report, story, profile, (&weighed, &gist));
        let placement = Placement {
            id: report.clone(),
            story: self.stories[&story].name.clone(),
            duplicate_of: None,
            score: confidence(best.map(|fit| probability(fit.evidence))),
        };
        let mut lines = vec![GroupLine::Placement(placement)];
        let others = fits.iter().filter(|fit| fit.story != story && fit.evidence >= weight("stream.asks"));
        let others: Vec<u32> = others.map(|fit| fit.story).collect();
        let merged = self.merge(story, &others, options);
        lines.extend(merged);
        let story = self.records[&(self.next - 1)].story;
        lines.extend(self.split(story));
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
        let is_within = |day: i32| day <= today && i64::from(today) - i64::from(day) <= i64::from(window);
        // The clock follows the stream a few reports behind: what came on the way to a new day was touched in the old one.
        let is_of_now = |story: &Story| story.records.iter().filter_map(|at| self.records.get(at)?.day).any(is_within);
        let is_stale = |story: &Story| {
            let idle = story.touched.map(|day| i64::from(today) - i64::from(day));
            idle.is_some_and(|days| days > i64::from(window)) && !is_of_now(story)
        };
        let gone: Vec<u32> = self.stories.iter().filter(|(_, story)| is_stale(story)).map(|(&at, _)| at).collect();
        gone.iter().for_each(|&at| self.merges.forget(at));
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
            self.candidates.sweep(|story| now(&self.stories, &self.gone, story));
            self.gone.clear();
            self.copies.sweep(|at| self.records.contains_key(&at));
            self.records.shrink_to_fit();
            self.forgotten = 0;
        }
    }

    fn weighed(&mut self, profile: &mut Profile, frequencies: Frequencies) -> Weighed {
        match frequencies {
            Frequencies::Growing => count_in(profile, &mut self.counts),
            Frequencies::Frozen => weigh(&profile.terms, profile.day, &self.counts),
        }
    }

    fn shelve_copy(
        &mut self,
        report: &ReportId,
        mut profile: Profile,
        repeat: Repeat,
        frequencies: Frequencies,
    ) -> GroupLine {
        let original = repeat.of;
        let (story, duplicate_of) = (self.records[&original].story, self.records[&original].id.clone());
        if repeat.adds {
            let weighed = self.weighed(&mut profile, frequencies);
            let gist = Gist::of(&weighed);
            self.shelve(report, story, profile, (&weighed, &gist));
        } else {
            // A mere copy does not count, which only shows now.
            if frequencies == Frequencies::Frozen {
                self.counts.take(&profile.terms);
            }
            self.copies.keep_whole(original, &profile.sketch);
            self.sign_in(report, story);
            self.sign_in_with_side(story, report, None, Some(original));
        }
        let story = self.stories[&story].name.clone();
        GroupLine::Placement(Placement {
            id: report.clone(),
            story,
            duplicate_of: Some(duplicate_of),
            score: COPY_SCORE,
        })
    }

    /// Returns the stories that the report may belong to, the likeliest first.
    fn fits(&self, weighed: &Weighed, gist: &Gist) -> Vec<Fit> {
        let found = self.candidates.find(weighed, COMPARED, |story| self.now(story));
        let asked = Asked::of(gist);
        let mut fits: Vec<Fit> = found
            .into_iter()
            .map(|story| Fit { story, evidence: asked.evidence(&self.stories[&story].gist) })
            .collect();
        fits.sort_by(|a, b| b.evidence.total_cmp(&a.evidence).then(a.story.cmp(&b.story)));
        fits
    }

    /// Returns what became of a story.
    fn now(&self, story: u32) -> Option<u32> {
        now(&self.stories, &self.gone, story)
    }

    /// Opens a story named after its first report.
    fn open(&mut self, report: &ReportId) -> u32 {
        let story = Story {
            name: story_name(report),
            records: Vec::new(),
            ids: Vec::new(),
            touched: None,
            gist: Gist::default(),
            ties: Ties::default(),
            rivals: Vec::new(),
        };
        self.stories.insert(self.next, story);
        self.next
    }

    fn shelve(&mut self, report: &ReportId, story: u32, profile: Profile, (weighed, gist): (&Weighed, &Gist)) {
        let at = self.next;
        self.next += 1;
        self.copies.keep(at, &profile.sketch);
        let record =
            Record { id: report.clone(), story, terms: profile.terms, day: profile.day, sketch: profile.sketch };
        self.records.insert(at, record);
        self.candidates.post(story, weighed);
        self.sign_in(report, story);
        if let Some(story) = self.stories.get_mut(&story) {
            story.records.push(at);
            story.gist.add(gist);
        }
        self.sign_in_with_side(story, report, Some(at), None);
    }

    fn sign_in(&mut self, report: &ReportId, story: u32) {
        self.ids.insert(report.clone());
        if let Some(story) = self.stories.get_mut(&story) {
            story.ids.push(report.clone());
            story.touched = self.today.or(story.touched);
        }
    }

    /// Merges the story that took a report with those that the report, or one before it, fits as well, where their
    /// reports together bear it out.
    fn merge(&mut self, story: u32, others: &[u32], options: &Options) -> Vec<GroupLine> {
        let newest = self.next - 1;
        let mut here = story;
        let mut lines = Vec::new();
        for other in self.rivals(story, others) {
            let Some(other) = self.now(other).filter(|&other| other != here) else { continue };
            let (first, second) = (here.min(other), here.max(other));
            let [of_first, of_second] = [first, second].map(|at| &self.stories[&at]);
            let link = evidence(&of_second.gist, &of_first.gist);
            self.comparisons += 1;
            if link < weight("stream.merges") || !one_event(link, of_first.ties, of_second.ties) {
                continue;
            }
            lines.push(self.merge_line([first, second], link, newest));
            self.remember(first, second, options);
            self.join(first, second, link);
            here = first;
        }
        lines
    }

    /// Returns the stories that may be the same as one, and remembers those that its newest report fits as well: what two
    /// reports do not show may show as both stories grow.
    fn rivals(&mut self, story: u32, others: &[u32]) -> Vec<u32> {
        let before: Vec<u32> = self.stories[&story].rivals.iter().filter_map(|&rival| self.now(rival)).collect();
        let mut rivals: Vec<u32> = others.to_vec();
        for rival in before.into_iter().rev().filter(|&rival| rival != story) {
            if !rivals.contains(&rival) {
                rivals.push(rival);
            }
        }
        if let Some(story) = self.stories.get_mut(&story) {
            story.rivals = rivals.iter().take(RIVALS).rev().copied().collect();
        }
        rivals.truncate(JOINED);
        rivals
    }

    fn join(&mut self, first: u32, second: u32, link: f32) {
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
        story.gist.add(&gone.gist);
        story.rivals.extend(gone.rivals);
        story.ties.join(gone.ties, link);
        self.gone.insert(second, first);
    }
}

/// Tells whether a report belongs to its best story: evidence counts for less where a rival has nearly as much.
fn joins(best: f32, rival: Option<f32>) -> bool {
    let floor = weight("stream.rival.floor");
    best - weight("stream.rival") * rival.unwrap_or(floor).max(floor) >= weight("stream.joins")
}

fn now(stories: &BTreeMap<u32, Story>, gone: &BTreeMap<u32, u32>, story: u32) -> Option<u32> {
    let mut story = story;
    while let Some(&into) = gone.get(&story) {
        story = into;
    }
    stories.contains_key(&story).then_some(story)
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

/// Keeps a profile's strongest words only, counts them, and returns them weighed.
pub fn count_in(profile: &mut Profile, counts: &mut Counts) -> Weighed {
    shorten(profile, counts);
    let weights = counts.add_and_weigh(&profile.terms);
    let weighed = profile.terms.iter().zip(weights);
    Weighed::of(weighed.map(|(&term, (class, rarity))| WeighedTerm { term, class, rarity }).collect(), profile.day)
}

/// Keeps a profile's strongest words only, and returns them weighed.
pub fn strongest(profile: &mut Profile, counts: &Counts) -> Weighed {
    shorten(profile, counts);
    weigh(&profile.terms, profile.day, counts)
}

fn shorten(profile: &mut Profile, counts: &Counts) {
    if profile.terms.len() <= KEPT_TERMS {
        return;
    }
    let weighed = weigh(&profile.terms, profile.day, counts).terms;
    let weights = weighed.iter().map(|weighed| (weighed.weight(), weighed.term.key));
    let kept = Strongest::of(weights.clone(), KEPT_TERMS);
    profile.terms = weighed
        .iter()
        .filter(|weighed| kept.holds(weighed.weight(), weighed.term.key))
        .map(|weighed| weighed.term)
        .collect();
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
