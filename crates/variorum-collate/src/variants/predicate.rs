//! What a figure or a date belongs to: who does what, read from the tree of its sentence.
//!
//! Two reports contradict each other only where they say the same of the same thing. Words in common do not tell that: "20
//! points" of one player are not "nine points" of another, and a sentence in which two things happen has a day for each.

use std::collections::BTreeSet;
use std::ops::Range;

use variorum_lexicon::{Relation, relation};
use variorum_syntax::{Depth, Label, Tag, parse_to};
use variorum_text::{fold, is_stop_word};

use crate::lexicon::lexicon;
use crate::tolls::Tree;

/// What some words of a sentence belong to.
#[derive(Debug, Clone)]
pub(super) struct Predicate {
    /// The verb, folded.
    verb: String,
    /// Whether it is denied.
    pub denied: bool,
    /// Who does it, or to whom it is done.
    subject: Party,
    /// What it is done to.
    object: Party,
    /// The part of the sentence that the words are: subject, object, or after which preposition.
    role: String,
}

/// A noun phrase: its head and its capitalised words, folded.
#[derive(Debug, Clone, Default)]
struct Party {
    head: Option<String>,
    names: BTreeSet<String>,
    pronoun: bool,
}

/// Longer sentences are not parsed for this.
const LONGEST: usize = 600;

/// Returns what some bytes of a sentence belong to; none where the tree does not tell.
pub(super) fn predicate(sentence: &str, words: Range<usize>) -> Option<Predicate> {
    if sentence.len() > LONGEST {
        return None;
    }
    for parsed in parse_to(sentence, Depth::Trees) {
        let tree = Tree::new(sentence, &parsed);
        let inside = |at: &usize| {
            let token = tree.token(*at);
            token.start >= words.start && token.end <= words.end
        };
        // The head of the words: the one whose own head lies outside them.
        let head = (0..tree.words.len())
            .filter(inside)
            .find(|at| !inside(&tree.token(*at).head) || tree.token(*at).head == *at);
        if let Some(head) = head {
            return at(&tree, head);
        }
    }
    None
}

fn at(tree: &Tree, head: usize) -> Option<Predicate> {
    let verb = tree.verb_of(head);
    if !tree.is_verb(verb) {
        return None;
    }
    let subject = tree.subject(verb);
    let object = tree.object(verb).or_else(|| tree.child(verb, Label::Attr));
    Some(Predicate {
        verb: fold(tree.word(verb)),
        denied: tree.child(verb, Label::Neg).is_some(),
        subject: subject.map(|s| party(tree, s)).unwrap_or_default(),
        object: object.map(|o| party(tree, o)).unwrap_or_default(),
        role: role(tree, head, verb),
    })
}

fn party(tree: &Tree, head: usize) -> Party {
    let range = tree.sentence.subtree(head);
    // A clause that hangs on the noun is about something else.
    let to = (head + 1..range.end).find(|t| matches!(tree.token(*t).label, Label::Relcl | Label::Acl | Label::Punct));
    let names = (range.start..to.unwrap_or(range.end))
        .filter(|t| matches!(tree.token(*t).tag, Tag::Nnp | Tag::Nnps))
        .map(|t| fold(tree.word(t)))
        .collect();
    let pronoun = matches!(tree.token(head).tag, Tag::Prp | Tag::Wp | Tag::Wdt | Tag::Dt | Tag::Ex);
    Party { head: Some(fold(tree.word(head))), names, pronoun }
}

/// The way from the verb down to the words.
fn role(tree: &Tree, head: usize, verb: usize) -> String {
    let mut at = head;
    let mut role = String::new();
    for _ in 0..8 {
        if at == verb {
            break;
        }
        let token = tree.token(at);
        role = if token.label == Label::Prep { tree.word(at).to_owned() } else { token.label.name().to_owned() };
        at = token.head;
    }
    // What was "hurt" as an object and what "was hurt" are one.
    if matches!(role.as_str(), "nsubjpass") { "dobj".to_owned() } else { role }
}

impl Predicate {
    /// Tells whether both say the same kind of thing of the same party.
    pub fn is_of(&self, other: &Predicate) -> bool {
        self.denied == other.denied && self.same_act(other) && self.same_parties(other)
    }

    /// Tells whether the words are the same part of both sentences.
    pub fn has_role_of(&self, other: &Predicate) -> bool {
        self.role == other.role
    }

    /// Tells whether both verbs are one act; "to be" and "to have" are none.
    pub fn same_act(&self, other: &Predicate) -> bool {
        let light = |verb: &str| is_stop_word(verb) || lexicon().is_light(&lexicon().key(verb));
        !light(&self.verb) && !light(&other.verb) && alike(&self.verb, &other.verb)
    }

    /// Tells whether whoever is named in both is the same, and something is.
    pub fn same_parties(&self, other: &Predicate) -> bool {
        let subject = self.subject.relates(&other.subject);
        let object = self.object.relates(&other.object);
        // In the passive the object stands first.
        let crossed =
            self.subject.relates(&other.object) == Some(true) || self.object.relates(&other.subject) == Some(true);
        match (subject, object) {
            (Some(false), _) | (_, Some(false)) => crossed && subject != Some(true) && object != Some(true),
            (None, None) => crossed,
            _ => true,
        }
    }
}

impl Party {
    /// Whether two noun phrases mean the same; none where one of them does not tell.
    fn relates(&self, other: &Party) -> Option<bool> {
        let (a, b) = (self.head.as_ref()?, other.head.as_ref()?);
        if self.pronoun || other.pronoun {
            return None;
        }
        if !self.names.is_empty() && !other.names.is_empty() {
            return Some(!self.names.is_disjoint(&other.names));
        }
        Some(alike(a, b))
    }
}

fn alike(a: &str, b: &str) -> bool {
    lexicon().key(a) == lexicon().key(b)
        || matches!(relation(a, b), Relation::Same | Relation::Derived | Relation::Synonym)
}
