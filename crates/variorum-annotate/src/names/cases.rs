//! The cases of `cases/names*.txt`, scored: floors go up, never silently down.

use std::collections::BTreeSet;

use variorum_news::{NameKind, Report};

use crate::{Depth, annotate};

/// A mention: its first character, one past its last, its kind and its entity.
type Mention = (usize, usize, NameKind, String);

/// Returns the text of a row and its names.
fn read(row: &str) -> (String, Vec<Mention>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let row = row.replace(" // ", "\n");
    let mut rest = row.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').expect("a name ends");
        let (entity, words) = name.split_once(' ').expect("a name has a kind");
        let kind = match entity.as_bytes()[0] {
            b'p' => NameKind::Person,
            b'o' => NameKind::Organisation,
            _ => NameKind::Place,
        };
        let start = text.chars().count();
        text.push_str(words);
        names.push((start, text.chars().count(), kind, entity.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    (text, names)
}

fn pairs(names: &[Mention]) -> BTreeSet<(usize, usize)> {
    let all = names.iter().flat_map(|a| names.iter().map(move |b| (a, b)));
    all.filter(|(a, b)| a.0 < b.0 && a.3 == b.3).map(|(a, b)| (a.0, b.0)).collect()
}

/// Returns the F1 of names with their kind, and of pairs of mentions of one entity, in percent; says what is wrong.
fn score(cases: &str, depth: Depth) -> (f64, f64, String) {
    let (mut hits, mut total, mut joined, mut links, mut wrong) = (0, 0, 0, 0, String::new());
    for row in cases.lines().filter(|row| !row.starts_with('#')) {
        let (text, gold) = read(row);
        let report = Report { language: Some("en".into()), ..Report::of_text("t", text) };
        let found = annotate(&report, depth);
        let counted = found.names.iter().filter(|n| n.kind <= NameKind::Place);
        let said: Vec<Mention> = counted.map(|n| (n.span.start, n.span.end, n.kind, n.entity.clone())).collect();
        let key = |m: &Mention| (m.0, m.1, m.2);
        let (want, have): (BTreeSet<_>, BTreeSet<_>) = (gold.iter().map(key).collect(), said.iter().map(key).collect());
        hits += want.intersection(&have).count();
        total += want.len() + have.len();
        let (pairs_want, pairs_have) = (pairs(&gold), pairs(&said));
        joined += pairs_want.intersection(&pairs_have).count();
        links += pairs_want.len() + pairs_have.len();
        if want != have || pairs_want != pairs_have {
            let names: Vec<String> =
                found.names.iter().map(|n| format!("{} {:?} {}", n.span.text, n.kind, n.entity)).collect();
            wrong.push_str(&format!("{row}\n    {}\n", names.join("; ")));
        }
    }
    (200.0 * hits as f64 / f64::from(total as u32), 200.0 * joined as f64 / f64::from(links as u32), wrong)
}

fn check(cases: &str, depth: Depth, floors: (f64, f64)) {
    let (names, pairs, wrong) = score(cases, depth);
    assert!(names >= floors.0 && pairs >= floors.1, "{depth:?}: names {names:.1}, pairs {pairs:.1}\n{wrong}");
}

#[test]
fn names_of_all_continents_have_their_kind_and_entity() {
    let open = include_str!("../../cases/names.txt");
    check(open, Depth::Grammar, (99.0, 98.0));
}

#[test]
fn names_of_all_continents_by_words_alone() {
    let open = include_str!("../../cases/names.txt");
    check(open, Depth::Fast, (98.0, 96.0));
}

#[test]
fn blind_names_of_all_continents() {
    let blind = include_str!("../../cases/names-blind.txt");
    check(blind, Depth::Grammar, (97.0, 97.0));
    check(blind, Depth::Fast, (98.0, 98.0));
}
