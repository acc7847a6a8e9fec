//! What outlets did, counted: by story as it is made, summed over all stories as they change.

use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, OutletRow, View, Writing, body};

/// Something that an outlet did in a story, or that it did with the words of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// What it did.
    pub what: String,
    /// The outlet.
    pub outlet: String,
    /// The other outlet; empty where there is none.
    pub other: String,
    /// How often.
    pub n: u64,
}

fn tally(row: &rusqlite::Row) -> rusqlite::Result<Tally> {
    Ok(Tally { what: row.get(0)?, outlet: row.get(1)?, other: row.get(2)?, n: row.get(3)? })
}

/// What all stories come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StorySums {
    /// How many stories have reports.
    pub stories: u64,
    /// How many independent origins their reports have.
    pub origins: u64,
    /// In how many of them reports differ.
    pub differing: u64,
    /// In how many of them a rewrite bent its source.
    pub drifting: u64,
}

impl View<'_> {
    /// Returns what all stories come to.
    pub fn story_sums(&self) -> Result<StorySums, Error> {
        let sql =
            "SELECT count(*), coalesce(sum(origins), 0), coalesce(sum(variants > 0), 0), coalesce(sum(drift > 0), 0)
                   FROM story WHERE reports > 0";
        let sums = self.maybe(sql, [], |row| {
            Ok(StorySums { stories: row.get(0)?, origins: row.get(1)?, differing: row.get(2)?, drifting: row.get(3)? })
        })?;
        Ok(sums.unwrap_or_default())
    }

    /// Returns what an outlet did in all stories, in order.
    pub fn totals_of(&self, outlet: &str) -> Result<Vec<Tally>, Error> {
        let sql = "SELECT what, outlet, other, n FROM total WHERE outlet = ?1 ORDER BY what, other";
        self.all(sql, [outlet], tally)
    }

    /// Returns what outlets did with another outlet, in order.
    pub fn totals_with(&self, other: &str) -> Result<Vec<Tally>, Error> {
        let sql = "SELECT what, outlet, other, n FROM total WHERE other = ?1 AND other <> '' ORDER BY what, outlet";
        self.all(sql, [other], tally)
    }

    /// Returns how much of an outlet is here; none where nothing is.
    pub fn outlet_row(&self, outlet: &str) -> Result<Option<OutletRow>, Error> {
        let sql = "SELECT count(*), max(first_seen) FROM report WHERE outlet = ?1";
        let found = self.maybe(sql, [outlet], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        let row = |(reports, newest): (u64, Option<i64>)| {
            newest.map(|newest| OutletRow { outlet: outlet.to_owned(), reports, newest })
        };
        Ok(found.and_then(row))
    }

    /// Returns what a story showed in its last edition.
    pub fn shown<T: DeserializeOwned>(&self, story: &str) -> Result<Option<T>, Error> {
        let body: Option<Vec<u8>> = self.maybe("SELECT body FROM shown WHERE story = ?1", [story], |row| row.get(0))?;
        body.map(|body| body::unpack(&body, || format!("what story {story} showed"))).transpose()
    }

    /// Returns stories that must be made anew: those that were touched last and those that have waited longest.
    pub fn stale_at_both_ends(&self, limit: usize) -> Result<Vec<String>, Error> {
        let sql = "SELECT id FROM (SELECT id, stale FROM story WHERE stale <> 0 ORDER BY stale DESC LIMIT ?1)
                   UNION SELECT id FROM (SELECT id, stale FROM story WHERE stale <> 0 ORDER BY stale LIMIT ?1)
                   ORDER BY id";
        self.all(sql, [limit.div_ceil(2) as i64], |row| row.get(0))
    }

    /// Returns how many stories must be made anew.
    pub fn stale_count(&self) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM story WHERE stale <> 0", [])
    }
}

impl Writing<'_> {
    /// Puts what outlets did in a story, in place of what stood there.
    pub fn put_tallies(&self, story: &str, tallies: &[Tally]) -> Result<(), Error> {
        self.run("DELETE FROM tally WHERE story = ?1", [story])?;
        for Tally { what, outlet, other, n } in tallies {
            self.run("INSERT INTO tally VALUES (?1, ?2, ?3, ?4, ?5)", params![story, what, outlet, other, n])?;
        }
        Ok(())
    }

    /// Keeps what a story shows in its last edition.
    pub fn put_shown<T: Serialize>(&self, story: &str, shown: &T) -> Result<(), Error> {
        let body = body::pack(shown)?;
        self.run("INSERT OR REPLACE INTO shown VALUES (?1, ?2)", params![story, body]).map(|_| ())
    }
}
