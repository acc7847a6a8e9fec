#![doc = include_str!("../README.md")]

mod attributions;
mod dates;
mod figures;
mod grammar;
mod names;
mod quotes;
#[cfg(test)]
mod tests;
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
    /// The language of the report, in two or three letters as in `de`; `en` where nothing tells it.
    pub language: &'a str,
    /// Its grammar; none where the text is not English or nobody asked for it.
    pub grammar: Option<&'a Grammar>,
}

/// Returns everything that a report says of itself: sentences, quotes, figures, dates, names, attributions.
pub fn annotate(report: &Report, depth: Depth) -> Annotations {
    let text = report.text.as_str();
    let spanner = Spanner::new(&report.id, text);
    let language = language(report);
    let sentences = variorum_text::sentences_in(text, &language);
    let grammar =
        (depth == Depth::Grammar && language == "en").then(|| Grammar::new(text, variorum_syntax::Depth::Names));
    let reading = Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published: report.day(),
        language: &language,
        grammar: grammar.as_ref(),
    };
    let (names, entities) = names::names(&reading);
    let dates = dates::dates(&reading, report.language.as_deref());
    let figures = figures::figures(&reading, &dates, &names, report.language.as_deref());
    let quotes = quotes::quotes(&reading, &names, &entities);
    let (attributions, quotes) = attributions::attributions(&reading, &names, &entities, quotes);
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

/// Returns the language of a report, without its country: stated, or else what its text is. A text too short to tell it
/// is taken for English, which the words of the layers know best.
fn language(report: &Report) -> String {
    let stated = report.language.as_deref().and_then(variorum_text::language_tag);
    let stated = stated.as_deref().and_then(|tag| tag.split('-').next());
    stated.or_else(|| guess(&report.text)).unwrap_or("en").to_owned()
}

/// Returns the language that a text is in. A few words that look like another language are mostly names.
fn guess(text: &str) -> Option<&'static str> {
    let found = variorum_text::language(text)?;
    let is_short = text.len() < SHORT && found.tag != "en";
    (found.is_sure || !is_short).then_some(found.tag)
}

/// A shorter text hardly tells its language.
const SHORT: usize = 200;
