//! What an amount is reckoned by: "three flights a day", "$20 per person".

use super::amounts::Amount;
use super::lexicon::Classes;
use super::nouns::noun_phrase;
use super::tokens::{Kind, Token};
use super::units::Measure;

/// Takes the noun after "per", or after "a" where that is usual, as what the amount is reckoned by.
pub(super) fn add_rate(tokens: &[Token], amount: &mut Amount) {
    if let Some(under) = in_unit(tokens, amount) {
        amount.per = Some(under);
        return;
    }
    if amount.age || amount.unit.is_some_and(|unit| unit.measure == Measure::Time) {
        return;
    }
    if let Some(under) = hyphened(tokens, amount.measured) {
        (amount.end, amount.per) = (amount.end.max(under + 1), Some(under..under + 1));
        return;
    }
    let Some(link) = tokens.get(amount.end) else { return };
    let per = matches!(link.lower.as_ref(), "per" | "every");
    let loose = matches!(link.lower.as_ref(), "a" | "an" | "each");
    let Some(under) = tokens.get(amount.end + 1).filter(|token| token.kind == Kind::Word) else { return };
    let next = tokens.get(amount.end + 2);
    let opens = next.is_none_or(|token| !token.glued || !token.is_hyphen());
    let usual = loose && under.is(Classes::RATE) && !names_more(tokens, amount.end + 2);
    if !(opens && (per || usual)) {
        return;
    }
    let under = if under.is(Classes::RATE) {
        Some(amount.end + 1..amount.end + 2)
    } else {
        noun_phrase(tokens, amount.end + 1)
    };
    if let Some(under) = under {
        amount.end = under.end;
        amount.per = Some(under);
    }
}

/// "a $2,000-a-night hotel"
fn hyphened(tokens: &[Token], at: usize) -> Option<usize> {
    let [first, link, second, under, ..] = tokens.get(at..)? else { return None };
    let bound = first.is_hyphen() && second.is_hyphen() && matches!(link.lower.as_ref(), "a" | "an" | "per");
    (bound && link.glued && under.glued && under.is(Classes::RATE)).then_some(at + 3)
}

/// "sold 5 million shares a year earlier", "12 points a year ago": a time, not a rate.
fn names_more(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| {
        matches!(next.lower.as_ref(), "earlier" | "ago" | "later" | "before" | "after" | "old" | "into" | "from")
    })
}

/// The part of a unit below the line ("$70 a barrel").
fn in_unit(tokens: &[Token], amount: &Amount) -> Option<std::ops::Range<usize>> {
    amount.unit?.per?;
    let link = (amount.number.end..amount.measured)
        .find(|&at| matches!(tokens[at].lower.as_ref(), "per" | "a" | "an" | "/"))?;
    (link + 1 < amount.measured).then_some(link + 1..amount.measured)
}
