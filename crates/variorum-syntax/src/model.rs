//! The model: what is read from the data once, and how a text goes through it.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::blob::Blob;
use crate::classes::{self, Classes};
use crate::coarse::CoarseTags;
use crate::features::Lexicon;
use crate::labels::{Coarse, Label, Tag};
use crate::network::{Encoder, Features, Forms};
use crate::quotes::Straight;
use crate::scorer::{Dense, Scorer};
use crate::tokenise::{Piece, Tokeniser};
use crate::{Depth, Name, Sentence, Token, names, network, scorer, transitions};

/// The most tokens that are parsed at once; a longer text is cut, so that memory stays bounded.
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

static MODEL: LazyLock<Model> = LazyLock::new(Model::new);

thread_local! {
    /// What a thread remembers of word forms, and its working space. It leaves no trace in what is returned.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

#[derive(Default)]
struct Memory {
    forms: FxHashMap<Features, u32>,
    words: Forms,
    names: Forms,
    vectors: Vec<f32>,
    encoding: network::Scratch,
    scoring: scorer::Scratch,
}

/// Parses a text.
pub fn parse(text: &str, depth: Depth) -> Vec<Sentence> {
    let straight = Straight::new(text);
    let pieces = MODEL.tokeniser.tokenise(&straight.text, &MODEL.classes);
    let mut sentences = Vec::new();
    MEMORY.with_borrow_mut(|memory| {
        for window in windows(&pieces, &straight.text) {
            MODEL.parse_window(&straight, &pieces[window], depth, memory, &mut sentences);
        }
    });
    sentences
}

/// Cuts tokens in windows: after a line, or else after a full stop, or else where the window is full.
fn windows(pieces: &[Piece], text: &str) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let mut start = 0;
    while pieces.len() - start > WINDOW {
        let inner = start + WINDOW / 2..start + WINDOW;
        let word = |at: &usize| &text[pieces[*at].start..pieces[*at].end];
        let line = inner.clone().rev().find(|at| word(at).contains('\n'));
        let last = line.or_else(|| inner.rev().find(|at| word(at) == "."));
        let end = last.map_or(start + WINDOW, |last| last + 1);
        windows.push(start..end);
        start = end;
    }
    windows.push(start..pieces.len());
    windows
}

impl Model {
    fn new() -> Self {
        let blob = Blob::new(include_bytes!("../data/english.bin"));
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

    fn parse_window(
        &self,
        straight: &Straight,
        pieces: &[Piece],
        depth: Depth,
        memory: &mut Memory,
        sentences: &mut Vec<Sentence>,
    ) {
        let word = |piece: &Piece| &straight.text[piece.start..piece.end];
        let is_space: Vec<bool> = pieces.iter().map(|piece| self.classes.all(word(piece), classes::SPACE)).collect();
        let forms = self.forms(&straight.text, pieces, memory);
        let Memory { words, names, vectors, encoding, scoring, .. } = memory;

        let vectors_of_words = self.words.encode(&forms, words, vectors, encoding);
        let mut tags = Vec::with_capacity(pieces.len());
        self.tagger.each(vectors_of_words, scoring, |scores| tags.push(self.tags[largest(scores)]));
        let features = self.tree_scorer.features(vectors_of_words, scoring);
        let parsed = transitions::parse(&self.tree_moves, &self.tree_scorer, features, &is_space);
        let found = match depth {
            Depth::Trees => Vec::new(),
            Depth::Names => {
                let vectors_of_names = self.names.encode(&forms, names, vectors, encoding);
                let features = self.name_scorer.features(vectors_of_names, scoring);
                names::find(&self.name_moves, &self.name_scorer, features, &is_space, &parsed.begins)
            }
        };

        let mut tokens = Vec::with_capacity(pieces.len());
        for (at, piece) in pieces.iter().enumerate() {
            let label = if is_space[at] { Label::Dep } else { parsed.labels[at] };
            let tag = if is_space[at] { Tag::Sp } else { tags[at] };
            let before = at.checked_sub(1).map(|at| parsed.labels[at]);
            tokens.push(Token {
                start: straight.original(piece.start),
                end: straight.original(piece.end),
                head: parsed.heads[at],
                label,
                tag,
                coarse: if is_space[at] { Coarse::Space } else { self.coarse.of(word(piece), tag, label, before) },
            });
        }
        cut(tokens, &found, &parsed.begins, sentences);
    }

    /// Returns the word form of each token; new ones are learnt.
    fn forms(&self, text: &str, pieces: &[Piece], memory: &mut Memory) -> Vec<u32> {
        if memory.forms.len() > FORMS {
            memory.forms.clear();
            memory.words.clear();
            memory.names.clear();
        }
        let mut new = Vec::new();
        let forms = pieces
            .iter()
            .map(|piece| {
                let word = &text[piece.start..piece.end];
                let norm = piece.norm.unwrap_or_else(|| self.lexicon.norm(word));
                let features = self.lexicon.features(word, norm, piece.spaced, &self.classes);
                let next = memory.forms.len() as u32;
                *memory.forms.entry(features).or_insert_with(|| {
                    new.push(features);
                    next
                })
            })
            .collect();
        self.words.learn(&new, &mut memory.words, &mut memory.encoding);
        self.names.learn(&new, &mut memory.names, &mut memory.encoding);
        forms
    }
}

/// Returns the place of the largest number, the first of equals.
fn largest(numbers: &[f32]) -> usize {
    let mut best = 0;
    for (at, number) in numbers.iter().enumerate() {
        if *number > numbers[best] {
            best = at;
        }
    }
    best
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
