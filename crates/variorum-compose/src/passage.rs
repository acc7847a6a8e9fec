//! Passages: a sentence of a report, with its neighbours where it cannot be told without them.

use variorum_news::{NameKind, QuoteKind, Span, Spanner};
use variorum_text::words;

use crate::dateline::without_dateline;
use crate::fitness::{Fitness, fitness};
use crate::told::{Line, Told};

/// One or a few sentences of a paragraph of a report, that are told together.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// The sentence it is told for.
    pub line: Line,
    /// Its first and last sentence.
    pub first: usize,
    /// See `first`.
    pub last: usize,
    /// Its words.
    pub span: Span,
    /// How well it can stand in an account.
    pub fitness: Fitness,
}

/// So many sentences of one report are told together at most, and so many words.
const MOST_SENTENCES: usize = 4;
const MOST_WORDS: usize = 75;

impl Passage {
    /// Returns the passage of a line: with the rest of a quotation that goes on beyond it, and with the sentence that
    /// names the quotation's speaker.
    pub fn of(told: &Told, line: Line) -> Option<Passage> {
        let (mut first, mut last) = (line.1, line.1);
        let Some(notes) = &told.reports[line.0].annotations else { return None };
        loop {
            let (from, to) = (told.span((line.0, first)).start, told.span((line.0, last)).end);
            let crosses =
                |q: &&variorum_news::Quote| q.kind != QuoteKind::Indirect && q.span.start < to && q.span.end > from;
            let before = notes.quotes.partition_point(|q| q.span.start < to);
            let quotes = notes.quotes[..before].iter().rev().take(12).filter(crosses);
            let (mut low, mut high) = (from, to);
            for quote in quotes {
                low = low.min(quote.span.start);
                high = high.max(quote.span.end);
            }
            let grown = (
                told.line_at(line.0, low).map_or(first, |l| l.1.min(first)),
                told.line_at(line.0, high.saturating_sub(1)).map_or(last, |l| l.1.max(last)),
            );
            if grown == (first, last) {
                break;
            }
            (first, last) = grown;
            if last - first >= MOST_SENTENCES {
                return None;
            }
        }
        Passage::new(told, line, first, last)
    }

    /// Returns the passage with the sentence before it, where one paragraph holds both.
    pub fn with_the_sentence_before(&self, told: &Told) -> Option<Passage> {
        Passage::new(told, self.line, self.first.checked_sub(1)?, self.last)
    }

    fn new(told: &Told, line: Line, first: usize, last: usize) -> Option<Passage> {
        let report = told.reports[line.0];
        if !told.are_one_paragraph((line.0, first), (line.0, last)) || last - first >= MOST_SENTENCES {
            return None;
        }
        let (from, to) = (told.span((line.0, first)), told.span((line.0, last)));
        let span = if first == last {
            from.clone()
        } else {
            let spanner = Spanner::new(&report.id, &report.text);
            spanner.span(spanner.byte_range(from.start, to.end))
        };
        let span = without_dateline(report, span);
        if span.text.contains('\n') || words(&span.text).len() > MOST_WORDS {
            return None;
        }
        let names = &report.annotations.as_ref()?.names;
        let here =
            names.partition_point(|n| n.span.start < span.start)..names.partition_point(|n| n.span.start < span.end);
        let persons: Vec<usize> =
            names[here].iter().filter(|n| n.kind == NameKind::Person).map(|n| n.span.start - span.start).collect();
        let fitness = fitness(&span.text, &persons);
        Some(Passage { line, first, last, span, fitness })
    }

    /// Returns the share of the passage that stands in quotation marks.
    pub fn quoted(&self, told: &Told) -> f64 {
        let Some(notes) = &told.reports[self.line.0].annotations else { return 0.0 };
        let before = notes.quotes.partition_point(|q| q.span.start < self.span.end);
        let quotes = notes.quotes[..before].iter().rev().take(12).filter(|q| q.kind != QuoteKind::Indirect);
        let length = (self.span.end - self.span.start).max(1);
        quotes.map(|q| q.span.overlap(&self.span)).sum::<usize>() as f64 / length as f64
    }
}
