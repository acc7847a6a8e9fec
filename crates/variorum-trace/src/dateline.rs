//! The agency that a text names in its dateline: "DELMARE, Norland, Oct. 14 (AP) — The ferry …".

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use variorum_news::agency;
use variorum_text::{fold, words};

/// A dateline is over after this many bytes.
const REACH: usize = 70;
/// A heading and a line below it may stand before the dateline.
const LINES: usize = 3;

/// Returns the bytes of the agency that a text names in its dateline, whether or not it stands in a table: who prints a
/// place, a short name in brackets and a dash before his first sentence says whose copy it is.
pub fn agency_of(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines += 1;
            if let Some(found) = in_line(line) {
                return Some(start + found.start..start + found.end);
            }
        }
        if lines == LINES {
            break;
        }
        start += line.len();
    }
    None
}

fn in_line(line: &str) -> Option<Range<usize>> {
    let open = line.find('(').filter(|at| *at <= REACH)?;
    let close = open + line[open..].find(')')?;
    let marked = line[close + 1..].trim_start().starts_with(['-', '–', '—']);
    let (place, name) = (line[..open].trim(), &line[open + 1..close]);
    (marked && (agency(name).is_some() || is_unknown_agency(place, name))).then_some(open + 1..close)
}

/// An agency that no table knows is one by the form of the whole dateline: "MARROWICK, Oct. 14 (CPA) —" is, "The Delmare
/// Harbour Board (DHB) —" and "KOLBY (population 400) —" are not.
fn is_unknown_agency(place: &str, name: &str) -> bool {
    let short = is_initialism(name);
    let small = (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase());
    let title = name.len() <= 40 && name.split(' ').count() <= 4 && name.split(' ').all(is_capitalised_word);
    if place.is_empty() {
        return short;
    }
    is_place(place) && (short || title || small) && !is_initials_of(name, place)
}

fn is_initialism(name: &str) -> bool {
    (2..=6).contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}

fn is_capitalised_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&' | '\''))
}

/// A place as datelines write it: in capitals, or with the day; nothing in it is a word of a sentence.
fn is_place(words: &str) -> bool {
    let city = words.split([',', '/']).next().unwrap_or_default();
    let shouts = city.chars().filter(|c| c.is_uppercase()).count() >= 3 && !city.chars().any(char::is_lowercase);
    let day =
        words.bytes().any(|b| b.is_ascii_digit()) && variorum_text::words(words).iter().any(|w| is_of_calendar(w.text));
    let named = words.split_whitespace().all(|word| {
        let word = word.trim_start_matches(['(', '“', '"']);
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || is_of_calendar(word) || word == "/"
    });
    (shouts || day) && named && words.split_whitespace().count() <= 8
}

fn is_of_calendar(word: &str) -> bool {
    CALENDAR.iter().any(|name| {
        let word = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        word.len() >= 3 && name.starts_with(word.as_str())
    })
}

/// "DELMARE HARBOUR BOARD (DHB)" gives a short form of the words before it.
fn is_initials_of(name: &str, before: &str) -> bool {
    let initials: String = words(before).iter().filter_map(|word| fold(word.text).chars().next()).collect();
    initials.len() > 1 && initials.contains(&fold(name))
}

static CALENDAR: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| crate::rows::of(include_str!("../data/calendar.tsv")).map(|row| row[0]).collect());

#[cfg(test)]
mod tests {
    use super::agency_of;

    fn check(text: &str, agency: Option<&str>) {
        assert_eq!(agency_of(text).map(|bytes| &text[bytes]), agency, "{text}");
    }

    #[test]
    fn an_agency_stands_in_brackets_after_the_place() {
        check("DELMARE (AP) — The ferry burned.", Some("AP"));
        check("MARROWICK, Oct. 14 (CPA) — Two workers died.", Some("CPA"));
        check("PORT HALVIK, Norland (Coast News Service) -- The ferry burned.", Some("Coast News Service"));
        check("Kolby, 3 May (KVA) - The ferry burned.", Some("KVA"));
        check("(CPA) - The ferry burned.", Some("CPA"));
        check("Ferry burns\n\nPORT HALVIK (NNA) – The ferry burned.", Some("NNA"));
    }

    #[test]
    fn brackets_after_other_words_are_no_agency() {
        check("The Delmare Harbour Board (DHB) — which runs the port — said so.", None);
        check("DELMARE HARBOUR BOARD (DHB) — The port is closed.", None);
        check("KOLBY (population 400) — The port is closed.", None);
        check("Ada Orr (KVA) — a fisherwoman — said so.", None);
        check("MARROWICK (CPA) is closed.", None);
        check("One.\nTwo.\nThree.\nMARROWICK (CPA) — The port is closed.", None);
    }
}
