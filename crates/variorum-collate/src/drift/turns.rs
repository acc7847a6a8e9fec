//! Words that turn a claim, put in by the rewrite: each weighed by what stands at the place of the sources that tells the same.
//!
//! One word proves little: a rewrite says "will" where its source said "is to". So every such word of the rewrite, and
//! everybody it hands words to, is a candidate; what speaks for and against it is measured, and a logistic model fitted on
//! rewrites of which it is known what they changed says how likely it turns the claim.

mod gained;
mod means;
mod voice;
mod weights;

use std::ops::Range;

use variorum_news::{Drift, DriftKind, Span};

use super::claim::Scene;
use super::of;
use super::operators::{Grade, Operator};
use super::site::Site;
use crate::witness::Passage;

/// A word that may turn a claim, with what speaks for it.
pub(crate) struct Turn {
    kind: DriftKind,
    rewrite: Span,
    source: Span,
    explain: String,
    /// Each measure with its name, of which those of one side begin alike.
    pub measures: Vec<(&'static str, f64)>,
}

/// A candidate less likely than this is not even shown on demand.
const LEAST: f64 = 0.3;
/// A candidate that is as likely as not is a weak finding: among the strengths of the other comparisons it stands so much
/// lower, in log odds.
const WEAKER: f64 = 0.8;
/// Who says it is called by many names, so this is weaker still.
const WEAKER_VOICE: f64 = 1.6;

/// Returns what the words that turn claims say, as far as it is likely.
pub(super) fn drift(scene: &Scene) -> Vec<Drift> {
    turns(scene)
        .into_iter()
        .filter_map(|turn| {
            let likely = weights::chance(&turn.measures);
            let less = if turn.kind == DriftKind::Attribution { WEAKER_VOICE } else { WEAKER };
            (likely >= LEAST).then(|| turn.drift(weights::odds_less(likely, less)))
        })
        .collect()
}

/// Returns the candidates of a passage.
pub(super) fn turns(scene: &Scene) -> Vec<Turn> {
    let mut turns = gained::turns(scene);
    turns.extend(voice::turns(scene));
    turns
}

impl Turn {
    /// Returns the candidate as a finding.
    pub fn drift(self, likely: f64) -> Drift {
        let mut found = of(self.kind, self.rewrite, Some(self.source), self.explain);
        found.confidence = likely;
        found
    }
}

/// What is measured of the sentence and of the place, whichever side has the word.
fn common(scene: &Scene, site: &Site) -> [(&'static str, f64); 5] {
    let judgement = &scene.held.support.judgement;
    let supported = judgement.supported.clamp(0.01, 0.99);
    [
        ("quality", site.quality),
        ("shared", site.shared.len().min(8) as f64 / 8.0),
        ("supported", (supported / (1.0 - supported)).ln() / 4.0),
        ("alike", scene.held.support.best.first().map_or(0.0, |best| best.1)),
        ("lack", lack(scene, site.clause.clone())),
    ]
}

/// How likely the likeliest word of a run is not borne out.
fn lack(scene: &Scene, run: Range<usize>) -> f64 {
    let support = scene.held.support;
    let inside = support.evidence.words.iter().zip(&support.judgement.words).filter(|(w, _)| run.contains(&w.at));
    inside.map(|(_, chance)| *chance).fold(0.0, f64::max)
}

/// The kind of change that a word makes.
fn kind(grade: Grade) -> DriftKind {
    use Grade::*;
    match grade {
        Certain | Must | Possible | Likely | Seeming | Said | Hoped | Open | Would | Will => DriftKind::Hedge,
        Not | No | Without | Weak | Lexical | None => DriftKind::Polarity,
        All | Most | Many | Some | OneOf | Few | Only => DriftKind::Scope,
        Because | So | Answer | Blame => DriftKind::Cause,
        Set | Plan | Try | Done => DriftKind::Status,
        Say | Claim | Think | Show => DriftKind::Attribution,
    }
}

fn is(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// The content words right after an operator, no farther than a short phrase goes.
fn next(passage: &Passage, operator: Operator) -> Option<usize> {
    super::operators::borne(passage, operator, 1).next()
}

/// The content word right before it.
fn before(passage: &Passage, operator: Operator) -> Option<usize> {
    (operator.at.saturating_sub(4)..operator.at).rev().find(|&i| passage.words[i].form.is_some())
}

/// Tells whether a word of one passage stands in some words of another, in any form or as a word of its sense.
fn stands(word: &crate::witness::Token, passage: &Passage, run: Range<usize>) -> bool {
    use variorum_lexicon::Relation;
    let run = run.start.min(passage.words.len())..run.end.min(passage.words.len());
    passage.words[run].iter().any(|t| {
        t.form.is_some()
            && (t.form == word.form
                || matches!(t.word.relation(&word.word), Relation::Same | Relation::Derived | Relation::Synonym))
    })
}
