//! How well invented news is read whose times are marked as the TimeML guidelines do. Floors go up, never down.

use variorum_news::{ReportId, Spanner};
use variorum_syntax::Depth;

use super::dates;
use crate::Reading;
use crate::grammar::Grammar;

const NEWS: &str = include_str!("../../cases/dates-news.tsv");
/// Nobody looked at its errors while the rules were made.
const BLIND: &str = include_str!("../../cases/dates-news-blind.tsv");

/// Counts of mentions: marked, found, found with their value.
#[derive(Debug, Default)]
struct Score {
    marked: usize,
    found: usize,
    right: usize,
}

impl Score {
    /// F1 of spans with their values, in percent.
    fn f1(&self) -> usize {
        200 * self.right / (self.marked + self.found)
    }
}

#[test]
fn news_with_its_grammar() {
    let scores = [score(NEWS, true), score(BLIND, true)];
    let f1 = scores.each_ref().map(Score::f1);
    assert!(f1[0] >= 97 && f1[1] >= 91, "{f1:?} {scores:?}");
}

#[test]
fn news_by_its_words_alone() {
    let scores = [score(NEWS, false), score(BLIND, false)];
    let f1 = scores.each_ref().map(Score::f1);
    assert!(f1[0] >= 95 && f1[1] >= 87, "{f1:?} {scores:?}");
}

fn score(cases: &str, with_grammar: bool) -> Score {
    let mut score = Score::default();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let (published, marked) = line.split_once('\t').expect("a case has its day");
        let (text, marks) = unmark(marked);
        let grammar = with_grammar.then(|| Grammar::new(&text, Depth::Trees));
        let spanner = Spanner::new(&ReportId::from("r"), &text);
        let sentences = variorum_text::sentences(&text);
        let reading = Reading {
            text: &text,
            spanner: &spanner,
            sentences: &sentences,
            published: Some(published),
            language: Some("en"),
            grammar: grammar.as_ref(),
        };
        let found = dates(&reading);
        score.marked += marks.len();
        score.found += found.len();
        score.right += found.iter().filter(|date| marks.contains(&(date.span.start, date.value.clone()))).count();
    }
    score
}

/// Splits "[words|value] and more" into the text and where each mention begins, with its value.
fn unmark(marked: &str) -> (String, Vec<(usize, String)>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (words, after) = after.split_once('|').expect("a mark has a value");
        let (value, after) = after.split_once(']').expect("a mark ends");
        marks.push((text.chars().count(), value.to_owned()));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}
