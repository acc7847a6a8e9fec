//! Clauses: what one report joins in a sentence another may split, so a sentence is cut where a new statement begins.

use std::ops::Range;

use crate::lexicon::lexicon;
use crate::witness::{Passage, Token, Witness};
use crate::word_lists::{List, listed};

/// How finely a sentence is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// Into statements, each of which can be compared by itself; a sentence that says one thing is one.
    Statement,
    /// Into the parts between any marks and linking words, each with so many content words at least.
    Part(usize),
}

/// A statement with fewer content words says too little.
const LEAST: usize = 4;
/// A sentence in more statements is a list, and says none.
const MOST: usize = 8;

/// Returns the clauses of a passage as ranges of its words.
pub(crate) fn clauses(witness: &Witness, passage: &Passage, grain: Grain) -> Vec<Range<usize>> {
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut aside = false;
    for at in 1..passage.words.len() {
        let border = Border::new(witness, passage, at);
        let cut = match grain {
            Grain::Part(least) => border.parts() && heard(passage, from..at) >= least,
            Grain::Statement => {
                let begins = border.begins();
                // ", who had been on the ferry," ends at its comma.
                let ends = aside && border.gap.contains(',');
                if begins || ends {
                    aside = begins && border.gap.contains(',') && listed(List::Relative, border.word);
                }
                begins || ends
            }
        };
        if cut {
            clauses.push(from..at);
            from = at;
        }
    }
    clauses.push(from..passage.words.len());
    match grain {
        Grain::Part(least) => ended(passage, clauses, least),
        Grain::Statement => {
            let clauses = joined(passage, clauses);
            if clauses.len() > MOST { Vec::new() } else { clauses }
        }
    }
}

/// A word, the words beside it, and what stands between it and the word before.
struct Border<'a> {
    before: &'a str,
    gap: &'a str,
    word: &'a str,
    next: &'a str,
    digit: bool,
}

impl<'a> Border<'a> {
    fn new(witness: &'a Witness, passage: &'a Passage, at: usize) -> Self {
        let (before, here) = (&passage.words[at - 1], &passage.words[at]);
        Border {
            before: &before.folded,
            gap: &witness.report.text[before.bytes.end..here.bytes.start],
            word: &here.folded,
            next: passage.words.get(at + 1).map_or("", |t| t.folded.as_str()),
            digit: here.digit,
        }
    }

    fn is_dashed(&self) -> bool {
        self.gap.contains([';', '—', ':']) || self.gap.contains(" – ") || self.gap.contains(" - ")
    }

    /// Tells whether a part of the sentence begins here.
    fn parts(&self) -> bool {
        // The comma of a date ("March 3, 2020") parts nothing.
        self.is_dashed()
            || self.gap.contains(['(', ')', '“', '”', '"'])
            || self.gap.contains(',') && !self.digit
            || listed(List::Part, self.word)
    }

    /// Tells whether a statement of its own begins here.
    fn begins(&self) -> bool {
        if self.is_dashed() {
            return true;
        }
        if self.gap.contains(',') {
            return listed(List::Relative, self.word)
                || listed(List::Link, self.word)
                || listed(List::Joint, self.word)
                || is_participle(self.word);
        }
        // "He said that the ferry sank"; "the ferry sank and it took an hour".
        let subject = matches!(self.next, "he" | "she" | "it" | "they" | "we" | "i" | "there");
        listed(List::Link, self.word)
            || (matches!(self.word, "and" | "but") && subject)
            || (self.word == "that" && listed(List::Said, self.before))
    }
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ing") && variorum_lexicon::part(word) == Some(variorum_lexicon::Part::Verb)
}

/// Counts the words that carry content.
fn heard(passage: &Passage, range: Range<usize>) -> usize {
    passage.words[range].iter().filter(|t| t.form.is_some()).count()
}

/// Joins a last part that says too little with the one before.
fn ended(passage: &Passage, mut parts: Vec<Range<usize>>, least: usize) -> Vec<Range<usize>> {
    if parts.len() > 1
        && let Some(rest) = parts.pop_if(|rest| heard(passage, rest.clone()) < least)
        && let Some(last) = parts.last_mut()
    {
        last.end = rest.end;
    }
    parts
}

/// Joins clauses that say too little with the one before: a statement has a verb, and more than that.
fn joined(passage: &Passage, clauses: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let verb = |t: &Token| variorum_lexicon::can_be(&t.folded, variorum_lexicon::Part::Verb) && !t.capital;
    let says = |range: &Range<usize>| {
        let words = &passage.words[range.clone()];
        let frame = words.first().is_some_and(|t| t.folded == "according");
        !frame && words.iter().filter(|t| is_heavy(t)).count() >= LEAST && words.iter().any(verb)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in clauses {
        match found.last_mut() {
            Some(last) if !says(last) || !says(&clause) => last.end = clause.end,
            _ => found.push(clause),
        }
    }
    found
}

fn is_heavy(token: &Token) -> bool {
    token.form.is_some() && !lexicon().is_light(&lexicon().key(&token.folded)) && !listed(List::Said, &token.folded)
}

#[cfg(test)]
mod tests {
    use variorum_news::{Annotations, Report, Spanner};

    use super::{Grain, clauses};
    use crate::witness::{Forms, Witness};

    fn check(text: &str, wanted: &[&str]) {
        check_as(Grain::Statement, text, wanted);
    }

    fn check_as(grain: Grain, text: &str, wanted: &[&str]) {
        let mut report = Report::of_text("r", text);
        let spanner = Spanner::new(&report.id, &report.text);
        let sentences = vec![spanner.span(0..text.len())];
        report.annotations = Some(Annotations { sentences, ..Annotations::default() });
        let empty = Annotations::default();
        let witness = Witness::new(&report, &empty, &mut Forms::default());
        let passage = &witness.passages[0];
        let words = |range: &std::ops::Range<usize>| {
            &text[passage.words[range.start].bytes.start..passage.words[range.end - 1].bytes.end]
        };
        let found = clauses(&witness, passage, grain);
        assert_eq!(found.iter().map(words).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_plain_sentence_is_one_clause() {
        check(
            "The old grain ferry sank in the harbour of Delmare.",
            &["The old grain ferry sank in the harbour of Delmare"],
        );
    }

    #[test]
    fn a_sentence_is_cut_where_a_statement_begins() {
        check(
            "The old grain ferry sank in the harbour of Delmare, killing twelve sailors from Orlava province, while rescue boats searched the harbour.",
            &[
                "The old grain ferry sank in the harbour of Delmare",
                "killing twelve sailors from Orlava province",
                "while rescue boats searched the harbour",
            ],
        );
    }

    #[test]
    fn a_relative_clause_ends_at_its_comma() {
        check(
            "Harbour master Ada Orr, who joined the port authority in March, closed the northern grain quay.",
            &["Harbour master Ada Orr", "who joined the port authority in March", "closed the northern grain quay"],
        );
    }

    #[test]
    fn a_clause_that_says_too_little_stays_with_its_neighbour() {
        check("The ferry sank, and it rained.", &["The ferry sank, and it rained"]);
    }

    #[test]
    fn a_part_begins_at_any_mark_or_linking_word() {
        check_as(
            Grain::Part(3),
            "The old grain ferry sank off Delmare on March 3, 2020 (its third voyage that spring), and it rained.",
            &["The old grain ferry sank off Delmare on March 3, 2020", "its third voyage that spring), and it rained"],
        );
    }
}
