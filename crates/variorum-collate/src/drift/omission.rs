//! What the source tells beside an accusation and the rewrite leaves out: that the other side denies it.

use variorum_news::{Drift, DriftKind};

use super::claim::{Scene, words_span};
use super::of;
use super::operators::Grade;
use crate::witness::Passage;
use crate::word_lists::{List, listed};

pub(super) fn drift(scene: &Scene) -> Option<Drift> {
    let held = scene.held;
    let first = |p: &Passage, list: List| p.words.iter().position(|t| listed(list, &t.folded));
    let at = first(held.passage, List::Accusation)?;
    let site = scene.sites.iter().find(|s| s.clause.contains(&at))?;
    first(site.passage, List::Accusation).filter(|_| site.shared.len() >= 3 && site.quality >= 0.4)?;
    let passages = &site.witness.passages;
    let here = passages.iter().position(|p| p.span == site.passage.span)?;
    // The denial stands right beside the accusation, and shares a name with it.
    let (denial, word) = passages[here..passages.len().min(here + 2)].iter().find_map(|p| {
        let word = p.words.iter().position(|t| listed(List::Denial, &t.folded))?;
        let named =
            p.words.iter().any(|t| t.capital && t.form.is_some_and(|f| held.passage.forms.binary_search(&f).is_ok()));
        named.then_some((p, word))
    })?;
    let told = held.witness.passages.iter().any(|p| {
        let lexical = super::operators::operators(p).iter().any(|o| o.grade == Grade::Lexical && o.length > 1);
        lexical || first(p, List::Denial).is_some() || first(p, List::Rebuttal).is_some()
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
