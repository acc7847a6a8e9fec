//! What a sentence claims: whether it is so, whether it happened, how sure, of how many.

use variorum_news::{Drift, DriftKind, Span};
use variorum_text::is_stop_word;

use super::{Held, of};
use crate::lexicon::{Cue, lexicon};
use crate::status::{Status, status};
use crate::witness::{Passage, Witness};

/// Only a passage that says nearly the same can show that a claim was turned.
const ALIKE: f64 = 0.5;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let Some((witness, source, _)) = held.near(ALIKE).next() else { return Vec::new() };
    let mut found = Vec::new();
    found.extend(negation(held, source));
    found.extend(opposite(held, witness, source));
    found.extend(status_of_act(held));
    found.extend(sureness(held, source));
    found.extend(scope(held, witness, source));
    found
}

/// A cue with the content word it bears on: its place, its length, and the word's place.
fn bearing(passage: &Passage, wanted: Cue) -> Vec<(usize, usize, usize)> {
    let folded = passage.folded();
    lexicon()
        .cues(&folded)
        .into_iter()
        .filter(|(cue, _, _)| *cue == wanted)
        .filter_map(|(_, at, length)| {
            let next = (at + length..passage.words.len().min(at + length + 4)).find(|&i| !is_stop_word(folded[i]))?;
            Some((at, length, next))
        })
        .collect()
}

fn words_span(witness: &Witness, passage: &Passage, from: usize, to: usize) -> Span {
    witness.spanner.span(passage.words[from].bytes.start..passage.words[to].bytes.end)
}

fn negation(held: Held, source: &Passage) -> Option<Drift> {
    let (mine, theirs) = (bearing(held.passage, Cue::Negation), bearing(source, Cue::Negation));
    if mine.is_empty() == theirs.is_empty() {
        return None;
    }
    let (negated, plain) = if mine.is_empty() { (source, held.passage) } else { (held.passage, source) };
    let (at, _, word) = *mine.first().or(theirs.first())?;
    let form = negated.words[word].form?;
    let there = plain.words.iter().position(|t| t.form == Some(form))?;
    // The word that is negated here must be claimed there, and no other passage of the sources may negate it too.
    let also = held
        .near(0.3)
        .any(|(_, p, _)| bearing(p, Cue::Negation).iter().any(|&(_, _, w)| p.words[w].form == Some(form)));
    if !mine.is_empty() && also {
        return None;
    }
    if mine.is_empty() {
        let rewrite = words_span(held.witness, held.passage, there, there);
        Some(of(DriftKind::Polarity, rewrite, Some(source.span.clone()), "the source denies this"))
    } else {
        let rewrite = words_span(held.witness, held.passage, at, word);
        Some(of(DriftKind::Polarity, rewrite, Some(source.span.clone()), "the source does not deny this"))
    }
}

fn opposite(held: Held, witness: &Witness, source: &Passage) -> Option<Drift> {
    let holds = |p: &Passage, form: Option<u32>| form.is_some_and(|f| p.forms.binary_search(&f).is_ok());
    for (i, mine) in held.passage.words.iter().enumerate() {
        if mine.form.is_none() || mine.capital || holds(source, mine.form) {
            continue;
        }
        for (j, theirs) in source.words.iter().enumerate() {
            if theirs.form.is_none() || theirs.capital || holds(held.passage, theirs.form) {
                continue;
            }
            if lexicon().are_opposites(&mine.folded, &theirs.folded) {
                let rewrite = words_span(held.witness, held.passage, i, i);
                let other = words_span(witness, source, j, j);
                let explain = format!("the source says “{}”", other.text);
                return Some(of(DriftKind::Polarity, rewrite, Some(other), explain));
            }
        }
    }
    None
}

fn status_of_act(held: Held) -> Option<Drift> {
    for (i, token) in held.passage.words.iter().enumerate() {
        let Some(mine) = status(held.passage, i) else { continue };
        let mut other = None;
        for (witness, passage, _) in held.near(0.35) {
            for (j, _) in passage.words.iter().enumerate().filter(|(_, t)| t.form == token.form) {
                match status(passage, j) {
                    Some(theirs) if theirs == mine => other = Some(None),
                    Some(theirs) if other.is_none() => {
                        other = Some(Some((theirs, words_span(witness, passage, j.saturating_sub(3), j))))
                    }
                    _ => {}
                }
            }
        }
        if let Some(Some((theirs, source))) = other {
            let rewrite = words_span(held.witness, held.passage, i.saturating_sub(2), i);
            let explain = format!("the source has it as {}, the rewrite as {}", theirs.word(), mine.word());
            let cancelled = [mine, theirs].contains(&Status::Cancelled);
            if cancelled || [mine, theirs].contains(&Status::Planned) {
                return Some(of(DriftKind::Status, rewrite, Some(source), explain));
            }
        }
    }
    None
}

fn sureness(held: Held, source: &Passage) -> Option<Drift> {
    let (mine, theirs) = (bearing(held.passage, Cue::Hedge), bearing(source, Cue::Hedge));
    if mine.is_empty() == theirs.is_empty() {
        return None;
    }
    if let Some(&(at, length, word)) = mine.first() {
        let form = held.passage.words[word].form?;
        let plain = source.words.iter().any(|t| t.form == Some(form));
        let elsewhere = held.near(0.2).any(|(_, p, _)| !bearing(p, Cue::Hedge).is_empty());
        let rewrite = words_span(held.witness, held.passage, at, at + length - 1);
        return (plain && !elsewhere).then(|| {
            of(DriftKind::Hedge, rewrite, Some(source.span.clone()), "the source says it without this hedge")
        });
    }
    let &(_, _, word) = theirs.first()?;
    let form = source.words[word].form?;
    let here = held.passage.words.iter().position(|t| t.form == Some(form))?;
    let surely = held
        .near(0.3)
        .any(|(_, p, _)| bearing(p, Cue::Hedge).is_empty() && p.words.iter().any(|t| t.form == Some(form)));
    let planned = !bearing(held.passage, Cue::Planned).is_empty();
    let rewrite = words_span(held.witness, held.passage, here, here);
    (!surely && !planned).then(|| of(DriftKind::Hedge, rewrite, Some(source.span.clone()), "the source is less sure"))
}

fn scope(held: Held, witness: &Witness, source: &Passage) -> Option<Drift> {
    let (mine, theirs) = (bearing(held.passage, Cue::Scope), bearing(source, Cue::Scope));
    for &(at, length, word) in &mine {
        let form = held.passage.words[word].form;
        let Some(&(other, other_length, _)) =
            theirs.iter().find(|(_, _, w)| source.words[*w].form == form && form.is_some())
        else {
            continue;
        };
        let said = |p: &Passage, at: usize, length: usize| p.folded()[at..at + length].join(" ");
        let (a, b) = (said(held.passage, at, length), said(source, other, other_length));
        if family(&a) != family(&b) {
            let rewrite = words_span(held.witness, held.passage, at, word);
            let there = words_span(witness, source, other, other + other_length - 1);
            return Some(of(DriftKind::Scope, rewrite, Some(there), format!("the source says “{b}”")));
        }
    }
    None
}

/// Words of scope that a reader takes for one another.
fn family(words: &str) -> &str {
    match words {
        "every" | "both" => "all",
        "several" | "few" => "some",
        "almost all" | "nearly all" => "most",
        other => other,
    }
}
