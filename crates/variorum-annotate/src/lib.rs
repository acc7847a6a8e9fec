#![doc = include_str!("../README.md")]

mod attributions;
mod dates;
mod figures;
mod grammar;
mod names;
mod quotes;
#[cfg(feature = "training")]
pub mod training;

use std::ops::Range;

use variorum_news::{Annotations, Report, Spanner};

use grammar::Grammar;

/// How far a report is looked into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// With the grammar of its sentences.
    #[default]
    Grammar,
    /// By words and their order alone: many times faster, and more is missed.
    Fast,
}

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
    /// Its grammar; none where the text is not English or nobody asked for it.
    pub grammar: Option<&'a Grammar>,
}

/// Returns everything that a report says of itself: sentences, quotes, figures, dates, names, attributions.
pub fn annotate(report: &Report, depth: Depth) -> Annotations {
    let text = report.text.as_str();
    let spanner = Spanner::new(&report.id, text);
    let sentences = variorum_text::sentences(text);
    let grammar =
        (depth == Depth::Grammar && is_english(report)).then(|| Grammar::new(text, variorum_syntax::Depth::Names));
    let reading =
        Reading { text, spanner: &spanner, sentences: &sentences, published: report.day(), grammar: grammar.as_ref() };
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

/// Tells whether a report is in English: stated, or else by the share of its small words.
fn is_english(report: &Report) -> bool {
    if let Some(language) = &report.language {
        return language.starts_with("en");
    }
    let words = variorum_text::words(&report.text);
    let head = &words[..words.len().min(300)];
    let small = head.iter().filter(|word| variorum_text::is_stop_word(&variorum_text::fold(word.text))).count();
    small * 6 >= head.len()
}
