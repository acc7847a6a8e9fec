//! Words that turn what a clause claims: how sure, whether at all, of how many, why, whether it is done, and who says so.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::rows;
use crate::witness::Passage;
use crate::word_lists::{List, listed};

/// What a word does to its clause; the rows of `data/en/operators.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Grade {
    Certain,
    Must,
    Possible,
    Likely,
    Seeming,
    Said,
    Hoped,
    Open,
    Would,
    Not,
    No,
    Without,
    Weak,
    Lexical,
    All,
    Most,
    Many,
    Some,
    Few,
    OneOf,
    None,
    Only,
    Because,
    So,
    Answer,
    Blame,
    Will,
    Set,
    Plan,
    Try,
    Done,
    Say,
    Claim,
    Think,
    Show,
}

/// A set of grades.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Grades(u64);

impl Grades {
    pub const fn of(grades: &[Grade]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < grades.len() {
            set |= 1 << grades[i] as u8;
            i += 1;
        }
        Grades(set)
    }

    pub fn add(&mut self, grade: Grade) {
        self.0 |= 1 << grade as u8;
    }

    pub fn and(self, other: Grades) -> Grades {
        Grades(self.0 | other.0)
    }

    pub fn any(self, wanted: Grades) -> bool {
        self.0 & wanted.0 != 0
    }

    pub fn has(self, grade: Grade) -> bool {
        self.0 & 1 << grade as u8 != 0
    }
}

/// Everything that can make a clause deny something.
pub(super) const NEGATIVE: Grades =
    Grades::of(&[Grade::Not, Grade::No, Grade::Without, Grade::Weak, Grade::Lexical, Grade::None, Grade::Few]);
/// Everything that can make a clause less than sure.
pub(super) const UNSURE: Grades = Grades::of(&[
    Grade::Possible,
    Grade::Likely,
    Grade::Seeming,
    Grade::Said,
    Grade::Hoped,
    Grade::Open,
    Grade::Would,
    Grade::Claim,
    Grade::Think,
]);
/// Everything that hands words to a source.
pub(super) const TOLD: Grades = Grades::of(&[Grade::Say, Grade::Claim, Grade::Think, Grade::Show]);
/// Everything that lies ahead.
pub(super) const AHEAD: Grades = Grades::of(&[Grade::Will, Grade::Set, Grade::Plan, Grade::Try]);

/// Words of a passage that turn its claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub grade: Grade,
    /// The first word in the passage.
    pub at: usize,
    /// How many words.
    pub length: usize,
}

/// The rows by their first word: the words, and what they do.
type Table = FxHashMap<&'static str, Vec<(Vec<&'static str>, Grade)>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for row in rows(include_str!("../../data/en/operators.tsv")) {
        let Some(grade) = grade(row[1]) else { continue };
        for words in row[2].split(", ") {
            let words: Vec<&str> = words.split(' ').collect();
            table.entry(words[0]).or_default().push((words, grade));
        }
    }
    table
});

fn grade(name: &str) -> Option<Grade> {
    Some(match name {
        "certain" => Grade::Certain,
        "must" => Grade::Must,
        "possible" => Grade::Possible,
        "likely" => Grade::Likely,
        "seeming" => Grade::Seeming,
        "said" => Grade::Said,
        "hoped" => Grade::Hoped,
        "open" => Grade::Open,
        "would" => Grade::Would,
        "not" => Grade::Not,
        "no" => Grade::No,
        "without" => Grade::Without,
        "weak" => Grade::Weak,
        "lexical" => Grade::Lexical,
        "all" => Grade::All,
        "most" => Grade::Most,
        "many" => Grade::Many,
        "some" => Grade::Some,
        "few" => Grade::Few,
        "oneof" => Grade::OneOf,
        "none" => Grade::None,
        "only" => Grade::Only,
        "because" => Grade::Because,
        "so" => Grade::So,
        "answer" => Grade::Answer,
        "blame" => Grade::Blame,
        "will" => Grade::Will,
        "set" => Grade::Set,
        "plan" => Grade::Plan,
        "try" => Grade::Try,
        "done" => Grade::Done,
        "say" => Grade::Say,
        "claim" => Grade::Claim,
        "think" => Grade::Think,
        "show" => Grade::Show,
        _ => return None,
    })
}

/// Returns the operators of a passage, by their place.
pub(super) fn operators(passage: &Passage) -> Vec<Operator> {
    let words = &passage.words;
    let mut found: Vec<Operator> = Vec::new();
    // A longer phrase is more than its words: "almost certain" is not "certain".
    let mut taken = 0;
    for (at, token) in words.iter().enumerate() {
        let word = token.folded.as_str();
        if word.ends_with("n't") || word == "cannot" {
            found.push(Operator { grade: Grade::Not, at, length: 1 });
        }
        if word.ends_with("'ll") {
            found.push(Operator { grade: Grade::Will, at, length: 1 });
        }
        let mut longest = 0;
        for (run, grade) in TABLE.get(word).into_iter().flatten() {
            let fits = run.iter().enumerate().all(|(i, w)| words.get(at + i).is_some_and(|t| t.folded == *w));
            // "May" and "Will" in the middle of a sentence are a month and a man.
            let name = token.capital && at > 0 && run.len() == 1;
            if fits && !name && at + run.len() > taken {
                found.push(Operator { grade: *grade, at, length: run.len() });
                longest = longest.max(run.len());
            }
        }
        taken = taken.max(at + longest);
        if longest > 1 {
            found.retain(|o| o.at != at || o.length >= longest);
        }
    }
    found
}

/// Returns what the operators in a run of words do.
pub(super) fn grades(operators: &[Operator], from: usize, to: usize) -> Grades {
    let mut set = Grades::default();
    operators.iter().filter(|o| from <= o.at && o.at < to).for_each(|o| set.add(o.grade));
    set
}

/// Tells whether an operator is put in for the tone as often as for what it says: "anyone", "after all".
pub(super) fn is_idle(passage: &Passage, operator: Operator) -> bool {
    let word = &passage.words[operator.at].folded;
    let before = operator.at.checked_sub(1).map_or("", |at| passage.words[at].folded.as_str());
    listed(List::Idle, word) || listed(List::Idle, &format!("{before} {word}"))
}

/// Returns the first content words after an operator, by their place: what it bears on.
pub(super) fn borne(passage: &Passage, operator: Operator, most: usize) -> impl Iterator<Item = usize> {
    let from = operator.at + operator.length;
    let to = passage.words.len().min(from + REACH);
    (from..to).filter(|&i| passage.words[i].form.is_some()).take(most)
}

/// How far after an operator the word stands that it bears on.
const REACH: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_known() {
        for row in rows(include_str!("../../data/en/operators.tsv")) {
            assert!(grade(row[1]).is_some(), "{row:?}");
            let example: Vec<String> =
                variorum_text::words(row[3]).iter().map(|w| variorum_text::fold(w.text)).collect();
            let example = format!(" {} ", example.join(" "));
            assert!(row[2].split(", ").any(|words| example.contains(&format!(" {words} "))), "{row:?}");
        }
    }

    #[test]
    fn sets_hold_what_was_added() {
        let mut set = Grades::of(&[Grade::All]);
        set.add(Grade::Show);
        assert!(set.has(Grade::Show) && set.has(Grade::All) && !set.has(Grade::Most));
    }
}
