//! Which days of a long story matter.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::lexis::Lexis;
use crate::timeline::Mention;
use crate::told::{Line, Told};

/// What speaks for a day and against it, as weights of logarithms of counts.
///
/// They are those of a logistic regression on fourteen long-running stories of 37 to 600 reports, with key days set down by
/// hand; rounded. Each story held out in turn, the days so chosen have an F1 of .60, those that most reports name .56.
const TOLD: f64 = 1.0;
const ABOUT: f64 = 1.1;
const HEADS: f64 = 0.8;
const SPREAD: f64 = 0.4;
const NEIGHBOUR: f64 = -0.5;
const AROUND: f64 = -0.5;
const LONG_AFTER: f64 = -0.25;
const BEFORE: f64 = -0.2;
/// A mention among so many first sentences of a report tells its news.
const HEAD: usize = 3;
/// Words at the heads of so many reports are the story's own; a sentence with so many of them is about the story.
const OWN_SHARE: f64 = 0.1;
const OWN_WORDS: f64 = 3.0;
/// So many days around a day are its surroundings; so many days after it is long after.
const WINDOW: i64 = 7;
const MONTH: i64 = 30;
const YEAR: i64 = 400;
/// A timeline has so many days for the root of the number of reports, within limits.
const FOR_ROOT: f64 = 1.4;
const FEWEST: usize = 10;
const MOST: usize = 40;

/// What is known of one day.
#[derive(Debug, Default)]
struct Day {
    /// The reports that tell of it, with how much the telling is about the story.
    reports: BTreeMap<usize, f64>,
    heads: BTreeSet<usize>,
    long_after: BTreeSet<usize>,
    spread: BTreeSet<i64>,
}

impl Day {
    /// How much each report's telling counts: reports of one origin count together as the root of their number, for
    /// what is printed again by many is known to matter, but was found out once.
    fn shares(&self, told: &Told) -> BTreeMap<usize, f64> {
        let mut of_origin: BTreeMap<usize, usize> = BTreeMap::new();
        self.reports.keys().for_each(|report| *of_origin.entry(told.origin[*report]).or_default() += 1);
        self.reports.keys().map(|report| (*report, 1.0 / (of_origin[&told.origin[*report]] as f64).sqrt())).collect()
    }
}

/// Returns the days that matter.
///
/// A day matters by how many reports and origins tell of it, in sentences about the story, among their first sentences, and on how
/// many other days reports look back or ahead to it; less where the days around it are told of too, and where it lies
/// long before the first report.
pub(crate) fn days_that_matter(told: &Told, mentions: &[Mention]) -> BTreeSet<i64> {
    let first = told.published.iter().flatten().min().copied();
    let last = told.published.iter().flatten().max().copied();
    let days = days(told, mentions);
    let shares: BTreeMap<i64, BTreeMap<usize, f64>> = days.iter().map(|(&at, day)| (at, day.shares(told))).collect();
    let count = |day: i64| shares.get(&day).map_or(0.0, |shares| shares.values().sum::<f64>());
    // What lies ahead of all reports has not happened, and what lies years before them is another story.
    let lies_in = |at: i64| last.is_none_or(|last| at <= last + 1) && first.is_none_or(|first| at >= first - YEAR);
    let mut ranked: Vec<(f64, i64)> = days
        .iter()
        .filter(|(at, _)| lies_in(**at))
        .map(|(&at, day)| {
            let of = |reports: &BTreeSet<usize>| reports.iter().map(|report| shares[&at][report]).sum::<f64>();
            let about: f64 = day.reports.iter().map(|(report, about)| about * shares[&at][report]).sum();
            let around: f64 = (1..=WINDOW).map(|n| count(at - n) + count(at + n)).sum::<f64>() / (2 * WINDOW) as f64;
            let before = first.map_or(0, |first| (first - at).max(0)) as f64;
            let worth = TOLD * count(at).ln_1p()
                + ABOUT * about.ln_1p()
                + HEADS * of(&day.heads).ln_1p()
                + SPREAD * (day.spread.len() as f64).ln_1p()
                + NEIGHBOUR * count(at - 1).max(count(at + 1)).ln_1p()
                + AROUND * around.ln_1p()
                + LONG_AFTER * of(&day.long_after).ln_1p()
                + BEFORE * before.ln_1p();
            (worth, at)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let most = (FOR_ROOT * (told.reports.len() as f64).sqrt()).round() as usize;
    ranked.into_iter().take(most.clamp(FEWEST, MOST)).map(|(_, at)| at).collect()
}

fn days(told: &Told, mentions: &[Mention]) -> BTreeMap<i64, Day> {
    let mut lexis = Lexis::default();
    let own = own_words(told, &mut lexis);
    let mut about: FxHashMap<Line, f64> = FxHashMap::default();
    let mut days: BTreeMap<i64, Day> = BTreeMap::new();
    for mention in mentions {
        let Some(at) = mention.day else { continue };
        let day = days.entry(at).or_default();
        let report = mention.line.0;
        let about = *about.entry(mention.line).or_insert_with(|| {
            let words = lexis.read(&told.span(mention.line).text).words;
            (words.iter().filter(|id| own.contains(id)).count() as f64 / OWN_WORDS).min(1.0)
        });
        let best = day.reports.entry(report).or_default();
        *best = best.max(about);
        if mention.line.1 < HEAD {
            day.heads.insert(report);
        }
        if let Some(published) = told.published[mention.line.0].filter(|published| *published != at) {
            day.spread.insert(published);
            if published - at > MONTH {
                day.long_after.insert(report);
            }
        }
    }
    days
}

/// The words that stand at the heads of many reports.
fn own_words(told: &Told, lexis: &mut Lexis) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for report in 0..told.reports.len() {
        let heads = told.sentences(report).iter().take(HEAD);
        let words: BTreeSet<u32> = heads.flat_map(|span| lexis.read(&span.text).words).collect();
        words.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
    }
    let least = ((OWN_SHARE * told.reports.len() as f64) as usize).max(2);
    counts.into_iter().filter(|(_, n)| *n >= least).map(|(id, _)| id).collect()
}
