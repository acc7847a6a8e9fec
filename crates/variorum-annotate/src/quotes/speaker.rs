//! Who says each quote: by the verb beside it, by the sentence before it, or by the words it goes on from.

use variorum_news::QuoteKind;

use super::clauses::governs;
use super::context::{around, reported_on, subject};
use super::cues::{Form, Verb};
use super::resolve::Resolver;
use super::scene::{Item, Scene, Sentence};
use super::subject::Act;

/// A speaker, by mention, with the verb that tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaker {
    /// The mention beside the words.
    pub mention: usize,
    /// The verb's token.
    pub cue: Option<usize>,
}

/// Returns for every quote who says it; none where nobody surely does.
pub(super) fn speakers(
    scene: &Scene,
    acts: &[Vec<Act>],
    resolver: &Resolver,
    kinds: &[QuoteKind],
) -> Vec<Option<Speaker>> {
    let mut found: Vec<Option<Speaker>> = vec![None; scene.quoted.len()];
    for (n, sentence) in scene.sentences.iter().enumerate() {
        for (at, item) in sentence.items.iter().enumerate() {
            let Item::Quote(quote) = *item else { continue };
            if let Some(signer) = scene.quoted[quote].signer {
                found[quote] = scene.mention_on(signer).map(|mention| Speaker { mention, cue: None });
                continue;
            }
            let place = Place { scene, sentence, acts: &acts[n], at, quote, kind: kinds[quote] };
            found[quote] = place.beside();
            if found[quote].is_none() && kinds[quote] == QuoteKind::Mixed && !place.is_name() {
                found[quote] = reported_on(scene, acts, resolver, &found, n, at);
            }
            if found[quote].is_none() && kinds[quote] == QuoteKind::Direct {
                found[quote] = place
                    .signed()
                    .or_else(|| place.led(resolver, n))
                    .or_else(|| around(scene, acts, resolver, &found, n, at));
            }
        }
    }
    found
}

/// A quote in its sentence.
struct Place<'s, 'a> {
    scene: &'s Scene<'a>,
    sentence: &'s Sentence,
    acts: &'s [Act],
    at: usize,
    quote: usize,
    kind: QuoteKind,
}

impl Place<'_, '_> {
    /// Returns the speaker that a verb of the same sentence gives.
    fn beside(&self) -> Option<Speaker> {
        let left = self.introducing().or_else(|| self.governor()).or_else(|| {
            self.acts.iter().rev().find(|act| act.at < self.at && self.governs(act) && !self.is_apart(act))
        });
        if self.is_nickname() || self.is_titled() {
            return None;
        }
        let right = self.right_beside().or_else(|| self.right_by_tree());
        let tagged = right.is_some() && self.words().ends_with([',', '!', '?']);
        if self.is_label() && !tagged && left.is_none_or(|act| act.cue.is_none_or(|cue| cue.verb != Verb::Judge)) {
            return None;
        }
        let chosen = match self.kind {
            QuoteKind::Direct if self.at == 0 => right.or(left),
            QuoteKind::Direct if left.is_none_or(|act| act.at + 6 < self.at) => right.or(left),
            _ => left.or(right),
        };
        // "The plan signals a “new start,” says Ada Orr": she says it, not the plan.
        let chosen = chosen.filter(|act| !self.scene.is_thing(act.speaker) || self.right_later().is_none());
        chosen.or_else(|| self.right_later()).map(|act| Speaker { mention: act.speaker, cue: Some(act.token) })
    }

    /// “They laughed when Ada Orr urged them, “Go!””: the verb right before the comma, whatever it hangs on.
    fn introducing(&self) -> Option<&Act> {
        let said = |act: &&Act| act.cue.is_some_and(|cue| cue.verb == Verb::Say) && act.at + 4 >= self.at;
        let led =
            self.kind == QuoteKind::Direct && super::lead(self.scene, self.sentence, self.at).contains([',', ':']);
        self.acts.iter().rev().find(|act| act.at < self.at).filter(said).filter(|_| led)
    }

    /// Returns the verb nearest above the quote in the tree of its sentence, where one of the verbs before it is.
    fn governor(&self) -> Option<&Act> {
        self.acts.iter().rev().find(|act| act.at < self.at && self.by_tree(act) == Some(true) && self.governs(act))
    }

    /// Tells whether a verb's own clause is over before the quote ("Ada Orr said no, and Ben Lee left the “ghost town”").
    fn is_apart(&self, act: &Act) -> bool {
        // "joined to counter the threat": an infinitive needs the quote as its own.
        let to = act.token > 0 && self.scene.tokens[act.token - 1].low == "to";
        let bare = act.cue.is_some_and(|cue| match cue.form {
            Form::Base => to && cue.verb != Verb::Do,
            Form::Progressive => self.kind == QuoteKind::Mixed,
            _ => false,
        });
        let tree = self.by_tree(act);
        act.at + 2 < self.at
            && (self.kind == QuoteKind::Mixed && tree == Some(false)
                || bare && self.scene.grammar.is_some() && tree != Some(true))
    }

    fn by_tree(&self, act: &Act) -> Option<bool> {
        let grammar = self.scene.grammar?;
        let words = grammar.within(self.scene.quoted[self.quote].words.clone());
        governs(self.scene, grammar, words, self.scene.parsed(act.token)?)
    }

    /// Tells whether a verb before the quote may take it.
    fn governs(&self, act: &Act) -> bool {
        act.cue.is_none_or(|cue| match cue.verb {
            Verb::Say | Verb::Judge => true,
            Verb::Do => super::lead(self.scene, self.sentence, self.at).contains([',', ':']) || act.at + 1 == self.at,
        })
    }

    /// "see ‘The long tide’", "a song titled “The long tide”".
    fn is_titled(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.sentence.items[at].word());
        before.is_some_and(|word| {
            matches!(&*self.scene.tokens[word].low, "see" | "titled" | "entitled" | "named" | "nicknamed")
        })
    }

    /// Tells whether the words are a name or single word, which a writer may set between marks for himself.
    fn is_name(&self) -> bool {
        self.is_label() || self.is_nickname() || self.words().split_whitespace().count() < 2
    }

    /// "John “Jack” Orr".
    fn is_nickname(&self) -> bool {
        let word = |at: usize| self.sentence.items.get(at).and_then(|item| item.word()).map(|t| &self.scene.tokens[t]);
        let Some((before, after)) = self.at.checked_sub(1).and_then(word).zip(word(self.at + 1)) else { return false };
        let quoted = &self.scene.quoted[self.quote];
        before.cap
            && after.cap
            && self.scene.text.get(before.end..quoted.open) == Some(" ")
            && self.scene.text.get(quoted.close..after.start) == Some(" ")
            && (!self.words().ends_with([',', '.', '!', '?'])
                || self.words().chars().all(|c| c.is_uppercase() || c == '.'))
            && self.words().split_whitespace().count() < 4
    }

    fn words(&self) -> &str {
        &self.scene.text[self.scene.quoted[self.quote].words.clone()]
    }

    /// A few capitalised words between marks name something ("posted on “Wire”"), so nobody says them.
    fn is_label(&self) -> bool {
        let words = self.words();
        let mut n_words = 0;
        let small = words.split_whitespace().any(|word| {
            n_words += 1;
            word.starts_with(char::is_lowercase)
                && !matches!(word, "of" | "the" | "and" | "in" | "for" | "a" | "to" | "on" | "with")
        });
        !small && n_words < 6 && !words.ends_with(['.', '!', '?']) && self.kind == QuoteKind::Mixed
    }

    /// “…,” Ada Orr said; “…,” said Ada Orr; “…,” according to Ada Orr.
    fn right_beside(&self) -> Option<&Act> {
        self.acts.iter().find(|act| {
            let first = if act.inverted { act.at } else { self.place_of(self.scene.mentions[act.speaker].from) };
            let beside = first == self.at + 1 || !act.inverted && self.reaches(first);
            beside && act.cue.is_none_or(|cue| cue.verb != Verb::Judge && cue.form != Form::Progressive)
        })
    }

    /// “…,” the board’s head, Ada Orr, said: the quote hangs on the verb of its tag.
    fn right_by_tree(&self) -> Option<&Act> {
        let quoted = &self.scene.quoted[self.quote];
        let next = self.sentence.items.get(self.at + 1)?.word()?;
        let parted = self.words().ends_with([',', '!', '?', '—', '…'])
            || self.scene.text.get(quoted.close..self.scene.tokens[next].start)?.contains(',');
        let act = self.acts.iter().find(|act| act.at > self.at).filter(|_| parted)?;
        let said = act.cue.is_some_and(|cue| cue.verb == Verb::Say && cue.form != Form::Progressive);
        let after = self.scene.tokens[self.scene.mentions[act.speaker].from].start >= quoted.close;
        (said && after && self.by_tree(act) == Some(true)).then_some(act)
    }

    /// “…,” minister of trade Ada Orr said: plain words may stand between the quote and the name.
    fn reaches(&self, first: usize) -> bool {
        let words = &self.scene.text[self.scene.quoted[self.quote].words.clone()];
        let Some(Item::Word(next)) = self.sentence.items.get(self.at + 1) else { return false };
        let after =
            self.scene.text.get(self.scene.quoted[self.quote].close..self.scene.tokens[*next].start).unwrap_or("");
        (words.ends_with([',', '!', '?', '—', '…']) || after.trim_start().starts_with(','))
            && first > self.at
            && first < self.at + 8
            && self.sentence.items[self.at + 2..=first].iter().all(|item| {
                item.word().is_some_and(|t| {
                    self.scene.gap(t) == " " && super::cues::cue(&self.scene.tokens[t].low).is_none_or(|c| c.doubtful)
                })
            })
            && !self.sentence.items[self.at + 1..first].iter().any(|item| {
                item.word().is_some_and(|t| {
                    matches!(
                        &*self.scene.tokens[t].low,
                        "and" | "but" | "which" | "that" | "who" | "as" | "in" | "on" | "to"
                    )
                })
            })
    }

    /// The plan is “dead” for now, Ada Orr said.
    fn right_later(&self) -> Option<&Act> {
        self.acts.iter().find(|act| {
            let first = if act.inverted { act.at } else { self.place_of(self.scene.mentions[act.speaker].from) };
            let parted = first > self.at
                && self
                    .sentence
                    .items
                    .get(first)
                    .and_then(|item| item.word())
                    .is_some_and(|t| self.scene.gap(t).contains([',', '—', '–']));
            let said = act.cue.is_none_or(|cue| cue.verb == Verb::Say && cue.form != Form::Progressive);
            let closing = act.cue.is_none() || act.at + 8 > self.sentence.items.len();
            said && act.at > self.at && (parted || act.cue.is_none()) && closing
        })
    }

    fn place_of(&self, token: usize) -> usize {
        self.sentence.items.iter().position(|item| item.word() == Some(token)).unwrap_or(usize::MAX)
    }

    /// “We left.” — Ada Orr
    fn signed(&self) -> Option<Speaker> {
        let token = self.sentence.items.get(self.at + 1)?.word()?;
        let between = self.scene.text.get(self.scene.quoted[self.quote].close..self.scene.tokens[token].start)?;
        let mention =
            self.scene.mention_at[token].filter(|_| matches!(between.trim(), "—" | "–" | "-" | "--" | "―"))?;
        let ends =
            self.scene.mentions[mention].tokens.end > token + self.sentence.items.len().saturating_sub(self.at + 8);
        (ends && self.scene.is_person(mention)).then_some(Speaker { mention, cue: None })
    }

    /// Ada Orr had an answer: “…”
    fn led(&self, resolver: &Resolver, n: usize) -> Option<Speaker> {
        if self.at == 0 || !super::lead(self.scene, self.sentence, self.at).contains(':') {
            return None;
        }
        subject(self.scene, resolver, n, self.at)
    }
}
