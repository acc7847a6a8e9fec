//! The desk: whoever places reports and keeps stories computed. One process at a time.

use rayon::prelude::*;
use variorum::{CollateOptions, GroupOptions};
use variorum_store::{Editing, Editor, Store};

use crate::placing::Placing;
use crate::{Error, making};

/// Days after which a story takes no more reports, where nothing else is asked for.
const WINDOW: u32 = 14;

/// How the desk works.
#[derive(Debug, Clone)]
pub struct Options {
    /// How reports are placed.
    pub group: GroupOptions,
    /// How stories are collated.
    pub collate: CollateOptions,
}

impl Default for Options {
    /// Stories take reports for 14 days.
    fn default() -> Self {
        let group = GroupOptions { window: Some(WINDOW), ..GroupOptions::default() };
        Options { group, collate: CollateOptions::default() }
    }
}

/// The right to place and compute, held until it is dropped.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    options: Options,
    /// None after a write failed: the shelf is then ahead of the record and is taken up anew.
    placing: Option<Placing>,
    rounds: u64,
    _editor: Editor,
}

/// Whether the desk was free.
#[derive(Debug)]
pub enum Taken {
    /// It is ours.
    Here(Desk),
    /// Another process has it: that of this number, where it is known. What is kept is placed by that process.
    Elsewhere(Option<u32>),
}

/// What a round of work did, and what is left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worked {
    /// Reports that were placed.
    pub placed: usize,
    /// Stories that were made or made anew.
    pub made: usize,
    /// Reports that wait to be placed.
    pub unplaced: u64,
    /// Stories that wait to be made anew.
    pub stale: u64,
}

/// While reports come in faster than they are placed, stories are made in every so many rounds.
const BETWEEN: u64 = 16;

/// Stories that are looked at in a round, and the reports from which on it has enough.
const STORIES: usize = 64;
const REPORTS: usize = 256;

impl Desk {
    /// Takes the desk, where nobody has it.
    pub fn take(store: &Store, options: Options) -> Result<Taken, Error> {
        Ok(match store.edit()? {
            Editing::Here(editor) => {
                making::of_this_program(store, &options.collate)?;
                Taken::Here(Desk { store: store.clone(), options, placing: None, rounds: 0, _editor: editor })
            }
            Editing::Elsewhere(pid) => Taken::Elsewhere(pid),
        })
    }

    /// Does a round of work: places some of the reports that wait and makes some of the stories that are stale. To be
    /// called until nothing is left; each round is short enough to stop between.
    ///
    /// A round makes nothing anew but what a report, a revision or a correction touched.
    pub fn work(&mut self, now: i64) -> Result<Worked, Error> {
        self.rounds += 1;
        let placed = self.place(now)?;
        let unplaced = self.store.read(|view| view.count_after(view.last_placed()?))?;
        let made = if unplaced == 0 || self.rounds.is_multiple_of(BETWEEN) { self.make(now)? } else { 0 };
        let stale = self.store.read(|view| view.stale_count())?;
        Ok(Worked { placed, made, unplaced, stale })
    }

    /// Writes down where the desk stands, so that the next one begins there at once.
    pub fn leave(mut self) -> Result<(), Error> {
        match &mut self.placing {
            Some(placing) => Ok(placing.leave(&self.store)?),
            None => Ok(()),
        }
    }

    fn place(&mut self, now: i64) -> Result<usize, Error> {
        let mut placing = match self.placing.take() {
            Some(placing) => placing,
            None => Placing::resume(&self.store, &self.options.group, now)?,
        };
        let placed = placing.place(&self.store, now)?;
        self.placing = Some(placing);
        Ok(placed)
    }

    fn make(&self, now: i64) -> Result<usize, Error> {
        let stories = self.store.read(|view| {
            let mut reports = 0;
            let mut stories = Vec::new();
            for story in view.stale_at_both_ends(STORIES)? {
                if reports >= REPORTS {
                    break;
                }
                reports += view.reports_of_story(&story)?.len();
                stories.push(story);
            }
            Ok(stories)
        })?;
        let n = stories.len();
        let make = |story: String| making::make(&self.store, story, &self.options.collate);
        let made = stories.into_par_iter().map(make).collect::<Result<Vec<_>, _>>()?;
        self.store.write(move |writing| made.into_iter().try_for_each(|made| made.put(writing, now)))?;
        Ok(n)
    }
}
