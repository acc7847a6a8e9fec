//! Who is named as the source of what.

mod content;
mod indirect;
mod lexicon;
mod order;
mod phrases;
mod source;
mod tree;
mod verbs;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::ops::Range;

use variorum_news::{Attribution, Entity, Name, Party, Quote, QuoteKind};

use crate::Reading;
use crate::quotes::resolve::Resolver;
use crate::quotes::scene::Scene;
use source::{Source, Sources};
use tree::Tree;

/// Words that are handed to a source, in tokens of the grammar.
#[derive(Debug)]
struct Handed {
    /// The words that hand.
    cue: Range<usize>,
    /// The head of the source; none where nobody is named.
    source: Option<usize>,
    /// What is handed, in as many pieces as the cue cuts it into.
    content: Vec<Range<usize>>,
    /// Whether it was said or written, not only thought or shown.
    speech: bool,
}

/// An attribution in bytes of the text.
#[derive(Debug)]
struct Found {
    cue: Range<usize>,
    source: Option<Source>,
    content: Vec<Range<usize>>,
    hedged: bool,
    speech: bool,
    /// Whether whole sentences between marks are handed over.
    direct: bool,
}

/// Returns the attributions of a report in order, and the quotes with what is said without marks by a named source.
pub(crate) fn attributions<'a>(
    reading: &Reading<'a>,
    names: &[Name],
    entities: &[Entity],
    scene: &LazyCell<Scene<'a>, impl FnOnce() -> Scene<'a>>,
    quotes: Vec<Quote>,
) -> (Vec<Attribution>, Vec<Quote>) {
    // The cues are English words.
    if reading.other_language().is_some() {
        return (Vec::new(), quotes);
    }
    let scene: &Scene = scene;
    let resolver = Resolver::new(scene, reading, entities);
    let sources = Sources { reading, scene, resolver: &resolver, names, entities };
    let mut found = match reading.grammar {
        Some(grammar) => by_grammar(&sources, Tree { grammar, text: reading.text }),
        None => order::found(&sources),
    };
    with_quotes(&sources, &quotes, &mut found);
    found.sort_by_key(|f| (f.bytes().start, std::cmp::Reverse(f.bytes().end), f.cue.start));
    let indirect = indirect::quotes(reading, &found, &quotes);
    (within(reading, &found), indirect::merged(quotes, indirect))
}

fn by_grammar(sources: &Sources, tree: Tree) -> Vec<Found> {
    let one = |at: usize| {
        verbs::handed(tree, at)
            .or_else(|| phrases::according(tree, at))
            .or_else(|| phrases::citing(tree, at))
            .or_else(|| phrases::adverb(tree, at))
            .or_else(|| phrases::noun(tree, at))
            .map(|handed| found(sources, tree, handed))
    };
    (0..tree.grammar.tokens().len()).filter_map(one).collect()
}

fn found(sources: &Sources, tree: Tree, handed: Handed) -> Found {
    let source = handed.source.map(|head| sources.source(tree, head, handed.cue.clone()));
    Found {
        cue: tree.bytes(handed.cue),
        hedged: source.as_ref().is_none_or(|s| s.vague),
        source,
        content: handed.content.into_iter().map(|piece| tree.bytes(piece)).collect(),
        speech: handed.speech,
        direct: false,
    }
}

/// Quoted words have a source too: they widen what their verb hands over, or stand as an attribution of their own.
fn with_quotes(sources: &Sources, quotes: &[Quote], found: &mut Vec<Found>) {
    let bytes = |span| sources.reading.spanner.bytes(span);
    found.sort_by_key(|f| f.cue.start);
    let mut more = Vec::new();
    for quote in quotes {
        let (Some(cue), Some(speaker)) = (&quote.cue, &quote.speaker) else { continue };
        let (cue, words) = (bytes(cue), bytes(&quote.span));
        let direct = quote.kind == QuoteKind::Direct;
        let is_beside = beside(sources.reading.text, &cue, &words);
        let at = found.partition_point(|f| f.cue.end <= cue.start);
        match found.get_mut(at).filter(|f| f.cue.start < cue.end) {
            Some(known) => known.take(words, is_beside, direct),
            None if is_beside => {
                let source = sources.of_party(speaker);
                more.push(Found {
                    cue,
                    hedged: source.vague,
                    source: Some(source),
                    content: vec![words],
                    speech: true,
                    direct,
                });
            }
            None => {}
        }
    }
    found.extend(more);
    found.sort_by_key(|f| f.cue.start);
    // Two quotes may hang on one verb that hands over nothing else.
    found.dedup_by(|next, first| {
        let same = next.cue == first.cue;
        if same {
            next.content.drain(..).for_each(|words| first.take(words, true, next.direct));
        }
        same
    });
}

/// Tells whether quoted words stand in the sentence of their cue.
fn beside(text: &str, cue: &Range<usize>, words: &Range<usize>) -> bool {
    let between = if cue.end <= words.start { cue.end..words.start } else { words.end..cue.start.max(words.end) };
    let between = text.get(between).unwrap_or("");
    // A line that ends in a colon gives the next lines to its speaker.
    let one_line = !between.contains('\n')
        || between.split_once('\n').is_some_and(|(line, rest)| line.trim_end().ends_with(':') && !rest.contains('\n'));
    between.len() < 400 && one_line && !between.contains(['?', '!']) && !between.contains(". ")
}

impl Found {
    /// Adds quoted words to what is handed over.
    fn take(&mut self, words: Range<usize>, is_beside: bool, direct: bool) {
        let touches = |piece: &Range<usize>| piece.start < words.end && words.start < piece.end;
        // "Of the bridge, Orr said: “…”": only the quoted sentences are hers.
        if direct && is_beside && !self.direct {
            self.direct = true;
            self.content.retain(touches);
        }
        match self.content.iter_mut().find(|piece| touches(piece)) {
            // Speech over several sentences hangs on the verb beside its last.
            Some(piece) if piece.start >= words.start && piece.end <= words.end => *piece = words,
            Some(_) => {}
            None if is_beside => {
                self.content.push(words);
                self.content.sort_by_key(|piece| piece.start);
            }
            None => {}
        }
    }

    fn bytes(&self) -> Range<usize> {
        let parts = self.content.iter().chain(self.source.as_ref().map(|s| &s.bytes));
        parts.fold(self.cue.clone(), |all, part| all.start.min(part.start)..all.end.max(part.end))
    }
}

/// Returns the attributions with the place of the one in whose content each stands.
fn within(reading: &Reading, found: &[Found]) -> Vec<Attribution> {
    let mut open: Vec<usize> = Vec::new();
    let mut shown = Vec::with_capacity(found.len());
    for (at, one) in found.iter().enumerate() {
        let bytes = one.bytes();
        open.retain(|&outer| found[outer].content.last().is_some_and(|piece| piece.end > bytes.start));
        let holds = |outer: &&usize| {
            let whole = |piece: &Range<usize>| piece.start <= one.cue.start && one.cue.end <= piece.end;
            found[**outer].content.iter().any(whole)
        };
        let within = open.iter().rev().find(holds).copied();
        open.push(at);
        if open.len() > DEEPEST {
            open.remove(0);
        }
        shown.push(Attribution {
            span: reading.spanner.span(bytes),
            source: one
                .source
                .as_ref()
                .map(|s| Party { name: s.name.clone(), span: reading.spanner.span(s.bytes.clone()) }),
            cue: reading.spanner.span(one.cue.clone()),
            content: match one.content.as_slice() {
                [whole] => Some(reading.spanner.span(whole.clone())),
                _ => None,
            },
            hedged: one.hedged,
            within,
        });
    }
    shown
}

/// Nobody nests words so deep.
const DEEPEST: usize = 16;
