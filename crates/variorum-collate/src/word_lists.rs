//! Lists of words by what they do in a sentence, from `data/en/word-lists.tsv`, whose rows say what each is for.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lexicon::rows;

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum List {
    Refusal,
    Hedge,
    Mutual,
    Telling,
    SourceEnd,
    Unnamed,
    LooseTie,
    HalfTie,
    Accusation,
    Denial,
    Rebuttal,
    Relative,
    Link,
    Joint,
    Part,
    Said,
    Admission,
    Idle,
}

const NAMES: [(List, &str); 18] = [
    (List::Refusal, "refusal"),
    (List::Hedge, "hedge"),
    (List::Mutual, "mutual"),
    (List::Telling, "telling"),
    (List::SourceEnd, "source-end"),
    (List::Unnamed, "unnamed"),
    (List::LooseTie, "loose-tie"),
    (List::HalfTie, "half-tie"),
    (List::Accusation, "accusation"),
    (List::Denial, "denial"),
    (List::Rebuttal, "rebuttal"),
    (List::Relative, "relative"),
    (List::Link, "link"),
    (List::Joint, "joint"),
    (List::Part, "part"),
    (List::Said, "said"),
    (List::Admission, "admission"),
    (List::Idle, "idle"),
];

/// Tells whether a list holds a folded word.
pub(crate) fn listed(list: List, word: &str) -> bool {
    LISTS.iter().find(|(name, _)| *name == list).is_some_and(|(_, words)| words.contains(word))
}

/// Tells whether a list holds a phrase that stands in folded words, which are apart by one space each.
pub(crate) fn phrased(list: List, joined: &str) -> bool {
    let joined = format!(" {joined} ");
    LISTS
        .iter()
        .filter(|(name, _)| *name == list)
        .any(|(_, words)| words.iter().any(|words| joined.contains(&format!(" {words} "))))
}

static LISTS: LazyLock<Vec<(List, FxHashSet<&'static str>)>> = LazyLock::new(|| {
    let list = |row: Vec<&'static str>| {
        let (list, _) = NAMES.into_iter().find(|(_, name)| *name == row[0])?;
        Some((list, row[1].split(", ").collect()))
    };
    rows(TABLE).filter_map(list).collect()
});

const TABLE: &str = include_str!("../data/en/word-lists.tsv");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_stands_in_the_table_once_and_its_example_holds_a_word_of_it() {
        for (list, name) in NAMES {
            let found: Vec<_> = rows(TABLE).filter(|row| row[0] == name).collect();
            assert_eq!(found.len(), 1, "{name}");
            let example: Vec<String> =
                variorum_text::words(found[0][2]).iter().map(|w| variorum_text::fold(w.text)).collect();
            assert!(phrased(list, &example.join(" ")), "{name}");
        }
        assert_eq!(rows(TABLE).count(), NAMES.len());
    }
}
