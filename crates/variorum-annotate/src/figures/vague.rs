//! Amounts that name no number: "dozens of houses", "several hundred workers", "tens of thousands".

use variorum_news::Hedge;

use super::lexicon::{Classes, Numeral};
use super::tokens::{Kind, Token};

/// The least that vague words can mean, how that is a bound, and the token after them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vague {
    pub value: f64,
    pub hedge: Hedge,
    pub end: usize,
}

/// Returns the vague amount that begins at a token.
pub(super) fn vague_at(tokens: &[Token], at: usize) -> Option<Vague> {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    // "in the hundreds", "five hundreds", "the Thousands" are none.
    let bound = before.is_some_and(|t| {
        t.kind == Kind::Number || t.entry.numeral.is_some() || t.is(Classes::DETERMINER) || t.is_hyphen()
    });
    let named = tokens[at].is_capitalised() && before.is_some_and(|t| t.kind == Kind::Word);
    if bound || named {
        return None;
    }
    plurals(tokens, at).or_else(|| after_several(tokens, at))
}

/// "dozens", "tens of thousands", "hundreds of millions": at least two of each.
fn plurals(tokens: &[Token], at: usize) -> Option<Vague> {
    let (first, mut end) = (plural(&tokens[at])?, at + 1);
    let mut value = 2.0 * first;
    if let Some(scale) = tokens.get(end).filter(|t| t.lower == "of").and(tokens.get(end + 1)).and_then(plural) {
        (value, end) = (value * scale, end + 2);
    } else if first == 10.0 {
        return None;
    }
    let glued = tokens.get(end).is_some_and(|t| t.glued && t.is_hyphen());
    (!glued).then_some(Vague { value, hedge: Hedge::AtLeast, end })
}

fn plural(token: &Token) -> Option<f64> {
    if !token.lower.ends_with('s') {
        return None;
    }
    match token.entry.numeral {
        Some(Numeral::Hundred) => Some(100.0),
        Some(Numeral::Scale(scale)) => Some(scale),
        Some(Numeral::Dozen) => Some(12.0),
        _ => (token.lower == "tens").then_some(10.0),
    }
}

/// "several hundred", "a few dozen", "a couple of thousand".
fn after_several(tokens: &[Token], at: usize) -> Option<Vague> {
    let word = |n: usize| tokens.get(at + n).map_or("", |t| t.lower.as_ref());
    let (scale_at, hedge) = match (word(0), word(1), word(2)) {
        ("several", ..) => (at + 1, Hedge::AtLeast),
        ("a", "few", _) => (at + 2, Hedge::AtLeast),
        ("a", "couple", "of") => (at + 3, Hedge::About),
        ("a", "couple", _) => (at + 2, Hedge::About),
        _ => return None,
    };
    let token = tokens.get(scale_at).filter(|t| !t.lower.ends_with('s') && t.kind == Kind::Word)?;
    let scale = match token.entry.numeral? {
        Numeral::Hundred => 100.0,
        Numeral::Scale(scale) => scale,
        Numeral::Dozen => 12.0,
        _ => return None,
    };
    let next = tokens.get(scale_at + 1);
    let more = next.is_some_and(|t| t.entry.numeral.is_some() || t.kind == Kind::Number || t.is_hyphen());
    (!more).then_some(Vague { value: 2.0 * scale, hedge, end: scale_at + 1 })
}
