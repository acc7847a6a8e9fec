//! The desk: whoever places reports and keeps stories computed. One process at a time.

use variorum::{CollateOptions, GroupOptions};
use variorum_store::{Editing, Store};

use crate::Error;

/// How the desk works.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How reports are placed.
    pub group: GroupOptions,
    /// How stories are collated.
    pub collate: CollateOptions,
}

/// The right to place and compute, held until it is dropped.
#[derive(Debug)]
pub struct Desk {
    store: Store,
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

impl Desk {
    /// Takes the desk, where nobody has it.
    pub fn take(store: &Store, _options: Options) -> Result<Taken, Error> {
        Ok(match store.edit()? {
            Editing::Here(_) => Taken::Here(Desk { store: store.clone() }),
            Editing::Elsewhere(pid) => Taken::Elsewhere(pid),
        })
    }

    /// Does a round of work: places some of the reports that wait and makes some of the stories that are stale. To be
    /// called until nothing is left; each round is short enough to stop between.
    pub fn work(&mut self, _now: i64) -> Result<Worked, Error> {
        let _ = &self.store;
        unimplemented!()
    }

    /// Writes down where the desk stands, so that the next one begins there at once.
    pub fn leave(self) -> Result<(), Error> {
        unimplemented!()
    }
}
