//! From a mention to a name: pronouns, roles, bodies.

mod pronouns;

use variorum_news::{Entity, NameKind, Party};
use variorum_syntax::{Label, Tag};

use crate::Reading;
use crate::names::lexicon::Class;

use super::grammar::{is_determiner, is_preposition};
use super::roles::Roles;
use super::scene::{Mention, Scene, Who};
use pronouns::sexes;

/// Gives mentions their names.
#[derive(Debug)]
pub(crate) struct Resolver<'s, 'a> {
    scene: &'s Scene<'a>,
    reading: &'s Reading<'a>,
    entities: &'s [Entity],
    sexes: Vec<Sex>,
    roles: Roles,
    /// For every mention the sentence it stands in.
    sentence_of: Vec<usize>,
    /// For every sentence its mentions.
    by_sentence: Vec<std::ops::Range<usize>>,
    /// For every pronoun mention whom it means.
    pronouns: Vec<Option<Meant>>,
}

/// Whom a pronoun means: a bearer, or the mention of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Entity(usize),
    Role(usize),
}

/// What pronoun a bearer goes by, as far as the report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sex {
    Female,
    Male,
    Unknown,
}

impl<'s, 'a> Resolver<'s, 'a> {
    /// Reads what the report tells of its bearers and resolves its pronouns.
    pub fn new(scene: &'s Scene<'a>, reading: &'s Reading<'a>, entities: &'s [Entity]) -> Self {
        let (sentence_of, by_sentence) = places(scene);
        let mut resolver = Resolver {
            sexes: sexes(scene, entities),
            roles: Roles::read(scene),
            scene,
            reading,
            entities,
            sentence_of,
            by_sentence,
            pronouns: vec![None; scene.mentions.len()],
        };
        for at in 0..scene.mentions.len() {
            if scene.mentions[at].who == Who::Pronoun {
                resolver.pronouns[at] = resolver.antecedent(at);
                resolver.learn(at);
            }
        }
        resolver
    }

    /// Returns who a mention is, with the words of the mention; none where nobody fits.
    pub fn party(&self, id: usize) -> Option<Party> {
        let mention = &self.scene.mentions[id];
        let name = match mention.who {
            Who::Named(entity) => self.entities[entity].name.clone(),
            Who::Role => self.role_name(id),
            Who::Pronoun => match self.pronouns[id]? {
                Meant::Entity(entity) => self.entities[entity].name.clone(),
                Meant::Role(role) => self.role_name(role),
            },
        };
        Some(Party { name, span: self.reading.spanner.span(self.bytes(mention)) })
    }

    /// Tells whether a mention is a person or a body with a name or role, not only a pronoun without one.
    pub fn is_person(&self, id: usize) -> bool {
        match self.scene.mentions[id].who {
            Who::Named(entity) => self.entities[entity].kind == NameKind::Person,
            Who::Role => {
                let head = self.scene.tokens[self.scene.mentions[id].tokens.end - 1].class;
                head.is(Class::ROLE_PERSON | Class::ROLE_MALE | Class::ROLE_FEMALE) || self.is_proper(id)
            }
            Who::Pronoun => self.pronouns[id].is_some(),
        }
    }

    /// Returns the mentions of a sentence.
    pub fn mentions_of(&self, sentence: usize) -> std::ops::Range<usize> {
        self.by_sentence[sentence].clone()
    }

    fn bytes(&self, mention: &Mention) -> std::ops::Range<usize> {
        self.scene.tokens[mention.tokens.start].start..self.scene.tokens[mention.tokens.end - 1].end
    }

    /// Returns the person that a role stands for, or its own words.
    fn role_name(&self, id: usize) -> String {
        let mention = &self.scene.mentions[id];
        match self.apposed(id) {
            Some(Meant::Entity(entity)) => return self.entities[entity].name.clone(),
            Some(Meant::Role(role)) => return self.reading.text[self.bytes(&self.scene.mentions[role])].to_owned(),
            None => {}
        }
        if let Some(entity) =
            self.ruler(mention).or_else(|| self.writer(mention)).or_else(|| self.roles.holder(self.scene, mention))
        {
            return self.entities[entity].name.clone();
        }
        self.reading.text[self.bytes(mention)].to_owned()
    }

    /// "Ada Orr’s statement" speaks for her.
    fn writer(&self, mention: &Mention) -> Option<usize> {
        let words = &self.scene.tokens[mention.tokens.clone()];
        let document = matches!(
            &*words.last()?.low,
            "statement"
                | "letter"
                | "tweet"
                | "post"
                | "message"
                | "memo"
                | "email"
                | "e-mail"
                | "note"
                | "memoir"
                | "book"
        );
        let owner = words.iter().position(|t| t.possessive).filter(|_| document)?;
        let named = self.scene.named_at(mention.tokens.start..mention.tokens.start + owner + 1)?;
        (self.entities[named].kind == NameKind::Person).then_some(named)
    }

    /// "the minister, Ada Orr,", "Ada Orr, the minister,": the name set beside a role.
    fn apposed(&self, id: usize) -> Option<Meant> {
        let end = self.scene.mentions[id].tokens.end;
        let comma = self.scene.tokens.get(end).is_some_and(|t| t.gap.trim() == ",");
        let next = self.scene.mentions.get(id + 1).filter(|next| comma && next.from == end);
        // "According to reports, Ada Orr left" sets no name beside the reports.
        let closed = |next: &Mention| {
            self.scene.tokens.get(next.tokens.end).is_none_or(|t| t.gap.trim_start().starts_with([',', '.', ')']))
        };
        let many = self.scene.tokens[end - 1].class.is(Class::ROLE_PLURAL);
        match next.filter(|next| !many && closed(next)) {
            Some(_) => self.bearer(id + 1).or_else(|| self.apposed_before(id)),
            None => self.apposed_before(id).or_else(|| self.apposed_within(id)),
        }
    }

    /// "A spokeswoman for the mayor, Ada Orr, said": a name further on in the same phrase.
    fn apposed_within(&self, id: usize) -> Option<Meant> {
        let grammar = self.scene.grammar?;
        let head = self.heads(id)?;
        let tokens = grammar.tokens();
        (head + 1..tokens[head].last.min(head + 16))
            .filter(|&at| tokens[at].label == Label::Appos)
            .find_map(|at| self.bearer(self.scene.mention_of(grammar, at)?))
    }

    /// "Ada Orr, her rival, said".
    fn apposed_before(&self, id: usize) -> Option<Meant> {
        let mention = &self.scene.mentions[id];
        let name = id.checked_sub(1).filter(|&name| self.scene.mentions[name].tokens.end == mention.from)?;
        let after = self.scene.tokens.get(mention.tokens.end).map_or("", |t| t.gap.trim_start());
        let aside = self.scene.gap(mention.from).trim() == "," && after.starts_with([',', ';', '.', ')']);
        let by_tree = || {
            let grammar = self.scene.grammar?;
            let head = grammar.tokens()[self.heads(id)?];
            (head.label == Label::Appos && self.scene.mention_of(grammar, head.head) == Some(name)).then_some(())
        };
        (aside || by_tree().is_some()).then(|| self.bearer(name)).flatten()
    }

    /// Returns the person whom a name means, known or only told by the parse.
    fn bearer(&self, id: usize) -> Option<Meant> {
        match self.scene.mentions[id].who {
            Who::Named(entity) => (self.entities[entity].kind == NameKind::Person).then_some(Meant::Entity(entity)),
            Who::Role => self.is_proper(id).then_some(Meant::Role(id)),
            Who::Pronoun => None,
        }
    }

    /// Tells whether a mention is a name that only the parse sees.
    fn is_proper(&self, id: usize) -> bool {
        let mention = &self.scene.mentions[id];
        let tag = || Some(self.scene.grammar?.tokens()[self.heads(id)?].tag);
        mention.who == Who::Role
            && !is_determiner(&self.scene.tokens[mention.tokens.start].low)
            && self.scene.tokens[mention.tokens.clone()].iter().all(|token| token.cap && !token.upper)
            && tag() == Some(Tag::Nnp)
    }

    /// "the regime of Ada Orr" speaks for her.
    fn ruler(&self, mention: &Mention) -> Option<usize> {
        let head = &self.scene.tokens[mention.tokens.end - 1];
        if !matches!(&*head.low, "regime" | "government" | "administration") {
            return None;
        }
        self.scene.tokens.get(mention.tokens.end).filter(|t| t.low == "of" && t.gap == " ")?;
        (mention.tokens.end + 1..self.scene.tokens.len().min(mention.tokens.end + 5)).find_map(|token| {
            match self.scene.mentions[self.scene.mention_at[token]?].who {
                Who::Named(entity) if self.entities[entity].kind == NameKind::Person => Some(entity),
                _ => None,
            }
        })
    }

    /// Tells whether a mention is the subject of a verb, as far as the parse tells.
    pub fn acts(&self, id: usize) -> bool {
        let Some(grammar) = self.scene.grammar else { return true };
        self.heads(id).is_some_and(|at| matches!(grammar.tokens()[at].label, Label::Nsubj | Label::Nsubjpass))
    }

    /// Returns the token that heads a mention, by the parse.
    fn heads(&self, id: usize) -> Option<usize> {
        let mention = &self.scene.mentions[id];
        let first = self.scene.parsed(mention.tokens.start)?;
        let last = self.scene.parsed(mention.tokens.end - 1)?;
        self.scene.grammar?.head(first..last + 1)
    }

    /// Tells whether no preposition governs a mention.
    pub fn is_free(&self, id: usize) -> bool {
        let mention = &self.scene.mentions[id];
        !self.scene.tokens[mention.tokens.end - 1].possessive
            && (mention.from == 0
                || !is_preposition(&self.scene.tokens[mention.from - 1].low)
                || self.scene.gap(mention.from) != " ")
    }
}

fn places(scene: &Scene) -> (Vec<usize>, Vec<std::ops::Range<usize>>) {
    let mut sentence_of = Vec::with_capacity(scene.mentions.len());
    let mut by_sentence = Vec::with_capacity(scene.sentences.len());
    let mut next = 0;
    for (at, sentence) in scene.sentences.iter().enumerate() {
        let from = next;
        let last = sentence.items.iter().rev().find_map(|item| item.word()).unwrap_or(0);
        while next < scene.mentions.len() && scene.mentions[next].tokens.start <= last {
            sentence_of.push(at);
            next += 1;
        }
        by_sentence.push(from..next);
    }
    (sentence_of, by_sentence)
}
