//! Search over the record. The index is made from the record alone and can be thrown away at any time.

mod among;
mod collect;
mod columns;
mod index;
mod plan;
mod query;
mod sets;
mod tokens;

use std::fs::{File, OpenOptions, TryLockError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

use crate::cursor::Cursor;
use crate::lock::beside;
use crate::{Error, Finding, ReportRow, Store, View};
use collect::{Gather, Gathered, Place};
use columns::Kept;
use index::Opened;
use plan::Planner;
pub use query::{Query, QueryError};
use sets::FlagSets;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What is looked for, as [`Query::read`] reads it.
    pub query: String,
    /// What comes first.
    pub order: Order,
    /// How many reports at most; 1,000 is the most.
    pub limit: usize,
    /// Where the page before ended, as it was given out.
    pub after: Option<String>,
    /// Whether to count what was found.
    pub facets: Facets,
}

impl Ask {
    /// Asks for the newest 20 of a query, with counts.
    pub fn newest(query: impl Into<String>) -> Self {
        Ask { query: query.into(), order: Order::Newest, limit: 20, after: None, facets: Facets::Counted }
    }
}

/// The order of what is found. Ties go by number, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// By the day of publication, the newest first.
    #[default]
    Newest,
    /// What fits the words best first (BM25; words in a title count twice).
    Best,
}

/// Whether outlets, languages, months and origins are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Facets {
    /// They are.
    #[default]
    Counted,
    /// They are not; that is faster.
    Left,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// How many reports fit, on all pages.
    pub total: u64,
    /// This page.
    pub hits: Vec<Hit>,
    /// To be handed in as `after`; none at the end.
    pub next: Option<String>,
    /// Counts over all that fits; empty where they were left.
    pub facets: FacetCounts,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The report.
    pub report: ReportRow,
    /// How well it fits; 0 where the order is by day.
    pub score: f32,
}

/// Counts beside what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// By outlet, most first; the first hundred.
    pub outlets: Vec<(String, u64)>,
    /// By language, most first.
    pub languages: Vec<(String, u64)>,
    /// By month (`2026-03`), in order.
    pub months: Vec<(String, u64)>,
    /// Those with words of their own.
    pub original: u64,
    /// Those with another's words.
    pub copied: u64,
}

/// What became of the wish to catch up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaughtUp {
    /// So many reports were read.
    Here(u64),
    /// Another process is at it.
    Elsewhere,
}

/// The index beside a record.
pub struct Search {
    folder: PathBuf,
    lock: PathBuf,
    opened: RwLock<Option<Opened>>,
    flags: Mutex<FlagSets>,
    columns: Arc<Kept>,
}

const MOST_HITS: usize = 1_000;
const MOST_OUTLETS: usize = 100;

impl Search {
    /// Opens the index of a record. One that is missing or broken is made when it is first used.
    pub fn open(store: &Store) -> Self {
        let folder = beside(store, "search");
        let opened = if folder.is_dir() { guarded(|| Opened::open(&folder)).ok() } else { None };
        Search {
            folder,
            lock: beside(store, "search.lock"),
            opened: RwLock::new(opened),
            flags: Mutex::default(),
            columns: Arc::default(),
        }
    }

    /// Takes in what changed in the record. An index that is broken, or of another record, is made anew.
    pub fn catch_up(&self, store: &Store) -> Result<CaughtUp, Error> {
        let lock = self.lock_file()?;
        match lock.try_lock() {
            Ok(()) => match self.follow(store) {
                Err(Error::Search { .. }) => self.rebuild(store).map(CaughtUp::Here),
                followed => followed.map(CaughtUp::Here),
            },
            Err(TryLockError::WouldBlock) => {
                self.look_again();
                Ok(CaughtUp::Elsewhere)
            }
            Err(TryLockError::Error(error)) => Err(Error::disk("lock", &self.lock, &error)),
        }
    }

    /// Makes the index anew from the record and returns how many reports it holds.
    pub fn reindex(&self, store: &Store) -> Result<u64, Error> {
        let lock = self.lock_file()?;
        lock.lock().map_err(|e| Error::disk("lock", &self.lock, &e))?;
        self.rebuild(store)
    }

    /// Finds reports. What is newer than the last [`Search::catch_up`] is not found yet.
    pub fn find(&self, store: &Store, ask: &Ask) -> Result<Found, Error> {
        let query = Query::read(&ask.query)?;
        let list = format!("{:?} {}", ask.order, ask.query);
        let after = ask.after.as_deref().map(|text| Cursor::read(text, &list)).transpose()?;
        let after: Option<Place> = after.map(place).transpose()?;
        let once = || guarded(|| store.read(|view| self.gather(view, &query, ask, after)));
        let gathered = match once() {
            // A fault of the library is told; only an index that is damaged is made anew, which takes its time.
            Err(Error::Search { .. }) if self.is_damaged() => {
                self.reindex(store)?;
                once()?
            }
            gathered => gathered?,
        };
        store.read(|view| found(view, gathered, ask, &list))
    }

    /// Returns what is wrong with the index, every byte of it read; nothing where it is sound and in step.
    pub fn examine(&self, store: &Store) -> Result<Vec<Finding>, Error> {
        let wrong = |what: String| {
            vec![Finding { what, advice: "`variorum reindex` makes it anew from the record".to_owned() }]
        };
        let record = store.read(|view| view.record())?;
        let looked = guarded(|| {
            let opened = Opened::open(&self.folder)?;
            Ok((opened.index.validate_checksum()?.len(), opened.upto(&record)?))
        });
        let upto = match looked {
            Err(error) => return Ok(wrong(format!("the search index is broken: {error}"))),
            Ok((damaged, _)) if damaged > 0 => {
                return Ok(wrong(format!("{damaged} files of the search index are damaged")));
            }
            Ok((_, None)) => return Ok(wrong("the search index is of another record or program".to_owned())),
            Ok((_, Some(upto))) => upto,
        };
        Ok(match store.read(|view| view.pending_after(upto))? {
            0 => Vec::new(),
            pending => wrong(format!("the search index lacks {pending} reports that are new, revised or forgotten")),
        })
    }

    fn is_damaged(&self) -> bool {
        let damaged = guarded(|| Ok(Opened::open(&self.folder)?.index.validate_checksum()?.len()));
        !matches!(damaged, Ok(0))
    }

    fn follow(&self, store: &Store) -> Result<u64, Error> {
        let mut opened = self.opened()?;
        let (record, change) = store.read(|view| Ok((view.record()?, view.change()?)))?;
        let upto = guarded(|| opened.upto(&record))?;
        if upto != opened.committed {
            // Another process wrote, or put a new index in its place.
            opened = self.open_anew()?;
        }
        match upto {
            Some(upto) if upto <= change => {
                let count = guarded(|| opened.follow(store, upto))?;
                opened.committed = guarded(|| opened.upto(&record))?;
                *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
                Ok(count)
            }
            // Of another record, of another program, or of this record before it was put back to an older state.
            _ => self.rebuild(store),
        }
    }

    /// Made beside the old one, which answers until the new one is whole.
    fn rebuild(&self, store: &Store) -> Result<u64, Error> {
        let part = self.folder.with_extension("search.part");
        let old = self.folder.with_extension("search.old");
        remove(&part)?;
        let count = guarded(|| Opened::open(&part)?.follow(store, 0))?;
        remove(&old)?;
        if self.folder.exists() {
            std::fs::rename(&self.folder, &old).map_err(|e| Error::disk("write", &old, &e))?;
        }
        std::fs::rename(&part, &self.folder).map_err(|e| Error::disk("write", &self.folder, &e))?;
        self.open_anew()?;
        remove(&old)?;
        Ok(count)
    }

    fn lock_file(&self) -> Result<File, Error> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&self.lock);
        file.map_err(|e| Error::disk("lock", &self.lock, &e))
    }

    /// Another process wrote: what it committed is read from now on.
    fn look_again(&self) {
        if let Ok(opened) = self.opened() {
            // What cannot be read now is read at the next turn, or made anew by the one who writes.
            let _ = guarded(|| Ok(opened.reader.reload()?));
        }
    }

    fn opened(&self) -> Result<Opened, Error> {
        if let Some(opened) = &*self.opened.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(opened.clone());
        }
        self.open_anew()
    }

    fn open_anew(&self) -> Result<Opened, Error> {
        let opened = guarded(|| Opened::open(&self.folder))?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(opened.clone());
        Ok(opened)
    }

    fn gather(&self, view: &View, query: &Query, ask: &Ask, after: Option<Place>) -> Result<Gathered, Error> {
        let opened = self.opened()?;
        let flags = {
            let mut flags = self.flags.lock().unwrap_or_else(PoisonError::into_inner);
            flags.follow(view)?;
            flags.clone()
        };
        let searcher = opened.reader.searcher();
        self.columns.keep_only(&searcher);
        let planner = Planner::new(opened.fields, &searcher, view, &flags)?;
        let planned = planner.plan(&query.expr, ask.order)?;
        let limit = ask.limit.clamp(1, MOST_HITS) + 1;
        let gather = Gather {
            order: ask.order,
            limit,
            after,
            facets: ask.facets,
            flags: flags.clone(),
            columns: self.columns.clone(),
        };
        Ok(searcher.search(&planned, &gather)?)
    }
}

fn place(cursor: Cursor) -> Result<Place, Error> {
    Ok((cursor.value.cast_unsigned(), cursor.name.parse().map_err(|_| Error::Cursor)?))
}

fn found(view: &View, gathered: Gathered, ask: &Ask, list: &str) -> Result<Found, Error> {
    let limit = ask.limit.clamp(1, MOST_HITS);
    let mut places = gathered.places;
    let more = places.len() > limit;
    places.truncate(limit);
    let last = places.last().filter(|_| more);
    let next = last.map(|(value, seq)| Cursor { value: value.cast_signed(), name: seq.to_string() }.text(list));
    let mut hits = Vec::with_capacity(places.len());
    for (value, seq) in places {
        let score = if ask.order == Order::Best { f32::from_bits(value as u32) } else { 0.0 };
        // What was forgotten since the index was written is not shown.
        hits.extend(view.report_row(seq.cast_signed())?.map(|report| Hit { report, score }));
    }
    let mut outlets = most_first(gathered.outlets);
    outlets.truncate(MOST_OUTLETS);
    let months = gathered.months.into_iter().filter(|(month, _)| *month > 0);
    let facets = FacetCounts {
        outlets,
        languages: most_first(gathered.languages),
        months: months.map(|(month, count)| (format!("{:04}-{:02}", month / 100, month % 100), count)).collect(),
        original: gathered.original,
        copied: gathered.copied,
    };
    Ok(Found { total: gathered.total, hits, next, facets })
}

fn most_first(counts: std::collections::BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// A damaged index must not end the program: what the library does not expect in its files makes it panic.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let broke = || Err(Error::Search { reason: "its files make no sense".to_owned() });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| broke())
}

fn remove(folder: &std::path::Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::disk("remove", folder, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
