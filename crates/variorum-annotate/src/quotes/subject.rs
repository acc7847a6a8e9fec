//! Who does what a verb tells: the subject of a speech verb, found by the order of words.

use crate::names::lexicon::Class;

use super::cues::{Cue, Form, Verb, cue};
use super::grammar::{is_be, is_clause_start, is_determiner, is_helper, is_preposition, low_stem};
use super::scene::{Item, Mention, Scene, Sentence, Who};

/// A speech verb in a narrator's sentence, with the one who speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act {
    /// The verb, by its place in the sentence.
    pub at: usize,
    /// The verb's token; the first of "according to".
    pub token: usize,
    /// What the verb may do; none for "according to".
    pub cue: Option<Cue>,
    /// The speaker, by its place among the mentions.
    pub speaker: usize,
    /// Whether the speaker stands after the verb ("said Ada Orr").
    pub inverted: bool,
}

/// Returns the acts of speech of a sentence, in order.
pub(crate) fn acts(scene: &Scene, sentence: &Sentence) -> Vec<Act> {
    let mut found: Vec<Act> = Vec::new();
    let quotes = sentence.items.iter().any(|item| matches!(item, Item::Quote(_)));
    for (at, item) in sentence.items.iter().enumerate() {
        let Some(token) = item.word() else { continue };
        let low = &*scene.tokens[token].low;
        if let Some(act) = by_phrase(scene, sentence, at, token, low) {
            found.push(act);
            continue;
        }
        let line = Line { scene, items: &sentence.items, acts: &found };
        let Some(cue) = cue(low).filter(|_| !scene.tokens[token].cap || scene.tokens[token].first) else {
            let placed = if quotes { line.by_place(at, token) } else { None };
            found.extend(placed.or_else(|| line.by_noun(at, token, low)));
            continue;
        };
        if let Some((speaker, inverted)) = line.parsed(at, token, cue) {
            found.push(Act { at, token, cue: Some(cue), speaker, inverted });
        } else if let Some(act) = line.by_noun(at, token, low) {
            found.push(act);
        }
    }
    found
}

/// "according to Ada Orr", "in the words of Ada Orr".
fn by_phrase(scene: &Scene, sentence: &Sentence, at: usize, token: usize, low: &str) -> Option<Act> {
    let next = |n: usize| sentence.items.get(at + n).and_then(|i| i.word()).map(|t| &*scene.tokens[t].low);
    let after = match low {
        "according" if next(1) == Some("to") => at + 2,
        "words" if next(1) == Some("of") => at + 2,
        _ => return None,
    };
    let line = Line { scene, items: &sentence.items, acts: &[] };
    let speaker = line.mention_from(after)?;
    Some(Act { at, token, cue: None, speaker, inverted: true })
}

/// A sentence with the acts found in it so far.
pub(super) struct Line<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub items: &'s [Item],
    pub acts: &'s [Act],
}

impl Line<'_, '_> {
    /// Tells whether a verb that takes its words with a preposition has none ("she spoke on Monday").
    pub fn lacks_preposition(&self, at: usize, cue: Cue) -> bool {
        matches!(low_stem(self.low(at)), "speak" | "talk" | "refer")
            && cue.verb == Verb::Judge
            && !matches!(self.items.get(at + 1).map(|_| self.low(at + 1)), Some("of" | "about" | "to"))
    }

    pub fn low(&self, at: usize) -> &str {
        self.items[at].word().map_or("", |token| &*self.scene.tokens[token].low)
    }

    fn mention_at(&self, at: usize) -> Option<usize> {
        self.items.get(at)?.word().and_then(|token| self.scene.mention_at[token])
    }

    pub fn mention(&self, id: usize) -> &Mention {
        &self.scene.mentions[id]
    }

    /// Tells whether a comma, dash or bracket stands between an item and the one before it.
    fn parted(&self, at: usize) -> bool {
        match (self.items.get(at), at.checked_sub(1).map(|i| self.items[i])) {
            (Some(&Item::Word(token)), Some(Item::Word(_))) => {
                self.scene.gap(token).contains([',', ';', '—', '–', '(', ')', ':'])
                    || self.scene.gap(token).contains(" - ")
            }
            (Some(&Item::Word(token)), Some(Item::Quote(quote))) => {
                let between =
                    self.scene.text.get(self.scene.quoted[quote].close..self.scene.tokens[token].start).unwrap_or("");
                let words = &self.scene.text[self.scene.quoted[quote].words.clone()];
                between.contains([',', ';', '—', '–', ')']) || words.ends_with([',', '—', '!', '?'])
            }
            (Some(Item::Quote(_)), _) => false,
            _ => true,
        }
    }

    pub fn speaker(&self, at: usize, token: usize, cue: Cue) -> Option<(usize, bool)> {
        if matches!(
            at.checked_sub(1).map(|i| self.low(i)),
            Some("to" | "the" | "a" | "an" | "his" | "her" | "their" | "its" | "this")
        ) && cue.form != Form::Progressive
        {
            return if self.low(at - 1) == "to" && cue.form == Form::Base {
                self.main_subject(at).map(|m| (m, false))
            } else {
                None
            };
        }
        if self.lacks_preposition(at, cue) {
            return None;
        }
        // "the impact of proposed tariffs": an adjective, no verb.
        if cue.doubtful && cue.form == Form::Past && at > 0 && is_preposition(self.low(at - 1)) {
            return None;
        }
        let verb = self.verb_start(at);
        let passive = cue.form == Form::Past && (verb..at).any(|i| is_be(self.low(i)));
        if passive {
            return self.quoted_as(at).or_else(|| self.by_agent(at)).map(|m| (m, true));
        }
        let progressive = (verb..at).any(|i| is_be(self.low(i)));
        if cue.form == Form::Progressive && !progressive {
            // "with Ada Orr stating": the participle has a subject of its own.
            if let Some(own) = self.mention_ending(verb).filter(|_| !self.parted(verb) && self.has_own_subject(verb)) {
                return Some((own, false));
            }
            return self.main_subject(verb).map(|m| (m, false));
        }
        // “We left,” said Ada Orr: right after quoted words the speaker may follow the verb.
        let told = matches!(self.low(at), "told" | "tells" | "asked" | "urged" | "warned")
            && !matches!(self.items.get(at.wrapping_sub(1)), Some(Item::Quote(_)));
        let after_quote = verb == at && at > 0 && matches!(self.items[at - 1], Item::Quote(_));
        // "The roof may leak, said Ada Orr.": nothing but an end may follow her.
        let spoken = cue.verb == Verb::Say && matches!(cue.form, Form::Past | Form::Present);
        if verb == at
            && spoken
            && self.parted(at)
            && let Some(speaker) = self.mention_from(at + 1).filter(|&id| self.ends_after(id))
        {
            return Some((speaker, true));
        }
        let leading = verb == at && at > 0 && !told && self.parted(at) && self.before_aside(at).is_none();
        if after_quote || leading && cue.form != Form::Base {
            let described = || self.described_from(at + 1).filter(|_| after_quote);
            if let Some(speaker) = self.mention_from(at + 1).or_else(described) {
                return Some((speaker, true));
            }
        }
        if at == 0 && cue.form != Form::Base && !self.scene.tokens[token].cap {
            return self.mention_from(1).map(|m| (m, true));
        }
        let subject = self.subject_of(verb)?;
        let named = self.mention(subject).who != Who::Role || self.mention(subject).tokens.len() > 1;
        let adjacent = self.mention(subject).tokens.end == self.items[verb].word()? && named;
        // "officials say", but not "the president’s order".
        if cue.form == Form::Base && verb == at && !self.is_many(subject) {
            return None;
        }
        if cue.doubtful && cue.form != Form::Past && !adjacent && verb == at {
            return None;
        }
        Some((subject, false))
    }

    /// Tells whether the words before a participle are its subject and not the object of a verb before it.
    fn has_own_subject(&self, verb: usize) -> bool {
        let Some(id) = self.mention_at(verb - 1) else { return false };
        let Some(first) = self.items.iter().position(|item| item.word() == Some(self.mention(id).from)) else {
            return false;
        };
        first > 0 && (self.low(first - 1) == "with" || self.parted(first) || self.mention(id).who == Who::Role)
    }

    /// Tells whether a mention is followed by a comma, quoted words or the end.
    fn ends_after(&self, id: usize) -> bool {
        let end = self.mention(id).tokens.end;
        let Some(last) = self.items.iter().position(|item| item.word() == Some(end - 1)) else { return false };
        match self.items.get(last + 1) {
            None => true,
            Some(Item::Word(_)) => self.parted(last + 1),
            Some(&Item::Quote(quote)) => {
                let between = self.scene.text.get(self.scene.tokens[end - 1].end..self.scene.quoted[quote].open);
                between.unwrap_or("").contains([',', ':'])
            }
        }
    }

    /// Returns where the verb with its helpers and adverbs begins ("has also said").
    fn verb_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0
            && self.items[start - 1].word().is_some()
            && is_helper(self.low(start - 1))
            && self.mention_at(start - 1).is_none()
            && !self.parted(start)
        {
            start -= 1;
        }
        start
    }

    /// Returns the subject of a finite verb whose helpers begin at `verb`.
    fn subject_of(&self, verb: usize) -> Option<usize> {
        let before = verb.checked_sub(1)?;
        if matches!(self.low(before), "and" | "but" | "or" | "then") {
            return self.joined_subject(before);
        }
        if matches!(self.low(before), "who" | "which" | "that") && !self.parted(verb) {
            return self.mention_ending(before);
        }
        if self.parted(verb) {
            return self.before_aside(verb).or_else(|| self.clause_subject(verb));
        }
        if let Some(adjacent) = self.mention_at(before) {
            let head = self.whole(adjacent);
            // "Officials familiar with the plan said": the plan says nothing.
            return if self.is_governed(head) { self.clause_subject(verb) } else { Some(head) };
        }
        self.clause_subject(verb)
    }

    /// "Ada Orr resigned and said": the verbs share a subject.
    fn joined_subject(&self, at: usize) -> Option<usize> {
        self.clause_subject(at)
    }

    /// Returns the head of the phrase that a mention ends ("a spokesman for the ministry").
    fn whole(&self, id: usize) -> usize {
        let mut id = id;
        for _ in 0..4 {
            let from = self.mention(id).from;
            let Some(first) = self.items.iter().position(|item| item.word() == Some(from)) else { return id };
            // "Minister of Trade Ada Orr": what stands before the name belongs to her office.
            let office = &self.scene.tokens[from..self.mention(id).tokens.start];
            if !office.is_empty()
                && !office.iter().any(|t| t.class.is(Class::TITLE | Class::ROLE | Class::PEOPLE))
                && !is_determiner(&office[0].low)
            {
                return id;
            }
            if first < 2
                || !matches!(self.low(first - 1), "of" | "for" | "from" | "at" | "with" | "in" | "to" | "on")
                || self.parted(first)
            {
                if first >= 2
                    && self.low(first - 1) == "and"
                    && !self.parted(first)
                    && let Some(other) = self.mention_at(first - 2)
                {
                    id = other;
                    continue;
                }
                return id;
            }
            match self.mention_at(first - 2) {
                Some(head) if !self.parted(first - 1) => id = head,
                _ => return id,
            }
        }
        id
    }

    /// Tells whether a preposition stands right before a mention.
    fn is_governed(&self, id: usize) -> bool {
        let first = self.items.iter().position(|item| item.word() == Some(self.mention(id).from));
        first.is_some_and(|first| first > 0 && is_preposition(self.low(first - 1)) && !self.parted(first))
    }

    /// Returns the mention that ends right before an item.
    fn mention_ending(&self, at: usize) -> Option<usize> {
        self.mention_at(at.checked_sub(1)?).map(|id| self.whole(id))
    }

    /// "Ada Orr, the mayor of Vell, said": the subject stands before the aside, a person rather than a place in it.
    fn before_aside(&self, verb: usize) -> Option<usize> {
        let mut nearest = None;
        let mut end = verb;
        for _ in 0..4 {
            let Some(start) = (1..end).rev().find(|&i| self.parted(i)) else { break };
            // "The mayor, Ada Orr, said": the name is the better answer.
            let aside = self.mention_at(start).filter(|&id| self.fills(id, end) && self.scene.is_person(id));
            if let Some(subject) = self.mention_at(start - 1) {
                match aside {
                    Some(name) if !self.scene.is_person(subject) => return Some(name),
                    _ if self.scene.is_person(subject) => return Some(self.whole(subject)),
                    _ => nearest = nearest.or(Some(subject)),
                }
            } else if aside.is_some() {
                return aside;
            }
            end = start;
        }
        nearest.map(|id| self.whole(id))
    }

    /// Tells whether a mention reaches up to an item.
    fn fills(&self, id: usize, end: usize) -> bool {
        self.items[end - 1].word().is_some_and(|last| self.mention(id).tokens.end == last + 1)
    }

    /// Returns the subject of the main verb that a participle hangs on ("Ada Orr left, saying").
    fn main_subject(&self, at: usize) -> Option<usize> {
        // "after saying", "for calling": still the subject of the clause around it.
        self.acts
            .last()
            .filter(|act| act.cue.is_some() && act.at < at)
            .map(|act| act.speaker)
            .or_else(|| self.clause_subject(at))
    }

    /// Returns the first mention in the clause before an item that no preposition governs.
    fn clause_subject(&self, before: usize) -> Option<usize> {
        let mut end = before;
        while end > 0 {
            let start = (0..end).rev().find(|&i| is_clause_start(self.low(i)) && i + 1 != end).map_or(0, |i| i + 1);
            if let Some(subject) = self.first_free(start, end) {
                return Some(subject);
            }
            if start == 0 {
                return None;
            }
            end = start - 1;
        }
        None
    }

    fn first_free(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        while at < end {
            if let Some(id) = self.mention_at(at) {
                let from = self.mention(id).from;
                let first = self.items[..=at].iter().position(|item| item.word() == Some(from)).unwrap_or(at);
                if first == 0 || !is_preposition(self.low(first - 1)) || self.parted(first) {
                    return Some(id);
                }
                at += self.mention(id).tokens.len().max(1);
            } else {
                at += 1;
            }
        }
        None
    }

    /// Returns the mention that begins at an item, article and titles allowed before it.
    pub fn mention_from(&self, at: usize) -> Option<usize> {
        let first = self.items.get(at)?.word()?;
        for skip in 0..8 {
            if skip > 0
                && !matches!(
                    self.items.get(at + skip).and_then(|i| i.word()).map(|t| self.scene.gap(t)),
                    Some(" " | ". ")
                )
            {
                return None;
            }
            let Some(id) = self.mention_at(at + skip) else { continue };
            let mention = self.mention(id);
            if mention.from > first.max(mention.tokens.start)
                || mention.from < first && mention.tokens.start > first + skip
            {
                return None;
            }
            if mention.from > first {
                return None;
            }
            return Some(self.named_after(at + skip, id));
        }
        None
    }

    /// "says veteran party planner Ada Orr": plain words before the name tell who she is.
    fn described_from(&self, at: usize) -> Option<usize> {
        for i in at..self.items.len().min(at + 8) {
            let token = self.items[i].word()?;
            if i > at && self.scene.gap(token) != " " {
                return None;
            }
            if let Some(id) = self.mention_at(i).filter(|&id| self.scene.is_person(id)) {
                return Some(id);
            }
            let low = self.low(i);
            if low != "of" && low != "for" && is_preposition(low)
                || cue(low).is_some()
                || matches!(low, "that" | "it" | "he" | "she" | "they")
            {
                return None;
            }
        }
        None
    }

    /// "said the mayor of Vell, Ada Orr": the name after a role is the better answer.
    fn named_after(&self, at: usize, id: usize) -> usize {
        if self.mention(id).who != Who::Role {
            return id;
        }
        let comma = (at + 1..self.items.len().min(at + 9)).find(|&i| self.parted(i));
        let name = comma.and_then(|i| self.mention_at(i).map(|name| (i, name)));
        match name.filter(|&(i, name)| self.scene.is_person(name) && (at + 1..i).all(|k| cue(self.low(k)).is_none())) {
            Some((_, name)) if self.ends_after(name) => name,
            _ => id,
        }
    }

    /// Tells whether a mention takes a verb without "s".
    fn is_many(&self, id: usize) -> bool {
        let head = &self.scene.tokens[self.mention(id).tokens.end - 1];
        head.class.is(Class::ROLE_PLURAL)
            || matches!(&*head.low, "they" | "police")
            || head.low.ends_with('s') && !self.scene.is_person(id)
    }

    /// "was quoted as saying".
    fn quoted_as(&self, at: usize) -> Option<usize> {
        (self.low(at) == "quoted" && self.items.get(at + 1).is_some() && self.low(at + 1) == "as")
            .then(|| self.clause_subject(at))?
    }

    /// "was described by Ada Orr as".
    fn by_agent(&self, at: usize) -> Option<usize> {
        let by = (at + 1..self.items.len().min(at + 6)).find(|&i| self.low(i) == "by")?;
        self.mention_from(by + 1)
    }
}
