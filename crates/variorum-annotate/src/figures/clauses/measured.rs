//! What an amount is of, where that stands before it.

use std::ops::Range;

use variorum_syntax::{Label, Tag};

use super::{CLIMB, Clauses, Kind, Link};
use crate::figures::lexicon::Classes;

/// What an amount hangs on.
enum Governor {
    /// The noun that it is the amount of ("a tariff of 25%").
    Noun(usize),
    /// A verb, and whether it is reached by "by", "to" or "from".
    Verb(usize, Link),
}

impl Clauses<'_> {
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

    fn hangs(&self, of: usize) -> bool {
        let head = self.grammar.tokens()[of].head;
        head < of && self.is_noun(head) && !self.is_amount(head)
    }

    /// Returns what a verb says the amount of.
    fn theme(&self, verb: usize, link: Link, amount: usize) -> Option<usize> {
        let entry = self.entry(verb);
        let changes = entry.trend_before.is_some();
        let moves = changes || self.particle_trend(verb).is_some();
        if moves
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
}
