//! What is done to people, and what befalls them: verbs.

use variorum_syntax::{Coarse, Label, Tag};

use super::Said;
use crate::tolls::grammar::Tree;
use crate::tolls::vocabulary::{Toll, kinds};

/// Whom a verb was done to.
pub(super) fn done_to(tree: &Tree, at: usize) -> Option<usize> {
    if let Some(beside) = beside(tree, at) {
        return Some(beside);
    }
    let token = tree.token(at);
    if tree.is_passive(at) {
        return tree.subject(at);
    }
    if let Some(object) = tree.object(at) {
        // "Killed himself": the one who did it.
        return if is_reflexive(tree, object) { tree.subject(at).or(Some(object)) } else { Some(object) };
    }
    // "Shot and killed his wife": one object for both.
    if tree.token(at).tag == Tag::Vbd
        && !tree.is_passive(at)
        && let Some(shared) = tree.child(at, Label::Conj).filter(|c| *c <= at + 2 && tree.token(*c).tag == Tag::Vbd)
        && let Some(object) = tree.object(shared)
    {
        return Some(object);
    }
    // "Had declared dead", "whom he shot": the pronoun is read as a subject.
    if let Some(whom) = whom(tree, at) {
        return Some(whom);
    }
    if !tree.is_verb(at) && token.coarse != Coarse::Adjective {
        return None;
    }
    match (token.tag, token.label) {
        // "Was shot and killed", "were found and arrested".
        (Tag::Vbn | Tag::Vbd, Label::Conj) => {
            if tree.is_passive(token.head) || tree.child(at, Label::Nsubj).is_some() {
                tree.subject(at)
            } else {
                tree.object(token.head).filter(|_| tree.word(token.head) != "said")
            }
        }
        (Tag::Vbn | Tag::Jj, _) => tree.subject(at),
        (Tag::Vbd, Label::Acl) => Some(token.head),
        // "Four killed in crash" and "A man killed after a fight" have the form of the active.
        (Tag::Vbd, Label::Root | Label::Ccomp | Label::Advcl) => {
            tree.subject(at).filter(|_| tree.child(at, Label::Dative).is_none())
        }
        _ => None,
    }
}

/// The noun that "whom" stands for, where it hangs on the verb.
pub(super) fn whom(tree: &Tree, at: usize) -> Option<usize> {
    let whom = tree.sentence.children(at).find(|c| tree.word(*c) == "whom")?;
    Some(tree.resolved(whom, at)).filter(|who| *who != whom)
}

/// Tells whether a verb is done to the one who does it.
pub(crate) fn oneself(tree: &Tree, at: usize) -> bool {
    tree.object(at).is_some_and(|o| is_reflexive(tree, o))
}

fn is_reflexive(tree: &Tree, at: usize) -> bool {
    matches!(tree.word(at), "himself" | "herself")
}

/// Who is told of right beside the word: "40 injured", "left two dead", "a dead man".
pub(super) fn beside(tree: &Tree, at: usize) -> Option<usize> {
    let token = tree.token(at);
    let described = token.label == Label::Amod && !tree.is_verb(token.head);
    own_number(tree, at).or_else(|| tree.left(at)).or_else(|| described.then_some(token.head))
}

/// "40 injured", "two dead": the word is counted itself.
fn own_number(tree: &Tree, at: usize) -> Option<usize> {
    let own = tree.sentence.children(at).find(|c| *c < at && tree.token(*c).label == Label::Nummod);
    // The parser may hang the number elsewhere, but never on a noun that stands between.
    let near = |b: &usize| tree.token(*b).tag == Tag::Cd && tree.token(*b).head != at + 1;
    let manner = at.checked_sub(1).filter(|b| tree.token(*b).tag == Tag::Rb && tree.word(*b).ends_with("ly"));
    own.or_else(|| manner.unwrap_or(at).checked_sub(1).filter(near))
}

pub(super) fn happens(tree: &Tree, at: usize) -> Option<usize> {
    tree.is_verb(at).then(|| tree.subject(at)).flatten()
}

/// "Shot": dead where other words say so, else hurt as far as this sentence tells.
pub(super) fn weapon(tree: &Tree, at: usize) -> Option<Said> {
    let who = done_to(tree, at)?;
    if !tree.is_verb(at) {
        return None;
    }
    let hurt = Said { weak: true, ..Said::of(Toll::Injured, who, at) };
    if oneself(tree, at) {
        // A child with a gun does not mean to die.
        let child = kinds(tree.word(who)).contains(&("stage", "child")) && !is_deadly(tree, at);
        return Some(if child || is_mishap(tree, at) {
            hurt
        } else {
            Said { also: true, ..Said::of(Toll::Killed, who, at) }
        });
    }
    // Whoever shoots others "before killing himself" shot them dead, as such reports are written.
    let dead = is_deadly(tree, at) || tree.object(at).is_some() && ends_himself(tree, at);
    Some(if dead { Said::of(Toll::Killed, who, at) } else { hurt })
}

/// "Fatally shot", "shot dead", "shot her husband to death".
fn is_deadly(tree: &Tree, at: usize) -> bool {
    let fatally = tree.sentence.children(at).any(|c| tree.word(c) == "fatally" && c.abs_diff(at) <= 2)
        || at > 0 && tree.word(at - 1) == "fatally";
    let numbered = (at + 1..(at + 4).min(tree.words.len())).any(|t| tree.token(t).tag == Tag::Cd);
    let ends = (at + 1..(at + 8).min(tree.words.len()))
        .take_while(|t| !tree.is_verb(*t) && !matches!(tree.word(*t), "," | ";" | "and"));
    let mut ends = ends.filter(|t| tree.word(*t) == "dead" || tree.word(*t) == "death" && tree.word(*t - 1) == "to");
    fatally && !numbered || ends.next().is_some()
}

/// "Accidentally shot himself in the leg": nobody who meant to die.
fn is_mishap(tree: &Tree, at: usize) -> bool {
    let by_accident = tree.sentence.children(at).any(|c| {
        matches!(tree.word(c), "accidentally" | "unintentionally" | "inadvertently" | "mistakenly" | "reportedly")
    });
    let limb = tree.after(at, &["in"]).is_some_and(|i| !matches!(tree.word(i), "head" | "chest" | "face" | "neck"));
    let fatally = tree.sentence.children(at).any(|c| tree.word(c) == "fatally");
    !fatally && (by_accident || limb && tree.child(tree.after(at, &["in"]).unwrap_or(at), Label::Det).is_some())
}

/// "… before killing himself", "… then himself".
fn ends_himself(tree: &Tree, at: usize) -> bool {
    (at + 2..tree.words.len()).any(|t| {
        matches!(tree.word(t), "himself" | "herself")
            && tree.token(t).head != at
            && matches!(tree.word(t - 1), "killing" | "shooting" | "killed" | "shot" | "then" | "before" | "on")
    })
}

/// "Turned the gun on himself".
pub(super) fn gun_on(tree: &Tree, at: usize) -> Option<Said> {
    if !matches!(tree.word(at), "himself" | "herself") || at == 0 || tree.word(at - 1) != "on" {
        return None;
    }
    let verb = tree.verb_of(at);
    let turned = matches!(tree.word(verb), "turned" | "turning" | "turns" | "turn");
    let who = tree.subject(verb).filter(|_| turned)?;
    Some(Said { also: true, ..Said::of(Toll::Killed, who, verb) })
}

/// "Four people were shot, two of them fatally": the number right before.
pub(super) fn fatally(tree: &Tree, at: usize) -> Option<usize> {
    let mut back = (at.saturating_sub(3)..at).rev();
    let number = back.find(|t| tree.token(*t).tag == Tag::Cd)?;
    (number + 1..at).all(|t| matches!(tree.word(t), "of" | "them" | "people" | "victims")).then_some(number)
}
