//! Days that several reports give for one thing.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use variorum_news::{Statement, StatementKind, Value};
use variorum_text::is_stop_word;

use super::{breadth, join, reading, root, share_right, verdict};
use crate::Told;
use crate::align::{Place, likeness};
use crate::dates::{Fields, is_point};
use crate::ids::id;
use crate::witness::{Passage, Token};

/// A value is compared across at most so many mentions.
const MOST: usize = 80;

/// Returns a statement for each day that two reports at least give for one thing.
pub(super) fn statements(story: &Told, pairs: &[(Place, Place, f64)]) -> Vec<Statement> {
    let near: FxHashSet<(Place, Place)> = pairs.iter().filter(|p| p.2 >= 0.3).map(|&(a, b, _)| (a, b)).collect();
    let mut found = Vec::new();
    for (value, mentions) in by_value(story) {
        for group in groups(story, &mentions, &near) {
            let (reports, origins) = breadth(story, group.iter().map(|m| m.0.witness));
            if reports < 2 {
                continue;
            }
            let date = |m: &(Place, usize)| &story.witnesses[m.0.witness].notes.dates[m.1];
            let first = group.iter().find(|m| !story.kin.derived[m.0.witness]).unwrap_or(&group[0]);
            let gist = date(first).span.clone();
            let readings = group
                .iter()
                .map(|m| reading(story, m.0, date(m).span.clone(), Some(Value::Word(date(m).value.clone()))));
            found.push(Statement {
                id: id("st", "date", &gist),
                kind: StatementKind::Date,
                about: Some(value.clone()),
                readings: readings.collect(),
                gist,
                reports,
                origins,
                verdict: verdict(origins),
                confidence: share_right("date"),
            });
        }
    }
    found
}

/// Mentions of days by the day they mean; times of one day stand with the day.
fn by_value(story: &Told) -> BTreeMap<String, Vec<(Place, usize)>> {
    let mut days: BTreeMap<String, Vec<(Place, usize)>> = BTreeMap::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for n in passage.dates.clone() {
                let mention = &witness.notes.dates[n];
                let day = mention.value.split('T').next().unwrap_or("");
                if is_point(mention) && Fields::of_value(day).names_a_day() {
                    days.entry(day.to_owned()).or_default().push((Place { witness: w, passage: p }, n));
                }
            }
        }
    }
    days
}

fn groups(story: &Told, mentions: &[(Place, usize)], near: &FxHashSet<(Place, Place)>) -> Vec<Vec<(Place, usize)>> {
    let at = |p: Place| &story.witnesses[p.witness].passages[p.passage];
    let named: Vec<Vec<u32>> = mentions.iter().map(|m| names(at(m.0))).collect();
    let mut home: Vec<usize> = (0..mentions.len()).collect();
    for i in 0..mentions.len() {
        for j in i + 1..mentions.len().min(i + MOST) {
            let (a, b) = (mentions[i].0, mentions[j].0);
            if a.witness == b.witness || root(&home, i) == root(&home, j) {
                continue;
            }
            let shared = || named[i].iter().filter(|name| named[j].contains(name)).count();
            if near.contains(&(a.min(b), a.max(b))) || shared() >= 2 && likeness(at(a), at(b), story.forms).score >= 0.2
            {
                join(&mut home, i, j);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<(Place, usize)>> = BTreeMap::new();
    for (n, mention) in mentions.iter().enumerate() {
        groups.entry(root(&home, n)).or_default().push(*mention);
    }
    groups.into_values().collect()
}

/// The capitalised words of a passage, days of the week and first words of the sentence apart.
fn names(passage: &Passage) -> Vec<u32> {
    let is_name = |(at, token): &(usize, &Token)| {
        token.capital && (*at > 0 || !is_stop_word(&token.folded)) && !token.folded.ends_with("day")
    };
    let mut names: Vec<u32> =
        passage.words.iter().enumerate().filter(is_name).filter_map(|(_, token)| token.form).collect();
    names.sort_unstable();
    names.dedup();
    names
}
