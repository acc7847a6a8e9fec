//! Figures of several reports that count the same thing.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use variorum_news::{Statement, StatementKind, Value};

use super::{FigureGroup, breadth, reading, share_right, verdict};
use crate::Told as Story;
use crate::align::{Place, likeness};
use crate::figures::{Amounts, Counted, Same, amounts, is_rare};
use crate::ids::id;
use crate::tolls::Tolls;

/// A figure of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    /// The passage.
    pub place: Place,
    /// Index of the figure in the report's annotations.
    pub figure: usize,
}

/// A bucket of figures that may count the same is compared with at most so many of it.
const MOST: usize = 60;

/// Returns a statement for each group of figures that two reports at least tell, and the groups.
pub(super) fn statements(
    story: &Story,
    pairs: &[(Place, Place, f64)],
    tolls: &Tolls,
) -> (Vec<Statement>, Vec<FigureGroup>) {
    let all = figures(story);
    let likes: FxHashMap<(Place, Place), f64> = pairs.iter().map(|&(a, b, score)| ((a, b), score)).collect();
    let mut groups = groups(story, &all, &likes);
    without_tolls(story, &mut groups, tolls);
    let mut statements = Vec::new();
    let mut named = Vec::new();
    for (group, apart) in groups {
        let (reports, origins) = breadth(story, group.iter().map(|t| t.place.witness));
        if reports < 2 {
            continue;
        }
        let figure = |t: &Told| &story.witnesses[t.place.witness].notes.figures[t.figure];
        let first = group.iter().find(|t| !story.kin.derived[t.place.witness]).unwrap_or(&group[0]);
        let gist = figure(first).span.clone();
        let name = id("st", "figure", &gist);
        let about = group.iter().find_map(|t| figure(t).what.clone()).or_else(|| Some(gist.text.clone()));
        let readings = group.iter().map(|t| {
            let f = figure(t);
            let mut reading = reading(story, t.place, f.span.clone(), Some(Value::Number(f.value)));
            reading.hedge = f.hedge;
            reading
        });
        let readings = readings.collect();
        let agreeing = agreeing_origins(story, &group);
        statements.push(Statement {
            id: name.clone(),
            kind: StatementKind::Figure,
            gist,
            about,
            readings,
            reports,
            origins,
            verdict: verdict(agreeing),
            confidence: share_right("figure"),
        });
        named.push(FigureGroup { statement: name, told: group, apart });
    }
    (statements, named)
}

/// Takes out what stands as a toll: the tolls know totals from parts, and who is counted where no number stands.
fn without_tolls(story: &Story, groups: &mut Vec<Counts>, tolls: &Tolls) {
    let is_toll = |t: &Told| {
        let witness = &story.witnesses[t.place.witness];
        let bytes = witness.spanner.bytes(&witness.notes.figures[t.figure].span);
        tolls.counted.iter().any(|(w, r)| *w == t.place.witness && r.start < bytes.end && bytes.start < r.end)
    };
    for (told, apart) in groups.iter_mut() {
        told.retain(|t| !is_toll(t));
        apart.retain(|(a, b)| !is_toll(a) && !is_toll(b));
    }
    groups.retain(|(told, _)| !told.is_empty());
}

/// How many origins tell one and the same amount.
fn agreeing_origins(story: &Story, group: &[Told]) -> usize {
    let figure = |t: &Told| &story.witnesses[t.place.witness].notes.figures[t.figure];
    group
        .iter()
        .map(|a| {
            breadth(
                story,
                group.iter().filter(|b| amounts(figure(a), figure(b)) != Amounts::Differ).map(|b| b.place.witness),
            )
            .1
        })
        .max()
        .unwrap_or(0)
}

fn figures<'a>(story: &'a Story) -> Vec<(Told, Counted<'a>)> {
    let mut found = Vec::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for figure in passage.figures.clone().filter(|&at| !witness.notes.figures[at].vague) {
                let told = Told { place: Place { witness: w, passage: p }, figure };
                found.push((told, Counted::new(&witness.notes.figures[figure], witness, passage)));
            }
        }
    }
    found
}

/// Figures that count the same, and those pairs of them that exclude each other.
type Counts = (Vec<Told>, Vec<(Told, Told)>);

/// Returns the figures that count the same, with those pairs of them that exclude each other.
fn groups(story: &Story, all: &[(Told, Counted)], likes: &FxHashMap<(Place, Place), f64>) -> Vec<Counts> {
    let mut home: Vec<usize> = (0..all.len()).collect();
    let mut apart: BTreeSet<(usize, usize)> = BTreeSet::new();
    for bucket in buckets(all).values() {
        for (i, &a) in bucket.iter().enumerate() {
            for &b in bucket[i + 1..].iter().take(MOST) {
                if all[a].0.place.witness != all[b].0.place.witness && same(story, all, a, b, likes) {
                    let (x, y) = (root(&home, a), root(&home, b));
                    home[x.max(y)] = x.min(y);
                    if amounts(all[a].1.figure, all[b].1.figure) == Amounts::Differ {
                        apart.insert((a.min(b), a.max(b)));
                    }
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Counts> = BTreeMap::new();
    for (n, (told, _)) in all.iter().enumerate() {
        groups.entry(root(&home, n)).or_default().0.push(*told);
    }
    for (a, b) in apart {
        groups.entry(root(&home, a)).or_default().1.push((all[a].0, all[b].0));
    }
    groups.into_values().filter(|g| g.0.len() > 1).collect()
}

/// Figures by the words that they could share: only those of one bucket are compared.
fn buckets<'c>(all: &'c [(Told, Counted)]) -> BTreeMap<(Option<&'c str>, String), Vec<usize>> {
    let mut buckets: BTreeMap<(Option<&str>, String), Vec<usize>> = BTreeMap::new();
    for (n, (_, counted)) in all.iter().enumerate() {
        let unit = counted.figure.unit.as_deref();
        let mut keys: Vec<String> = counted.head.iter().cloned().collect();
        if counted.people {
            keys.extend(counted.act.clone());
        }
        if unit.is_some() {
            keys.extend(counted.modifiers.iter().cloned());
        }
        if is_rare(counted.figure.value) {
            keys.push(format!("{}", counted.figure.value));
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            buckets.entry((unit, key)).or_default().push(n);
        }
    }
    buckets
}

fn root(home: &[usize], mut n: usize) -> usize {
    while home[n] != n {
        n = home[n];
    }
    n
}

fn same(story: &Story, all: &[(Told, Counted)], a: usize, b: usize, likes: &FxHashMap<(Place, Place), f64>) -> bool {
    let (x, y) = (&all[a], &all[b]);
    let pair = (x.0.place.min(y.0.place), x.0.place.max(y.0.place));
    let alike = likes.get(&pair).copied().unwrap_or_else(|| {
        let at = |p: Place| &story.witnesses[p.witness].passages[p.passage];
        likeness(at(pair.0), at(pair.1), story.forms).score
    });
    // 1,187 of something in two reports of one event is one count, however the sentences go on.
    if x.1.gives_the_rare_number_of(&y.1) && alike >= 0.04 {
        return true;
    }
    let relation = amounts(x.1.figure, y.1.figure);
    if relation == Amounts::Equal && x.1.shares_the_noun_of(&y.1) && alike >= 0.1 {
        return true;
    }
    if relation == Amounts::Differ && x.1.shares_the_limit_of(&y.1) && alike >= 0.2 {
        return true;
    }
    if x.1.same(&y.1, alike) != Same::Yes {
        return false;
    }
    let toll = x.1.counts_an_act(&y.1);
    match relation {
        Amounts::Equal => alike >= 0.12,
        Amounts::Compatible => alike >= if toll { 0.05 } else { 0.35 },
        // "More than 2 tonnes" leaves room for 18, which makes them neither the same nor different.
        Amounts::Open => toll && alike >= 0.05,
        // A count of people by what was done to them says what it counts; other nouns need their sentences to be alike.
        Amounts::Differ => alike >= if toll { 0.05 } else { 0.5 },
    }
}
