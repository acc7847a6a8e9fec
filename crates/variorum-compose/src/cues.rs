//! Words that keep a sentence from standing alone, as `data/en/cues.tsv` lists them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What some words do to a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cue {
    /// A pronoun that needs a person before it.
    Person,
    /// A beginning that points back.
    Thing,
    /// A beginning that points nowhere, though it looks like one that does.
    Clear,
    /// A beginning that goes on from what stood before.
    Joins,
    /// The outlet speaks of itself or to its readers.
    Outlet,
}

/// The words of a cue after its first, and what it is.
type Rest = (Vec<&'static str>, Cue);

/// The cues by their first word.
static CUES: LazyLock<BTreeMap<&'static str, Vec<Rest>>> = LazyLock::new(|| {
    let mut cues: BTreeMap<&str, Vec<Rest>> = BTreeMap::new();
    for row in include_str!("../data/en/cues.tsv").lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(kind), Some(words)) = (cells.next().and_then(kind), cells.next()) else { continue };
        let mut words = words.split(' ');
        let Some(first) = words.next() else { continue };
        cues.entry(first).or_default().push((words.collect(), kind));
    }
    cues
});

fn kind(name: &str) -> Option<Cue> {
    Some(match name {
        "person" => Cue::Person,
        "thing" => Cue::Thing,
        "clear" => Cue::Clear,
        "joins" => Cue::Joins,
        "outlet" => Cue::Outlet,
        _ => return None,
    })
}

/// Returns what the words at the start of a list are a cue for; the longest cue counts.
pub(crate) fn cue(words: &[String]) -> Option<Cue> {
    let (first, rest) = words.split_first()?;
    let held = |more: &[&str]| more.len() <= rest.len() && more.iter().zip(rest).all(|(a, b)| *a == b.as_str());
    CUES.get(first.as_str())?.iter().filter(|(more, _)| held(more)).max_by_key(|(more, _)| more.len()).map(|c| c.1)
}

#[cfg(test)]
mod tests {
    use super::{Cue, cue, kind};

    #[test]
    fn the_longest_cue_counts() {
        let check = |text: &str, expected| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            assert_eq!(cue(&words), expected, "{text}");
        };
        check("it sank", Some(Cue::Thing));
        check("it is unclear who paid", Some(Cue::Clear));
        check("the pair met", Some(Cue::Thing));
        check("the harbour is closed", None);
    }

    #[test]
    fn every_row_is_read() {
        for row in include_str!("../data/en/cues.tsv").lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(kind(cells[0]).is_some(), "{row}");
        }
    }
}
