//! Details: what two reports alone have, and what one has that the other lacks.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use variorum_text::fold;

use crate::profile::{Class, Profile, Token};

/// Shorter words are seldom odd.
const ODD: usize = 7;

/// Returns the odd details that two reports share: numbers first, then long words that stand once in each; none that a
/// stranger has too, none from a quotation and none within the words that are shown already.
pub fn shared<'a>(
    from: &Profile<'_>,
    to: &Profile<'a>,
    strangers: &[&Profile<'_>],
    shown: Option<&Range<usize>>,
) -> Vec<&'a str> {
    let text = to.spanner.text();
    let shared = |token: &Token| keys(from, token.class).binary_search(&token.key).is_ok();
    let known =
        |token: &Token| strangers.iter().any(|stranger| keys(stranger, token.class).binary_search(&token.key).is_ok());
    let is_shown = |token: &Token| shown.is_some_and(|shown| shown.contains(&token.bytes.start));
    let mut found: Vec<(bool, usize, usize)> = Vec::new();
    for (at, token) in to.tokens.iter().enumerate().filter(|(_, token)| !token.quoted && !is_shown(token)) {
        if is_odd(from, to, at) && shared(token) && !known(token) {
            found.push((token.class == Class::Word, usize::MAX - token.bytes.len(), at));
        }
    }
    found.sort_unstable();
    let mut words: Vec<&str> = Vec::new();
    for (_, _, at) in found {
        let word = &text[to.tokens[at].bytes.clone()];
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn is_odd(from: &Profile<'_>, to: &Profile<'_>, at: usize) -> bool {
    let (token, text) = (&to.tokens[at], to.spanner.text());
    let once = |profile: &Profile<'_>| profile.single.binary_search_by_key(&token.key, |(key, _)| *key).is_ok();
    let word = &text[token.bytes.clone()];
    match token.class {
        // The minutes of "3:40" are no number of their own.
        Class::Number => !is_common_number(word) && !text[..token.bytes.start].trim_end().ends_with(':'),
        Class::Word => word.len() >= ODD && once(to) && once(from) && !PLAIN.contains(fold(word).as_str()),
        Class::Stop | Class::Name => false,
    }
}

static PLAIN: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| crate::rows::of(include_str!("../data/plain-words.tsv")).map(|row| row[0]).collect());

fn keys<'a>(profile: &'a Profile<'_>, class: Class) -> &'a [u64] {
    if class == Class::Number { &profile.numbers } else { &profile.plain }
}

/// Small numbers and years stand in every report.
fn is_common_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits < 2 || word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// Returns the numbers and names that each of two reports has alone, in one sentence.
pub fn alone(a: &Profile<'_>, b: &Profile<'_>) -> String {
    format!("Each alone: {}; {}.", lacking(a, b), lacking(b, a))
}

fn lacking(own: &Profile<'_>, other: &Profile<'_>) -> String {
    let new = |class: Class, theirs: &[u64]| -> Vec<&str> {
        let mut seen: Vec<&str> = Vec::new();
        for token in own.tokens.iter().filter(|t| t.class == class && theirs.binary_search(&t.key).is_err()) {
            let words = &own.spanner.text()[token.bytes.clone()];
            if !seen.contains(&words) {
                seen.push(words);
            }
        }
        seen
    };
    let counted = |kind: &str, words: Vec<&str>| match words.len() {
        0 => format!("no {kind}"),
        all => {
            let shown: Vec<String> = words.iter().take(3).map(|word| format!("“{word}”")).collect();
            format!("{all} {kind} ({}{})", shown.join(", "), if all > 3 { ", …" } else { "" })
        }
    };
    let numbers = counted("numbers", new(Class::Number, &other.numbers));
    let names = counted("words of names", new(Class::Name, &other.names));
    let [own, other] = crate::explain::names(own, other);
    format!("{own} has {numbers} and {names} that {other} lacks")
}
