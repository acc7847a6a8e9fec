//! Forgetting: by name, by age, by size. What a person corrected stays.

use rusqlite::params;
use serde_json::json;

use crate::reports::Gone;
use crate::{Error, LogKind, Seq, Store, Writing};

/// What is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// What was last seen before a time, in seconds since 1970.
    SeenBefore(i64),
    /// The oldest, until the record holds at most so many bytes.
    Bytes(u64),
}

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// How many reports.
    pub reports: u64,
    /// How many stories, that have no report left.
    pub stories: u64,
    /// Bytes of the record after it.
    pub bytes: u64,
}

/// Reports last seen before a time that no standing correction names, nor their story.
const FORGETTABLE: &str = "FROM report LEFT JOIN placed ON placed.report = seq
    WHERE last_seen < ?1 AND NOT EXISTS (
        SELECT 1 FROM touched JOIN correction ON n = correction
        WHERE undone IS NULL AND (
            kind = 'report' AND name = report.id
            OR kind = 'story' AND name IN (placed.story, placed.automatic)))";

/// How many reports go in one transaction: others write between.
const AT_ONCE: i64 = 500;

impl Store {
    /// Forgets old reports, a part at a time, and gives the room back to the disk.
    ///
    /// A report that a standing correction names stays, and so does one of a story that it names. Search follows when
    /// it catches up; a name that is gone is told by [`crate::View::gone`].
    pub fn retain(&self, what: Retention, at: i64) -> Result<Forgotten, Error> {
        let mut sum = Forgotten::default();
        loop {
            let bytes = self.read(|view| view.bytes())?;
            if matches!(what, Retention::Bytes(most) if bytes <= most) {
                break;
            }
            let part = self.write(move |writing| {
                let old = writing.oldest(what)?;
                let mut part = writing.forget(&old, at)?;
                part.reports = old.len() as u64;
                // Pages that are free go back to the disk; each row of this statement is one of them.
                writing.connection.execute_batch("PRAGMA incremental_vacuum")?;
                Ok(part)
            })?;
            sum.reports += part.reports;
            sum.stories += part.stories;
            if part.reports == 0 {
                break;
            }
        }
        Ok(Forgotten { bytes: self.read(|view| view.bytes())?, ..sum })
    }

    /// Forgets reports by number, whoever corrected them.
    pub fn forget(&self, reports: Vec<Seq>, at: i64) -> Result<Forgotten, Error> {
        let forgotten = self.write(move |writing| writing.forget(&reports, at))?;
        Ok(Forgotten { bytes: self.read(|view| view.bytes())?, ..forgotten })
    }
}

impl crate::View<'_> {
    /// Returns the bytes of the record that are in use.
    pub fn bytes(&self) -> Result<u64, Error> {
        self.one(
            "SELECT (page_count - freelist_count) * page_size
             FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
            [],
        )
    }

    /// Returns how many reports [`Store::retain`] would forget; by size about.
    pub fn forgettable(&self, what: Retention) -> Result<u64, Error> {
        let before = match what {
            Retention::SeenBefore(time) => time,
            Retention::Bytes(_) => i64::MAX,
        };
        let free: u64 = self.one(&format!("SELECT count(*) {FORGETTABLE}"), [before])?;
        let Retention::Bytes(most) = what else { return Ok(free) };
        let (bytes, reports) = (self.bytes()?, self.count()?.max(1));
        Ok(free.min(bytes.saturating_sub(most).div_ceil((bytes / reports).max(1))))
    }

    fn oldest(&self, what: Retention) -> Result<Vec<Seq>, Error> {
        let before = match what {
            Retention::SeenBefore(time) => time,
            Retention::Bytes(_) => i64::MAX,
        };
        let sql = format!("SELECT seq {FORGETTABLE} ORDER BY last_seen, seq LIMIT ?2");
        self.all(&sql, params![before, AT_ONCE], |row| row.get(0))
    }
}

impl Writing<'_> {
    /// Forgets reports; their stories are made anew, or are gone with the last of them.
    pub fn forget(&self, reports: &[Seq], at: i64) -> Result<Forgotten, Error> {
        let mut forgotten = Forgotten::default();
        let mut stories = std::collections::BTreeSet::new();
        for seq in reports {
            let Some(row) = self.report_row(*seq)? else { continue };
            let placed = self.placed(*seq)?;
            self.note_gone(Gone::Report, &row.id, Some(*seq), at)?;
            self.run("DELETE FROM report WHERE seq = ?1", [seq])?;
            self.log_line(at, LogKind::Forgotten, Some(*seq), &json!({ "id": &*row.id, "key": row.key }))?;
            stories.extend(placed.map(|placed| placed.story));
            forgotten.reports += 1;
        }
        for story in stories {
            if !self.reports_of_story(&story)?.is_empty() {
                self.mark_stale(&story)?;
                continue;
            }
            self.note_gone(Gone::Story, &story, None, at)?;
            self.drop_story(&story)?;
            // What it looked like would tell what is forgotten.
            self.run("DELETE FROM edition WHERE story = ?1", [&story])?;
            self.run("DELETE FROM shown WHERE story = ?1", [&story])?;
            self.log_line(at, LogKind::Forgotten, None, &json!({ "story": story }))?;
            forgotten.stories += 1;
        }
        Ok(forgotten)
    }

    fn note_gone(&self, kind: Gone, name: &str, seq: Option<Seq>, at: i64) -> Result<(), Error> {
        let change = self.next_change()?;
        let sql = "INSERT INTO gone (kind, name, seq, change, at) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![kind.word(), name, seq, change, at]).map(|_| ())
    }
}
