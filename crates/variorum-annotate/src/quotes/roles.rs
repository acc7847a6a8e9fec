//! Which person holds which office in a report ("Mayor Ada Orr", "Ada Orr, the mayor").

use crate::names::lexicon::Class;

use super::scene::{Mention, Scene, Who};

/// The offices that a report gives its persons: a head noun with the words before it, and the entity.
#[derive(Debug)]
pub(crate) struct Roles {
    offices: Vec<(String, Vec<String>, usize)>,
}

impl Roles {
    /// Reads titles before names and descriptions after them.
    pub fn read(scene: &Scene) -> Self {
        let mut offices = Vec::new();
        for mention in &scene.mentions {
            let Who::Named(entity) = mention.who else { continue };
            let before = mention.from..mention.tokens.start;
            if let Some(head) = before.clone().rev().find(|&t| scene.tokens[t].class.is(Class::ROLE | Class::TITLE)) {
                offices.push(office(scene, before.start, head, entity));
            }
            if let Some((start, head)) = described(scene, mention.tokens.end) {
                offices.push(office(scene, start, head, entity));
            }
        }
        offices.sort();
        offices.dedup();
        Roles { offices }
    }

    /// Returns the only person whose office fits a role; none where nobody or more than one does.
    pub fn holder(&self, scene: &Scene, role: &Mention) -> Option<usize> {
        let words = &scene.tokens[role.tokens.clone()];
        let (head, rest) = words.split_last()?;
        // "a minister" is some minister; "the minister" is the one that was named.
        if rest.first().is_some_and(|t| {
            matches!(&*t.low, "a" | "an" | "another" | "one" | "some" | "other" | "former" | "his" | "her" | "their")
        }) || rest.iter().any(|t| t.possessive)
        {
            return None;
        }
        let fits: Vec<usize> = self
            .offices
            .iter()
            .filter(|(noun, before, _)| {
                *noun == *head.low && rest.iter().all(|t| t.low == "the" || before.iter().any(|word| *word == *t.low))
            })
            .map(|&(_, _, entity)| entity)
            .collect();
        let first = *fits.first()?;
        fits.iter().all(|&entity| entity == first).then_some(first)
    }
}

fn office(scene: &Scene, start: usize, head: usize, entity: usize) -> (String, Vec<String>, usize) {
    let before = scene.tokens[start..head].iter().map(|t| t.low.clone().into_owned()).collect();
    (scene.tokens[head].low.clone().into_owned(), before, entity)
}

/// ", the mayor of Vell": the description right after a name.
fn described(scene: &Scene, end: usize) -> Option<(usize, usize)> {
    let first = scene.tokens.get(end).filter(|t| t.gap.trim() == ",")?;
    if !super::grammar::is_determiner(&first.low)
        && !first.class.is(Class::ROLE | Class::TITLE | Class::PEOPLE)
        && !first.possessive
    {
        return None;
    }
    let last = (end + 1..scene.tokens.len().min(end + 7)).take_while(|&t| scene.gap(t) == " ").last().unwrap_or(end);
    let head = (end..=last).find(|&t| {
        scene.tokens[t].class.is(Class::ROLE_PERSON | Class::ROLE_MALE | Class::ROLE_FEMALE)
            && !scene.tokens.get(t + 1).is_some_and(|n| n.gap == " " && n.class.is(Class::ROLE))
    })?;
    Some((end, head))
}
