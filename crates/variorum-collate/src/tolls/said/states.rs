//! What people are, what is counted of them, and what they lose: adjectives and nouns.

use variorum_syntax::{Label, Tag};

use super::Said;
use super::deeds::{beside, whom};
use crate::tolls::count::{Count, ordinal, people};
use crate::tolls::grammar::Tree;
use crate::tolls::vocabulary::Toll;

/// "Is the fourth victim": of those who died, where the report tells of one who did.
pub(super) fn nth(tree: &Tree, at: usize) -> Option<Said> {
    let predicate = matches!(tree.token(at).label, Label::Attr | Label::Appos);
    let count = ranked(tree, at).filter(|_| predicate)?;
    Some(Said { count: Some(count), also: true, ..Said::of(Toll::Killed, at, at) })
}

/// "Everyone got out alive", "all of them escaped unhurt".
pub(super) fn all_well(tree: &Tree, at: usize) -> Option<Said> {
    let toll = match tree.word(at) {
        "alive" | "survived" => Toll::Killed,
        "unhurt" | "unharmed" | "uninjured" | "unscathed" => Toll::Injured,
        _ => return None,
    };
    let who = tree.subject(at).or_else(|| tree.subject(tree.verb_of(at)))?;
    let all = matches!(tree.word(who), "everyone" | "everybody" | "all")
        || tree.child(who, Label::Det).is_some_and(|d| tree.word(d) == "all");
    let tokens = (who.min(at), who.max(at) + 1);
    let none = Count { numeral: true, ..Count::of(0.0, tokens) };
    all.then_some(Said { count: Some(none), ..Said::of(toll, who, at) })
}

pub(super) fn state(tree: &Tree, at: usize) -> Option<usize> {
    if let Some(beside) = beside(tree, at) {
        return Some(beside);
    }
    let token = tree.token(at);
    if let Some(whom) = whom(tree, tree.token(at).head) {
        return Some(whom);
    }
    // "The dead", "the missing": some who were told of before.
    if tree.child(at, Label::Det).is_some() {
        return None;
    }
    if token.label == Label::Advmod && tree.is_verb(token.head) {
        return None;
    }
    tree.subject(at).filter(|s| *s != at)
}

/// "Left a third dead": the adjective for the noun.
pub(super) fn third_dead(tree: &Tree, at: usize, toll: Toll) -> Option<Said> {
    let token = tree.token(at);
    let left = token.label == Label::Dobj && matches!(tree.word(token.head), "left" | "leaving" | "leaves");
    let count = ranked(tree, at).filter(|_| left)?;
    Some(Said { count: Some(count), ..Said::of(toll, at, at) })
}

/// "Fell to her death", "was beaten to death".
pub(super) fn to_death(tree: &Tree, at: usize) -> Option<Said> {
    let token = tree.token(at);
    if tree.word(at) != "death" || token.label != Label::Pobj || tree.word(token.head) != "to" {
        return None;
    }
    let verb = tree.token(token.head).head;
    let named =
        matches!(tree.word(verb), "sentenced" | "put" | "related" | "linked" | "led" | "close" | "due" | "leading");
    if named || !tree.is_verb(verb) {
        return None;
    }
    let who = if tree.is_passive(verb) { tree.subject(verb) } else { tree.object(verb).or_else(|| tree.subject(verb)) };
    who.map(|who| Said::of(Toll::Killed, who, verb))
}

/// "Two deaths", "the death of a man, "no injuries", "a third fatality".
pub(super) fn case(tree: &Tree, at: usize, toll: Toll) -> Option<Said> {
    let noun = matches!(tree.token(at).tag, Tag::Nn | Tag::Nns | Tag::Vbg);
    if !noun || tree.token(at).label == Label::Compound {
        return None;
    }
    // "No reports of deaths".
    let token = tree.token(at);
    if token.label == Label::Pobj && tree.word(token.head) == "of" {
        let reports = tree.token(token.head).head;
        if let Some(no) = tree.child(reports, Label::Det).filter(|d| tree.word(*d) == "no") {
            let none = Count { numeral: true, ..Count::of(0.0, (no, at + 1)) };
            return Some(Said { count: Some(none), ..Said::of(toll, at, at) });
        }
    }
    let of = tree.after(at, &["of"]).filter(|of| toll == Toll::Killed && people(tree, *of).is_some());
    if let Some(of) = of {
        return Some(Said::of(toll, of, at));
    }
    let count = case_count(tree, at)?;
    Some(Said { count: Some(count), ..Said::of(toll, at, at) })
}

fn case_count(tree: &Tree, at: usize) -> Option<Count> {
    let count = people(tree, at);
    if let Some(count) = count.filter(|c| c.numeral) {
        return Some(count);
    }
    ranked(tree, at)
}

fn ranked(tree: &Tree, at: usize) -> Option<Count> {
    let place = tree.sentence.children(at).find(|c| *c < at && ordinal(tree.word(*c)).is_some())?;
    let rank = ordinal(tree.word(place));
    Some(Count { more: true, rank, ..Count::of(1.0, (place, at + 1)) })
}

/// "Two bodies", "the body of a man": where bodies are found, not a governing body.
pub(super) fn body(tree: &Tree, at: usize) -> Option<Said> {
    let who = body_of(tree, at)?;
    let alone = who == at && people(tree, at).is_none();
    let count = alone.then(|| Count::of(1.0, (at, at + 1)));
    Some(Said { count, ..Said::of(Toll::Killed, who, at) })
}

fn body_of(tree: &Tree, at: usize) -> Option<usize> {
    let noun = matches!(tree.token(at).tag, Tag::Nn | Tag::Nns);
    if !noun {
        return None;
    }
    if let Some(of) = tree.after(at, &["of"])
        && people(tree, of).is_some()
    {
        return Some(of);
    }
    let verb = tree.verb_of(at);
    let found = matches!(
        tree.word(verb),
        "brought"
            | "carried"
            | "found"
            | "find"
            | "recovered"
            | "recover"
            | "discovered"
            | "pulled"
            | "retrieved"
            | "removed"
            | "dragged"
    );
    let counted = people(tree, at).is_some_and(|c| c.numeral && c.value > 0.0) || tree.word(at) == "body";
    (found && counted).then_some(at)
}

/// "Claimed 61 lives", "took the lives of two men", "lost their lives", "took his own life", "at the cost of three lives".
pub(super) fn life(tree: &Tree, at: usize) -> Option<Said> {
    let token = tree.token(at);
    if token.label == Label::Pobj {
        let cost = token.head > 0 && tree.word(token.head) == "of" && tree.word(tree.token(token.head).head) == "cost";
        return cost.then(|| Said::of(Toll::Killed, at, at));
    }
    if token.label != Label::Dobj {
        return None;
    }
    let verb = token.head;
    match tree.word(verb) {
        "lost" | "lose" | "losing" | "loses" => tree.subject(verb).map(|who| Said::of(Toll::Killed, who, at)),
        "took" | "taking" | "taken" | "takes" | "ended" | "ending"
            if tree.sentence.children(at).any(|c| tree.word(c) == "own") =>
        {
            let who = tree.subject(verb)?;
            Some(Said { also: true, ..Said::of(Toll::Killed, who, at) })
        }
        "claimed" | "claim" | "claims" | "claiming" | "took" | "taking" | "taken" | "cost" | "costing" => {
            if let Some(count) = ranked(tree, at) {
                return Some(Said { count: Some(count), ..Said::of(Toll::Killed, at, at) });
            }
            Some(Said::of(Toll::Killed, tree.after(at, &["of"]).unwrap_or(at), at))
        }
        _ => None,
    }
}

/// "Is fighting for his life".
pub(super) fn fights(tree: &Tree, at: usize) -> bool {
    tree.token(at).label == Label::Pobj && matches!(tree.word(tree.verb_of(at)), "fighting" | "fights" | "fought")
}
