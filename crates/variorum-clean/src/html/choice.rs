//! Which lines of the page a voice has chosen: voices say where the article is, the page says how it reads.
//!
//! Extractors lose the spaces around links, move words and repeat lines; what is published is the page's own line.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::blocks::{Line, key};
use super::container::container;
use crate::piece::Piece;

/// A line with fewer letters may stand anywhere on a page.
const SHORT: usize = 25;
/// How far beside the lines that are surely chosen a short line may stand.
const NEAR: usize = 2;
/// Extractors drop and move words inside a line (footnote marks, links): a line is theirs if three quarters of its
/// parts are, each so many letters long.
const PART: usize = 10;
const FEWEST_PARTS: usize = 6;
/// Honest pages need less than a hundredth of it.
const MOST_SEARCHED: usize = 200 << 20;

/// Which lines of a page are the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice(pub Vec<bool>);

impl Choice {
    /// Returns the lines of the page that a reading holds.
    pub(crate) fn of(lines: &[Line], reading: &[Piece]) -> Self {
        let said = Said::of(reading);
        let occurs = occurrences(lines);
        let mut chosen: Vec<bool> = lines
            .iter()
            .map(|line| line.key.len() >= SHORT && occurs[line.key.as_str()].len() == 1 && said.holds(line))
            .collect();
        let home = container(lines, &chosen);
        let at_home = |at: usize| home.is_none_or(|home| lines[at].holders.contains(&home));
        // A line that stands twice on the page is taken as often as the reading has it, where the others stand.
        for (key, places) in occurs.iter().filter(|(key, places)| key.len() >= SHORT && places.len() > 1) {
            if said.has(key) {
                let (near, far): (Vec<usize>, Vec<usize>) = places.iter().partition(|at| at_home(**at));
                let times = said.counts.get(*key).copied().unwrap_or(1);
                near.into_iter().chain(far).take(times).for_each(|at| chosen[at] = true);
            }
        }
        short_lines(lines, &said, &mut chosen);
        Choice(chosen)
    }

    /// Returns how much two choices share: F1 over letters.
    pub(crate) fn likeness(&self, other: &Choice, lines: &[Line]) -> f64 {
        let both: Vec<bool> = self.0.iter().zip(&other.0).map(|(a, b)| *a && *b).collect();
        let all = self.letters(lines) + other.letters(lines);
        if all == 0 { 0.0 } else { 2.0 * Choice(both).letters(lines) as f64 / all as f64 }
    }

    /// Returns how many letters the choice holds.
    pub(crate) fn letters(&self, lines: &[Line]) -> usize {
        lines.iter().zip(&self.0).filter(|(_, chosen)| **chosen).map(|(line, _)| line.key.len()).sum()
    }

    /// Returns the chosen lines.
    pub(crate) fn pieces(&self, lines: &[Line]) -> Vec<Piece> {
        lines.iter().zip(&self.0).filter(|(_, chosen)| **chosen).map(|(line, _)| line.piece.clone()).collect()
    }
}

/// What a voice has said, made ready for comparison.
struct Said {
    text: String,
    /// How many bytes may still be searched: a page of a thousand times a thousand lines must end.
    budget: Cell<usize>,
    /// How often it has each line.
    counts: BTreeMap<String, usize>,
}

impl Said {
    fn of(reading: &[Piece]) -> Self {
        let mut said = Said { text: String::new(), budget: Cell::new(MOST_SEARCHED), counts: BTreeMap::new() };
        for piece in reading {
            let key = key(&piece.text);
            said.text.push_str(&key);
            *said.counts.entry(key).or_default() += 1;
        }
        said
    }

    /// Tells whether the reading has these letters in this order, anywhere.
    fn has(&self, key: &str) -> bool {
        if self.counts.contains_key(key) {
            return true;
        }
        let left = self.budget.get().checked_sub(self.text.len());
        left.is_some_and(|left| {
            self.budget.set(left);
            self.text.contains(key)
        })
    }

    fn holds(&self, line: &Line) -> bool {
        if self.has(&line.key) {
            return true;
        }
        let parts = parts(&line.key);
        let said = |part: &&&str| self.has(part);
        // Most lines that are not the voice's share nothing with it: three looks tell.
        parts.len() >= FEWEST_PARTS
            && parts.iter().step_by(parts.len() / 3).any(|part| said(&part))
            && parts.iter().filter(said).count() * 4 >= parts.len() * 3
    }
}

/// Returns a key cut into parts of equal length; the last may be shorter.
fn parts(key: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = key.char_indices().map(|(at, _)| at).step_by(PART).collect();
    cuts.push(key.len());
    cuts.windows(2).map(|two| &key[two[0]..two[1]]).collect()
}

/// Chooses short lines where the others stand: each as often as the reading has it, or inside one of its lines.
fn short_lines(lines: &[Line], said: &Said, chosen: &mut [bool]) {
    let home = container(lines, chosen);
    let (first, last) = edges(chosen);
    let mut left = said.counts.clone();
    for at in first.saturating_sub(NEAR)..lines.len().min(last + NEAR + 1) {
        let line = &lines[at];
        let at_home = home.is_none_or(|home| line.holders.contains(&home));
        if chosen[at] || line.key.is_empty() || line.key.len() >= SHORT || !said.has(&line.key) {
            continue;
        }
        match left.get_mut(&line.key) {
            Some(0) => {}
            Some(n) => {
                *n -= 1;
                chosen[at] = true;
            }
            None => chosen[at] = at_home && (first..=last).contains(&at),
        }
    }
}

/// Returns for every line where it stands.
fn occurrences(lines: &[Line]) -> BTreeMap<&str, Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        places.entry(line.key.as_str()).or_default().push(at);
    }
    places
}

/// Returns the first and the last line that is chosen; the whole page where none is.
fn edges(chosen: &[bool]) -> (usize, usize) {
    let first = chosen.iter().position(|chosen| *chosen).unwrap_or(0);
    let last = chosen.iter().rposition(|chosen| *chosen).unwrap_or(chosen.len().saturating_sub(1));
    (first, last)
}
