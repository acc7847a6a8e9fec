//! What the source tells beside an accusation and the rewrite leaves out: that the other side denies it.

use variorum_news::{Drift, DriftKind};

use super::claim::{Scene, words_span};
use super::of;
use super::operators::Grade;
use crate::witness::Passage;

pub(super) fn drift(scene: &Scene) -> Option<Drift> {
    let held = scene.held;
    let accuses = |p: &Passage, words: &[&str]| p.words.iter().position(|t| words.contains(&t.folded.as_str()));
    let at = accuses(held.passage, ACCUSE)?;
    let site = scene.sites.iter().find(|s| s.clause.contains(&at))?;
    accuses(site.passage, ACCUSE).filter(|_| site.shared.len() >= 3 && site.quality >= 0.4)?;
    let passages = &site.witness.passages;
    let here = passages.iter().position(|p| p.span == site.passage.span)?;
    // The denial stands right beside the accusation, and shares a name with it.
    let (denial, word) = passages[here..passages.len().min(here + 2)].iter().find_map(|p| {
        let word = p.words.iter().position(|t| DENY.contains(&t.folded.as_str()))?;
        let named =
            p.words.iter().any(|t| t.capital && t.form.is_some_and(|f| held.passage.forms.binary_search(&f).is_ok()));
        named.then_some((p, word))
    })?;
    let told = held.witness.passages.iter().any(|p| {
        let lexical = super::operators::operators(p).iter().any(|o| o.grade == Grade::Lexical && o.length > 1);
        lexical || accuses(p, DENY).is_some() || accuses(p, REBUT).is_some()
    });
    if told {
        return None;
    }
    let source = words_span(site.witness, denial, word, word);
    let explain = format!("the source tells beside this that it is denied: “{}”", source.text);
    let mut found = of(DriftKind::Attribution, scene.words(at, at), Some(source), explain);
    found.confidence = 0.5;
    Some(found)
}

const ACCUSE: &[&str] = &[
    "accused",
    "accuses",
    "accuse",
    "accusing",
    "alleged",
    "alleges",
    "allege",
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "alleging",
];
const DENY: &[&str] = &["denied", "denies", "deny", "denying", "denial", "denials"];
/// Other words by which the other side is heard.
const REBUT: &[&str] = &[
    "rejected",
    "rejects",
    "dismissed",
    "dismisses",
    "disputed",
    "disputes",
    "false",
    "baseless",
    "untrue",
    "innocent",
    "insisted",
    "insists",
    "insist",
    "unfounded",
    "nonsense",
    "not",
    "never",
    "no",
];
