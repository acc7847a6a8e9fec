//! Speech without marks, as quotes.

use std::ops::Range;

use variorum_news::{Party, Quote, QuoteKind};

use super::Found;
use crate::Reading;

/// Shorter words say nothing that could be held against what was said.
const LEAST_WORDS: usize = 3;

/// Returns what a named source said without marks. What quoted words hold wholly is quoted already.
pub(super) fn quotes(reading: &Reading, found: &[Found], quotes: &[Quote]) -> Vec<Quote> {
    let marked: Vec<Range<usize>> = quotes.iter().map(|quote| reading.spanner.bytes(&quote.span)).collect();
    let is_marked = |words: &Range<usize>| {
        // Quotes do not overlap, so the last that begins before the words is the only one that could hold them.
        let after = marked.partition_point(|quote| quote.start <= words.start + 1);
        marked[after.saturating_sub(1)..]
            .iter()
            .take(2)
            .any(|quote| quote.start <= words.start + 3 && words.end <= quote.end + 3 && quote.end > words.start)
    };
    let one = |found: &Found| {
        let source = found.source.as_ref().filter(|s| s.named && found.speech && !found.hedged)?;
        let [words] = found.content.as_slice() else { return None };
        let n_words = reading.text[words.clone()].split_whitespace().count();
        (n_words >= LEAST_WORDS && !is_marked(words)).then(|| Quote {
            span: reading.spanner.span(words.clone()),
            kind: QuoteKind::Indirect,
            speaker: Some(Party { name: source.name.clone(), span: reading.spanner.span(source.bytes.clone()) }),
            cue: Some(reading.spanner.span(found.cue.clone())),
        })
    };
    found.iter().filter_map(one).collect()
}

/// Returns the quotes of both kinds in order of place.
pub(super) fn merged(mut quotes: Vec<Quote>, indirect: Vec<Quote>) -> Vec<Quote> {
    quotes.extend(indirect);
    quotes.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    quotes
}
