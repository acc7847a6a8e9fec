//! What the tree of a sentence says of an amount: what is measured by it, and which way that moved.

mod measured;
mod moved;

use std::ops::Range;

use variorum_syntax::{Coarse, Label, Tag};

use super::lexicon::{Classes, Entry, LEXICON};
use crate::grammar::Grammar;

/// A way up the tree is no longer than this; a longer one has left the clause.
const CLIMB: usize = 8;

/// No more children of a token are looked at, and no longer phrase is taken.
const WIDE: usize = 32;

/// A text with its trees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clauses<'a> {
    pub text: &'a str,
    pub grammar: &'a Grammar,
}

/// What kind of amount is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number without a unit: it counts common nouns only.
    Bare,
    /// A length of time.
    Time,
    /// A sum of money.
    Money,
    /// A share, any other measure.
    Measure,
}

/// The preposition between a verb and its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    To,
    By,
    From,
}

impl Clauses<'_> {
    /// Returns the token that stands for an amount, given the bytes of its number and unit.
    fn head(&self, amount: &Range<usize>) -> Option<usize> {
        let inside = self.grammar.within(amount.clone());
        if inside.is_empty() { self.grammar.at(amount.start) } else { self.grammar.head(inside) }
    }

    /// The first children of a token: a table of numbers may hang on one word.
    fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        self.grammar.children(of).take(WIDE)
    }

    fn child(&self, of: usize, label: Label) -> Option<usize> {
        self.children(of).find(|&child| self.grammar.tokens()[child].label == label)
    }

    fn lower(&self, at: usize) -> String {
        let token = self.grammar.tokens()[at];
        self.text[token.start..token.end].to_lowercase()
    }

    fn entry(&self, at: usize) -> Entry {
        LEXICON.entry(&self.lower(at))
    }

    fn coarse(&self, at: usize) -> Coarse {
        self.grammar.tokens()[at].coarse
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.coarse(at), Coarse::Noun | Coarse::ProperNoun)
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.coarse(at), Coarse::Verb | Coarse::Auxiliary)
    }

    /// Returns the bytes of what a bare number counts by the tree: the noun that it modifies, or of which it is a part.
    pub fn counted(&self, number: &Range<usize>) -> Option<Range<usize>> {
        let at = self.head(number)?;
        let token = self.grammar.tokens()[at];
        let modifies = matches!(token.label, Label::Nummod | Label::Amod | Label::Compound | Label::Nmod);
        if modifies && token.head > at && self.is_noun(token.head) {
            let phrase = self.phrase(token.head, at + 1);
            return Some(self.bytes(phrase)).filter(|bytes| bytes.start >= number.end);
        }
        self.part_of(at).filter(|bytes| bytes.start >= number.end)
    }

    /// Returns the bytes of the noun that an amount with a unit stands before ("a 6.5% pay rise").
    pub fn modified(&self, amount: &Range<usize>) -> Option<Range<usize>> {
        let at = self.head(amount)?;
        let token = self.grammar.tokens()[at];
        let modifies = matches!(token.label, Label::Nummod | Label::Compound | Label::Nmod | Label::Amod);
        let noun = token.head;
        if !modifies || noun <= at || self.grammar.tokens()[noun].coarse != Coarse::Noun || self.is_amount(noun) {
            return None;
        }
        let bytes = self.bytes(self.phrase(noun, at + 1));
        let timely = self.entry(noun).classes.any(Classes::TIMELY);
        let near = bytes.start >= amount.end && bytes.start <= amount.end + 1;
        (near && !timely).then_some(bytes)
    }

    /// "five of its last eight games", "112 of the 200 seats".
    fn part_of(&self, at: usize) -> Option<Range<usize>> {
        let of = self.children(at).find(|&child| child > at && self.lower(child) == "of")?;
        let whole = self.child(of, Label::Pobj).filter(|&whole| self.is_noun(whole))?;
        (of == at + 1).then(|| self.bytes(self.phrase(whole, of + 1)))
    }

    /// Tells whether a token cannot be the head of what is counted: it is a verb, adjective or adverb.
    pub fn is_no_noun(&self, byte: usize) -> bool {
        self.grammar.at(byte).is_some_and(|at| {
            let token = self.grammar.tokens()[at];
            let verb = matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md | Tag::Vbn | Tag::Vb);
            let other = matches!(token.tag, Tag::Jjr | Tag::Rb | Tag::Rbr | Tag::In | Tag::Rp);
            let loose = token.tag == Tag::Jj
                && matches!(token.label, Label::Acomp | Label::Advcl | Label::Advmod | Label::Prep);
            let acting = token.tag == Tag::Vbg && matches!(token.label, Label::Acl | Label::Advcl | Label::Conj);
            verb || other || loose || acting
        })
    }

    /// Tells whether a word is the verb of a clause ("86 percent cited inflation").
    pub fn is_finite(&self, byte: usize) -> bool {
        self.grammar.at(byte).is_some_and(|at| {
            let token = self.grammar.tokens()[at];
            let finite = matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
            finite && !matches!(token.label, Label::Amod | Label::Compound)
        })
    }

    /// Tells whether a number is a label on the noun before it ("mile marker 20", "Plant 4").
    pub fn is_label(&self, number: &Range<usize>) -> bool {
        let Some(at) = self.grammar.at(number.start) else { return false };
        let token = self.grammar.tokens()[at];
        let Some(before) = at.checked_sub(1).filter(|&before| before == token.head) else { return false };
        let singular = matches!(self.grammar.tokens()[before].tag, Tag::Nn | Tag::Nnp);
        token.tag == Tag::Cd && singular && matches!(token.label, Label::Nummod | Label::Appos | Label::Nmod)
    }

    /// Tells whether a number is joined by "and" to the noun at a byte, or to its number.
    pub fn is_joined(&self, number: &Range<usize>, noun: usize) -> bool {
        let (Some(at), Some(noun)) = (self.head(number), self.grammar.at(noun)) else { return false };
        let token = self.grammar.tokens()[at];
        let number = self.grammar.tokens()[token.head];
        token.label == Label::Conj && (token.head == noun || number.tag == Tag::Cd && number.head == noun)
    }

    /// Tells whether a noun is itself the unit of an amount: it has a number.
    fn is_amount(&self, at: usize) -> bool {
        let tokens = self.grammar.tokens();
        // "A one-off payment" is no amount.
        let alone = |child: usize| tokens.get(child + 1).is_none_or(|next| next.tag != Tag::Hyph);
        self.children(at).any(|child| tokens[child].label == Label::Nummod && alone(child))
            || matches!(self.grammar.tokens()[at].tag, Tag::Cd | Tag::Dollar)
            || matches!(self.lower(at).as_str(), "%" | "percent" | "points")
    }

    fn is_count(&self, noun: usize) -> bool {
        matches!(self.lower(noun).as_str(), "number" | "numbers" | "total" | "amount" | "count" | "tally" | "quantity")
    }

    /// Returns the tokens of a noun with its modifiers, none before a first one.
    fn phrase(&self, noun: usize, first: usize) -> Range<usize> {
        let tokens = self.grammar.tokens();
        let mut start = noun;
        while start > first.max(noun.saturating_sub(WIDE)) {
            let before = start - 1;
            let token = tokens[before];
            // "hardest-hit villages": a hyphen binds whatever stands before it.
            if token.tag == Tag::Hyph && before > first && tokens[before - 1].tag != Tag::Cd {
                start = before - 1;
                continue;
            }
            let inside = (tokens[noun].first..noun).contains(&before);
            let modifier = matches!(
                token.label,
                Label::Compound
                    | Label::Amod
                    | Label::Nmod
                    | Label::Punct
                    | Label::Nummod
                    | Label::Advmod
                    | Label::Npadvmod
            );
            let word = matches!(token.coarse, Coarse::Noun | Coarse::ProperNoun | Coarse::Adjective | Coarse::Verb);
            // "30 Falcon 900 jets": a number after a name belongs to it.
            let numbered = token.tag == Tag::Cd && before > first && tokens[before - 1].coarse == Coarse::ProperNoun;
            let plain = word && token.tag != Tag::Jjr || token.tag == Tag::Hyph || numbered;
            let idle = self.entry(before).classes.any(Classes::TIMELY) && token.coarse == Coarse::Adjective;
            // In "a seven-year deal" the year is counted, and no part of the deal.
            let counted = self.children(before).any(|child| tokens[child].tag == Tag::Cd) && !numbered;
            if !(inside && modifier && plain) || idle || counted {
                break;
            }
            start = before;
        }
        while start < noun && tokens[start].tag == Tag::Hyph {
            start += 1;
        }
        start..noun + 1
    }

    /// Takes a short "of" phrase into a noun's phrase ("exports of timber").
    fn with_of(&self, noun: usize, before: usize) -> Range<usize> {
        let tokens = self.grammar.tokens();
        let phrase = self.phrase(noun, 0);
        let Some(of) =
            Some(noun + 1).filter(|&of| of < tokens.len() && tokens[of].head == noun && self.lower(of) == "of")
        else {
            return phrase;
        };
        let whole = self.child(of, Label::Pobj).filter(|&whole| self.is_noun(whole) && whole < of + 5);
        let plain = |whole: &usize| tokens[*whole].end <= before && (of..=*whole).all(|at| tokens[at].tag != Tag::Cd);
        match whole.filter(plain) {
            // "The number of cases" counts cases.
            Some(whole) if self.is_count(noun) => self.phrase(whole, of + 1),
            Some(whole) => phrase.start..whole + 1,
            None => phrase,
        }
    }

    fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let all = self.grammar.tokens();
        all[tokens.start].start..all[tokens.end - 1].end
    }
}
