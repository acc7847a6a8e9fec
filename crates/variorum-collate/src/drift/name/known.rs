//! Names that mean one thing for a reader of news, from `data/en`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The tables, read once.
#[derive(Debug, Default)]
struct Known {
    /// The rows of `same-names.tsv` that each name stands in.
    rows: FxHashMap<&'static str, Vec<usize>>,
    names: Vec<Vec<&'static str>>,
    /// The full first names that each short form may stand for; a full name stands for itself.
    full: FxHashMap<&'static str, Vec<&'static str>>,
    titles: FxHashSet<&'static str>,
    nameless: FxHashSet<&'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::default();
    for line in lines(include_str!("../../../data/en/same-names.tsv")) {
        let names: Vec<&str> = line.split(", ").collect();
        for name in &names {
            known.rows.entry(name).or_default().push(known.names.len());
        }
        known.names.push(names);
    }
    for line in lines(include_str!("../../../data/en/nicknames.tsv")) {
        let Some((full, short)) = line.split_once('\t') else { continue };
        known.full.entry(full).or_default().push(full);
        for name in short.split(", ") {
            known.full.entry(name).or_default().push(full);
        }
    }
    for line in lines(include_str!("../../../data/en/titles.tsv")) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        for word in words.split(' ') {
            if class == "title" {
                known.titles.insert(word);
            } else {
                known.nameless.insert(word);
            }
        }
    }
    known
});

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the other names of what a folded name names.
pub(crate) fn other_names(name: &str) -> impl Iterator<Item = &'static str> {
    // "R-S.C": a party's letter before the state.
    let bare = ["d-", "r-", "i-"].iter().find_map(|party| name.strip_prefix(party)).unwrap_or(name);
    let one = bare.strip_suffix('s').unwrap_or(bare);
    let rows = KNOWN.rows.get(bare).or_else(|| KNOWN.rows.get(one)).map_or(&[][..], Vec::as_slice);
    rows.iter().flat_map(|&row| KNOWN.names[row].iter().copied())
}

#[cfg(test)]
/// Tells whether two folded names may mean one thing ("american", "u.s").
pub(super) fn same_thing(a: &str, b: &str) -> bool {
    other_names(a).any(|name| name == b)
}

/// Tells whether two folded first names may be one person's ("bob", "robert"; "a", "ada").
pub(super) fn same_first_name(a: &str, b: &str) -> bool {
    let full = |name: &'_ str| KNOWN.full.get(name).cloned().unwrap_or_default();
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    let begins = |short: &str, long: &str| short.chars().count() >= 3 && long.starts_with(short);
    a == b
        || initial(a, b)
        || initial(b, a)
        || begins(a, b)
        || begins(b, a)
        || full(a).iter().any(|name| *name == b || full(b).contains(name))
        || full(b).contains(&a)
}

/// Tells whether a folded word stands before names and is no part of them.
pub(super) fn is_title(folded: &str) -> bool {
    KNOWN.titles.contains(folded)
}

/// Tells whether a folded word is written with a capital without naming anybody.
pub(super) fn is_nameless(folded: &str) -> bool {
    KNOWN.nameless.contains(folded) || KNOWN.titles.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::{same_first_name, same_thing};

    #[test]
    fn short_forms_name_the_same_person() {
        assert!(same_first_name("bob", "robert"));
        assert!(same_first_name("bob", "rob"));
        assert!(same_first_name("w", "william"));
        assert!(!same_first_name("paul", "peter"));
    }

    #[test]
    fn a_state_goes_by_its_abbreviation() {
        assert!(same_thing("maryland", "md"));
        assert!(same_thing("u.s", "united states"));
        assert!(!same_thing("maryland", "maine"));
    }
}
