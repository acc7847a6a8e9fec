//! An amount: one number or a range of two, with its unit or money.

use std::ops::Range;

use variorum_news::{Hedge, Trend};

use super::lexicon::{Classes, Numeral};
use super::numerals::{Before, Number, number_at};
use super::refusals;
use super::tokens::{Kind, Token};
use super::units::{Found, Measure, Unit, money, unit_at};
use super::vague::vague_at;

/// An amount and all that the words around it say of it.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// Its first token, hedge and sign of money included.
    pub start: usize,
    /// One past its last token, unit and what is counted included.
    pub end: usize,
    /// The first number.
    pub number: Number,
    /// One past the last token of number and unit.
    pub measured: usize,
    pub value: f64,
    pub high: Option<f64>,
    pub unit: Option<Unit>,
    /// A hyphen binds the unit or the counted noun ("a 12-mile road").
    pub joined: bool,
    /// It is somebody's or something's age.
    pub age: bool,
    pub hedge: Option<Hedge>,
    pub trend: Option<Trend>,
    pub what: Option<Range<usize>>,
    /// What it is reckoned by.
    pub per: Option<Range<usize>>,
    /// It names no number ("dozens").
    pub vague: bool,
}

impl Amount {
    /// Returns the bytes of number and unit.
    pub fn bytes(&self, tokens: &[Token]) -> Range<usize> {
        tokens[self.number.start].start..tokens[self.measured.max(self.number.end) - 1].end
    }
}

/// Where reading goes on, and the amount if the number is one.
pub(super) struct Reach {
    pub next: usize,
    pub amount: Option<Amount>,
}

/// Returns the amount that begins at a token; `None` where no number begins.
pub(super) fn amount_at(text: &str, tokens: &[Token], at: usize) -> Option<Reach> {
    if !may_begin(tokens, at) {
        return None;
    }
    if let Some(amount) = vague_amount(text, tokens, at) {
        return Some(Reach { next: amount.measured, amount: Some(amount) });
    }
    let money = money_before(text, tokens, at);
    let (first, before) = money.map_or((at, Before::Other), |found| (found.end, Before::Money));
    let number = number_at(tokens, first, before)?;
    if money.is_none() && refusals::is_name_or_code(tokens, &number) {
        return Some(Reach { next: number.end, amount: None });
    }
    let mut amount = bare(at, number);
    amount.unit = money.map(|found| found.unit);
    read_ratio(tokens, &mut amount);
    read_unit(text, tokens, &mut amount);
    if !read_range(text, tokens, &mut amount) && is_score(tokens, &amount) {
        return Some(Reach { next: amount.measured + 2, amount: None });
    }
    if amount.high.is_none() {
        share_scale(tokens, &mut amount);
    }
    read_second_unit(text, tokens, &mut amount);
    read_age(tokens, &mut amount);
    amount.end = amount.measured;
    Some(Reach { next: amount.measured, amount: Some(amount) })
}

/// "dozens", also with a unit: "tens of millions of dollars".
fn vague_amount(text: &str, tokens: &[Token], at: usize) -> Option<Amount> {
    let vague = vague_at(tokens, at)?;
    let number = Number { value: vague.value, start: at, end: vague.end, plain: false, scale: None, part: false };
    let mut amount = Amount { hedge: Some(vague.hedge), vague: true, ..bare(at, number) };
    let of = tokens.get(vague.end).is_some_and(|token| token.lower == "of");
    if let Some(found) = unit_at(text, tokens, if of { vague.end + 1 } else { vague.end }) {
        // "Hundreds of years" is a long time, and no amount.
        if found.unit.measure == Measure::Time {
            return None;
        }
        (amount.unit, amount.measured) = (Some(found.unit), found.end);
    }
    amount.end = amount.measured;
    Some(amount)
}

/// A cheap test, as most words begin no number.
fn may_begin(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.kind {
        Kind::Number => true,
        Kind::Code => false,
        Kind::Mark => !matches!(token.text, "." | "," | "'" | "\"" | "“" | "”" | "’" | "(" | ")" | ":" | ";"),
        Kind::Word => {
            token.entry.numeral.is_some()
                || matches!(token.lower.as_ref(), "a" | "an" | "several" | "tens")
                || token.text.len() <= 4 && (money(token.text).is_some() || tokens.get(at + 1).is_some_and(is_sign))
        }
    }
}

/// "$", "€" and the like, which may have letters before them.
fn is_sign(token: &Token) -> bool {
    token.kind == Kind::Mark && (token.text == "$" || !token.text.is_ascii())
}

fn bare(at: usize, number: Number) -> Amount {
    Amount {
        start: at,
        end: number.end,
        number,
        measured: number.end,
        value: number.value,
        high: None,
        unit: None,
        joined: false,
        age: false,
        hedge: None,
        trend: None,
        what: None,
        per: None,
        vague: false,
    }
}

/// Returns the money whose sign or code stands at a token, before digits.
fn money_before(text: &str, tokens: &[Token], at: usize) -> Option<Found> {
    let digits = |next: usize| {
        let minus = tokens.get(next).is_some_and(Token::is_dash);
        tokens.get(if minus { next + 1 } else { next }).is_some_and(|t| t.kind == Kind::Number)
    };
    // "US$", "C$" in two tokens, also "hk $".
    if let Some(sign) = tokens.get(at + 1).filter(|t| is_sign(t))
        && tokens[at].kind == Kind::Word
        && digits(at + 2)
    {
        let spaced = !sign.glued;
        let joined = format!("{}{}", tokens[at].text, sign.text);
        if let Some(unit) = money(&joined).filter(|_| !spaced || tokens[at].text.len() > 1 || tokens[at].lower == "c") {
            return Some(Found { unit, end: at + 2 });
        }
    }
    let unit = money(&text[tokens[at].start..tokens[at].end])?;
    let dot = tokens.get(at + 1).is_some_and(|t| t.text == "." && t.glued && tokens[at].lower == "rs");
    let next = if dot { at + 2 } else { at + 1 };
    digits(next).then_some(Found { unit, end: next })
}

/// "one in three", "two out of five", "one over twenty" are fractions.
fn read_ratio(tokens: &[Token], amount: &mut Amount) {
    let number = amount.number;
    let whole = |n: &Number| n.value.fract() == 0.0 && n.value >= 1.0 && n.scale.is_none() && !n.part;
    if amount.unit.is_some() || !whole(&number) {
        return;
    }
    let words = |n: usize| tokens.get(number.end + n).map_or("", |t| t.lower.as_ref());
    let (link, mut second) = match (words(0), words(1)) {
        ("out", "of") => ("of", number.end + 2),
        ("in", _) => ("in", number.end + 1),
        ("over", _) => ("over", number.end + 1),
        _ => return,
    };
    if tokens.get(second).is_some_and(|t| t.lower == "every") {
        second += 1;
    }
    let Some(under) = tokens.get(second).and_then(|_| number_at(tokens, second, Before::Other)) else { return };
    if !whole(&under) && under.scale.is_none() {
        return;
    }
    let next = tokens.get(under.end);
    let timely = next.is_some_and(|t| {
        t.is(Classes::TIMELY | Classes::MONTH)
            || super::units::unit_at("", &[], 0).is_some()
            || t.lower.trim_end_matches('s').len() > 2
                && matches!(t.lower.trim_end_matches('s'), "day" | "week" | "month" | "year" | "hour" | "minute")
    });
    let round = matches!(under.value as u64, 2..=10 | 12 | 20 | 21 | 50 | 100 | 1000 | 10_000 | 100_000);
    let fits = match link {
        "of" => number.value < under.value,
        "in" => number.value < under.value && number.value < 10.0 && round && !timely,
        _ => number.value != under.value && next.is_none_or(|t| t.kind == Kind::Mark),
    };
    if !fits || next.is_some_and(|t| t.glued && t.kind == Kind::Word) {
        return;
    }
    amount.value = number.value / under.value;
    amount.number = Number { end: under.end, value: amount.value, plain: false, part: true, ..number };
    amount.measured = under.end;
}

fn read_unit(text: &str, tokens: &[Token], amount: &mut Amount) {
    let end = amount.measured;
    if let Some(money) = amount.unit {
        // "$5 per barrel", "$ 10 dollars", "$5 US"
        if let Some(found) = rate_after_money(text, tokens, end, money) {
            (amount.unit, amount.measured) = (Some(found.unit), found.end);
        }
        return;
    }
    let glued = tokens.get(end).is_some_and(|t| t.glued && t.is_hyphen())
        && tokens.get(end + 1).is_some_and(|t| t.glued && t.kind == Kind::Word);
    let hyphen = glued || is_spaced_compound(text, tokens, end);
    // "half an hour"
    let article = amount.number.part && tokens.get(end).is_some_and(|t| matches!(t.lower.as_ref(), "a" | "an"));
    // "4 more days"
    let more = tokens.get(end).is_some_and(|t| matches!(t.lower.as_ref(), "more" | "extra" | "additional" | "further"))
        && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.lower.ends_with('s') && t.lower.len() > 3);
    let at = if hyphen || article || more { end + 1 } else { end };
    let Some(found) = unit_at(text, tokens, at).filter(|found| fits(tokens, amount, at, found)) else {
        read_inches(tokens, amount);
        return;
    };
    let pounds_of_money = found.unit.name == "lb" && amount.number.scale.is_some_and(|scale| scale >= 1e6);
    amount.unit = Some(if pounds_of_money { money("£").expect("the pound has a sign") } else { found.unit });
    amount.measured = found.end;
    amount.joined = hyphen;
}

/// "a 30 - day comment period" in text whose words were parted by a machine.
fn is_spaced_compound(text: &str, tokens: &[Token], at: usize) -> bool {
    let hyphen = tokens.get(at).is_some_and(|t| !t.glued && t.is_hyphen());
    let unit = || unit_at(text, tokens, at + 1).filter(|found| found.unit.measure == Measure::Time);
    hyphen
        && tokens.get(at + 1).is_some_and(|t| !t.glued && t.kind == Kind::Word && !t.lower.ends_with('s'))
        && unit().is_some()
}

fn rate_after_money(text: &str, tokens: &[Token], at: usize, money: Unit) -> Option<Found> {
    let next = tokens.get(at).filter(|_| !opens_sum(tokens, at))?;
    if let Some(same) = unit_at(text, tokens, at).filter(|f| f.unit.measure == Measure::Money) {
        let unit = if same.unit.name == "USD" || same.unit.per.is_some() {
            Unit { per: same.unit.per, ..money }
        } else {
            same.unit
        };
        return Some(Found { unit, end: same.end });
    }
    super::units::rate_at(text, tokens, at, money).filter(|_| next.kind != Kind::Number)
}

/// "10 people and 12 $5 notes", a table's "$40 $50": a sign glued to the digits after it belongs to them.
fn opens_sum(tokens: &[Token], at: usize) -> bool {
    is_sign(&tokens[at]) && tokens.get(at + 1).is_some_and(|t| t.glued && t.kind == Kind::Number)
}

/// Tells whether a unit is meant: "the 1990s" has no seconds, "two second chances" neither.
fn fits(tokens: &[Token], amount: &Amount, at: usize, found: &Found) -> bool {
    let token = &tokens[at];
    if opens_sum(tokens, at) {
        return false;
    }
    let glued = token.glued && at == amount.number.end;
    match token.text {
        "s" | "t" if glued && amount.number.plain && token.text == "s" => false,
        "second" | "Second" => amount.value == 1.0 || amount.joined || at > amount.number.end,
        "in" => false,
        // "30C" is a temperature; "30 C-sections" are none.
        "C" | "F" => {
            glued
                || tokens
                    .get(found.end)
                    .is_none_or(|t| t.kind == Kind::Mark && !t.glued || matches!(t.text, "." | "," | ")"))
        }
        "won" => false,
        _ => {
            let letter = token.text.len() == 1 && found.end == at + 1 && token.kind == Kind::Word;
            // "5 A levels", "3 L-shaped rooms": a lone letter before a hyphen is no unit.
            !(letter && tokens.get(found.end).is_some_and(|t| t.glued && t.is_hyphen()))
        }
    }
}

/// "2 in" is a length where a measure must stand: at the end, before "thick", after feet, after a fraction.
fn read_inches(tokens: &[Token], amount: &mut Amount) {
    let Some(token) = tokens.get(amount.measured).filter(|t| t.text == "in") else { return };
    let next = tokens.get(amount.measured + 1);
    let dimension =
        next.is_some_and(|t| matches!(t.lower.as_ref(), "thick" | "wide" | "long" | "tall" | "deep" | "high"));
    let last = next.is_none_or(|t| t.text == "." && t.glued) && tokens.len() <= amount.measured + 2;
    if token.kind == Kind::Word && (dimension || last || amount.number.plain && token.glued) {
        amount.unit = super::units::named("inch");
        amount.measured += 1;
    }
}

/// "10 to 12", "10-12", "between 10 and 12", "two or three", "44 mg to 50 mg", "8- to 16-metre".
fn read_range(text: &str, tokens: &[Token], amount: &mut Amount) -> bool {
    let Some((second, dashed)) = range_link(tokens, amount) else { return false };
    // "from 9,200 in 1950 to 6,100"
    let dated =
        amount.start.checked_sub(1).is_some_and(|before| matches!(tokens[before].lower.as_ref(), "in" | "since"));
    if dated && refusals::is_year(tokens, &amount.number, false) {
        return false;
    }
    let money_sign = money_before(text, tokens, second);
    let at = money_sign.map_or(second, |found| found.end);
    let before = if amount.unit.is_some_and(|u| u.measure == Measure::Money) { Before::Money } else { Before::Other };
    let Some(number) = tokens.get(at).and_then(|_| number_at(tokens, at, before)) else { return false };
    let mut high = bare(second, number);
    high.unit = money_sign.map(|found| found.unit);
    read_unit(text, tokens, &mut high);
    if refusals::is_year(tokens, &number, high.unit.is_some())
        && refusals::is_year(tokens, &amount.number, high.unit.is_some())
    {
        return false;
    }
    if let (Some(low), Some(high)) = (amount.unit, high.unit)
        && low != high
        && high.per.is_none()
    {
        return false;
    }
    let mut low = amount.value;
    // "$3-5 billion": the scale of the second counts for both, if the first is the smaller so.
    if let (None, Some(scale)) = (amount.number.scale, number.scale)
        && low < number.value / scale
        && scale > 12.0
    {
        low *= scale;
    }
    let (low, top) = if low < 0.0 && number.value < low { (number.value, low) } else { (low, number.value) };
    if low >= top
        || (dashed && high.unit.is_none() && amount.unit.is_none() && !counts_something(tokens, high.measured))
    {
        return false;
    }
    amount.value = low;
    amount.high = Some(top);
    amount.unit = high.unit.or(amount.unit);
    amount.joined |= high.joined;
    amount.measured = high.measured;
    amount.number = Number { end: number.end, plain: false, ..amount.number };
    amount.hedge = Some(Hedge::Between);
    if amount.start > 0 && matches!(tokens[amount.start - 1].lower.as_ref(), "between" | "from") {
        amount.start -= 1;
    }
    true
}

fn counts_something(tokens: &[Token], at: usize) -> bool {
    super::nouns::noun_phrase(tokens, at)
        .is_some_and(|phrase| phrase.clone().any(|t| super::nouns::is_plural(&tokens[t])))
}

/// Returns the token after what joins the two ends of a range, and whether that is a dash.
fn range_link(tokens: &[Token], amount: &Amount) -> Option<(usize, bool)> {
    let mut at = amount.measured;
    let link = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    let sums = amount.unit.is_some_and(|unit| unit.measure == Measure::Money) && is_sign(next);
    if link.is_dash() && link.glued == next.glued && (link.glued || next.plain || sums) {
        return Some((at + 1, true));
    }
    if link.is_hyphen() && link.glued && matches!(next.lower.as_ref(), "to" | "or") {
        at += 1;
    }
    let before = amount.start.checked_sub(1).map_or("", |before| tokens[before].lower.as_ref());
    match tokens[at].lower.as_ref() {
        "to" if before == "from" && refusals::changed_before(tokens, amount.start - 1) => None,
        "to" if is_change_to(tokens, amount, at + 1) => None,
        "to" => Some((at + 1, false)),
        "and" if before == "between" => Some((at + 1, false)),
        "or" if amount.value.fract() == 0.0 && amount.value < 100.0 => {
            let second = number_at(tokens, at + 1, Before::Other)?;
            (second.value > amount.value && second.value <= amount.value * 2.0).then_some((at + 1, false))
        }
        _ => None,
    }
}

/// "rose 3 points to 31%", "grew by a third to 45 million", "up 200 to 1,300": by how much, and to what.
fn is_change_to(tokens: &[Token], amount: &Amount, second: usize) -> bool {
    let before = amount.start.checked_sub(1).map_or("", |before| tokens[before].lower.as_ref());
    let moved = matches!(before, "up" | "down" | "by") || refusals::changed_before(tokens, amount.start);
    let far = || number_at(tokens, second, Before::Other).is_some_and(|number| number.value > 2.0 * amount.value);
    moved && (amount.unit.is_some() || amount.number.part || before == "by" && far())
}

/// "from 3 to 5 million" after a word of change: the scale of the second counts for both.
fn share_scale(tokens: &[Token], amount: &mut Amount) {
    let from = amount.start.checked_sub(1).is_some_and(|before| tokens[before].lower == "from");
    let to = tokens.get(amount.measured).is_some_and(|token| token.lower == "to");
    if !from || !to || amount.number.scale.is_some() || amount.number.part || amount.measured != amount.number.end {
        return;
    }
    let second = tokens.get(amount.measured + 1).and_then(|_| number_at(tokens, amount.measured + 1, Before::Other));
    if let Some((number, scale)) = second.and_then(|number| Some((number, number.scale?)))
        && scale >= 1000.0
        && amount.value < 1000.0
        && number.value / scale < 1000.0
    {
        amount.value *= scale;
    }
}

/// "3-2", "1 – 0", "50-50": two numbers joined by a dash that are no range.
fn is_score(tokens: &[Token], amount: &Amount) -> bool {
    let at = amount.measured;
    let (Some(dash), Some(second)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    let number =
        second.kind == Kind::Number || matches!(second.entry.numeral, Some(Numeral::Unit(_) | Numeral::Ten(_)));
    let small = amount.number.plain && second.plain && amount.value < 200.0;
    at == amount.number.end && dash.is_dash() && dash.glued == second.glued && number && (dash.glued || small)
}

/// "5 feet 2 inches", "3 dollars and 50 cents" are one amount.
fn read_second_unit(text: &str, tokens: &[Token], amount: &mut Amount) {
    let Some(first) = amount.unit.filter(|_| amount.high.is_none() && !amount.joined) else { return };
    let share = match (first.name, first.measure) {
        ("ft", _) => 12.0,
        ("USD" | "EUR", Measure::Money) => 100.0,
        _ => return,
    };
    let mut at = amount.measured;
    if tokens.get(at).is_some_and(|t| t.lower == "and") {
        at += 1;
    }
    let Some(number) = tokens.get(at).and_then(|_| number_at(tokens, at, Before::Other)) else { return };
    let mut second = bare(at, number);
    read_unit(text, tokens, &mut second);
    let smaller = match second.unit.map(|u| u.name) {
        Some("in") => first.name == "ft",
        Some("cent") => share == 100.0,
        None if first.name == "ft" && second.number.plain => tokens.get(number.end).is_some_and(|t| t.text == "in"),
        _ => false,
    };
    if smaller && second.value < share && second.value.fract() == 0.0 {
        amount.value += second.value / share;
        amount.measured = if second.unit.is_none() { number.end + 1 } else { second.measured };
    }
}

/// "42 years old", "a 42-year-old", "three months of age", "aged 42", "Ann Orr, 42, said".
fn read_age(tokens: &[Token], amount: &mut Amount) {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| words.contains(&t.lower.as_ref()));
    let at = amount.measured;
    if amount.unit.is_some_and(|u| u.measure == Measure::Time) {
        let spaced = amount.joined && tokens.get(at).is_some_and(|t| !t.glued);
        let hyphen = tokens.get(at).is_some_and(|t| t.is_hyphen() && (t.glued || spaced));
        let old = if hyphen { at + 1 } else { at };
        if is(old, &["old", "olds"]) {
            (amount.measured, amount.age) = (old + 1, true);
        } else if is(at, &["of"]) && is(at + 1, &["age"]) {
            (amount.measured, amount.age) = (at + 2, true);
        }
        return;
    }
    let human = amount.value.fract() == 0.0 && (0.0..=120.0).contains(&amount.value);
    if amount.unit.is_some() || !human || amount.high.is_some_and(|high| high > 120.0) {
        return;
    }
    let before = |n: usize| amount.start.checked_sub(n).map(|before| &tokens[before]);
    let aged = before(1).is_some_and(|t| matches!(t.lower.as_ref(), "aged" | "age"));
    let of_age = before(1).is_some_and(|t| t.lower == "of") && before(2).is_some_and(|t| t.lower == "age");
    let between_commas = amount.number.plain
        && before(1).is_some_and(|t| t.text == ",")
        && before(2).is_some_and(|t| t.is_capitalised() && !t.is(Classes::MONTH | Classes::WEEKDAY))
        && is(at, &[","])
        && (before(3).is_some_and(Token::is_capitalised)
            || before(3).is_some_and(|t| t.text == ".") && before(4).is_some_and(Token::is_capitalised)
            || is(at + 1, &["who", "of", "from", "said", "says", "told", "was", "is", "has", "had", "a", "an", "and"]));
    if is(at, &["yo", "y.o", "y.o."]) {
        (amount.measured, amount.age) = (at + 1, true);
    }
    if aged || of_age || between_commas || amount.age {
        amount.age = true;
        amount.unit = super::units::named("year");
        if aged {
            amount.start -= 1;
        }
    }
}
