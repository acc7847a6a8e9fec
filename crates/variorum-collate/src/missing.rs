//! The words that no source bears out.

use variorum_news::{Drift, DriftKind};

use crate::drift::Held;
use crate::witness::Passage;

/// In a sentence that is not borne out, a word that is likelier wrong than this is shown.
const IN_UNSUPPORTED: f64 = 0.25;
/// In a sentence that is, this sure it must be.
const IN_SUPPORTED: f64 = 0.5;

/// Returns the runs of words that no source bears out, besides those that were found to be bent.
pub(crate) fn missing(held: Held, found: &[Drift], unsupported: bool) -> Vec<Drift> {
    let (evidence, judgement) = (&held.support.evidence, &held.support.judgement);
    let least = if unsupported { IN_UNSUPPORTED } else { IN_SUPPORTED };
    let mut runs: Vec<Run> = Vec::new();
    for (word, &chance) in evidence.words.iter().zip(&judgement.words) {
        if chance < least {
            continue;
        }
        match runs.last_mut() {
            // Words of grammar may stand between the words of one run.
            Some(run) if word.at - run.to <= 4 && bridge(held.passage, run.to + 1, word.at) => {
                run.to = word.at;
                run.chance = run.chance.max(chance);
            }
            _ => runs.push(Run { from: word.at, to: word.at, chance }),
        }
    }
    let words = &held.passage.words;
    let span = |run: &Run| held.witness.spanner.span(words[run.from].bytes.start..words[run.to].bytes.end);
    runs.iter()
        .map(|run| (span(run), run.chance))
        .filter(|(span, _)| unsupported || found.iter().all(|d| d.rewrite.overlap(span) == 0))
        .map(|(span, chance)| Drift {
            kind: DriftKind::Unsupported,
            rewrite: span,
            source: None,
            explain: "no source says this".to_owned(),
            proposed: false,
            confidence: chance,
        })
        .collect()
}

/// Words in a row, by their places in the passage, and how likely the worst of them is wrong.
struct Run {
    from: usize,
    to: usize,
    chance: f64,
}

fn bridge(passage: &Passage, from: usize, to: usize) -> bool {
    passage.words[from..to].iter().all(|t| t.form.is_none())
}

/// A sentence borne out less surely than this is the rewriter's own.
const INVENTED: f64 = 0.05;
/// A sentence with fewer content words says too little to be called invented.
const LEAST_WORDS: usize = 5;

/// Returns the whole sentence as drift where the sources hold hardly a word of it.
pub(crate) fn invented(held: Held) -> Option<Drift> {
    let own = held.passage.forms.len() >= LEAST_WORDS && held.support.judgement.supported < INVENTED;
    own.then(|| Drift {
        kind: DriftKind::Unsupported,
        rewrite: held.passage.span.clone(),
        source: None,
        explain: "hardly a word of this stands in the source".to_owned(),
        proposed: false,
        confidence: 0.9,
    })
}
