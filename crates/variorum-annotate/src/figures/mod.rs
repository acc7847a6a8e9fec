//! Amounts: value, unit, what is counted, hedge, and which way they moved.

mod abroad;
mod amounts;
#[cfg(test)]
mod cases;
mod clauses;
mod digits;
mod hedges;
mod lexicon;
mod nouns;
mod numerals;
mod rates;
mod refusals;
#[cfg(test)]
mod tests;
mod tokens;
mod units;
mod vague;
mod what;

use std::ops::Range;

use variorum_news::{DateKind, DateMention, Figure, Name};

use crate::Reading;
use amounts::Amount;
use clauses::Clauses;
use tokens::Token;
use units::Measure;

/// Returns the amounts in a report, in order. Numbers inside `dates` are none, nor are those inside `names`.
///
/// Lengths of time ("three weeks") are amounts as well as dates. A text is read as English unless it is in another
/// language that is known here.
pub(crate) fn figures(reading: &Reading, dates: &[DateMention], names: &[Name]) -> Vec<Figure> {
    let taken = taken(reading, dates, names);
    if let Some(lexicon) = reading.language.and_then(abroad::lexicon) {
        return abroad::figures(reading, lexicon, &taken);
    }
    let mut found = Vec::new();
    for sentence in reading.sentences {
        let tokens = tokens::tokens(reading.text, sentence.start, sentence.end);
        read_sentence(reading, &tokens, &taken, &mut found);
    }
    found
}

/// Returns the byte ranges whose numbers are no amounts, in order.
fn taken(reading: &Reading, dates: &[DateMention], names: &[Name]) -> Vec<Range<usize>> {
    let points = dates.iter().filter(|date| date.kind != DateKind::Duration).map(|date| &date.span);
    let names = names.iter().map(|name| &name.span).filter(|span| !is_sum(&span.text));
    let mut taken: Vec<Range<usize>> = points.chain(names).map(|span| reading.spanner.bytes(span)).collect();
    taken.sort_by_key(|range| (range.start, range.end));
    taken
}

/// "USD 200" looks like a name and is money.
fn is_sum(name: &str) -> bool {
    let parts = name.split_once(' ');
    parts.is_some_and(|(code, sum)| units::is_money_code(code) && sum.starts_with(|c: char| c.is_ascii_digit()))
}

fn read_sentence(reading: &Reading, tokens: &[Token], taken: &[Range<usize>], found: &mut Vec<Figure>) {
    let mut at = 0;
    let mut before: Option<Amount> = None;
    while at < tokens.len() {
        let Some(reach) = amounts::amount_at(reading.text, tokens, at) else {
            at += 1;
            continue;
        };
        at = reach.next;
        let Some(mut amount) = reach.amount else { continue };
        let number = tokens[amount.number.start].start..tokens[amount.number.end - 1].end;
        if touches(taken, &number) {
            continue;
        }
        describe(reading, tokens, &mut amount, before.as_ref());
        if refusals::is_refused(tokens, &amount) || is_label(reading, tokens, &amount) {
            continue;
        }
        hedges::add_late_hedge(tokens, &mut amount);
        at = at.max(amount.end);
        found.push(figure(reading, tokens, &amount));
        before = Some(amount);
    }
}

/// Adds what the words around a number say of it, and then what the tree says.
fn describe(reading: &Reading, tokens: &[Token], amount: &mut Amount, before: Option<&Amount>) {
    hedges::add_hedge(tokens, amount);
    what::add_what(tokens, amount);
    if let Some(clauses) = clauses_of(reading) {
        what::mend_what(tokens, amount, &clauses, before);
    }
    hedges::add_trend(tokens, amount, before, clauses_of(reading).as_ref());
    rates::add_rate(tokens, amount);
}

fn clauses_of<'a>(reading: &Reading<'a>) -> Option<Clauses<'a>> {
    reading.grammar.map(|grammar| Clauses { text: reading.text, grammar })
}

/// "Plant 4", "mile marker 20": a bare number that counts nothing and hangs on the noun before it.
fn is_label(reading: &Reading, tokens: &[Token], amount: &Amount) -> bool {
    let bare = amount.unit.is_none() && amount.what.is_none() && amount.hedge.is_none() && amount.number.plain;
    let after_money = amount.start.checked_sub(1).is_some_and(|before| units::money(tokens[before].text).is_some());
    bare && !after_money && clauses_of(reading).is_some_and(|clauses| clauses.is_label(&amount.bytes(tokens)))
}

fn touches(taken: &[Range<usize>], number: &Range<usize>) -> bool {
    let first = taken.partition_point(|range| range.end <= number.start);
    taken[first..].iter().take(4).any(|range| range.start < number.end && number.start < range.end)
}

fn figure(reading: &Reading, tokens: &[Token], amount: &Amount) -> Figure {
    let words = |range: &Range<usize>| &reading.text[tokens[range.start].start..tokens[range.end - 1].end];
    let about = || {
        let kind = match amount.unit.map(|unit| unit.measure) {
            None => clauses::Kind::Bare,
            Some(Measure::Time) => clauses::Kind::Time,
            Some(Measure::Money) => clauses::Kind::Money,
            Some(_) => clauses::Kind::Measure,
        };
        let bytes = clauses_of(reading)?.measured(&amount.bytes(tokens), tokens[amount.start].start, kind)?;
        Some(&reading.text[bytes])
    };
    Figure {
        span: reading.spanner.span(tokens[amount.start].start..tokens[amount.end - 1].end),
        value: amount.value,
        high: amount.high,
        unit: amount.unit.map(units::Unit::given_out),
        what: amount.what.as_ref().map(words).or_else(about).map(str::to_owned),
        hedge: amount.hedge,
        trend: amount.trend,
        vague: amount.vague,
        per: amount.per.as_ref().map(|range| words(range).to_owned()),
    }
}
