//! The whole numbers that a sentence states as such: "the toll rose to five".

use variorum_syntax::{Label, Tag};

use super::count::{counts_people, people};
use super::grammar::Tree;
use super::said::Said;
use super::vocabulary::{Role, Toll, triggers};

/// How far after "toll" its number may stand, in words.
const REACH: usize = 12;
/// "From 41 to 39" says itself that it is a change, however far it stands.
const FAR: usize = 18;

/// Returns the whole numbers that a sentence states as such: "the toll rose to five", "the number of injured is 41".
pub(crate) fn stated(tree: &Tree) -> Vec<Said> {
    (0..tree.words.len()).filter_map(|at| stated_at(tree, at)).collect()
}

fn stated_at(tree: &Tree, at: usize) -> Option<Said> {
    let toll = match tree.word(at) {
        "toll" => Toll::Killed,
        "number" | "total" | "tally" | "count" => counted(tree, at)?,
        _ => return None,
    };
    if let Some(number) = in_tree(tree, at) {
        return said(tree, at, number, toll);
    }
    let links = ["to", "at", "of", "as", "is", "was", "reached", "hit", "passed", "stands", "exceeded", "topped"];
    let mut number = None;
    let from = (at + 1..(at + FAR).min(tree.words.len())).any(|t| tree.word(t) == "from");
    let reach = if from { FAR } else { REACH };
    for t in at + 1..(at + 1 + reach).min(tree.words.len()) {
        if matches!(tree.word(t), ";" | "." | ":") {
            break;
        }
        // "From four to seven": the second is the number now.
        let link = (at + 1..t).rev().find(|l| !is_hedge(tree.word(*l)) && tree.word(*l) != "a");
        // "The toll of five"; any other "of" belongs to something in between.
        let linked = link.is_some_and(|l| links.contains(&tree.word(l)) && (tree.word(l) != "of" || l == at + 1));
        if (tree.token(t).tag == Tag::Cd || tree.word(t) == "dozen") && linked && tree.word(t) != "one" {
            number = Some(t);
        }
    }
    said(tree, at, number?, toll)
}

/// The number that the tree gives: "the number of people who … has climbed to seven", "lowered the toll to four".
fn in_tree(tree: &Tree, at: usize) -> Option<usize> {
    let token = tree.token(at);
    if !matches!(token.label, Label::Nsubj | Label::Nsubjpass | Label::Dobj) || !tree.is_verb(token.head) {
        return None;
    }
    let found = tree.after(token.head, &["to", "at"]).or_else(|| tree.child(token.head, Label::Attr));
    found.filter(|f| *f > at && (tree.token(*f).tag == Tag::Cd || tree.child(*f, Label::Nummod).is_some()))
}

fn said(tree: &Tree, at: usize, number: usize, toll: Toll) -> Option<Said> {
    let head = tree.token(number).head;
    let who = if tree.token(number).label == Label::Nummod { head } else { number };
    // "A total of eleven shots".
    if is_rate(tree, who) || !counts_people(tree, who, false) {
        return None;
    }
    let mut count = people(tree, who).filter(|c| c.numeral).or_else(|| people(tree, number))?;
    // What the number counts may stand with it ("a toll of five people killed"), or not.
    count.part = false;
    count.more = false;
    Some(Said { count: Some(count), whole: true, ..Said::of(toll, who, at) })
}

/// "To 5 per cent", "to 7 p.m.".
fn is_rate(tree: &Tree, who: usize) -> bool {
    let next = tree.words.get(who + 1).map(String::as_str);
    matches!(tree.word(who), "%" | "percent" | "cent")
        || matches!(next, Some("%" | "percent" | "per" | "p.m." | "a.m." | "pm" | "am"))
}

fn is_hedge(word: &str) -> bool {
    matches!(word, "at" | "least" | "more" | "than" | "about" | "around" | "some" | "nearly" | "almost" | "over")
}

/// What a "number of …" counts.
fn counted(tree: &Tree, at: usize) -> Option<Toll> {
    // "The number still counted as injured".
    let of = (at + 1..tree.words.len().min(at + 5)).find(|t| matches!(tree.word(*t), "of" | "as"))?;
    let told = (of + 1..(of + 6).min(tree.words.len())).find_map(|t| {
        triggers(tree.word(t))
            .iter()
            .find(|(_, role)| *role != Role::Part && *role != Role::Life)
            .map(|(toll, _)| *toll)
    });
    told.or_else(|| match tree.words.get(of + 1)?.as_str() {
        "victims" => Some(Toll::Killed),
        "casualties" | "patients" => Some(Toll::Injured),
        _ if tree.words[of + 1..(of + 4).min(tree.words.len())].iter().any(|w| w == "treated") => Some(Toll::Injured),
        _ => None,
    })
}
