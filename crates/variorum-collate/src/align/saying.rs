//! What is compared of a passage: its content words, its names in full, its amounts and days.

use std::ops::Range;

use rustc_hash::FxHashMap;
use variorum_lexicon::{Relation, Word};
use variorum_news::DateMention;
use variorum_text::{fold, is_stop_word, words};

use crate::dates::{Fields, is_point};
use crate::lexicon::{Cue, lexicon};
use crate::witness::{Forms, Passage, Witness};

/// What is compared of a passage or of a clause.
#[derive(Debug)]
pub(crate) struct Saying {
    /// Its content words, in order.
    pub words: Vec<Said>,
    /// The names in it, each by the forms of its fullest telling in the report.
    pub names: Vec<Named>,
    /// Its figures, as indexes of the report's annotations.
    pub figures: Range<usize>,
    /// The days and times that it names.
    pub days: Vec<Fields>,
    /// Whether it denies something.
    pub denies: bool,
    /// What its plain words are about, as a direction.
    pub about: variorum_lexicon::SentenceVector,
    /// The share of its words that stand between quotation marks.
    pub quoted: f64,
}

/// A content word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    /// The form it is compared by.
    pub form: u32,
    /// The word itself, as a number of the book of words.
    pub word: u32,
    /// What it weighs among the passages at hand.
    pub weight: f64,
    /// How rare it is in English news, from 0 to 1.
    pub rarity: f64,
    /// What sort of word it is.
    pub sort: Sort,
}

/// What sort of word is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A part of a name.
    Name,
    /// A number.
    Number,
    /// A word that mostly says what is done.
    Verb,
    /// Any other word.
    Plain,
}

/// A name, with the forms of its fullest telling.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Named {
    /// Forms of the words of the fullest name in the report.
    pub full: Vec<u32>,
    /// Its initials, where it has several words.
    pub initials: Option<u32>,
}

/// Words and what is known of each two of them, so that each is asked for once.
#[derive(Debug, Default)]
pub(crate) struct Book {
    ids: FxHashMap<String, u32>,
    texts: Vec<String>,
    words: Vec<Word>,
    known: Vec<bool>,
    /// What was asked last of two words that share a slot; few words make up most of a story.
    kin: Vec<((u32, u32), Kin)>,
}

/// So many pairs of words are remembered, which fits a processor's cache.
const REMEMBERED: usize = 1 << 15;

/// How two words go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Kin {
    /// From 0 (nothing in common) to 1 (one word).
    pub near: f32,
    /// Whether they exclude each other.
    pub opposite: bool,
}

impl Book {
    /// Returns the number of a folded word.
    pub fn id(&mut self, folded: &str) -> u32 {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = self.texts.len() as u32;
        self.ids.insert(folded.to_owned(), id);
        self.texts.push(folded.to_owned());
        self.words.push(Word::met(folded));
        self.known.push(variorum_lexicon::part(folded).is_some());
        id
    }

    /// Returns how two words go together.
    pub fn kin(&mut self, a: u32, b: u32) -> Kin {
        if !self.known[a as usize] || !self.known[b as usize] {
            return Kin { near: 0.0, opposite: false };
        }
        if a == b {
            return Kin { near: 1.0, opposite: false };
        }
        let key = (a.min(b), a.max(b));
        let slot = (u64::from(key.0) << 32 | u64::from(key.1)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49;
        if self.kin.is_empty() {
            self.kin = vec![((0, 0), Kin { near: 0.0, opposite: false }); REMEMBERED];
        }
        let known = &mut self.kin[slot as usize];
        if known.0 != key {
            // The order of the two words must not matter, or the order of the reports would.
            let in_order = self.texts[a as usize] <= self.texts[b as usize];
            let words = (&self.words[a as usize], &self.words[b as usize]);
            *known = (key, if in_order { kin(words.0, words.1) } else { kin(words.1, words.0) });
        }
        known.1
    }
}

fn kin(a: &Word, b: &Word) -> Kin {
    match a.likeness(b) {
        (Relation::Opposite, _) => Kin { near: 0.0, opposite: true },
        // "Monday" and "Tuesday" are near in meaning, and the one is not the other.
        (Relation::Sibling, _) => Kin { near: 0.0, opposite: false },
        (_, near) => Kin { near: if near >= NEAR { near } else { 0.0 }, opposite: false },
    }
}

/// Words less near than this have nothing in common that counts.
const NEAR: f32 = 0.45;

impl Saying {
    /// Reads what is compared of some words of a passage.
    pub fn new(witness: &Witness, passage: &Passage, range: Range<usize>, forms: &Forms, book: &mut Book) -> Self {
        let tokens = &passage.words[range.clone()];
        let (from, to) = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => (first.bytes.start, last.bytes.end),
            _ => (0, 0),
        };
        let inside = |span: &variorum_news::Span| {
            let bytes = witness.spanner.bytes(span);
            from <= bytes.start && bytes.start < to
        };
        let in_names: Vec<Range<usize>> =
            witness.notes.names[passage.names.clone()].iter().map(|n| witness.spanner.bytes(&n.span)).collect();
        let sort = |at: usize| {
            let token = &tokens[at];
            if token.digit || token.folded.bytes().all(|b| b.is_ascii_digit()) {
                Sort::Number
            } else if in_names.iter().any(|n| n.start <= token.bytes.start && token.bytes.end <= n.end)
                || token.capital && range.start + at > 0
            {
                Sort::Name
            } else if variorum_lexicon::part(&token.folded) == Some(variorum_lexicon::Part::Verb) {
                Sort::Verb
            } else {
                Sort::Plain
            }
        };
        let words = tokens.iter().enumerate().filter_map(|(at, token)| {
            let form = token.form?;
            let rarity = f64::from((variorum_lexicon::rarity(&token.folded) - 5.0) / 10.0).clamp(0.05, 1.0);
            Some(Said { rarity, form, word: book.id(&token.folded), weight: forms.weight(form), sort: sort(at) })
        });
        let words: Vec<Said> = words.collect();
        let folded: Vec<&str> = tokens.iter().map(|t| t.folded.as_str()).collect();
        let figures = part(&passage.figures, |i| inside(&witness.notes.figures[i].span));
        let dates = passage.dates.clone().map(|i| &witness.notes.dates[i]).filter(|d| inside(&d.span) && is_point(d));
        let quoted = passage.quotes.iter().map(|&i| &witness.notes.quotes[i]);
        let quoted =
            quoted.filter(|q| q.kind == variorum_news::QuoteKind::Direct).map(|q| witness.spanner.bytes(&q.span));
        let quoted: usize = quoted.map(|q| q.end.min(to).saturating_sub(q.start.max(from))).sum();
        Saying {
            names: names(witness, passage, inside, forms, book),
            figures,
            days: dates.map(|d: &DateMention| Fields::of_value(&d.value)).collect(),
            about: variorum_lexicon::vector(tokens.iter().filter(|t| t.form.is_some() && !t.digit).map(|t| &t.folded)),
            denies: lexicon().cues(&folded).iter().any(|c| c.0 == Cue::Negation),
            quoted: quoted as f64 / (to - from).max(1) as f64,
            words,
        }
    }
}

/// Those of a run of annotations that stand inside; they are a run too.
fn part(range: &Range<usize>, inside: impl Fn(usize) -> bool) -> Range<usize> {
    let mut held = range.clone().filter(|&i| inside(i));
    let Some(first) = held.next() else { return range.start..range.start };
    first..held.next_back().unwrap_or(first) + 1
}

fn names(
    witness: &Witness,
    passage: &Passage,
    inside: impl Fn(&variorum_news::Span) -> bool,
    forms: &Forms,
    book: &mut Book,
) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for name in witness.notes.names[passage.names.clone()].iter().filter(|n| inside(&n.span)) {
        let full =
            witness.notes.entities.iter().find(|e| e.id == name.entity).map_or(name.span.text.as_str(), |e| &e.name);
        let all = words(full);
        let folded: Vec<String> = all.iter().map(|w| fold(w.text)).filter(|w| !is_stop_word(w)).collect();
        let initials: String = folded.iter().filter_map(|w| w.chars().next()).collect();
        let initials = (folded.len() > 1).then(|| book.id(&initials));
        let full: Vec<u32> = folded.iter().filter_map(|w| forms.known(&lexicon().key(w))).collect();
        let named = Named { full, initials };
        if !named.full.is_empty() && !found.contains(&named) {
            found.push(named);
        }
    }
    found
}
