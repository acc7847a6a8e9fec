//! One person, spelled in two ways.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Name, NameKind, Statement, Variant, VariantKind};
use variorum_text::{fold, words};

use super::variant;
use crate::Told;
use crate::align::Place;
use crate::statements::reading;

/// A name is held against so many others that share a word with it.
const MOST: usize = 60;

/// A name with its first telling, and the witnesses that print it.
type Bearers<'a> = BTreeMap<String, (Place, &'a Name, BTreeSet<usize>)>;

pub(super) fn variants(story: &Told, statements: &[Statement]) -> Vec<Variant> {
    let people = people(story);
    let all: Vec<_> = people.iter().collect();
    let mut home: Vec<usize> = (0..all.len()).collect();
    for (i, j) in candidates(&people) {
        let ((a, x), (b, y)) = (all[i], all[j]);
        // A report that prints both knows two people.
        if home[i] != home[j] && is_misspelling(a, b) && x.2.is_disjoint(&y.2) {
            let (into, from) = (home[i].min(home[j]), home[i].max(home[j]));
            home.iter_mut().filter(|h| **h == from).for_each(|h| *h = into);
        }
    }
    // Three spellings of one name are one finding, with each spelling once.
    let mut found: BTreeMap<usize, Vec<(Place, &Name)>> = BTreeMap::new();
    for (n, (_, telling)) in all.iter().enumerate() {
        found.entry(home[n]).or_default().push((telling.0, telling.1));
    }
    let mut groups: Vec<Vec<(Place, &Name)>> = found.into_values().filter(|g| g.len() > 1).collect();
    groups.iter_mut().for_each(|g| g.sort_by_key(|t| t.0));
    groups.into_iter().filter_map(|group| one(story, statements, group)).collect()
}

fn people<'a>(story: &'a Told) -> Bearers<'a> {
    let mut people = Bearers::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for name in &witness.notes.names[passage.names.clone()] {
                let folded = folded(&name.span.text);
                if name.kind == NameKind::Person && folded.len() >= 2 {
                    let place = Place { witness: w, passage: p };
                    people.entry(folded.join(" ")).or_insert((place, name, BTreeSet::new())).2.insert(w);
                }
            }
        }
    }
    people
}

/// Pairs of names that share a word in the same place: only they can be one name but for another word.
fn candidates(people: &Bearers) -> BTreeSet<(usize, usize)> {
    let mut buckets: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (n, name) in people.keys().enumerate() {
        for (at, word) in name.split(' ').enumerate() {
            buckets.entry((at, word)).or_default().push(n);
        }
    }
    let pairs = |list: &Vec<usize>| -> Vec<(usize, usize)> {
        let later =
            |(i, &a): (usize, &usize)| list[i + 1..].iter().take(MOST).map(move |&b| (a, b)).collect::<Vec<_>>();
        list.iter().enumerate().flat_map(later).collect()
    };
    buckets.values().flat_map(pairs).collect()
}

fn one(story: &Told, statements: &[Statement], group: Vec<(Place, &Name)>) -> Option<Variant> {
    let about = group.first()?.1.span.text.clone();
    let sentence = &story.witnesses[group[0].0.witness].passages[group[0].0.passage].span;
    let statement =
        statements.iter().find(|s| s.readings.iter().any(|r| r.span == *sentence)).map_or("", |s| s.id.as_str());
    variant(
        VariantKind::Name,
        about,
        statement,
        group.iter().map(|(place, name)| reading(story, *place, name.span.clone(), None)).collect(),
    )
}

fn folded(name: &str) -> Vec<String> {
    words(name).iter().map(|w| fold(w.text)).collect()
}

/// The same but for one or two letters of one long word.
fn is_misspelling(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if a.len() != b.len() {
        return false;
    }
    let unlike: Vec<(&&str, &&str)> = a.iter().zip(&b).filter(|(x, y)| x != y).collect();
    match unlike.as_slice() {
        [(x, y)] => x.len().min(y.len()) >= 4 && distance(x, y) <= if x.len().min(y.len()) >= 7 { 2 } else { 1 },
        _ => false,
    }
}

/// Levenshtein distance.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::is_misspelling;

    #[test]
    fn one_letter_in_a_long_name_is_a_spelling() {
        assert!(is_misspelling("marta kowalsky", "marta kowalski"));
        assert!(!is_misspelling("marta kowalski", "pavel kowalski"));
        assert!(!is_misspelling("ann lee", "ann lea"));
    }
}
