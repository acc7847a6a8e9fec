//! Names of findings that survive computing again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use variorum_news::{Drift, Reading, Span, Story, Value, Variant};
use variorum_store::View;
use xxhash_rust::xxh3::xxh3_64;

use crate::Action;

/// What a person says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// It is so.
    Confirmed,
    /// It is none.
    Dismissed,
}

/// A standing word of a person on a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What is said.
    pub ruling: Ruling,
    /// Who says it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The number of the correction, to take it back.
    pub correction: i64,
}

/// Returns the stable name of a variant: made from its kind and the words that differ, not from what else is told.
///
/// Of each value the first reading counts, so that a report that comes later and says what one said before leaves the
/// name as it was.
pub fn variant_key(variant: &Variant) -> String {
    let mut first: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for reading in &variant.readings {
        first.entry(value(reading)).or_insert((reading.report(), &reading.span.text));
    }
    named('v', &(variant.kind, first))
}

/// Returns the stable name of a drift: made from its kind and the words of the rewrite and of the source.
pub fn drift_key(drift: &Drift) -> String {
    let words = |span: &Span| (span.report.clone(), span.text.clone());
    named('d', &(drift.kind, words(&drift.rewrite), drift.source.as_ref().map(words)))
}

fn value(reading: &Reading) -> String {
    match &reading.value {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Word(word)) => word.clone(),
        None => reading.span.text.to_lowercase(),
    }
}

fn named(kind: char, what: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(what).expect("words and numbers are JSON");
    format!("{kind}{:016x}", xxh3_64(&bytes))
}

/// Returns what people say of the findings of a story, by key; a word on a finding follows it into another story.
pub fn decisions(view: &View, story: &Story) -> Result<BTreeMap<String, Decision>, variorum_store::Error> {
    let keys: BTreeSet<String> =
        story.variants.iter().map(variant_key).chain(story.drift.iter().map(drift_key)).collect();
    let mut decisions = BTreeMap::new();
    for key in keys {
        if let Some(decision) = decision(view, &key)? {
            decisions.insert(key, decision);
        }
    }
    Ok(decisions)
}

/// Returns the last standing word on a finding.
pub(crate) fn decision(view: &View, key: &str) -> Result<Option<Decision>, variorum_store::Error> {
    let Some(n) = view.ruling(key)? else { return Ok(None) };
    let Some(correction) = view.correction(n)? else { return Ok(None) };
    let Ok(Action::Rule { ruling, .. }) = serde_json::from_value(correction.body) else { return Ok(None) };
    let (who, reason, at) = (correction.who, correction.reason, correction.at);
    Ok(Some(Decision { ruling, who, reason, at, correction: n }))
}

#[cfg(test)]
mod tests {
    use variorum_news::{Drift, DriftKind, Reading, Span, Value, Variant, VariantKind};

    use super::{drift_key, variant_key};

    fn span(report: &str, text: &str) -> Span {
        Span { report: report.into(), start: 0, end: text.chars().count(), text: text.to_owned() }
    }

    fn variant(readings: &[(&str, &str, f64)]) -> Variant {
        let reading = |(report, text, value): &(&str, &str, f64)| Reading {
            span: span(report, text),
            sentence: span(report, text),
            value: Some(Value::Number(*value)),
            hedge: None,
            speaker: None,
            attributed_to: None,
            derived: false,
            when: None,
        };
        Variant {
            id: "x".to_owned(),
            kind: VariantKind::Figure,
            about: "people".to_owned(),
            statement: "y".to_owned(),
            readings: readings.iter().map(reading).collect(),
            development: false,
            confidence: 1.0,
        }
    }

    #[test]
    fn a_report_that_says_what_one_said_leaves_the_name() {
        let two = variant(&[("a", "12 people", 12.0), ("b", "14 people", 14.0)]);
        let three = variant(&[("a", "12 people", 12.0), ("b", "14 people", 14.0), ("c", "twelve people", 12.0)]);
        let other = variant(&[("a", "12 people", 12.0), ("b", "14 people", 14.0), ("c", "16 people", 16.0)]);
        assert_eq!(variant_key(&two), variant_key(&three));
        assert_ne!(variant_key(&two), variant_key(&other));
    }

    #[test]
    fn a_drift_is_named_by_kind_and_words_not_by_what_is_said_of_it() {
        let drift = |kind, words: &str, explain: &str| Drift {
            kind,
            rewrite: span("b", words),
            source: Some(span("a", "14 people")),
            explain: explain.to_owned(),
            confidence: 0.9,
            proposed: false,
        };
        let first = drift_key(&drift(DriftKind::Figure, "40 people", "the source says 14"));
        assert_eq!(first, drift_key(&drift(DriftKind::Figure, "40 people", "fourteen in the source")));
        assert_ne!(first, drift_key(&drift(DriftKind::Figure, "41 people", "the source says 14")));
        assert_ne!(first, drift_key(&drift(DriftKind::Scope, "40 people", "the source says 14")));
    }
}
