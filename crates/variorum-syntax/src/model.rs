//! The model: what is read from the data once, and how a text goes through it.

use std::cell::RefCell;
use std::iter::repeat;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::blob::Blob;
use crate::choose::{Chooser, largest};
use crate::classes::{self, Classes};
use crate::coarse::CoarseTags;
use crate::exact::{Kind, Text};
use crate::features::Lexicon;
use crate::labels::{Coarse, Label, Tag};
use crate::network::{Encoder, Features, Forms, PADDING};
use crate::quotes::Straight;
use crate::scorer::{Dense, Scorer};
use crate::tokenise::{Piece, Tokeniser};
use crate::{Depth, Name, Sentence, Token, memory, names, network, scorer, transitions};

/// The most tokens that are parsed at once, so that memory stays bounded.
const WINDOW: usize = 3_000;

/// The most word forms that a thread remembers; then it begins anew.
const FORMS: usize = 4_096;

/// Everything that is read from `data/`.
struct Model {
    classes: Classes,
    lexicon: Lexicon,
    tokeniser: Tokeniser,
    coarse: CoarseTags,
    words: Encoder,
    names: Encoder,
    tags: Vec<Tag>,
    tagger: Dense,
    tree_moves: transitions::Moves,
    tree_scorer: Scorer<{ transitions::SLOTS }>,
    name_moves: names::Moves,
    name_scorer: Scorer<{ names::SLOTS }>,
}

/// All weights.
pub const WEIGHTS: &[u8] = include_bytes!("../data/english.bin");

/// How close two scores of tags, of moves or of name moves may lie until the choice is made again with exact ones.
///
/// The integers' error in such a difference has a standard deviation of 0.0002, 0.00033 and 0.00015, and in a million
/// choices the largest was 0.0031, 0.0039 and 0.0026. A wrong choice would need a larger one just where two scores are close.
const MARGINS: [f32; 3] = [0.004, 0.005, 0.004];

static MODEL: LazyLock<Model> = LazyLock::new(Model::new);

thread_local! {
    /// What a thread remembers of word forms, and its working space. It leaves no trace in what is returned.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

#[derive(Default)]
struct Memory {
    forms: FxHashMap<Features, u32>,
    features: Vec<Features>,
    words: Forms,
    names: Forms,
    vectors: Vec<f32>,
    encoding: network::Scratch,
    scoring: scorer::Scratch,
}

/// Parses a text, or remembers it.
pub fn parse(text: &str, depth: Depth) -> Vec<Sentence> {
    if text.len() > memory::LONGEST {
        return parsed(text, depth);
    }
    memory::recall(text, depth).unwrap_or_else(|| {
        let sentences = parsed(text, depth);
        memory::keep(text, depth, &sentences);
        sentences
    })
}

fn parsed(text: &str, depth: Depth) -> Vec<Sentence> {
    let straight = Straight::new(text);
    let pieces = MODEL.tokeniser.tokenise(&straight.text, &MODEL.classes);
    let mut reading = Reading { straight: &straight, pieces: &pieces, depth, sentences: Vec::new(), before: None };
    MEMORY.with_borrow_mut(|memory| {
        let mut start = 0;
        while start < pieces.len() {
            start = MODEL.parse_window(&mut reading, start, memory);
        }
    });
    reading.sentences
}

/// A text while it is parsed, window by window.
struct Reading<'a> {
    straight: &'a Straight<'a>,
    pieces: &'a [Piece],
    depth: Depth,
    sentences: Vec<Sentence>,
    /// The label of the token before.
    before: Option<Label>,
}

impl Reading<'_> {
    fn word(&self, piece: &Piece) -> &str {
        &self.straight.text[piece.start..piece.end]
    }

    /// Cuts a sentence that is longer than a window: after a line, or else after a full stop, or else where the window is
    /// full.
    fn cut(&self, start: usize) -> usize {
        let mut inner = start + WINDOW / 2..start + WINDOW;
        let line = inner.clone().rev().find(|at| self.word(&self.pieces[*at]).contains('\n'));
        let last = line.or_else(|| inner.rfind(|at| self.word(&self.pieces[*at]) == "."));
        last.map_or(start + WINDOW, |last| last + 1)
    }
}

impl Model {
    fn new() -> Self {
        let blob = Blob::new(WEIGHTS);
        let rows = |kind: &'static str| {
            include_str!("../data/moves.tsv")
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter_map(move |(of, name)| (of == kind).then_some(name))
        };
        let lexicon = Lexicon::new();
        Self {
            tokeniser: Tokeniser::new(&lexicon),
            classes: Classes::new(),
            lexicon,
            coarse: CoarseTags::new(),
            words: Encoder::new(&blob, "words"),
            names: Encoder::new(&blob, "names"),
            tags: rows("tag").map(|name| Tag::named(name).expect("every tag is known")).collect(),
            tagger: Dense::new(&blob, "tagger"),
            tree_moves: transitions::Moves::new(rows("parser")),
            tree_scorer: Scorer::new(&blob, "parser"),
            name_moves: names::Moves::new(rows("names")),
            name_scorer: Scorer::new(&blob, "finder"),
        }
    }

    /// Parses on from a token, and returns the token behind the last that was parsed.
    ///
    /// What the window shows of the text before and after is what a choice can depend on, so that the whole text, parsed at
    /// once, would give the same. Only a sentence that is longer than a window is cut.
    fn parse_window(&self, reading: &mut Reading, start: usize, memory: &mut Memory) -> usize {
        let end = reading.pieces.len().min(start + WINDOW);
        let is_last = end == reading.pieces.len();
        let parsed = self.parse_part(reading, start..end, is_last, memory);
        parsed.or_else(|| self.parse_part(reading, start..reading.cut(start), true, memory)).unwrap_or(end)
    }

    fn parse_part(
        &self,
        reading: &mut Reading,
        part: Range<usize>,
        is_last: bool,
        memory: &mut Memory,
    ) -> Option<usize> {
        let first = part.start.min(PADDING);
        let pieces = &reading.pieces[part.start - first..part.end];
        let is_space: Vec<bool> = pieces.iter().map(|p| self.classes.all(reading.word(p), classes::SPACE)).collect();
        let forms = self.forms(&reading.straight.text, pieces, memory);
        let Memory { features: known, words, names, vectors, encoding, scoring, .. } = memory;

        let vectors_of_words = self.words.encode(&forms, words, vectors, encoding);
        let mut exact = Text::new(Kind::Words, &forms, known);
        let mut tags = Vec::with_capacity(pieces.len());
        self.tagger.each(vectors_of_words, scoring, |token, scores| {
            let (best, lead) = largest(scores, repeat(true)).expect("there are tags");
            let is_close = lead < MARGINS[0];
            let again = is_close.then(|| exact.tags(token)).and_then(|scores| largest(&scores, repeat(true)));
            tags.push(self.tags[again.map_or(best, |(best, _)| best)]);
        });
        let features = self.tree_scorer.features(vectors_of_words, scoring);
        let chooser = Chooser::new(&self.tree_scorer, features, exact, MARGINS[1]);
        let ahead = (!is_last).then_some(PADDING);
        let parsed =
            transitions::parse(&self.tree_moves, chooser, &transitions::Part { is_space: &is_space, first, ahead })?;
        let end = first + parsed.heads.len();
        let (pieces, is_space, tags) = (&pieces[first..end], &is_space[first..end], &tags[first..end]);
        let found = match reading.depth {
            Depth::Trees => Vec::new(),
            Depth::Names => {
                let vectors_of_names = self.names.encode(&forms, names, vectors, encoding);
                let features = self.name_scorer.features(vectors_of_names, scoring);
                let exact = Text::new(Kind::Names, &forms, known);
                let chooser = Chooser::new(&self.name_scorer, features, exact, MARGINS[2]);
                names::find(&self.name_moves, chooser, is_space, &parsed.begins, first)
            }
        };

        let mut tokens = Vec::with_capacity(pieces.len());
        for (at, piece) in pieces.iter().enumerate() {
            let label = if is_space[at] { Label::Dep } else { parsed.labels[at] };
            let tag = if is_space[at] { Tag::Sp } else { tags[at] };
            let coarse = match is_space[at] {
                true => Coarse::Space,
                false => self.coarse.of(reading.word(piece), tag, label, reading.before),
            };
            tokens.push(Token {
                start: reading.straight.original(piece.start),
                end: reading.straight.original(piece.end),
                head: parsed.heads[at],
                label,
                tag,
                coarse,
            });
            reading.before = Some(parsed.labels[at]);
        }
        cut(tokens, &found, &parsed.begins, &mut reading.sentences);
        Some(part.start + pieces.len())
    }

    /// Returns the word form of each token; new ones are learnt.
    fn forms(&self, text: &str, pieces: &[Piece], memory: &mut Memory) -> Vec<u32> {
        if memory.forms.len() > FORMS {
            memory.forms.clear();
            memory.features.clear();
            memory.words.clear();
            memory.names.clear();
        }
        let known = memory.features.len();
        let forms = pieces
            .iter()
            .map(|piece| {
                let word = &text[piece.start..piece.end];
                let norm = piece.norm.unwrap_or_else(|| self.lexicon.norm(word));
                let features = self.lexicon.features(word, norm, piece.spaced, &self.classes);
                let next = memory.features.len() as u32;
                *memory.forms.entry(features).or_insert_with(|| {
                    memory.features.push(features);
                    next
                })
            })
            .collect();
        let new = &memory.features[known..];
        self.words.learn(new, &mut memory.words, &mut memory.encoding);
        self.names.learn(new, &mut memory.names, &mut memory.encoding);
        forms
    }
}

/// Cuts the tokens of a window in sentences.
fn cut(tokens: Vec<Token>, found: &[names::Found], begins: &[bool], sentences: &mut Vec<Sentence>) {
    let mut found = found.iter().peekable();
    for (at, mut token) in tokens.into_iter().enumerate() {
        if begins[at] || at == 0 {
            sentences.push(Sentence { tokens: Vec::new(), names: Vec::new() });
        }
        let sentence = sentences.last_mut().expect("a sentence was begun");
        let start = at - sentence.tokens.len();
        token.head -= start;
        sentence.tokens.push(token);
        if let Some((first, end, kind)) = found.next_if(|(_, end, _)| *end == at + 1) {
            sentence.names.push(Name { first: first.saturating_sub(start), end: end - start, kind: *kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_less_wrong_than_the_margin() {
        let text = include_str!("../golden/invented.txt").lines().take(80).collect::<Vec<_>>().join("\n");
        let straight = Straight::new(&text);
        let pieces = MODEL.tokeniser.tokenise(&straight.text, &MODEL.classes);
        let mut memory = Memory::default();
        let forms = MODEL.forms(&straight.text, &pieces, &mut memory);
        let Memory { features, words, vectors, encoding, scoring, .. } = &mut memory;
        let mut exact = Text::new(Kind::Words, &forms, features);
        let vectors = MODEL.words.encode(&forms, words, vectors, encoding);
        MODEL.tagger.each(vectors, scoring, |token, fast| {
            for (fast, exact) in fast.iter().zip(exact.tags(token)) {
                assert!((fast - exact).abs() < MARGINS[0], "{fast} for {exact}");
            }
        });
    }
}
