//! What a sentence says of each of its acts: who, whom, whether at all, how surely, and whether it is done.
//!
//! Read from the tree of the sentence, which costs more than all the rest of a comparison, so only sentences are parsed
//! whose words already look turned.

mod company;
mod modes;

use variorum_syntax::{Coarse, Depth, Label, Sentence, Tag, parse_to};

use super::operators::{Grade, Grades, Operator, grades};
use crate::witness::{Passage, Witness};

/// One act of a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// The word of the passage that names the act.
    pub at: usize,
    /// The forms of whoever does it, whoever it is done to, and all else that hangs on it.
    pub agent: Vec<u32>,
    pub patient: Vec<u32>,
    pub beside: Vec<u32>,
    /// Whether it is denied, and by which word.
    pub denied: Option<usize>,
    /// Whether something makes the denial itself unclear ("hardly", "not only").
    pub murky: bool,
    /// What makes it less than sure, and that word.
    pub unsure: Option<(Grade, usize)>,
    /// What puts it ahead, and that word.
    pub ahead: Option<(Grade, usize)>,
    /// Whether it is told as done.
    pub done: bool,
    /// Whether a noun names it.
    pub noun: bool,
    /// Whether the act stands in a question or a condition.
    pub supposed: bool,
    /// Whether a finite verb tells it, so that it is claimed and not only named ("the deadline to withdraw").
    pub claimed: bool,
}

impl Frame {
    /// Returns how many forms of another act's company are company of this one.
    pub fn company(&self, other: &Frame) -> usize {
        let all = |f: &Frame| -> Vec<u32> { [&f.agent[..], &f.patient[..], &f.beside[..]].concat() };
        let (mut mine, theirs) = (all(self), all(other));
        mine.sort_unstable();
        mine.dedup();
        mine.iter().filter(|f| theirs.contains(f)).count()
    }

    /// Denies the act, or takes a denial back: "did not refuse".
    fn flip(&mut self, word: usize) {
        self.denied = match self.denied {
            None => Some(word),
            Some(_) => None,
        };
    }
}

/// Returns the acts of a passage.
pub(super) fn frames(witness: &Witness, passage: &Passage, operators: &[Operator]) -> Vec<Frame> {
    let text = &witness.report.text;
    let (Some(first), Some(last)) = (passage.words.first(), passage.words.last()) else { return Vec::new() };
    if passage.words.len() > LONGEST {
        return Vec::new();
    }
    let from = first.bytes.start;
    // The mark after the last word tells a question.
    let to = text[last.bytes.end..].find('\n').map_or(text.len(), |n| last.bytes.end + n).min(last.bytes.end + 2);
    let to = (last.bytes.end..=to).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(last.bytes.end);
    let mut found = Vec::new();
    for sentence in parse_to(&text[from..to], Depth::Trees) {
        let tree = Tree { text: &text[from..to], sentence: &sentence, passage, operators, from };
        found.extend((0..sentence.tokens.len()).filter_map(|at| tree.frame(at)));
    }
    found
}

/// A sentence with more words is a list or a table.
const LONGEST: usize = 80;

struct Tree<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    passage: &'a Passage,
    operators: &'a [Operator],
    from: usize,
}

impl Tree<'_> {
    /// The word of the passage that holds a token.
    fn word(&self, token: usize) -> Option<usize> {
        let start = self.from + self.sentence.tokens[token].start;
        let at = self.passage.words.partition_point(|w| w.bytes.end <= start);
        (self.passage.words.get(at)?.bytes.start <= start).then_some(at)
    }

    fn text_is(&self, token: &variorum_syntax::Token, wanted: &str) -> bool {
        self.text.get(token.range()) == Some(wanted)
    }

    fn folded(&self, token: usize) -> &str {
        self.word(token).map_or("", |w| self.passage.words[w].folded.as_str())
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.sentence.children(at)
    }

    fn label(&self, at: usize) -> Label {
        self.sentence.tokens[at].label
    }

    /// What the operators of a token's word do.
    fn grades(&self, token: usize) -> Grades {
        self.word(token).map_or(Grades::default(), |w| grades(self.operators, w, w + 1))
    }

    fn frame(&self, at: usize) -> Option<Frame> {
        let token = self.sentence.tokens[at];
        if token.coarse == Coarse::Noun && !matches!(token.label, Label::Attr | Label::Oprd | Label::Compound) {
            return self.thing(at);
        }
        let copula = matches!(token.coarse, Coarse::Adjective | Coarse::Noun)
            && matches!(token.label, Label::Acomp | Label::Attr | Label::Oprd);
        if token.coarse != Coarse::Verb && !copula || token.tag == Tag::Md {
            return None;
        }
        let word = self.word(at)?;
        self.passage.words[word].form?;
        // What a copula carries, its predicate has.
        let verb = if copula { token.head } else { at };
        let mut frame = Frame { at: word, ..Frame::default() };
        self.company(verb, at, &mut frame);
        self.modes(verb, &mut frame, 0);
        if copula {
            self.children(at).for_each(|child| self.mode_of(child, &mut frame));
        }
        let tag = self.sentence.tokens[verb].tag;
        let helped = self.children(verb).any(|c| {
            matches!(self.label(c), Label::Aux | Label::Auxpass)
                && matches!(self.folded(c), "has" | "have" | "had" | "was" | "were" | "been")
        });
        let finite = matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp)
            || self.children(verb).any(|c| {
                matches!(self.label(c), Label::Aux | Label::Auxpass) && self.sentence.tokens[c].tag != Tag::To
            });
        let question = self.sentence.tokens.last().is_some_and(|t| self.text_is(t, "?"));
        frame.supposed |= question;
        frame.claimed = finite && !frame.supposed;
        frame.done = (tag == Tag::Vbd || tag == Tag::Vbn && helped) && frame.ahead.is_none() && frame.unsure.is_none();
        Some(frame)
    }

    /// An act named by a noun: "no charges were filed", "the alleged theft".
    fn thing(&self, at: usize) -> Option<Frame> {
        let word = self.word(at)?;
        self.passage.words[word].form?;
        let mut frame = Frame { at: word, noun: true, ..Frame::default() };
        for child in self.children(at) {
            if matches!(self.folded(child), "no" | "without") {
                frame.flip(self.word(child)?);
            }
            if matches!(self.label(child), Label::Amod) {
                for grade in [Grade::Possible, Grade::Seeming, Grade::Said] {
                    if self.grades(child).has(grade) {
                        frame.unsure.get_or_insert((grade, self.word(child)?));
                    }
                }
            }
            frame.beside.extend(self.forms(child, at));
        }
        let head = self.sentence.tokens[at].head;
        let verb = if self.label(at) == Label::Pobj { self.sentence.tokens[head].head } else { head };
        if self.folded(head) == "without" {
            frame.flip(self.word(head)?);
        }
        if self.sentence.tokens[verb].coarse == Coarse::Verb {
            let mut above = Frame { at: word, ..Frame::default() };
            self.modes(verb, &mut above, 0);
            frame.beside.extend(self.word(verb).and_then(|w| self.passage.words[w].form));
            frame.unsure = frame.unsure.or(above.unsure);
            frame.ahead = above.ahead;
        }
        Some(frame)
    }
}
