//! Which passages are worth a comparison, and how alike they are by their words.

use super::lines::Line;
use crate::witness::{Forms, Passage};

/// How alike two passages are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// From 0 to 1: weighted words in common, for texts of unlike length too.
    pub score: f64,
    /// How many content words they share.
    pub shared: usize,
}

/// The reach of one alignment: how many passages a rare word may lead to, and how many each passage is held against.
const MOST_IN_LIST: usize = 300;
const MOST_CANDIDATES: usize = 40;
const KEYS: usize = 10;

/// Returns how alike two passages are by their weighted content words.
///
/// The cosine alone would punish a passage that joins what another report tells in two sentences, so the share of the
/// smaller side that the larger holds counts too, somewhat less.
pub(crate) fn likeness(a: &Passage, b: &Passage, forms: &Forms) -> Likeness {
    let size = |p: &Passage| p.forms.iter().map(|&f| forms.weight(f).powi(2)).sum::<f64>();
    let shared = shared(a, b, |form| forms.weight(form).powi(2));
    of_shared(shared, || (size(a), size(b)))
}

/// The squared weights of the forms that both have, and how many these are.
fn shared(a: &Passage, b: &Passage, square: impl Fn(u32) -> f64) -> (f64, usize) {
    let (mut both, mut shared) = (0.0, 0);
    let (mut i, mut j) = (0, 0);
    while i < a.forms.len() && j < b.forms.len() {
        match a.forms[i].cmp(&b.forms[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += square(a.forms[i]);
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    (both, shared)
}

fn of_shared((both, shared): (f64, usize), sizes: impl Fn() -> (f64, f64)) -> Likeness {
    if shared == 0 {
        return Likeness { score: 0.0, shared };
    }
    let (left, right) = sizes();
    let cosine = both / (left * right).sqrt();
    let part = both / left.min(right);
    let score = if shared >= 3 { cosine.max(0.75 * part) } else { cosine };
    Likeness { score: score.min(1.0), shared }
}

/// Returns the pairs of like lines, the lesser first, best pairs first.
pub(crate) fn pairs(lines: &[Line], forms: &Forms, least: f64) -> Vec<(usize, usize, f64)> {
    let squares: Vec<f64> = (0..forms.passages.len()).map(|form| forms.weight(form as u32).powi(2)).collect();
    let mut index: Vec<Vec<u32>> = vec![Vec::new(); squares.len()];
    for (n, line) in lines.iter().enumerate() {
        line.passage.forms.iter().for_each(|&form| index[form as usize].push(n as u32));
    }
    let mut votes = vec![0.0f64; lines.len()];
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        for other in candidates(n, line, lines, &index, &squares, &mut votes) {
            let there = &lines[other];
            let like =
                of_shared(shared(line.passage, there.passage, |f| squares[f as usize]), || (line.size, there.size));
            if like.score >= least && (like.shared >= 2 || like.score >= 0.7) {
                found.push((n.min(other), n.max(other), like.score));
            }
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    found.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
    found
}

/// The lines of other reports that share the rarest forms, by what those weigh together.
fn candidates(
    n: usize,
    line: &Line,
    lines: &[Line],
    index: &[Vec<u32>],
    squares: &[f64],
    votes: &mut [f64],
) -> Vec<usize> {
    let mut keys: Vec<u32> = line.passage.forms.iter().copied().filter(|&f| index[f as usize].len() > 1).collect();
    keys.sort_by_key(|&f| (index[f as usize].len(), f));
    let mut touched: Vec<usize> = Vec::new();
    for &key in keys.iter().take(KEYS) {
        for &other in index[key as usize].iter().take(MOST_IN_LIST) {
            let other = other as usize;
            if votes[other] == 0.0 {
                touched.push(other);
            }
            votes[other] += squares[key as usize];
        }
    }
    let mut ranked: Vec<(f64, usize)> = Vec::with_capacity(touched.len());
    for &other in &touched {
        if other != n
            && (lines[other].places[0].witness != line.places[0].witness
                || lines[other].places.len() > 1
                || line.places.len() > 1)
        {
            ranked.push((votes[other], other));
        }
        votes[other] = 0.0;
    }
    let best = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if ranked.len() > MOST_CANDIDATES {
        ranked.select_nth_unstable_by(MOST_CANDIDATES, best);
        ranked.truncate(MOST_CANDIDATES);
    }
    ranked.into_iter().map(|(_, other)| other).collect()
}
