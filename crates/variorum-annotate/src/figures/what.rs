//! What an amount is of: the noun phrase after it.

use super::amounts::Amount;
use super::clauses::Clauses;
use super::lexicon::Classes;
use super::nouns::{complement, is_plural, noun_phrase};
use super::tokens::{Kind, Token};
use super::units::Measure;

/// Takes what is counted or measured into the amount.
pub(super) fn add_what(tokens: &[Token], amount: &mut Amount) {
    let found = match amount.unit.map(|unit| unit.measure) {
        None => counted(tokens, amount),
        Some(Measure::Money) => share_of(tokens, amount, &["of", "in"]),
        Some(Measure::Share) => share_of(tokens, amount, &["of", "on"]),
        Some(_) if amount.age => noun_phrase(tokens, after_hyphen(tokens, amount.measured)),
        Some(_) => measured(tokens, amount),
    };
    if let Some(phrase) = found {
        amount.end = amount.end.max(phrase.end);
        amount.what = Some(phrase);
    }
}

fn after_hyphen(tokens: &[Token], at: usize) -> usize {
    let hyphen = tokens.get(at).is_some_and(|t| t.glued && t.is_hyphen());
    if hyphen { at + 1 } else { at }
}

/// "40 people", "12 more workers", "a 12-member panel", "40 of the workers".
fn counted(tokens: &[Token], amount: &mut Amount) -> Option<std::ops::Range<usize>> {
    let mut at = amount.measured;
    let token = tokens.get(at)?;
    if token.glued && token.is_hyphen() {
        amount.joined = true;
        let member = tokens.get(at + 1).is_some_and(|t| t.glued && t.is(Classes::MEMBER));
        return member.then_some(at + 1..at + 2);
    }
    if matches!(token.lower.as_ref(), "more" | "additional" | "further" | "extra") {
        at += 1;
    }
    if let Some(found) = complement(tokens, at, &["of"]) {
        return Some(found);
    }
    if at > amount.measured && noun_phrase(tokens, at).is_none() {
        return None;
    }
    // "injuring dozens" after a number is a new clause.
    let phrase = noun_phrase(tokens, at)?;
    let first = tokens[phrase.start].lower.as_ref();
    let plural = phrase.clone().any(|at| is_plural(&tokens[at]));
    let clause = !plural && (first.ends_with("ing") || first.ends_with("ed") && phrase.len() > 1);
    (!clause).then_some(phrase)
}

/// "25% tariff on steel", "25% of the vote", "$5 million in aid".
fn share_of(tokens: &[Token], amount: &Amount, links: &[&str]) -> Option<std::ops::Range<usize>> {
    let mut at = after_hyphen(tokens, amount.measured);
    // "£35,000 worth of jewellery"
    if tokens.get(at).is_some_and(|t| t.lower == "worth") {
        at += 1;
    }
    if let Some(noun) = noun_phrase(tokens, at) {
        let timely = tokens[noun.clone()].iter().any(|t| t.is(Classes::TIMELY));
        if !timely {
            let more = complement(tokens, noun.end, &["of", "on", "in"]);
            return Some(noun.start..more.map_or(noun.end, |more| more.end));
        }
        return None;
    }
    // "$5 million in Kenya" tells where, "$5 million in aid" what.
    let place =
        tokens.get(at).is_some_and(|t| t.lower == "in") && tokens.get(at + 1).is_some_and(Token::is_capitalised);
    if place { None } else { complement(tokens, at, links) }
}

/// "40 tonnes of rice", "a 12-mile road", "a 5 metre shark".
fn measured(tokens: &[Token], amount: &Amount) -> Option<std::ops::Range<usize>> {
    if let Some(found) = complement(tokens, amount.measured, &["of"]) {
        return Some(found);
    }
    let last = &tokens[amount.measured - 1];
    let name = last.kind == Kind::Word && last.text.len() > 3;
    let singular = amount.value != 1.0 && name && !is_plural(last) && !last.lower.ends_with('s');
    if !(amount.joined || singular) {
        return None;
    }
    // "a 15 metre high fence"
    let at = after_hyphen(tokens, amount.measured);
    let dimension = tokens.get(at).is_some_and(|t| t.is(Classes::IDLE));
    noun_phrase(tokens, if dimension { at + 1 } else { at })
}

/// Mends what is counted by the tree, where there is one.
pub(super) fn mend_what(tokens: &[Token], amount: &mut Amount, clauses: &Clauses, before: Option<&Amount>) {
    if let Some(phrase) = amount.what.clone() {
        amount.what = trimmed(tokens, phrase, clauses);
    }
    if amount.unit.is_none() && !amount.joined {
        let number = tokens[amount.number.start].start..tokens[amount.number.end - 1].end;
        if let Some(counted) = clauses.counted(&number).and_then(|bytes| tokens_of(tokens, &bytes)) {
            let longer = amount.what.as_ref().is_none_or(|what| counted.end >= what.end && counted.start <= what.start);
            amount.what = Some(counted).filter(|_| longer).or(amount.what.take());
        }
    }
    if amount.unit.is_some() && amount.what.is_none() {
        amount.what = clauses.modified(&amount.bytes(tokens)).and_then(|bytes| tokens_of(tokens, &bytes));
    }
    if amount.unit.is_none() && amount.what.is_none() && !amount.vague {
        carry_over(tokens, amount, clauses, before);
        return;
    }
    // "five of its last eight games": the second number is an amount of its own.
    let next_number = |what: &std::ops::Range<usize>| {
        tokens[amount.measured..what.start.max(amount.measured)]
            .iter()
            .any(|token| token.kind == Kind::Number || token.entry.numeral.is_some())
    };
    let apart = amount.what.as_ref().is_some_and(next_number);
    let end = amount.what.as_ref().filter(|_| !apart).map_or(amount.measured, |what| what.end);
    amount.end = end.max(amount.measured);
}

/// "61 votes in favour and 38 against": a bare number joined to a counted noun counts the same.
fn carry_over(tokens: &[Token], amount: &mut Amount, clauses: &Clauses, before: Option<&Amount>) {
    let counted = before.filter(|before| before.unit.is_none()).and_then(|before| before.what.as_ref());
    if let Some(counted) = counted
        && clauses.is_joined(&amount.bytes(tokens), tokens[counted.end - 1].start)
    {
        amount.what = Some(counted.clone());
    }
}

/// Takes verbs, adverbs and the like from the end of a phrase.
fn trimmed(tokens: &[Token], phrase: std::ops::Range<usize>, clauses: &Clauses) -> Option<std::ops::Range<usize>> {
    if clauses.is_finite(tokens[phrase.start].start) {
        return None;
    }
    let mut end = phrase.end;
    while end > phrase.start && clauses.is_no_noun(tokens[end - 1].start) {
        end -= 1;
    }
    (end > phrase.start).then_some(phrase.start..end)
}

fn tokens_of(tokens: &[Token], bytes: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let start = tokens.partition_point(|token| token.start < bytes.start);
    let end = tokens.partition_point(|token| token.end <= bytes.end);
    let fits =
        start < end && tokens[start].start == bytes.start && (start..end).all(|at| is_of_a_phrase(tokens, at, start));
    fits.then_some(start..end)
}

/// "$ 20 $ 37 expenses" is no phrase: signs and numbers of their own do not belong to what is counted.
fn is_of_a_phrase(tokens: &[Token], at: usize, start: usize) -> bool {
    let token = &tokens[at];
    match token.kind {
        Kind::Word => true,
        Kind::Mark => token.is_hyphen() || matches!(token.text, "'" | "’" | "." | "&"),
        _ => at > start && (tokens[at - 1].is_capitalised() || tokens[at - 1].is_hyphen()),
    }
}
