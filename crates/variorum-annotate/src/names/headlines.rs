//! Lines in which capitals say nothing: headlines with every word capitalised.

use std::ops::Range;

use rustc_hash::FxHashSet;
use variorum_news::NameKind;

use super::kinds::{Candidate, Trust, is_gazetted, kind, phrase};
use super::tokens::Token;

/// Returns the ranges of tokens that stand in headlines of capitalised words, in order.
pub(super) fn headlines(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at < tokens.len() && !tokens[at].gap.contains('\n') {
            continue;
        }
        let line = start..at;
        if is_headline(text, &tokens[line.clone()]) {
            found.push(line);
        }
        start = at;
    }
    found
}

fn is_headline(text: &str, line: &[Token]) -> bool {
    let Some(last) = line.last() else { return false };
    let long = line.iter().filter(|t| t.low.len() > 3);
    let (n, capital) = long.fold((0, 0), |(n, capital), t| (n + 1, capital + t.cap as usize));
    let whole = text[last.end..].trim_start_matches(['\'', '’', 's', '"', '”', ')']).starts_with(['.', ',', ';']);
    n > 2 && capital * 10 >= n * 9 && !whole && line.len() < 40
}

/// Returns the names in a headline that the running text or a list bears out.
pub(super) fn known(tokens: &[Token], line: Range<usize>, forms: &FxHashSet<String>, found: &mut Vec<Candidate>) {
    let mut at = line.start;
    while at < line.end {
        let longest = (1..=5usize.min(line.end - at)).rev().find(|&n| {
            let words = at..at + n;
            tokens[at].cap
                && tokens[at + n - 1].cap
                && tokens[at + 1..at + n].iter().all(|t| t.gap == " ")
                && (is_gazetted(tokens, words.clone()) || forms.contains(&phrase(&tokens[words])))
        });
        let Some(n) = longest else {
            at += 1;
            continue;
        };
        let words = at..at + n;
        let (kind, _) = kind(tokens, words.clone()).unwrap_or((NameKind::Other, Trust::Weak));
        let trust = if is_gazetted(tokens, words.clone()) { Trust::Known } else { Trust::Weak };
        found.push(Candidate { tokens: words, kind, trust, sure: false });
        at += n;
    }
}
