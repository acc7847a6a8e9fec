//! Check: a rewrite held against its sources, sentence by sentence.

use variorum_news::{Annotations, Check, CheckedSentence, Drift, DriftKind, Report, SentenceVerdict};

use crate::confidence::{self, OF_FINDING, SHOWN};
use crate::drift::{Held, strong};
use crate::evidence::{OF_SENTENCE, OF_WORD, Word};
use crate::missing::{all_printed, missing};
use crate::sources::Sources;
use crate::witness::{Forms, Witness};
use crate::{Measured, Named, Options};

/// A sentence that is borne out less surely than this is not borne out.
const BORNE_OUT: f64 = 0.1;
/// The same where the text is one sentence: a claim held against a page is wrong oftener than a sentence of a rewrite.
const CLAIM_BORNE_OUT: f64 = 0.15;
/// A source passage this like the sentence is named as bearing it out.
const NAMED: f64 = 0.15;

/// Returns the verdict on every sentence of a rewrite, what it changed, and how faithful it is as a whole.
pub(crate) fn check(rewrite: &Report, sources: &[&Report], options: &Options) -> Check {
    let mut sentences = Vec::new();
    let mut drifts = Vec::new();
    let mut scores = Vec::new();
    each(rewrite, sources, |held| {
        let (sentence, found) = judged(held, options);
        scores.push((held.passage.forms.len().max(1) as f64, sentence.score));
        sentences.push(sentence);
        drifts.extend(found);
    });
    let all: f64 = scores.iter().map(|(weight, _)| weight).sum();
    let faithful = if all > 0.0 { scores.iter().map(|(w, s)| w * s).sum::<f64>() / all } else { 1.0 };
    Check {
        id: None,
        rewrite: rewrite.text.clone(),
        sources: sources.iter().map(|s| s.text.clone()).collect(),
        sentences,
        drift: drifts,
        faithful: rounded(faithful),
    }
}

/// Holds every passage of a rewrite against the sources.
fn each(rewrite: &Report, sources: &[&Report], mut then: impl FnMut(Held)) {
    let empty = Annotations::default();
    let mut forms = Forms::default();
    let witnesses: Vec<Witness> = std::iter::once(rewrite)
        .chain(sources.iter().copied())
        .map(|report| Witness::new(report, &empty, &mut forms))
        .collect();
    let which: Vec<usize> = (1..witnesses.len()).collect();
    let sources = Sources::new(&witnesses, &which, &forms);
    let witness = &witnesses[0];
    for passage in &witness.passages {
        let support = sources.support(witness, passage);
        then(Held { witness, passage, sources: &sources, support: &support });
    }
}

fn judged(held: Held, options: &Options) -> (CheckedSentence, Vec<Drift>) {
    let verbatim = held.sources.says_words(&held.passage.folded());
    let supported = if verbatim { 1.0 } else { held.support.judgement.supported };
    let unsupported = !verbatim && is_unsupported(held);
    let mut found = if verbatim { Vec::new() } else { findings(held, unsupported) };
    confidence::settle(held, &mut found);
    // What no source says has been weighed already.
    let bent = found.iter().filter(|d| d.kind != DriftKind::Unsupported);
    let score = supported * bent.map(|d| 1.0 - d.confidence).product::<f64>();
    // The words that bring a sentence down are shown with it.
    found.retain(|d| options.shows(d) || unsupported && d.kind == DriftKind::Unsupported);
    let verdict = if unsupported {
        SentenceVerdict::Unsupported
    } else if found.iter().any(|d| d.confidence >= SHOWN) {
        SentenceVerdict::Drifted
    } else {
        SentenceVerdict::Supported
    };
    let sources = held.support.best.iter().filter(|(_, alike)| *alike >= NAMED).take(3);
    let sources = sources.map(|(place, _)| held.sources.at(*place).1.span.clone()).collect();
    let span = held.passage.span.clone();
    (CheckedSentence { span, verdict, score: rounded(score), sources, proposed: false }, found)
}

/// A sentence of a rewrite may gather its words from all over the source; what calls it unsupported can be pointed at.
fn is_unsupported(held: Held) -> bool {
    let supported = held.support.judgement.supported;
    match held.witness.passages.len() {
        1 => supported < CLAIM_BORNE_OUT,
        _ => supported < BORNE_OUT && !all_printed(held),
    }
}

/// What was bent, and what was added, before it is told how likely each is right.
fn findings(held: Held, unsupported: bool) -> Vec<Drift> {
    let mut found = strong(held);
    found.extend(missing(held, &found, unsupported));
    found
}

/// Returns what the verdicts rest on.
pub(crate) fn measures(rewrite: &Report, sources: &[&Report]) -> Vec<Measured> {
    let named =
        |names: &[&'static str], measures: &[f64]| names.iter().copied().zip(measures.iter().copied()).collect();
    let mut all = Vec::new();
    each(rewrite, sources, |held| {
        let evidence = &held.support.evidence;
        let verbatim = held.sources.says(&held.passage.span.text);
        let unsupported = !verbatim && is_unsupported(held);
        let found = if verbatim { Vec::new() } else { findings(held, unsupported) };
        let span = |word: &Word| held.witness.spanner.span(held.passage.words[word.at].bytes.clone());
        all.push(Measured {
            span: held.passage.span.clone(),
            sentence: named(&OF_SENTENCE, &evidence.sentence),
            findings: found
                .into_iter()
                .map(|drift| {
                    let measures = named(&OF_FINDING, &confidence::measures(held, &drift));
                    (drift.clone(), confidence::weighed_as(held, &drift), measures)
                })
                .collect(),
            words: evidence.words.iter().map(|w| (span(w), w.weight, named(&OF_WORD, &w.measures))).collect(),
        });
    });
    all
}

/// Returns the words that may turn a claim, sentence by sentence, with what is measured of them.
pub(crate) fn turned(rewrite: &Report, sources: &[&Report]) -> Vec<(Drift, Named)> {
    let mut all = Vec::new();
    each(rewrite, sources, |held| {
        if !held.sources.says(&held.passage.span.text) {
            all.extend(crate::drift::turned(held));
        }
    });
    all
}

/// Three digits are what the method can tell apart, and they keep the output short.
fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}
