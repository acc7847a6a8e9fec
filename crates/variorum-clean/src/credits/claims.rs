//! Lines that claim or share a text without a cue at their beginning: copyright notices, "AP contributed to this report",
//! bylines with an agency.

use variorum_news::CreditKind;

use super::Found;
use super::line::{Asks, listed, name_of, parts, whole};
use super::outlets::{Likeness, is_agency, is_known, is_outlet, is_picture_agency, likeness};
use super::words::{Token, name_from};

/// "Delmare Kurier mit dpa": an outlet's own line that names the agency whose copy it used.
pub(crate) fn with_agency(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().take(8).position(|word| word.is_one_of(&["avec", "mit", "con", "com", "with"]))?;
    let own = name_from(words, 0).filter(|own| own.end == at && is_outlet(name_of(line, words, own)));
    let begins = own.map(|_| name_from(words, at + 1))??;
    let (names, end) = listed(line, words, begins, Asks::Agency);
    let fits = end == words.len() && names.iter().all(|name| is_agency(name));
    fits.then(|| names.into_iter().map(|name| whole(name, CreditKind::Agency, line)).collect())
}

/// Returns the agencies that a byline names beside people ("By Ada Orr, Associated Press").
pub(crate) fn in_byline(line: &str) -> Vec<Found> {
    let parts = line.split([',', '|', '/', ';', '(', ')']).flat_map(|part| part.split(" - ")).map(str::trim);
    let agencies = parts.filter(|part| is_agency(part));
    agencies.map(|name| whole(name, CreditKind::Agency, line)).collect()
}

/// "© 2025 AFP", "Copyright 2025 The Associated Press. All rights reserved." and who distributes it.
pub(crate) fn copyright(line: &str, words: &[Token<'_>]) -> Vec<Found> {
    let opens = line.trim_start().to_lowercase();
    if !["©", "(c)", "copyright"].iter().any(|mark| opens.starts_with(mark)) {
        return Vec::new();
    }
    let is_number = |word: &Token<'_>| word.core.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let Some(at) = words.iter().take(4).position(|word| !is_number(word) && !word.is_one_of(&["c", "copyright", "by"]))
    else {
        return Vec::new();
    };
    // "© Halvik Media" without a year signs a picture.
    let has_year =
        words.iter().take(8).any(|word| word.core.len() == 4 && word.core.bytes().all(|b| b.is_ascii_digit()));
    let is_claim = has_year
        || opens.starts_with("copyright")
        || opens.contains("rights reserved")
        || opens.contains("distributed by");
    let Some(name) = name_from(words, at) else { return Vec::new() };
    let owner = name_of(line, words, &name).trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // "© Ada Orr / AFP" signs a picture.
    let is_claim = is_claim || is_agency(owner) && name.end == words.len();
    if !is_claim
        || !is_outlet(owner)
        || is_picture_agency(owner)
        || words[name.end - 1].after.contains(['/', '|'])
        || words.get(name.end).is_some_and(|next| next.before.contains(['/', '|']))
        || line.contains('|')
    {
        return Vec::new();
    }
    let kind = if is_wire(owner) { CreditKind::Agency } else { CreditKind::OriginalSource };
    let mut found = vec![whole(owner, kind, line)];
    if let Some(at) = words.windows(2).position(|pair| pair[0].is("distributed") && pair[1].is("by"))
        && let Some(by) = name_from(words, at + 2)
    {
        found.push(whole(name_of(line, words, &by), CreditKind::Agency, line));
    }
    found
}

/// An agency's name, also one that calls itself so.
fn is_wire(name: &str) -> bool {
    let lower = name.to_lowercase();
    is_agency(name)
        || lower
            .split(' ')
            .any(|word| matches!(word, "agency" | "agence" | "agencia" | "agência" | "agenzia" | "wire" | "newswire"))
}

/// "The Associated Press contributed to this report."
pub(crate) fn contributed(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().position(|word| word.is("contributed"))?;
    let rest = &words[at + 1..];
    let to_report = rest.iter().take(6).any(|word| word.is_one_of(REPORTS));
    let closes = rest.is_empty()
        || rest[0].is("to") && rest.get(1).is_some_and(|word| word.is_one_of(&["this", "the", "these"])) && to_report
        || rest[0].is_one_of(&["reporting", "additional"])
        || rest.len() > 1 && to_report && rest[0].is("also");
    if !closes || rest.len() > 8 {
        return None;
    }
    let named: Vec<Found> = names(line, &words[..at])
        .into_iter()
        .filter(|name| likeness(name) == Likeness::Sure && !is_picture_agency(name))
        .map(|name| whole(name, CreditKind::Agency, line))
        .collect();
    (!named.is_empty()).then_some(named)
}

const REPORTS: &[&str] =
    &["report", "reports", "story", "article", "post", "piece", "reporting", "coverage", "dispatch", "analysis"];

/// Returns all names in a run of words, each with the article before it.
fn names<'a>(line: &'a str, words: &[Token<'_>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match name_from(words, at) {
            Some(range) => {
                let name = name_of(line, words, &range);
                let with_article =
                    &line[words[at].start..words[at].start + (words[range.end - 1].end - words[at].start)];
                let article = if range.start > at { with_article } else { name };
                found.extend(parts(if is_outlet(name) { name } else { article }).into_iter().map(known_head));
                at = range.end;
            }
            None => at += 1,
        }
    }
    found
}

/// "Associated Press Writer Ada Orr" names the agency first.
fn known_head(name: &str) -> &str {
    if is_outlet(name) {
        return name;
    }
    let ends = name.match_indices(' ').map(|(at, _)| at).rev();
    ends.map(|end| &name[..end]).find(|head| is_known(head)).unwrap_or(name)
}
