//! The narrator's sentences: what stands outside the marks, with quoted words as single items.

use std::ops::Range;

use variorum_news::{Entity, Name, NameKind};

use crate::Reading;
use crate::grammar::Grammar;
use crate::names::lexicon::Class;
use crate::names::tokens::Token;

use super::clauses::phrases;
use super::grammar::{is_determiner, is_modifier, is_preposition, is_role};
use super::layout::sentences;
use super::marks::{Quoted, quoted};
use super::unmarked::unmarked;

/// A report laid out for asking who says what.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    /// The text.
    pub text: &'a str,
    /// Its grammar, where it has one.
    pub grammar: Option<&'a Grammar>,
    /// All words, those inside quotes too.
    pub tokens: Vec<Token<'a>>,
    /// The quoted words.
    pub quoted: Vec<Quoted>,
    /// The narrator's sentences in order.
    pub sentences: Vec<Sentence>,
    /// Everything outside the marks that may speak, in order.
    pub mentions: Vec<Mention>,
    /// What every entity is.
    pub kinds: Vec<NameKind>,
    /// For every token that begins a name: its entity, one past its last token, its kind.
    named: Vec<Option<(usize, usize, NameKind)>>,
    /// For every token the mention that it is part of.
    pub mention_at: Vec<Option<usize>>,
    /// For every token the token of the grammar that covers its first byte, where there is a grammar.
    parsed: Vec<Option<usize>>,
}

/// A sentence of the narrator.
#[derive(Debug)]
pub(crate) struct Sentence {
    /// Its words and quotes.
    pub items: Vec<Item>,
    /// Which paragraph it stands in.
    pub paragraph: usize,
}

/// A part of a narrator's sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// A word, by its place among the tokens.
    Word(usize),
    /// Quoted words, by their place among the quotes.
    Quote(usize),
}

/// Something that may speak.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// Its words, the article and titles before it left out for a name.
    pub tokens: Range<usize>,
    /// The first word that belongs to it, title or article.
    pub from: usize,
    /// What it is.
    pub who: Who,
}

/// What may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// A named bearer, by its place among the entities.
    Named(usize),
    /// "he", "she", "it", "they".
    Pronoun,
    /// "the minister".
    Role,
}

impl<'a> Scene<'a> {
    /// Lays out a report.
    pub fn new(reading: &Reading<'a>, names: &[Name], entities: &[Entity], tokens: Vec<Token<'a>>) -> Self {
        let mut quoted = quoted(reading.text);
        let unmarked = unmarked(reading, names, &quoted);
        quoted.extend(unmarked);
        quoted.sort_by_key(|quote| quote.open);
        let sentences = sentences(reading, &tokens, &quoted);
        let mut scene = Scene {
            text: reading.text,
            grammar: reading.grammar,
            mention_at: vec![None; tokens.len()],
            kinds: entities.iter().map(|entity| entity.kind).collect(),
            parsed: reading.grammar.map_or_else(Vec::new, |grammar| parsed(&tokens, grammar)),
            named: named_tokens(reading, &tokens, names, entities),
            tokens,
            quoted,
            sentences,
            mentions: Vec::new(),
        };
        scene.find_mentions();
        scene
    }

    /// Tells whether a mention names a person.
    pub fn is_person(&self, id: usize) -> bool {
        matches!(self.mentions[id].who, Who::Named(entity) if self.kinds[entity] == NameKind::Person)
    }

    /// Tells whether a mention is a phrase that no list knows for a speaker.
    pub fn is_thing(&self, id: usize) -> bool {
        let head = &self.tokens[self.mentions[id].tokens.end - 1];
        self.mentions[id].who == Who::Role && !head.cap && !head.class.is(Class::ROLE)
    }

    /// Returns the words between a word and the one before it.
    pub fn gap(&self, token: usize) -> &'a str {
        self.tokens[token].gap
    }

    /// Returns the bearer of the name that some tokens are.
    pub fn named_at(&self, tokens: Range<usize>) -> Option<usize> {
        self.named[tokens.start].filter(|&(_, end, _)| end == tokens.end).map(|(entity, ..)| entity)
    }

    /// Returns the mention that a token of the grammar is part of.
    pub fn mention_of(&self, grammar: &Grammar, token: usize) -> Option<usize> {
        self.mention_on(grammar.tokens()[token].start)
    }

    /// Returns the token of the grammar that a word begins with.
    pub fn parsed(&self, word: usize) -> Option<usize> {
        self.parsed.get(word).copied().flatten()
    }

    /// Returns the word that a token of the grammar is or begins in.
    pub fn word_of(&self, grammar: &Grammar, token: usize) -> Option<usize> {
        let start = grammar.tokens()[token].start;
        let at = self.tokens.partition_point(|token| token.end <= start);
        self.tokens.get(at).filter(|token| token.start <= start).map(|_| at)
    }

    /// Returns the mention that covers a byte.
    pub fn mention_on(&self, byte: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.end <= byte);
        self.tokens.get(at).filter(|token| token.start <= byte).and_then(|_| self.mention_at[at])
    }

    fn find_mentions(&mut self) {
        for at in 0..self.sentences.len() {
            let words: Vec<usize> = self.sentences[at].items.iter().filter_map(|item| item.word()).collect();
            let mut found = Vec::new();
            let mut next = 0;
            while next < words.len() {
                let Some(mention) = self.mention(&words, next) else {
                    next += 1;
                    continue;
                };
                while next < words.len() && words[next] < mention.tokens.end {
                    next += 1;
                }
                found.push(mention);
            }
            if let Some(grammar) = self.grammar {
                self.add_phrases(grammar, &words, &mut found);
            }
            for mention in found {
                let id = self.mentions.len();
                mention.tokens.clone().for_each(|token| self.mention_at[token] = Some(id));
                self.mentions.push(mention);
            }
        }
    }

    /// Adds the phrases that speak by the parse alone ("one tester said"), in order.
    fn add_phrases(&self, grammar: &Grammar, words: &[usize], found: &mut Vec<Mention>) {
        for (head, bytes) in phrases(self, grammar, words) {
            if found.iter().any(|mention| mention.tokens.contains(&head)) {
                continue;
            }
            let first = self.tokens.partition_point(|token| token.start < bytes.start);
            if first > head || !words.contains(&first) {
                continue;
            }
            // "Vell students said": the town says nothing.
            found.retain(|mention| mention.tokens.end <= first || mention.tokens.start > head);
            let words = first..head + 1;
            let who = match self.named_at(words.clone()) {
                Some(entity) => Who::Named(entity),
                None if is_owner(&self.tokens[head].low) => Who::Pronoun,
                None => Who::Role,
            };
            found.push(Mention { tokens: words, from: first, who });
            found.sort_by_key(|mention| mention.tokens.start);
        }
    }

    /// Returns the mention that begins with a word of a sentence, where one does.
    fn mention(&self, words: &[usize], next: usize) -> Option<Mention> {
        let named = &self.named;
        let at = words[next];
        let token = &self.tokens[at];
        if let Some((entity, end, kind)) = named[at] {
            let follows = self.tokens.get(end).filter(|t| t.gap == " " || self.tokens[end - 1].possessive);
            let role_after = follows.is_some_and(|t| !t.cap && is_role(t)) && named[end].is_none();
            if self.tokens[end - 1].possessive
                || role_after
                || follows.is_some_and(|t| t.low == "administration" || t.low == "campaign")
            {
                return self.owned_role(at, end);
            }
            let can_speak =
                matches!(kind, NameKind::Person | NameKind::Organisation | NameKind::Place) || kind == NameKind::Other;
            return can_speak.then(|| Mention { tokens: at..end, from: self.title_start(at), who: Who::Named(entity) });
        }
        if matches!(&*token.low, "he" | "she" | "it" | "they") && !token.possessive {
            return Some(Mention { tokens: at..at + 1, from: at, who: Who::Pronoun });
        }
        if !is_role(token) || token.possessive {
            return None;
        }
        // "He shook his head."
        if token.low == "head" && at > 0 && is_owner(&self.tokens[at - 1].low) {
            return None;
        }
        // A title or trade right before a name belongs to the name.
        let mut after = at + 1;
        while after < self.tokens.len()
            && self.gap(after).trim_matches(['.']) == " "
            && (self.tokens[after].class.is(Class::TITLE) || is_role(&self.tokens[after]))
        {
            if named[after].is_some() {
                break;
            }
            after += 1;
        }
        if named.get(after).is_some_and(Option::is_some) && matches!(self.gap(after), " " | ". " | " . ") {
            return None;
        }
        if self.holds_office(at) {
            return None;
        }
        // In "police officers" the second word heads the phrase.
        if self.tokens.get(at + 1).is_some_and(|t| t.gap == " " && is_role(t) && !t.possessive) {
            return None;
        }
        let from = self.phrase_start(at);
        // Nouns of both kinds ("house", "report") speak only with an article or owner, or in the plural.
        let bare =
            from == at && !token.class.is(Class::ROLE_PLURAL) && !token.first && !matches!(&*token.low, "police");
        (!bare || token.class.is(Class::ROLE_MALE | Class::ROLE_FEMALE)).then_some(Mention {
            tokens: from..at + 1,
            from,
            who: Who::Role,
        })
    }

    /// Tells whether an office goes on with "of", its field and its holder ("Minister of Trade Ada Orr").
    fn holds_office(&self, at: usize) -> bool {
        let of = self.tokens.get(at + 1).is_some_and(|t| t.low == "of" && t.gap == " ");
        let last = self.tokens.len().min(at + 7);
        of && (at + 2..last)
            .take_while(|&t| self.gap(t) == " " && self.tokens[t].cap)
            .skip(1)
            .any(|t| self.named[t].is_some_and(|(_, _, kind)| kind == NameKind::Person))
    }

    /// "Orr’s lawyer", "the Orr administration": the owner is no speaker, its noun is.
    fn owned_role(&self, owner: usize, end: usize) -> Option<Mention> {
        let mut head = None;
        for at in end..self.tokens.len().min(end + 4) {
            let token = &self.tokens[at];
            if !(token.gap == " " || (at == end && matches!(token.gap, "'s " | "’s "))) {
                break;
            }
            if token.cap && !is_role(token) {
                break;
            }
            if is_role(token) {
                head = Some(at);
            } else if head.is_some() {
                break;
            }
        }
        let head = head?;
        // "Orr's lawyer, Bo Lind" and "Orr's lawyer Bo Lind" name him; the name stands for itself.
        if self.tokens.get(head + 1).is_some_and(|t| t.gap == " " && t.cap) {
            return None;
        }
        Some(Mention { tokens: owner..head + 1, from: self.title_start(owner), who: Who::Role })
    }

    /// Returns the first word of the noun phrase that ends here: article, adjectives, nouns.
    fn phrase_start(&self, head: usize) -> usize {
        let mut at = head;
        while at > 0 && head - at < 5 && self.tokens[at].gap == " " {
            let before = &self.tokens[at - 1];
            if is_determiner(&before.low) || before.possessive {
                return at - 1;
            }
            if before.cap && !before.first || before.class.is(Class::PEOPLE | Class::TITLE) || is_modifier(&before.low)
            {
                at -= 1;
            } else {
                break;
            }
        }
        // Plain nouns may stand between article and head ("the team captain").
        for back in 1..=3usize.min(at) {
            if self.tokens[at - back + 1].gap != " "
                || super::cues::cue(&self.tokens[at - back].low).is_some()
                || is_preposition(&self.tokens[at - back].low)
            {
                break;
            }
            if is_determiner(&self.tokens[at - back].low) {
                return at - back;
            }
        }
        at
    }

    /// Returns the first word of the titles and articles before a name.
    fn title_start(&self, name: usize) -> usize {
        let mut at = name;
        while at > 0 && name - at < 8 {
            let before = &self.tokens[at - 1];
            let short = before.class.is(Class::TITLE) || before.text.len() == 1;
            if self.tokens[at].gap != " " && !(short && self.tokens[at].gap.trim() == ".") {
                break;
            }
            let part = before.class.is(Class::TITLE | Class::PEOPLE | Class::ROLE)
                || before.cap && !before.first
                || is_modifier(&before.low);
            if is_determiner(&before.low) {
                return at - 1;
            }
            // "Minister of Trade Ada Orr": the field belongs to the office, and the office to her.
            let field = &self.tokens[at..name];
            if before.low == "of"
                && at >= 2
                && !field.is_empty()
                && self.tokens[at - 1].gap == " "
                && self.tokens[at - 2].class.is(Class::TITLE | Class::ROLE)
                && !field.iter().any(|t| t.class.is(Class::TITLE | Class::ROLE_PERSON))
            {
                at -= 2;
                continue;
            }
            if !part || before.possessive {
                break;
            }
            at -= 1;
        }
        at
    }
}

impl Item {
    /// Returns the token of a word.
    pub fn word(self) -> Option<usize> {
        match self {
            Item::Word(token) => Some(token),
            Item::Quote(_) => None,
        }
    }
}

/// Returns for every word the token of the grammar that covers its first byte.
fn parsed(tokens: &[Token], grammar: &Grammar) -> Vec<Option<usize>> {
    let parsed = grammar.tokens();
    let mut next = 0;
    let find = |token: &Token| {
        while next < parsed.len() && parsed[next].end <= token.start {
            next += 1;
        }
        parsed.get(next).filter(|p| p.start <= token.start).map(|_| next)
    };
    tokens.iter().map(find).collect()
}

/// Tells whether a word is a pronoun for an owner.
fn is_owner(low: &str) -> bool {
    matches!(low, "his" | "her" | "their" | "its")
}

/// Returns for every token that begins a name: its entity, one past its last token, its kind.
fn named_tokens(
    reading: &Reading,
    tokens: &[Token],
    names: &[Name],
    entities: &[Entity],
) -> Vec<Option<(usize, usize, NameKind)>> {
    let mut named = vec![None; tokens.len()];
    let mut at = 0;
    for name in names {
        let bytes = reading.spanner.bytes(&name.span);
        while at < tokens.len() && tokens[at].start < bytes.start {
            at += 1;
        }
        let mut end = at;
        while end < tokens.len() && tokens[end].start < bytes.end {
            end += 1;
        }
        // Entities are numbered in order from one.
        let entity = name.entity[1..].parse::<usize>().ok().map(|n| n - 1).filter(|&n| n < entities.len());
        if let (Some(entity), true) = (entity, at < end) {
            named[at] = Some((entity, end, name.kind));
        }
    }
    named
}
