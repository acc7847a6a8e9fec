//! Names of statements and variants: made from the words they rest on, so that they stay when other words change.

use variorum_news::Span;

/// Returns a name of a kind of thing that rests on a span.
pub(crate) fn id(prefix: &str, kind: &str, span: &Span) -> String {
    let bytes = format!("{kind}\n{}\n{}\n{}\n{}", span.report, span.start, span.end, span.text);
    format!("{prefix}{:012x}", xxhash_rust::xxh3::xxh3_64(bytes.as_bytes()) >> 16)
}
