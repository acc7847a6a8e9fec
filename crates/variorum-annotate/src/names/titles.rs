//! Titles and trades before a name: they are no part of it, and tell a person.

use std::ops::Range;

use variorum_news::NameKind;

use super::kinds::{Candidate, Trust, is_gazetted, is_listed, kind, phrase};
use super::lexicon::{Class, class};
use super::tokens::Token;

/// Returns the last title in a run that has a name after it.
pub(super) fn last_title(tokens: &[Token], run: Range<usize>) -> Option<Range<usize>> {
    let mut last = None;
    let mut at = run.start;
    while at < run.end {
        let longest = (1..=4usize.min(run.end - at)).rev().find(|&n| {
            let words = &tokens[at..at + n];
            if n == 1 { is_title(tokens, at, &run) } else { class(&phrase(words)).is(Class::TITLE) }
        });
        match longest {
            Some(n) => {
                last = Some(at..at + n);
                at += n;
            }
            None => at += 1,
        }
    }
    let title = last?;
    let rest = &tokens[title.end..run.end];
    let body = rest.last().is_some_and(|t| t.class.is(Class::HEAD) && !t.class.is(Class::GIVEN));
    // "Justice Department" and "Secretary of the Navy" are no persons, and "Foreign Minister" names nobody.
    let of = rest.first().is_some_and(|t| matches!(&*t.low, "of" | "for"));
    ((!body || of)
        && rest.first().is_none_or(|t| t.cap || of || is_particle(&t.low))
        && !tokens[title.start - (title.start > run.start) as usize].possessive)
        .then_some(title)
}

/// A title, or a trade between what it belongs to and a name ("NASA Administrator Ada Orr").
fn is_title(tokens: &[Token], at: usize, run: &Range<usize>) -> bool {
    let class = tokens[at].class;
    class.is(Class::TITLE)
        || class.is(Class::ROLE_PERSON | Class::ROLE_MALE | Class::ROLE_FEMALE)
            && at + 1 < run.end
            && tokens[at + 1].cap
            && !class.is(Class::PEOPLE)
}

/// Splits a run at its title: what stands before it may be a body or place, what stands after it is a person.
pub(super) fn titled(tokens: &[Token], run: Range<usize>, title: Range<usize>, found: &mut Vec<Candidate>) {
    let mut before = run.start..title.start;
    if !before.is_empty() && tokens[before.start].class.is(Class::PEOPLE) {
        before.start += 1;
    }
    if !before.is_empty() && !class(&phrase(&tokens[before.clone()])).is(Class::PEOPLE | Class::TITLE) {
        let acronym = before.len() == 1 && tokens[before.start].upper;
        let head = tokens[before.end - 1].class.is(Class::ORGANISATION_WORD) && before.len() > 1;
        let sure = acronym || head || is_gazetted(tokens, before.clone());
        if let Some((kind, trust)) = kind(tokens, before.clone()).filter(|_| sure) {
            found.push(Candidate { tokens: before, kind, trust, sure: false });
        }
    }
    let after = title.end..run.end;
    if after.is_empty() || is_listed(tokens, after.clone(), Class::PEOPLE) {
        return;
    }
    if tokens[after.start].cap || is_particle(&tokens[after.start].low) {
        found.push(Candidate { tokens: after, kind: NameKind::Person, trust: Trust::Known, sure: false });
    } else {
        of_office(tokens, after, found);
    }
}

/// Tells whether a small word begins a family name ("Mr van Dyk").
fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "la"
            | "le"
    )
}

/// "Minister of Trade Ada Orr", "President of Norland Ada Orr": what the office is of, and who holds it.
fn of_office(tokens: &[Token], run: Range<usize>, found: &mut Vec<Candidate>) {
    let first = run.clone().find(|&t| tokens[t].cap);
    let Some(first) = first else { return };
    let person = (first + 1..run.end.saturating_sub(1)).find(|&t| is_given(&tokens[t]));
    let of = first..person.unwrap_or(run.end);
    if is_gazetted(tokens, of.clone()) || tokens[of.end - 1].class.is(Class::ORGANISATION_WORD) && of.len() > 1 {
        found.extend(kind(tokens, of.clone()).map(|(kind, trust)| Candidate { tokens: of, kind, trust, sure: false }));
    }
    found.extend(person.map(|start| Candidate {
        tokens: start..run.end,
        kind: NameKind::Person,
        trust: Trust::Known,
        sure: false,
    }));
}

fn is_given(token: &Token) -> bool {
    token.cap && class(token.text).is(Class::GIVEN) && !token.class.is(Class::PLACE)
}
