#![doc = include_str!("../README.md")]

use variorum_news::{Collation, Lineage, Report, Telling};

/// Returns the telling of a collated story: title, timeline and account, all in source words.
pub fn compose(_reports: &[&Report], _lineage: &Lineage, _collation: &Collation) -> Telling {
    Telling::default()
}
