//! Which story a report belongs to, and what the story says of it.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use variorum_news::ReportId;

use crate::{Error, ReportRow, Seq, View, Writing};

/// The story of a report, as the machine says and after people's corrections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The report.
    pub report: Seq,
    /// The story that the machine gave it to.
    pub automatic: String,
    /// The story that it is in, after people's corrections.
    pub story: String,
    /// How sure the machine is, from 0 to 1.
    pub score: f64,
    /// An earlier report with the same text.
    pub duplicate_of: Option<ReportId>,
}

/// What the collation of its story says of a report; what `origin:` and `has:` search for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// Whether it has words of its own (true), or those of another (false), where that is known.
    pub original: Option<bool>,
    /// Whether it bends a source.
    pub drift: bool,
    /// Whether it differs from others of its story.
    pub variants: bool,
}

fn placed(row: &Row) -> rusqlite::Result<Placed> {
    Ok(Placed {
        report: row.get(0)?,
        automatic: row.get(1)?,
        story: row.get(2)?,
        score: row.get(3)?,
        duplicate_of: row.get::<_, Option<String>>(4)?.map(Into::into),
    })
}

impl View<'_> {
    /// Returns where a report was placed.
    pub fn placed(&self, report: Seq) -> Result<Option<Placed>, Error> {
        let sql = "SELECT report, automatic, story, score, duplicate_of FROM placed WHERE report = ?1";
        self.maybe(sql, [report], placed)
    }

    /// Returns what is placed after a number, in the order the reports came in.
    pub fn placed_after(&self, report: Seq, limit: usize) -> Result<Vec<Placed>, Error> {
        let sql = "SELECT report, automatic, story, score, duplicate_of FROM placed WHERE report > ?1
                   ORDER BY report LIMIT ?2";
        self.all(sql, params![report, limit as i64], placed)
    }

    /// Returns the reports of a story, after people's corrections, in the order they came in.
    pub fn reports_of_story(&self, story: &str) -> Result<Vec<Seq>, Error> {
        self.all("SELECT report FROM placed WHERE story = ?1 ORDER BY report", [story], |row| row.get(0))
    }

    /// Returns what the record says of the reports of a story, in the order they came in.
    pub fn report_rows_of_story(&self, story: &str) -> Result<Vec<ReportRow>, Error> {
        let rows = self.reports_of_story(story)?.into_iter().map(|seq| self.report_row(seq));
        rows.filter_map(Result::transpose).collect()
    }

    /// Returns the reports that the machine gave to a story, in the order they came in.
    pub fn reports_placed_automatically(&self, story: &str) -> Result<Vec<Seq>, Error> {
        self.all("SELECT report FROM placed WHERE automatic = ?1 ORDER BY report", [story], |row| row.get(0))
    }

    /// Returns what the collation of its story says of a report.
    pub fn flags(&self, report: Seq) -> Result<Option<Flags>, Error> {
        self.maybe("SELECT original, drift, variants FROM placed WHERE report = ?1", [report], |row| {
            Ok(Flags { original: row.get(0)?, drift: row.get(1)?, variants: row.get(2)? })
        })
    }

    /// Returns flags that changed after a change, with that change, in order.
    pub(crate) fn flags_changed_after(&self, change: i64) -> Result<Vec<(Seq, Flags)>, Error> {
        let sql = "SELECT report, original, drift, variants FROM placed WHERE change > ?1 ORDER BY change";
        self.all(sql, [change], |row| {
            Ok((row.get(0)?, Flags { original: row.get(1)?, drift: row.get(2)?, variants: row.get(3)? }))
        })
    }

    /// Returns the change at which all flags were last dropped at once.
    pub(crate) fn flags_dropped(&self) -> Result<i64, Error> {
        self.one("SELECT dropped FROM mark", [])
    }
}

impl Writing<'_> {
    /// Gives a report to a story, in place of where it was. Flags are kept.
    pub fn place(&self, placed: &Placed) -> Result<(), Error> {
        let sql = "INSERT INTO placed (report, automatic, story, score, duplicate_of, change)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (report) DO UPDATE SET automatic = ?2, story = ?3, score = ?4, duplicate_of = ?5";
        let Placed { report, automatic, story, score, duplicate_of } = placed;
        if self.report_row(*report)?.is_none() {
            return Err(Error::unknown(format!("report {report}")));
        }
        // A report without flags is in no set that a search asks for, so the counter stays.
        let change = self.change()?;
        self.run(sql, params![report, automatic, story, score, duplicate_of.as_deref(), change]).map(|_| ())
    }

    /// Sets what the collation of its story says of a report that was placed.
    pub fn flag(&self, report: Seq, flags: Flags) -> Result<(), Error> {
        if self.flags(report)? == Some(flags) {
            return Ok(());
        }
        let change = self.next_change()?;
        let sql = "UPDATE placed SET original = ?2, drift = ?3, variants = ?4, change = ?5 WHERE report = ?1";
        match self.run(sql, params![report, flags.original, flags.drift, flags.variants, change])? {
            0 => Err(Error::unknown(format!("placed report {report}"))),
            _ => Ok(()),
        }
    }

    /// Takes back all placements, as before all is placed again.
    pub fn drop_placed(&self) -> Result<usize, Error> {
        let change = self.next_change()?;
        self.run("UPDATE mark SET dropped = ?1", [change])?;
        self.run("DELETE FROM placed", [])
    }
}
