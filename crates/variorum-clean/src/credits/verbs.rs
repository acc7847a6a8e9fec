//! Outlets before or after a verb of reporting: "the Herald reported", ", reports the Herald", "SANA said".

use std::ops::Range;

use super::Found;
use super::outlets::{self, Likeness, is_host, is_other};
use super::reading::{Reading, employer, goes_on, is_person, known_tail, name_before_class, stands_free};
use super::words::{Token, name_from};

/// "the Herald reported", ", reports the Herald".
pub(crate) fn reported(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if let Some(found) = subject(reading, at) {
        return Some(found);
    }
    let words = &reading.words;
    // ", reports the Herald." turns the order round.
    let after_comma = at > 0 && words[at - 1].after.ends_with([',', '”', '"']);
    if after_comma && words[at].after.is_empty() && !words[at].is("reporting") {
        let name = name_from(words, at + 1)?;
        let fits = reading.likeness(&name) >= Likeness::Weak && !goes_on(words, &name);
        return fits.then(|| reading.found(&name, at..name.end));
    }
    None
}

/// "the Herald [first|also|has] reported".
fn subject(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let mut end = at;
    while end > 0 && words[end - 1].after.is_empty() && words[end - 1].is_one_of(AUXILIARIES) {
        end -= 1;
    }
    // "news reporting" is no verb, "was reported" has no subject that reports.
    if words[at].is("reporting") && end == at || words[at].is("reported") && end < at && words[at - 1].is("was") {
        return None;
    }
    let name = name_before_class(words, end).map(|name| known_tail(reading, name))?;
    if reports_as_firm(words, at) || reports_as_noun(words, at) || !stands_free(words, &name) {
        return None;
    }
    if let Some(outlet) = employer(reading, &name) {
        return Some(reading.found(&outlet, outlet.start..at + 1));
    }
    let likeness = reading.likeness(&name);
    let is_open = tells(words, at) || words[end..at].iter().any(|word| word.is("first"));
    let fits = match likeness {
        Likeness::Sure => true,
        Likeness::Fair => is_open,
        Likeness::Weak => is_open && !is_person(reading, reading.name(&name)),
        Likeness::Faint => false,
        Likeness::None => is_bare_outlet(reading, &name, at),
    };
    fits.then(|| reading.found(&name, name.start..at + 1))
}

const AUXILIARIES: &[&str] =
    &["first", "also", "has", "had", "have", "is", "was", "earlier", "previously", "later", "originally"];

/// Tells whether a report follows ("reported that", "reported on Tuesday") and not what a ship or a firm reports.
fn tells(words: &[Token<'_>], at: usize) -> bool {
    let Some(next) = words.get(at + 1).filter(|_| words[at].after.is_empty()) else { return true };
    next.is_one_of(&["that", "on", "in", "last", "this", "earlier", "late", "early", "how", "yesterday", "today"])
        || crate::dates::is_weekday(next.core)
}

/// "reported a loss", "reported for duty", "reported to work".
fn reports_as_firm(words: &[Token<'_>], at: usize) -> bool {
    let next = words.get(at + 1).filter(|_| words[at].after.is_empty());
    next.is_some_and(|next| next.is_one_of(&["to", "for", "feeling", "having", "no"]))
        || words[at + 1..].iter().take(6).any(|word| word.is_one_of(EARNINGS))
}

/// "SANA said": agencies say what they report; of other outlets it is said of themselves too often.
pub(crate) fn said(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let name = known_tail(reading, name_before_class(words, at)?);
    if let Some(outlet) = employer(reading, &name).filter(|_| words[at].is("says")) {
        return Some(reading.found(&outlet, outlet.start..at + 1));
    }
    let source = reading.name(&name);
    let is_classed = words[name.start.checked_sub(1).unwrap_or(name.start)].is("agency");
    let is_told = || {
        words[at].is("says")
            || words.get(at + 1).is_some_and(|next| next.is("that") || crate::dates::is_weekday(next.core))
    };
    let reports =
        outlets::is_agency(source) || is_classed || is_told() || near(words, at).iter().any(|word| word.is("citing"));
    let of_itself = words[at + 1..].iter().take(6).any(|word| word.is_one_of(ITSELF));
    let is_outlet = reading.likeness(&name) == Likeness::Sure && !is_host(source);
    // "Michael Bloomberg" makes the bare surname a person's.
    let names_source = is_outlet && reports && !of_itself && stands_free(words, &name) && !is_surname(reading, source);
    names_source.then(|| reading.found(&name, name.start..at + 1))
}

/// The words around a word, as far as a sentence goes.
fn near<'a, 'b>(words: &'b [Token<'a>], at: usize) -> &'b [Token<'a>] {
    &words[at.saturating_sub(REACH)..words.len().min(at + REACH)]
}

const REACH: usize = 40;

/// Tells whether the text writes a given name before a name of one word.
fn is_surname(reading: &Reading<'_>, name: &str) -> bool {
    reading.text.match_indices(name).any(|(at, _)| {
        let before = reading.text[..at].strip_suffix(' ').and_then(|before| before.split([' ', '\n']).next_back());
        before.is_some_and(|word| {
            word.starts_with(char::is_uppercase)
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && word.chars().any(char::is_lowercase)
                && word != "Thomson"
                && !variorum_text::is_stop_word(&variorum_text::fold(word))
                && !crate::dates::is_weekday(word)
        })
    })
}

const ITSELF: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "statement",
    "jobs",
    "staff",
    "subscribers",
    "employees",
    "newsroom",
    "reporter",
    "journalist",
    "correspondent",
    "photographer",
];

/// "News reports say" has a noun where "the Herald reports that" has a verb.
fn reports_as_noun(words: &[Token<'_>], at: usize) -> bool {
    let ends = !words[at].after.is_empty() || at + 1 == words.len();
    words[at].is("reports") && !ends && words[at + 1].is_one_of(AFTER_NOUN)
}

const AFTER_NOUN: &[&str] = &[
    "say",
    "said",
    "suggest",
    "suggested",
    "indicate",
    "indicated",
    "claim",
    "claimed",
    "from",
    "of",
    "about",
    "were",
    "are",
    "have",
    "had",
    "and",
    "or",
    "as",
    "by",
];

/// Tells whether a single unknown name is an outlet: it closes a sentence after a comma and the text knows no such
/// person, body or company, for those are spoken of more than once.
fn is_bare_outlet(reading: &Reading<'_>, name: &Range<usize>, at: usize) -> bool {
    let words = &reading.words;
    let closes = words[at].after.starts_with(['.', '!', '?']) && words[at].is("reported") && name.end == at;
    let after_comma = name.start > 0 && words[name.start - 1].after.ends_with(',');
    let word = words[name.start].core;
    let plain = name.len() == 1
        && word.chars().all(char::is_alphabetic)
        && word.chars().filter(|c| c.is_uppercase()).count() < word.chars().count();
    closes
        && after_comma
        && plain
        && word.chars().count() > 3
        && !is_other(word)
        && reading.text.matches(word).count() == 1
}
const EARNINGS: &[&str] =
    &["profit", "profits", "revenue", "revenues", "earnings", "loss", "losses", "sales", "income", "results", "net"];
