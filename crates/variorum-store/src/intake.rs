//! Intake: reports are kept, told apart by their address, and acknowledged after the commit.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use variorum_news::{Problem, Report, ReportId};

use crate::body::{self, Fingerprint};
use crate::{Error, Seq, Store, Writing, identity};

/// What became of a report that was handed in. It is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receipt {
    /// A report that was not there.
    New {
        /// Its number.
        seq: Seq,
        /// Its name; another than the given one where that was taken by a report of another address.
        id: ReportId,
    },
    /// A report that was there, word for word.
    Known {
        /// Its number.
        seq: Seq,
        /// Its name.
        id: ReportId,
    },
    /// A report that was there with other words; those are kept as an earlier revision.
    Revised {
        /// Its number.
        seq: Seq,
        /// Its name, the same as ever.
        id: ReportId,
        /// Which revision this is; the first is 1.
        n: u32,
    },
}

impl Receipt {
    /// Returns the number of the report.
    pub fn seq(&self) -> Seq {
        match self {
            Receipt::New { seq, .. } | Receipt::Known { seq, .. } | Receipt::Revised { seq, .. } => *seq,
        }
    }

    /// Returns the name of the report.
    pub fn id(&self) -> &ReportId {
        match self {
            Receipt::New { id, .. } | Receipt::Known { id, .. } | Receipt::Revised { id, .. } => id,
        }
    }
}

impl Store {
    /// Keeps reports that were seen at a time (seconds since 1970) and returns, in order, what became of each.
    ///
    /// It returns after the commit, never before; all of one call is kept or nothing. Annotations are left out: they
    /// are a reading, see [`Writing::put_reading`]. A few thousand at a time is fastest.
    pub fn keep(&self, reports: Vec<Report>, seen: i64) -> Result<Vec<Receipt>, Error> {
        self.keep_each(reports.into_iter().map(|report| (report, seen)).collect())
    }

    /// Keeps reports, each with the time it was seen, as [`Store::keep`] does.
    pub fn keep_each(&self, reports: Vec<(Report, i64)>) -> Result<Vec<Receipt>, Error> {
        if reports.is_empty() {
            return Ok(Vec::new());
        }
        // Packed here, by who hands in, so that the one writer only writes.
        let packed: Vec<Packed> = reports.into_iter().map(Packed::new).collect::<Result<_, _>>()?;
        self.write(move |writing| packed.into_iter().map(|packed| writing.keep(packed)).collect())
    }
}

/// A report ready to be written.
struct Packed {
    report: Report,
    seen: i64,
    key: String,
    digest: Fingerprint,
    body: Vec<u8>,
}

impl Packed {
    fn new((mut report, seen): (Report, i64)) -> Result<Self, Error> {
        report.annotations = None;
        let (key, digest, body) = (identity::key(&report), body::fingerprint(&report), body::pack(&report)?);
        Ok(Packed { report, seen, key, digest, body })
    }

    fn under(self, id: &ReportId) -> Result<Self, Error> {
        if self.report.id == *id {
            return Ok(self);
        }
        let report = body::renamed(self.report, id);
        Ok(Packed { body: body::pack(&report)?, report, ..self })
    }
}

/// What is there under the key of a report.
struct There {
    seq: Seq,
    id: ReportId,
    digest: Fingerprint,
    revisions: u32,
    revised: i64,
}

impl Writing<'_> {
    fn keep(&self, packed: Packed) -> Result<Receipt, Error> {
        match self.under_key(&packed.key)? {
            None => self.keep_new(packed),
            Some(there) if there.digest == packed.digest => self.see_again(there, packed.seen),
            Some(there) => self.revise(there, packed),
        }
    }

    fn under_key(&self, key: &str) -> Result<Option<There>, Error> {
        self.maybe("SELECT seq, id, digest, revisions, revised FROM report WHERE key = ?1", [key], |row| {
            let id: String = row.get(1)?;
            Ok(There {
                seq: row.get(0)?,
                id: id.into(),
                digest: row.get(2)?,
                revisions: row.get(3)?,
                revised: row.get(4)?,
            })
        })
    }

    fn keep_new(&self, mut packed: Packed) -> Result<Receipt, Error> {
        let given = packed.report.id.clone();
        if self.has_id(&given)? {
            let mut failed = None;
            let id = identity::other_id(&given, &packed.key, |name| {
                self.has_id(name).unwrap_or_else(|error| {
                    failed = Some(error);
                    false
                })
            });
            if let Some(error) = failed {
                return Err(error);
            }
            let reason = format!("`{given}` is the name of another report; this one, of {}, is `{id}`", packed.key);
            self.put_problem(
                packed.seen,
                &Problem { path: packed.report.path.clone(), id: Some(id.to_string()), reason },
            )?;
            packed = packed.under(&id)?;
        }
        let Packed { report, seen, key, digest, body } = packed;
        self.run(
            "INSERT INTO report (id, key, digest, first_seen, last_seen, revised, revisions, change)
             VALUES (?1, ?2, ?3, ?4, ?4, ?4, 1, 0)",
            params![&*report.id, key, digest, seen],
        )?;
        let seq = self.last();
        self.run("INSERT INTO body VALUES (?1, ?2)", params![seq, body])?;
        self.describe(seq, &report)?;
        Ok(Receipt::New { seq, id: report.id })
    }

    fn has_id(&self, id: &str) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM report WHERE id = ?1")?;
        Ok(statement.query_row([id], |_| Ok(())).optional()?.is_some())
    }

    fn see_again(&self, there: There, seen: i64) -> Result<Receipt, Error> {
        self.run(
            "UPDATE report SET last_seen = max(last_seen, ?2), first_seen = min(first_seen, ?2) WHERE seq = ?1",
            params![there.seq, seen],
        )?;
        Ok(Receipt::Known { seq: there.seq, id: there.id })
    }

    fn revise(&self, there: There, packed: Packed) -> Result<Receipt, Error> {
        let Packed { report, seen, digest, body, .. } = packed.under(&there.id)?;
        self.run(
            "INSERT INTO revision SELECT report, ?2, ?3, ?4, body FROM body WHERE report = ?1",
            params![there.seq, there.revisions, there.revised, there.digest],
        )?;
        self.run("UPDATE body SET body = ?2 WHERE report = ?1", params![there.seq, body])?;
        self.run(
            "UPDATE report SET digest = ?2, last_seen = max(last_seen, ?3), first_seen = min(first_seen, ?3),
                    revised = ?3, revisions = revisions + 1
             WHERE seq = ?1",
            params![there.seq, digest, seen],
        )?;
        self.describe(there.seq, &report)?;
        if let Some(placed) = self.placed(there.seq)? {
            self.mark_stale(&placed.story)?;
        }
        Ok(Receipt::Revised { seq: there.seq, id: there.id, n: there.revisions + 1 })
    }

    /// Writes down the facts that lists and searches are made of, as of the next change.
    fn describe(&self, seq: Seq, report: &Report) -> Result<(), Error> {
        let author = (!report.byline.is_empty()).then(|| report.byline.join("; "));
        let change = self.next_change()?;
        self.run(
            "UPDATE report SET change = ?2, outlet = ?3, title = ?4, author = ?5, language = ?6, day = ?7 WHERE seq = ?1",
            params![seq, change, report.outlet, report.title, author, report.language, report.day()],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
