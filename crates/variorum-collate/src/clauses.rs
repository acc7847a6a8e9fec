//! Clauses: what one report joins in a sentence another may split, so a sentence is cut where a new statement begins.

use std::ops::Range;

use crate::lexicon::lexicon;
use crate::witness::{Passage, Token, Witness};

/// A clause with fewer content words says too little to be a statement.
const LEAST: usize = 4;
/// A sentence in more clauses is a list.
const MOST: usize = 8;

/// Returns the clauses of a passage as ranges of its words; none where it says one thing.
pub(crate) fn clauses(witness: &Witness, passage: &Passage) -> Vec<Range<usize>> {
    let text = &witness.report.text;
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut aside = false;
    for at in 1..passage.words.len() {
        let gap = &text[passage.words[at - 1].bytes.end..passage.words[at].bytes.start];
        let begins = begins(passage, at, gap);
        // ", who had been on the ferry," ends at its comma.
        let ends = aside && gap.contains(',');
        if begins || ends {
            aside = begins && gap.contains(',') && is_relative(&passage.words[at].folded);
            clauses.push(from..at);
            from = at;
        }
    }
    clauses.push(from..passage.words.len());
    let clauses = joined(passage, clauses);
    if clauses.len() > MOST { Vec::new() } else { clauses }
}

/// Tells whether a statement of its own begins with a word, given what stands between it and the word before.
fn begins(passage: &Passage, at: usize, gap: &str) -> bool {
    let word = passage.words[at].folded.as_str();
    let next = passage.words.get(at + 1).map_or("", |t| t.folded.as_str());
    if gap.contains([';', '—', ':']) || gap.contains(" – ") || gap.contains(" - ") {
        return true;
    }
    if gap.contains(',') {
        return is_relative(word)
            || is_link(word)
            || matches!(word, "and" | "but" | "so" | "with")
            || is_participle(word);
    }
    // "He said that the ferry sank"; "the ferry sank and it took an hour".
    let subject = matches!(next, "he" | "she" | "it" | "they" | "we" | "i" | "there");
    is_link(word)
        || (matches!(word, "and" | "but") && subject)
        || (word == "that" && is_said(&passage.words[at - 1].folded))
}

fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "whose" | "whom" | "which" | "where")
}

fn is_link(word: &str) -> bool {
    matches!(
        word,
        "while" | "after" | "before" | "because" | "although" | "though" | "whereas" | "when" | "until" | "unless"
    )
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ing") && variorum_lexicon::part(word) == Some(variorum_lexicon::Part::Verb)
}

fn is_said(word: &str) -> bool {
    matches!(
        word,
        "said" | "says" | "say" | "told" | "added" | "announced" | "confirmed" | "reported" | "claimed" | "warned"
    )
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
    token.form.is_some() && !lexicon().is_light(&lexicon().key(&token.folded)) && !is_said(&token.folded)
}

#[cfg(test)]
mod tests {
    use variorum_news::{Annotations, Report, Spanner};

    use super::clauses;
    use crate::witness::{Forms, Witness};

    fn check(text: &str, wanted: &[&str]) {
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
        let found = clauses(&witness, passage);
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
}
