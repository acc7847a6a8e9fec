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

use std::cell::LazyCell;
use std::ops::Range;

use variorum_news::{Annotations, Report, Spanner};

use grammar::Grammar;
use quotes::scene::Scene;

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
    /// The language of the report, in two or three letters as in `de`; none where nothing tells it, as in a short text.
    pub language: Option<&'a str>,
    /// Its grammar; none where the text is not English or nobody asked for it.
    pub grammar: Option<&'a Grammar>,
}

impl<'a> Reading<'a> {
    /// Returns the language where it is known not to be English, whose words the layers know best.
    pub fn other_language(&self) -> Option<&'a str> {
        self.language.filter(|language| *language != "en")
    }
}

/// Returns everything that a report says of itself: sentences, quotes, figures, dates, names, attributions.
pub fn annotate(report: &Report, depth: Depth) -> Annotations {
    let text = report.text.as_str();
    let spanner = Spanner::new(&report.id, text);
    let language = language(report);
    let language = language.as_deref();
    let sentences = variorum_text::sentences_in(text, language.unwrap_or("en"));
    let grammar = (depth == Depth::Grammar && language.is_none_or(|language| language == "en"))
        .then(|| Grammar::new(text, variorum_syntax::Depth::Names));
    let reading = Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published: report.day(),
        language,
        grammar: grammar.as_ref(),
    };
    let tokens = names::tokens::tokens(&reading);
    let (names, entities) = names::names(&reading, &tokens);
    let dates = dates::dates(&reading);
    let figures = figures::figures(&reading, &dates, &names);
    let scene = LazyCell::new(|| Scene::new(&reading, &names, &entities, tokens));
    let quotes = quotes::quotes(&reading, &names, &entities, &scene);
    let (attributions, quotes) = attributions::attributions(&reading, &names, &entities, &scene, quotes);
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

/// Returns the language of a report, without its country: stated, or else what its text is.
fn language(report: &Report) -> Option<String> {
    let stated = report.language.as_deref().and_then(variorum_text::language_tag);
    let stated = stated.as_deref().and_then(|tag| tag.split('-').next());
    stated.or_else(|| guess(&report.text)).map(str::to_owned)
}

/// Returns the language that a text is in. A few words that look like another language are mostly names.
fn guess(text: &str) -> Option<&'static str> {
    let found = variorum_text::language(text)?;
    let is_short = text.len() < SHORT && found.tag != "en";
    (found.is_sure || !is_short).then_some(found.tag)
}

/// A shorter text hardly tells its language.
const SHORT: usize = 200;
