//! Planned, held, or called off: one act with one name, told with unlike tense.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{NameKind, Reading, Value, Variant, VariantKind};
use variorum_text::{fold, words};

use super::{statement_of, variant};
use crate::Told;
use crate::align::Place;
use crate::statements::{Groups, reading};
use crate::status::{Status, status};

/// How far after an act its object may stand, in words.
const REACH: usize = 7;

/// One telling of an act: where, its words, its status, and the other names of the sentence.
struct Telling {
    place: Place,
    reading: Reading,
    status: Status,
    others: BTreeSet<String>,
}

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    let mut acts: BTreeMap<(u32, String), Vec<Telling>> = BTreeMap::new();
    for (w, witness) in story.witnesses.iter().enumerate() {
        for (p, _) in witness.told() {
            let place = Place { witness: w, passage: p };
            for (key, telling) in tellings(story, place) {
                acts.entry(key).or_default().push(telling);
            }
        }
    }
    acts.into_values().filter_map(|tellings| one(groups, tellings)).collect()
}

fn one(groups: &Groups, tellings: Vec<Telling>) -> Option<Variant> {
    // The sentences must share another name, so that two acts on one object by two actors stay apart.
    let anchor = tellings.iter().find(|t| t.status == Status::Planned)?;
    let kept: Vec<&Telling> =
        tellings.iter().filter(|t| !t.others.is_disjoint(&anchor.others) || std::ptr::eq(*t, anchor)).collect();
    let mut of_witness: BTreeMap<usize, BTreeSet<Status>> = BTreeMap::new();
    for telling in &kept {
        of_witness.entry(telling.place.witness).or_default().insert(telling.status);
    }
    let only = |status: Status| of_witness.values().any(|s| s.len() == 1 && s.contains(&status));
    if !only(Status::Planned) || !(only(Status::Held) || only(Status::Cancelled)) {
        return None;
    }
    let about = anchor.reading.span.text.clone();
    let statement = statement_of(groups, anchor.place);
    variant(VariantKind::Status, about, &statement, kept.iter().map(|t| t.reading.clone()).collect())
}

fn tellings(story: &Told, place: Place) -> Vec<((u32, String), Telling)> {
    let witness = &story.witnesses[place.witness];
    let passage = &witness.passages[place.passage];
    let mut found = Vec::new();
    for (at, token) in passage.words.iter().enumerate() {
        let (Some(form), Some(told)) = (token.form, tense(passage, at)) else { continue };
        let object = witness.notes.names[passage.names.clone()].iter().find(|name| {
            let bytes = witness.spanner.bytes(&name.span);
            name.kind == NameKind::Person
                && bytes.start >= token.bytes.end
                && passage.words.partition_point(|t| t.bytes.start < bytes.start) <= at + REACH
        });
        let Some(object) = object else { continue };
        let Some(key) = last(&object.span.text) else { continue };
        let others = witness.notes.names[passage.names.clone()]
            .iter()
            .filter(|n| n.span != object.span)
            .filter_map(|n| last(&n.span.text))
            .collect();
        let from = passage.words[..at]
            .iter()
            .rev()
            .take(4)
            .take_while(|t| t.form.is_none() || told == Status::Planned)
            .last()
            .map_or(token.bytes.start, |t| t.bytes.start);
        let span = witness.spanner.span(from..witness.spanner.bytes(&object.span).end);
        let reading = reading(story, place, span, Some(Value::Word(told.word().to_owned())));
        found.push(((form, key), Telling { place, reading, status: told, others }));
    }
    found
}

/// The status of an act; a participle after a comma ("…, meeting the president") goes with a past main verb.
fn tense(passage: &crate::witness::Passage, at: usize) -> Option<Status> {
    if let Some(status) = status(passage, at) {
        return Some(status);
    }
    let folded = &passage.words[at].folded;
    if !folded.ends_with("ing") || passage.words[at].form.is_none() {
        return None;
    }
    let main = (0..at).rev().find_map(|i| status(passage, i).or_else(|| past(&passage.words[i].folded)));
    main.filter(|s| *s == Status::Held)
}

fn past(folded: &str) -> Option<Status> {
    (folded.ends_with("ed") && folded.len() > 4).then_some(Status::Held)
}

fn last(name: &str) -> Option<String> {
    words(name).last().map(|w| fold(w.text))
}
