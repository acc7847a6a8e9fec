//! What `examples/names` needs to fit the weights of names: the features exactly as they are seen at work.

use std::ops::Range;

use variorum_news::{Report, Spanner};

use crate::{Depth, Grammar, Reading, is_english, names};

/// A word that may belong to a name: its bytes, and its features.
#[derive(Debug)]
pub struct Word {
    /// The bytes in the text.
    pub bytes: Range<usize>,
    /// Its features.
    pub features: Vec<u32>,
}

/// Returns the stretches of a report that may hold names.
pub fn segments(report: &Report, depth: Depth) -> Vec<Vec<Word>> {
    let text = report.text.as_str();
    let spanner = Spanner::new(&report.id, text);
    let sentences = variorum_text::sentences(text);
    let grammar =
        (depth == Depth::Grammar && is_english(report)).then(|| Grammar::new(text, variorum_syntax::Depth::Names));
    names::samples(&Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published: None,
        grammar: grammar.as_ref(),
    })
}
