//! From the counts of a report to the number that the report gives.

use variorum_news::Hedge;

use super::Tally;
use super::claims::Claim;
use super::count::Count;
use super::hurt::hurt;
use super::vocabulary::Toll;

/// So many sentences after the first number, a plain number may still be of the same event.
const NEAR: usize = 2;

/// Returns the tally of a report for each toll that its claims give.
pub(crate) fn totals(claims: &[Claim]) -> Vec<Tally> {
    let mut tolls: Vec<Toll> = claims.iter().map(|c| c.raw.toll).collect();
    tolls.sort_unstable();
    tolls.dedup();
    let dead = total(Toll::Killed, claims);
    tolls
        .into_iter()
        .filter_map(|toll| match toll {
            Toll::Killed => dead.clone(),
            Toll::Injured => hurt(claims, dead.as_ref()),
            _ => total(toll, claims),
        })
        .collect()
}

fn total(toll: Toll, all: &[Claim]) -> Option<Tally> {
    let of_toll: Vec<&Claim> = all.iter().filter(|c| c.raw.toll == toll).collect();
    let strong: Vec<&Claim> = of_toll.iter().copied().filter(|c| !c.raw.weak).collect();
    let found = match best(&strong, all) {
        Some(found) if found.value > 0.0 => Some(found),
        none => best(&of_toll, all).filter(|t| t.value > 0.0).or(none),
    };
    found.filter(|t| toll != Toll::Missing || t.value > 0.0)
}

/// Returns the greatest number that claims of one toll give, with those who come on top.
pub(super) fn best(claims: &[&Claim], all: &[Claim]) -> Option<Tally> {
    let whole = claims.iter().rev().find(|c| c.raw.whole).map(|c| tally(c, c.raw.count.value));
    if whole.is_some() {
        return whole;
    }
    let numbers = numbered(claims, all);
    // A man and a girl, told of one after the other, are two.
    let persons = distinct(claims.iter().copied().filter(|c| !c.raw.aside));
    match (numbers, persons.last()) {
        (Some(number), Some(last)) if persons.len() as f64 > number.value && number.value > 0.0 => {
            Some(tally(last, persons.len() as f64))
        }
        (number, _) => number,
    }
}

/// Returns the claims of single persons who are certainly not one another.
pub(super) fn distinct<'c>(claims: impl Iterator<Item = &'c Claim>) -> Vec<&'c Claim> {
    let mut found: Vec<&Claim> = Vec::new();
    for claim in claims {
        let Some(person) = claim.raw.person.as_ref().filter(|_| !claim.raw.count.part) else { continue };
        let unlike = |other: &&Claim| other.raw.person.as_ref().is_some_and(|p| person.is_unlike(p));
        if found.is_empty() || !person.pronoun && found.iter().all(unlike) {
            found.push(claim);
        }
    }
    found
}

fn numbered(claims: &[&Claim], all: &[Claim]) -> Option<Tally> {
    let mut best: Option<Tally> = None;
    let mut settled: Option<usize> = None;
    // "Eighteen of them were hurt", of the children on board: some of those, and all of the hurt.
    let alone = claims.iter().all(|c| c.raw.count.part);
    let told_of_dead = claims.iter().any(|c| !(c.raw.also && c.raw.count.rank.is_some()));
    for (n, claim) in claims.iter().enumerate() {
        let count = &claim.raw.count;
        // "The third victim" says that three died only where the report tells of a death.
        if count.part && !alone
            || count.vague && claim.raw.weak
            || count.rank.is_some() && claim.raw.also && !told_of_dead
        {
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
    if claims[..n].iter().any(|c| c.raw.with_attacker) && (claim.raw.oneself || is_attacker(claim)) {
        return false;
    }
    // "Killed three people before officers shot the gunman dead."
    if is_attacker(claim) && (claim.raw.also || claims[..n].iter().any(|c| c.raw.done)) {
        return !claims[..n].iter().any(|c| c.raw.oneself || is_attacker(c));
    }
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

pub(super) fn is_attacker(claim: &Claim) -> bool {
    claim.raw.attacker || claim.raw.person.as_ref().is_some_and(|p| p.is_attacker())
}

/// "Two others" that an earlier sentence gave already, and whoever killed himself before.
fn told_before(claims: &[&Claim], n: usize) -> bool {
    if claims[n].raw.oneself && claims[..n].iter().any(|c| c.raw.oneself) {
        return true;
    }
    claims[..n].iter().any(|c| c.raw.count.more && c.raw.count.value == claims[n].raw.count.value)
}

/// "Another two", where nobody was counted before.
fn is_rest(count: &Count, alone: bool) -> bool {
    alone && count.more && !count.others
}

pub(super) fn tally(claim: &Claim, value: f64) -> Tally {
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
        care: same && claim.raw.care && count.numeral && count.value > 1.0,
        // "Another two" of an unknown number, a list of some of the names: nothing that excludes another count.
        firm: !claim.raw.aside
            && !claim.raw.weak
            && (claim.raw.whole
                || count.rank.is_some() && claim.raw.toll == Toll::Killed
                || count.numeral && !is_rest(count, same)),
    }
}
