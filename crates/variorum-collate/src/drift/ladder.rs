//! One verb on both sides, at another step: told as done, as sure, as possible, as planned.
//!
//! Only what stands right before the verb counts, so this sees less than the trees of the sentences do and needs none.

use variorum_lexicon::{Part, can_be, lemma};
use variorum_news::{Drift, DriftKind};

use super::claim::Scene;
use super::of;
use super::operators::{AHEAD, Grade, Grades, Operator, TOLD, UNSURE, grades};
use super::site::Site;
use crate::witness::Passage;

/// How far an act has come, or how sure it is, by the words right before its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// "Closed", "has closed".
    Done,
    /// "Will close", "must close".
    Bound,
    /// "Would close".
    Would,
    /// "May close", "apparently closed".
    Doubt,
    /// "Plans to close", "is to close".
    Ahead,
    /// Denied, asked, wished, or told in a way that tells nothing here.
    Murky,
}

const DOUBT: Grades = Grades::of(&[Grade::Possible, Grade::Likely, Grade::Seeming]);
const MURKY: Grades = Grades::of(&[Grade::Not, Grade::No, Grade::Without, Grade::Weak, Grade::Lexical, Grade::Open]);

/// Returns the verbs of a clause that its source tells at another step.
pub(super) fn drift(scene: &Scene, site: &Site) -> Vec<Drift> {
    if site.quality < 0.4 || site.shared.len() < 2 {
        return Vec::new();
    }
    site.clause.clone().filter(|&at| !scene.is_quoted(at)).filter_map(|at| moved(scene, site, at)).collect()
}

fn moved(scene: &Scene, site: &Site, at: usize) -> Option<Drift> {
    let mine = scene.held.passage;
    let (step, from) = step(mine, &scene.mine, at)?;
    let form = mine.words[at].form;
    let local = site.around.clone().filter(|&j| j < site.passage.words.len() && site.passage.words[j].form == form);
    let told: Vec<(usize, Step, usize)> =
        local.filter_map(|j| step_of(site.passage, &site.operators, j).map(|(step, from)| (j, step, from))).collect();
    let &(there, theirs, there_from) = told.iter().find(|(_, theirs, _)| *theirs != step)?;
    let (kind, strength) = turn(step, theirs)?;
    // Whoever tells it once at the same step, or in a way that cannot be read, may be followed.
    let licensed = scene.near.iter().any(|near| {
        let here = |j: &usize| near.passage.words[*j].form == form;
        (0..near.passage.words.len()).filter(here).any(|j| {
            step_of(near.passage, &near.operators, j).is_none_or(|(other, _)| other == step || other == Step::Murky)
        })
    });
    // A hedge may stand elsewhere in the clause.
    let clause = grades(&scene.mine, site.clause.start, site.clause.end);
    let hedged = matches!(theirs, Step::Doubt) && clause.any(UNSURE.and(TOLD)) && step != Step::Would;
    if licensed || hedged {
        return None;
    }
    let source = site.words(there_from, there);
    let explain = format!("the source says “{}”", source.text);
    let mut found = of(kind, scene.words(from, at), Some(source), explain);
    found.confidence = strength;
    Some(found)
}

/// What it is to tell at one step what the source tells at another, and how much that proves.
fn turn(mine: Step, theirs: Step) -> Option<(DriftKind, f64)> {
    Some(match (mine, theirs) {
        (Step::Bound, Step::Doubt) => (DriftKind::Hedge, 0.85),
        (Step::Would, Step::Doubt) => (DriftKind::Hedge, 0.7),
        (Step::Done, Step::Doubt) => (DriftKind::Hedge, 0.75),
        (Step::Doubt, Step::Done | Step::Bound) => (DriftKind::Hedge, 0.55),
        (Step::Done, Step::Ahead) => (DriftKind::Status, 0.8),
        (Step::Done, Step::Bound) => (DriftKind::Status, 0.75),
        (Step::Ahead, Step::Done) => (DriftKind::Status, 0.7),
        _ => return None,
    })
}

/// The step of a verb of the rewrite; none where the word is no plain verb.
fn step(passage: &Passage, operators: &[Operator], at: usize) -> Option<(Step, usize)> {
    step_of(passage, operators, at).filter(|(step, _)| *step != Step::Murky)
}

fn step_of(passage: &Passage, operators: &[Operator], at: usize) -> Option<(Step, usize)> {
    let token = &passage.words[at];
    token.form?;
    if token.capital || token.digit || !can_be(&token.folded, Part::Verb) {
        return None;
    }
    let (governed, first) = before(passage, operators, at);
    let base = lemma(&token.folded) == token.folded.as_str();
    let to = first < at && passage.words[at - 1].folded == "to";
    Some(match () {
        () if governed.any(MURKY) => (Step::Murky, first),
        () if governed.any(DOUBT) => (Step::Doubt, first),
        () if governed.has(Grade::Would) => (Step::Would, first),
        () if governed.has(Grade::Will) || governed.has(Grade::Must) => (Step::Bound, first),
        () if governed.any(AHEAD) && base => (Step::Ahead, first),
        () if base || to || token.folded.ends_with("ing") || governed.any(UNSURE.and(AHEAD)) => (Step::Murky, at),
        () if is_past(&token.folded) => (Step::Done, helper(passage, at)),
        () => (Step::Murky, at),
    })
}

/// "Closed", "rose": a form of the past, which is not the verb with an "s".
fn is_past(folded: &str) -> bool {
    !folded.ends_with('s') && (folded.ends_with("ed") || lemma(folded) != folded)
}

/// What the operators right before a verb do, up to the next word that says something of its own, and where they begin.
fn before(passage: &Passage, operators: &[Operator], at: usize) -> (Grades, usize) {
    let mut first = at;
    for i in (at.saturating_sub(REACH)..at).rev() {
        let operator = operators.iter().any(|o| o.at <= i && i < o.at + o.length);
        if operator {
            first = i;
        } else if passage.words[i].form.is_some() && !passage.words[i].folded.ends_with("ly") {
            break;
        }
    }
    (grades(operators, first, at), first)
}

/// So many words before a verb can govern it.
const REACH: usize = 4;

/// "Has closed" begins with its helper.
fn helper(passage: &Passage, at: usize) -> usize {
    let helps = |i: &usize| {
        matches!(passage.words[*i].folded.as_str(), "has" | "have" | "had" | "was" | "were" | "been" | "also" | "now")
    };
    (at.saturating_sub(3)..at).rev().take_while(helps).last().unwrap_or(at)
}
