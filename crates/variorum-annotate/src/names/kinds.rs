//! What bears a name: judged by its own words, the words around it, and lists.

use std::ops::Range;

use variorum_news::NameKind;

use super::lexicon::{Class, class};
use super::titles::{last_title, titled};
use super::tokens::Token;
use crate::quotes::cues;

/// A possible mention of a name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What seems to bear it.
    pub kind: NameKind,
    /// How sure that is; a `Weak` one counts only where another mention bears it out.
    pub trust: Trust,
    /// Whether two independent ways agree on its words and kind.
    pub sure: bool,
}

/// How sure a kind is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// It may be no name at all.
    Weak,
    /// It is a name; its kind is the likeliest.
    Guessed,
    /// The words around it tell.
    Told,
    /// A title, a list or its own words tell.
    Known,
}

/// Returns the folded words of some tokens, parted by spaces.
pub(super) fn phrase(tokens: &[Token]) -> String {
    let mut words = String::new();
    for token in tokens {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&token.low);
    }
    words
}

/// Returns the possible mentions in a run.
pub(super) fn candidates(tokens: &[Token], run: Range<usize>, found: &mut Vec<Candidate>) {
    let mut run = run;
    while run.start < run.end && is_empty_start(tokens, &run) {
        run.start += 1;
    }
    if run.is_empty() {
        return;
    }
    if !is_gazetted(tokens, run.clone()) {
        if let Some(title) = last_title(tokens, run.clone()) {
            return titled(tokens, run, title, found);
        }
        let last = tokens[run.end - 1].class;
        // "German Ada Orr": the people before a person is no part of the name.
        if run.len() > 2 && tokens[run.start].class.is(Class::PEOPLE) && !last.is(Class::HEAD) {
            run.start += 1;
        }
    }
    if let Some(person) = body_and_person(tokens, &run) {
        candidates(tokens, run.start..person, found);
        run.start = person;
    }
    if let Some((kind, trust)) = kind(tokens, run.clone()) {
        found.push(Candidate { tokens: run, kind, trust, sure: false });
    }
}

/// Tells whether the first word of a run only has its capital from its place in the sentence.
fn is_empty_start(tokens: &[Token], run: &Range<usize>) -> bool {
    let token = &tokens[run.start];
    if matches!(&*token.low, "the" | "a" | "an") {
        return !is_gazetted(tokens, run.clone());
    }
    // A word alone is kept, for it may be somebody's surname; a title or given name begins the name.
    if run.len() == 1 || token.class.is(Class::TITLE) || class(token.text).is(Class::GIVEN) {
        return false;
    }
    let adverb = token.low.len() > 4 && token.low.ends_with("ly") && !token.class.is(Class::PLACE);
    token.first && !token.upper && (token.class.is(Class::STARTER) || adverb) && !is_gazetted(tokens, run.clone())
}

pub(super) fn is_gazetted(tokens: &[Token], run: Range<usize>) -> bool {
    is_listed(tokens, run, Class::PLACE | Class::ORGANISATION)
}

/// Tells whether a whole run is a phrase of a class. A list's short forms must be written in capitals.
pub(super) fn is_listed(tokens: &[Token], run: Range<usize>, wanted: Class) -> bool {
    if run.len() > 4 {
        return false;
    }
    match &tokens[run.clone()] {
        [one] => {
            one.class.is(wanted) && (one.upper || one.low.len() > 3 || one.low == "rio" || wanted == Class::PEOPLE)
        }
        many => class(&phrase(many)).is(wanted),
    }
}

/// "Harbour Council Ada Orr": where a body's word is followed by two more words, those are a person.
fn body_and_person(tokens: &[Token], run: &Range<usize>) -> Option<usize> {
    let person = run.end.checked_sub(2).filter(|&p| p > run.start + 1)?;
    let plain = tokens[person..run.end]
        .iter()
        .all(|t| t.cap && !t.upper && !t.class.is(Class::HEAD | Class::PLACE | Class::PEOPLE));
    let strong = matches!(
        &*tokens[person - 1].low,
        "council"
            | "party"
            | "department"
            | "ministry"
            | "agency"
            | "committee"
            | "commission"
            | "association"
            | "federation"
            | "union"
            | "institute"
            | "office"
            | "inc"
            | "corp"
    );
    (plain && strong).then_some(person)
}

/// Returns what bears the name of a run and how sure that is; none where it is no name.
pub(super) fn kind(tokens: &[Token], run: Range<usize>) -> Option<(NameKind, Trust)> {
    if let Some(known) = listed(tokens, run.clone()) {
        return Some(known);
    }
    if is_listed(tokens, run.clone(), Class::PEOPLE) {
        return None;
    }
    if run.len() == 1 {
        let word = &tokens[run.start];
        if is_calendar(&word.low) {
            // "May said" may be Theresa's, "in May" is not.
            let before = run.start.checked_sub(1).map_or("", |i| &*tokens[i].low);
            let date = matches!(
                before,
                "in" | "of"
                    | "since"
                    | "until"
                    | "by"
                    | "last"
                    | "next"
                    | "this"
                    | "on"
                    | "from"
                    | "to"
                    | "late"
                    | "early"
                    | "mid"
                    | "and"
                    | "between"
            );
            let number = tokens.get(run.end).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
            return (!date && !number).then_some((NameKind::Person, Trust::Weak));
        }
        let spoken = tokens.get(run.end).is_some_and(|t| t.gap == " " && cues::is_speech(&t.low));
        let family =
            spoken && word.class.is(Class::PLACE_WORD) && !word.class.is(Class::ORGANISATION_WORD | Class::STARTER);
        if word.class.is(Class::STARTER | Class::TITLE | Class::HEAD) && !word.upper && !family {
            return Some((NameKind::Person, Trust::Weak));
        }
        if ["ians", "eans", "ists", "ites", "ese", "ish"]
            .iter()
            .any(|end| word.low.len() > 5 && word.low.ends_with(end))
        {
            return Some((NameKind::Other, Trust::Guessed));
        }
    }
    own_words(tokens, run.clone()).or_else(|| around(tokens, run.clone())).or_else(|| shape(tokens, run))
}

/// Judges a name by lists alone.
fn listed(tokens: &[Token], run: Range<usize>) -> Option<(NameKind, Trust)> {
    if is_listed(tokens, run.clone(), Class::PLACE) {
        return Some((NameKind::Place, Trust::Known));
    }
    is_listed(tokens, run, Class::ORGANISATION).then_some((NameKind::Organisation, Trust::Known))
}

/// Judges a name by its own words.
fn own_words(tokens: &[Token], run: Range<usize>) -> Option<(NameKind, Trust)> {
    let words = &tokens[run.clone()];
    let (first, last) = (&words[0], &words[words.len() - 1]);
    if is_calendar(&last.low) {
        return None;
    }
    if words.len() == 1 {
        return None;
    }
    let of = words.iter().position(|t| matches!(&*t.low, "of" | "for" | "on" | "against"));
    let head = if let Some(of) = of.filter(|&of| of > 0) { &words[of - 1] } else { last };
    if let Some(kind) = head_kind(head.class).filter(|_| of.is_some() || !is_person_like(words)) {
        return Some((kind, Trust::Known));
    }
    if matches!(
        &*first.low,
        "mount"
            | "lake"
            | "cape"
            | "fort"
            | "port"
            | "camp"
            | "gulf"
            | "san"
            | "santa"
            | "saint"
            | "st"
            | "los"
            | "las"
            | "new"
            | "north"
            | "south"
            | "east"
            | "west"
    ) && words.len() == 2
    {
        return Some((NameKind::Place, Trust::Told));
    }
    is_person_like(words).then_some((NameKind::Person, Trust::Known))
}

fn head_kind(class: Class) -> Option<NameKind> {
    [
        (Class::ORGANISATION_WORD, NameKind::Organisation),
        (Class::PLACE_WORD, NameKind::Place),
        (Class::EVENT_WORD, NameKind::Event),
        (Class::WORK_WORD, NameKind::Work),
    ]
    .into_iter()
    .find_map(|(word, kind)| class.is(word).then_some(kind))
}

/// A given name, an initial or a particle inside a run tells a person.
fn is_person_like(words: &[Token]) -> bool {
    if words.len() < 2 || words.len() > 5 {
        return false;
    }
    let given = class(words[0].text).is(Class::GIVEN) && !words[0].class.is(Class::PLACE);
    let initial = words[1..].iter().any(|t| t.text.chars().count() == 1 && t.cap);
    let particle = words[1..].iter().any(|t| {
        matches!(&*t.low, "bin" | "binti" | "ibn" | "el" | "al" | "ould" | "van" | "von" | "jr")
            || t.low.starts_with("al-")
            || t.low.starts_with("el-")
    });
    given || (initial && words.len() > 2) || particle
}

/// Judges a name by the words around it.
fn around(tokens: &[Token], run: Range<usize>) -> Option<(NameKind, Trust)> {
    let words = &tokens[run.clone()];
    let one = words.len() == 1;
    if one && words[0].upper && (2..=7).contains(&words[0].text.len()) {
        return Some((NameKind::Organisation, Trust::Told));
    }
    let next = tokens.get(run.end).filter(|t| t.gap == " " && t.sentence == words[0].sentence);
    if !words[words.len() - 1].possessive && next.is_some_and(|t| cues::is_speech(&t.low)) {
        return Some((NameKind::Person, Trust::Told));
    }
    // "Delmare's mayor": only a place has one.
    if one && words[0].possessive && next.is_some_and(|t| MAYORS.contains(&&*t.low)) {
        return Some((NameKind::Place, Trust::Told));
    }
    // "Norfield spokeswoman Ada Orr": a body has spokeswomen.
    let trade = next.is_some_and(|t| !t.cap && t.class.is(Class::ROLE_PERSON | Class::ROLE_MALE | Class::ROLE_FEMALE));
    if trade && !words[words.len() - 1].possessive && tokens.get(run.end + 1).is_some_and(|t| t.cap && t.gap == " ") {
        return Some((NameKind::Organisation, Trust::Told));
    }
    let comma = tokens.get(run.end).filter(|t| t.gap.trim() == ",");
    if comma.is_some_and(|t| t.low == "who" || (t.text.len() == 2 && t.text.bytes().all(|b| b.is_ascii_digit()))) {
        return Some((NameKind::Person, Trust::Told));
    }
    if comma.is_some_and(|t| t.cap && t.class.is(Class::PLACE) && !t.possessive) {
        return Some((NameKind::Place, Trust::Told));
    }
    let before = run.start.checked_sub(1).map(|i| &tokens[i]).filter(|_| words[0].gap == " ");
    let before = before.map_or("", |t| &*t.low);
    if words.len() < 3
        && matches!(
            before,
            "in" | "near" | "outside" | "across" | "throughout" | "into" | "through" | "toward" | "towards"
        )
    {
        return Some((NameKind::Place, Trust::Told));
    }
    let given = class(words[0].text).is(Class::GIVEN);
    if !given && (one && before == "from" || words.len() < 4 && before == "at") {
        return Some((NameKind::Place, Trust::Guessed));
    }
    let earlier = run.start.checked_sub(2).map_or("", |i| &*tokens[i].low);
    let moved = before == "to" && MOTION.contains(&earlier);
    if one && !given && (moved || before == "of" && CAPITALS_OF.contains(&earlier)) {
        return Some((NameKind::Place, Trust::Told));
    }
    None
}

/// Words that only a place owns.
const MAYORS: &[&str] = &[
    "airport",
    "capital",
    "coast",
    "governor",
    "harbour",
    "mayor",
    "outskirts",
    "police",
    "port",
    "president",
    "residents",
    "streets",
    "suburbs",
];

/// Words before "to" that tell a place after it.
const MOTION: &[&str] = &[
    "back",
    "came",
    "drove",
    "flew",
    "flight",
    "flights",
    "fly",
    "go",
    "going",
    "home",
    "moved",
    "move",
    "return",
    "returned",
    "road",
    "route",
    "sent",
    "tour",
    "travel",
    "traveled",
    "travelled",
    "trip",
    "visit",
    "way",
    "went",
];

/// Words before "of" that tell a place after it.
const CAPITALS_OF: &[&str] = &[
    "capital",
    "city",
    "coast",
    "district",
    "east",
    "governor",
    "island",
    "mayor",
    "north",
    "outskirts",
    "parts",
    "port",
    "province",
    "region",
    "residents",
    "south",
    "state",
    "streets",
    "suburb",
    "town",
    "village",
    "west",
];

/// Judges a name by its shape alone.
fn shape(tokens: &[Token], run: Range<usize>) -> Option<(NameKind, Trust)> {
    let words = &tokens[run.clone()];
    if words.len() == 1 {
        let word = &words[0];
        if word.first && !is_subject(tokens, run.start) {
            let kind = if class(word.text).is(Class::GIVEN) { NameKind::Person } else { NameKind::Other };
            return Some((kind, Trust::Weak));
        }
        let article = run.start > 0 && tokens[run.start - 1].low == "the" && word.gap == " ";
        let odd = article || word.text.bytes().any(|b| b.is_ascii_digit()) || word.text.contains('-');
        return Some((if odd { NameKind::Other } else { NameKind::Person }, Trust::Guessed));
    }
    let article = run.start > 0 && tokens[run.start - 1].low == "the" && words[0].gap == " ";
    let plain =
        words.iter().all(|t| t.cap && t.text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’')));
    let kind = if article {
        NameKind::Organisation
    } else if plain && words.len() < 4 {
        NameKind::Person
    } else {
        NameKind::Other
    };
    Some((kind, Trust::Guessed))
}

/// Tells whether a first word has a singular verb right after it or owns something: plain nouns want an article there.
fn is_subject(tokens: &[Token], at: usize) -> bool {
    let word = &tokens[at];
    let noun = ["s", "ing", "tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ism", "ly", "age", "ure"];
    if word.text.len() < 3 || noun.iter().any(|end| word.low.ends_with(end)) && !class(word.text).is(Class::GIVEN) {
        return false;
    }
    let next = tokens.get(at + 1).filter(|t| t.sentence == word.sentence && !t.cap);
    word.possessive
        || next.is_some_and(|t| {
            t.gap == " "
                && (matches!(
                    &*t.low,
                    "has" | "had" | "was" | "is" | "will" | "would" | "also" | "never" | "himself" | "herself"
                ) || t.low.len() > 4 && t.low.ends_with("ed"))
        })
}

/// Days and months are capitalised and name no bearer.
pub(super) fn is_calendar(low: &str) -> bool {
    const CALENDAR: &[&str] = &[
        "april",
        "august",
        "december",
        "february",
        "friday",
        "january",
        "july",
        "june",
        "march",
        "may",
        "monday",
        "november",
        "october",
        "saturday",
        "september",
        "sunday",
        "thursday",
        "tuesday",
        "wednesday",
    ];
    CALENDAR.binary_search(&low).is_ok()
        || matches!(low, "jan" | "feb" | "mar" | "apr" | "aug" | "sept" | "oct" | "nov" | "dec")
}
