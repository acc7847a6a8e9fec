//! Whom "he", "she", "it" and "they" mean.

use variorum_news::{Entity, NameKind};
use variorum_syntax::Label;

use crate::names::lexicon::{Class, class};

use super::{Meant, Resolver, Sex};
use crate::quotes::scene::{Scene, Who};

/// How many sentences back a pronoun may reach.
const REACH: usize = 8;

impl Resolver<'_, '_> {
    /// Keeps the pronoun that a bearer was meant by, so that the other pronoun does not mean the same one.
    pub(super) fn learn(&mut self, at: usize) {
        let sex = match self.wanted(at) {
            Wanted::Person(sex) => sex,
            _ => return,
        };
        if let Some(Meant::Entity(entity)) = self.pronouns[at]
            && self.sexes[entity] == Sex::Unknown
        {
            self.sexes[entity] = sex;
        }
    }

    /// Returns what a pronoun can mean.
    fn wanted(&self, at: usize) -> Wanted {
        match &*self.scene.tokens[self.scene.mentions[at].tokens.start].low {
            "he" | "his" => Wanted::Person(Sex::Male),
            "she" | "her" => Wanted::Person(Sex::Female),
            "they" | "their" => Wanted::Many,
            _ => Wanted::Body,
        }
    }

    /// Returns whom a pronoun means: the subject nearest before it that fits.
    pub(super) fn antecedent(&self, at: usize) -> Option<Meant> {
        let wanted = self.wanted(at);
        let here = self.sentence_of[at];
        for sentence in (here.saturating_sub(REACH)..=here).rev() {
            let mentions = self.by_sentence[sentence].clone();
            let range = mentions.start..mentions.end.min(at);
            let main = range.clone().filter(|&m| self.is_main(m)).find_map(|m| self.fits(m, wanted));
            let subject = || range.clone().filter(|&m| self.is_free(m)).find_map(|m| self.fits(m, wanted));
            if let Some(meant) =
                main.or_else(subject).or_else(|| range.clone().rev().find_map(|m| self.fits(m, wanted)))
            {
                return Some(meant);
            }
            if wanted == Wanted::Body && here - sentence >= 2 {
                break;
            }
        }
        None
    }

    /// Tells whether a mention is the subject of a main clause, by the parse.
    fn is_main(&self, id: usize) -> bool {
        let Some(grammar) = self.scene.grammar else { return false };
        self.heads(id).is_some_and(|at| {
            let token = grammar.tokens()[at];
            let verb = grammar.tokens()[token.head];
            matches!(token.label, Label::Nsubj | Label::Nsubjpass)
                && matches!(verb.label, Label::Root | Label::Conj | Label::Ccomp | Label::Parataxis)
        })
    }

    fn fits(&self, id: usize, wanted: Wanted) -> Option<Meant> {
        let mention = &self.scene.mentions[id];
        match mention.who {
            Who::Pronoun => {
                let same = |low: &str| match wanted {
                    Wanted::Person(Sex::Male) => matches!(low, "he" | "his"),
                    Wanted::Person(_) => matches!(low, "she" | "her"),
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
                let fits = fits || matches!(wanted, Wanted::Person(_)) && self.is_proper(id);
                fits.then(|| self.apposed(id).unwrap_or(Meant::Role(id)))
            }
        }
    }
}

/// What a pronoun looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Sex),
    Many,
    Body,
}

/// Reads from given names and titles what pronoun each bearer goes by.
pub(super) fn sexes(scene: &Scene, entities: &[Entity]) -> Vec<Sex> {
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
