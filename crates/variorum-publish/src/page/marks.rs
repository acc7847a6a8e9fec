//! The places of a report that links lead to.

use variorum_news::{Report, Span};

use crate::changed::Stretch;

/// The sentences and the compared words of one report, as pairs of code points, in order and without overlap.
#[derive(Debug, Default)]
pub struct Marks {
    pub sentences: Vec<Stretch>,
    pub words: Vec<Stretch>,
}

impl Marks {
    /// Returns the marks of a report: its sentences (its blocks where it has none), and words that are compared.
    pub fn new(report: &Report, compared: Vec<Stretch>) -> Self {
        let sentences = report.annotations.as_ref().map_or(&[][..], |a| &a.sentences);
        let mut found: Vec<Stretch> = sentences.iter().map(|s| (s.start, s.end)).collect();
        if found.is_empty() {
            found = report.blocks.iter().map(|b| (b.start, b.end)).collect();
        }
        // White space between blocks is not printed, so that nothing that begins there can be led to.
        let blank: Vec<bool> = report.text.chars().map(char::is_whitespace).collect();
        Marks { sentences: apart(found, &blank), words: apart(compared, &blank) }
    }

    /// Returns the end of the name of the place that shows a span best; none leads to the report itself.
    pub fn target(&self, span: &Span) -> Option<String> {
        let (start, end) = (span.start, span.end);
        if self.words.binary_search(&(start, end)).is_ok() {
            return Some(word_id(start, end));
        }
        let after = self.sentences.partition_point(|s| s.1 <= start);
        self.sentences.get(after).filter(|s| s.0 < end).map(|s| sentence_id(s.0))
    }
}

/// Returns the end of a sentence's name.
pub fn sentence_id(start: usize) -> String {
    format!("{start}")
}

/// Returns the end of the name of compared words.
pub fn word_id(start: usize, end: usize) -> String {
    format!("w{start}-{end}")
}

/// A part of a stretch, and the mark that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub start: usize,
    pub end: usize,
    pub mark: Option<Stretch>,
}

/// Cuts a stretch at the marks in it: each piece with the mark that it belongs to, if any.
///
/// The marks are in order and do not overlap; one that reaches beyond the stretch is cut to it.
pub fn cut(start: usize, end: usize, marks: &[Stretch]) -> Vec<Piece> {
    let first = marks.partition_point(|m| m.1 <= start);
    let mut pieces = Vec::new();
    let mut at = start;
    for &mark in marks[first..].iter().take_while(|m| m.0 < end) {
        let (from, to) = (mark.0.max(start), mark.1.min(end));
        if at < from {
            pieces.push(Piece { start: at, end: from, mark: None });
        }
        pieces.push(Piece { start: from, end: to, mark: Some(mark) });
        at = to;
    }
    if at < end {
        pieces.push(Piece { start: at, end, mark: None });
    }
    pieces
}

/// Sorts stretches and drops what is empty, begins with white space, leaves the text or overlaps one before it.
fn apart(mut ranges: Vec<Stretch>, blank: &[bool]) -> Vec<Stretch> {
    ranges.retain(|r| r.0 < r.1 && r.1 <= blank.len() && !blank[r.0]);
    ranges.sort_unstable_by_key(|r| (r.0, std::cmp::Reverse(r.1)));
    let mut last = 0;
    ranges.retain(|r| {
        let free = r.0 >= last;
        if free {
            last = r.1;
        }
        free
    });
    ranges
}

#[cfg(test)]
mod tests {
    use super::{apart, cut};

    #[test]
    fn overlapping_marks_give_way_to_the_first() {
        assert_eq!(apart(vec![(5, 9), (0, 6), (2, 3), (6, 8), (4, 4), (7, 99)], &[false; 20]), vec![(0, 6), (6, 8)]);
    }

    #[test]
    fn a_stretch_is_cut_at_its_marks() {
        let marks = [(0, 3), (5, 7), (9, 14)];
        let found: Vec<(usize, usize, Option<usize>)> =
            cut(2, 10, &marks).iter().map(|p| (p.start, p.end, p.mark.map(|m| m.0))).collect();
        assert_eq!(found, vec![(2, 3, Some(0)), (3, 5, None), (5, 7, Some(5)), (7, 9, None), (9, 10, Some(9))]);
        assert_eq!(cut(4, 4, &marks), vec![]);
    }
}
