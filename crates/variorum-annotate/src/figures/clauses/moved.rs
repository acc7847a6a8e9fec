//! Which way an amount moved.

use std::ops::Range;

use variorum_news::Trend;
use variorum_syntax::{Label, Tag};

use super::{CLIMB, Clauses, Link};
use crate::figures::lexicon::Classes;

impl Clauses<'_> {
    /// Returns the direction that the tree gives an amount; the outer `None` where it has nothing to say.
    pub fn trend(&self, amount: &Range<usize>, bare: bool) -> Option<Option<Trend>> {
        let from = self.head(amount)?;
        let tokens = self.grammar.tokens();
        let (mut at, mut link) = (from, Link::None);
        for _ in 0..CLIMB {
            let token = tokens[at];
            let head = token.head;
            if head == at {
                return None;
            }
            if token.label == Label::Pobj {
                link = match self.lower(head).as_str() {
                    // "from 3 to 5 million" is read as one phrase, in which the second number hangs on "from".
                    "from" if (head + 1..from).rev().take(3).any(|at| self.lower(at) == "to") => Link::To,
                    "from" => return Some(None),
                    "to" => Link::To,
                    "by" => Link::By,
                    "of" | "at" | "over" | "under" | "about" | "around" | "between" | "than" | "above" => link,
                    _ => return None,
                };
            }
            if matches!(token.label, Label::Conj | Label::Appos) && !self.is_amount(head) {
                return None;
            }
            if self.is_verb(head) && matches!(token.label, Label::Nsubj | Label::Nsubjpass) {
                let moved = bare && token.label == Label::Nsubjpass && self.entry(head).classes.any(Classes::TAKER);
                return Some(self.entry(head).trend_before.filter(|_| moved));
            }
            if self.is_verb(head) {
                return self.verb_trend(head, token.label, link, bare);
            }
            if self.is_noun(head) && !self.is_amount(head) && link != Link::From {
                if let Some(trend) = self.noun_trend(head) {
                    return Some(Some(trend));
                }
                let counted = token.label == Label::Nummod && head > at;
                if !counted {
                    return None;
                }
            }
            // "5% higher", "down 40 points"
            if matches!(tokens[head].tag, Tag::Jjr | Tag::Rbr | Tag::Rb) && token.label == Label::Npadvmod {
                let entry = self.entry(head);
                let after = entry.trend_before.filter(|_| head < from);
                return entry.trend_after.filter(|_| tokens[head].tag != Tag::Rb).or(after).map(Some);
            }
            at = head;
        }
        None
    }

    /// "closed up 120 points": an adverb, where "gave up 12 floors" has a part of the verb.
    pub fn adverb_trend(&self, start: usize) -> Option<Trend> {
        let before = self.grammar.at(start)?.checked_sub(1)?;
        let adverb = matches!(self.grammar.tokens()[before].label, Label::Advmod | Label::Acomp);
        let moved = adverb && matches!(self.lower(before).as_str(), "up" | "down");
        self.entry(before).trend_before.filter(|_| moved)
    }

    /// "Racked up $3m": the "up" is part of a verb that is no change.
    pub fn is_particle(&self, word: usize) -> bool {
        let Some(at) = self.grammar.at(word) else { return false };
        let token = self.grammar.tokens()[at];
        let verb = self.entry(token.head);
        token.label == Label::Prt && verb.trend_before.is_none() && !verb.classes.any(Classes::GAUGE)
    }

    pub(super) fn noun_trend(&self, noun: usize) -> Option<Trend> {
        let entry = self.entry(noun);
        entry.trend_after.filter(|_| matches!(self.grammar.tokens()[noun].tag, Tag::Nn | Tag::Nns))
    }

    /// A verb of change moves the amount that it takes by itself ("rose 5%"), by "by" or "to", and the things that are
    /// cut, lost or gained; "dropped 12 bombs" and "raised $3m" are no changes of an amount.
    fn verb_trend(&self, verb: usize, label: Label, link: Link, bare: bool) -> Option<Option<Trend>> {
        let entry = self.entry(verb);
        let Some(trend) = entry.trend_before else {
            // "brought prices down by 10 cents"
            return self.particle_trend(verb).filter(|_| link != Link::None).map(Some);
        };
        let does = entry.classes.any(Classes::DOER);
        let raises = entry.classes.any(Classes::RAISER);
        let itself = link == Link::None && label == Label::Dobj;
        if itself && (raises || bare && does) {
            return Some(None);
        }
        Some(Some(trend))
    }

    pub(super) fn particle_trend(&self, verb: usize) -> Option<Trend> {
        let particle = self.child(verb, Label::Prt).or_else(|| self.child(verb, Label::Advmod))?;
        let moved = matches!(self.lower(particle).as_str(), "up" | "down");
        self.entry(particle).trend_before.filter(|_| moved)
    }

    /// Tells whether another verb than the one at a byte governs the amount.
    pub fn is_governed_by_another(&self, amount: &Range<usize>, word: usize) -> bool {
        let (Some(from), Some(word)) = (self.head(amount), self.grammar.at(word)) else { return false };
        if !self.is_verb(word) {
            return false;
        }
        let tokens = self.grammar.tokens();
        let mut at = from;
        for _ in 0..CLIMB {
            at = tokens[at].head;
            if at == word {
                return false;
            }
            if self.is_verb(at) {
                return at > word;
            }
        }
        false
    }
}
