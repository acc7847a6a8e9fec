//! Items that were taken up already, and those that wait for their pages.

use std::collections::BTreeSet;

use rusqlite::params;
use variorum_news::Report;

use crate::{Error, View, Writing, body, identity};

/// The most items that are remembered of one source; a full sitemap has half as many.
const MOST_ITEMS: i64 = 100_000;
/// How many are looked up at once.
const AT_ONCE: usize = 500;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Its page is still to be fetched.
    Waiting,
    /// It is kept, as its page or its own words say.
    Kept,
    /// Its page never came; its own words are kept.
    Failed,
    /// It cannot be used.
    Unusable,
}

impl ItemState {
    fn word(self) -> &'static str {
        match self {
            ItemState::Waiting => "waiting",
            ItemState::Kept => "kept",
            ItemState::Failed => "failed",
            ItemState::Unusable => "unusable",
        }
    }
}

/// An item that is taken up.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// A number made of what it says.
    pub key: i64,
    /// What becomes of it.
    pub state: ItemState,
    /// The name of its report.
    pub report: Option<String>,
    /// The address of its page, and its own words as a report, where it waits.
    pub waits: Option<(String, Box<Report>)>,
}

/// An item that waits for its page.
#[derive(Debug, Clone)]
pub struct WaitingItem {
    /// Its number.
    pub n: i64,
    /// The number of its source.
    pub source: i64,
    /// The address of its page.
    pub url: String,
    /// How often it was tried.
    pub tries: u32,
    /// Its own words as a report.
    pub report: Report,
}

impl View<'_> {
    /// Returns those of some items that were taken up before.
    pub fn known_items(&self, source: i64, keys: &[i64]) -> Result<BTreeSet<i64>, Error> {
        let mut known = BTreeSet::new();
        for some in keys.chunks(AT_ONCE) {
            // Numbers alone, so nothing of them can be taken for words of the query.
            let list = some.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            let sql = format!("SELECT key FROM source_item WHERE source = ?1 AND key IN ({list})");
            let mut statement = self.connection.prepare(&sql)?;
            let rows = statement.query_map([source], |row| row.get::<_, i64>(0))?;
            for key in rows {
                known.insert(key?);
            }
        }
        Ok(known)
    }

    /// Returns items whose page may be fetched now: in turn over the sources, the oldest of each first.
    pub fn waiting_items(&self, now: i64, a_source: usize, limit: usize) -> Result<Vec<WaitingItem>, Error> {
        let sql = "SELECT n, source, url, tries, body FROM
                   (SELECT *, row_number() OVER (PARTITION BY source ORDER BY n) AS turn FROM source_item
                    WHERE state = 'waiting' AND due <= ?1)
                   WHERE turn <= ?2 ORDER BY turn, source LIMIT ?3";
        type Cells = (i64, i64, Option<String>, u32, Option<Vec<u8>>);
        let cells = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        let item = |(n, source, url, tries, packed): Cells| {
            let report = body::unpack(&packed.unwrap_or_default(), || format!("item {n} of source {source}"))?;
            Ok(WaitingItem { n, source, url: url.unwrap_or_default(), tries, report })
        };
        self.all(sql, params![now, a_source as i64, limit as i64], cells)?.into_iter().map(item).collect()
    }

    /// Returns how many items of a source wait for their pages.
    pub fn waiting_count(&self, source: i64) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM source_item WHERE source = ?1 AND state = 'waiting'", [source])
    }

    /// Returns when a report of the same identity came first, as seconds since 1970.
    pub fn came_first(&self, report: &Report) -> Result<Option<i64>, Error> {
        let key = identity::key(report);
        self.maybe("SELECT first_seen FROM report WHERE key = ?1", [key], |row| row.get(0))
    }
}

impl Writing<'_> {
    /// Remembers items, and forgets the oldest of a source that has too many.
    pub fn put_items(&self, source: i64, items: &[NewItem], at: i64) -> Result<(), Error> {
        for item in items {
            let (url, packed) = match &item.waits {
                Some((url, report)) => (Some(url), Some(body::pack(report)?)),
                None => (None, None),
            };
            let due = item.waits.as_ref().map(|_| at);
            self.run(
                "INSERT INTO source_item (source, key, seen, state, report, url, due, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (source, key) DO NOTHING",
                params![source, item.key, at, item.state.word(), item.report, url, due, packed],
            )?;
        }
        let sql = "DELETE FROM source_item WHERE source = ?1 AND state <> 'waiting' AND n <=
                   (SELECT n FROM source_item WHERE source = ?1 ORDER BY n DESC LIMIT 1 OFFSET ?2)";
        self.run(sql, params![source, MOST_ITEMS]).map(|_| ())
    }

    /// Settles an item that waited.
    pub fn settle_item(&self, n: i64, state: ItemState, report: Option<&str>) -> Result<(), Error> {
        let sql =
            "UPDATE source_item SET state = ?2, report = coalesce(?3, report), body = NULL, due = NULL WHERE n = ?1";
        self.run(sql, params![n, state.word(), report]).map(|_| ())
    }

    /// Lets an item wait on, after a try that failed.
    pub fn postpone_item(&self, n: i64, due: i64) -> Result<(), Error> {
        self.run("UPDATE source_item SET tries = tries + 1, due = ?2 WHERE n = ?1", [n, due]).map(|_| ())
    }

    /// Counts reports that were kept of a source.
    pub fn count_kept(&self, source: i64, kept: u64) -> Result<(), Error> {
        self.run("UPDATE source SET kept = kept + ?2 WHERE n = ?1", params![source, kept]).map(|_| ())
    }
}
