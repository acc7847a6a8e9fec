//! Sources: their words, their names, and whether anyone could ask them.

use std::ops::Range;

use variorum_news::{Entity, Name, NameKind, Party};
use variorum_syntax::{Coarse, Label, Tag};

use super::lexicon::{Known, known, unnamed};
use super::tree::Tree;
use crate::Reading;
use crate::names::lexicon::{Class, class};
use crate::quotes::resolve::Resolver;
use crate::quotes::scene::{Scene, Who};

/// No phrase for a source has more words.
const LONGEST: usize = 40;

/// Tells whether a subject can be somebody's name or noun: not "nobody", "this", "I".
pub(super) fn speaks(tree: Tree, at: usize) -> bool {
    let low = tree.low(at);
    let refused = matches!(
        &*low,
        "i" | "you"
            | "we"
            | "one"
            | "this"
            | "that"
            | "these"
            | "those"
            | "what"
            | "which"
            | "nobody"
            | "none"
            | "nothing"
            | "neither"
            | "who"
            | "whoever"
            | "anyone"
            | "anybody"
            | "everyone"
            | "everybody"
            | "few"
    );
    let negated = tree.grammar.children(at).any(|c| {
        matches!(tree.label(c), Label::Det | Label::Amod | Label::Preconj | Label::Neg)
            && matches!(&*tree.low(c), "no" | "neither" | "few" | "any" | "hardly")
    });
    !refused
        && !negated
        && matches!(
            tree.token(at).coarse,
            Coarse::Noun
                | Coarse::ProperNoun
                | Coarse::Pronoun
                | Coarse::Determiner
                | Coarse::Adjective
                | Coarse::Number
                | Coarse::Other
        )
        || low == "some"
        || low == "many"
}

/// Tells whether a noun is one for persons, bodies, documents or a name, so that it may be cited.
pub(super) fn is_bearer(tree: Tree, at: usize) -> bool {
    let token = tree.token(at);
    let low = tree.low(at);
    token.coarse == Coarse::ProperNoun
        || class(&low).is(Class::ROLE)
        || known(&low).is(Known::WITNESS)
        || known(&low).is(Known::VAGUE)
        || matches!(token.tag, Tag::Prp)
}

/// Tells whether a subject can bear witness: "the move suggests" attributes nothing.
pub(super) fn witnesses(tree: Tree, at: usize) -> bool {
    is_bearer(tree, at) && tree.low(at) != "it"
}

/// Returns the tokens of the noun phrase of a source, what is set beside it between commas left out.
pub(super) fn phrase(tree: Tree, head: usize, cue: usize) -> Range<usize> {
    let subtree = tree.subtree(head);
    let mut first = subtree.start.max(head.saturating_sub(LONGEST));
    while first < head && matches!(tree.token(first).coarse, Coarse::Punctuation | Coarse::Space) {
        first += 1;
    }
    if cue < head && first <= cue {
        first = cue + 1;
    }
    let conjunct = tree.grammar.children(head).rfind(|&c| tree.label(c) == Label::Conj).unwrap_or(head);
    let mut last = head + 1;
    let end = subtree.end.min(head + LONGEST);
    while last < end && !ends(tree, head, conjunct, last, cue) {
        last += 1;
    }
    first..last
}

/// Tells whether the phrase of a source ends before a token.
fn ends(tree: Tree, head: usize, conjunct: usize, at: usize, cue: usize) -> bool {
    let is_break = || match tree.token(at).tag {
        Tag::Comma | Tag::OpenBracket | Tag::OpenQuote | Tag::CloseQuote | Tag::Sp => true,
        // The hyphen of "co-founder" is no dash.
        Tag::Colon => {
            tree.text[..tree.token(at).start].ends_with(' ') || tree.text[tree.token(at).end..].starts_with(' ')
        }
        _ => false,
    };
    at == cue || at > conjunct && is_break() || starts_clause_with(tree, head, at, cue)
}

/// A relative clause or participle that holds the cue is no part of its subject.
fn starts_clause_with(tree: Tree, head: usize, at: usize, cue: usize) -> bool {
    if cue < at {
        return false;
    }
    tree.grammar.children(head).any(|c| {
        matches!(tree.label(c), Label::Relcl | Label::Acl)
            && tree.token(c).first == at
            && tree.subtree(c).contains(&cue)
    })
}

/// Gives sources their names.
#[derive(Debug)]
pub(super) struct Sources<'s, 'a> {
    pub reading: &'s Reading<'a>,
    pub scene: &'s Scene<'a>,
    pub resolver: &'s Resolver<'s, 'a>,
    pub names: &'s [Name],
    pub entities: &'s [Entity],
}

/// A source as it is told.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub name: String,
    pub bytes: Range<usize>,
    /// Whether the name is somebody's own, not only a noun.
    pub named: bool,
    /// Whether nobody could ask it.
    pub vague: bool,
}

impl Sources<'_, '_> {
    /// Returns the source that a noun phrase tells.
    pub fn source(&self, tree: Tree, head: usize, cue: Range<usize>) -> Source {
        let phrase = phrase(tree, head, cue.start);
        let bytes = tree.bytes(phrase.clone());
        let words = &self.reading.text[bytes.clone()];
        let mut heads = vec![head];
        let mut last = head;
        while let Some(next) = tree.child(last, Label::Conj).filter(|n| phrase.contains(n) && heads.len() < 6) {
            heads.push(next);
            last = next;
        }
        let known: Vec<Option<String>> = heads.iter().map(|&at| self.name(tree, at)).collect();
        let named = known.iter().all(Option::is_some);
        let is_pronoun = heads.len() == 1 && tree.token(head).coarse == Coarse::Pronoun;
        let vague = !named && (is_vague(tree, phrase, head) || self.is_unnamed(tree, head, &cue));
        let name = match named {
            true => joined(known.into_iter().flatten().collect()),
            false if is_pronoun => variorum_text::fold(words),
            false => plain(words),
        };
        // "She" may stand for a noun ("the nurse"), which is no name.
        let named = named && (!is_pronoun || self.is_entity(&name));
        Source { named, name, bytes, vague }
    }

    fn is_entity(&self, name: &str) -> bool {
        self.entities.iter().any(|entity| entity.name == name)
    }

    /// Returns the name of whom a noun or pronoun stands for, where it is told.
    fn name(&self, tree: Tree, head: usize) -> Option<String> {
        let token = tree.token(head);
        if let Some(id) = self.mention(token.start) {
            let mention = &self.scene.mentions[id];
            let words = &self.scene.tokens[mention.tokens.clone()];
            let party = self.resolver.party(id);
            match mention.who {
                Who::Pronoun => return party.map(|p| p.name),
                Who::Named(_) => return party.map(|p| p.name),
                Who::Role => {
                    let own = &self.scene.text[words[0].start..words[words.len() - 1].end];
                    if let Some(party) = party.filter(|p| p.name != own) {
                        return Some(party.name);
                    }
                }
            }
        }
        self.named(token.start).or_else(|| {
            let beside = tree.child(head, Label::Appos)?;
            let name = self.names.get(self.name_at(tree.token(beside).start)?)?;
            (name.kind == NameKind::Person && tree.token(head).coarse != Coarse::Pronoun)
                .then(|| self.named(tree.token(beside).start))?
        })
    }

    fn mention(&self, byte: usize) -> Option<usize> {
        let at = self.scene.tokens.partition_point(|t| t.end <= byte);
        self.scene.tokens.get(at).filter(|t| t.start <= byte)?;
        self.scene.mention_at[at]
    }

    fn name_at(&self, byte: usize) -> Option<usize> {
        let at = self.names.partition_point(|n| self.reading.spanner.bytes(&n.span).end <= byte);
        (self.reading.spanner.bytes(&self.names.get(at)?.span).start <= byte).then_some(at)
    }

    fn named(&self, byte: usize) -> Option<String> {
        let name = &self.names[self.name_at(byte)?];
        let entity = name.entity[1..].parse::<usize>().ok()?.checked_sub(1)?;
        Some(self.entities.get(entity)?.name.clone())
    }

    /// "on condition of anonymity", "familiar with the talks": the name is kept back.
    fn is_unnamed(&self, tree: Tree, head: usize, cue: &Range<usize>) -> bool {
        let subtree = tree.subtree(head);
        let end = subtree.end.max(cue.start).min(head + LONGEST).max(head + 1);
        let range = subtree.start.max(head.saturating_sub(LONGEST))..end.min(tree.grammar.tokens().len());
        let words = variorum_text::fold(&self.reading.text[tree.bytes(range)]);
        unnamed().iter().any(|phrase| words.contains(phrase))
    }

    /// Returns a source as another layer tells it.
    pub fn of_party(&self, party: &Party) -> Source {
        let named = self.is_entity(&party.name);
        let vague = !named && party.name.split_whitespace().all(is_vague_word);
        Source { name: party.name.clone(), bytes: self.reading.spanner.bytes(&party.span), named, vague }
    }
}

fn plain(words: &str) -> String {
    let bare = words.strip_suffix("’s").or_else(|| words.strip_suffix("'s")).unwrap_or(words);
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn joined(names: Vec<String>) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// "some media reports": every word up to the first clause or preposition says nothing of who it is.
fn is_vague(tree: Tree, phrase: Range<usize>, head: usize) -> bool {
    known(&tree.low(head)).is(Known::VAGUE)
        && phrase.take_while(|&at| at <= head).all(|at| is_vague_word(&tree.low(at)) || is_vague_token(tree, at))
}

fn is_vague_token(tree: Tree, at: usize) -> bool {
    matches!(tree.token(at).tag, Tag::Cd) || matches!(&*tree.low(at), "a" | "an")
}

pub(super) fn is_vague_word(word: &str) -> bool {
    known(&variorum_text::fold(word)).is(Known::VAGUE)
}
