//! What the tree of a sentence says of an amount: what is measured by it, and which way that moved.

use std::ops::Range;

use variorum_news::Trend;
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

/// What an amount hangs on.
enum Governor {
    /// The noun that it is the amount of ("a tariff of 25%").
    Noun(usize),
    /// A verb, and whether it is reached by "by", "to" or "from".
    Verb(usize, Link),
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

    /// Returns the bytes of what an amount is of, where that stands before it: the subject of "rose", the object of
    /// "cut … by", the noun before "of". It ends before the byte `start`.
    pub fn measured(&self, amount: &Range<usize>, start: usize, kind: Kind) -> Option<Range<usize>> {
        let at = self.head(amount)?;
        let adverbial = matches!(self.grammar.tokens()[at].label, Label::Npadvmod | Label::Advmod);
        let bare = kind == Kind::Bare;
        let noun = match self.governor(at)? {
            Governor::Noun(noun) => noun,
            // "The vote comes ten days before …" is no vote of ten days.
            Governor::Verb(verb, _) if kind == Kind::Time && adverbial && self.entry(verb).trend_before.is_none() => {
                return None;
            }
            // "The airline lost $3m": the airline is no sum.
            Governor::Verb(verb, Link::None)
                if kind == Kind::Money && self.entry(verb).classes.any(Classes::TAKER) && self.is_object(at) =>
            {
                return None;
            }
            Governor::Verb(verb, link) => self.theme(verb, link, at)?,
        };
        let token = self.grammar.tokens()[noun];
        let common = matches!(token.tag, Tag::Nn | Tag::Nns);
        let named = matches!(token.tag, Tag::Nnp | Tag::Nnps) && !bare;
        let before = noun < at && token.end <= start;
        let timely = self.entry(noun).classes.any(Classes::TIMELY | Classes::MONTH | Classes::WEEKDAY);
        (before && (common || named) && !timely).then(|| self.bytes(self.with_of(noun, start)))
    }

    /// Climbs from an amount to what it hangs on.
    fn governor(&self, from: usize) -> Option<Governor> {
        let tokens = self.grammar.tokens();
        let (mut at, mut link) = (from, Link::None);
        for _ in 0..CLIMB {
            let token = tokens[at];
            let head = token.head;
            if head == at {
                return None;
            }
            match token.label {
                Label::Pobj => match self.lower(head).as_str() {
                    "of" if self.is_classifier(tokens[head].head) => {
                        at = tokens[head].head;
                        continue;
                    }
                    "of" | "worth" => return Some(Governor::Noun(tokens[head].head)).filter(|_| self.hangs(head)),
                    "to" => link = Link::To,
                    "by" => link = Link::By,
                    "from" => link = Link::From,
                    "at" | "above" | "over" | "under" | "around" | "near" | "below" | "between" | "about" | "than" => {}
                    _ => return None,
                },
                Label::Prep
                | Label::Agent
                | Label::Npadvmod
                | Label::Dobj
                | Label::Attr
                | Label::Acomp
                | Label::Advmod
                | Label::Oprd
                | Label::Quantmod
                | Label::Nummod
                | Label::Prt
                | Label::Dep => {}
                // "rose $1.20, or 4%"
                Label::Conj | Label::Appos if self.is_amount(head) => {}
                _ => return None,
            }
            if self.lower(head) == "worth" && head < from {
                return Some(Governor::Noun(tokens[head].head)).filter(|_| self.hangs(head));
            }
            if self.is_verb(head) {
                return Some(Governor::Verb(head, link));
            }
            // A word of change that is a noun has its own amount: "a drop of 3 percent", "a rise to 45".
            if token.label == Label::Prep && self.is_noun(head) && head < at && !self.is_amount(head) {
                return Some(Governor::Noun(head)).filter(|_| self.noun_trend(head).is_some());
            }
            if token.label == Label::Nummod && self.is_noun(head) && head > from {
                return None;
            }
            at = head;
        }
        None
    }

    /// "An average of 9%": what it is of stands farther up.
    fn is_classifier(&self, noun: usize) -> bool {
        matches!(
            self.lower(noun).as_str(),
            "average" | "total" | "maximum" | "minimum" | "record" | "rate" | "combined"
        )
    }

    fn is_object(&self, at: usize) -> bool {
        self.grammar.tokens()[at].label == Label::Dobj
    }

    fn is_count(&self, noun: usize) -> bool {
        matches!(self.lower(noun).as_str(), "number" | "numbers" | "total" | "amount" | "count" | "tally" | "quantity")
    }

    fn hangs(&self, of: usize) -> bool {
        let head = self.grammar.tokens()[of].head;
        head < of && self.is_noun(head) && !self.is_amount(head)
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

    /// Returns what a verb says the amount of.
    fn theme(&self, verb: usize, link: Link, amount: usize) -> Option<usize> {
        let entry = self.entry(verb);
        let changes = entry.trend_before.is_some();
        if changes
            && link != Link::None
            && let Some(object) = self.child(verb, Label::Dobj).filter(|&o| o < amount && !self.is_amount(o))
        {
            return Some(object);
        }
        if link == Link::None && changes && entry.classes.any(Classes::CAUSER) && !self.is_passive(verb) {
            return None;
        }
        let gauges = changes || entry.classes.any(Classes::GAUGE);
        gauges.then(|| self.subject(verb)).flatten()
    }

    fn is_passive(&self, verb: usize) -> bool {
        self.child(verb, Label::Nsubjpass).is_some()
    }

    /// Returns the subject of a verb, also that of the verb it is joined to or depends on.
    fn subject(&self, verb: usize) -> Option<usize> {
        let tokens = self.grammar.tokens();
        let mut at = verb;
        for _ in 0..4 {
            let own = self.child(at, Label::Nsubj).or_else(|| self.child(at, Label::Nsubjpass));
            if let Some(own) = own {
                let relative = matches!(tokens[own].tag, Tag::Wdt | Tag::Wp);
                return if relative && tokens[at].label == Label::Relcl { Some(tokens[at].head) } else { Some(own) };
            }
            match tokens[at].label {
                Label::Acl => return Some(tokens[at].head),
                Label::Conj | Label::Xcomp => at = tokens[at].head,
                _ => return None,
            }
        }
        None
    }

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

    fn noun_trend(&self, noun: usize) -> Option<Trend> {
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

    fn particle_trend(&self, verb: usize) -> Option<Trend> {
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
