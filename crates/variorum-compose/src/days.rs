//! Which days of a long story matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::timeline::Mention;
use crate::told::Told;

/// What speaks for a day, as weights of logarithms of counts.
///
/// They were fitted by logistic regression on invented and real stories of up to 600 reports with key days chosen by
/// hand, each story held out in turn; rounded, because the second digit does not matter.
const ORIGINS: f64 = 1.6;
const SPREAD: f64 = 0.45;
const HEADS: f64 = 1.0;
const NEIGHBOUR: f64 = -0.6;
const AGE: f64 = -0.17;
const DENSITY: f64 = -1.3;
const BIAS: f64 = -3.9;
/// A mention among so many first sentences of a report tells its news.
const HEAD: usize = 3;
/// A timeline has about so many days, drawn towards what the story's own distribution says.
const USUAL: f64 = 20.0;
/// The least and most days of a long story.
const FEWEST: usize = 12;
const MOST: usize = 40;

/// What is known of one day.
#[derive(Debug, Default)]
struct Day {
    origins: BTreeSet<usize>,
    heads: BTreeSet<usize>,
    spread: BTreeSet<i64>,
}

/// Returns the days that matter, in order of time.
///
/// A day matters by how many origins tell of it, by how many of them tell it first, and by how many days of publication
/// look back or ahead to it; less where a neighbouring day is told of more, and where it lies long before the first report.
pub(crate) fn days_that_matter(told: &Told, mentions: &[Mention]) -> BTreeSet<i64> {
    let mut days: BTreeMap<i64, Day> = BTreeMap::new();
    for mention in mentions {
        let Some(at) = mention.day else { continue };
        let day = days.entry(at).or_default();
        let origin = told.origin[mention.line.0];
        day.origins.insert(origin);
        if mention.line.1 < HEAD {
            day.heads.insert(origin);
        }
        day.spread.extend(told.published[mention.line.0].filter(|published| *published != at));
    }
    let published: Vec<i64> = told.published.iter().flatten().copied().collect();
    let first = published.iter().min().copied();
    let last = published.iter().max().copied();
    let span = first.zip(last).map_or(days.len() as i64, |(first, last)| last - first + 1).max(1);
    let density = log(told.reports.len() as f64 / span as f64);
    let count = |day: i64| days.get(&day).map_or(0, |d| d.origins.len());
    let mut ranked: Vec<(f64, i64)> = days
        .iter()
        .map(|(&at, day)| {
            let before = first.map_or(0, |first| (first - at).max(0));
            let sum = ORIGINS * log(day.origins.len() as f64)
                + SPREAD * log(day.spread.len() as f64)
                + HEADS * log(day.heads.len() as f64)
                + NEIGHBOUR * log(count(at - 1).max(count(at + 1)) as f64)
                + AGE * log(before as f64)
                + DENSITY * density
                + BIAS;
            (1.0 / (1.0 + (-sum).exp()), at)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let expected: f64 = ranked.iter().map(|(likely, _)| likely).sum();
    let most = ((expected * USUAL).sqrt().round() as usize).clamp(FEWEST, MOST);
    ranked.into_iter().take(most).map(|(_, at)| at).collect()
}

fn log(count: f64) -> f64 {
    count.ln_1p()
}
