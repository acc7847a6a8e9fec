//! From a mention to a name: pronouns, roles, bodies.

use variorum_news::{Entity, NameKind, Party};

use crate::Reading;
use crate::names::lexicon::{Class, class};

use super::grammar::is_preposition;
use super::roles::Roles;
use super::scene::{Mention, Scene, Who};

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

/// How many sentences back a pronoun may reach.
const REACH: usize = 8;

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
            Who::Role => self.scene.tokens[self.scene.mentions[id].tokens.end - 1]
                .class
                .is(Class::ROLE_PERSON | Class::ROLE_MALE | Class::ROLE_FEMALE),
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
        if let Some(entity) = self
            .apposed(id)
            .or_else(|| self.ruler(mention))
            .or_else(|| self.writer(mention))
            .or_else(|| self.roles.holder(self.scene, mention))
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

    /// "the minister, Ada Orr,": the name set beside a role.
    fn apposed(&self, id: usize) -> Option<usize> {
        let end = self.scene.mentions[id].tokens.end;
        self.scene.tokens.get(end).filter(|t| t.gap.trim() == ",")?;
        let next = self.scene.mentions.get(id + 1).filter(|next| next.from == end)?;
        // "According to reports, Ada Orr left" sets no name beside the reports.
        let closed =
            self.scene.tokens.get(next.tokens.end).is_none_or(|t| t.gap.trim_start().starts_with([',', '.', ')']));
        if !closed || self.scene.tokens[end - 1].class.is(Class::ROLE_PLURAL) {
            return None;
        }
        match next.who {
            Who::Named(entity) if self.entities[entity].kind == NameKind::Person => Some(entity),
            _ => None,
        }
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

    /// Returns whom a pronoun means: the subject nearest before it that fits.
    fn antecedent(&self, at: usize) -> Option<Meant> {
        let low = &*self.scene.tokens[self.scene.mentions[at].tokens.start].low;
        let wanted = match low {
            "he" => Wanted::Person(Sex::Male),
            "she" => Wanted::Person(Sex::Female),
            "they" => Wanted::Many,
            _ => Wanted::Body,
        };
        let here = self.sentence_of[at];
        for sentence in (here.saturating_sub(REACH)..=here).rev() {
            let mentions = self.by_sentence[sentence].clone();
            let range = mentions.start..mentions.end.min(at);
            let subject = range.clone().filter(|&m| self.is_free(m)).find_map(|m| self.fits(m, wanted));
            if let Some(meant) = subject.or_else(|| range.rev().find_map(|m| self.fits(m, wanted))) {
                return Some(meant);
            }
            if wanted == Wanted::Body && here - sentence >= 2 {
                break;
            }
        }
        None
    }

    /// Tells whether no preposition governs a mention.
    pub fn is_free(&self, id: usize) -> bool {
        let mention = &self.scene.mentions[id];
        !self.scene.tokens[mention.tokens.end - 1].possessive
            && (mention.from == 0
                || !is_preposition(&self.scene.tokens[mention.from - 1].low)
                || self.scene.gap(mention.from) != " ")
    }

    fn fits(&self, id: usize, wanted: Wanted) -> Option<Meant> {
        let mention = &self.scene.mentions[id];
        match mention.who {
            Who::Pronoun => {
                let same = |low: &str| match wanted {
                    Wanted::Person(Sex::Male) => low == "he",
                    Wanted::Person(_) => low == "she",
                    Wanted::Many => low == "they",
                    Wanted::Body => low == "it",
                };
                self.pronouns[id].filter(|_| same(&self.scene.tokens[mention.tokens.start].low))
            }
            Who::Named(entity) => {
                let kind = self.entities[entity].kind;
                let fits = match wanted {
                    Wanted::Person(sex) => {
                        kind == NameKind::Person && (self.sexes[entity] == sex || self.sexes[entity] == Sex::Unknown)
                    }
                    Wanted::Many | Wanted::Body => matches!(kind, NameKind::Organisation),
                };
                fits.then_some(Meant::Entity(entity))
            }
            Who::Role => {
                let head = self.scene.tokens[mention.tokens.end - 1].class;
                let fits = match wanted {
                    Wanted::Person(Sex::Male) => {
                        head.is(Class::ROLE_PERSON | Class::ROLE_MALE) && !head.is(Class::ROLE_PLURAL)
                    }
                    Wanted::Person(_) => {
                        head.is(Class::ROLE_PERSON | Class::ROLE_FEMALE) && !head.is(Class::ROLE_PLURAL)
                    }
                    Wanted::Many => head.is(Class::ROLE_PLURAL),
                    Wanted::Body => head.is(Class::ROLE_BODY),
                };
                fits.then(|| self.apposed(id).map_or(Meant::Role(id), Meant::Entity))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Sex),
    Many,
    Body,
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

/// Reads from given names and titles what pronoun each bearer goes by.
fn sexes(scene: &Scene, entities: &[Entity]) -> Vec<Sex> {
    let mut sexes: Vec<Sex> = entities.iter().map(|entity| of_given_name(&entity.name)).collect();
    for mention in &scene.mentions {
        let Who::Named(entity) = mention.who else { continue };
        for token in &scene.tokens[mention.from..mention.tokens.start] {
            match &*token.low {
                "mr" | "sir" | "lord" | "king" | "prince" | "chairman" | "spokesman" | "congressman" => {
                    sexes[entity] = Sex::Male
                }
                "mrs" | "ms" | "miss" | "lady" | "dame" | "queen" | "princess" | "baroness" | "chairwoman"
                | "spokeswoman" | "congresswoman" => sexes[entity] = Sex::Female,
                _ => {}
            }
        }
    }
    sexes
}

fn of_given_name(name: &str) -> Sex {
    let given = class(name.split(' ').next().unwrap_or(""));
    match (given.is(Class::FEMALE), given.is(Class::MALE)) {
        (true, false) => Sex::Female,
        (false, true) => Sex::Male,
        _ => Sex::Unknown,
    }
}
