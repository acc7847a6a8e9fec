//! What the sentences of a report claim of those who were killed or hurt.

use std::ops::Range;

use variorum_syntax::{Depth, Label, Tag, parse_to};

use super::count::{Count, counts_people, people};
use super::doubts::{is_new, is_revised, is_unreal, times};
use super::grammar::Tree;
use super::person::Person;
use super::said::{Said, oneself, told_at};
use super::vocabulary::{Doubt, Role, Toll, kinds, triggers};
use super::when::is_old;
use crate::align::Place;
use crate::dates::{Fields, is_point};
use crate::witness::{Passage, Witness};

/// So many sentences of a report may bring in its event.
const LEAD: usize = 4;

/// A count as the sentence alone gives it; bytes are those of the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub toll: Toll,
    pub count: Count,
    pub bytes: Range<usize>,
    /// The toll is only likely from the words ("was shot", "taken to hospital").
    pub weak: bool,
    /// The words give the whole number ("the toll rose to five").
    pub whole: bool,
    /// It adds to what the sentence or the report told before ("and himself", "had already cost the life of").
    pub also: bool,
    /// "Killing himself".
    pub oneself: bool,
    /// Only said in passing, or of a time that is not known to be the event's: it contradicts nobody.
    pub aside: bool,
    /// Only some of the hurt, by what is said of them ("in a critical condition").
    pub some: bool,
    /// One or some of those who were hit.
    pub among: bool,
    /// A hospital took them in or treats them.
    pub care: bool,
    /// They have a wound, of which one may die.
    pub wound: bool,
    /// The words say that they live.
    pub lives: bool,
    /// Told after "after": what went before the rest of the sentence.
    pub after: bool,
    /// Done to them, by somebody whom the sentence names or means.
    pub done: bool,
    /// The words hold the one who did it ("including the gunman").
    pub with_attacker: bool,
    /// "He", where the sentence tells of a gunman before.
    pub attacker: bool,
    /// "Both", "the two", names: people told of before.
    pub told: bool,
    /// What is said of the person, where it is one.
    pub person: Option<Person>,
    /// What caused it is brought in as something new.
    pub new: bool,
    /// What the words around it say against it.
    pub doubt: Option<Doubt>,
    /// For each word of a time in the sentence, how near it stands in the tree: byte, steps.
    pub reach: Vec<(usize, usize)>,
    /// Steps to the nearest cue for another incident.
    pub past: Option<usize>,
    /// The words of those cues.
    pub cues: Vec<Range<usize>>,
}

/// A count that stands for the event of the story.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub raw: Raw,
    pub place: Place,
    pub bytes: Range<usize>,
}

/// Returns the counts of a sentence.
pub(crate) fn raw(text: &str) -> Vec<Raw> {
    let mut found = Vec::new();
    for sentence in parse_to(text, Depth::Trees).iter() {
        let tree = Tree::new(text, sentence);
        let mut told = Vec::new();
        for at in 0..tree.words.len() {
            told.extend(told_at(&tree, at));
        }
        told.extend(super::stated::stated(&tree));
        let killed: Vec<usize> = told.iter().filter(|t| t.toll == Toll::Killed).map(|t| t.who).collect();
        // Whoever was shot and died is dead, not hurt.
        told.retain(|t| t.toll == Toll::Killed || !killed.contains(&t.who));
        told.sort_by_key(|t| (!t.read && is_unreal(&tree, t.at), t.weak, !t.whole, t.also));
        let lives: Vec<usize> = told.iter().filter(|t| t.lives).map(|t| t.who).collect();
        // "Is in critical condition after he shot himself".
        let he = |who: usize| tree.token(who).tag == Tag::Prp && !lives.is_empty();
        told.retain(|t| !(t.also && t.toll == Toll::Killed && !t.whole && (lives.contains(&t.who) || he(t.who))));
        let mut seen = Vec::new();
        told.retain(|t| {
            let new = !seen.contains(&(t.toll, t.who));
            seen.push((t.toll, t.who));
            new
        });
        told.iter_mut().for_each(|t| t.lives |= lives.contains(&t.who));
        found.extend(told.into_iter().filter_map(|told| one(&tree, told)));
    }
    found
}

fn one(tree: &Tree, said: Said) -> Option<Raw> {
    let who = all_of(tree, &said);
    let mut count = said.count.or_else(|| people(tree, who))?;
    count.part |= said.part;
    if !said.whole && count.numeral && count.value > 0.0 && !counts_people(tree, who, said.weak) {
        return None;
    }
    // "An injured climber" may have been hurt elsewhere.
    let aside =
        tree.token(said.at).label == Label::Amod && count.value == 1.0 && !said.lives && tree.left(said.at).is_none();
    let zero = count.value == 0.0 && !count.vague;
    if !zero && !said.whole && !said.read && is_unreal(tree, said.at) {
        return None;
    }
    let bytes = tree.token(count.tokens.0).start..tree.token(count.tokens.1 - 1).end;
    let (reach, past, cues) = times(tree, said.at);
    let single = count.value == 1.0 && tree.token(who).tag != Tag::Cd;
    let weak = said.weak || aside && !count.numeral;
    let person = single.then(|| Person::read(tree, who, count.tokens.0));
    Some(Raw {
        toll: said.toll,
        bytes,
        weak,
        aside,
        oneself: oneself(tree, said.at) || said.at != who && said.also && !said.whole && count.rank.is_none(),
        among: said.among,
        wound: said.wound,
        care: said.care,
        lives: said.lives,
        after: is_after(tree, said.at),
        done: tree.object(said.at) == Some(who),
        with_attacker: holds_attacker(tree, who),
        attacker: is_he(tree, who) || has_killed(tree, who),
        told: is_told(tree, who, &count),
        person,
        some: said.part,
        new: is_new(tree, said.at),
        also: said.also || adds(tree, said.at),
        whole: said.whole,
        doubt: is_revised(tree, said.at.max(count.tokens.0)).then_some(Doubt::Revised),
        reach,
        past,
        cues,
        count,
    })
}

/// "A man is dead after three people were shot".
fn is_after(tree: &Tree, at: usize) -> bool {
    let mut up = tree.verb_of(at);
    for _ in 0..4 {
        let token = tree.token(up);
        let governed = matches!(tree.word(token.head), "after" | "following" | "when");
        let opened = tree.sentence.children(up).any(|c| {
            matches!(tree.token(c).label, Label::Mark | Label::Advmod) && matches!(tree.word(c), "after" | "when")
        });
        if governed || opened && token.head != up {
            return true;
        }
        if !matches!(token.label, Label::Conj | Label::Xcomp | Label::Oprd) || token.head == up {
            break;
        }
        up = token.head;
    }
    false
}

/// "Four people, including the gunman"; "two people dead: the guard and the robber".
fn holds_attacker(tree: &Tree, who: usize) -> bool {
    let listed = (who..tree.words.len()).skip_while(|t| tree.word(*t) != ":");
    tree.sentence.subtree(who).chain(listed).any(|t| t != who && is_attacker(tree.word(t)))
}

fn is_attacker(word: &str) -> bool {
    kinds(word).contains(&("part", "attacker"))
}

/// "The gunman wounded five before he was shot".
fn is_he(tree: &Tree, who: usize) -> bool {
    matches!(tree.word(who), "he" | "she" | "him" | "her") && tree.words[..who].iter().any(|w| is_attacker(w))
}

/// "A man killed four relatives, then died": whoever did it to others.
fn has_killed(tree: &Tree, who: usize) -> bool {
    (0..tree.words.len()).any(|verb| {
        let kills = |(toll, role): &(Toll, Role)| *toll == Toll::Killed && *role == Role::Object;
        triggers(tree.word(verb)).iter().any(kills)
            && tree.child(verb, Label::Nsubj) == Some(who)
            && tree.object(verb).is_some_and(|o| !matches!(tree.word(o), "himself" | "herself"))
    })
}

/// "Both", "the two", "all three", "Ada and Ben Orr".
fn is_told(tree: &Tree, who: usize, count: &Count) -> bool {
    let first = tree.word(count.tokens.0);
    let many = count.numeral || matches!(first, "both" | "all" | "they" | "them");
    matches!(first, "the" | "both" | "all" | "they" | "them") && many || tree.token(who).tag == Tag::Nnp
}

/// "Had already cost the life of …".
fn adds(tree: &Tree, at: usize) -> bool {
    let verb = tree.verb_of(at);
    tree.sentence.children(verb).any(|c| matches!(tree.word(c), "already" | "also"))
}

/// "One of nine people injured: nine were.
fn all_of(tree: &Tree, said: &Said) -> usize {
    let of = tree.after(said.who, &["of"]).filter(|of| *of < said.at && !tree.is_verb(said.who));
    let more = of.filter(|of| people(tree, *of).is_some_and(|c| c.numeral && c.value > 1.0));
    let predicate = matches!(tree.token(said.at).label, Label::Acl | Label::Relcl);
    more.filter(|_| predicate).unwrap_or(said.who)
}

/// Returns the claim where the words speak of the event of the story.
pub(crate) fn claim(
    witness: &Witness,
    passage: &Passage,
    place: Place,
    raw: &Raw,
    event: Option<&jiff::civil::Date>,
) -> Option<Claim> {
    if raw.doubt.is_some() {
        return None;
    }
    let base = witness.spanner.bytes(&passage.span).start;
    // "The 2005 murder", "the December 6 killing": a date is no count.
    let bytes = base + raw.bytes.start..base + raw.bytes.end;
    let mut unsure = false;
    let (mut old, mut new): (Option<usize>, Option<usize>) = (raw.past, None);
    for date in &witness.notes.dates[passage.dates.clone()] {
        let words = witness.spanner.bytes(&date.span);
        if is_point(date) && words.start < bytes.end && bytes.start < words.end {
            return None;
        }
        // "Two years ago" was weighed as a cue.
        if raw.cues.iter().any(|c| base + c.start < words.end && words.start < base + c.end) {
            continue;
        }
        let inside = |at: usize| words.start <= base + at && base + at < words.end;
        let Some(steps) = raw.reach.iter().filter(|(at, _)| inside(*at)).map(|(_, steps)| *steps).min() else {
            continue;
        };
        let side = match is_old(date, event) {
            Some(true) => &mut old,
            Some(false) => &mut new,
            None => {
                // Without the day of the report, nobody can tell whether "in February" is this February.
                unsure |= event.is_none() && !Fields::of_value(&date.value).names_a_day();
                continue;
            }
        };
        *side = Some(side.map_or(steps, |s| s.min(steps)));
    }
    let of_old = match (old, new) {
        // "On Friday, the fourth to be killed this year".
        (Some(old), Some(new)) => old < new || raw.count.rank.is_some() && raw.past.is_some_and(|past| past <= old),
        (old, _) => old.is_some(),
    };
    if of_old {
        return None;
    }
    let mut raw = raw.clone();
    // Far down in a report, "in a crash" is another crash.
    raw.aside |= unsure || raw.new && place.passage > LEAD;
    Some(Claim { raw, place, bytes })
}
