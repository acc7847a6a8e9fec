//! The words and phrases that tell time, read once from the data rows.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::value::{Feast, Unit};

const WORDS: &str = include_str!("../../data/en/time-words.tsv");
const PHRASES: &str = include_str!("../../data/en/time-phrases.tsv");

/// No word or phrase part that tells time is longer, so longer words need no look-up.
const LONGEST: usize = 14;

/// What one word can mean; most words mean one thing, "second" and "may" several.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sense {
    pub(super) month: u8,
    pub(super) weekday: u8,
    /// The word is a shortened month or weekday.
    pub(super) short: bool,
    /// The word is a weekday in the plural.
    pub(super) weekdays: u8,
    pub(super) number: u16,
    pub(super) ordinal: u8,
    pub(super) unit: Option<Unit>,
    pub(super) plural: bool,
    pub(super) season: Option<&'static str>,
    pub(super) part: Option<&'static str>,
    pub(super) hour: Option<(u8, u8)>,
    pub(super) day_shift: Option<i32>,
    pub(super) tonight: bool,
    pub(super) decade: u8,
    pub(super) vague: Option<&'static str>,
    pub(super) set: Option<&'static str>,
    pub(super) cue: Option<Cue>,
    pub(super) era: Option<Era>,
    pub(super) tense: Option<Tense>,
    /// The verb looks ahead to what its infinitive says ("plans to").
    pub(super) plan: bool,
    /// The verb tells of words, so that its present tense says nothing of when.
    pub(super) report: bool,
    /// The word speaks of a match, where quarters are not those of the year.
    pub(super) sport: bool,
    /// A rule asks for the word by its name.
    pub(super) lone: bool,
    /// The word is counted, so that a number before it is no year.
    pub(super) counted: bool,
    /// The word ends the name of a law.
    pub(super) law: bool,
    /// The word speaks of business, where quarters are those of the year.
    pub(super) finance: bool,
    /// A phrase begins with the word.
    pub(super) opens_phrase: bool,
}

/// Words that hold mentions of time together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    The,
    A,
    This,
    That,
    These,
    Those,
    Same,
    Next,
    Last,
    Previous,
    Following,
    Coming,
    Past,
    Early,
    Late,
    Mid,
    Earlier,
    Later,
    Start,
    End,
    Middle,
    Half,
    Latter,
    Of,
    At,
    On,
    By,
    Since,
    Until,
    From,
    In,
    To,
    And,
    Or,
    For,
    During,
    Between,
    Within,
    Before,
    After,
    Ago,
    Hence,
    Few,
    Some,
    Couple,
    Every,
    Per,
    Once,
    Times,
    About,
    More,
    Than,
    Least,
    Fiscal,
    Calendar,
    Old,
    Not,
    Rest,
    Another,
    With,
    But,
}

/// The way years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    Bc,
    Ad,
}

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhraseMeaning {
    Ref(&'static str),
    Day(u8, u8),
    Feast(Feast),
    Shift(i32),
    Nothing,
}

/// A phrase: its words, and what they mean together.
#[derive(Debug)]
pub(super) struct Phrase {
    /// The words and marks after the first, lower case, cut as the lexer cuts them.
    pub(super) rest: Vec<&'static str>,
    pub(super) meaning: PhraseMeaning,
}

/// Everything the rows say.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Sense>,
    phrases: FxHashMap<&'static str, Vec<Phrase>>,
}

/// The lexicon of English.
pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(WORDS, PHRASES));

/// The sense of a word that says nothing of time.
pub(super) static NO_SENSE: Sense = Sense {
    month: 0,
    weekday: 0,
    short: false,
    weekdays: 0,
    number: 0,
    ordinal: 0,
    unit: None,
    plural: false,
    season: None,
    part: None,
    hour: None,
    day_shift: None,
    tonight: false,
    decade: 0,
    vague: None,
    set: None,
    cue: None,
    era: None,
    tense: None,
    plan: false,
    report: false,
    sport: false,
    lone: false,
    counted: false,
    law: false,
    finance: false,
    opens_phrase: false,
};

impl Lexicon {
    fn read(words: &'static str, phrases: &'static str) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (word, class, value) in rows(words) {
            read_word(lexicon.words.entry(word).or_default(), class, value);
        }
        for (phrase, meaning, _) in rows(phrases) {
            let mut parts = cut(phrase).into_iter();
            let first = parts.next().unwrap_or_default();
            let phrase = Phrase { rest: parts.collect(), meaning: phrase_meaning(meaning) };
            lexicon.words.entry(first).or_default().opens_phrase = true;
            lexicon.phrases.entry(first).or_default().push(phrase);
        }
        lexicon
    }

    /// Returns what a word can mean, in whatever case it stands.
    pub(super) fn sense(&self, word: &str) -> &Sense {
        let mut lower = [0u8; LONGEST];
        match lowered(word, &mut lower) {
            Some(word) => self.words.get(word).unwrap_or(&NO_SENSE),
            None => &NO_SENSE,
        }
    }

    /// Returns the phrases that begin with a word.
    pub(super) fn phrases(&self, word: &str) -> &[Phrase] {
        let mut lower = [0u8; LONGEST];
        lowered(word, &mut lower).and_then(|word| self.phrases.get(word)).map_or(&[], Vec::as_slice)
    }
}

/// Cuts a phrase as the lexer cuts a text: runs of letters, and every mark by itself.
fn cut(phrase: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    for word in phrase.split(' ') {
        let mut at = 0;
        while at < word.len() {
            let letters = word[at..].bytes().take_while(u8::is_ascii_alphabetic).count().max(1);
            parts.push(&word[at..at + letters]);
            at += letters;
        }
    }
    parts
}

fn lowered<'a>(word: &str, into: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    // A curly apostrophe is the only mark beyond ASCII that a word of time may hold.
    let mut length = 0;
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        if !c.is_ascii() || length == LONGEST {
            return None;
        }
        into[length] = (c as u8).to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&into[..length]).ok()
}

/// Returns the first three columns of the rows of a table.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        (next(), next(), next())
    })
}

/// Returns the examples of all rows.
#[cfg(test)]
pub(super) fn rows_with_examples() -> impl Iterator<Item = &'static str> {
    let last = |column: usize| move |line: &'static str| line.split('\t').nth(column).filter(|e| !e.is_empty());
    let of = |table: &'static str, column| table.lines().filter(|l| !l.starts_with('#')).filter_map(last(column));
    of(WORDS, 3).chain(of(PHRASES, 2))
}

fn read_word(sense: &mut Sense, class: &str, value: &'static str) {
    let number = || value.parse().unwrap_or(0);
    match class {
        "month" => sense.month = number(),
        "abbreviated-month" => (sense.month, sense.short) = (number(), true),
        "weekday" => sense.weekday = number(),
        "abbreviated-weekday" => (sense.weekday, sense.short) = (number(), true),
        "weekdays" => sense.weekdays = number(),
        "number" => sense.number = u16::from(number()),
        "ordinal" => sense.ordinal = number(),
        "unit" => sense.unit = Unit::named(value),
        "units" => (sense.unit, sense.plural) = (Unit::named(value), true),
        "season" => sense.season = Some(value),
        "part" => sense.part = Some(value),
        "hour" => sense.hour = value.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?))),
        "day-shift" => sense.day_shift = value.parse().ok(),
        "tonight" => sense.tonight = true,
        "decade" => sense.decade = number(),
        "vague" => sense.vague = Some(value),
        "set" => sense.set = Some(value),
        "cue" => sense.cue = cue(value),
        "era" => sense.era = Some(if value == "bc" { Era::Bc } else { Era::Ad }),
        "tense" => sense.tense = Some(if value == "past" { Tense::Past } else { Tense::Future }),
        "plan" => sense.plan = true,
        "report" => sense.report = true,
        // A word that only rules ask for by name; a row makes it worth a look.
        "lone" => sense.lone = true,
        "sport" => sense.sport = true,
        "counted" => sense.counted = true,
        "law" => sense.law = true,
        "finance" => sense.finance = true,
        _ => debug_assert!(false, "unknown class {class}"),
    }
}

fn cue(name: &str) -> Option<Cue> {
    Some(match name {
        "the" => Cue::The,
        "a" => Cue::A,
        "this" => Cue::This,
        "that" => Cue::That,
        "these" => Cue::These,
        "those" => Cue::Those,
        "same" => Cue::Same,
        "next" => Cue::Next,
        "last" => Cue::Last,
        "previous" => Cue::Previous,
        "following" => Cue::Following,
        "coming" => Cue::Coming,
        "past" => Cue::Past,
        "early" => Cue::Early,
        "late" => Cue::Late,
        "mid" => Cue::Mid,
        "earlier" => Cue::Earlier,
        "later" => Cue::Later,
        "start" => Cue::Start,
        "end" => Cue::End,
        "middle" => Cue::Middle,
        "half" => Cue::Half,
        "latter" => Cue::Latter,
        "of" => Cue::Of,
        "at" => Cue::At,
        "on" => Cue::On,
        "by" => Cue::By,
        "since" => Cue::Since,
        "until" => Cue::Until,
        "from" => Cue::From,
        "in" => Cue::In,
        "to" => Cue::To,
        "and" => Cue::And,
        "or" => Cue::Or,
        "for" => Cue::For,
        "during" => Cue::During,
        "between" => Cue::Between,
        "within" => Cue::Within,
        "before" => Cue::Before,
        "after" => Cue::After,
        "ago" => Cue::Ago,
        "hence" => Cue::Hence,
        "few" => Cue::Few,
        "some" => Cue::Some,
        "couple" => Cue::Couple,
        "every" => Cue::Every,
        "per" => Cue::Per,
        "once" => Cue::Once,
        "times" => Cue::Times,
        "about" => Cue::About,
        "more" => Cue::More,
        "than" => Cue::Than,
        "least" => Cue::Least,
        "fiscal" => Cue::Fiscal,
        "calendar" => Cue::Calendar,
        "old" => Cue::Old,
        "not" => Cue::Not,
        "rest" => Cue::Rest,
        "another" => Cue::Another,
        "with" => Cue::With,
        "but" => Cue::But,
        _ => return None,
    })
}

fn phrase_meaning(rule: &'static str) -> PhraseMeaning {
    let mut words = rule.split_whitespace();
    let verb = words.next().unwrap_or_default();
    let rest: Vec<&'static str> = words.collect();
    let number = |i: usize| rest.get(i).and_then(|n| n.parse::<i32>().ok()).unwrap_or(0);
    match verb {
        "ref" => PhraseMeaning::Ref(rest.first().copied().unwrap_or_default()),
        "day" => {
            let (month, day) = rest.first().and_then(|d| d.split_once('-')).unwrap_or_default();
            PhraseMeaning::Day(month.parse().unwrap_or(0), day.parse().unwrap_or(0))
        }
        "nth" | "nth-after" => PhraseMeaning::Feast(Feast::Nth {
            month: number(0) as i8,
            weekday: number(1) as i8,
            nth: number(2) as i8,
            plus: number(3),
        }),
        "easter" => PhraseMeaning::Feast(Feast::Easter(number(0))),
        "shift" => PhraseMeaning::Shift(number(0)),
        _ => PhraseMeaning::Nothing,
    }
}
