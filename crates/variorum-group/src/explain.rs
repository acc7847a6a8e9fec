//! Why two reports share a story, or do not.
use variorum_news::Report;

/// Returns the reasons as sentences for a person.
pub fn explain(_a: &Report, _b: &Report, _among: &[&Report]) -> Vec<String> {
    Vec::new()
}
