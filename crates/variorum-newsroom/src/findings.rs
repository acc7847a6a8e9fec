//! Names of findings that survive computing again.

use serde::{Deserialize, Serialize};
use variorum_news::{Drift, Variant};

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
pub fn variant_key(_variant: &Variant) -> String {
    unimplemented!()
}

/// Returns the stable name of a drift: made from its kind and the words of the rewrite and of the source.
pub fn drift_key(_drift: &Drift) -> String {
    unimplemented!()
}
