//! Which way a clause looks, read from its tree: the verb that governs a mention, and what helps that verb.

use std::ops::Range;

use variorum_syntax::{Coarse, Label, Tag};

use super::super::lexicon::{ENGLISH, Sense, Tense};
use super::Look;
use crate::grammar::Grammar;

/// How many steps lead from a mention to its verb at most; longer ways are misreadings.
const REACH: usize = 12;

/// Returns the tense of the verb that governs a mention (bytes).
pub(super) fn tense(text: &str, grammar: &Grammar, mention: Range<usize>) -> Option<Look> {
    let tree = Tree { text, grammar };
    let inside = grammar.at(mention.start)?..grammar.at(mention.end - 1)? + 1;
    let mut at = grammar.head(inside)?;
    let (mut own, mut subject) = (true, false);
    for _ in 0..REACH {
        let token = grammar.tokens()[at];
        if tree.is_verb(at) {
            let tense = tree.of_verb(at, REACH)?;
            // "Police look into Sunday's attack": what is done now may be done to what is over.
            let now = matches!(token.tag, Tag::Vbz | Tag::Vbp) && !own && !subject;
            if now {
                return None;
            }
            return Some(Look { tense, own: own && !tree.was_to(at) });
        }
        // "The May 6 hearing", "Friday's game": the noun has its own time.
        subject |= matches!(token.label, Label::Nsubj | Label::Nsubjpass);
        own &= !matches!(token.label, Label::Compound | Label::Poss | Label::Nmod);
        if token.head == at {
            return None;
        }
        at = token.head;
    }
    None
}

struct Tree<'a> {
    text: &'a str,
    grammar: &'a Grammar,
}

impl Tree<'_> {
    fn word(&self, at: usize) -> &str {
        let token = self.grammar.tokens()[at];
        &self.text[token.start..token.end]
    }

    fn sense(&self, at: usize) -> &'static Sense {
        ENGLISH.sense(self.word(at))
    }

    fn is_verb(&self, at: usize) -> bool {
        let token = self.grammar.tokens()[at];
        matches!(token.coarse, Coarse::Verb | Coarse::Auxiliary)
            && !matches!(token.label, Label::Aux | Label::Auxpass | Label::Amod | Label::Compound | Label::Prep)
    }

    /// Returns the helping verbs of a verb.
    fn helpers(&self, at: usize) -> impl Iterator<Item = usize> {
        let helps = |label| matches!(label, Label::Aux | Label::Auxpass);
        self.grammar.children(at).filter(move |&child| helps(self.grammar.tokens()[child].label))
    }

    fn of_verb(&self, at: usize, left: usize) -> Option<Tense> {
        if let Some(tense) = self.of_modal(at) {
            return tense;
        }
        let plan = self.sense(at).plan;
        let helped_by = |tags: &[Tag]| self.helpers(at).any(|aux| tags.contains(&self.grammar.tokens()[aux].tag));
        let (now, then) = (helped_by(&[Tag::Vbz, Tag::Vbp]), helped_by(&[Tag::Vbd]));
        let helped = |words: &[&str]| self.helpers(at).any(|aux| words.contains(&self.word(aux)));
        let (have, had) = (helped(&["has", "have", "'ve", "’ve"]), helped(&["had"]));
        match self.grammar.tokens()[at].tag {
            // "Has been set for Monday" is to come, "had been set for Monday" came to nothing or is over.
            Tag::Vbn if plan && have => Some(Tense::Future),
            _ if have || had => Some(Tense::Past),
            Tag::Vb | Tag::Vbn if helped_by(&[Tag::To]) => self.of_infinitive(at, left),
            Tag::Vbn if plan => Some(Tense::Future),
            Tag::Vbd | Tag::Vbn => Some(if now { Tense::Future } else { Tense::Past }),
            Tag::Vbg if now => Some(Tense::Future),
            _ if then => Some(Tense::Past),
            Tag::Vbg => self.of_head(at, left),
            Tag::Vbz | Tag::Vbp if self.sense(at).report => None,
            Tag::Vbz | Tag::Vbp => Some(Tense::Future),
            Tag::Vb => Some(if now { Tense::Future } else { self.of_head(at, left).unwrap_or(Tense::Future) }),
            _ => None,
        }
    }

    /// "Will meet", "could leave"; "would not say" is a refusal, and done with.
    fn of_modal(&self, at: usize) -> Option<Option<Tense>> {
        let modal = self.helpers(at).find(|&aux| self.grammar.tokens()[aux].tag == Tag::Md)?;
        let refused = self.sense(at).report && self.grammar.child(at, Label::Neg).is_some();
        let done = self.helpers(at).any(|aux| self.word(aux) == "have");
        let could = matches!(self.word(modal), "could" | "would") && (refused || done);
        Some(Some(if could || done { Tense::Past } else { Tense::Future }))
    }

    /// "Plans to meet", "a hearing to be held", "Orr to visit": ahead, unless the verb above makes it done ("managed to").
    fn of_infinitive(&self, at: usize, left: usize) -> Option<Tense> {
        let token = self.grammar.tokens()[at];
        let head = token.head;
        if head == at
            || matches!(token.label, Label::Relcl | Label::Acl)
            || !self.is_verb(head)
            || self.sense(head).plan
        {
            return Some(Tense::Future);
        }
        // "Is to speak", "was to speak": what was still to come was told before it came.
        let bound = self.grammar.tokens()[head].coarse == Coarse::Auxiliary && token.label == Label::Xcomp;
        if bound { Some(Tense::Future) } else { self.of_verb(head, left.checked_sub(1)?) }
    }

    /// "Work was to start in July": ahead of its past, which may be behind us.
    fn was_to(&self, at: usize) -> bool {
        let token = self.grammar.tokens()[at];
        let infinitive = self.helpers(at).any(|aux| self.grammar.tokens()[aux].tag == Tag::To);
        infinitive && token.head != at && matches!(self.word(token.head), "was" | "were")
    }

    fn of_head(&self, at: usize, left: usize) -> Option<Tense> {
        let mut above = self.grammar.tokens()[at].head;
        for _ in 0..REACH {
            if above != at && self.is_verb(above) {
                return self.of_verb(above, left.checked_sub(1)?);
            }
            above = self.grammar.tokens()[above].head;
        }
        None
    }
}
