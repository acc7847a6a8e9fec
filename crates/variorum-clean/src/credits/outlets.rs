//! Which names are names of outlets.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const OUTLETS: &str = include_str!("../../data/outlets.tsv");
const WORDS: &str = include_str!("../../data/outlet-words.tsv");
const NOT_OUTLETS: &str = include_str!("../../data/not-outlets.tsv");

#[derive(Debug, Default)]
struct Known {
    agencies: BTreeSet<&'static str>,
    outlets: BTreeSet<&'static str>,
    last_words: BTreeSet<&'static str>,
    others: BTreeSet<&'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::default();
    for (kind, name) in rows(OUTLETS).filter_map(|row| row.split_once('\t')) {
        if kind == "agency" {
            known.agencies.insert(name)
        } else {
            known.outlets.insert(name)
        };
    }
    known.last_words = rows(WORDS).filter_map(|row| row.split('\t').next()).collect();
    known.others = rows(NOT_OUTLETS).collect();
    known
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|row| !row.starts_with('#') && !row.is_empty())
}

/// Returns a name without "the" before it.
fn bare(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// Tells whether a name is that of a news agency.
pub(crate) fn is_agency(name: &str) -> bool {
    KNOWN.agencies.contains(name) || KNOWN.agencies.contains(bare(name))
}

/// Tells whether a name is that of an outlet: a known one, a host, or built like one ("Delmare Courier").
pub(crate) fn is_outlet(name: &str) -> bool {
    is_known(name) || is_host(name) || is_built_like_one(name)
}

/// Tells whether a name stands in the list of outlets and agencies.
pub(crate) fn is_known(name: &str) -> bool {
    is_agency(name) || KNOWN.outlets.contains(name) || KNOWN.outlets.contains(bare(name))
}

/// Tells whether a name is a host ("delmarecourier.com").
pub(crate) fn is_host(name: &str) -> bool {
    let name = name.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let Some((site, ending)) = name.rsplit_once('.') else { return false };
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    let ending_fits = (2..=7).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
    // "U.S" and "p.m" have a dot too.
    site.len() >= 3
        && letters(site)
        && ending_fits
        && !site.ends_with('.')
        && site.split('.').all(|part| part.len() > 1)
}

/// Tells whether a name of several words ends as outlets' names do.
fn is_built_like_one(name: &str) -> bool {
    let words: Vec<&str> = bare(name).split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return false };
    let last = last.trim_end_matches('.');
    let has_title =
        words.iter().any(|word| matches!(*word, "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr."));
    let with_article = name.starts_with("the ") || name.starts_with("The ");
    // The call sign of a station: "KDLM-TV".
    if before.is_empty() && last.ends_with("-TV") {
        return true;
    }
    if has_title || !(1..=5).contains(&before.len()) && !with_article {
        return false;
    }
    // "CBS 2", "Channel 4" and "KTRK-TV".
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return before
            .last()
            .is_some_and(|word| *word == "Channel" || is_known(word) || *word == "Fox" || *word == "FOX");
    }
    let last = last.rsplit(['-', '–']).next().unwrap_or(last);
    KNOWN.last_words.contains(last.to_lowercase().as_str())
}

/// Tells whether a name of one word surely is no outlet.
pub(crate) fn is_other(word: &str) -> bool {
    KNOWN.others.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_agency, is_host, is_outlet, rows};

    #[test]
    fn every_row_fits_its_example() {
        for example in rows(WORDS).filter_map(|row| row.split('\t').nth(1)) {
            assert!(is_outlet(example), "{example}");
        }
    }

    #[test]
    fn hosts_and_names() {
        for name in ["delmarecourier.com", "www.delmare.co.uk", "Reuters", "the Associated Press", "KDLM-TV", "Fox 26"]
        {
            assert!(is_outlet(name), "{name}");
        }
        for name in ["U.S", "p.m", "Justice Department", "Ada Orr", "Mr. Post", "the ministry", "Delmare"] {
            assert!(!is_outlet(name), "{name}");
        }
        assert!(is_agency("Reuters") && !is_agency("CNN") && !is_host("left.She"));
    }
}
