//! Which persons of a report are certainly two, so that they may be counted as two.

use variorum_syntax::{Label, Tag};

use super::grammar::Tree;
use super::vocabulary::kinds;

/// What the words say of one person.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Person {
    /// Sex, stage of life, part in the event: each facet with its value.
    kinds: Vec<(&'static str, &'static str)>,
    age: Option<u32>,
    /// The words of the name.
    name: Vec<String>,
    /// The noun in the singular, where it tells more than that it is somebody.
    noun: Option<String>,
    /// "His", "her": the sex of whom they belong to.
    of: Option<&'static str>,
    /// "Another man", "the second victim": nobody told of before.
    pub other: bool,
    /// A pronoun, which tells of somebody told of before.
    pub pronoun: bool,
    /// "A man": brought in as new.
    pub new: bool,
}

impl Person {
    /// Reads a noun phrase for one person.
    pub fn read(tree: &Tree, head: usize, first: usize) -> Self {
        let (mut age, mut at) = (None, first);
        while at < head && age.is_none() {
            age = (tree.words.get(at + 1).is_some_and(|w| w == "-")).then(|| tree.word(at).parse().ok()).flatten();
            at += 1;
        }
        // "Marcus Bell, 27".
        let after = || tree.words.get(head + 1).filter(|w| *w == ",").and(tree.words.get(head + 2));
        let age = age.or_else(|| after().and_then(|w| w.parse().ok())).filter(|age| *age < 110);
        let before = &tree.words[first..head];
        Person {
            kinds: facets(tree, head),
            noun: noun(tree, head),
            of: before.iter().find_map(|w| match w.as_str() {
                "his" => Some("m"),
                "her" => Some("f"),
                _ => None,
            }),
            age,
            name: name(tree, head),
            other: before.iter().any(|w| matches!(w.as_str(), "another" | "second" | "third" | "fourth" | "other")),
            pronoun: tree.token(head).tag == Tag::Prp,
            new: before.iter().any(|w| matches!(w.as_str(), "a" | "an" | "another" | "one")),
        }
    }

    /// Tells whether it is certain that two are not one.
    pub fn is_unlike(&self, other: &Person) -> bool {
        let kinds = self.kinds.iter().any(|(facet, value)| other.kinds.iter().any(|(f, v)| f == facet && v != value));
        let ages = self.age.is_some_and(|a| other.age.is_some_and(|b| a != b));
        let named = |p: &Person| !p.name.is_empty();
        let names = named(self) && named(other) && !self.name.iter().any(|word| other.name.contains(word));
        // A gunman is seldom told of by his family first.
        let kin = |p: &Person| p.kinds.iter().any(|(facet, _)| *facet == "kin") && !p.is_attacker();
        let apart = self.is_attacker() && kin(other) || other.is_attacker() && kin(self);
        kinds || ages || names || apart || self.other && !other.other
    }

    /// Tells whether somebody who is brought in after others were told of is none of them, as reports are written.
    pub fn is_new_beside(&self, told: &Person) -> bool {
        let value = |p: &Person| p.kinds.iter().find(|(facet, _)| *facet == "sex").map(|(_, sex)| *sex);
        // "His passenger", beside a dead man.
        let belongs = self.of.is_some_and(|of| value(told).is_none_or(|sex| sex == of));
        // "A friend", after the dead man's name.
        let brought = self.new && (!told.name.is_empty() || self.noun.is_some() && self.noun != told.noun);
        belongs || brought
    }

    /// Brought in as somebody of a calling or kin ("an officer").
    pub fn is_new_somebody(&self) -> bool {
        self.new && self.noun.is_some()
    }

    /// Whoever shot others.
    pub fn is_attacker(&self) -> bool {
        self.kinds.contains(&("part", "attacker"))
    }
}

fn facets(tree: &Tree, head: usize) -> Vec<(&'static str, &'static str)> {
    let own = kinds(tree.word(head)).iter();
    // "Officer Ben Lowe".
    let title = tree.sentence.children(head).filter(|c| tree.token(*c).label == Label::Compound);
    own.chain(title.flat_map(|c| kinds(tree.word(c)))).copied().filter(|(facet, _)| *facet != "generic").collect()
}

fn noun(tree: &Tree, head: usize) -> Option<String> {
    let word = tree.word(head);
    let plain = kinds(word).iter().any(|(facet, _)| *facet == "generic");
    (tree.token(head).tag == Tag::Nn && !plain).then(|| word.to_owned())
}

fn name(tree: &Tree, head: usize) -> Vec<String> {
    let named = |at: usize| tree.token(at).tag == Tag::Nnp;
    let of = if named(head) { Some(head) } else { tree.child(head, Label::Appos).filter(|a| named(*a)) };
    let Some(last) = of else { return Vec::new() };
    let parts = tree.sentence.children(last).filter(|c| tree.token(*c).label == Label::Compound && named(*c));
    parts.chain([last]).map(|at| tree.word(at).to_owned()).collect()
}
