//! What two reports have in common, and what each has alone.

use variorum_text::longest_chain;

use crate::profile::{Class, Profile, Term, Token};
use crate::register;
use crate::retold::{self, Retold};

/// Sentences that are told alike: the index in each report, and how alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    pub a: usize,
    pub b: usize,
    pub likeness: f32,
    /// What the words that both have prove together.
    pub proof: f32,
}

/// What was measured between two reports. Every measure is the same when the two are exchanged, but for `Side`s.
#[derive(Debug, Clone)]
pub struct Likeness {
    pub a: Side,
    pub b: Side,
    /// Share of the ordinary words of the report with fewer that the other has too.
    pub wording: f64,
    /// Share of the three-word runs of the report with fewer that the other has too.
    pub runs: f64,
    /// How far words that stand once in each report stand in the same order: 0 as chance has it, 1 wholly.
    pub order: f64,
    /// How many such words there are.
    pub anchors: usize,
    /// Of neighbouring sentences that are matched, the share whose matches are neighbours too.
    pub neighbours: f64,
    /// How far sentences told alike stand in the same order: 0 as chance has it, 1 wholly.
    pub chain: f64,
    /// The best three sentences on end, by their matches' likeness.
    pub passage: f64,
    /// Sentences told alike, in order of the first report.
    pub matches: Vec<Match>,
}

/// What one of the two reports has that the other lacks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Side {
    /// How many sentences.
    pub sentences: usize,
    /// Content words, weighted by what they prove.
    pub weight: f64,
    /// Share of the sentences' weight that the other report tells too.
    pub told: f64,
    /// Share of its sentences told much alike.
    pub strong: f64,
    /// Share of its sentences that the other report hardly tells.
    pub alone: f64,
    /// How often, from sentence to sentence, what the other tells and what it does not take turns, as a share.
    pub turns: f64,
    /// How many numbers it has, and how many of them the other lacks.
    pub numbers: (usize, usize),
    /// How many words of names it has, and how many of them the other lacks.
    pub names: (usize, usize),
    /// The mean length of its ordinary words that the other lacks.
    pub word_length: f64,
    /// Numbers, words of names and quoted words in the sentences that the other hardly tells.
    pub facts_alone: usize,
    /// How many names it gives in full where it first has them while the other begins with the short form.
    pub introduced: usize,
    /// How much the words that the other lacks are those of a text told again, by `data/register.tsv`.
    pub register: f64,
    /// How it words what the other tells too.
    pub retold: Retold,
    /// Share of its three-word runs that the other has too.
    pub verbatim: f64,
}

/// Measures two reports against each other.
pub fn likeness(a: &Profile<'_>, b: &Profile<'_>) -> Likeness {
    let grid = Grid::of(a, b);
    let (best_a, best_b) = (grid.best_of_a(), grid.best_of_b());
    let matches = matches(&grid, &best_a, &best_b);
    let shared_runs = shared(&a.runs, &b.runs);
    let (order, anchors) = order(a, b);
    let [retold_a, retold_b] = retold::retold(a, b, &matches);
    Likeness {
        a: Side { retold: retold_a, ..side(a, b, &best_a, &grid.weight_a, shared_runs) },
        b: Side { retold: retold_b, ..side(b, a, &best_b, &grid.weight_b, shared_runs) },
        wording: ratio(shared(&a.plain, &b.plain), a.plain.len().min(b.plain.len())),
        runs: ratio(shared_runs, a.runs.len().min(b.runs.len())),
        order,
        anchors,
        neighbours: neighbours(&matches),
        chain: in_order(matches.iter().map(|m| (m.a, m.b)).collect()),
        passage: passage(&best_a).max(passage(&best_b)),
        matches,
    }
}

/// How alike each sentence of one report is to each of the other.
struct Grid {
    width: usize,
    weight_a: Vec<f32>,
    weight_b: Vec<f32>,
    shared: Vec<f32>,
}

/// A short sentence that is wholly inside another proves little: this much unshared weight is added to each.
const DOUBT: f32 = 4.0;

impl Grid {
    /// Adds up what the shared words of each pair of sentences prove: rare words in these two reports most.
    fn of(a: &Profile<'_>, b: &Profile<'_>) -> Self {
        let (rows, width) = (a.sentences.len(), b.sentences.len());
        let mut grid =
            Grid { width, weight_a: vec![0.0; rows], weight_b: vec![0.0; width], shared: vec![0.0; rows * width] };
        let all = (rows + width) as f32;
        let (mut left, mut right) = (&a.terms[..], &b.terms[..]);
        while let Some(key) = left.first().map(|t| t.key).into_iter().chain(right.first().map(|t| t.key)).min() {
            let (ours, rest) = run_of(left, key);
            left = rest;
            let (theirs, rest) = run_of(right, key);
            right = rest;
            let rarity = (1.0 + all / (ours.len() + theirs.len()) as f32).ln();
            for term in ours {
                grid.weight_a[term.sentence as usize] += rarity * term.proof;
            }
            for term in theirs {
                grid.weight_b[term.sentence as usize] += rarity * term.proof;
            }
            // A word of every second sentence tells no two of them apart, and would cost the most.
            if ours.len() * theirs.len() > 400 {
                continue;
            }
            for x in ours {
                for y in theirs {
                    grid.shared[x.sentence as usize * width + y.sentence as usize] += rarity * x.proof.min(y.proof);
                }
            }
        }
        grid
    }

    fn likeness(&self, a: usize, b: usize) -> f32 {
        self.shared[a * self.width + b] / (self.weight_a[a].min(self.weight_b[b]) + DOUBT)
    }

    fn best_of_a(&self) -> Vec<(usize, f32)> {
        (0..self.weight_a.len()).map(|a| best((0..self.width).map(|b| self.likeness(a, b)))).collect()
    }

    fn best_of_b(&self) -> Vec<(usize, f32)> {
        (0..self.width).map(|b| best((0..self.weight_a.len()).map(|a| self.likeness(a, b)))).collect()
    }
}

fn run_of(terms: &[Term], key: u64) -> (&[Term], &[Term]) {
    terms.split_at(terms.iter().take_while(|t| t.key == key).count())
}

fn best(values: impl Iterator<Item = f32>) -> (usize, f32) {
    values.enumerate().fold((0, 0.0), |best, (at, value)| if value > best.1 { (at, value) } else { best })
}

/// Two sentences match when each is the other's likest, and likely no chance.
fn matches(grid: &Grid, best_a: &[(usize, f32)], best_b: &[(usize, f32)]) -> Vec<Match> {
    best_a
        .iter()
        .enumerate()
        .filter(|(a, (b, likeness))| *likeness >= 0.25 && best_b.get(*b).is_some_and(|back| back.0 == *a))
        .map(|(a, (b, likeness))| Match { a, b: *b, likeness: *likeness, proof: grid.shared[a * grid.width + b] })
        .collect()
}

fn side(own: &Profile<'_>, other: &Profile<'_>, best: &[(usize, f32)], weights: &[f32], shared_runs: usize) -> Side {
    let weight: f32 = weights.iter().sum();
    let told: f32 = best.iter().zip(weights).map(|((_, likeness), weight)| likeness.min(1.0) * weight).sum();
    let strong: f32 = best.iter().zip(weights).filter(|((_, l), _)| *l >= 0.5).map(|(_, weight)| weight).sum();
    let alone: f32 = best.iter().zip(weights).filter(|((_, l), _)| *l < 0.2).map(|(_, weight)| weight).sum();
    let lacking = |own: &[u64], other: &[u64]| (own.len(), own.len() - shared(own, other));
    let lacks = |key: u64| other.plain.binary_search(&key).is_err();
    Side {
        sentences: weights.len(),
        weight: weight.into(),
        told: (told / weight.max(1e-6)).into(),
        strong: (strong / weight.max(1e-6)).into(),
        turns: turns(best),
        alone: (alone / weight.max(1e-6)).into(),
        numbers: lacking(&own.numbers, &other.numbers),
        names: lacking(&own.names, &other.names),
        word_length: retold::mean_length(own.tokens.iter().filter(|t| t.class == Class::Word && lacks(t.key))),
        verbatim: ratio(shared_runs, own.runs.len()),
        facts_alone: facts_alone(own, best),
        introduced: introduced(own, other),
        register: register::of(own, other),
        retold: Retold::default(),
    }
}

fn facts_alone(own: &Profile<'_>, best: &[(usize, f32)]) -> usize {
    let alone = |token: &&Token| best.get(token.sentence).is_some_and(|(_, likeness)| *likeness < 0.2);
    let is_fact = |token: &&Token| token.quoted || matches!(token.class, Class::Name | Class::Number);
    own.tokens.iter().filter(alone).filter(is_fact).count()
}

/// Who cuts or moves what he takes loses the place where a name is given in full.
fn introduced(own: &Profile<'_>, other: &Profile<'_>) -> usize {
    let theirs = |key: u64| other.firsts.binary_search_by_key(&key, |(key, _)| *key).ok().map(|at| other.firsts[at].1);
    own.firsts.iter().filter(|(key, in_full)| *in_full && theirs(*key) == Some(false)).count()
}

fn turns(best: &[(usize, f32)]) -> f64 {
    let kinds: Vec<bool> = best.iter().filter(|(_, l)| !(0.2..0.3).contains(l)).map(|(_, l)| *l >= 0.3).collect();
    let turns = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    ratio(turns, best.len())
}

/// Returns how many values two sorted lists share.
pub fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Returns how far the words that stand once in each report keep their order, and how many there are.
///
/// Of n places in random order a chain of about 2√n rises by chance; only what is beyond that counts.
fn order(a: &Profile<'_>, b: &Profile<'_>) -> (f64, usize) {
    let (ours, theirs) = (&a.single, &b.single);
    let (mut i, mut j) = (0, 0);
    let mut anchors = Vec::new();
    while i < ours.len() && j < theirs.len() {
        match ours[i].0.cmp(&theirs[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                anchors.push((ours[i].1, theirs[j].1));
                i += 1;
                j += 1;
            }
        }
    }
    let count = anchors.len();
    (in_order(anchors), count)
}

/// Returns how far places in two reports rise together beyond what chance does: 0 at all by chance, 1 wholly.
fn in_order(mut places: Vec<(usize, usize)>) -> f64 {
    let n = places.len() as f64;
    if n <= 4.0 {
        return 0.0;
    }
    places.sort_unstable();
    let chance = 2.0 * n.sqrt();
    ((longest_chain(&places).len() as f64 - chance) / (n - chance)).max(0.0)
}

fn neighbours(matches: &[Match]) -> f64 {
    let mut forth: Vec<(usize, usize)> = matches.iter().map(|m| (m.a, m.b)).collect();
    let mut back: Vec<(usize, usize)> = matches.iter().map(|m| (m.b, m.a)).collect();
    forth.sort_unstable();
    back.sort_unstable();
    (steps_kept(&forth) + steps_kept(&back)) / 2.0
}

fn steps_kept(places: &[(usize, usize)]) -> f64 {
    let near = places.windows(2).filter(|pair| pair[1].0 - pair[0].0 <= 2);
    let kept: Vec<bool> = near.map(|pair| pair[1].1 > pair[0].1 && pair[1].1 - pair[0].1 <= 3).collect();
    // Two neighbours by chance prove little: one stray step is counted on top.
    ratio(kept.iter().filter(|kept| **kept).count(), kept.len() + 1)
}

fn passage(best: &[(usize, f32)]) -> f64 {
    let sum = |run: &[(usize, f32)]| -> f32 {
        let near = |x: usize, y: usize| x.abs_diff(y) <= 3;
        let on_end = run.windows(2).filter(|pair| near(pair[0].0, pair[1].0)).count();
        run.iter().map(|(_, l)| l.min(1.0)).sum::<f32>() / 3.0 * (1 + on_end) as f32 / 3.0
    };
    let best = if best.len() < 3 { sum(best) } else { best.windows(3).map(sum).fold(0.0, f32::max) };
    best.into()
}
