//! Which story a report is in: the machine's decision with people's corrections laid over it.
//!
//! Two layers. Below, the machine: each report has an automatic story, and stories that the machine merged have one name.
//! Above, people, in the order of their corrections: a report that a correction pins is where it was pinned, later copies
//! of it follow, and stories that a correction joins have the name of the first. The layers are kept apart in the record,
//! so that nothing the machine decides later touches what a person said, and taking a correction back gives what would be
//! there without it.

use std::collections::{BTreeMap, BTreeSet};

use variorum_store::{Error, Placed, Seq, View, Writing};

/// A copy of a copy of a copy … is followed so far.
const FOLLOWED: usize = 64;

/// What names of stories stand for.
#[derive(Debug)]
pub struct Names {
    merged: BTreeMap<String, String>,
    joined: BTreeMap<String, String>,
}

impl Names {
    /// Reads all merges of the machine and all joins of people.
    pub fn read(view: &View) -> Result<Names, Error> {
        let mut names = Names { merged: view.all_merged()?.into_iter().collect(), joined: BTreeMap::new() };
        for join in view.joins()? {
            let (story, with) = (names.of(&join.story).to_owned(), names.of(&join.with).to_owned());
            if story != with {
                names.joined.insert(with, story);
            }
        }
        Ok(names)
    }

    /// Returns the story that a name stands for.
    pub fn of<'a>(&'a self, name: &'a str) -> &'a str {
        let mut name = self.merged.get(name).map_or(name, String::as_str);
        while let Some(next) = self.joined.get(name) {
            name = next;
        }
        name
    }

    /// Returns all names that stand for another story, each with that story.
    fn aliases(&self) -> BTreeMap<String, String> {
        let names = self.merged.keys().chain(self.joined.keys());
        names.map(|name| (name.clone(), self.of(name).to_owned())).filter(|(name, story)| name != story).collect()
    }
}

/// Writes down anew what names stand for.
pub fn rename(writing: &Writing, at: i64) -> Result<(), Error> {
    writing.set_aliases(&Names::read(writing)?.aliases(), at)
}

/// Returns the story of a report of which the machine's decision is known.
pub fn story_of(view: &View, placed: &Placed, id: &str) -> Result<String, Error> {
    let name = match view.pinned(id, Seq::MAX)? {
        Some(story) => story,
        None => followed(view, placed)?.unwrap_or_else(|| placed.automatic.clone()),
    };
    view.resolve(&name)
}

/// Returns the story that an earlier text of the same words was pinned to before this report came.
fn followed(view: &View, placed: &Placed) -> Result<Option<String>, Error> {
    let mut original = placed.duplicate_of.clone();
    for _ in 0..FOLLOWED {
        let Some(id) = original else { return Ok(None) };
        if let Some(story) = view.pinned(&id, placed.report)? {
            return Ok(Some(story));
        }
        original = match view.seq(&id)? {
            Some(seq) => view.placed(seq)?.and_then(|placed| placed.duplicate_of),
            None => None,
        };
    }
    Ok(None)
}

/// Returns reports with all later copies of them.
pub fn with_copies(view: &View, reports: &[Seq]) -> Result<BTreeSet<Seq>, Error> {
    let mut found: BTreeSet<Seq> = reports.iter().copied().collect();
    let mut next: Vec<Seq> = reports.to_vec();
    while let Some(seq) = next.pop() {
        let Some(row) = view.report_row(seq)? else { continue };
        next.extend(view.copies_of(&row.id)?.into_iter().filter(|copy| found.insert(*copy)));
    }
    Ok(found)
}

/// Moves reports to the stories that they are in now, and marks the stories that gained or lost one.
pub fn settle(writing: &Writing, reports: impl IntoIterator<Item = Seq>) -> Result<(), Error> {
    let mut touched = BTreeSet::new();
    for seq in reports {
        let (Some(row), Some(placed)) = (writing.report_row(seq)?, writing.placed(seq)?) else { continue };
        let story = story_of(writing, &placed, &row.id)?;
        if story != placed.story {
            writing.resettle(&placed, &story)?;
            touched.extend([placed.story, story]);
        }
    }
    touched.iter().try_for_each(|story| mark(writing, story))
}

/// Marks a story to be made anew; one without reports leaves the lists.
pub fn mark(writing: &Writing, story: &str) -> Result<(), Error> {
    if !writing.has_reports(story)? {
        return writing.drop_story(story);
    }
    writing.mark_stale(story)
}
