//! Questions that attributions ask of the grammar of a text.

use std::borrow::Cow;
use std::ops::Range;

use variorum_syntax::{Coarse, Label, Tag};

use super::lexicon::{Known, known};
use crate::grammar::{Grammar, Token};

/// No clause is so long: in a text without full stops the work stays linear.
pub(super) const LONGEST: usize = 160;

/// How far a verb without a subject looks for one.
const CLIMB: usize = 6;

/// The grammar of a text with its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tree<'a> {
    pub grammar: &'a Grammar,
    pub text: &'a str,
}

impl<'a> Tree<'a> {
    pub fn token(&self, at: usize) -> &'a Token {
        &self.grammar.tokens()[at]
    }

    /// Returns a word in small letters.
    pub fn low(&self, at: usize) -> Cow<'a, str> {
        let token = self.token(at);
        let word = &self.text[token.start..token.end];
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(variorum_text::fold(word))
        }
    }

    pub fn known(&self, at: usize) -> Known {
        known(&self.low(at))
    }

    pub fn label(&self, at: usize) -> Label {
        self.token(at).label
    }

    pub fn head(&self, at: usize) -> usize {
        self.token(at).head
    }

    pub fn child(&self, of: usize, label: Label) -> Option<usize> {
        self.grammar.child(of, label)
    }

    /// Returns the bytes of some tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        self.token(tokens.start).start..self.token(tokens.end - 1).end
    }

    /// Returns the tokens of a subtree.
    pub fn subtree(&self, of: usize) -> Range<usize> {
        self.token(of).first..self.token(of).last
    }

    pub fn is_verb(&self, at: usize) -> bool {
        matches!(self.token(at).coarse, Coarse::Verb | Coarse::Auxiliary)
    }

    pub fn is_mark(&self, at: usize) -> bool {
        matches!(self.token(at).coarse, Coarse::Punctuation | Coarse::Space)
    }

    /// Tells whether a comma, dash or bracket, or the start of the sentence, stands before a token.
    pub fn parted(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| {
            matches!(
                self.token(before).tag,
                Tag::Comma | Tag::Colon | Tag::OpenBracket | Tag::CloseBracket | Tag::Stop | Tag::Sp
            )
        })
    }

    /// Returns the subject that a clause has of its own.
    pub fn own_subject(&self, verb: usize) -> Option<usize> {
        self.grammar
            .children(verb)
            .find(|&c| matches!(self.label(c), Label::Nsubj | Label::Nsubjpass | Label::Csubj | Label::Expl))
    }

    /// Returns who does what a verb tells, looked for in the clauses above where the verb shares its subject.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        let mut at = self.lifted(verb).unwrap_or(verb);
        for step in 0..CLIMB {
            if let Some(subject) = self.child(at, Label::Nsubj) {
                return self.antecedent(subject, at);
            }
            if (step > 0 || at != verb)
                && let Some(subject) = self.child(at, Label::Nsubjpass)
            {
                return self.antecedent(subject, at);
            }
            let head = self.head(at);
            at = match self.label(at) {
                Label::Conj if self.is_verb(head) => head,
                Label::Advcl if self.token(at).tag == Tag::Vbg && self.is_verb(head) => head,
                Label::Xcomp if self.known(head).is(Known::CARRIER) => head,
                Label::Acl if at == verb && self.token(at).tag == Tag::Vbg => return Some(head),
                Label::Pcomp if at == verb && self.keeps_subject(head) => {
                    // "The Courier quoted Orr as saying": Orr says it.
                    let quoted = self.child(self.head(head), Label::Dobj).filter(|_| self.low(head) == "as");
                    if quoted.is_some() {
                        return quoted;
                    }
                    self.head(head)
                }
                _ => return None,
            };
        }
        None
    }

    /// "by saying", "was quoted as saying": the participle has the subject of the clause around it.
    fn keeps_subject(&self, preposition: usize) -> bool {
        matches!(&*self.low(preposition), "by" | "in" | "after" | "before" | "while" | "when" | "as")
            && self.is_verb(self.head(preposition))
    }

    /// "who said": whom the pronoun stands for.
    fn antecedent(&self, subject: usize, verb: usize) -> Option<usize> {
        if !matches!(self.token(subject).tag, Tag::Wp | Tag::Wdt) {
            return Some(subject);
        }
        (self.label(verb) == Label::Relcl).then(|| self.head(verb))
    }

    /// "Orr said the hall was shut, adding …": the participle belongs to the outer speaker, whatever the tree says.
    /// So does the verb in "Orr said mistakes had been made but denied …", because mistakes deny nothing.
    pub fn lifted(&self, verb: usize) -> Option<usize> {
        let adds = self.token(verb).tag == Tag::Vbg && self.label(verb) == Label::Advcl && self.parted(verb);
        let joins = || self.label(verb) == Label::Conj && self.own_subject(verb).is_none();
        if !adds && !joins() {
            return None;
        }
        let mut at = self.head(verb);
        for _ in 0..CLIMB {
            let head = self.head(at);
            match self.label(at) {
                Label::Ccomp if head < at && self.known(head).is(Known::THAT) => {
                    let mute = || self.own_subject(at).is_some_and(|s| !super::source::is_bearer(*self, s));
                    return (adds || mute()).then_some(head);
                }
                Label::Conj | Label::Ccomp | Label::Xcomp | Label::Advcl if head < at => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Returns the clause that a word stands in, as its verb.
    pub fn clause_head(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for _ in 0..2 * CLIMB {
            if self.is_verb(at) && self.own_subject(at).is_some() {
                return Some(at);
            }
            let head = self.head(at);
            if head == at {
                return Some(at);
            }
            at = head;
        }
        None
    }

    /// Returns the tokens of a clause, the clauses set beside it left out.
    pub fn clause(&self, verb: usize) -> Range<usize> {
        let mut range = self.subtree(verb);
        for child in self.grammar.children(verb) {
            if self.label(child) == Label::Conj && child > verb && self.own_subject(child).is_some() {
                let first = self.token(child).first;
                let cut = (verb + 1..first).rev().take_while(|&t| self.is_joint(t)).last().unwrap_or(first);
                range.end = range.end.min(cut);
            }
        }
        range
    }

    fn is_joint(&self, at: usize) -> bool {
        self.label(at) == Label::Cc || matches!(self.token(at).tag, Tag::Comma | Tag::Colon | Tag::Sp)
    }
}
