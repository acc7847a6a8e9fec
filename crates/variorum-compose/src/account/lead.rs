//! The first sentence of the account: the news in one sentence.

use std::collections::BTreeMap;

use variorum_news::{Name, NameKind};

use super::parts::Parts;
use super::{Pick, worth};
use crate::lexis::{Content, Lexis};
use crate::passage::Passage;
use crate::told::Told;

/// So many sentences are the head of a report, and the heads of so many reports are looked at.
const HEAD: usize = 2;
const MOST_HEADS: usize = 80;

/// The news in one sentence: of the sentences at the heads of the reports the one that is likest to those of the other
/// origins, however each of them words it.
pub(super) fn lead<'a>(told: &Told<'a>, lexis: &mut Lexis, parts: &Parts) -> Option<Pick<'a>> {
    let heads = heads(told, lexis);
    let central = |n: usize| {
        let (passage, content) = &heads[n];
        let own = told.origin[passage.line.0];
        let mut by_origin: BTreeMap<usize, f64> = BTreeMap::new();
        for (other, of_other) in &heads {
            let origin = told.origin[other.line.0];
            if origin != own {
                let best = by_origin.entry(origin).or_default();
                *best = best.max(lexis.likeness(content, of_other) * told.fresh(other.line.0));
            }
        }
        let first = 1.0 / (1.0 + passage.first as f64 / 2.0);
        let derived = if told.derived[passage.line.0] { 0.5 } else { 1.0 };
        let named = if names_fall_short(told, passage) { 0.75 } else { 1.0 };
        let worth = (0.1 + by_origin.values().sum::<f64>()) * told.fresh(passage.line.0);
        worth * first * derived * named * passage.fitness.score
    };
    let stands = |n: &usize| {
        let passage = &heads[*n].0;
        passage.fitness.lean.is_none() && passage.quoted(told) < 0.4
    };
    let best = (0..heads.len()).filter(stands).map(|n| (central(n), n));
    let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| heads[b.1].0.span.cmp(&heads[a.1].0.span)))?.1;
    let (passage, content) = heads[best].clone();
    let statement = told.events[told.statement(passage.line)?];
    Some(Pick {
        statement,
        worth: worth(told, statement, parts),
        parts: parts.of(&passage),
        passage,
        content,
        leads: true,
    })
}

/// Tells whether a passage calls a person by less than the full name ("Orr" for "Ada Orr").
fn names_fall_short(told: &Told, passage: &Passage) -> bool {
    let Some(notes) = &told.reports[passage.line.0].annotations else { return false };
    let short = |name: &&Name| {
        let full = notes.entities.iter().find(|e| e.id == name.entity);
        name.kind == NameKind::Person && full.is_some_and(|e| e.name.chars().count() > name.span.text.chars().count())
    };
    let names = notes.names.iter().filter(|n| passage.span.holds(&n.span));
    let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
    for name in names {
        // A full name once is enough; what comes after it may be short.
        seen.entry(&name.entity).or_insert_with(|| short(&name));
    }
    seen.values().any(|short| *short)
}

/// The passages at the heads of the reports that can stand alone, the newest reports first.
fn heads(told: &Told, lexis: &mut Lexis) -> Vec<(Passage, Content)> {
    let mut reports: Vec<usize> = (0..told.reports.len()).collect();
    reports.sort_by_key(|&n| (told.derived[n], told.ages[n], &told.reports[n].id));
    let lines = reports.into_iter().take(MOST_HEADS).flat_map(|report| {
        let told_lines = (0..told.sentences(report).len()).map(move |n| (report, n));
        told_lines.filter(|&line| told.statement(line).is_some()).take(HEAD)
    });
    let passages = lines.filter_map(|line| Passage::of(told, line)).filter(|p| p.fitness.score > 0.0);
    passages.map(|passage| (passage.clone(), lexis.read(&passage.span.text))).collect()
}
