//! A cause that the rewrite made: of two things that the sources tell apart, or of nothing.

use std::ops::Range;

use variorum_news::{Drift, DriftKind};

use super::claim::{Scene, words_span};
use super::operators::{Grade, Grades, Operator, grades, operators};
use super::site::Site;
use super::{Held, of};
use crate::align::Place;
use crate::witness::Passage;
use crate::word_lists::{List, listed};

/// Everything that ties a cause to what it brought about.
const CAUSAL: Grades = Grades::of(&[Grade::Because, Grade::So, Grade::Answer, Grade::Blame]);

pub(super) fn drift(scene: &Scene) -> Option<Drift> {
    let (held, mine) = (scene.held, &scene.mine);
    let tokens = &held.passage.words;
    let ties = |o: &&Operator| {
        let word = tokens[o.at].folded.as_str();
        let strong = matches!(o.grade, Grade::Because | Grade::So | Grade::Answer) && !listed(List::LooseTie, word)
            || o.grade == Grade::Answer && o.length > 1;
        strong && !(o.length == 1 && listed(List::HalfTie, word))
    };
    let operator = *mine.iter().find(ties)?;
    let (cause, effect) = sides(scene, operator);
    let effect_site = scene.site(effect)?;
    if effect_site.quality < 0.45 || effect_site.shared.len() < 2 || scene.is_quoted(operator.at) {
        return None;
    }
    let forms: Vec<u32> = {
        let mut forms: Vec<u32> = cause.clone().filter_map(|i| tokens[i].form).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    };
    let weight = |f: u32| held.sources.forms.weight(f);
    let total: f64 = forms.iter().map(|&f| weight(f)).sum();
    if forms.len() < 2 || total <= 0.0 {
        return None;
    }
    let near = beside(held, &effect_site);
    let told: f64 =
        forms.iter().filter(|f| near.iter().any(|p| p.forms.binary_search(f).is_ok())).map(|&f| weight(f)).sum();
    let causal = near.iter().any(|p| grades(&operators(p), 0, usize::MAX).any(CAUSAL));
    let share = told / total;
    let (explain, confidence) = match (share, causal) {
        (s, _) if s < 0.25 => ("the sources do not give this cause", 0.75),
        (s, _) if s < 0.45 => ("the sources do not give this cause", 0.55),
        (_, false) => ("no source says that the one caused the other", 0.45),
        _ => return None,
    };
    let from = operator.at.min(cause.start);
    let to = cause.end.max(operator.at + operator.length) - 1;
    let source = effect_site.words(effect_site.window.start, effect_site.window.end - 1);
    let rewrite = words_span(held.witness, held.passage, from, to);
    let mut found = of(DriftKind::Cause, rewrite, Some(source), explain);
    found.confidence = confidence;
    Some(found)
}

/// The words of the cause and those of what it brought about, as the tie orders them.
fn sides(scene: &Scene, operator: Operator) -> (Range<usize>, Range<usize>) {
    let held = scene.held;
    let words = held.passage.words.len();
    let after = operator.at + operator.length;
    // The clause that follows the tie, and no more than a dozen words of it.
    let end = scene.clauses.iter().map(|c| c.end).find(|&end| end > after + 1).unwrap_or(words).min(after + LONGEST);
    let following = after..end;
    let before = operator.at.saturating_sub(LONGEST + 6)..operator.at;
    let opens = before.clone().filter(|&i| held.passage.words[i].form.is_some()).count() < 2;
    match (operator.grade, opens) {
        // "Because of snow, the school closed".
        (Grade::Because | Grade::Answer, true) => (following, end..words.min(end + LONGEST + 6)),
        // "The snow led to delays": what stands first is the cause, but the tie itself is checked by what it is said to bring.
        _ => (following, before),
    }
}

const LONGEST: usize = 12;

/// The passages where the cause would stand: about the effect's own, and the likest ones.
fn beside<'a>(held: Held<'a, '_>, site: &Site<'a, '_>) -> Vec<&'a Passage> {
    let passages = &site.witness.passages;
    let at = passages.iter().position(|p| p.span == site.passage.span).unwrap_or(0);
    let mut beside: Vec<&Passage> = passages[at.saturating_sub(1)..passages.len().min(at + 2)].iter().collect();
    beside.extend(held.support.best.iter().take(4).map(|(place, _): &(Place, f64)| held.sources.at(*place).1));
    beside
}
