//! A span: a place in a report's text and the exact words that stand there.

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use variorum_text::Offsets;

/// The name of a report: given by the user, or made from the report's bytes.
pub type ReportId = Arc<str>;

/// A place in the text of a report, with the words that stand there.
///
/// Offsets count Unicode code points, end exclusive, as the W3C `TextPositionSelector` does.
/// `text` equals exactly that slice of the report's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// The report in whose text the words stand.
    pub report: ReportId,
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words themselves.
    pub text: String,
}

impl Span {
    /// Returns how many code points two spans of one report share; 0 for spans of different reports.
    pub fn overlap(&self, other: &Span) -> usize {
        if self.report != other.report {
            return 0;
        }
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Tells whether `other` lies wholly inside this span.
    pub fn holds(&self, other: &Span) -> bool {
        self.report == other.report && self.start <= other.start && other.end <= self.end
    }
}

/// Makes spans of one report from byte ranges of its text.
#[derive(Debug)]
pub struct Spanner<'a> {
    report: ReportId,
    text: &'a str,
    offsets: Offsets,
}

impl<'a> Spanner<'a> {
    /// Indexes a report's text once, so that every span after costs a look-up.
    pub fn new(report: &ReportId, text: &'a str) -> Self {
        Spanner { report: report.clone(), text, offsets: Offsets::new(text) }
    }

    /// Returns the text that the spans point into.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the span of a byte range, which must lie on character edges.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        Span {
            report: self.report.clone(),
            start: self.offsets.code_point(bytes.start),
            end: self.offsets.code_point(bytes.end),
            text: self.text[bytes].to_owned(),
        }
    }

    /// Returns the byte range of a span of this report.
    pub fn bytes(&self, span: &Span) -> Range<usize> {
        self.offsets.byte(span.start)..self.offsets.byte(span.end)
    }

    /// Returns the byte range of a pair of code-point offsets.
    pub fn byte_range(&self, start: usize, end: usize) -> Range<usize> {
        self.offsets.byte(start)..self.offsets.byte(end)
    }
}
