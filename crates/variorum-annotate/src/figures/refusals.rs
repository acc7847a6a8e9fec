//! Numbers that are no amounts: years, days, names, codes, addresses, list numbers, the pronoun "one".

use super::amounts::Amount;
use super::lexicon::Classes;
use super::nouns::{is_plural, noun_phrase};
use super::numerals::Number;
use super::tokens::{Kind, Token};
use super::units::Measure;

/// Tells whether the number is part of a name, code, day or time, whatever unit may follow.
pub(super) fn is_name_or_code(tokens: &[Token], number: &Number) -> bool {
    after_a_word_and_hyphen(tokens, number.start)
        || is_numbered(tokens, number)
        || is_day(tokens, number)
        || is_clock(tokens, number.end)
        || is_list_number(tokens, number)
}

/// Tells whether an amount with all its words is none after all.
pub(super) fn is_refused(tokens: &[Token], amount: &Amount) -> bool {
    let number = &amount.number;
    if let Some(unit) = amount.unit {
        // "the 2018 year": a year before a unit of time in the singular.
        let singular = !tokens[amount.measured - 1].lower.ends_with('s') && !amount.joined && !amount.age;
        return unit.measure == Measure::Time && singular && is_year(tokens, number, false);
    }
    glued_to_letters(tokens, amount)
        || is_year(tokens, number, false) && !is_counted_year(tokens, amount)
        || in_a_name(tokens, amount)
        || is_address(tokens, number)
        || is_pronoun(tokens, amount)
        || at_a_time(tokens, amount)
        || is_label(tokens, amount)
}

/// "COVID-19", "F-16", "mid-20": but "ten-12" never occurs.
fn after_a_word_and_hyphen(tokens: &[Token], start: usize) -> bool {
    let glued = |at: usize| tokens[at].glued;
    let Some(hyphen) = start.checked_sub(1).filter(|_| glued(start)) else { return false };
    // "the class of ’16"
    let short_year = tokens[hyphen].text == "’" && tokens[start].text.len() == 2;
    if short_year || matches!(tokens[hyphen].text, "#" | "§" | "№" | "@" | "_" | "/" | "=") {
        return true;
    }
    let joint = tokens[hyphen].is_hyphen() || tokens[hyphen].text == "−";
    joint && glued(hyphen) && hyphen > 0 && tokens[hyphen - 1].kind != Kind::Mark
}

/// "Article 5", "No. 10", "page 12", "phase two".
fn is_numbered(tokens: &[Token], number: &Number) -> bool {
    let Some(mut before) = before_a_list(tokens, number.start).checked_sub(1) else { return false };
    if tokens[before].text == "." && tokens[before].glued && before > 0 {
        before -= 1;
    }
    let token = &tokens[before];
    if !token.is(Classes::DESIGNATOR) || tokens[number.start].value.fract() != 0.0 && !number.plain {
        return false;
    }
    // "no 12 ..." with a lower-case "no" is a negation; "group 1,200 people" is none either.
    let small = number.value < 10_000.0 && number.scale.is_none();
    small && (token.lower != "no" || token.is_capitalised() || tokens[before + 1].text == ".")
}

/// "Articles 5, 6 and 7": returns the first number of a list.
fn before_a_list(tokens: &[Token], start: usize) -> usize {
    let mut first = start;
    // A list longer than this is a table.
    for _ in 0..8 {
        let joined = first >= 2
            && matches!(tokens[first - 1].text, "and" | "or" | "," | "to" | "&")
            && tokens[first - 2].plain
            && tokens[start].plain;
        if !joined {
            break;
        }
        first -= 2;
    }
    first
}

/// "day five", "posts 542": after these a number that counts nothing is a label.
fn is_label(tokens: &[Token], amount: &Amount) -> bool {
    let first = before_a_list(tokens, amount.number.start);
    let label = first.checked_sub(1).is_some_and(|at| tokens[at].is(Classes::LABEL));
    label && amount.what.is_none() && amount.number.end == amount.number.start + 1
}

fn is_day(tokens: &[Token], number: &Number) -> bool {
    if !(1.0..=31.0).contains(&number.value) || number.value.fract() != 0.0 || number.scale.is_some() {
        return false;
    }
    let month = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is(Classes::MONTH) && t.is_capitalised())
    };
    let before = number.start.checked_sub(1);
    let dotted = before.filter(|&at| tokens[at].text == ".").and_then(|at| at.checked_sub(1));
    let ordinal =
        tokens.get(number.end).is_some_and(|t| t.glued && matches!(t.lower.as_ref(), "st" | "nd" | "rd" | "th"));
    month(before) || month(dotted) || ordinal || month(Some(number.end))
}

fn is_clock(tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|t| t.is(Classes::CLOCK))
}

/// "1. Wash the rice", "2) Drain it", "[12]".
fn is_list_number(tokens: &[Token], number: &Number) -> bool {
    let next = tokens.get(number.end).filter(|t| t.glued).map_or("", |t| t.text);
    let before = number.start.checked_sub(1).map_or("", |at| tokens[at].text);
    let first = number.start == 0 && matches!(next, "." | ")");
    number.plain && number.value < 1000.0 && (first || before == "[" && next == "]")
}

/// "21st", "1990s", "5G", "3D", and "two-way".
fn glued_to_letters(tokens: &[Token], amount: &Amount) -> bool {
    let Some(next) = tokens.get(amount.measured).filter(|t| t.glued) else { return false };
    let letters = next.kind == Kind::Word && tokens[amount.measured - 1].kind == Kind::Number;
    letters || (next.is_hyphen() && amount.what.is_none() && tokens.get(amount.measured + 1).is_some_and(|t| t.glued))
}

/// Four bare digits from 1500 to 2100 are a year before they are anything else.
pub(super) fn is_year(tokens: &[Token], number: &Number, has_unit: bool) -> bool {
    let four = number.plain && tokens[number.start].text.len() == 4;
    four && !has_unit && (1500.0..=2100.0).contains(&number.value)
}

/// "killing 1500 people", "about 2000 soldiers": a number after all.
fn is_counted_year(tokens: &[Token], amount: &Amount) -> bool {
    let Some(phrase) = &amount.what else { return false };
    let plural = phrase.clone().any(|at| is_plural(&tokens[at]) && !tokens[at].is_capitalised());
    let direct = phrase.start == amount.measured;
    let before = amount.start.checked_sub(1).map(|at| &tokens[at]);
    let dated = before.is_some_and(|t| {
        t.is(Classes::DETERMINER | Classes::MONTH)
            || t.is_capitalised()
            || matches!(t.text, "," | "(" | "/" | "’" | "'")
            || matches!(
                t.lower.as_ref(),
                "in" | "since"
                    | "of"
                    | "by"
                    | "from"
                    | "until"
                    | "till"
                    | "during"
                    | "before"
                    | "after"
                    | "for"
                    | "through"
                    | "to"
                    | "and"
                    | "early"
                    | "late"
                    | "mid"
                    | "'s"
            )
    });
    let round = amount.value % 50.0 == 0.0;
    plural && direct && (amount.hedge.is_some() || (round && before.is_some() && !dated))
}

/// "Boeing 737", "Apollo 11", "Formula One", "the Big Ten".
fn in_a_name(tokens: &[Token], amount: &Amount) -> bool {
    let number = &amount.number;
    let Some(before) = number.start.checked_sub(1).map(|at| &tokens[at]) else { return false };
    let first = &tokens[number.start];
    let named_word = |t: &Token| {
        t.kind == Kind::Word
            && t.text.contains(char::is_uppercase)
            && !t.is(Classes::STOP | Classes::DETERMINER | Classes::WEEKDAY | Classes::HEDGE_END | Classes::CHAIN)
            && t.entry.trend_before.is_none()
    };
    if first.kind == Kind::Word {
        // A number word with a capital inside a sentence belongs to a name, beside another capital.
        let next = tokens.get(number.end).is_some_and(named_word);
        return first.is_capitalised() && (named_word(before) || next && before.kind == Kind::Word);
    }
    if !number.plain || !named_word(before) || first.glued {
        return false;
    }
    let counted = amount.what.as_ref().map(|phrase| &tokens[phrase.start]);
    let plural = amount.what.as_ref().is_some_and(|phrase| phrase.clone().any(|at| is_plural(&tokens[at])));
    let opens_sentence = number.start == 1;
    // A headline writes every word large: there only what follows tells.
    let headline = counted.is_some_and(Token::is_capitalised);
    !(plural && (opens_sentence || headline))
}

/// "10 Downing Street"
fn is_address(tokens: &[Token], number: &Number) -> bool {
    if !number.plain {
        return false;
    }
    // "in the 2500 block of Orchard Street"
    if tokens.get(number.end).is_some_and(|t| t.lower == "block")
        && tokens.get(number.end + 1).is_some_and(|t| t.lower == "of")
    {
        return true;
    }
    let mut names = tokens[number.end..].iter().take(5).take_while(|t| t.is_capitalised()).skip(1);
    names.any(|name| name.is(Classes::STREET))
}

/// "one of them", "no one", "this one", "one analyst said", "the two said".
fn is_pronoun(tokens: &[Token], amount: &Amount) -> bool {
    let number = &amount.number;
    let alone = number.end == number.start + 1;
    let before = number.start.checked_sub(1).map_or("", |at| tokens[at].lower.as_ref());
    let bare = tokens[number.start].kind == Kind::Word || number.plain;
    if alone
        && amount.what.is_none()
        && bare
        && !names_people(tokens, number.end)
        && matches!(before, "the" | "these" | "those")
    {
        return true;
    }
    if !alone || tokens[number.start].lower != "one" {
        return false;
    }
    if amount.what.is_none() {
        return true;
    }
    let next = tokens.get(number.end);
    let opens = next.is_none_or(|t| t.kind != Kind::Word || t.is(Classes::ALONE | Classes::STOP | Classes::DETERMINER));
    let pointed = matches!(
        before,
        "the" | "this" | "that" | "which" | "no" | "every" | "any" | "each" | "another" | "some" | "only"
    );
    let participle =
        amount.what.as_ref().is_some_and(|what| what.len() == 1 && tokens[what.start].lower.ends_with("ed"));
    // "as one prefers": a verb.
    let verb = amount.what.as_ref().is_some_and(|what| what.len() == 1 && is_plural(&tokens[what.start]));
    opens || pointed || participle || verb || noun_phrase(tokens, number.end).is_none()
}

/// "the 80 wounded" are counted, "the two said" and "the 486 sells" are not.
fn names_people(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| {
        matches!(
            t.lower.as_ref(),
            "wounded" | "injured" | "dead" | "missing" | "killed" | "arrested" | "detained" | "accused"
        )
    })
}

/// "at 5, she left": a bare small number after "at" is an hour more often than not.
fn at_a_time(tokens: &[Token], amount: &Amount) -> bool {
    let before = amount.start.checked_sub(1).map_or("", |at| tokens[at].lower.as_ref());
    before == "at" && amount.what.is_none() && amount.high.is_none() && amount.number.plain && amount.value <= 24.0
}

/// Tells whether a word of change stands shortly before a token ("rose from").
pub(super) fn changed_before(tokens: &[Token], at: usize) -> bool {
    tokens[at.saturating_sub(4)..at].iter().any(|t| t.entry.trend_before.is_some() || t.entry.trend_after.is_some())
}
