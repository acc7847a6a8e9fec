//! From the counts of a report to the number that the report gives.

use variorum_news::Hedge;
use variorum_syntax::{Label, Tag};

use super::Tally;
use super::claims::Claim;
use super::count::{Count, people};
use super::grammar::Tree;
use super::said::Said;
use super::vocabulary::{Role, Toll, triggers};

/// How far after "toll" its number may stand, in words.
const REACH: usize = 8;
/// So many sentences after the first number, a plain number may still be of the same event.
const NEAR: usize = 2;
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
        let linked =
            (at + 1..t).rev().find(|l| !is_hedge(tree.word(*l))).is_some_and(|l| links.contains(&tree.word(l)));
        if tree.token(t).tag == Tag::Cd && linked && tree.word(t) != "one" {
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
    if is_rate(tree, who) {
        return None;
    }
    let mut count = people(tree, who).filter(|c| c.numeral).or_else(|| people(tree, number))?;
    // What the number counts may stand with it ("a toll of five people killed"), or not.
    count.part = false;
    count.more = false;
    Some(Said { toll, who, at, weak: false, count: Some(count), whole: true, part: false, also: false })
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
    let of = (at + 1..tree.words.len().min(at + 3)).find(|t| tree.word(*t) == "of")?;
    let told = (of + 1..(of + 6).min(tree.words.len())).find_map(|t| {
        triggers(tree.word(t))
            .iter()
            .find(|(_, role)| *role != Role::Part && *role != Role::Life)
            .map(|(toll, _)| *toll)
    });
    told.or_else(|| match tree.words.get(of + 1)?.as_str() {
        "victims" => Some(Toll::Killed),
        "casualties" | "patients" => Some(Toll::Injured),
        _ => None,
    })
}

/// Returns the tally of a report for each toll that its claims give.
pub(crate) fn totals(claims: &[Claim]) -> Vec<Tally> {
    let mut tolls: Vec<Toll> = claims.iter().map(|c| c.raw.toll).collect();
    tolls.sort_unstable();
    tolls.dedup();
    tolls.into_iter().filter_map(|toll| total(toll, claims)).collect()
}

fn total(toll: Toll, all: &[Claim]) -> Option<Tally> {
    let of_toll: Vec<&Claim> = all.iter().filter(|c| c.raw.toll == toll).collect();
    let strong: Vec<&Claim> = of_toll.iter().copied().filter(|c| !c.raw.weak).collect();
    let counting = |claims: &[&Claim]| best(claims, all);
    let found = match counting(&strong) {
        Some(found) if found.value > 0.0 => Some(found),
        // "Nobody was hurt" and "a man was shot": the man was.
        none => counting(&weak(toll, &of_toll, all)).filter(|t| t.value > 0.0).or(none),
    };
    found.filter(|t| toll != Toll::Missing || t.value > 0.0)
}

/// Those who were shot or taken to hospital, unless the report says that they died.
fn weak<'c>(toll: Toll, claims: &[&'c Claim], all: &[Claim]) -> Vec<&'c Claim> {
    let dead_one = all.iter().any(|c| {
        c.raw.toll == Toll::Killed && c.raw.count.value == 1.0 && (c.raw.count.known || c.raw.count.rank.is_none())
    });
    let alone = claims.iter().all(|c| c.raw.count.value <= 1.0);
    if toll == Toll::Injured && dead_one && alone {
        return Vec::new();
    }
    claims.iter().copied().filter(|c| c.raw.weak && !c.raw.count.part).collect()
}

fn best(claims: &[&Claim], all: &[Claim]) -> Option<Tally> {
    let whole = claims.iter().rev().find(|c| c.raw.whole).map(|c| tally(c, c.raw.count.value));
    if whole.is_some() {
        return whole;
    }
    let mut best: Option<Tally> = None;
    let mut settled: Option<usize> = None;
    let told_of_dead = claims.iter().any(|c| !(c.raw.also && c.raw.count.rank.is_some()));
    for (n, claim) in claims.iter().enumerate() {
        let count = &claim.raw.count;
        // "The third victim" says that three died only where the report tells of a death.
        if count.part || count.vague && claim.raw.weak || count.rank.is_some() && claim.raw.also && !told_of_dead {
            continue;
        }
        let so_far = best.as_ref().map_or(0.0, |b| b.value);
        let value = match count.rank {
            Some(rank) if ranks_its_own(claim, all) => rank.max(count.value),
            _ if adds(claim, claims, n) && so_far > 0.0 && !told_before(claims, n) => so_far + count.value,
            // Far below the first number, a greater one is mostly of something else.
            _ if !count.known && settled.is_some_and(|at| claim.place.passage > at + NEAR) => continue,
            _ => count.value,
        };
        if count.numeral && settled.is_none() {
            settled = Some(claim.place.passage);
        }
        if best.as_ref().is_none_or(|b| value > b.value) {
            best = Some(tally(claim, value));
        }
    }
    best
}

/// "Another two" come on top of those before; "two others", and whoever "already" died, only where those before were told
/// of one by one: a number holds them.
fn adds(claim: &Claim, claims: &[&Claim], n: usize) -> bool {
    let numbered = claims[..n].iter().any(|c| c.raw.count.numeral && c.raw.count.value > 1.0);
    let rest = claim.raw.count.others || claim.raw.also && !claim.raw.oneself;
    (claim.raw.also || claim.raw.count.more) && !(numbered && rest)
}

/// "Two were hurt, and a third person died" ranks those who were hit, not the dead.
fn ranks_its_own(claim: &Claim, all: &[Claim]) -> bool {
    let rank = claim.raw.count.rank.unwrap_or(0.0);
    let of_others = all.iter().any(|c| {
        c.place == claim.place
            && c.raw.toll != claim.raw.toll
            && !c.raw.count.part
            && (c.raw.count.value - (rank - 1.0)).abs() < 0.1
    });
    claim.raw.toll == Toll::Killed && !of_others
}

/// "Two others" that an earlier sentence gave already.
fn told_before(claims: &[&Claim], n: usize) -> bool {
    claims[..n].iter().any(|c| c.raw.count.more && c.raw.count.value == claims[n].raw.count.value)
}

/// "Another two", where nobody was counted before.
fn is_rest(count: &Count, alone: bool) -> bool {
    alone && count.more && !count.others
}

fn tally(claim: &Claim, value: f64) -> Tally {
    let count: &Count = &claim.raw.count;
    let same = (value - count.value).abs() < 1e-9;
    let hedge: Option<Hedge> = if same { count.hedge } else { None };
    Tally {
        toll: claim.raw.toll,
        place: claim.place,
        bytes: claim.bytes.clone(),
        value,
        high: if same { count.high } else { None },
        hedge,
        vague: count.vague,
        // "Another two" of an unknown number, a list of some of the names: nothing that excludes another count.
        firm: !claim.raw.aside
            && !claim.raw.weak
            && (claim.raw.whole
                || count.rank.is_some() && claim.raw.toll == Toll::Killed
                || count.numeral && !is_rest(count, same)),
    }
}
