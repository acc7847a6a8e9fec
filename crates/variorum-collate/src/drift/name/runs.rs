//! The names of a passage: annotated ones, and runs of capitals that nobody annotated.

use std::ops::Range;

use variorum_news::NameKind;
use variorum_text::is_stop_word;

use super::known::{is_nameless, is_title, other_names};
use crate::witness::{Passage, Witness};

/// A name in a passage, without the titles before it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Its words.
    pub at: Range<usize>,
    /// Its folded words of content, in order.
    pub words: Vec<String>,
    /// What bears it, where annotations tell.
    pub kind: Option<NameKind>,
    /// Whether two ways of telling names agree on it.
    pub sure: bool,
    /// Whether it begins the sentence, where any word has a capital.
    pub first: bool,
    /// The folded name.
    name: String,
    /// The other names of what the whole name or a word of it names, and of what its words name.
    others: Vec<&'static str>,
    words_others: Vec<&'static str>,
}

/// Names with so many first letters in common may be of one root ("Delmare", "Delmari").
const ROOT: usize = 5;

impl Run {
    /// Returns the word that a person is called by, or the last word of another name.
    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Tells whether two names may be of one bearer.
    pub fn may_be(&self, other: &Run) -> bool {
        // Each name of a rewrite is held against each of its sources, so nothing is made anew here.
        let root = |a: &str, b: &str| a.chars().take(ROOT).eq(b.chars().take(ROOT));
        let alike = |a: &String, b: &String| a == b || a.len() >= ROOT && b.len() >= ROOT && root(a, b);
        let shares = |w: &String| !is_nameless(w) && other.words.iter().any(|o| alike(w, o));
        self.words.iter().any(shares)
            || self.words == other.words
            || self.others.iter().any(|name| *name == other.name)
            || other.words_others.iter().any(|name| *name == self.name)
            || is_initials(&self.words, &other.name)
            || is_initials(&other.words, &self.name)
    }

    /// Returns the folded name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Tells whether a name is made of the first letters of words.
fn is_initials(words: &[String], name: &str) -> bool {
    words.iter().filter_map(|w| w.chars().next()).eq(name.chars())
}

/// Returns the names of a passage in order; `is_name` tells whether a folded word is a name where it has a capital
/// only because it begins a sentence.
pub(crate) fn runs(witness: &Witness, passage: &Passage, is_name: impl Fn(&str) -> bool) -> Vec<Run> {
    let tokens = &passage.words;
    let mut owner: Vec<Option<usize>> = vec![None; tokens.len()];
    for n in passage.names.clone() {
        let bytes = witness.spanner.bytes(&witness.notes.names[n].span);
        let from = tokens.partition_point(|t| t.bytes.end <= bytes.start);
        for (token, slot) in tokens.iter().zip(owner.iter_mut()).skip(from) {
            if token.bytes.start >= bytes.end {
                break;
            }
            *slot = Some(n);
        }
    }
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let only_first = opens(witness, passage, i) && !is_sure(witness, owner[i]) && !is_name(&tokens[i].folded);
        let compass = super::is_compass(&tokens[i].folded) && i + 1 < tokens.len() && is_name_word(passage, i + 1);
        if only_first
            && !compass
            && (owner[i].is_none() || tokens.get(i + 1).is_none_or(|_| owner.get(i + 1) != owner.get(i)))
        {
            i += 1;
            continue;
        }
        if owner[i].is_none() && !is_name_word(passage, i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < tokens.len()
            && owner[end] == owner[i]
            && (owner[end].is_some() || is_name_word(passage, end) && touches(witness, passage, end))
        {
            end += 1;
        }
        found.extend(run(witness, passage, i..end, owner[i]));
        i = end;
    }
    found
}

/// Tells whether a word has a capital because a sentence, a quote or a clause after a colon begins with it.
pub(crate) fn opens(witness: &Witness, passage: &Passage, at: usize) -> bool {
    let text = &witness.report.text[..passage.words[at].bytes.start];
    let before = text.trim_end_matches(['“', '"', '‘', '\'', '’', '”', '(', '[', ' ', '-', '•', '*']);
    at == 0
        || before.is_empty()
        || before.ends_with(['.', '!', '?', ':', '\n', '—', '–']) && !before.ends_with("Mr.")
        || text.ends_with(['“', '"', '‘'])
}

fn is_sure(witness: &Witness, owner: Option<usize>) -> bool {
    owner.is_some_and(|n| witness.notes.names[n].sure)
}

fn is_name_word(passage: &Passage, at: usize) -> bool {
    let token = &passage.words[at];
    token.capital && !is_stop_word(&token.folded)
}

/// Only a space, or the stop of an abbreviation, stands between a word and the one before it.
fn touches(witness: &Witness, passage: &Passage, at: usize) -> bool {
    let (before, token) = (&passage.words[at - 1], &passage.words[at]);
    let between = &witness.report.text[before.bytes.end..token.bytes.start];
    between == " " || between == ". " && before.bytes.len() <= 4
}

fn run(witness: &Witness, passage: &Passage, at: Range<usize>, owner: Option<usize>) -> Option<Run> {
    let tokens = &passage.words;
    let mut start = at.start;
    while start < at.end && (is_title(&tokens[start].folded) || tokens[start].form.is_none()) {
        start += 1;
    }
    // "Bank", "Judge": a word that names nobody by itself; and a whole name of such words ("Foreign Ministry") is none.
    let own = |i: &usize| tokens[*i].form.is_some() && !is_nameless(&tokens[*i].folded);
    if !(start..at.end).any(|i| own(&i)) {
        return None;
    }
    let words: Vec<String> =
        tokens[start..at.end].iter().filter(|t| t.form.is_some()).map(|t| t.folded.clone()).collect();
    let name = owner.map(|n| &witness.notes.names[n]);
    let joined = words.join(" ");
    let words_others: Vec<&str> = words.iter().flat_map(|word| other_names(word)).collect();
    let others = other_names(&joined).chain(words_others.iter().copied()).collect();
    Some(Run {
        name: joined,
        others,
        words_others,
        first: at.start == 0,
        at: start..at.end,
        words,
        kind: name.map(|n| n.kind),
        sure: name.is_some_and(|n| n.sure),
    })
}
