//! Which lines of a host are repeated, and on pages that tell different things.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use variorum_news::Report;

use super::sketch::{self, LineSketch};
use super::{Edge, HostLines, Repeated, RepeatedLines, host_of};
use crate::piece::folded;

/// So many pages of a host tell what it repeats; those with the smallest hashes, so that no order of coming matters.
const SAMPLE: usize = 200;
/// A line stands on so many different stories of its host at least.
const FEWEST_STORIES: usize = 5;
/// A line on fewer of its host's pages or stories (in tenths) may belong to a section, or to a matter.
const SHARE: usize = 5;
/// Pages that share this much of what they speak of tell one story.
const ONE_STORY: f64 = 0.25;
/// Pages that tell one story count as one; so many of a line's pages (in tenths) tell something of their own.
const OWN: usize = 5;
/// A topic that so many of the line's pages share (in tenths) is theirs too.
const THEIRS: usize = 2;
/// A topic that so many of them share (in tenths) is what they are about.
const ABOUT: usize = 5;

/// The lines seen so far, of a bounded number of pages a host. A plain value that can be kept and sent.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LinesSeen {
    hosts: BTreeMap<String, BTreeMap<u64, Vec<LineSketch>>>,
}

impl LinesSeen {
    /// Looks at one report more; a report without host and outlet teaches nothing.
    pub fn see(&mut self, report: &Report) {
        let Some(host) = host_of(report) else { return };
        let (name, lines) = sketch::of_text(&report.text);
        let pages = self.hosts.entry(host).or_default();
        pages.insert(name, lines);
        if pages.len() > SAMPLE {
            pages.pop_last();
        }
    }

    /// Returns what both have seen, as one that saw it all would have.
    pub fn merged(mut self, other: LinesSeen) -> LinesSeen {
        for (host, theirs) in other.hosts {
            let pages = self.hosts.entry(host).or_default();
            pages.extend(theirs);
            while pages.len() > SAMPLE {
                pages.pop_last();
            }
        }
        self
    }

    /// Returns what was seen of each host by itself, by the host's name: what hosts repeat can be learned apart.
    pub fn by_host(self) -> impl Iterator<Item = (String, LinesSeen)> {
        self.hosts.into_iter().map(|(host, pages)| {
            let hosts = BTreeMap::from([(host.clone(), pages)]);
            (host, LinesSeen { hosts })
        })
    }

    /// Returns the repeated lines, frozen.
    pub fn table(&self) -> RepeatedLines {
        let hosts = self.hosts.iter().filter_map(|(host, pages)| {
            let pages: Vec<&[LineSketch]> = pages.values().map(Vec::as_slice).collect();
            let lines = repeated(&pages, &sketch::topics(&folded(host)));
            (!lines.is_empty()).then(|| (host.clone(), HostLines { pages: pages.len(), lines }))
        });
        RepeatedLines { hosts: hosts.collect(), ..RepeatedLines::default() }
    }
}

/// Where a line was seen.
#[derive(Debug, Default)]
struct Places<'a> {
    pages: BTreeSet<usize>,
    at_head: usize,
    at_tail: usize,
    in_middle: usize,
    line: Option<&'a LineSketch>,
}

/// Returns what some pages repeat; an outlet's own name is no topic of theirs.
fn repeated(pages: &[&[LineSketch]], name: &[u32]) -> BTreeMap<String, Repeated> {
    if pages.len() < FEWEST_STORIES {
        return BTreeMap::new();
    }
    let places = places(pages);
    let own: Vec<BTreeSet<u32>> = pages.iter().map(|page| own_topics(page, &places)).collect();
    let stories = stories(&own);
    let n_stories = stories.iter().collect::<BTreeSet<_>>().len();
    let mut found = BTreeMap::new();
    for place in places.values() {
        let Some((line, words)) = place.line.and_then(|line| Some((line, line.words.as_ref()?))) else { continue };
        let told = place.pages.iter().map(|page| stories[*page]).collect::<BTreeSet<_>>().len();
        let is_common = place.pages.len() * 10 >= pages.len() * SHARE && told * 10 >= n_stories * SHARE;
        let differ = told >= FEWEST_STORIES && told * 10 >= place.pages.len() * OWN;
        let edge = edge(place).filter(|_| differ && is_common && !speaks_of(line, place, &own, name));
        if let Some(edge) = edge {
            found.insert(words.clone(), Repeated { edge, pages: place.pages.len(), stories: told });
        }
    }
    found
}

fn places<'a>(pages: &[&'a [LineSketch]]) -> BTreeMap<u64, Places<'a>> {
    let mut places: BTreeMap<u64, Places<'a>> = BTreeMap::new();
    for (n, page) in pages.iter().enumerate() {
        for line in *page {
            let place = places.entry(line.hash).or_default();
            place.pages.insert(n);
            match line.edge {
                Some(Edge::Head) => place.at_head += 1,
                Some(Edge::Tail) => place.at_tail += 1,
                None => place.in_middle += 1,
            }
            // Two lines fold to the same words and one may hold a quotation mark: then it is a line that stays.
            let stays = line.edge.is_some() && line.words.is_none();
            let known = place.line.is_some_and(|known| known.words.is_none());
            if line.edge.is_some() && (stays || !known) {
                place.line = Some(line);
            }
        }
    }
    places
}

/// A line that stands now here, now there is part of what is told.
fn edge(place: &Places<'_>) -> Option<Edge> {
    let all = place.at_head + place.at_tail + place.in_middle;
    let mostly = |n: usize| n * 10 >= all * 9;
    if mostly(place.at_tail) { Some(Edge::Tail) } else { mostly(place.at_head).then_some(Edge::Head) }
}

/// Returns what a page speaks of in the lines that few others have.
fn own_topics(page: &[LineSketch], places: &BTreeMap<u64, Places<'_>>) -> BTreeSet<u32> {
    let own = page.iter().filter(|line| places.get(&line.hash).is_none_or(|place| place.pages.len() < 3));
    own.flat_map(|line| line.topics.iter().copied()).collect()
}

/// Returns the number of each page's story: the first page before it that speaks of the same things.
fn stories(own: &[BTreeSet<u32>]) -> Vec<usize> {
    let mut firsts: Vec<usize> = Vec::new();
    let story = |(n, topics): (usize, &BTreeSet<u32>)| {
        let first = firsts.iter().copied().find(|first| likeness(&own[*first], topics) >= ONE_STORY);
        first.unwrap_or_else(|| {
            firsts.push(n);
            n
        })
    };
    own.iter().enumerate().map(story).collect()
}

/// Returns the share of the shorter page's topics that the longer has. A page without any is like all others.
fn likeness(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> f64 {
    let fewer = a.len().min(b.len());
    if fewer == 0 { 1.0 } else { a.intersection(b).count() as f64 / fewer as f64 }
}

/// Tells whether a line speaks of what its pages tell: then it is background, however often it is repeated.
fn speaks_of(line: &LineSketch, place: &Places<'_>, own: &[BTreeSet<u32>], name: &[u32]) -> bool {
    let n_pages = place.pages.len();
    let topics = line.topics.iter().filter(|topic| !name.contains(topic));
    let with: Vec<usize> =
        topics.map(|topic| place.pages.iter().filter(|page| own[**page].contains(topic)).count()).collect();
    let n_shared = with.iter().filter(|n| **n * 10 >= n_pages * THEIRS).count();
    with.iter().any(|n| *n * 10 >= n_pages * ABOUT) || n_shared >= 2 && n_shared * 3 >= with.len()
}
