//! What the desk keeps beside reports and stories: its log, people's corrections, searches, settings, the shelf.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::body;
use crate::{Error, Seq, View, Writing};

/// What a line of the log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogKind {
    /// A report was given to a story.
    Placed,
    /// Two stories became one.
    Merged,
    /// A story became two.
    Split,
    /// A person corrected something.
    Corrected,
    /// A correction was taken back.
    Undone,
    /// A report or a story was forgotten.
    Forgotten,
}

impl LogKind {
    const ALL: [(LogKind, &str); 6] = [
        (LogKind::Placed, "placed"),
        (LogKind::Merged, "merged"),
        (LogKind::Split, "split"),
        (LogKind::Corrected, "corrected"),
        (LogKind::Undone, "undone"),
        (LogKind::Forgotten, "forgotten"),
    ];

    fn word(self) -> &'static str {
        LogKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<LogKind> {
        LogKind::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// A line of the log. Lines are added, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    /// Its number.
    pub n: i64,
    /// When it was written, in seconds since 1970.
    pub at: i64,
    /// What it is about.
    pub kind: LogKind,
    /// The report that it is about, where it is one.
    pub report: Option<Seq>,
    /// The rest.
    pub body: Value,
}

/// What a person corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its number.
    pub n: i64,
    /// When it was made.
    pub at: i64,
    /// Who made it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// What it does.
    pub body: Value,
    /// When it was taken back, and by whom.
    pub undone: Option<(i64, String)>,
}

/// A correction as it is handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCorrection {
    /// When it is made.
    pub at: i64,
    /// Who makes it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// What it does.
    pub body: Value,
    /// The reports that it names; they are never forgotten by age or size while it stands.
    pub reports: Vec<Seq>,
    /// The stories that it names.
    pub stories: Vec<String>,
}

/// Which corrections are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Those that stand.
    Standing,
    /// Those that were taken back, too.
    All,
}

/// A search that someone keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Its number.
    pub n: i64,
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
    /// When it was saved.
    pub at: i64,
}

impl View<'_> {
    /// Returns lines of the log after a number, in order.
    pub fn log_after(&self, n: i64, limit: usize) -> Result<Vec<LogLine>, Error> {
        let sql = "SELECT n, at, kind, report, body FROM log WHERE n > ?1 ORDER BY n LIMIT ?2";
        self.log(sql, params![n, limit as i64])
    }

    /// Returns the last lines of the log, the last one first, before a number (`i64::MAX` begins).
    pub fn log_before(&self, n: i64, limit: usize) -> Result<Vec<LogLine>, Error> {
        let sql = "SELECT n, at, kind, report, body FROM log WHERE n < ?1 ORDER BY n DESC LIMIT ?2";
        self.log(sql, params![n, limit as i64])
    }

    /// Returns the lines about a report, in order.
    pub fn log_of(&self, report: Seq) -> Result<Vec<LogLine>, Error> {
        self.log("SELECT n, at, kind, report, body FROM log WHERE report = ?1 ORDER BY n", [report])
    }

    fn log(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<LogLine>, Error> {
        type Cells = (i64, i64, String, Option<Seq>, String);
        let cells = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        let line = |(n, at, kind, report, body): Cells| {
            let kind = LogKind::of(&kind).ok_or_else(|| unreadable(&format!("line {n} of the log"), &kind))?;
            Ok(LogLine { n, at, kind, report, body: json(&format!("line {n} of the log"), &body)? })
        };
        self.all(sql, params, cells)?.into_iter().map(line).collect()
    }

    /// Returns corrections in the order they were made.
    pub fn corrections(&self, which: Standing) -> Result<Vec<Correction>, Error> {
        let sql = "SELECT n, at, who, reason, body, undone, undone_by FROM correction
                   WHERE undone IS NULL OR ?1 ORDER BY n";
        self.all(sql, [which == Standing::All], correction)?.into_iter().map(read_correction).collect()
    }

    /// Returns a correction.
    pub fn correction(&self, n: i64) -> Result<Option<Correction>, Error> {
        let sql = "SELECT n, at, who, reason, body, undone, undone_by FROM correction WHERE n = ?1";
        self.maybe(sql, [n], correction)?.map(read_correction).transpose()
    }

    /// Returns the corrections that name a story, standing or not.
    pub fn corrections_of_story(&self, story: &str) -> Result<Vec<Correction>, Error> {
        let sql = "SELECT n, at, who, reason, body, undone, undone_by FROM correction JOIN touched ON correction = n
                   WHERE kind = 'story' AND name = ?1 ORDER BY n";
        self.all(sql, [story], correction)?.into_iter().map(read_correction).collect()
    }

    /// Returns the searches that are kept, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, Error> {
        self.all("SELECT n, name, query, at FROM saved ORDER BY name", [], |row| {
            Ok(SavedSearch { n: row.get(0)?, name: row.get(1)?, query: row.get(2)?, at: row.get(3)? })
        })
    }

    /// Returns the shelf as it was kept: the last report on it, and its bytes.
    pub fn shelf(&self) -> Result<Option<(Seq, Vec<u8>)>, Error> {
        let kept =
            self.maybe("SELECT upto, body FROM shelf", [], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        kept.map(|(upto, packed)| Ok((upto, body::unpack_bytes(&packed, || "the shelf".to_owned())?))).transpose()
    }

    /// Returns a setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    /// Adds a line to the log and returns its number.
    pub fn log_line(&self, at: i64, kind: LogKind, report: Option<Seq>, body: &Value) -> Result<i64, Error> {
        let sql = "INSERT INTO log (at, kind, report, body) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![at, kind.word(), report, body.to_string()])?;
        Ok(self.last())
    }

    /// Keeps a correction and returns its number. The reports and stories that it names must be there.
    pub fn correct(&self, new: &NewCorrection) -> Result<i64, Error> {
        let sql = "INSERT INTO correction (at, who, reason, body) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![new.at, new.who, new.reason, new.body.to_string()])?;
        let n = self.last();
        self.next_change()?;
        for seq in &new.reports {
            let sql = "INSERT OR IGNORE INTO touched SELECT ?1, 'report', id FROM report WHERE seq = ?2";
            if self.run(sql, params![n, seq])? == 0 && self.report_row(*seq)?.is_none() {
                return Err(Error::unknown(format!("report {seq}")));
            }
        }
        for story in &new.stories {
            self.run("INSERT OR IGNORE INTO touched VALUES (?1, 'story', ?2)", params![n, story])?;
        }
        Ok(n)
    }

    /// Takes a correction back. It stays in the record, with who took it back.
    pub fn undo(&self, n: i64, at: i64, who: &str) -> Result<(), Error> {
        self.next_change()?;
        let sql = "UPDATE correction SET undone = ?2, undone_by = ?3 WHERE n = ?1 AND undone IS NULL";
        match self.run(sql, params![n, at, who])? {
            0 => Err(Error::unknown(format!("standing correction {n}"))),
            _ => Ok(()),
        }
    }

    /// Keeps a search under a name, in place of one of the same name.
    pub fn save_search(&self, name: &str, query: &str, at: i64) -> Result<i64, Error> {
        let sql = "INSERT INTO saved (name, query, at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (name) DO UPDATE SET query = ?2, at = ?3 RETURNING n";
        self.one(sql, params![name, query, at])
    }

    /// Drops a search that was kept.
    pub fn drop_search(&self, n: i64) -> Result<(), Error> {
        match self.run("DELETE FROM saved WHERE n = ?1", [n])? {
            0 => Err(Error::unknown(format!("saved search {n}"))),
            _ => Ok(()),
        }
    }

    /// Keeps the shelf, with all reports up to a number on it.
    pub fn put_shelf(&self, upto: Seq, bytes: &[u8]) -> Result<(), Error> {
        let packed = body::pack_bytes(bytes)?;
        self.run("INSERT OR REPLACE INTO shelf VALUES (1, ?1, ?2)", params![upto, packed]).map(|_| ())
    }

    /// Drops the shelf; it is made again from the reports.
    pub fn drop_shelf(&self) -> Result<(), Error> {
        self.run("DELETE FROM shelf", []).map(|_| ())
    }

    /// Keeps a setting.
    pub fn put_setting(&self, name: &str, value: &str) -> Result<(), Error> {
        self.run("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", [name, value]).map(|_| ())
    }

    /// Drops a setting.
    pub fn drop_setting(&self, name: &str) -> Result<(), Error> {
        self.run("DELETE FROM setting WHERE name = ?1", [name]).map(|_| ())
    }
}

type CorrectionCells = (i64, i64, String, String, String, Option<i64>, Option<String>);

fn correction(row: &Row) -> rusqlite::Result<CorrectionCells> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn read_correction((n, at, who, reason, body, undone, by): CorrectionCells) -> Result<Correction, Error> {
    let body = json(&format!("correction {n}"), &body)?;
    Ok(Correction { n, at, who, reason, body, undone: undone.map(|at| (at, by.unwrap_or_default())) })
}

fn json(what: &str, text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| Error::Body { what: what.to_owned(), reason: error.to_string() })
}

fn unreadable(what: &str, kind: &str) -> Error {
    Error::Body { what: what.to_owned(), reason: format!("nothing is called `{kind}`") }
}
