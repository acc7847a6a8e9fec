//! One person, spelled in two ways.

use std::collections::BTreeMap;

use variorum_news::{Name, NameKind, Statement, Variant, VariantKind};
use variorum_text::{fold, words};

use super::variant;
use crate::Told;
use crate::align::Place;
use crate::statements::reading;

pub(super) fn variants(story: &Told, statements: &[Statement]) -> Vec<Variant> {
    let mut people: BTreeMap<(usize, String), (Place, &Name)> = BTreeMap::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for name in &witness.notes.names[passage.names.clone()] {
                let folded = folded(&name.span.text);
                if name.kind == NameKind::Person && folded.len() >= 2 {
                    people.entry((w, folded.join(" "))).or_insert((Place { witness: w, passage: p }, name));
                }
            }
        }
    }
    let mut found: BTreeMap<(String, String), Vec<(Place, &Name)>> = BTreeMap::new();
    let all: Vec<_> = people.iter().collect();
    for (i, (a, x)) in all.iter().enumerate() {
        for (b, y) in &all[i + 1..] {
            if a.0 != b.0 && is_misspelling(&a.1, &b.1) && !both_in_one(&people, &a.1, &b.1) {
                let key = if a.1 < b.1 { (a.1.clone(), b.1.clone()) } else { (b.1.clone(), a.1.clone()) };
                found.entry(key).or_insert_with(|| vec![**x, **y]);
            }
        }
    }
    found.into_values().filter_map(|pair| one(story, statements, pair)).collect()
}

fn one(story: &Told, statements: &[Statement], pair: Vec<(Place, &Name)>) -> Option<Variant> {
    let about = pair.first()?.1.span.text.clone();
    let sentence = &story.witnesses[pair[0].0.witness].passages[pair[0].0.passage].span;
    let statement =
        statements.iter().find(|s| s.readings.iter().any(|r| r.span == *sentence)).map_or("", |s| s.id.as_str());
    variant(
        VariantKind::Name,
        about,
        statement,
        pair.iter().map(|(place, name)| reading(story, *place, name.span.clone(), None)).collect(),
    )
}

/// A report that prints both knows two people.
fn both_in_one(people: &BTreeMap<(usize, String), (Place, &Name)>, a: &str, b: &str) -> bool {
    people.keys().any(|(w, name)| name == a && people.contains_key(&(*w, b.to_owned())))
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
fn distance(a: &str, b: &str) -> usize {
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
