//! Quotes that reports print in other words: one statement, whose tellings differ.
//!
//! Quotation marks promise somebody's own words, so two versions of one utterance cannot both be right. A shorter cut is no
//! other version; words that stand between the same words are.

use std::collections::BTreeMap;

use variorum_news::{Reading, Statement, StatementKind, Verdict};
use variorum_text::{fold, words};

use super::breadth;
use crate::Told;
use crate::lexicon::lexicon;

/// Shorter quotes are like each other by chance.
const LEAST: usize = 6;
/// Longer ones are not compared word by word.
const MOST: usize = 120;
/// Of the words between the first and the last that both versions have, both must have so many.
const SHARED: f64 = 0.7;
/// Runs of so many words lead from one version to the other.
const RUN: usize = 3;
/// A run that so many quotes have leads nowhere.
const COMMON: usize = 12;

/// Returns the statements, with quotes that are versions of one another joined.
pub(super) fn joined(story: &Told, statements: Vec<Statement>) -> Vec<Statement> {
    let texts: Vec<Vec<String>> = statements.iter().map(|s| keys(&s.gist.text)).collect();
    let mut home: Vec<usize> = (0..statements.len()).collect();
    for (a, b) in candidates(&statements, &texts) {
        let apart =
            statements[a].readings.iter().all(|x| statements[b].readings.iter().all(|y| x.report() != y.report()));
        if apart
            && home[a] != home[b]
            && same_speaker(&statements[a], &statements[b])
            && is_version(&texts[a], &texts[b])
        {
            let (into, from) = (home[a].min(home[b]), home[a].max(home[b]));
            home.iter_mut().filter(|h| **h == from).for_each(|h| *h = into);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Statement>> = BTreeMap::new();
    for (n, statement) in statements.into_iter().enumerate() {
        groups.entry(home[n]).or_default().push(statement);
    }
    groups.into_values().filter_map(|group| join(story, group)).collect()
}

/// Pairs of quotes that share a run of words.
fn candidates(statements: &[Statement], texts: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut runs: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (n, text) in texts.iter().enumerate() {
        // Dots and brackets say themselves that words were left out or put in.
        let marked = statements[n].gist.text.contains(['…', '[']) || statements[n].gist.text.contains("...");
        if statements[n].kind != StatementKind::Quote || text.len() < LEAST || text.len() > MOST || marked {
            continue;
        }
        for run in text.windows(RUN) {
            let list = runs.entry(run).or_default();
            if list.last() != Some(&n) {
                list.push(n);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for list in runs.values().filter(|list| list.len() <= COMMON) {
        for (i, &a) in list.iter().enumerate() {
            pairs.extend(list[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn join(story: &Told, mut group: Vec<Statement>) -> Option<Statement> {
    let rest = group.split_off(1);
    let mut first = group.pop()?;
    if rest.is_empty() {
        return Some(first);
    }
    first.readings.extend(rest.into_iter().flat_map(|s| s.readings));
    let rank = |r: &Reading| story.witnesses.iter().position(|w| w.report.id == *r.report());
    first.readings.sort_by_key(|r| (rank(r), r.span.start));
    (first.reports, first.origins) = breadth(story, first.readings.iter().filter_map(rank));
    first.verdict = Verdict::Differs;
    Some(first)
}

/// Whether nothing says that two people spoke.
fn same_speaker(a: &Statement, b: &Statement) -> bool {
    let speaker = |s: &Statement| s.readings.iter().find_map(|r| r.speaker.clone());
    match (speaker(a), speaker(b)) {
        (Some(a), Some(b)) => {
            let names = keys(&b);
            keys(&a).iter().any(|word| names.contains(word))
        }
        _ => true,
    }
}

/// The words of a quote as they are compared: number words are digits, endings are kept.
fn keys(text: &str) -> Vec<String> {
    let plain = |word: &str| {
        let folded = fold(word);
        let key = lexicon().key(&folded);
        if key.starts_with(|c: char| c.is_ascii_digit()) { key } else { folded }
    };
    words(text).iter().map(|w| plain(w.text)).collect()
}

/// Tells whether one text is the other with other words in between.
fn is_version(a: &[String], b: &[String]) -> bool {
    let common = longest_common(a, b);
    let (Some(first), Some(last)) = (common.first(), common.last()) else { return false };
    let (left, right) = (last.0 - first.0 + 1, last.1 - first.1 + 1);
    let shared = common.len() as f64;
    let long = left.min(right) >= LEAST;
    long && shared < left.max(right) as f64 && shared >= SHARED * left.max(right) as f64
}

/// The places of the longest common subsequence.
fn longest_common(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let wide = b.len() + 1;
    let mut length = vec![0u16; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * wide + j] = if a[i] == b[j] {
                length[(i + 1) * wide + j + 1] + 1
            } else {
                length[(i + 1) * wide + j].max(length[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            places.push((i, j));
            i += 1;
            j += 1;
        } else if length[(i + 1) * wide + j] >= length[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{is_version, keys};

    fn check(a: &str, b: &str) -> bool {
        is_version(&keys(a), &keys(b))
    }

    #[test]
    fn other_words_in_between_make_another_version() {
        assert!(check("We will not close the harbour this year", "We will never close the harbour this year"));
        assert!(check(
            "Nobody told us that the ferry was leaking",
            "Nobody had told us that the ferry was badly leaking"
        ));
    }

    #[test]
    fn a_cut_is_no_other_version() {
        assert!(!check("We will not close the harbour this year", "close the harbour this year"));
        assert!(!check("We will not close the harbour this year or next", "We will not close the harbour this year"));
        assert!(!check("We have two ferries in the harbour now", "We have 2 ferries in the harbour now"));
    }

    #[test]
    fn two_utterances_are_two() {
        assert!(!check("We will not close the harbour this year", "The mayor has asked us to open the pier"));
    }
}
