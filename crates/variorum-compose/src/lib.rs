#![doc = include_str!("../README.md")]

mod account;
mod timeline;

use variorum_news::{Collation, Lineage, Report, Span, Telling};

/// How much is told at most.
const MOST_SENTENCES: usize = 60;

/// Returns the telling of a collated story: title, timeline and account, all in source words.
///
/// No word stands in it that no report prints: every part is a span.
pub fn compose(reports: &[&Report], lineage: &Lineage, collation: &Collation) -> Telling {
    let account = account::account(reports, lineage, collation, MOST_SENTENCES);
    Telling { title: title(&account), timeline: timeline::timeline(reports, collation), account }
}

/// The lead names the story: its first sentence.
fn title(account: &[variorum_news::AccountSentence]) -> Option<Span> {
    account.first().and_then(|sentence| sentence.sources.first()).cloned()
}
