//! Quoted words without marks: a paragraph that somebody signs, and the answers of an interview.

use std::ops::Range;

use rustc_hash::FxHashMap;
use variorum_news::{Name, NameKind};

use crate::Reading;
use crate::names::lexicon::{Class, class};

use super::marks::Quoted;

/// No signature or label is longer, in bytes.
const LONGEST: usize = 160;

/// Returns the paragraphs that are quoted words without marks, none of which holds marked ones.
pub(super) fn unmarked(reading: &Reading, names: &[Name], marked: &[Quoted]) -> Vec<Quoted> {
    let text = reading.text;
    // A report of one line has nobody below it, and most reports have neither signatures nor labels.
    let lines = variorum_text::lines(text);
    let people: Vec<Range<usize>> = names
        .iter()
        .filter(|name| name.kind == NameKind::Person)
        .map(|name| reading.spanner.bytes(&name.span))
        .collect();
    if people.is_empty() {
        return Vec::new();
    }
    let labels = labels(text, &lines, &people);
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = marked.partition_point(|quote| quote.close <= line.start);
        if marked.get(next).is_some_and(|quote| quote.open < line.end) {
            continue;
        }
        let quoted = answer(text, line, &labels)
            .or_else(|| signed(text, line, &people))
            .or_else(|| signed_below(text, line, lines.get(at + 1), &people));
        found.extend(quoted);
    }
    found
}

/// "We carried every book out of the water. Ada Orr, librarian": words and their signature on one line.
fn signed(text: &str, line: &Range<usize>, people: &[Range<usize>]) -> Option<Quoted> {
    let from = people.partition_point(|name| name.start < line.start);
    let end = people.partition_point(|name| name.end <= line.end);
    let name = people.get(from..end)?.iter().rev().take(3).find(|name| {
        let before = text[line.start..name.start].trim_end().trim_end_matches(['—', '–', '-']).trim_end();
        let ended = before.ends_with(['.', '!', '?', '…']) && text[(*name).clone()].contains(' ');
        ended && is_signature(text, name, line.end) || is_post(text, name, line.end)
    })?;
    let words = text[line.start..name.start].trim_end().trim_end_matches(['—', '–', '-']).trim_end();
    (speaks(words) || !words.is_empty() && is_post(text, name, line.end))
        .then(|| quote(line.start..line.start + words.len(), name.start))
}

/// A paragraph with nothing but a signature in the line below it.
fn signed_below(
    text: &str,
    line: &Range<usize>,
    below: Option<&Range<usize>>,
    people: &[Range<usize>],
) -> Option<Quoted> {
    let words = text[line.clone()].trim_end();
    let post = |below: &Range<usize>| {
        let name = people.get(people.partition_point(|name| name.start < below.start))?;
        is_post(text, name, below.end).then(|| quote(line.start..line.start + words.len(), name.start))
    };
    if let Some(posted) = below.and_then(post).filter(|_| !words.is_empty()) {
        return Some(posted);
    }
    if !words.ends_with(['.', '!', '?', '…']) {
        return None;
    }
    let below = below?;
    let start = below.end - text[below.clone()].trim_start_matches(['—', '–', '-', ' ']).len();
    let name = people.get(people.partition_point(|name| name.start < start)).filter(|name| name.start == start)?;
    // A heading may look like a bare name, so only a known given name or a description tells a person.
    let known = class(text[name.clone()].split(' ').next().unwrap_or("")).is(Class::GIVEN) || name.end < below.end;
    (known && is_signature(text, name, below.end) && speaks(words))
        .then(|| quote(line.start..line.start + words.len(), start))
}

/// "— Ada Orr (@adaorr) May 3": the last line of a post on a network.
fn is_post(text: &str, name: &Range<usize>, end: usize) -> bool {
    let Some(rest) = text.get(name.end..end) else { return false };
    rest.len() < LONGEST
        && rest.starts_with(" (@")
        && text[..name.start].trim_end_matches(' ').ends_with(['—', '–', '-'])
}

/// Tells whether a line ends with a name, or with a name and a short description after a comma.
fn is_signature(text: &str, name: &Range<usize>, end: usize) -> bool {
    let Some(rest) = text.get(name.end..end) else { return false };
    if rest.len() >= LONGEST {
        return false;
    }
    let rest = rest.trim_end();
    let plain = !rest.ends_with(['.', '!', '?', ':', '”', '"']) && !ends_inside(rest);
    plain && (rest.is_empty() || rest.starts_with(", ") && !rest.contains(" said"))
}

/// Tells whether a sentence ends within some words ("U.S. senator" ends none).
fn ends_inside(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| words[..at].ends_with(char::is_lowercase))
}

/// Tells whether words are those of a speaker: they say "I" or "we".
fn speaks(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "I" | "We" | "we" | "My" | "my" | "our" | "Our" | "us" | "me"))
        && words.split_whitespace().nth(4).is_some()
}

/// Returns the labels of an interview, by their words: the same name before a colon at the head of two lines or more.
fn labels<'a>(text: &'a str, lines: &[Range<usize>], people: &[Range<usize>]) -> FxHashMap<&'a str, usize> {
    let mut labels: FxHashMap<&str, usize> = FxHashMap::default();
    for line in lines {
        let at = people.partition_point(|name| name.start < line.start);
        let Some(name) = people.get(at).filter(|name| name.start == line.start) else { continue };
        if text[name.end..line.end].starts_with(": ") {
            *labels.entry(&text[name.clone()]).or_default() += 1;
        }
    }
    labels.retain(|_, count| *count > 1);
    labels
}

/// "Ada Orr: We left early.": an answer in an interview.
fn answer(text: &str, line: &Range<usize>, labels: &FxHashMap<&str, usize>) -> Option<Quoted> {
    if labels.is_empty() {
        return None;
    }
    let (label, rest) = text[line.clone()].split_once(": ")?;
    let words = rest.trim();
    let start = line.end - rest.trim_start().len();
    (labels.contains_key(label) && words.split_whitespace().nth(2).is_some())
        .then(|| quote(start..start + words.len(), line.start))
}

fn quote(words: Range<usize>, signer: usize) -> Quoted {
    Quoted { open: words.start, close: words.end, words, unclosed: false, signer: Some(signer) }
}
