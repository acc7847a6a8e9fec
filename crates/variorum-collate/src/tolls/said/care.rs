//! What shows that people were hurt: what they suffered, how they are, and who looks after them.

use variorum_syntax::{Label, Tag};

use super::Said;
use crate::tolls::count::people;
use crate::tolls::grammar::Tree;
use crate::tolls::vocabulary::{Toll, Use, is};

/// "Suffered minor burns", "received a cut", "escaped with grazes", "a man suffering from a wound": whoever did.
pub(super) fn harm(tree: &Tree, at: usize) -> Option<usize> {
    // "A broken leg".
    let broken = matches!(tree.word(at), "broken" | "fractured") && tree.token(at).label == Label::Amod;
    let at = if broken { tree.token(at).head } else { at };
    // "Broke her wrist"; an arm or a leg by itself is no harm.
    if is(Use::Limb, tree.word(at)) && !broken {
        let verb = tree.token(at).head;
        let breaks = matches!(tree.word(verb), "broke" | "breaking" | "fractured" | "injured" | "hurt");
        return tree.subject(verb).filter(|_| breaks && tree.token(at).label == Label::Dobj);
    }
    let token = tree.token(at);
    if token.label == Label::Pobj && matches!(tree.word(token.head), "with" | "from") {
        let holder = tree.token(token.head).head;
        let suffers = is(Use::Suffer, tree.word(holder)) && !tree.word(holder).starts_with("ha");
        return match tree.word(token.head) {
            // "Died from a wound" is told by the verb.
            "from" => tree.subject(holder).filter(|_| suffers || tree.word(holder).starts_with("recover")),
            _ if tree.is_verb(holder) => tree.subject(holder),
            _ => Some(holder),
        };
    }
    if token.label != Label::Dobj || tree.child(at, Label::Det).is_some_and(|d| tree.word(d) == "no") {
        return None;
    }
    is(Use::Suffer, tree.word(token.head)).then(|| tree.subject(token.head)).flatten()
}

/// "Two are in a critical condition": some of the injured; one person in it is one of the injured.
pub(super) fn worse(tree: &Tree, at: usize) -> Option<Said> {
    let on_support = tree.word(at) == "coma" || tree.word(at) == "support" && at > 0 && tree.word(at - 1) == "life";
    let near = &tree.words[at..(at + 3).min(tree.words.len())];
    let states = near.iter().any(|w| w == "condition" || w == "care" || w == "state");
    // "On condition of anonymity".
    let inside = tree.words[at.saturating_sub(3)..at].iter().any(|w| w == "in");
    if !(states && inside || on_support && tree.token(at).label == Label::Pobj) {
        return None;
    }
    let verb = tree.verb_of(at);
    // "Left four people in critical condition".
    let left = matches!(tree.word(verb), "left" | "leaving" | "leaves").then(|| tree.object(verb)).flatten();
    if let Some(left) = left {
        return Some(Said::living(left, at));
    }
    let who = tree.subject(verb)?;
    let one = people(tree, who).is_some_and(|c| c.value == 1.0 && !c.numeral && !c.part);
    Some(Said { part: !one, ..Said::living(who, at) })
}

/// "Was not seriously hurt": hurt, and lives.
pub(super) fn slightly(tree: &Tree, at: usize) -> Option<Said> {
    if !matches!(tree.word(at), "hurt" | "injured" | "wounded") || tree.child(at, Label::Neg).is_none() {
        return None;
    }
    let degree = |c: usize| matches!(tree.word(c), "seriously" | "badly" | "critically" | "gravely" | "severely");
    let who = tree.subject(at).filter(|_| tree.sentence.children(at).any(degree))?;
    Some(Said { read: true, ..Said::living(who, at) })
}

/// "Survived the crash" is hurt as far as this sentence tells; "did not survive" is dead.
pub(super) fn survived(tree: &Tree, at: usize) -> Option<Said> {
    if !matches!(tree.word(at), "survive" | "survived" | "survives") || !tree.is_verb(at) {
        return None;
    }
    // "Survived by two daughters".
    if tree.is_passive(at) {
        return None;
    }
    let who = tree.subject(at)?;
    if tree.child(at, Label::Neg).is_some() {
        return Some(Said { read: true, ..Said::of(Toll::Killed, who, at) });
    }
    Some(Said::living(who, at))
}

/// "Is expected to live", "is expected to make a full recovery": hurt, and lives.
pub(super) fn expected(tree: &Tree, at: usize) -> Option<Said> {
    let verb = tree.token(at).head;
    if matches!(tree.word(at), "expected" | "going") {
        let (next, whole) = (tree.child(at, Label::Xcomp)?, tree.words.len());
        let fine = (next + 1..(next + 3).min(whole)).any(|t| matches!(tree.word(t), "ok" | "okay" | "fine"));
        let lives = matches!(tree.word(next), "live" | "survive") || fine;
        return tree.subject(at).filter(|_| lives).map(|who| Said::living(who, at));
    }
    let recovers = tree.word(at) == "recover" && tree.object(at).is_none()
        || tree.word(at) == "recovery" && matches!(tree.word(verb), "make" | "makes" | "making");
    let verb = if tree.word(at) == "recover" { at } else { verb };
    recovers.then(|| tree.subject(verb)).flatten().map(|who| Said::living(who, at))
}

/// "Was taken to hospital", "are being treated", "medics took her to hospital", "sent two people to the hospital".
pub(super) fn hospital(tree: &Tree, at: usize) -> Option<usize> {
    let verb = if tree.is_verb(at) { at } else { tree.verb_of(at) };
    let word = tree.word(verb);
    // "Treated as suspects".
    if tree.sentence.children(verb).any(|c| tree.word(c) == "as" && c == verb + 1) {
        return None;
    }
    if matches!(word, "treated" | "treating" | "hospitalized" | "hospitalised")
        && !tree.is_passive(verb)
        && let Some(object) = tree.object(verb)
    {
        return Some(object);
    }
    let to_it = tree.token(at).label == Label::Pobj
        && tree.after(verb, &["to", "into"]).is_some_and(|h| h == at)
        && is(Use::Take, word);
    if to_it && !tree.is_passive(verb) && tree.token(verb).tag != Tag::Vbn {
        return tree.object(verb).filter(|_| !matches!(word, "brought"));
    }
    if word == "recovering" && tree.object(verb).is_none() {
        return tree.subject(verb);
    }
    let lies = matches!(word, "are" | "is" | "remain" | "remains" | "remained" | "was" | "were")
        && tree.after(verb, &["in", "at"]).is_some_and(|h| h == at);
    if lies {
        return tree.subject(verb);
    }
    let passive = tree.is_passive(verb) || tree.token(verb).tag == Tag::Vbn;
    let taken = is(Use::Take, word) || matches!(word, "admitted" | "treated" | "hospitalised" | "hospitalized");
    (passive && taken).then(|| tree.subject(verb)).flatten()
}

/// "Was released from the hospital", "has left hospital": hurt, and lives.
pub(super) fn released(tree: &Tree, at: usize) -> Option<Said> {
    let hospital = tree.word(at) == "hospital" && matches!(tree.token(at).label, Label::Pobj | Label::Dobj);
    let verb = tree.verb_of(at);
    let goes = match tree.word(verb) {
        "released" | "discharged" => tree.is_passive(verb) && tree.after(verb, &["from"]) == Some(at),
        "left" => tree.child(verb, Label::Dobj) == Some(at),
        _ => false,
    };
    tree.subject(verb).filter(|_| hospital && goes).map(|who| Said::living(who, at))
}
