#![doc = include_str!("../README.md")]

mod account;
mod calendar;
mod cues;
mod dateline;
mod days;
mod fitness;
mod lexis;
mod order;
mod passage;
mod timeline;
mod title;
mod told;

#[cfg(test)]
mod tests;

use variorum_news::{Collation, Lineage, Report, Telling};

use crate::told::Told;

/// Returns the telling of a collated story: title, timeline and account, all in source words.
///
/// No word stands in it that no report prints: every part is a span.
pub fn compose(reports: &[&Report], lineage: &Lineage, collation: &Collation) -> Telling {
    let told = Told::new(reports, lineage, collation);
    let account = account::account(&told);
    Telling { title: title::title(&told, &account), timeline: timeline::timeline(&told), account }
}
