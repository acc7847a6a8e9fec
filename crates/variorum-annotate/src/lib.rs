#![doc = include_str!("../README.md")]

mod attributions;
mod dates;
mod figures;
mod names;
mod quotes;

use std::ops::Range;

use variorum_news::{Annotations, Report, Spanner};

/// What every layer sees of a report: its text, its spans, its sentences and when it was published.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The text of the report.
    pub text: &'a str,
    /// Makes spans of byte ranges.
    pub spanner: &'a Spanner<'a>,
    /// The byte ranges of the sentences.
    pub sentences: &'a [Range<usize>],
    /// The day of publication as `YYYY-MM-DD`.
    pub published: Option<&'a str>,
}

/// Returns everything that a report says of itself: sentences, quotes, figures, dates, names, attributions.
pub fn annotate(report: &Report) -> Annotations {
    let text = report.text.as_str();
    let spanner = Spanner::new(&report.id, text);
    let sentences = variorum_text::sentences(text);
    let reading = Reading { text, spanner: &spanner, sentences: &sentences, published: report.day() };
    let (names, entities) = names::names(&reading);
    let dates = dates::dates(&reading);
    let figures = figures::figures(&reading, &dates, &names);
    let quotes = quotes::quotes(&reading, &names, &entities);
    let attributions = attributions::attributions(&reading, &names, &entities, &quotes);
    Annotations {
        sentences: sentences.iter().map(|range| spanner.span(range.clone())).collect(),
        quotes,
        figures,
        dates,
        names,
        entities,
        attributions,
    }
}
