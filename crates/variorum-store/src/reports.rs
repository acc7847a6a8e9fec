//! Reports as they are read back.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use variorum_news::{Annotations, Problem, Report, ReportId};

use crate::body::{self, Fingerprint};
use crate::{Error, Seq, View, Writing};

/// What the record says of a report, without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Its number: the order in which reports came in.
    pub seq: Seq,
    /// Its name.
    pub id: ReportId,
    /// Its address in one form, or `id:` and its name.
    pub key: String,
    /// When it was first seen, in seconds since 1970.
    pub first_seen: i64,
    /// When it was last seen.
    pub last_seen: i64,
    /// When its present words were first seen.
    pub revised: i64,
    /// How many revisions there are; 1 where it never changed.
    pub revisions: u32,
    /// The number of its last change.
    pub change: i64,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors, parted by `; `.
    pub author: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The day it was published, `YYYY-MM-DD`.
    pub day: Option<String>,
}

/// One state of a report's words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number, from 1.
    pub n: u32,
    /// When these words were first seen.
    pub seen: i64,
    /// The report as it was.
    pub report: Report,
}

/// An outlet and how much of it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletRow {
    /// Its name.
    pub outlet: String,
    /// How many reports.
    pub reports: u64,
    /// When the last of them was first seen.
    pub newest: i64,
}

const ROW: &str =
    "seq, id, key, first_seen, last_seen, revised, revisions, change, outlet, title, author, language, day";

fn row(row: &Row) -> rusqlite::Result<ReportRow> {
    Ok(ReportRow {
        seq: row.get(0)?,
        id: row.get::<_, String>(1)?.into(),
        key: row.get(2)?,
        first_seen: row.get(3)?,
        last_seen: row.get(4)?,
        revised: row.get(5)?,
        revisions: row.get(6)?,
        change: row.get(7)?,
        outlet: row.get(8)?,
        title: row.get(9)?,
        author: row.get(10)?,
        language: row.get(11)?,
        day: row.get(12)?,
    })
}

impl View<'_> {
    /// Returns the number of the report of that name.
    pub fn seq(&self, id: &str) -> Result<Option<Seq>, Error> {
        self.maybe("SELECT seq FROM report WHERE id = ?1", [id], |row| row.get(0))
    }

    /// Returns the report of a number, as it was handed in, without annotations.
    pub fn report(&self, seq: Seq) -> Result<Option<Report>, Error> {
        self.packed(seq)?.map(|body| body::unpack(&body, || format!("report {seq}"))).transpose()
    }

    /// Returns a report with the words that it came with first.
    pub fn first_words(&self, seq: Seq) -> Result<Option<Report>, Error> {
        let sql = "SELECT body FROM revision WHERE report = ?1 AND n = 1
                   UNION ALL SELECT body FROM body WHERE report = ?1 LIMIT 1";
        let body: Option<Vec<u8>> = self.maybe(sql, [seq], |row| row.get(0))?;
        body.map(|body| body::unpack(&body, || format!("report {seq}"))).transpose()
    }

    /// Returns the body of a report as it lies there.
    pub(crate) fn packed(&self, seq: Seq) -> Result<Option<Vec<u8>>, Error> {
        self.maybe("SELECT body FROM body WHERE report = ?1", [seq], |row| row.get(0))
    }

    /// Returns how many reports a search index lacks that has all up to a change: new, revised or forgotten ones.
    pub(crate) fn pending_after(&self, change: i64) -> Result<u64, Error> {
        let sql = "SELECT (SELECT count(*) FROM report WHERE change > ?1)
                        + (SELECT count(*) FROM gone WHERE change > ?1 AND seq IS NOT NULL)";
        self.one(sql, [change])
    }

    /// Returns the numbers of reports that were forgotten after a change.
    pub(crate) fn gone_after(&self, change: i64) -> Result<Vec<Seq>, Error> {
        self.all("SELECT seq FROM gone WHERE change > ?1 AND seq IS NOT NULL ORDER BY n", [change], |row| row.get(0))
    }

    /// Returns what the record says of a report.
    pub fn report_row(&self, seq: Seq) -> Result<Option<ReportRow>, Error> {
        self.maybe(&format!("SELECT {ROW} FROM report WHERE seq = ?1"), [seq], row)
    }

    /// Returns what the record says of the report with a key.
    pub fn report_row_of_key(&self, key: &str) -> Result<Option<ReportRow>, Error> {
        self.maybe(&format!("SELECT {ROW} FROM report WHERE key = ?1"), [key], row)
    }

    /// Returns reports in the order they came in, after a number.
    pub fn reports_after(&self, seq: Seq, limit: usize) -> Result<Vec<ReportRow>, Error> {
        self.all(
            &format!("SELECT {ROW} FROM report WHERE seq > ?1 ORDER BY seq LIMIT ?2"),
            params![seq, limit as i64],
            row,
        )
    }

    /// Returns reports that changed after a change, in the order they did.
    pub fn reports_changed_after(&self, change: i64, limit: usize) -> Result<Vec<ReportRow>, Error> {
        let sql = format!("SELECT {ROW} FROM report WHERE change > ?1 ORDER BY change LIMIT ?2");
        self.all(&sql, params![change, limit as i64], row)
    }

    /// Returns the numbers of reports after a number that no story has yet, in the order they came in.
    pub fn unplaced_after(&self, seq: Seq, limit: usize) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT seq FROM report
                   WHERE seq > ?1 AND NOT EXISTS (SELECT 1 FROM placed WHERE placed.report = seq)
                   ORDER BY seq LIMIT ?2";
        self.all(sql, params![seq, limit as i64], |row| row.get(0))
    }

    /// Returns the reports of an outlet, the last one first, before a number (`Seq::MAX` begins).
    pub fn reports_of_outlet(&self, outlet: &str, before: Seq, limit: usize) -> Result<Vec<ReportRow>, Error> {
        let sql = format!("SELECT {ROW} FROM report WHERE outlet = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3");
        self.all(&sql, params![outlet, before, limit as i64], row)
    }

    /// Returns the outlets by name.
    pub fn outlets(&self) -> Result<Vec<OutletRow>, Error> {
        let sql = "SELECT outlet, count(*), max(first_seen) FROM report WHERE outlet IS NOT NULL
                   GROUP BY outlet ORDER BY outlet";
        self.all(sql, [], |row| Ok(OutletRow { outlet: row.get(0)?, reports: row.get(1)?, newest: row.get(2)? }))
    }

    /// Returns how many reports there are.
    pub fn count(&self) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM report", [])
    }

    /// Returns all states of a report's words, the first one first, the present one last.
    pub fn revisions(&self, seq: Seq) -> Result<Vec<Revision>, Error> {
        let sql = "SELECT n, seen, body FROM revision WHERE report = ?1
                   UNION ALL SELECT revisions, revised, body FROM report JOIN body ON body.report = seq WHERE seq = ?1
                   ORDER BY 1";
        let rows = self.all(sql, [seq], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?;
        let revision = |(n, seen, packed): (u32, i64, Vec<u8>)| {
            let report = body::unpack(&packed, || format!("revision {n} of report {seq}"))?;
            Ok(Revision { n, seen, report })
        };
        rows.into_iter().map(revision).collect()
    }

    /// Returns the fingerprint of a report's present words: what a reading must be of.
    pub fn fingerprint(&self, seq: Seq) -> Result<Option<Fingerprint>, Error> {
        self.maybe("SELECT digest FROM report WHERE seq = ?1", [seq], |row| row.get(0))
    }

    /// Returns the annotations of a report's present words, where they were kept.
    pub fn reading(&self, seq: Seq) -> Result<Option<Annotations>, Error> {
        let sql = "SELECT reading.body FROM reading JOIN report ON seq = report AND report.digest = reading.digest
                   WHERE seq = ?1";
        let body: Option<Vec<u8>> = self.maybe(sql, [seq], |row| row.get(0))?;
        body.map(|body| body::unpack(&body, || format!("the reading of report {seq}"))).transpose()
    }

    /// Returns when something was forgotten: a report or a story of this name that is no longer there.
    pub fn gone(&self, kind: Gone, name: &str) -> Result<Option<i64>, Error> {
        let is_back = match kind {
            Gone::Report => self.seq(name)?.is_some(),
            Gone::Story => self.story_card(name)?.is_some(),
        };
        if is_back {
            return Ok(None);
        }
        let sql = "SELECT max(at) FROM gone WHERE kind = ?1 AND name = ?2";
        Ok(self.maybe(sql, params![kind.word(), name], |row| row.get::<_, Option<i64>>(0))?.flatten())
    }

    /// Returns what could not be used, the last one first.
    pub fn problems(&self, limit: usize) -> Result<Vec<(i64, Problem)>, Error> {
        let sql = "SELECT at, path, report, reason FROM problem ORDER BY n DESC LIMIT ?1";
        self.all(sql, [limit as i64], |row| {
            Ok((row.get(0)?, Problem { path: row.get(1)?, id: row.get(2)?, reason: row.get(3)? }))
        })
    }
}

/// What can be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// A report.
    Report,
    /// A story.
    Story,
}

impl Gone {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Gone::Report => "report",
            Gone::Story => "story",
        }
    }
}

impl Writing<'_> {
    /// Keeps the annotations of a report's present words. They may be dropped and made again at any time.
    pub fn put_reading(&self, seq: Seq, annotations: &Annotations) -> Result<(), Error> {
        let body = body::pack(annotations)?;
        let sql = "INSERT OR REPLACE INTO reading SELECT seq, digest, ?2 FROM report WHERE seq = ?1";
        match self.run(sql, params![seq, body])? {
            0 => Err(Error::unknown(format!("report {seq}"))),
            _ => Ok(()),
        }
    }

    /// Drops all annotations, as after a new version of what makes them.
    pub fn drop_readings(&self) -> Result<usize, Error> {
        self.run("DELETE FROM reading", [])
    }

    /// Notes that something could not be used.
    pub fn put_problem(&self, at: i64, problem: &Problem) -> Result<(), Error> {
        let sql = "INSERT INTO problem (at, path, report, reason) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![at, problem.path, problem.id, problem.reason]).map(|_| ())
    }
}
