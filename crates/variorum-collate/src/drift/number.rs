//! Every number of a passage as its words print it, also where no figure was read: ordinals, scores, articles of a law.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_text::fold;

use crate::lexicon::lexicon;
use crate::witness::{Passage, Token, Witness};

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// "12", "twelve".
    Count,
    /// "12th", "twelfth".
    Order,
    /// "twice", "two-time".
    Times,
}

/// A number in a passage.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// The index of its word.
    pub at: usize,
    /// Its value.
    pub value: f64,
    /// What it is for.
    pub nature: Nature,
    /// The form of the next word of content, which is mostly what is numbered.
    pub head: Option<u32>,
    /// The form of the word of content right before it ("Article 19").
    pub label: Option<u32>,
    /// Whether an annotation of a figure or a date holds it.
    pub read: bool,
    /// Whether it is part of a date.
    pub dated: bool,
}

static WORDS: LazyLock<FxHashMap<&'static str, (Nature, f64)>> = LazyLock::new(|| {
    include_str!("../../data/en/ordinals.tsv")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let nature = if fields.next()? == "ordinal" { Nature::Order } else { Nature::Times };
            Some((fields.next()?, (nature, fields.next()?.parse().ok()?)))
        })
        .collect()
});

/// Returns the numbers of a passage in order.
pub(crate) fn numbers(witness: &Witness, passage: &Passage) -> Vec<Number> {
    let notes = witness.notes;
    let spans = |range: Vec<&variorum_news::Span>| -> Vec<std::ops::Range<usize>> {
        range.into_iter().map(|span| witness.spanner.bytes(span)).collect()
    };
    let figures = spans(notes.figures[passage.figures.clone()].iter().map(|f| &f.span).collect());
    let dates = spans(notes.dates[passage.dates.clone()].iter().map(|d| &d.span).collect());
    let inside = |token: &Token, spans: &[std::ops::Range<usize>]| {
        spans.iter().any(|s| s.start <= token.bytes.start && token.bytes.end <= s.end)
    };
    let mut found = Vec::new();
    for (at, token) in passage.words.iter().enumerate() {
        for (nature, value) in values(passage, at) {
            let head = passage.words[at + 1..].iter().take(3).find_map(|t| t.form.filter(|_| !t.digit));
            let label = at.checked_sub(1).and_then(|i| passage.words[i].form);
            let dated = inside(token, &dates);
            let read = dated || inside(token, &figures);
            found.push(Number { at, value, nature, head, label, read, dated });
        }
    }
    found
}

fn values(passage: &Passage, at: usize) -> Vec<(Nature, f64)> {
    let token = &passage.words[at];
    if let Some(&(nature, value)) = WORDS.get(token.folded.as_str()) {
        // "A third of", "two thirds": a share; "second" after a number is a unit; "at first" is no order.
        let before = at.checked_sub(1).map(|i| passage.words[i].folded.as_str());
        let share = value > 2.0 && matches!(before, Some("a" | "one" | "two")) && follows_of(passage, at);
        let idle = matches!(before, Some("at" | "from")) || before.is_some_and(is_count);
        return if nature == Nature::Order && (share || idle) { Vec::new() } else { vec![(nature, value)] };
    }
    if let Some(value) = ordinal(&token.folded) {
        return vec![(Nature::Order, value)];
    }
    if let Some(value) = count(&token.folded) {
        return vec![(Nature::Count, value)];
    }
    if !token.folded.contains(['-', '–', '/', ':']) {
        return Vec::new();
    }
    // "234-193", "six-to-one", "19-year-old", "two-thirds".
    let parts: Vec<&str> = token.folded.split(['-', '–', '/', ':']).collect();
    if parts.len() > 1 && parts[1..].iter().any(|p| WORDS.contains_key(p.trim_end_matches('s'))) {
        return Vec::new();
    }
    parts.into_iter().filter_map(count).map(|value| (Nature::Count, value)).collect()
}

fn follows_of(passage: &Passage, at: usize) -> bool {
    passage.words.get(at + 1).is_some_and(|t| matches!(t.folded.as_str(), "of" | "as" | "less" | "more"))
}

fn is_count(folded: &str) -> bool {
    count(folded).is_some()
}

fn ordinal(folded: &str) -> Option<f64> {
    let digits = folded.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &folded[digits.len()..];
    matches!(ending, "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
}

fn count(folded: &str) -> Option<f64> {
    if folded.trim_start_matches(',').starts_with(|c: char| c.is_ascii_digit()) {
        return folded.replace(',', "").parse().ok();
    }
    // Of words without a digit, those of the table alone stand for a number.
    let is_bare = folded.is_ascii() && !folded.contains(['\'', '.']);
    let key = if is_bare { lexicon().number(folded) } else { lexicon().number(&fold(folded)) }?;
    // "Dozen", "hundred", "million" are multipliers, which a figure is read from.
    let small = key.len() <= 2 && !matches!(folded, "dozen");
    small.then(|| key.parse().ok()).flatten()
}
