//! Which words of two passages differ.

use std::collections::BTreeMap;

use variorum_text::{Word, fold, longest_chain, words};

/// A stretch of a text: its first place and the place after its last.
pub type Stretch = (usize, usize);

/// The words beyond which two passages are shown whole: pairing each word with each is no work for a page.
const MOST_WORDS: usize = 400;

/// Returns the byte ranges of the words of two passages that have no partner in the other, neighbours joined.
///
/// Where all words are the same, or none is, both passages are returned whole: then there is nothing to point at inside.
pub fn changed(a: &str, b: &str) -> (Vec<Stretch>, Vec<Stretch>) {
    let (wa, wb) = (words(a), words(b));
    let whole = || (vec![(0, a.len())], vec![(0, b.len())]);
    if wa.is_empty() || wb.is_empty() || wa.len() > MOST_WORDS || wb.len() > MOST_WORDS {
        return whole();
    }
    let pairs = pairs(&wa, &wb);
    let kept: Vec<(usize, usize)> = longest_chain(&pairs).into_iter().map(|n| pairs[n]).collect();
    let left = lone(&wa, kept.iter().map(|p| p.0).collect());
    let right = lone(&wb, kept.iter().map(|p| p.1).collect());
    if kept.is_empty() || (left.is_empty() && right.is_empty()) { whole() } else { (left, right) }
}

/// Every word of the left with every equal word of the right; the right ones backwards, so that the chain takes one.
fn pairs(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, word) in b.iter().enumerate().rev() {
        places.entry(fold(word.text)).or_default().push(n);
    }
    a.iter()
        .enumerate()
        .flat_map(|(n, word)| places.get(&fold(word.text)).into_iter().flatten().map(move |&m| (n, m)))
        .collect()
}

fn lone(words: &[Word], kept: Vec<usize>) -> Vec<Stretch> {
    let mut ranges: Vec<Stretch> = Vec::new();
    let mut last = None;
    for (n, word) in words.iter().enumerate().filter(|(n, _)| kept.binary_search(n).is_err()) {
        match ranges.last_mut() {
            Some(range) if last.is_some_and(|l| l + 1 == n) => range.1 = word.end,
            _ => ranges.push((word.start, word.end)),
        }
        last = Some(n);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::changed;

    fn check(a: &str, b: &str, left: &str, right: &str) {
        let (la, lb) = changed(a, b);
        let join = |text: &str, ranges: Vec<(usize, usize)>| {
            ranges.into_iter().map(|r| text[r.0..r.1].to_owned()).collect::<Vec<_>>().join("|")
        };
        assert_eq!((join(a, la), join(b, lb)), (left.to_owned(), right.to_owned()));
    }

    #[test]
    fn a_dropped_doubt_shows() {
        check("A fuse may have failed.", "A fuse failed.", "may have", "");
    }

    #[test]
    fn another_number_shows() {
        check("Some 1,200 people left", "Some 12,000 people left", "1,200", "12,000");
    }

    #[test]
    fn what_shares_nothing_is_shown_whole() {
        check("early on Monday", "3 March", "early on Monday", "3 March");
    }
}
