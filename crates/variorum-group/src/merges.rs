//! Which stories went into one another, and what each would be alone: a merge that later reports contradict is undone.
//!
//! A merged story goes on as its sides. A new report of the story is signed in with the side that it is most like. Once
//! a side has grown to twice what it was, it is held against the others again; where the two have become far less alike
//! than a merge asks for, the side leaves with its reports, under the name that it had.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use variorum_news::ReportId;

/// Reports that each side must have before a merge is looked at again: fewer show no difference yet.
const GROWN: usize = 4;

/// Each side is held against the others through so many of its reports, half the first, half the latest.
const SPEAKERS: usize = 12;

/// A story that went into another, or the one that took it: what it would be alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Its number on the shelf.
    pub story: u32,
    /// Its name.
    pub name: String,
    /// Its reports that speak for themselves.
    pub records: Vec<u32>,
    /// All its reports.
    pub ids: Vec<ReportId>,
    /// Reports that it had when it was last held against the others.
    looked_at: usize,
}

impl Side {
    /// Returns a story as it is now.
    pub fn of(story: u32, name: &str, records: &[u32], ids: &[ReportId]) -> Self {
        Side { story, name: name.to_owned(), records: records.to_vec(), ids: ids.to_vec(), looked_at: records.len() }
    }
}

/// The sides of every merged story, in the order in which they came to it; its own first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merges {
    sides: BTreeMap<u32, Vec<Side>>,
}

impl Merges {
    /// Remembers that the second story went into the first.
    pub fn join(&mut self, first: Side, second: Side) {
        let into = first.story;
        let came = self.sides.remove(&second.story).unwrap_or_else(|| vec![second]);
        self.sides.entry(into).or_insert_with(|| vec![first]).extend(came);
    }

    /// Signs a report in with the side that it is most like, or, a copy, with the side of its original.
    pub fn sign_in(&mut self, story: u32, report: Signed, alike: impl Fn(&[u32], &[u32]) -> f32) {
        let Some(sides) = self.sides.get_mut(&story) else { return };
        let at = match report.copy_of {
            Some(original) => sides.iter().position(|side| side.records.contains(&original)).unwrap_or(0),
            None => {
                let own: Vec<u32> = report.record.into_iter().collect();
                let likeness: Vec<f32> = sides.iter().map(|side| alike(&own, &speakers(&side.records))).collect();
                // The earlier side has it where two are as like.
                (0..sides.len()).rev().max_by(|&a, &b| likeness[a].total_cmp(&likeness[b])).unwrap_or(0)
            }
        };
        sides[at].records.extend(report.record);
        sides[at].ids.push(report.id.clone());
    }

    /// Returns the side that no longer belongs to a story, if one has grown away from the others.
    pub fn part(&mut self, story: u32, least: f32, alike: impl Fn(&[u32], &[u32]) -> f32) -> Option<Side> {
        let sides = self.sides.get_mut(&story)?;
        for at in (1..sides.len()).rev() {
            let rest = sides.iter().enumerate().filter(|(other, _)| *other != at);
            let mut rest: Vec<u32> = rest.flat_map(|(_, side)| side.records.iter().copied()).collect();
            rest.sort_unstable();
            let grown = sides[at].records.len();
            if grown.min(rest.len()) < GROWN || grown < 2 * sides[at].looked_at {
                continue;
            }
            sides[at].looked_at = grown;
            if alike(&speakers(&sides[at].records), &speakers(&rest)) < least {
                let side = sides.remove(at);
                if sides.len() == 1 {
                    self.sides.remove(&story);
                }
                return Some(side);
            }
        }
        None
    }

    /// Returns the numbers of the stories that a story is made of.
    pub fn sides_of(&self, story: u32) -> impl Iterator<Item = u32> {
        self.sides.get(&story).into_iter().flatten().map(|side| side.story)
    }

    /// Forgets a story.
    pub fn forget(&mut self, story: u32) {
        self.sides.remove(&story);
    }
}

/// A report that came to a merged story.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// Its name.
    pub id: &'a ReportId,
    /// Its number, where it speaks for itself.
    pub record: Option<u32>,
    /// The number of the report whose text it has.
    pub copy_of: Option<u32>,
}

fn speakers(records: &[u32]) -> Vec<u32> {
    if records.len() <= SPEAKERS {
        return records.to_vec();
    }
    let (first, latest) = (&records[..SPEAKERS / 2], &records[records.len() - SPEAKERS / 2..]);
    [first, latest].concat()
}

#[cfg(test)]
mod tests {
    use variorum_news::ReportId;

    use super::{Merges, Side, Signed};

    /// Reports whose numbers are near each other are alike.
    fn near(a: &[u32], b: &[u32]) -> f32 {
        let mean = |of: &[u32]| of.iter().map(|&n| n as f32).sum::<f32>() / of.len().max(1) as f32;
        1.0 / (1.0 + (mean(a) - mean(b)).abs())
    }

    fn id(n: u32) -> ReportId {
        format!("r{n}").as_str().into()
    }

    fn side(story: u32, records: &[u32]) -> Side {
        let ids: Vec<ReportId> = records.iter().map(|&n| id(n)).collect();
        Side::of(story, &format!("s{story}"), records, &ids)
    }

    fn sign_in(merges: &mut Merges, story: u32, records: &[u32]) {
        for &n in records {
            merges.sign_in(story, Signed { id: &id(n), record: Some(n), copy_of: None }, near);
        }
    }

    #[test]
    fn two_events_that_grow_apart_are_two_stories_again() {
        let mut merges = Merges::default();
        merges.join(side(1, &[1, 2]), side(50, &[50, 51]));
        assert_eq!(merges.part(1, 0.1, near), None, "nothing is decided on two reports");
        sign_in(&mut merges, 1, &[3, 52, 4, 53]);
        let copy = id(99);
        merges.sign_in(1, Signed { id: &copy, record: None, copy_of: Some(52) }, near);
        let left = merges.part(1, 0.1, near).unwrap();
        assert_eq!((left.name.as_str(), left.records), ("s50", vec![50, 51, 52, 53]));
        assert_eq!(left.ids, [50, 51, 52, 53, 99].map(id));
        assert_eq!(merges, Merges::default(), "what is left is a story like any other");
    }

    #[test]
    fn one_event_told_in_two_stories_stays_one() {
        let mut merges = Merges::default();
        merges.join(side(1, &[1, 2]), side(5, &[5, 6]));
        for n in 3..40 {
            sign_in(&mut merges, 1, &[n]);
            assert_eq!(merges.part(1, 0.04, near), None);
        }
    }

    #[test]
    fn a_side_that_brought_sides_of_its_own_leaves_alone() {
        let mut merges = Merges::default();
        merges.join(side(40, &[40, 41]), side(90, &[90, 91]));
        merges.join(side(1, &[1, 2, 3, 4]), side(40, &[40, 41, 90, 91]));
        sign_in(&mut merges, 1, &[92, 93]);
        assert_eq!(merges.part(1, 0.05, near).map(|side| side.name).as_deref(), Some("s90"));
        sign_in(&mut merges, 1, &[42, 43]);
        assert_eq!(merges.part(1, 0.05, near).map(|side| side.name).as_deref(), Some("s40"));
    }
}
