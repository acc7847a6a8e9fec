//! Runs of capitalised words, joined by the small words that names hold together with.

use std::ops::Range;

use super::lexicon::Class;
use super::tokens::Token;

/// Returns the ranges of tokens that may hold a name, in order.
pub(super) fn runs(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].cap {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = extend(tokens, at, end) {
            end = next;
        }
        found.push(at..end);
        at = end;
    }
    found
}

/// Returns where the run goes on to, where it does.
fn extend(tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let last = &tokens[end - 1];
    let next = tokens.get(end)?;
    if last.possessive || !holds(last, next) {
        return None;
    }
    if next.cap {
        return Some(end + 1);
    }
    let mut at = end;
    while at < tokens.len() && at < end + 3 && is_joint(tokens, start, end, at) {
        at += 1;
        if tokens.get(at)?.gap != " " {
            return None;
        }
    }
    let joined = at > end && tokens[at].cap && !tokens[at].class.is(Class::TITLE);
    let title = at > end && tokens[at].low == "state" && tokens[end - 1].low == "secretary";
    (joined || title).then_some(at + 1)
}

/// Tells whether nothing but a space, or the full stop of an initial or a title, parts two words.
pub(super) fn holds(last: &Token, next: &Token) -> bool {
    match next.gap {
        " " | "\u{a0}" | " & " => true,
        ". " => last.text.chars().count() == 1 || is_abbreviated(&last.low),
        // "Dato' Seri" is a title of Malaysia.
        "' " | "’ " => last.low == "dato",
        _ => false,
    }
}

const ABBREVIATED: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "maj", "adm", "rep", "sen", "gov", "rev", "st",
    "ste", "mt", "ft", "jr", "cpl", "pvt", "det", "supt", "cmdr", "brig", "hon", "reps", "sens",
];

/// Tells whether a full stop after the word ends the word and not the sentence.
fn is_abbreviated(low: &str) -> bool {
    ABBREVIATED.contains(&low)
}

/// Tells whether a small word may stand inside the name that begins at `start`.
fn is_joint(tokens: &[Token], start: usize, end: usize, at: usize) -> bool {
    let head = tokens[end - 1].class;
    match &*tokens[at].low {
        "de" | "da" | "del" | "della" | "di" | "van" | "von" | "der" | "den" | "du" | "dos" | "das" | "bin" | "ibn"
        | "ben" | "al" | "el" | "la" | "le" | "y" | "ter" | "zu" => true,
        "of" => {
            at == end
                && (head.is(Class::HEAD)
                    || head.is(Class::TITLE | Class::ROLE_PERSON)
                    || matches!(&*tokens[end - 1].low, "house" | "states"))
        }
        "on" => {
            at == end
                && matches!(
                    &*tokens[end - 1].low,
                    "committee"
                        | "commission"
                        | "council"
                        | "conference"
                        | "board"
                        | "panel"
                        | "subcommittee"
                        | "group"
                )
        }
        "for" | "against" => at == end && head.is(Class::ORGANISATION_WORD) && tokens[end - 1].low != "times",
        "the" | "and" => match &*tokens[at - 1].low {
            "of" | "for" => tokens[at].low == "the",
            // "Ministry of Trade and Industry", but not "the Ministry and Parliament".
            _ => at == end && tokens[at].low == "and" && is_listed(tokens, start, end),
        },
        _ => false,
    }
}

/// Tells whether "and" may join a second field to a body's name ("Department of Health and …").
fn is_listed(tokens: &[Token], start: usize, end: usize) -> bool {
    let of = (start..end).rev().find(|&i| matches!(&*tokens[i].low, "of" | "for"));
    let Some(of) = of.filter(|&of| of > start && tokens[of - 1].class.is(Class::ORGANISATION_WORD)) else {
        return false;
    };
    let next_is_field = tokens.get(end + 1).is_some_and(|next| {
        next.cap && !next.class.is(Class::TITLE) && !next.class.is(Class::PLACE) && !next.class.is(Class::PEOPLE)
    });
    next_is_field && !tokens[of + 1..end].iter().any(|t| t.class.is(Class::PLACE))
}
