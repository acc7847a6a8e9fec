//! What is counted: the noun phrase after an amount, ended by the closed classes, as no tagger is at hand.

use super::lexicon::{Classes, Numeral};
use super::tokens::{Kind, Token};

/// A noun phrase has no more words than this.
const MAX_WORDS: usize = 6;

/// Tells whether a word looks like a plural noun.
pub(super) fn is_plural(token: &Token) -> bool {
    if token.is(Classes::PLURAL) {
        return true;
    }
    let word = token.lower.as_ref();
    let ends = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    ends && word.len() > 3 && !word.contains('\'') && !token.is(Classes::LONE_S | Classes::STOP)
}

/// Returns the tokens of the noun phrase that begins at a token, where one does.
pub(super) fn noun_phrase(tokens: &[Token], at: usize) -> Option<std::ops::Range<usize>> {
    let mut end = at;
    let mut words = 0;
    while words < MAX_WORDS {
        let Some(next) = word_end(tokens, end, at) else { break };
        // After a plural noun a verb or a new phrase begins, unless it only qualifies another noun ("sports teams").
        if words > 0 && plural_before(tokens, end) && !qualifies(tokens, end) {
            break;
        }
        if words > 0 && is_participle(&tokens[next - 1]) && !leads_to_plural(tokens, next) {
            break;
        }
        end = next;
        words += 1;
    }
    while end > at && is_adverb(&tokens[end - 1]) {
        end -= 1;
    }
    // "three of the mayor's": the head is missing.
    let headless = end > at && tokens[end - 1].lower.ends_with("'s");
    (end > at && !headless).then_some(at..end)
}

/// Returns the end of the word at a token with all that is hyphened to it ("U.S.-led", "C-17"); none where the
/// phrase ends.
fn word_end(tokens: &[Token], at: usize, start: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    if first.kind != Kind::Word
        || first.is(Classes::STOP | Classes::DETERMINER | Classes::MONTH | Classes::WEEKDAY)
            && !counts(first, at, start)
    {
        return None;
    }
    if begins_number(first) {
        return None;
    }
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|t| t.glued && t.is_hyphen())
        && tokens.get(end + 1).is_some_and(|t| t.glued && t.kind != Kind::Mark)
    {
        end += 2;
    }
    Some(end)
}

/// "three quarters" are counted, "the K-12 schools" and "point guards" too; any other number word is a new amount.
fn begins_number(token: &Token) -> bool {
    let amount = !matches!(token.entry.numeral, None | Some(Numeral::Letter(_) | Numeral::Short(_) | Numeral::Point));
    amount && token.lower != "quarters"
}

/// "40 lives", "40 works" and "3 hits" count nouns that are verbs elsewhere.
fn counts(first: &Token, at: usize, start: usize) -> bool {
    at == start
        && matches!(first.lower.as_ref(), "lives" | "works" | "hits" | "wins" | "leaves" | "votes" | "calls" | "visits")
}

fn plural_before(tokens: &[Token], end: usize) -> bool {
    is_plural(&tokens[end - 1])
}

fn qualifies(tokens: &[Token], at: usize) -> bool {
    let (before, next) = (&tokens[at - 1], &tokens[at]);
    let named = before.is_capitalised() && next.is_capitalised();
    named || (is_plural(next) && !next.is(Classes::TIMELY) && next.lower.len() > 4)
}

fn is_participle(token: &Token) -> bool {
    let word = token.lower.as_ref();
    !token.is_capitalised() && word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"))
}

fn leads_to_plural(tokens: &[Token], at: usize) -> bool {
    let mut next = at;
    for _ in 0..2 {
        match word_end(tokens, next, usize::MAX) {
            Some(end) if is_plural(&tokens[end - 1]) => return true,
            Some(end) => next = end,
            None => return false,
        }
    }
    false
}

fn is_adverb(token: &Token) -> bool {
    let noun = matches!(
        token.lower.as_ref(),
        "family" | "supply" | "assembly" | "monopoly" | "anomaly" | "butterfly" | "reply"
    );
    token.lower.len() > 4 && token.lower.ends_with("ly") && !noun && !token.is_capitalised()
}

/// Returns the noun phrase after "of", "on" or "in", where it is what an amount is of, with where it begins.
pub(super) fn complement(tokens: &[Token], at: usize, links: &[&str]) -> Option<std::ops::Range<usize>> {
    let link = tokens.get(at)?;
    if !links.contains(&link.lower.as_ref()) {
        return None;
    }
    let mut first = at + 1;
    while tokens.get(first).is_some_and(|t| t.is(Classes::DETERMINER)) && first < at + 4 {
        first += 1;
    }
    // After "of" and an article a verb is a noun: "of the vote".
    let noun = tokens.get(first).filter(|t| t.is(Classes::VERB) && !t.is(Classes::FUNCTION)).map(|_| first..first + 1);
    let phrase = noun_phrase(tokens, first).or(noun)?;
    if phrase.len() == 1 && tokens[phrase.start].is(Classes::IDLE) {
        return None;
    }
    let timely = tokens[phrase.clone()].iter().any(|t| t.is(Classes::TIMELY | Classes::MONTH | Classes::WEEKDAY));
    (!timely).then_some(phrase)
}
