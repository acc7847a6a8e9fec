//! What the weights of likeness are fitted on: streams whose stories are known.

use std::collections::BTreeMap;

use variorum_news::Report;

use crate::candidates::{Candidates, Reach};
use crate::counts::Counts;
use crate::gist::Gist;
use crate::languages::language_of;
use crate::likeness::{MEASURES, Weighed, measures};
use crate::profile::profile;
use crate::shelf::count_in;

/// A report held against a story that came before it.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// What both have in common and what each has alone.
    pub measures: Vec<(&'static str, f32)>,
    /// Whether the report is of the story.
    pub belongs: bool,
    /// The first report of the story that the newer side is of; lessons of one story are held out together.
    pub of: usize,
}

/// Reports of one story, as they were weighed when they came.
type Told = BTreeMap<usize, Vec<(Weighed, Gist)>>;

/// Streams reports into their true stories and returns how each one compares with the stories that it could be taken for,
/// up to `most`; then how parts of the stories compare with each other.
pub fn lessons(reports: &[(Report, String)], most: usize) -> Vec<Lesson> {
    let (mut counts, mut candidates) = (Counts::default(), Candidates::default());
    let mut gists: BTreeMap<usize, Gist> = BTreeMap::new();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told = Told::new();
    let reach = Reach { most, promising: 0.0 };
    let mut lessons = Vec::new();
    for (at, (report, story)) in reports.iter().enumerate() {
        let mut profile = profile(report, &language_of(report));
        let weighed = count_in(&mut profile, &mut counts);
        let gist = Gist::of(&weighed);
        let own = *first.entry(story).or_insert(at);
        let mut found = candidates.find(&weighed, reach, Some);
        let missed = own != at && !found.contains(&(own as u32));
        found.extend(missed.then_some(own as u32));
        lessons
            .extend(found.into_iter().map(|other| Lesson::of(&gist, &gists[&(other as usize)], own, other as usize)));
        gists.entry(own).or_default().add(&gist);
        candidates.post(own as u32, &weighed);
        told.entry(own).or_default().push((weighed, gist));
    }
    lessons.extend(of_parts(&told, reach));
    lessons
}

/// Deals the reports of each story into parts and returns how each part compares with those that it could be taken for.
fn of_parts(told: &Told, reach: Reach) -> Vec<Lesson> {
    let mut candidates = Candidates::default();
    let mut parts: Vec<(usize, Gist, &Weighed)> = Vec::new();
    for (&story, reports) in told {
        let deal = if reports.len() > 8 { 3 } else { 2 }.min(reports.len());
        for nth in 0..deal {
            let mut gist = Gist::default();
            for (report, one) in reports.iter().skip(nth).step_by(deal) {
                gist.add(one);
                candidates.post(parts.len() as u32, report);
            }
            parts.push((story, gist, &reports[nth].0));
        }
    }
    let mut lessons = Vec::new();
    for (at, (story, gist, asking)) in parts.iter().enumerate().filter(|(_, part)| part.1.reports > 1) {
        let found = candidates.find(asking, reach, Some).into_iter().map(|other| other as usize);
        let earlier = found.filter(|&other| other < at).map(|other| &parts[other]);
        lessons.extend(earlier.map(|other| Lesson::of(gist, &other.1, *story, other.0)));
    }
    lessons
}

impl Lesson {
    fn of(newer: &Gist, older: &Gist, own: usize, other: usize) -> Self {
        let measures = MEASURES.into_iter().zip(measures(newer, older)).collect();
        Lesson { measures, belongs: own == other, of: own }
    }
}
