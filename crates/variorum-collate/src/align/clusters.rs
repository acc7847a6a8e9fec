//! Clusters: lines that say the same.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lines::Line;
use super::same::{self, BEYOND, COSINE, Kind, Measures};
use super::saying::{Book, Saying};
use super::{Cluster, Part};
use crate::clauses::{Grain, clauses as cut_into};
use crate::witness::{Forms, Witness};

/// Two lines this sure to say the same are joined.
const SURE: [f64; 3] = [0.88, 0.5, 0.5];
/// Two clusters join where their members are on average so sure to say the same, and each two of them at least.
const MEAN: [f64; 3] = [0.8, 0.42, 0.42];
const LOWEST: [f64; 3] = [0.5, 0.05, 0.05];
/// Two lines less sure than this by their very words are not looked at again.
const HOPELESS: f64 = 0.12;
/// Clauses are less told than sentences, so they must be surer.
const SURE_CLAUSE: f64 = 0.9;
/// Clauses are compared where their sentences are at least so alike.
const WORTH_CUTTING: f64 = 0.15;
/// How likely one line in two reports means one thing: "He declined to comment." may not.
const SAME_WORDS: f64 = 0.99;
/// So many members of a cluster stand for it in a comparison.
const MEMBERS: usize = 6;

/// A line, or a clause of one.
#[derive(Debug)]
struct Unit {
    line: usize,
    /// The words of the clause; none for the whole line.
    clause: Option<(usize, usize)>,
    saying: Saying,
}

/// How sure it is that two units say the same, asked once for each two. The first units are the lines themselves.
#[derive(Debug)]
pub(crate) struct Sureness<'a, 'r> {
    witnesses: &'a [Witness<'r>],
    lines: &'a [Line<'a>],
    units: Vec<Unit>,
    /// The units that are clauses of each line.
    clauses: Vec<Range<usize>>,
    book: Book,
    /// How alike each line is to the others on average, in a story of answers.
    usual: Vec<f64>,
    known: FxHashMap<(u32, u32), f64>,
    kind: Kind,
}

impl<'a, 'r> Sureness<'a, 'r> {
    /// Reads what is compared of every line and of its clauses.
    pub fn new(witnesses: &'a [Witness<'r>], forms: &Forms, lines: &'a [Line<'a>], kind: Kind) -> Self {
        let (mut book, mut units, mut clauses) = (Book::default(), Vec::new(), Vec::new());
        let witness = |line: &Line| &witnesses[line.places[0].witness];
        for (n, line) in lines.iter().enumerate() {
            let all = 0..line.passage.words.len();
            let saying = Saying::new(witness(line), line.passage, all, forms, &mut book);
            units.push(Unit { line: n, clause: None, saying });
        }
        for (n, line) in lines.iter().enumerate().filter(|_| kind == Kind::Sentences) {
            let from = units.len();
            let cut = cut_into(witness(line), line.passage, Grain::Statement);
            for range in cut.iter().filter(|_| cut.len() > 1) {
                let saying = Saying::new(witness(line), line.passage, range.clone(), forms, &mut book);
                units.push(Unit { line: n, clause: Some((range.start, range.end)), saying });
            }
            clauses.push(from..units.len());
        }
        let known = FxHashMap::default();
        let mut sureness = Sureness { witnesses, lines, units, clauses, book, usual: Vec::new(), known, kind };
        if kind != Kind::Sentences {
            sureness.usual = sureness.usual();
        }
        sureness
    }

    /// Returns what two lines have in common.
    pub fn measures(&mut self, a: usize, b: usize) -> Measures {
        let figures = |n: usize| self.witness(n).notes.figures.as_slice();
        let (x, y) = ((&self.units[a].saying, figures(a)), (&self.units[b].saying, figures(b)));
        let mut measures = same::measures(x, y, Some(&mut self.book));
        if let (Some(p), Some(q)) = (self.usual.get(a), self.usual.get(b)) {
            measures[BEYOND] = measures[COSINE] - (p + q) / 2.0;
        }
        measures
    }

    fn witness(&self, unit: usize) -> &'a Witness<'r> {
        &self.witnesses[self.lines[self.units[unit].line].places[0].witness]
    }

    fn saying(&self, unit: usize) -> (&Saying, &[variorum_news::Figure]) {
        (&self.units[unit].saying, &self.witness(unit).notes.figures)
    }

    /// Returns how sure it is that two lines say the same.
    pub fn of(&mut self, a: usize, b: usize) -> f64 {
        let key = (a.min(b) as u32, a.max(b) as u32);
        if let Some(&sure) = self.known.get(&key) {
            return sure;
        }
        let (a, b) = (a.min(b), a.max(b));
        let plain = same::sureness(&same::measures(self.saying(a), self.saying(b), None), self.kind);
        // Words that are near lift a likeness, but not one that is next to nothing.
        let sure = match plain < HOPELESS && self.kind == Kind::Sentences {
            true => plain,
            false => same::sureness(&self.measures(a, b), self.kind),
        };
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

/// Returns clusters of parts that say the same; a line without a like stands alone.
///
/// Lines join from the surest pair down; two clusters join only where their members are alike on average, so that a chain
/// of half-likenesses does not tie two unlike statements together. Then clauses join what their sentences did not.
pub(crate) fn clusters(
    witnesses: &[Witness],
    forms: &Forms,
    lines: &[Line],
    pairs: &[(usize, usize, f64)],
    kind: Kind,
) -> Vec<Cluster> {
    let mut sureness = Sureness::new(witnesses, forms, lines, kind);
    let mut groups = Groups::new(sureness.units.len());
    let least = SURE[kind as usize];
    let mut sure: Vec<(usize, usize, f64)> = Vec::new();
    for (a, b) in compared(lines, pairs, kind) {
        sure.push((a, b, sureness.of(a, b)));
    }
    groups.join(&mut sureness, sure.into_iter().filter(|pair| pair.2 >= least).collect());
    let clauses = clause_pairs(&mut sureness, &groups, pairs);
    groups.join(&mut sureness, clauses);
    groups.parts(&mut sureness)
}

/// The surest pairs of clauses, or of a clause and a line, of lines that were not joined.
fn clause_pairs(sureness: &mut Sureness, groups: &Groups, pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    let mut found = Vec::new();
    if sureness.kind != Kind::Sentences {
        return found;
    }
    for &(x, y, _) in pairs.iter().filter(|pair| pair.2 >= WORTH_CUTTING) {
        if groups.home[x] == groups.home[y] {
            continue;
        }
        let parts = |line: usize| std::iter::once(line).chain(sureness.clauses[line].clone()).collect::<Vec<usize>>();
        let (left, right) = (parts(x), parts(y));
        for &a in &left {
            for &b in right.iter().filter(|&&b| (a, b) != (x, y)) {
                let score = sureness.of(a, b);
                if score >= SURE_CLAUSE {
                    found.push((a, b, score));
                }
            }
        }
    }
    found
}

/// Groups of units that say the same.
#[derive(Debug)]
struct Groups {
    home: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Groups { home: (0..n).collect(), members: (0..n).map(|unit| vec![unit]).collect() }
    }

    /// Joins from the surest pair down.
    fn join(&mut self, sureness: &mut Sureness, mut pairs: Vec<(usize, usize, f64)>) {
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        for (a, b, _) in pairs {
            let (x, y) = (self.home[a], self.home[b]);
            if x == y || !self.may_join(sureness, (a, x), (b, y)) {
                continue;
            }
            let (into, from) = (x.min(y), x.max(y));
            let moved = std::mem::take(&mut self.members[from]);
            moved.iter().for_each(|&unit| self.home[unit] = into);
            self.members[into].extend(moved);
        }
    }

    /// Lines that were kept apart are not tied together by a clause, and no clause stands beside its own sentence.
    fn may_join(&self, sureness: &mut Sureness, (a, x): (usize, usize), (b, y): (usize, usize)) -> bool {
        let by_clause = sureness.units[a].clause.is_some() || sureness.units[b].clause.is_some();
        if by_clause {
            let units = &sureness.units;
            let lines = |group: usize| self.members[group].iter().map(|&unit| units[unit].line).collect::<Vec<usize>>();
            let whole = |group: usize| self.members[group].iter().any(|&unit| units[unit].clause.is_none());
            let (left, right) = (lines(x), lines(y));
            if whole(x) && whole(y) || left.iter().any(|line| right.contains(line)) {
                return false;
            }
        }
        go_together(sureness, &self.members[x], &self.members[y])
    }

    /// Clauses that found no like are told with their sentences.
    fn parts(&self, sureness: &mut Sureness) -> Vec<Cluster> {
        let mut clusters = Vec::new();
        for group in &self.members {
            if group.is_empty() || group.len() == 1 && sureness.units[group[0]].clause.is_some() {
                continue;
            }
            let sure = together(sureness, group);
            let parts = group.iter().flat_map(|&unit| {
                let unit = &sureness.units[unit];
                sureness.lines[unit.line].places.iter().map(|&place| Part { place, words: unit.clause })
            });
            clusters.push(Cluster { parts: parts.collect(), sure });
        }
        clusters
    }
}

/// In a story of a few answers each is compared with each; else those that share rare words.
fn compared(lines: &[Line], pairs: &[(usize, usize, f64)], kind: Kind) -> Vec<(usize, usize)> {
    const FEW: usize = 300;
    if kind != Kind::Sentences && lines.len() <= FEW {
        let others = |a: usize| (a + 1..lines.len()).map(move |b| (a, b));
        return (0..lines.len())
            .flat_map(others)
            .filter(|&(a, b)| lines[a].places[0].witness != lines[b].places[0].witness)
            .collect();
    }
    pairs.iter().map(|&(a, b, _)| (a, b)).collect()
}

/// How likely members say the same, each two of them on average; one line is told in the same words throughout.
fn together(sureness: &mut Sureness, group: &[usize]) -> f64 {
    if group.len() < 2 {
        return SAME_WORDS;
    }
    let few = spread(group);
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (n, &a) in few.iter().enumerate() {
        for &b in &few[n + 1..] {
            sum += same::chance(sureness.of(a, b), sureness.kind);
            pairs += 1.0;
        }
    }
    sum / pairs
}

fn spread(group: &[usize]) -> Vec<usize> {
    group.iter().copied().step_by(group.len().div_ceil(MEMBERS).max(1)).collect()
}

/// Members are spread evenly, so that large clusters cost no more than small ones.
fn go_together(sureness: &mut Sureness, a: &[usize], b: &[usize]) -> bool {
    let at = sureness.kind as usize;
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
