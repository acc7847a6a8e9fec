//! Lines that hold dates: what their date is the date of, and whether they hold nothing else.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Order, ideographic, is_weekday, iso, named, parse_in};

pub(super) const WORDS: &str = include_str!("../../data/date-words.tsv");

/// The words that say what a date is the date of, by kind.
static CUES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut cues: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in WORDS.lines().filter(|row| !row.starts_with('#')) {
        if let Some((kind, (words, _))) =
            row.split_once('\t').and_then(|(kind, rest)| Some((kind, rest.split_once('\t')?)))
        {
            cues.entry(kind).or_default().push(words);
        }
    }
    cues
});

/// Tells whether a line speaks of a change rather than of the first publication.
pub(crate) fn is_update(line: &str) -> bool {
    has_cue(line, "updated")
}

/// Returns the part of a line before it speaks of a change, where a date stands in that part.
pub(crate) fn before_update(line: &str) -> &str {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return line;
    }
    let cues = CUES.get("updated").into_iter().flatten();
    let first = cues.filter_map(|words| lower.find(words)).min().filter(|at| line.is_char_boundary(*at));
    let before = first.map_or(line, |at| &line[..at]);
    let has_date = before.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if has_date { before.trim_end_matches([' ', '-', '–', '|', '·', '(', ',']) } else { line }
}

/// Tells whether a line says that its date is the first publication.
pub(crate) fn is_publication(line: &str) -> bool {
    has_cue(line, "published")
}

/// Tells whether a line's date is that of something else (a copyright, a deadline, a birth).
pub(crate) fn is_of_other(line: &str) -> bool {
    has_cue(line, "other")
}

fn has_cue(line: &str, kind: &str) -> bool {
    let line = line.to_lowercase();
    CUES.get(kind).is_some_and(|words| words.iter().any(|words| stands_in(&line, words)))
}

/// Tells whether words stand in a line, not inside a longer word.
fn stands_in(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + words.len()..].chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
        !is_letter(before) && !is_letter(after)
    })
}

/// Tells whether a short line states nothing but when it was published or changed.
pub(crate) fn is_date_line(line: &str) -> bool {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '-' | '–' | '—' | '·' | '•' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > 16 {
        return false;
    }
    words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()))
        && words.iter().all(|word| is_date_word(word))
        && (words.iter().any(|word| named(&word.to_lowercase()).is_some()) || parse_in(line, Order::DayFirst).is_some())
}

fn is_date_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    is_number && bare.len() - digits.len() <= 2
        || bare.is_empty()
        || named(&bare).is_some()
        || is_weekday(&bare)
        || DATE_WORDS.contains(&bare.as_str())
        || is_cue_word(&bare)
        || iso(&bare).is_some()
        || ideographic(&bare).is_some()
}

/// Tells whether a word is all of a cue for a date ("published", "veröffentlicht").
fn is_cue_word(word: &str) -> bool {
    ["published", "updated"].iter().any(|kind| CUES.get(kind).is_some_and(|words| words.contains(&word)))
}

/// What stands in lines of dates beside months, numbers and the cues of the table.
const DATE_WORDS: &[&str] = &[
    "posted",
    "last",
    "on",
    "at",
    "am",
    "pm",
    "a.m",
    "p.m",
    "et",
    "est",
    "edt",
    "pt",
    "pst",
    "pdt",
    "ct",
    "cst",
    "cdt",
    "mt",
    "mst",
    "mdt",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "ist",
    "aest",
    "aedt",
    "sast",
    "z",
    "t",
    "date",
    "first",
    "created",
    "de",
    "uhr",
    "h",
    "hrs",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "um",
    "o'clock",
    "le",
    "el",
    "il",
    "à",
    "a",
    "las",
    "del",
    "den",
    "kl",
    "klo",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "stand",
    "г",
    "р",
    "в",
    "о",
    "год",
    "года",
    "op",
    "em",
    "às",
    "of",
    "the",
    "m",
    "d",
    "gada",
    "godz",
    "ore",
    "saat",
];
