//! Measures and money: what a word or sign after or before a number makes of it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::rows;
use super::tokens::{Kind, Token};

/// What kind of thing a unit measures, as far as reading depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Money,
    Share,
    Length,
    Mass,
    Volume,
    Time,
    Temperature,
    Angle,
    Other,
}

/// A unit of measure or of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// As it is given out.
    pub name: &'static str,
    /// The unit below the line of a rate.
    pub per: Option<&'static str>,
    pub measure: Measure,
}

impl Unit {
    /// Returns the unit as it is given out (`km`, `USD/kg`).
    pub fn given_out(self) -> String {
        match self.per {
            Some(per) => format!("{}/{per}", self.name),
            None => self.name.to_owned(),
        }
    }
}

/// A unit found, and the token after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub unit: Unit,
    pub end: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// Symbols of measures as they are written.
    symbols: FxHashMap<&'static str, Unit>,
    /// Signs of money in lower case, codes as they are written.
    money: FxHashMap<&'static str, Unit>,
    /// Names of measures and money in lower case, singular and plural.
    names: FxHashMap<String, Unit>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// The longest name has four words.
const MAX_WORDS: usize = 5;

impl Table {
    fn read() -> Table {
        let mut table = Table::default();
        for row in rows(include_str!("../../data/en/units.tsv")) {
            let unit = Unit { name: row[0], per: None, measure: measure(row[1]) };
            for symbol in row[2].split_whitespace() {
                table.symbols.insert(symbol, unit);
            }
            table.add_names(row[3], unit);
        }
        for row in rows(include_str!("../../data/en/currencies.tsv")) {
            let unit = Unit { name: row[0], per: None, measure: Measure::Money };
            for symbol in row[1].split_whitespace() {
                table.money.insert(symbol, unit);
            }
            table.add_names(row[2], unit);
        }
        table
    }

    fn add_names(&mut self, names: &'static str, unit: Unit) {
        for name in names.split(", ").filter(|name| !name.is_empty()) {
            // "miles per hour", "kilometres an hour": the first noun takes the plural as well as the last.
            if let Some((first, rest)) = name.split_once(" an ") {
                self.names.insert(format!("{first}s an {rest}"), unit);
            }
            self.names.insert(format!("{name}s"), unit);
            self.names.insert(name.to_owned(), unit);
        }
    }
}

fn measure(kind: &str) -> Measure {
    match kind {
        "share" => Measure::Share,
        "length" => Measure::Length,
        "mass" => Measure::Mass,
        "volume" => Measure::Volume,
        "time" => Measure::Time,
        "temperature" => Measure::Temperature,
        "angle" => Measure::Angle,
        _ => Measure::Other,
    }
}

/// Returns the money that a sign or code stands for. Codes count as they are written, as "try" and "cop" are words.
pub(super) fn money(symbol: &str) -> Option<Unit> {
    if symbol.chars().all(char::is_alphabetic) {
        return TABLE.money.get(symbol).copied();
    }
    TABLE.money.get(symbol.to_lowercase().as_str()).copied()
}

/// Tells whether these capitals are a code or sign of money ("USD", "Rs"), so that digits glued to them are an amount.
pub(super) fn is_money_code(word: &str) -> bool {
    word.len() >= 2 && word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_uppercase()) && money(word).is_some()
}

/// Returns the unit that begins at a token, with its "per" part.
pub(super) fn unit_at(text: &str, tokens: &[Token], at: usize) -> Option<Found> {
    let first = single_unit(text, tokens, at)?;
    Some(with_rate(text, tokens, first))
}

fn single_unit(text: &str, tokens: &[Token], at: usize) -> Option<Found> {
    let token = tokens.get(at)?;
    if token.kind == Kind::Number {
        return None;
    }
    named_unit(tokens, at).or_else(|| symbol_unit(text, tokens, at))
}

/// Names are compared in lower case, a hyphen inside counting as a space.
fn named_unit(tokens: &[Token], at: usize) -> Option<Found> {
    let mut name = String::new();
    let mut best = None;
    let mut words = 0;
    let mut next = at;
    while words < MAX_WORDS {
        let Some(token) = tokens.get(next) else { break };
        if token.kind != Kind::Word {
            break;
        }
        if words > 0 {
            name.push(' ');
        }
        name.push_str(token.lower.trim_end_matches(['\'', '’']));
        words += 1;
        next += 1;
        if let Some(&unit) = TABLE.names.get(name.as_str()) {
            best = Some(Found { unit, end: next });
        }
        // "kilowatt-hour"
        if tokens.get(next).is_some_and(|t| t.is_hyphen() && t.glued)
            && tokens.get(next + 1).is_some_and(|t| t.glued && t.kind == Kind::Word)
        {
            next += 1;
        }
    }
    best
}

/// Symbols may be made of several glued tokens ("km²", "°C", "m/s", "km^2").
fn symbol_unit(text: &str, tokens: &[Token], at: usize) -> Option<Found> {
    let start = tokens[at].start;
    let mut best = None;
    for next in at..(at + 4).min(tokens.len()) {
        if next > at && !tokens[next].glued {
            break;
        }
        let symbol = &text[start..tokens[next].end];
        if let Some(&unit) = TABLE.symbols.get(symbol) {
            best = Some(Found { unit, end: next + 1 });
        } else if let Some(unit) = money(symbol) {
            best = Some(Found { unit, end: next + 1 });
        }
    }
    best
}

fn with_rate(text: &str, tokens: &[Token], first: Found) -> Found {
    let Some(link) = tokens.get(first.end) else { return first };
    let spoken = link.lower.as_ref();
    let plain = spoken == "per" || (link.text == "/" && link.glued);
    let loose = matches!(spoken, "a" | "an");
    if !plain && !loose {
        return first;
    }
    let Some(second) = single_unit(text, tokens, first.end + 1) else { return first };
    // "400 barrels a day" is an amount of barrels for most writers; "$70 a barrel" and "80 miles an hour" are rates.
    let is_rate = match first.unit.measure {
        Measure::Money => matches!(second.unit.measure, Measure::Mass | Measure::Volume) || second.unit.name == "hour",
        Measure::Length => matches!(second.unit.name, "hour" | "second"),
        _ => false,
    };
    if loose && !is_rate {
        return first;
    }
    Found { unit: rate(first.unit, second.unit), end: second.end }
}

fn rate(over: Unit, under: Unit) -> Unit {
    if over.name == "mi" && under.name == "hour" {
        return Unit { name: "mph", per: None, measure: Measure::Other };
    }
    // Below the line a measure of time is written short ("km/h"), beside money it is not ("USD/hour").
    let per = match under.name {
        "hour" if over.measure != Measure::Money => "h",
        "second" if over.measure != Measure::Money => "s",
        name => name,
    };
    let measure = if over.measure == Measure::Money { Measure::Money } else { Measure::Other };
    Unit { name: over.name, per: Some(per), measure }
}

/// Returns a unit by its English name.
pub(super) fn named(name: &str) -> Option<Unit> {
    TABLE.names.get(name).copied()
}

/// Returns the rate that "per" or "a" at a token makes of money ("$70 a barrel").
pub(super) fn rate_at(text: &str, tokens: &[Token], at: usize, money: Unit) -> Option<Found> {
    let found = with_rate(text, tokens, Found { unit: money, end: at });
    (found.end > at).then_some(found)
}
