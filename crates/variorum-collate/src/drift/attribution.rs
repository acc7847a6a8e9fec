//! Who stands behind a statement: made vague, or exchanged.
//!
//! What the rewrite hands to somebody is looked up in the sources, without the words that hand it over; whoever is named
//! beside it there, or near by, may stand behind it.

use std::ops::Range;

use variorum_news::{Drift, DriftKind, Span};

use super::claim::words_span;
use super::operators::{Grade, Operator, TOLD, operators};
use super::site::{Site, site};
use super::{Held, of};
use crate::lexicon::lexicon;
use crate::witness::{Passage, Witness};

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let mine = operators(held.passage);
    handed(held.witness, held.passage, &mine).into_iter().find_map(|h| exchanged(held, &mine, &h)).into_iter().collect()
}

/// Words that hand something to a source, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Handed {
    cue: Range<usize>,
    source: Range<usize>,
}

/// The verb or phrase may stand so far from the words that name its source.
const PHRASE: usize = 9;

/// Returns what a passage hands over, by the order of its words: "Orr said", "said Orr", "according to Orr".
fn handed(witness: &Witness, passage: &Passage, operators: &[Operator]) -> Vec<Handed> {
    let text = &witness.report.text;
    let tokens = &passage.words;
    let mark = |at: usize| {
        at == 0
            || text[tokens[at - 1].bytes.end..tokens[at].bytes.start]
                .contains([',', ';', ':', '“', '”', '"', '–', '—', '('])
    };
    let mut found: Vec<Handed> = Vec::new();
    for operator in operators.iter().filter(|o| TOLD.has(o.grade) && VERBS.contains(&tokens[o.at].folded.as_str())) {
        let cue = operator.at..operator.at + operator.length;
        if found.iter().any(|h| h.cue == cue) {
            continue;
        }
        let forward = cue.len() > 1 || cue.start > 0 && mark(cue.start);
        let source = if forward {
            let from = cue.end;
            let to = (from..tokens.len().min(from + PHRASE))
                .find(|&at| at > from && (mark(at) || ENDS.contains(&tokens[at].folded.as_str())))
                .unwrap_or(tokens.len().min(from + PHRASE));
            from..to
        } else {
            let to = cue.start;
            let from = (to.saturating_sub(PHRASE)..to).rev().find(|&at| mark(at)).unwrap_or(to.saturating_sub(PHRASE));
            from..to
        };
        if !source.is_empty() {
            found.push(Handed { cue, source });
        }
    }
    found
}

/// Forms of verbs that stand right beside their source.
const VERBS: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "tells",
    "according",
    "claimed",
    "claims",
    "claim",
    "argued",
    "argues",
    "argue",
    "believe",
    "believes",
    "estimate",
    "estimates",
    "estimated",
    "insisted",
    "insists",
    "suggest",
    "suggests",
    "wrote",
    "writes",
    "reported",
    "reports",
    "indicate",
    "indicates",
    "announced",
    "replied",
    "complain",
    "complained",
    "warned",
    "warns",
    "alleged",
    "alleges",
    "allege",
    "confirmed",
    "confirms",
    "admitted",
    "added",
    "noted",
    "explained",
    "testified",
    "show",
    "shows",
    "predict",
    "predicted",
    "predicts",
    "contend",
    "contends",
    "contended",
    "think",
    "thinks",
    "acknowledged",
    "denied",
    "denies",
    "stated",
    "maintains",
    "maintained",
    "tweeted",
];

/// Words that end the name of a source.
const ENDS: &[&str] = &[
    "that", "on", "in", "at", "to", "when", "who", "after", "before", "as", "and", "but", "during", "by", "if", "it",
    "he", "she", "they", "there", "was", "were", "is", "are", "has", "have", "had", "this", "last",
];

/// The rewrite hands to one what its source hands to another.
fn exchanged(held: Held, mine: &[Operator], handed: &Handed) -> Option<Drift> {
    let tokens = &held.passage.words;
    let named: Vec<usize> = handed
        .source
        .clone()
        .filter(|&i| tokens[i].form.is_some() && !mine.iter().any(|o| o.at == i && o.grade != Grade::Say))
        .collect();
    let last = *named.last()?;
    let vague = is_vague(held.passage, &handed.source);
    let content = content(held.passage, handed);
    let site = site(held, content, mine)?;
    if site.quality < 0.5 || site.shared.len() < 3 {
        return None;
    }
    let beside = beside(held, &site);
    let stands = |i: usize| {
        let form = tokens[i].form;
        beside.iter().any(|p| form.is_some_and(|f| p.forms.binary_search(&f).is_ok()))
    };
    if !vague && named.iter().any(|&i| stands(i)) {
        return None;
    }
    let (theirs, source) = named_there(&site)?;
    let plural = tokens[last].folded.ends_with('s') && !tokens[last].capital;
    let proper = tokens[last].capital && last > 0;
    let confidence = match (vague, proper, plural) {
        (true, _, _) => 0.75,
        (_, true, _) if held.sources.has(&tokens[last]) => 0.7,
        (_, _, true) => 0.6,
        _ => 0.3,
    };
    let from = handed.cue.start.min(handed.source.start);
    let to = handed.cue.end.max(handed.source.end) - 1;
    let span = words_span(held.witness, held.passage, from, to);
    let mut found = of(DriftKind::Attribution, span, Some(source), format!("the source gives this to {theirs}"));
    found.confidence = confidence;
    Some(found)
}

/// Tells whether nobody is named whom one could ask.
fn is_vague(passage: &Passage, source: &Range<usize>) -> bool {
    let words: Vec<&str> = passage.words[source.clone()].iter().map(|t| t.folded.as_str()).collect();
    let joined = format!(" {} ", words.join(" "));
    lexicon().is_vague(&joined) || UNNAMED.iter().any(|words| joined.contains(words))
}

const UNNAMED: &[&str] =
    &[" familiar with ", " close to the ", " briefed on ", " asked not to be named ", " anonymity "];

/// The words around the attribution: what comes after it, or before it where it ends the sentence.
fn content(passage: &Passage, handed: &Handed) -> Range<usize> {
    let (from, to) = (handed.cue.start.min(handed.source.start), handed.cue.end.max(handed.source.end));
    let after = passage.words[to..].iter().filter(|t| t.form.is_some()).count();
    if after >= 3 { to..passage.words.len() } else { 0..from }
}

/// The passages of the source where whoever says it may be named: its own, and two on either side.
fn beside<'a>(held: Held<'a, '_>, site: &Site<'a, '_>) -> Vec<&'a Passage> {
    let passages = &site.witness.passages;
    let at = passages.iter().position(|p| p.span == site.passage.span).unwrap_or(0);
    let mut beside: Vec<&Passage> =
        passages[at.saturating_sub(BESIDE)..passages.len().min(at + BESIDE + 1)].iter().collect();
    beside.extend(held.support.best.iter().take(2).map(|(place, _)| held.sources.at(*place).1));
    beside
}

const BESIDE: usize = 2;

/// The source that the site's passage names, as a reader would call it.
fn named_there(site: &Site) -> Option<(String, Span)> {
    let by_notes = site.passage.attributions.iter().map(|&i| &site.witness.notes.attributions[i]).find_map(|a| {
        let source = a.source.as_ref().filter(|_| !a.hedged)?;
        Some((source.name.clone(), source.span.clone()))
    });
    by_notes.or_else(|| {
        let said = handed(site.witness, site.passage, &site.operators);
        let said = said.iter().find(|h| {
            h.source.clone().any(|i| site.passage.words[i].form.is_some()) && !is_vague(site.passage, &h.source)
        })?;
        let span = words_span(site.witness, site.passage, said.source.start, said.source.end - 1);
        Some((span.text.clone(), span))
    })
}
