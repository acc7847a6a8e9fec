//! Which names are names of outlets, and how surely.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const OUTLETS: &str = include_str!("../../data/outlets.tsv");
const WORDS: &str = include_str!("../../data/outlet-words.tsv");
const OPENINGS: &str = include_str!("../../data/outlet-openings.tsv");
const NOT_OUTLETS: &str = include_str!("../../data/not-outlets.tsv");

/// How surely a name is an outlet's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// No sign of it.
    None,
    /// Built as an outlet's name, but more often another body's: "Environment Agency".
    Faint,
    /// Built as outlets' and other names are: "Emily Post".
    Weak,
    /// The same after an article: "the Norland Post".
    Fair,
    /// Known, a host, or built as only outlets' names are.
    Sure,
}

#[derive(Debug, Default)]
struct Known {
    agencies: BTreeSet<&'static str>,
    /// Agencies in lower case, as brackets and signatures may write them.
    signatures: BTreeSet<String>,
    outlets: BTreeSet<&'static str>,
    pictures: BTreeSet<&'static str>,
    last_words: BTreeMap<&'static str, &'static str>,
    openings: BTreeMap<&'static str, &'static str>,
    others: BTreeSet<&'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::default();
    for agency in variorum_news::agencies() {
        let names = || [agency.name].into_iter().chain(agency.also.iter().copied());
        known.agencies.extend(names());
        known.signatures.extend(names().map(str::to_lowercase));
        known.signatures.extend(agency.signatures.iter().map(|code| (*code).to_owned()));
    }
    for (kind, name) in rows(OUTLETS).filter_map(|row| row.split_once('\t')) {
        match kind {
            "photo" => drop(known.pictures.insert(name)),
            _ => drop(known.outlets.insert(name)),
        }
    }
    known.last_words = rows(WORDS).filter_map(two_cells).collect();
    known.openings = rows(OPENINGS).filter_map(two_cells).collect();
    known.others = rows(NOT_OUTLETS).collect();
    known
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|row| !row.starts_with('#') && !row.is_empty())
}

fn two_cells(row: &'static str) -> Option<(&'static str, &'static str)> {
    let mut cells = row.split('\t');
    Some((cells.next()?, cells.next()?))
}

/// Returns a name without "the" before it.
pub(crate) fn bare(name: &str) -> &str {
    ["the ", "The ", "THE "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// Tells whether a name is that of a news agency.
pub(crate) fn is_agency(name: &str) -> bool {
    KNOWN.agencies.contains(name) || KNOWN.agencies.contains(bare(name))
}

/// Tells whether a word signs an agency's copy, in capitals or small letters ("rtr", "EUROPA PRESS").
pub(crate) fn is_signature(name: &str) -> bool {
    is_agency(name) || {
        let lower = bare(name).to_lowercase();
        let is_written_so = !name.chars().any(char::is_uppercase) || !name.chars().any(char::is_lowercase);
        is_written_so && KNOWN.signatures.contains(&lower)
    }
}

/// Tells whether a name is that of an agency or bank of pictures.
pub(crate) fn is_picture_agency(name: &str) -> bool {
    KNOWN.pictures.contains(name)
}

/// Tells whether a name is that of an outlet: a known one, a host, or built like one ("Delmare Courier").
pub(crate) fn is_outlet(name: &str) -> bool {
    likeness(name) >= Likeness::Weak
}

/// Tells whether a name is surely not a person's, nor a part of a headline, for it is built as outlets' names are.
pub(crate) fn may_be_outlet(name: &str) -> bool {
    likeness(name) > Likeness::None
}

/// Tells how surely a name, with the article before it where it has one, is an outlet's.
pub(crate) fn likeness(name: &str) -> Likeness {
    if is_known(name) || is_host(name) { Likeness::Sure } else { built_like_one(name) }
}

/// Tells whether a name stands in the list of outlets and agencies.
pub(crate) fn is_known(name: &str) -> bool {
    is_agency(name) || KNOWN.outlets.contains(name) || KNOWN.outlets.contains(bare(name))
}

/// Returns the host of an address or of a name that is a host ("delmarecourier.com").
pub(crate) fn host(name: &str) -> Option<&str> {
    let address = ["https://", "http://"].iter().find_map(|scheme| name.strip_prefix(scheme));
    let name = address.unwrap_or(name);
    let host = name.split(['/', '?', '#']).next()?;
    looks_like_host(host).then_some(host)
}

/// Tells whether a name is a host or an address.
pub(crate) fn is_host(name: &str) -> bool {
    name.contains('.') && host(name).is_some()
}

fn looks_like_host(name: &str) -> bool {
    let Some((site, ending)) = name.rsplit_once('.') else { return false };
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    let ending_fits = (2..=7).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
    // "U.S" and "p.m" have a dot too.
    site.len() >= 2
        && letters(site)
        && ending_fits
        && !site.ends_with('.')
        && site.split('.').all(|part| part.len() > 1)
}

/// Tells whether a name of several words begins or ends as outlets' names do.
fn built_like_one(name: &str) -> Likeness {
    let bare = bare(name);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return Likeness::None };
    let last = last.trim_end_matches('.');
    let has_title =
        words.iter().any(|word| matches!(*word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr."));
    let with_article = bare.len() < name.len();
    // The call sign of a station: "KDLM-TV".
    if before.is_empty() && last.ends_with("-TV") {
        return Likeness::Sure;
    }
    if has_title || before.len() > 5 || is_other(bare) {
        return Likeness::None;
    }
    // "CBS 2", "Channel 4" and "KTRK-TV".
    if last.bytes().all(|b| b.is_ascii_digit()) {
        let station = before.last().is_some_and(|word| is_known(word) || matches!(*word, "Channel" | "Fox" | "FOX"));
        return if station { Likeness::Sure } else { Likeness::None };
    }
    if opens_like_one(&words) {
        return Likeness::Sure;
    }
    let end = last.rsplit(['-', '–']).next().unwrap_or(last).to_lowercase();
    let pair = before.last().map(|word| format!("{} {end}", word.to_lowercase()));
    let of_pair = pair.as_deref().filter(|_| before.len() > 1).and_then(|pair| KNOWN.last_words.get(pair));
    let Some(says) = of_pair.or_else(|| KNOWN.last_words.get(end.as_str())) else { return Likeness::None };
    let says = |what: &str| says.split(',').any(|said| said == what);
    if before.is_empty() && !(with_article && says("alone")) {
        return Likeness::None;
    }
    if says("faint") {
        return Likeness::Faint;
    }
    match (says("weak"), with_article) {
        (false, _) => Likeness::Sure,
        (true, true) => Likeness::Fair,
        (true, false) => Likeness::Weak,
    }
}

/// Tells whether a name begins as outlets' names do: "Radio Delmare", "El Correo de Delmare", "BBC Radio Norland".
fn opens_like_one(words: &[&str]) -> bool {
    let articles = ["Le", "La", "Les", "El", "Il", "O", "A", "L’", "L'"];
    let words = if words.len() > 1 && articles.contains(&words[0]) { &words[1..] } else { words };
    let Some((first, rest)) = words.split_first() else { return false };
    let broadcasts =
        rest.len() > 1 && is_known(first) && matches!(rest[0], "Radio" | "TV" | "News" | "World" | "Sport");
    if broadcasts {
        return true;
    }
    match KNOWN.openings.get(first.to_lowercase().as_str()) {
        Some(&"any") => !rest.is_empty(),
        Some(_) => {
            rest.len() > 1
                && ["de", "du", "do", "da", "di", "del", "della", "dello", "des", "dos", "of"].contains(&rest[0])
        }
        None => false,
    }
}

/// Tells whether a name surely is no outlet, or ends as none does.
pub(crate) fn is_other(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut end = name.as_str();
    loop {
        if KNOWN.others.contains(end) {
            return true;
        }
        match end.split_once(' ') {
            // One word alone says it only of names of one word.
            Some((_, rest)) if rest.contains(' ') => end = rest,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Likeness, OPENINGS, WORDS, is_agency, is_host, is_outlet, is_signature, likeness, may_be_outlet, rows,
    };

    #[test]
    fn every_row_fits_its_example() {
        for example in rows(WORDS).chain(rows(OPENINGS)).filter_map(|row| row.split('\t').nth(2)) {
            assert!(may_be_outlet(example), "{example}");
        }
    }

    #[test]
    fn hosts_and_names() {
        for name in [
            "delmarecourier.com",
            "www.delmare.co.uk",
            "https://delmarecourier.com/ferry",
            "Reuters",
            "the Associated Press",
            "KDLM-TV",
            "Fox 26",
            "the Courier",
            "El Correo de Delmare",
        ] {
            assert_eq!(likeness(name), Likeness::Sure, "{name}");
        }
        for name in [
            "U.S",
            "p.m",
            "Justice Department",
            "Ada Orr",
            "Mr. Post",
            "the ministry",
            "Delmare",
            "the Press",
            "the Dominican Republic",
            "the Environment Agency",
            "Orsund University Press",
        ] {
            assert!(!is_outlet(name), "{name}");
        }
        assert_eq!((likeness("Emily Post"), likeness("the Norland Post")), (Likeness::Weak, Likeness::Fair));
        assert!(is_agency("Reuters") && !is_agency("CNN") && !is_host("left.She"));
        assert!(is_signature("rtr") && is_signature("EUROPA PRESS") && !is_signature("lno"));
    }
}
