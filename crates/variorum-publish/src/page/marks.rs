//! The places of a report that links lead to.

use variorum_news::{Report, Span};

/// The sentences and the compared words of one report, as pairs of code points, in order and without overlap.
#[derive(Debug, Default)]
pub struct Marks {
    pub sentences: Vec<(usize, usize)>,
    pub words: Vec<(usize, usize)>,
}

impl Marks {
    /// Returns the marks of a report: its sentences (its blocks where it has none), and words that are compared.
    pub fn new(report: &Report, compared: Vec<(usize, usize)>) -> Self {
        let sentences = report.annotations.as_ref().map_or(&[][..], |a| &a.sentences);
        let mut found: Vec<(usize, usize)> = sentences.iter().map(|s| (s.start, s.end)).collect();
        if found.is_empty() {
            found = report.blocks.iter().map(|b| (b.start, b.end)).collect();
        }
        let length = report.text.chars().count();
        Marks { sentences: apart(found, length), words: apart(compared, length) }
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

/// Cuts a stretch at the marks in it: each piece with the mark that it belongs to, if any.
///
/// The marks are in order and do not overlap; one that reaches beyond the stretch is cut to it.
pub fn cut(start: usize, end: usize, marks: &[(usize, usize)]) -> Vec<(usize, usize, Option<(usize, usize)>)> {
    let first = marks.partition_point(|m| m.1 <= start);
    let mut pieces = Vec::new();
    let mut at = start;
    for &mark in marks[first..].iter().take_while(|m| m.0 < end) {
        let (from, to) = (mark.0.max(start), mark.1.min(end));
        if at < from {
            pieces.push((at, from, None));
        }
        pieces.push((from, to, Some(mark)));
        at = to;
    }
    if at < end {
        pieces.push((at, end, None));
    }
    pieces
}

/// Sorts ranges and drops what is empty, lies outside the text or overlaps one before it.
fn apart(mut ranges: Vec<(usize, usize)>, length: usize) -> Vec<(usize, usize)> {
    ranges.retain(|r| r.0 < r.1 && r.1 <= length);
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
        assert_eq!(apart(vec![(5, 9), (0, 6), (2, 3), (6, 8), (4, 4), (7, 99)], 20), vec![(0, 6), (6, 8)]);
    }

    #[test]
    fn a_stretch_is_cut_at_its_marks() {
        let marks = [(0, 3), (5, 7), (9, 14)];
        assert_eq!(
            cut(2, 10, &marks),
            vec![(2, 3, Some((0, 3))), (3, 5, None), (5, 7, Some((5, 7))), (7, 9, None), (9, 10, Some((9, 14)))]
        );
        assert_eq!(cut(4, 4, &marks), vec![]);
    }
}
