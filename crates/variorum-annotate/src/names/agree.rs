//! Joins what the model, the rules and the parser take for names.

use variorum_news::NameKind;
use variorum_syntax::{NameKind as Parsed, Tag};

use super::clues::Clue;
use super::kinds::{Candidate, Trust, is_gazetted, phrase};
use super::lexicon::{Class, class};
use super::model::Found;
use super::tokens::Token;

/// By so much a kind leads where the model is sure, in the units of its weights.
const SURE: i32 = 80;

/// Returns the mentions that the three ways bear out, in order.
///
/// The model has seen what the rules and the parser say, so its word counts; where it is silent or takes a name for
/// none of the three great kinds, a list, a title or the parser together with the rules may still tell.
pub(super) fn agree(tokens: &[Token], clues: &[Clue], plain: Vec<Candidate>, seen: Vec<Found>) -> Vec<Candidate> {
    let mut joined = Vec::with_capacity(plain.len().max(seen.len()));
    let mut plain = plain.into_iter().peekable();
    let mut end = 0;
    for mut found in seen {
        trim(tokens, &mut found);
        while let Some(rule) = plain.next_if(|rule| rule.tokens.end <= found.tokens.start) {
            joined.extend(alone(clues, rule, end));
        }
        let mut same = None;
        while let Some(rule) = plain.next_if(|rule| rule.tokens.start < found.tokens.end) {
            if rule.tokens == found.tokens {
                same = Some(rule);
            }
        }
        end = found.tokens.end;
        // Peoples and their languages are no names here: neither "Norlanders" nor "the Norland ferry" made an adjective.
        let refused = is_people(&tokens[found.tokens.clone()])
            || opens_title(tokens, &found.tokens)
            || is_plain_opener(tokens, clues, &found, same.as_ref());
        if !refused {
            joined.push(weigh(clues, found, same));
        }
    }
    for rule in plain {
        joined.extend(alone(clues, rule, end));
    }
    joined
}

/// Leaves titles and articles out of a name, and takes in the particle of a family name.
fn trim(tokens: &[Token], found: &mut Found) {
    let words = &mut found.tokens;
    if matches!(&*tokens[words.start].low, "the" | "a" | "an") && words.len() > 1 && !is_gazetted(tokens, words.clone())
    {
        words.start += 1;
    }
    if found.kind != NameKind::Person {
        return;
    }
    while words.len() > 1 && tokens[words.start].class.is(Class::TITLE) && tokens[words.start + 1].cap {
        words.start += 1;
    }
    let is_small = |at: usize| !tokens[at].cap && PARTICLES.contains(&&*tokens[at].low);
    while words.start > 0 && tokens[words.start].gap == " " && is_small(words.start - 1) {
        words.start -= 1;
    }
}

/// Particles that are no English words.
const PARTICLES: &[&str] = &["da", "das", "de", "del", "della", "der", "di", "dos", "du", "ibn", "la", "van", "von"];

/// Weighs a name of the model against what the rules say of the same words.
fn weigh(clues: &[Clue], found: Found, rule: Option<Candidate>) -> Candidate {
    let parsed = parsed(clues, &found.tokens);
    let parsed_kind = parsed.and_then(great_kind);
    let (kind, trust) = match rule.as_ref().map(|rule| (rule.kind, rule.trust)) {
        Some((kind, trust)) if kind == found.kind => (kind, trust.max(Trust::Told)),
        Some((kind, Trust::Known)) if found.lead < SURE || found.kind == NameKind::Other => (kind, Trust::Known),
        Some((kind, Trust::Told)) if found.lead < SURE / 2 && kind < NameKind::Event => (kind, Trust::Told),
        Some((kind @ (NameKind::Event | NameKind::Work), _)) if found.kind == NameKind::Other => (kind, Trust::Told),
        Some((kind, trust)) if found.kind == NameKind::Other && parsed_kind == Some(kind) => (kind, trust),
        _ if found.lead < SURE && parsed.is_none() => (found.kind, Trust::Guessed),
        _ => (found.kind, Trust::Told),
    };
    let by_rule = rule.is_some_and(|rule| rule.kind == found.kind && rule.trust > Trust::Guessed);
    let sure = kind == found.kind && (by_rule || parsed_kind == Some(kind));
    Candidate { tokens: found.tokens, kind, trust, sure }
}

/// "Labour Minister Ada Orr": what begins a title is no name.
fn opens_title(tokens: &[Token], words: &std::ops::Range<usize>) -> bool {
    (1..=2).any(|more| {
        let title = tokens.get(words.start..words.end + more).filter(|title| title.len() < 5);
        title.is_some_and(|title| {
            title[words.len()..].iter().all(|t| t.gap == " ") && class(&phrase(title)).is(Class::TITLE)
        })
    })
}

/// "Ferry fares rise": a plain noun at the head of a sentence, which nothing but the model takes for a name.
fn is_plain_opener(tokens: &[Token], clues: &[Clue], found: &Found, rule: Option<&Candidate>) -> bool {
    let at = found.tokens.start;
    let is_noun = [Tag::Nn, Tag::Nns].iter().any(|tag| clues[at].tag == 1 + *tag as u8);
    found.tokens.len() == 1
        && tokens[at].first
        && is_noun
        && parsed(clues, &found.tokens).is_none()
        && rule.is_none_or(|rule| rule.trust <= Trust::Guessed)
}

fn is_people(words: &[Token]) -> bool {
    matches!(words, [one] if one.class.is(Class::PEOPLE) && !one.class.is(Class::PLACE | Class::GIVEN))
}

/// A name that only the rules see.
fn alone(clues: &[Clue], rule: Candidate, end: usize) -> Option<Candidate> {
    if rule.tokens.start < end {
        return None;
    }
    let parsed = parsed(clues, &rule.tokens).and_then(great_kind);
    let trust = match rule.trust {
        Trust::Known => Trust::Known,
        trust if parsed == Some(rule.kind) => trust,
        _ => Trust::Weak,
    };
    Some(Candidate { trust, ..rule })
}

/// Returns what the parser takes exactly these words for.
fn parsed(clues: &[Clue], words: &std::ops::Range<usize>) -> Option<Parsed> {
    let first = clues[words.start].parser;
    let goes_on = clues[words.start + 1..words.end].iter().all(|clue| clue.parser == first + 1);
    let ends = clues.get(words.end).is_none_or(|next| next.parser != first + 1);
    (first >= 2 && first.is_multiple_of(2) && goes_on && ends).then(|| Parsed::ALL[usize::from(first / 2 - 1)])
}

fn great_kind(parsed: Parsed) -> Option<NameKind> {
    match parsed {
        Parsed::Person => Some(NameKind::Person),
        Parsed::Org => Some(NameKind::Organisation),
        Parsed::Gpe | Parsed::Loc | Parsed::Fac => Some(NameKind::Place),
        _ => None,
    }
}
