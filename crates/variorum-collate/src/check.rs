//! Check: a rewrite held against its sources, sentence by sentence.

use variorum_news::{Annotations, Check, CheckedSentence, Drift, DriftKind, Report, SentenceVerdict};

use crate::Options;
use crate::drift::{Held, drift};
use crate::sources::{Sources, Support};
use crate::witness::{Forms, Passage, Witness};

/// A sentence of which the sources hold less than this, by weight, is not borne out.
const BORNE_OUT: f64 = 0.55;
/// A source passage this like the sentence is named as bearing it out.
const NAMED: f64 = 0.15;

/// Returns the verdict on every sentence of a rewrite, what it changed, and how faithful it is as a whole.
pub(crate) fn check(rewrite: &Report, sources: &[&Report], _options: &Options) -> Check {
    let empty = Annotations::default();
    let mut forms = Forms::default();
    let witnesses: Vec<Witness> = std::iter::once(rewrite)
        .chain(sources.iter().copied())
        .map(|report| Witness::new(report, &empty, &mut forms))
        .collect();
    let which: Vec<usize> = (1..witnesses.len()).collect();
    let sources_held = Sources::new(&witnesses, &which, &forms);
    let witness = &witnesses[0];
    let (mut sentences, mut drifts, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for passage in &witness.passages {
        let support = sources_held.support(passage);
        let held = Held { witness, passage, sources: &sources_held, support: &support };
        let verbatim = sources_held.says(&passage.span.text);
        let mut found = if verbatim { Vec::new() } else { drift(held) };
        let (sentence, missing) = judged(held, &found, verbatim);
        found.extend(missing);
        drifts.extend(found);
        weights.push((passage.forms.len().max(1) as f64, sentence.score));
        sentences.push(sentence);
    }
    let all: f64 = weights.iter().map(|(w, _)| w).sum();
    let faithful = if all > 0.0 { weights.iter().map(|(w, s)| w * s).sum::<f64>() / all } else { 1.0 };
    Check {
        id: None,
        rewrite: rewrite.text.clone(),
        sources: sources.iter().map(|s| s.text.clone()).collect(),
        sentences,
        drift: drifts,
        faithful: rounded(faithful),
    }
}

fn judged(held: Held, found: &[Drift], verbatim: bool) -> (CheckedSentence, Vec<Drift>) {
    let support = held.support;
    let score = if verbatim { 1.0 } else { score(support) };
    let penalty = 0.75f64.powi(found.len() as i32);
    let verdict = if verbatim {
        SentenceVerdict::Supported
    } else if score < BORNE_OUT {
        SentenceVerdict::Unsupported
    } else if found.is_empty() {
        SentenceVerdict::Supported
    } else {
        SentenceVerdict::Drifted
    };
    let missing = if verdict == SentenceVerdict::Unsupported { missing(held, found) } else { Vec::new() };
    let sources = support
        .best
        .iter()
        .filter(|(_, alike)| *alike >= NAMED)
        .take(3)
        .map(|(place, _)| held.sources.at(*place).1.span.clone())
        .collect();
    let sentence = CheckedSentence {
        span: held.passage.span.clone(),
        verdict,
        score: rounded(score * penalty),
        sources,
        proposed: false,
    };
    (sentence, missing)
}

/// A sentence of which the sources hold less than this is the rewriter's own.
const INVENTED: f64 = 0.25;
/// A sentence with fewer content words says too little to be called invented.
const LEAST_WORDS: usize = 5;

/// Returns the whole sentence as drift where the sources hold hardly a word of it.
pub(crate) fn invented(held: Held) -> Option<Drift> {
    let own = held.passage.forms.len() >= LEAST_WORDS && score(held.support) < INVENTED;
    own.then(|| Drift {
        kind: DriftKind::Unsupported,
        rewrite: held.passage.span.clone(),
        source: None,
        explain: "hardly a word of this stands in the source".to_owned(),
        proposed: false,
        confidence: 1.0,
    })
}

/// Words that stand near one another in the sources bear a sentence out better than words from everywhere.
fn score(support: &Support) -> f64 {
    0.5 * support.anywhere + 0.5 * support.together
}

/// Returns the runs of words that no source has, in a sentence that the sources do not bear out.
fn missing(held: Held, found: &[Drift]) -> Vec<Drift> {
    let passage = held.passage;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (i, token) in passage.words.iter().enumerate() {
        if token.form.is_none() || held.sources.has(token) {
            continue;
        }
        match runs.last_mut() {
            // Two words of grammar may stand between the words of one run.
            Some((_, to)) if i - *to <= 3 && bridge(passage, *to + 1, i) => *to = i,
            _ => runs.push((i, i)),
        }
    }
    let heavy = |run: &(usize, usize)| {
        passage.words[run.0..=run.1].iter().any(|t| t.form.is_some_and(|f| !held.sources.forms.is_light(f)))
    };
    runs.into_iter()
        .filter(heavy)
        .map(|(from, to)| held.witness.spanner.span(passage.words[from].bytes.start..passage.words[to].bytes.end))
        .filter(|span| found.iter().all(|d| d.rewrite.overlap(span) == 0))
        .map(|span| Drift {
            kind: DriftKind::Unsupported,
            rewrite: span,
            source: None,
            explain: "no source says this".to_owned(),
            proposed: false,
            confidence: 1.0,
        })
        .collect()
}

fn bridge(passage: &Passage, from: usize, to: usize) -> bool {
    passage.words[from..to].iter().all(|t| t.form.is_none())
}

/// Three digits are what the method can tell apart, and they keep the output short.
fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}
