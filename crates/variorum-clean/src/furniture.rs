//! Page furniture: lines that belong to the page and not to the article.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::piece::{folded, word_count};

const ROWS: &str = include_str!("../data/furniture.tsv");

/// A line longer than this is never furniture by its beginning or end.
const MOST_WORDS: usize = 16;

/// What a line must be for a phrase to make it furniture.
#[derive(Debug, Default)]
struct Phrases {
    /// The line is the phrase.
    whole: BTreeMap<&'static str, &'static str>,
    /// The line begins with the phrase and a colon.
    colon: BTreeMap<&'static str, &'static str>,
    /// The line begins with the phrase and is short.
    start: Vec<(&'static str, &'static str)>,
    /// The line ends with the phrase and is short.
    end: Vec<(&'static str, &'static str)>,
    /// The line is the phrase, with a number for `#`.
    count: BTreeMap<&'static str, &'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for row in rows() {
        match row.rule {
            "whole" => drop(phrases.whole.insert(row.phrase, row.reason)),
            "colon" => drop(phrases.colon.insert(row.phrase, row.reason)),
            "count" => drop(phrases.count.insert(row.phrase, row.reason)),
            "start" => phrases.start.push((row.phrase, row.reason)),
            _ => phrases.end.push((row.phrase, row.reason)),
        }
    }
    phrases
});

struct Row {
    rule: &'static str,
    phrase: &'static str,
    reason: &'static str,
    #[cfg(test)]
    example: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    ROWS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row {
            rule: cells.next()?,
            phrase: cells.next()?,
            reason: cells.next()?,
            #[cfg(test)]
            example: cells.next()?,
        })
    })
}

/// Returns why a line is no part of the article, where it is none.
pub(crate) fn reason(line: &str) -> Option<&'static str> {
    if is_counter(line) {
        return Some("counter");
    }
    let n_words = word_count(line) + line.chars().filter(|c| is_unspaced(*c)).count() / LETTERS;
    if n_words > MOST_WORDS {
        return None;
    }
    let line_folded = folded(line);
    if line_folded.is_empty() {
        return Some("no words");
    }
    let phrases = &*PHRASES;
    if let Some(reason) = phrases.whole.get(line_folded.as_str()) {
        return Some(reason);
    }
    if let Some(reason) = numbered(&line_folded).and_then(|line| phrases.count.get(line.as_str())) {
        return Some(reason);
    }
    let label = line.split_once([':', '：', '|']).map(|(label, _)| folded(label));
    if let Some(reason) = label.and_then(|label| phrases.colon.get(label.as_str())) {
        return Some(reason);
    }
    let begins = |phrase: &str| {
        let rest = line_folded.strip_prefix(phrase);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || phrase.ends_with(is_unspaced))
    };
    let ends =
        |phrase: &str| line_folded.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    let start = phrases.start.iter().find(|(phrase, _)| begins(phrase));
    let end = || phrases.end.iter().find(|(phrase, _)| ends(phrase));
    let known = start.or_else(end).map(|(_, reason)| *reason).or_else(|| shape(&line_folded));
    known.or_else(|| is_row_of_buttons(&line_folded).then_some("page furniture"))
}

/// Tells whether a line is nothing but names of buttons, counters and single letters: "Print A+ A- 17 shares".
fn is_row_of_buttons(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let is_mark =
        |word: &str| word.chars().count() == 1 || COUNTED.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
    let (mut at, mut buttons) = (0, 0);
    while at < words.len() {
        let mut longest = (at + 1..=words.len().min(at + 4)).rev();
        let button = longest.find(|&end| PHRASES.whole.contains_key(words[at..end].join(" ").as_str()));
        match button {
            Some(end) => (at, buttons) = (end, buttons + 1),
            None if is_mark(words[at]) => at += 1,
            None => return false,
        }
    }
    buttons > 0 && words.len() > 1
}

/// So many letters say as much as a word, in scripts without spaces between words.
const LETTERS: usize = 3;

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Returns a folded line with `#` for each number, where it has one.
fn numbered(line: &str) -> Option<String> {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    Some(out)
}

/// Tells whether a line counts clicks: bare numbers, alone or with what was counted.
fn is_counter(line: &str) -> bool {
    let mut numbers = 0;
    for word in line.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = bare.trim_end_matches(['k', 'K', 'm', 'M', '+']);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
            && digits.len() <= 9;
        // Money and shares are news; a time or a score is a line of its own kind.
        if word.contains(['$', '€', '£', '%', ':', '-', '–', '/']) {
            return false;
        }
        if is_number {
            numbers += 1;
        } else if !bare.is_empty() && !COUNTED.contains(&bare.to_ascii_lowercase().as_str()) {
            return false;
        }
    }
    numbers > 0
}

const COUNTED: &[&str] = &[
    "comment",
    "comments",
    "share",
    "shares",
    "view",
    "views",
    "like",
    "likes",
    "reply",
    "replies",
    "retweets",
    "votes",
    "reads",
    "reactions",
    "shared",
    "followers",
];

/// Furniture by its build rather than by its words: "3 min read", "2 hours ago".
fn shape(line: &str) -> Option<&'static str> {
    let words: Vec<&str> = line.split(' ').collect();
    let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let spent = |word: &str| matches!(word, "min" | "mins" | "minute" | "minutes");
    let passed = |word: &str| {
        spent(word)
            || matches!(
                word,
                "hour"
                    | "hours"
                    | "hr"
                    | "hrs"
                    | "day"
                    | "days"
                    | "week"
                    | "weeks"
                    | "months"
                    | "month"
                    | "years"
                    | "year"
            )
    };
    match words.as_slice() {
        [n, unit, "read"] | ["reading", "time", n, unit] | [n, unit, "of", "reading"]
            if is_number(n) && spent(unit) =>
        {
            Some("reading time")
        }
        [n, unit, "ago"] | ["published" | "updated" | "posted", n, unit, "ago"] if is_number(n) && passed(unit) => {
            Some("time since publication")
        }
        ["page" | "image" | "photo" | "picture" | "slide", n, "of", m] if is_number(n) && is_number(m) => {
            Some("page furniture")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{reason, rows};

    #[test]
    fn every_row_takes_out_its_example() {
        for row in rows() {
            assert_eq!(reason(row.example), Some(row.reason), "{}: {}", row.phrase, row.example);
        }
    }

    #[test]
    fn counters_and_shapes() {
        for line in [
            "0",
            "3434",
            "1.2K shares",
            "12 Comments",
            "3 min read",
            "2 hours ago",
            "***",
            "Page 2 of 7",
            "Print A+ A- 17 shares",
            "Image 1 of / 8",
        ] {
            assert!(reason(line).is_some(), "{line}");
        }
    }

    #[test]
    fn sentences_of_an_article_stay() {
        for line in [
            "Share prices fell on Monday.",
            "Comments by the minister angered the union.",
            "Read more slowly, the teacher told them.",
            "The ferry sank.",
            "$400",
            "25%",
            "3-2",
            "Home at last",
            "More than 40 people were hurt.",
            "Related charges were dropped against Ada Orr.",
            "Sign language is taught in 12 schools.",
            "Lea y su hermana también compartieron la casa.",
            "Il vous reste cinq minutes, leur a dit le juge.",
            "Teilen will er die Macht nicht.",
            "Hace 3 días que no llueve en Delmare.",
            "広告の費用は3億円だった。",
            "会員は三百人いるという。",
            "分享会在周二举行，有三百人参加。",
            "3 días de huelga",
        ] {
            assert_eq!(reason(line), None, "{line}");
        }
    }
}
