//! How often a finding like this one is right.
//!
//! Each comparison says how strong a finding is by its own lights; what that is worth depends on the kind of finding and
//! on how the rest of the sentence stands, and is fitted on rewrites of which it is known what they changed.

use std::sync::LazyLock;

use variorum_news::{Drift, DriftKind};

use crate::drift::Held;
use crate::drift::attribution::names_nobody;

/// What is measured of a finding; the weights of `data/en/confidence.tsv` are fitted on these, in this order.
///
/// A text of one sentence is mostly a claim held against a page that it was not made from, so that other words at the like
/// place tell less (`alone`).
pub(crate) const OF_FINDING: [&str; 6] = ["raw", "supported", "chance", "alike", "sourced", "alone"];
/// The places of the strength, of `sourced` and of `alone`, which weigh differently for every kind.
const OWN: [usize; 3] = [0, 4, 5];

/// A finding this sure is shown without being asked for.
pub(crate) const SHOWN: f64 = 0.75;

const KINDS: [(DriftKind, &str); 11] = [
    (DriftKind::Figure, "figure"),
    (DriftKind::Date, "date"),
    (DriftKind::Name, "name"),
    (DriftKind::Quote, "quote"),
    (DriftKind::Hedge, "hedge"),
    (DriftKind::Attribution, "attribution"),
    (DriftKind::Polarity, "polarity"),
    (DriftKind::Status, "status"),
    (DriftKind::Cause, "cause"),
    (DriftKind::Scope, "scope"),
    (DriftKind::Unsupported, "unsupported"),
];

const CLAIMS: [DriftKind; 6] = [
    DriftKind::Hedge,
    DriftKind::Attribution,
    DriftKind::Polarity,
    DriftKind::Status,
    DriftKind::Cause,
    DriftKind::Scope,
];

/// The weights: of every measure for all kinds, and for each kind what it stands for by itself and by what `OWN` names.
struct Weights {
    shared: [f64; OF_FINDING.len()],
    kinds: [[f64; 1 + OWN.len()]; KINDS.len()],
    bias: f64,
}

/// Sets the confidence of a passage's findings: how often findings like these were right where it is known.
pub(crate) fn settle(held: Held, found: &mut [Drift]) {
    for drift in found {
        let measures = measures(held, drift);
        drift.confidence = (chance(weighed_as(held, drift), &measures) * 1000.0).round() / 1000.0;
    }
}

/// Returns the kind whose findings are right as often as this one.
///
/// That a figure was hedged, or a source made vague, is seen on the words themselves, as a date told otherwise is; what else
/// is told of hedges and sources hangs on how a sentence is built. (Both are too rare in the sets to be fitted alone.)
pub(crate) fn weighed_as(held: Held, drift: &Drift) -> DriftKind {
    let figures = &held.witness.notes.figures[held.passage.figures.clone()];
    match drift.kind {
        DriftKind::Hedge if figures.iter().any(|f| f.span == drift.rewrite) => DriftKind::Date,
        DriftKind::Attribution if names_nobody(held.witness.tokens_in(held.passage, &drift.rewrite)) => DriftKind::Date,
        kind => kind,
    }
}

/// Returns what `OF_FINDING` names of a finding that is not settled yet.
pub(crate) fn measures(held: Held, drift: &Drift) -> [f64; OF_FINDING.len()] {
    let bytes = held.witness.spanner.bytes(&drift.rewrite);
    let judgement = &held.support.judgement;
    let inside = held.support.evidence.words.iter().zip(&judgement.words).filter(|(word, _)| {
        let place = &held.passage.words[word.at].bytes;
        place.start < bytes.end && bytes.start < place.end
    });
    let worst = inside.map(|(_, chance)| *chance).fold(0.0, f64::max);
    // A claim is turned by words that are borne out, so how well they are says nothing.
    let turned = CLAIMS.contains(&drift.kind);
    let unless_turned = |measure: f64| if turned { 0.0 } else { measure };
    let sourced = drift.source.is_some();
    let is = |yes: bool| f64::from(u8::from(yes));
    [
        odds(drift.confidence),
        unless_turned(odds(judgement.supported)),
        unless_turned(odds(worst)),
        unless_turned(held.support.best.first().map_or(0.0, |best| best.1)),
        is(sourced),
        is(sourced && held.witness.passages.len() == 1),
    ]
}

fn chance(kind: DriftKind, measures: &[f64; OF_FINDING.len()]) -> f64 {
    let weights = weights();
    let shared: f64 = weights.shared.iter().zip(measures).map(|(w, m)| w * m).sum();
    let own = KINDS.iter().position(|(k, _)| *k == kind).map_or(0.0, |n| {
        let [bias, of @ ..] = weights.kinds[n];
        bias + OWN.iter().zip(of).map(|(&at, weight)| weight * measures[at]).sum::<f64>()
    });
    1.0 / (1.0 + (-(weights.bias + shared + own)).exp())
}

/// The log odds of a chance, kept within what a hundred cases can tell.
fn odds(chance: f64) -> f64 {
    let chance = chance.clamp(0.01, 0.99);
    (chance / (1.0 - chance)).ln()
}

fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        let rows: Vec<(&str, &str)> =
            include_str!("../data/en/confidence.tsv").lines().filter_map(|line| line.split_once('\t')).collect();
        // A measure without a row weighs nothing.
        let of = |key: &str| -> f64 {
            let row = rows.iter().find(|(name, _)| *name == key);
            row.and_then(|(_, rest)| rest.split('\t').next()?.parse().ok()).unwrap_or(0.0)
        };
        Weights {
            shared: OF_FINDING.map(|name| of(&format!("all.{name}"))),
            kinds: KINDS.map(|(_, kind)| {
                ["bias", OF_FINDING[OWN[0]], OF_FINDING[OWN[1]], OF_FINDING[OWN[2]]]
                    .map(|own| of(&format!("{kind}.{own}")))
            }),
            bias: of("all.bias"),
        }
    });
    &WEIGHTS
}
