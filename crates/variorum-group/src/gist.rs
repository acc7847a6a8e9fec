//! What a story says: the sum of its reports. A report alone is the gist of one.

use serde::{Deserialize, Serialize};

use crate::counts::Class;
use crate::likeness::Weighed;
use crate::strongest::Strongest;

/// Words that a gist keeps; a story of many reports drops its weakest.
const KEPT: usize = 512;

/// What the reports of a story say together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Gist {
    /// Reports that are summed.
    pub reports: u32,
    /// Their words, in order of their keys.
    pub entries: Vec<Entry>,
    /// The first and the last day on which one was published.
    pub days: Option<(i32, i32)>,
    /// What its words weigh by kind, all of them and those of titles.
    pub mass: Mass,
}

/// A word of a story.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Entry {
    /// The hash of its stem.
    pub key: u32,
    /// What kind of word it is.
    pub class: Class,
    /// What it says by its rarity.
    pub rarity: f32,
    /// How strongly the reports hold it: the sum of its strengths over the reports' lengths.
    pub share: f32,
    /// Reports that hold it.
    pub held: u16,
    /// Reports whose titles hold it.
    pub titled: u16,
}

impl Entry {
    /// Returns the word's part in the story.
    pub fn weight(&self) -> f32 {
        self.share * self.rarity
    }
}

/// What words weigh, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Mass {
    /// By kind, in the order of `Class`.
    pub of: [f32; 5],
    /// Words of titles, by rarity alone.
    pub titles: f32,
    /// Names of titles, by rarity alone.
    pub title_names: f32,
    /// What most reports hold: names, and other words, by rarity.
    pub core: [f32; 2],
}

impl Mass {
    /// Adds a word of a gist of so many reports.
    pub fn add(&mut self, entry: &Entry, reports: f32) {
        self.of[entry.class as usize] += entry.weight();
        let titled = f32::from(entry.titled) * entry.rarity;
        self.titles += titled;
        let held = f32::from(entry.held) / reports;
        match entry.class {
            Class::Name => {
                self.core[0] += held * held * entry.rarity;
                self.title_names += titled;
            }
            Class::Plain => self.core[1] += held * held * entry.rarity,
            _ => {}
        }
    }
}

impl Gist {
    /// Returns the gist of one report.
    pub fn of(report: &Weighed) -> Self {
        let length = report.length.max(f32::MIN_POSITIVE);
        let entry = |weighed: &crate::likeness::WeighedTerm| Entry {
            key: weighed.term.key,
            class: weighed.class,
            rarity: weighed.rarity,
            share: weighed.term.strength() / length,
            held: 1,
            titled: u16::from(weighed.term.is_titled()),
        };
        let entries = report.terms.iter().map(entry).collect();
        let mut gist = Gist { reports: 1, entries, days: report.day.map(|day| (day, day)), mass: Mass::default() };
        gist.sum_up();
        gist
    }

    /// Takes in another gist.
    pub fn add(&mut self, other: &Gist) {
        self.reports += other.reports;
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        let mut entries = Vec::with_capacity(self.entries.len() + other.entries.len());
        let (mut mine, mut theirs) = (self.entries.iter().peekable(), other.entries.iter().peekable());
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(_), None) => mine.next().copied(),
                (None, Some(_)) => theirs.next().copied(),
                (Some(a), Some(b)) if a.key < b.key => mine.next().copied(),
                (Some(a), Some(b)) if b.key < a.key => theirs.next().copied(),
                (Some(_), Some(_)) => mine.next().zip(theirs.next()).map(|(a, b)| both(a, b)),
            };
            entries.extend(next);
        }
        self.entries = entries;
        self.shorten();
        self.sum_up();
    }

    fn shorten(&mut self) {
        if self.entries.len() <= KEPT + KEPT / 4 {
            return;
        }
        let kept = Strongest::of(self.entries.iter().map(|entry| (entry.weight(), entry.key)), KEPT);
        self.entries.retain(|entry| kept.holds(entry.weight(), entry.key));
        self.entries.shrink_to_fit();
    }

    fn sum_up(&mut self) {
        self.mass = Mass::default();
        let reports = self.reports as f32;
        self.entries.iter().for_each(|entry| self.mass.add(entry, reports));
    }
}

/// The newer rarity is the better founded one.
fn both(old: &Entry, new: &Entry) -> Entry {
    Entry {
        key: old.key,
        class: new.class,
        rarity: new.rarity,
        share: old.share + new.share,
        held: old.held.saturating_add(new.held),
        titled: old.titled.saturating_add(new.titled),
    }
}
