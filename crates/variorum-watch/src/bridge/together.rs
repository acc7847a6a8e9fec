//! Who has read one copy has read them all: what belongs together in an account is marked read together.

use std::collections::{BTreeMap, BTreeSet};

use variorum_fetch::{Door, shown};
use variorum_news::{EdgeKind, Source, Story};
use variorum_store::{BridgeAccount, BridgeTold, Seq, Store, View};

use super::{Error, Reader};

/// What belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Copies of one text.
    Copies,
    /// All that tells one story.
    Story,
}

/// An entry that was marked read, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its number.
    pub entry: i64,
    /// The story that it tells.
    pub story: String,
    /// The entry that was read before.
    pub because_of: i64,
}

/// Finds what is unread and belongs to something that is read, and marks it read where it came from; `only_tell` leaves
/// all as it is. What is read is never marked unread.
pub fn mark_together(
    door: &Door,
    reader: &Reader,
    store: &Store,
    account: &BridgeAccount,
    wanted: (Together, OnlyTell),
    now: i64,
) -> Result<Vec<Marked>, Error> {
    let (together, only_tell) = wanted;
    let n = account.n;
    let marked = store.read(|view| found(view, n, together))?;
    for one in &marked {
        tracing::info!(
            account = %shown(&account.address),
            entry = one.entry,
            story = %one.story,
            because_of = one.because_of,
            only_told = only_tell == OnlyTell::Yes,
            "marked read"
        );
    }
    if only_tell == OnlyTell::No && !marked.is_empty() {
        let entries: Vec<i64> = marked.iter().map(|one| one.entry).collect();
        reader.mark_read(door, &entries)?;
        store.write(move |writing| writing.bridge_marked(n, &entries, now))?;
    }
    Ok(marked)
}

/// Whether nothing is marked, and only told what would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyTell {
    /// Nothing is marked.
    Yes,
    /// It is marked.
    No,
}

fn found(view: &View, account: i64, together: Together) -> Result<Vec<Marked>, variorum_store::Error> {
    let told = view.bridge_read_in_part(account)?;
    let mut marked = Vec::new();
    for entries in told.chunk_by(|a, b| a.story == b.story) {
        let groups = match together {
            Together::Story => BTreeMap::new(),
            Together::Copies => groups(view, &entries[0].story)?,
        };
        // Without groups all are of one, that of the story.
        let group = |one: &BridgeTold| match together {
            Together::Story => 0,
            Together::Copies => groups.get(&one.report).copied().unwrap_or(one.report),
        };
        let mut read: BTreeMap<Seq, i64> = BTreeMap::new();
        for one in entries.iter().filter(|one| one.read) {
            read.entry(group(one)).or_insert(one.entry);
        }
        for one in entries.iter().filter(|one| !one.read) {
            let because_of = read.get(&group(one)).copied();
            marked.extend(because_of.map(|because_of| Marked {
                entry: one.entry,
                story: one.story.clone(),
                because_of,
            }));
        }
    }
    Ok(marked)
}

/// Returns the first report of each group of copies of one text in a story, by each report of the group.
fn groups(view: &View, story: &str) -> Result<BTreeMap<Seq, Seq>, variorum_store::Error> {
    let mut links: Vec<(Seq, Seq)> = Vec::new();
    for report in view.reports_of_story(story)? {
        let of = view.placed(report)?.and_then(|placed| placed.duplicate_of);
        if let Some(original) = of.map(|of| view.seq(&of)).transpose()?.flatten() {
            links.push((original, report));
        }
    }
    let edges = view.story::<Story>(story)?.map(|story| story.lineage).unwrap_or_default();
    for edge in edges.iter().filter(|edge| edge.kind == EdgeKind::Copy) {
        let Source::Report(from) = &edge.from else { continue };
        if let (Some(from), Some(to)) = (view.seq(from)?, view.seq(&edge.to)?) {
            links.push((from, to));
        }
    }
    Ok(joined(&links))
}

/// Joins what is linked, however far; each group is named by its least member.
fn joined(links: &[(Seq, Seq)]) -> BTreeMap<Seq, Seq> {
    let mut near: BTreeMap<Seq, Vec<Seq>> = BTreeMap::new();
    for (a, b) in links {
        near.entry(*a).or_default().push(*b);
        near.entry(*b).or_default().push(*a);
    }
    let mut first = BTreeMap::new();
    for start in near.keys() {
        if first.contains_key(start) {
            continue;
        }
        let (mut waiting, mut seen) = (vec![*start], BTreeSet::new());
        while let Some(one) = waiting.pop() {
            if seen.insert(one) {
                waiting.extend(near.get(&one).into_iter().flatten());
            }
        }
        first.extend(seen.into_iter().map(|one| (one, *start)));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn copies_of_copies_are_of_one_group() {
        let groups = joined(&[(2, 5), (5, 9), (7, 8), (9, 1)]);
        let named: Vec<_> = groups.into_iter().collect();
        assert_eq!(named, [(1, 1), (2, 1), (5, 1), (7, 7), (8, 7), (9, 1)]);
    }
}
