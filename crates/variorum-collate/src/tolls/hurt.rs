//! How many were hurt and live: of those who were hit, without those who died of it.

use super::Tally;
use super::claims::Claim;
use super::total::{best, distinct, is_attacker, tally};
use super::vocabulary::Toll;

/// Returns how many a report says were hurt, given how many it says were killed.
pub(super) fn hurt(all: &[Claim], dead: Option<&Tally>) -> Option<Tally> {
    let told: Vec<&Claim> = all.iter().filter(|c| c.raw.toll == Toll::Injured).collect();
    let killed: Vec<&Claim> = all.iter().filter(|c| c.raw.toll == Toll::Killed && c.raw.count.value > 0.0).collect();
    // Whoever "had a wound" may be the one who died of it.
    let may_be_dead =
        |c: &Claim| c.raw.wound && c.raw.count.value == 1.0 && !killed.is_empty() && !is_another(c, &killed);
    let is_strong = |c: &&Claim| !c.raw.weak && !may_be_dead(c);
    let strong: Vec<&Claim> = told.iter().copied().filter(is_strong).collect();
    let plain = best(&strong, all);
    if strong.iter().any(|c| c.raw.whole) {
        return plain;
    }
    if let Some(plain) = plain.as_ref().filter(|t| t.value > 1.0) {
        // "Four were shot, and one is dead. Two had minor wounds."
        let weak = told.iter().copied().filter(|c| c.raw.weak && died(c, &killed, dead) > 0.0).collect::<Vec<_>>();
        if let Some(shot) = groups(&weak, &killed, dead).filter(|g| g.value > plain.value) {
            return Some(shot);
        }
        let of_them = strong.iter().find(|c| c.bytes == plain.bytes && c.place == plain.place);
        let died = of_them.map_or(0.0, |group| died_of(group, &killed));
        let left = (plain.value - died).max(0.0);
        return Some(if died > 0.0 {
            Tally { value: left, hedge: None, high: None, ..plain.clone() }
        } else {
            plain.clone()
        });
    }
    // "Nobody was hurt" and "a man was shot": the man was.
    let group = groups(&told, &killed, dead);
    let persons = persons(&told, &killed, dead);
    let alone = persons.last().map(|last| tally(last, persons.len() as f64));
    let alone = alone.filter(|a| group.as_ref().is_none_or(|g| a.value > g.value));
    alone.or(group).or(plain)
}

/// The greatest number of people who were hit, less those of them who died.
fn groups(told: &[&Claim], killed: &[&Claim], dead: Option<&Tally>) -> Option<Tally> {
    let many = |c: &&&Claim| c.raw.count.value > 1.0 && !c.raw.count.vague;
    // "Eighteen of them were treated", of the children on board: some of those, and all of the hurt.
    let only_parts = told.iter().filter(many).all(|c| c.raw.count.part);
    let mut best: Option<Tally> = None;
    let mut full = false;
    for group in told.iter().filter(many).filter(|c| !c.raw.count.part || only_parts && !c.raw.some) {
        let left = group.raw.count.value - died(group, killed, dead);
        if left > 0.0 && best.as_ref().is_none_or(|b| left > b.value) {
            best = Some(tally(group, left));
            full = left == group.raw.count.value;
        }
        // "Five others are recovering", of six of whom one died.
        let rest = (group.raw.count.others || group.raw.count.more) && dead.is_some();
        if rest && full && best.as_ref().is_some_and(|b| b.value - 1.0 == left) {
            best = Some(tally(group, left));
        }
    }
    best
}

/// How many of a group the report says died: "one of them", "two fatally", "one of six people hurt".
fn died_of(group: &Claim, killed: &[&Claim]) -> f64 {
    let start = (group.place, group.bytes.start);
    let right_before =
        |c: &Claim| c.place == group.place && (1..=8).contains(&group.bytes.start.saturating_sub(c.bytes.end));
    let some = |c: &&&Claim| (c.raw.among || c.raw.count.part) && (start < (c.place, c.bytes.start) || right_before(c));
    let of_them = killed.iter().filter(some).map(|c| c.raw.count.value).fold(0.0, f64::max);
    if of_them <= group.raw.count.value { of_them } else { 0.0 }
}

/// How many of a group that was hit the report says are dead.
fn died(group: &Claim, killed: &[&Claim], dead: Option<&Tally>) -> f64 {
    let of_them = died_of(group, killed);
    if of_them > 0.0 {
        return of_them;
    }
    if !group.raw.weak || group.raw.lives || group.raw.count.more || group.raw.count.others {
        return 0.0;
    }
    let victims: Vec<&&Claim> = killed.iter().filter(|c| !c.raw.oneself && !is_attacker(c)).collect();
    let Some(first) = victims.first() else { return 0.0 };
    let later = (group.place, group.bytes.start) < (first.place, first.bytes.start);
    let belongs = later && !first.raw.count.more || group.raw.after || group.raw.told;
    let number = dead.map_or(1.0, |d| d.value).min(group.raw.count.value);
    if belongs { number } else { 0.0 }
}

/// The single persons who were hurt, without those who may be the dead.
fn persons<'c>(told: &[&'c Claim], killed: &[&Claim], dead: Option<&Tally>) -> Vec<&'c Claim> {
    let any_dead = dead.is_some_and(|d| d.value > 0.0);
    let stands = |c: &&Claim| {
        let raw = &c.raw;
        let known = raw.count.known && !raw.lives;
        if raw.count.value != 1.0 || raw.some && raw.count.part || raw.aside && any_dead && !known {
            return false;
        }
        !any_dead || !raw.weak && !raw.wound || is_another(c, killed)
    };
    let found: Vec<&Claim> = told.iter().copied().filter(stands).collect();
    let mut singles = distinct(found.iter().copied());
    // One who is told of by a bare number, or not at all.
    if singles.is_empty() {
        singles.extend(found.first());
    }
    singles
}

/// Tells whether somebody who was hit is none of the dead.
fn is_another(claim: &Claim, killed: &[&Claim]) -> bool {
    // "One survived".
    let Some(person) = &claim.raw.person else { return claim.raw.lives && claim.raw.count.numeral && !claim.raw.some };
    if person.pronoun {
        return false;
    }
    if claim.raw.lives && person.new || claim.raw.count.more || person.other {
        return true;
    }
    let dead: Vec<_> = killed.iter().filter_map(|c| c.raw.person.as_ref().map(|p| (c, p))).collect();
    if dead.is_empty() {
        // Of a number of dead nobody is told by name.
        return claim.raw.lives || person.is_new_somebody();
    }
    let before = |c: &Claim| (c.place, c.bytes.start) < (claim.place, claim.bytes.start);
    let beside = dead.iter().all(|(c, d)| person.is_unlike(d) || before(c) && person.is_new_beside(d));
    beside && (dead.len() == killed.len() || person.new)
}
