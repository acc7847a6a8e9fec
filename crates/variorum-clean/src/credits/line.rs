//! Lines that are nothing but a credit.

use variorum_news::CreditKind;

use super::Found;
use super::outlets::{is_agency, is_known, is_outlet};
use super::words::{Token, name_from, tokens};

const CUES: &str = include_str!("../../data/credit-lines.tsv");

/// The longest credit line, in words.
const MOST_WORDS: usize = 40;

/// How sure a cue is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Any name may follow.
    Name,
    /// Only the name of an outlet may follow.
    Outlet,
}

/// Returns the credits of a line that is nothing but a credit; none for any other line.
pub(crate) fn line(line: &str) -> Vec<Found> {
    if line.len() > MOST_WORDS * 12 {
        return Vec::new();
    }
    let words = tokens(line);
    if words.is_empty() || words.len() > MOST_WORDS {
        return Vec::new();
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let bare = bare.trim_end_matches('.');
    if is_agency(bare) {
        return vec![whole(bare, CreditKind::Agency, line)];
    }
    if let Some(found) = contributed(line, &words) {
        return found;
    }
    cued(line, &words)
}

fn whole(source: &str, kind: CreditKind, line: &str) -> Found {
    Found { source: source.to_owned(), kind, bytes: 0..line.len() }
}

/// "The Associated Press contributed to this report."
fn contributed(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().position(|word| word.is("contributed"))?;
    let closes = at + 1 == words.len() || words[at + 1].is_one_of(&["to", "reporting", "additional"]);
    if !closes || words.len() > at + 8 {
        return None;
    }
    let named: Vec<Found> = names(line, &words[..at])
        .into_iter()
        .filter(|name| is_known(name))
        .map(|name| whole(name, CreditKind::Agency, line))
        .collect();
    (!named.is_empty()).then_some(named)
}

/// Returns all names in a run of words.
fn names<'a>(line: &'a str, words: &[Token<'_>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match name_from(words, at) {
            Some(range) => {
                let name = &line[words[range.start].start..words[range.end - 1].end];
                found.extend(parts(name));
                // "Associated Press writer Ada Orr" and "Reuters' Ada Orr" name the agency first.
                at = range.end;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the names that an "and" joins, where each side is an outlet by itself.
fn parts(name: &str) -> Vec<&str> {
    match name.split_once(" and ") {
        Some((left, right)) if is_outlet(left) && is_outlet(right) => vec![left, right],
        _ => vec![name],
    }
}

fn cued(line: &str, words: &[Token<'_>]) -> Vec<Found> {
    for (kind, asks, cue) in cues() {
        let Some(at) = place(words, cue) else { continue };
        if !words[..at].iter().all(|word| word.is_one_of(SUBJECT)) {
            continue;
        }
        let mut next = at + cue.split(' ').count();
        // "Copyright 2025 The Associated Press".
        next += usize::from(words.get(next).is_some_and(|word| word.core.bytes().all(|b| b.is_ascii_digit())));
        let Some(range) = name_from(words, next) else { continue };
        let name = &line[words[range.start].start..words[range.end - 1].end];
        let rest = &words[range.end..];
        let closed = rest.len() <= 12 && rest.iter().all(|word| !word.is_one_of(&["said", "says", "told"]));
        let fits = match asks {
            Asks::Name => name.chars().any(char::is_alphabetic),
            Asks::Outlet => parts(name).iter().all(|name| is_outlet(name)) && rest.len() <= 4,
        };
        if closed && fits {
            let kind = if is_agency(name) && kind != CreditKind::OriginalSource { CreditKind::Agency } else { kind };
            return parts(name).into_iter().map(|name| whole(name, kind, line)).collect();
        }
    }
    Vec::new()
}

/// Returns where the words of a cue stand in the line, near its beginning.
fn place(words: &[Token<'_>], cue: &str) -> Option<usize> {
    let n = cue.split(' ').count();
    (0..words.len().saturating_sub(n).min(10))
        .find(|&at| cue.split(' ').zip(&words[at..]).all(|(cue, word)| word.is(cue)))
}

fn cues() -> impl Iterator<Item = (CreditKind, Asks, &'static str)> {
    CUES.lines().filter(|row| !row.starts_with('#')).filter_map(|row| {
        let mut cells = row.split('\t');
        let kind = match cells.next()? {
            "original-source" => CreditKind::OriginalSource,
            "reported-by" => CreditKind::ReportedBy,
            _ => CreditKind::Agency,
        };
        let asks = if cells.next()? == "outlet" { Asks::Outlet } else { Asks::Name };
        Some((kind, asks, cells.next()?))
    })
}

/// Words that may stand before a cue without making the line more than a credit.
const SUBJECT: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "article",
    "story",
    "report",
    "post",
    "piece",
    "column",
    "essay",
    "version",
    "of",
    "was",
    "were",
    "has",
    "have",
    "been",
    "is",
    "it",
    "news",
    "interview",
    "content",
    "text",
    "item",
    "editor's",
    "editor’s",
    "note",
    "photo",
    "excerpt",
    "earlier",
    "also",
    "and",
];

#[cfg(test)]
mod tests {
    use super::{CUES, line};

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = line(text).into_iter().map(|found| found.source).collect();
        assert_eq!(found.join(" + "), expected, "{text}");
    }

    #[test]
    fn every_cue_finds_its_example() {
        for row in CUES.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            check(cells[3], cells[4]);
        }
    }

    #[test]
    fn credit_lines() {
        check("(via Delmare Courier)", "Delmare Courier");
        check("The Associated Press contributed to this report.", "Associated Press");
        check("AP contributed", "AP");
        check("(Reuters)", "Reuters");
        check("— AFP", "AFP");
        check("This story was first reported by Delmare Wire.", "Delmare Wire");
        check("Source: Reuters and AFP", "Reuters + AFP");
    }

    #[test]
    fn lines_that_are_no_credits() {
        check("Source: people close to the talks", "");
        check("Sources said the ferry was late.", "");
        check("Ada Orr contributed to this report.", "");
        check("He contributed to this success, Reuters said.", "");
        check("Via Ostia was closed on Monday after the flood.", "");
        check("The novel was first published in London in 1893.", "");
    }
}
