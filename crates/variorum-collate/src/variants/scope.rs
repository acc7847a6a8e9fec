//! The same amount of the same thing, told more narrowly by one report.

use variorum_news::{Figure, Span, Value, Variant, VariantKind};
use variorum_text::is_stop_word;

use super::variant;
use crate::Told;
use crate::align::likeness;
use crate::figures::{Amounts, amounts};
use crate::statements::{Groups, ToldFigure, reading};
use crate::witness::{Passage, Witness};

/// Passages must be so alike before a narrower telling is called a difference.
const ALIKE: f64 = 0.3;

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    let mut found = Vec::new();
    for group in &groups.figures {
        'pairs: for (i, a) in group.told.iter().enumerate() {
            for b in group.told[i + 1..].iter().filter(|b| b.place.witness != a.place.witness) {
                if let Some(one) =
                    narrower(story, &group.statement, a, b).or_else(|| narrower(story, &group.statement, b, a))
                {
                    found.push(one);
                    break 'pairs;
                }
            }
        }
    }
    found
}

/// Tells it where `a` limits the figure by a name that the passage of `b` does not have.
fn narrower(story: &Told, statement: &str, a: &ToldFigure, b: &ToldFigure) -> Option<Variant> {
    let figure = |t: &ToldFigure| -> &Figure { &story.witnesses[t.place.witness].notes.figures[t.figure] };
    let passage = |t: &ToldFigure| &story.witnesses[t.place.witness].passages[t.place.passage];
    if amounts(figure(a), figure(b)) != Amounts::Equal || likeness(passage(a), passage(b), story.forms).score < ALIKE {
        return None;
    }
    // Where twelve people died is a detail; what a quarter is a quarter of is what the figure means.
    figure(a).unit.as_ref()?;
    let limited = limit(story, a, false)?;
    if limit(story, b, true).is_some() {
        return None;
    }
    let witness = &story.witnesses[a.place.witness];
    let dates = &witness.notes.dates[passage(a).dates.clone()];
    if dates.iter().any(|d| d.span.overlap(&limited) > 0) {
        return None;
    }
    let named = witness.tokens_in(passage(a), &limited);
    let unknown = named.iter().filter(|t| t.capital && !is_stop_word(&t.folded)).filter_map(|t| t.form);
    let elsewhere: Vec<u32> = unknown.collect();
    if elsewhere.is_empty() || elsewhere.iter().any(|form| passage(b).forms.binary_search(form).is_ok()) {
        return None;
    }
    let read = |t: &ToldFigure, span: Span| {
        let mut reading = reading(story, t.place, span, Some(Value::Number(figure(t).value)));
        reading.hedge = figure(t).hedge;
        reading
    };
    let about = figure(a).what.clone().unwrap_or_else(|| figure(a).span.text.clone());
    variant(VariantKind::Scope, about, statement, vec![read(a, limited), read(b, figure(b).span.clone())])
}

/// The figure with what limits it: "25% tariff on cars from Norland". "To the Fells" limits as well, but is told of too
/// much to be called a narrower telling.
fn limit(story: &Told, told: &ToldFigure, with_article: bool) -> Option<Span> {
    let witness = &story.witnesses[told.place.witness];
    let passage = &witness.passages[told.place.passage];
    let figure = &witness.notes.figures[told.figure];
    let bytes = witness.spanner.bytes(&figure.span);
    let after = passage.words.partition_point(|t| t.bytes.start < bytes.end);
    let inside = witness.tokens_in(passage, &figure.span);
    let link = |folded: &str| matches!(folded, "from" | "in" | "for" | "to" | "across");
    // Inside the figure's own words first, then in the words that follow within its noun phrase.
    if let Some(at) = inside.iter().position(|t| link(&t.folded))
        && inside.get(at + 1).is_some_and(|t| t.capital)
    {
        return Some(figure.span.clone());
    }
    let mut at = after;
    let limit = (after + 4).min(passage.words.len());
    while at < limit && !link(&passage.words[at].folded) {
        let gap = &witness.report.text[passage.words[at.max(1) - 1].bytes.end..passage.words[at].bytes.start];
        if gap.trim() != ""
            || !matches!(passage.words[at].folded.as_str(), "on" | "of") && passage.words[at].form.is_none()
        {
            return None;
        }
        at += 1;
    }
    // "80 percent, in Norland by 65 percent": what stands after the comma limits something else.
    if at >= limit || has_mark(witness, passage, at) {
        return None;
    }
    let article = with_article && passage.words.get(at + 1).is_some_and(|t| t.folded == "the");
    let named = at + 1 + usize::from(article);
    let name = passage.words.get(named).filter(|t| t.capital)?;
    let mut end = name.bytes.end;
    for token in passage.words[named + 1..].iter().take(3) {
        if !token.capital || witness.report.text[end..token.bytes.start].trim() != "" {
            break;
        }
        end = token.bytes.end;
    }
    Some(witness.spanner.span(bytes.start..end))
}

/// Tells whether a mark stands right before a word.
fn has_mark(witness: &Witness, passage: &Passage, at: usize) -> bool {
    at > 0 && {
        let between = passage.words[at - 1].bytes.end..passage.words[at].bytes.start;
        witness.report.text[between].contains([',', ';', ':', '(', '–', '—'])
    }
}
