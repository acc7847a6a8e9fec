//! The words that the figures layer knows: number words, closed classes, hedges, words of change.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_news::{Hedge, Trend};

/// What a number word does inside a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numeral {
    /// Zero to nineteen.
    Unit(f64),
    /// Twenty to ninety.
    Ten(f64),
    /// "hundred".
    Hundred,
    /// "thousand", "million", "lakh".
    Scale(f64),
    /// "mn", "bn": a scale after digits.
    Short(f64),
    /// "k", "m": a scale glued to digits.
    Letter(f64),
    /// "dozen".
    Dozen,
    /// The denominator of a fraction.
    Part(f64),
    /// "minus".
    Minus,
    /// "point".
    Point,
}

/// The closed classes a word belongs to, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    pub const DETERMINER: Classes = Classes(1);
    /// Closed classes and frequent verbs.
    pub const STOP: Classes = Classes(2 | 65536);
    pub const FUNCTION: Classes = Classes(2);
    pub const VERB: Classes = Classes(65536);
    pub const MONTH: Classes = Classes(4);
    pub const WEEKDAY: Classes = Classes(8);
    pub const TIMELY: Classes = Classes(16);
    pub const CLOCK: Classes = Classes(32);
    pub const DESIGNATOR: Classes = Classes(64);
    pub const STREET: Classes = Classes(128);
    pub const PLURAL: Classes = Classes(256);
    pub const LONE_S: Classes = Classes(512);
    pub const MEMBER: Classes = Classes(1024);
    pub const ALONE: Classes = Classes(2048);
    pub const CHAIN: Classes = Classes(4096);
    pub const HEDGE_END: Classes = Classes(8192);
    pub const LABEL: Classes = Classes(16384);
    pub const IDLE: Classes = Classes(32768);
    pub const GAUGE: Classes = Classes(131_072);
    pub const TAKER: Classes = Classes(262_144);
    pub const RAISER: Classes = Classes(524_288);
    pub const RATE: Classes = Classes(1_048_576);
    pub const DOER: Classes = Classes(2_097_152);
    pub const CAUSER: Classes = Classes(4_194_304);

    /// Tells whether the word is in one of these classes.
    pub fn any(self, of: Classes) -> bool {
        self.0 & of.0 != 0
    }

    fn add(&mut self, of: Classes) {
        self.0 |= of.0;
    }
}

impl std::ops::BitOr for Classes {
    type Output = Classes;
    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// What is known of one word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub classes: Classes,
    pub numeral: Option<Numeral>,
    /// The direction it gives to an amount after it.
    pub trend_before: Option<Trend>,
    /// The direction it gives to an amount before it.
    pub trend_after: Option<Trend>,
}

/// A phrase that says how sure the writer is.
#[derive(Debug)]
pub(super) struct HedgePhrase {
    pub words: Vec<&'static str>,
    pub hedge: Hedge,
}

/// All that the figures layer knows of words.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Entry>,
    /// Phrases before the number by their last word, longest first.
    before: FxHashMap<&'static str, Vec<HedgePhrase>>,
    /// Phrases after the number by their first word.
    after: FxHashMap<&'static str, Vec<HedgePhrase>>,
}

/// The one lexicon, read at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// Returns what is known of a word in lower case.
    pub fn entry(&self, lower: &str) -> Entry {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// Returns the hedges before a number that end in this word, longest first.
    pub fn hedges_before(&self, last: &str) -> &[HedgePhrase] {
        self.before.get(last).map_or(&[], Vec::as_slice)
    }

    /// Returns the hedges after a number that begin with this word.
    pub fn hedges_after(&self, first: &str) -> &[HedgePhrase] {
        self.after.get(first).map_or(&[], Vec::as_slice)
    }

    fn read() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for row in rows(include_str!("../../data/en/number-words.tsv")) {
            lexicon.entry_mut(row[0]).numeral = Some(numeral(row[1], row[2]));
        }
        for row in rows(include_str!("../../data/en/figure-words.tsv")) {
            let class = class(row[0]);
            for word in row[1].split_whitespace() {
                lexicon.entry_mut(word).classes.add(class);
            }
        }
        for row in rows(include_str!("../../data/en/trends.tsv")) {
            let trend = if row[0] == "up" { Trend::Up } else { Trend::Down };
            for word in row[2].split_whitespace() {
                let entry = lexicon.entry_mut(word);
                let side = if row[1] == "before" { &mut entry.trend_before } else { &mut entry.trend_after };
                *side = Some(trend);
            }
        }
        for row in rows(include_str!("../../data/en/hedges.tsv")) {
            lexicon.add_hedge(&row);
        }
        lexicon
    }

    fn entry_mut(&mut self, word: &'static str) -> &mut Entry {
        self.words.entry(word).or_default()
    }

    fn add_hedge(&mut self, row: &[&'static str]) {
        let words: Vec<&'static str> = row[0].split(' ').collect();
        let phrase = HedgePhrase { hedge: hedge(row[1]), words };
        let (side, key) = match row[2] {
            "before" => (&mut self.before, phrase.words[phrase.words.len() - 1]),
            _ => (&mut self.after, phrase.words[0]),
        };
        let list = side.entry(key).or_default();
        list.push(phrase);
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        self.entry_mut(key).classes.add(Classes::HEDGE_END);
    }
}

/// Returns the cells of each row that is no comment.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(|line| line.split('\t').collect())
}

fn numeral(kind: &str, value: &str) -> Numeral {
    let value: f64 = value.parse().expect("the number words hold numbers");
    match kind {
        "unit" => Numeral::Unit(value),
        "ten" => Numeral::Ten(value),
        "hundred" => Numeral::Hundred,
        "scale" => Numeral::Scale(value),
        "short" => Numeral::Short(value),
        "letter" => Numeral::Letter(value),
        "dozen" => Numeral::Dozen,
        "part" => Numeral::Part(value),
        "minus" => Numeral::Minus,
        "point" => Numeral::Point,
        other => unreachable!("no kind of number word: {other}"),
    }
}

fn class(name: &str) -> Classes {
    match name {
        "determiner" => Classes::DETERMINER,
        "stop" => Classes::FUNCTION,
        "verb" => Classes::VERB,
        "month" => Classes::MONTH,
        "weekday" => Classes::WEEKDAY,
        "timely" => Classes::TIMELY,
        "clock" => Classes::CLOCK,
        "designator" => Classes::DESIGNATOR,
        "street" => Classes::STREET,
        "plural" => Classes::PLURAL,
        "lone-s" => Classes::LONE_S,
        "member" => Classes::MEMBER,
        "alone" => Classes::ALONE,
        "chain" => Classes::CHAIN,
        "label" => Classes::LABEL,
        "idle" => Classes::IDLE,
        "gauge" => Classes::GAUGE,
        "taker" => Classes::TAKER,
        "raiser" => Classes::RAISER,
        "rate" => Classes::RATE,
        "doer" => Classes::DOER,
        "causer" => Classes::CAUSER,
        other => unreachable!("no class of words: {other}"),
    }
}

fn hedge(name: &str) -> Hedge {
    match name {
        "about" => Hedge::About,
        "over" => Hedge::Over,
        "under" => Hedge::Under,
        "at-least" => Hedge::AtLeast,
        "at-most" => Hedge::AtMost,
        other => unreachable!("no hedge: {other}"),
    }
}
