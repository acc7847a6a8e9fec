//! The phrases that pages without an article show, from `data/page-kinds.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Kind;
use crate::piece::folded;

const ROWS: &str = include_str!("../../data/page-kinds.tsv");

#[derive(Debug, Default)]
struct Phrases {
    titles: BTreeMap<&'static str, Kind>,
    /// By their first words, so that a look-up need not try them all.
    lines: BTreeMap<&'static str, Kind>,
    words: BTreeSet<&'static str>,
    path: BTreeMap<&'static str, Kind>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for row in rows() {
        match row.part {
            "title" => drop(phrases.titles.insert(row.phrase, row.kind)),
            "line" => drop(phrases.lines.insert(row.phrase, row.kind)),
            "word" => drop(phrases.words.insert(row.phrase)),
            _ => drop(phrases.path.insert(row.phrase, row.kind)),
        }
    }
    phrases
});

pub(super) struct Row {
    pub kind: Kind,
    pub part: &'static str,
    pub phrase: &'static str,
    #[cfg(test)]
    pub example: &'static str,
}

pub(super) fn rows() -> impl Iterator<Item = Row> {
    ROWS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let kind = match cells.next()? {
            "error" => Kind::Error,
            "bot-wall" => Kind::BotWall,
            "script" => Kind::Script,
            "consent" => Kind::Consent,
            "login" => Kind::Login,
            "paywall" => Kind::Paywall,
            "parked" => Kind::Parked,
            "search" => Kind::Search,
            "listing" => Kind::Listing,
            "scores" => Kind::Scores,
            _ => Kind::Media,
        };
        Some(Row {
            kind,
            part: cells.next()?,
            phrase: cells.next()?,
            #[cfg(test)]
            example: cells.next()?,
        })
    })
}

/// Returns what a part of a title calls the page.
pub(super) fn title(part: &str) -> Option<Kind> {
    PHRASES.titles.get(part).copied()
}

/// A longer line tells a story.
const MOST_WORDS: usize = 60;

/// Returns what a line says that the page is: it begins with the phrase of a wall.
pub(super) fn line(line: &str) -> Option<Kind> {
    if super::words(line) > MOST_WORDS {
        return None;
    }
    let line = folded(line);
    let before = PHRASES.lines.range(..=line.as_str()).rev();
    // What a line begins with sorts before it, and after it come only lines with another beginning.
    let first = line.chars().next()?;
    before
        .take_while(|(phrase, _)| phrase.starts_with(first))
        .find(|(phrase, _)| {
            let rest = line.strip_prefix(**phrase);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || !phrase.is_ascii())
        })
        .map(|(_, kind)| *kind)
}

/// Tells whether a line speaks of consent.
pub(super) fn of_consent(line: &str) -> bool {
    folded(line).split(' ').any(|word| PHRASES.words.contains(word))
}

/// Returns what a part of an address calls the page.
pub(super) fn path(part: &str) -> Option<Kind> {
    PHRASES.path.get(part).copied()
}
