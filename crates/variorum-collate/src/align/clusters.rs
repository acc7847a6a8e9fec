//! Clusters: lines that say the same.

use rustc_hash::FxHashMap;

use super::Place;
use super::lines::Line;
use super::same::{self, BEYOND, COSINE, Kind, Measures};
use super::saying::{Book, Saying};
use crate::witness::{Forms, Witness};

/// Two lines this sure to say the same are joined.
const SURE: [f64; 2] = [0.5, 0.5];
/// Two clusters join where their members are on average so sure to say the same, and each two of them at least.
const MEAN: [f64; 2] = [0.42, 0.42];
const LOWEST: [f64; 2] = [0.08, 0.05];
/// So many members of a cluster stand for it in a comparison.
const MEMBERS: usize = 6;

/// How sure it is that two lines say the same, asked once for each two.
#[derive(Debug)]
pub(crate) struct Sureness<'a, 'r> {
    witnesses: &'a [Witness<'r>],
    lines: &'a [Line<'a>],
    sayings: Vec<Saying>,
    book: Book,
    /// How alike each line is to the others on average, in a story of answers.
    usual: Vec<f64>,
    known: FxHashMap<(u32, u32), f64>,
    kind: Kind,
}

impl<'a, 'r> Sureness<'a, 'r> {
    /// Reads what is compared of every line.
    pub fn new(witnesses: &'a [Witness<'r>], forms: &Forms, lines: &'a [Line<'a>], kind: Kind) -> Self {
        let mut book = Book::default();
        let saying = |line: &Line, book: &mut Book| {
            let witness = &witnesses[line.places[0].witness];
            Saying::new(witness, line.passage, 0..line.passage.words.len(), forms, book)
        };
        let sayings = lines.iter().map(|line| saying(line, &mut book)).collect();
        let known = FxHashMap::default();
        let mut sureness = Sureness { witnesses, lines, sayings, book, usual: Vec::new(), known, kind };
        if kind == Kind::Answers {
            sureness.usual = sureness.usual();
        }
        sureness
    }

    /// Returns what two lines have in common.
    pub fn measures(&mut self, a: usize, b: usize) -> Measures {
        let figures = |n: usize| self.witnesses[self.lines[n].places[0].witness].notes.figures.as_slice();
        let (x, y) = ((&self.sayings[a], figures(a)), (&self.sayings[b], figures(b)));
        let mut measures = same::measures(x, y, &mut self.book);
        if let (Some(p), Some(q)) = (self.usual.get(a), self.usual.get(b)) {
            measures[BEYOND] = measures[COSINE] - (p + q) / 2.0;
        }
        measures
    }

    /// Returns how sure it is that two lines say the same.
    pub fn of(&mut self, a: usize, b: usize) -> f64 {
        let key = (a.min(b) as u32, a.max(b) as u32);
        if let Some(&sure) = self.known.get(&key) {
            return sure;
        }
        let measures = self.measures(a.min(b), a.max(b));
        let sure = same::sureness(&measures, self.kind);
        self.known.insert(key, sure);
        sure
    }

    /// Each line is held against so many others at most, spread evenly, to learn what is usual.
    fn usual(&mut self) -> Vec<f64> {
        const OTHERS: usize = 40;
        let n = self.lines.len();
        let step = n.div_ceil(OTHERS).max(1);
        let mut usual = Vec::with_capacity(n);
        for a in 0..n {
            let own = self.lines[a].places[0].witness;
            let others: Vec<usize> =
                (0..n).step_by(step).filter(|&b| b != a && self.lines[b].places[0].witness != own).collect();
            let sum: f64 = others.iter().map(|&b| self.measures(a.min(b), a.max(b))[COSINE]).sum();
            usual.push(sum / others.len().max(1) as f64);
        }
        usual
    }
}

/// Returns clusters of places that say the same; a line without a like stands alone.
///
/// Lines join from the surest pair down; two clusters join only where their members are alike on average, so that a chain
/// of half-likenesses does not tie two unlike statements together.
pub(crate) fn clusters(
    witnesses: &[Witness],
    forms: &Forms,
    lines: &[Line],
    pairs: &[(usize, usize, f64)],
    kind: Kind,
) -> Vec<Vec<Place>> {
    let mut sureness = Sureness::new(witnesses, forms, lines, kind);
    let at = kind as usize;
    let mut sure: Vec<(usize, usize, f64)> = Vec::new();
    for (a, b) in compared(lines, pairs, kind) {
        let score = sureness.of(a, b);
        if score >= SURE[at] {
            sure.push((a, b, score));
        }
    }
    sure.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut home: Vec<usize> = (0..lines.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..lines.len()).map(|n| vec![n]).collect();
    for (a, b, _) in sure {
        let (x, y) = (home[a], home[b]);
        if x == y || !go_together(&mut sureness, &groups[x], &groups[y], at) {
            continue;
        }
        let (into, from) = (x.min(y), x.max(y));
        let moved = std::mem::take(&mut groups[from]);
        moved.iter().for_each(|&line| home[line] = into);
        groups[into].extend(moved);
    }
    let places = |group: &Vec<usize>| group.iter().flat_map(|&line| lines[line].places.iter().copied()).collect();
    groups.iter().filter(|group| !group.is_empty()).map(places).collect()
}

/// In a story of a few answers each is compared with each; else those that share rare words.
fn compared(lines: &[Line], pairs: &[(usize, usize, f64)], kind: Kind) -> Vec<(usize, usize)> {
    const FEW: usize = 300;
    if kind == Kind::Answers && lines.len() <= FEW {
        let others = |a: usize| (a + 1..lines.len()).map(move |b| (a, b));
        return (0..lines.len())
            .flat_map(others)
            .filter(|&(a, b)| lines[a].places[0].witness != lines[b].places[0].witness)
            .collect();
    }
    pairs.iter().map(|&(a, b, _)| (a, b)).collect()
}

/// Members are spread evenly, so that large clusters cost no more than small ones.
fn go_together(sureness: &mut Sureness, a: &[usize], b: &[usize], at: usize) -> bool {
    let spread = |g: &[usize]| -> Vec<usize> { g.iter().copied().step_by(g.len().div_ceil(MEMBERS).max(1)).collect() };
    let (a, b) = (spread(a), spread(b));
    let (mut sum, mut lowest) = (0.0, 1.0f64);
    for &x in &a {
        for &y in &b {
            let sure = sureness.of(x, y);
            sum += sure;
            lowest = lowest.min(sure);
        }
    }
    sum / (a.len() * b.len()) as f64 >= MEAN[at] && lowest >= LOWEST[at]
}
