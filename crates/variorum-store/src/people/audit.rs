//! The log of what people did at the door.

use rusqlite::params;
use serde::Serialize;

use crate::{Error, View, Writing};

/// How many refused attempts are kept: strangers make them, and could fill the disk.
const REFUSED: i64 = 10_000;
/// The most letters of a cell.
const LONGEST: usize = 300;

/// Something that was done or tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: i64,
    /// Who did it, by name; empty where nobody knows.
    pub who: String,
    /// What it was, in a few fixed words.
    pub what: String,
    /// What it was done to.
    pub target: String,
    /// From where it came, where that is known.
    pub address: Option<String>,
    /// Whether it was not let happen.
    pub refused: bool,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audited {
    /// Its number.
    pub n: i64,
    /// When.
    pub at: i64,
    /// Who; empty where nobody knows.
    pub who: String,
    /// What.
    pub what: String,
    /// To what.
    pub target: String,
    /// From where.
    pub address: Option<String>,
    /// `done` or `refused`.
    pub outcome: String,
}

impl View<'_> {
    /// Returns the last lines of the log, the last one first, before a number (`i64::MAX` begins).
    pub fn audit_before(&self, n: i64, limit: usize) -> Result<Vec<Audited>, Error> {
        let sql = "SELECT n, at, who, what, target, address, outcome FROM audit WHERE n < ?1 ORDER BY n DESC LIMIT ?2";
        self.all(sql, params![n, limit as i64], |row| {
            Ok(Audited {
                n: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                target: row.get(4)?,
                address: row.get(5)?,
                outcome: row.get(6)?,
            })
        })
    }
}

impl Writing<'_> {
    /// Adds a line to the log.
    pub fn audit(&self, deed: &Deed) -> Result<(), Error> {
        let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let outcome = if deed.refused { "refused" } else { "done" };
        let sql = "INSERT INTO audit (at, who, what, target, address, outcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, params![deed.at, cut(&deed.who), cut(&deed.what), cut(&deed.target), deed.address, outcome])?;
        if deed.refused {
            let sql = "DELETE FROM audit WHERE outcome = 'refused' AND n <= (
                         SELECT n FROM audit WHERE outcome = 'refused' ORDER BY n DESC LIMIT 1 OFFSET ?1)";
            self.run(sql, [REFUSED])?;
        }
        Ok(())
    }
}
