//! Who speaks in a narrator’s sentence, by the parse: the subject of a verb, the owner of words, the verb beside a quote.

use variorum_syntax::{Label, Tag};

use crate::grammar::Grammar;

use super::clauses::{Subject, subject};
use super::cues::{Cue, Form, Verb, is_speech_noun};
use super::grammar::is_be;
use super::scene::{Item, Who};
use super::subject::{Act, Line};

impl Line<'_, '_> {
    /// Returns who speaks, by the parse where it tells and by the order of words where it does not.
    pub fn parsed(&self, at: usize, token: usize, cue: Cue) -> Option<(usize, bool)> {
        let Some((grammar, verb)) = self.scene.grammar.zip(self.scene.parsed(token)) else {
            return self.speaker(at, token, cue);
        };
        if self.lacks_preposition(at, cue) {
            return None;
        }
        if let Some(quoted) = self.quoted_person(grammar, at, verb) {
            return Some((quoted, true));
        }
        let told = subject(grammar, verb, cue);
        // “We left,” added Ada Orr: the parser takes such verbs for participles at times.
        let after_quote = at > 0 && matches!(self.items[at - 1], Item::Quote(_));
        let inverts = after_quote && cue.verb == Verb::Say && cue.form != Form::Progressive;
        if inverts && !matches!(told, Subject::Token(head) if head > verb) && self.mention_from(at + 1).is_some() {
            return self.speaker(at, token, cue);
        }
        match told {
            Subject::Nobody => None,
            Subject::Unknown => self.speaker(at, token, cue),
            Subject::Token(head) => {
                let Some(found) = self.scene.mention_of(grammar, head) else {
                    return self.speaker(at, token, cue);
                };
                // "It began when Ada Orr posted it, declaring": a thing says nothing that the one beside may say.
                let nearer = self.acts.last().filter(|act| act.token > self.scene.mentions[found].tokens.end);
                let own = grammar.tokens()[verb].label == Label::Acl;
                if cue.form == Form::Progressive && self.scene.is_thing(found) && (nearer.is_some() || !own) {
                    return nearer.map(|act| (act.speaker, false));
                }
                Some((self.named_beside(grammar, head, found), head > verb))
            }
        }
    }

    /// “No,” Ada Orr shot back: any verb right beside whole quoted words, with its subject, hands them over.
    pub fn by_place(&self, at: usize, token: usize) -> Option<Act> {
        let (grammar, verb) = self.scene.grammar.zip(self.scene.parsed(token))?;
        let helps = is_be(self.low(at)) || matches!(self.low(at), "has" | "had" | "did" | "does");
        if helps || !matches!(grammar.tokens()[verb].tag, Tag::Vbd | Tag::Vbz) || !self.beside_quote(grammar, at, verb)
        {
            return None;
        }
        let head = grammar.child(verb, Label::Nsubj)?;
        let id = self.scene.mention_of(grammar, head)?;
        let speaker = self.named_beside(grammar, head, id);
        let cue = Cue { verb: Verb::Say, form: Form::Past, doubtful: false };
        Some(Act { at, token, cue: Some(cue), speaker, inverted: head > verb })
    }

    /// Tells whether a comma or the like is all that parts a verb and its subject from quoted words.
    fn beside_quote(&self, grammar: &Grammar, at: usize, verb: usize) -> bool {
        // “No,” Ada Orr shot back.
        let head = grammar.child(verb, Label::Nsubj).unwrap_or(verb);
        let first = grammar.subtree(head).start.min(grammar.tokens()[verb].start);
        let before = self.items[..at].iter().rev().find_map(|item| match item {
            Item::Quote(quote) => Some(&self.scene.quoted[*quote]),
            Item::Word(_) => None,
        });
        let tagged = before.is_some_and(|quote| {
            let words = &self.scene.text[quote.words.clone()];
            // The parser may hang the closing mark on the subject.
            let gap = self.scene.text.get(quote.close..first.max(quote.close)).unwrap_or("-").trim();
            quote.open < first
                && (gap.is_empty() && words.ends_with([',', '!', '?', '—', '…']) || matches!(gap, "," | "—" | "–"))
        });
        // Ada Orr shot back, “No.”
        let introduces = (at + 1..self.items.len().min(at + 3)).any(|next| match self.items[next] {
            Item::Quote(quote) => {
                let last = self.items[next - 1].word().map_or(0, |word| self.scene.tokens[word].end);
                let gap = self.scene.text.get(last..self.scene.quoted[quote].open).unwrap_or("").trim();
                matches!(gap, "," | ":")
            }
            Item::Word(_) => false,
        });
        tagged || introduces
    }

    /// "Ada Orr’s promise to “mend the bridge”": the owner of words speaks.
    pub fn by_noun(&self, at: usize, token: usize, low: &str) -> Option<Act> {
        let grammar = self.scene.grammar.filter(|_| is_speech_noun(low))?;
        let noun = self.scene.parsed(token)?;
        let owner = grammar.child(noun, Label::Poss)?;
        let speaker = self.scene.mention_of(grammar, owner)?;
        let cue = Cue { verb: Verb::Judge, form: Form::Past, doubtful: true };
        Some(Act { at, token, cue: Some(cue), speaker, inverted: false })
    }

    /// "The Courier quoted Ada Orr as saying": the words are hers.
    fn quoted_person(&self, grammar: &Grammar, at: usize, verb: usize) -> Option<usize> {
        if !matches!(self.low(at), "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing") {
            return None;
        }
        let object = grammar.child(verb, Label::Dobj)?;
        self.scene.mention_of(grammar, object).filter(|&id| self.scene.is_person(id))
    }

    /// "the mayor, Ada Orr, said", "academic and author Ada Orr said", "a spokesman for the mayor, Ben Lee, said": the name beside a role is the better answer.
    fn named_beside(&self, grammar: &Grammar, head: usize, id: usize) -> usize {
        if self.mention(id).who != Who::Role {
            return id;
        }
        let tokens = grammar.tokens();
        let last = tokens[head].last.min(head + 16);
        (head + 1..last)
            .filter(|&at| matches!(tokens[at].label, Label::Appos | Label::Conj))
            .find_map(|at| self.scene.mention_of(grammar, at).filter(|&name| self.scene.is_person(name)))
            .unwrap_or(id)
    }
}
