//! What is written of sources: lists, people's words, and what became of a check.

use rusqlite::params;

use super::SourceKind;
use crate::{Error, Writing};

/// A source as a list or a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    /// Its address.
    pub listed: String,
    /// The address without secrets, where whoever names it knows.
    pub shown: Option<String>,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// What it is called there.
    pub title: Option<String>,
    /// The address of its site.
    pub site: Option<String>,
    /// The folders it lies in, with `/` between.
    pub folder: Option<String>,
    /// Whether it comes from the list that is watched, and goes with it.
    pub by_list: bool,
}

impl NewSource {
    /// Returns a feed of an address that a person names.
    pub fn of(listed: impl Into<String>) -> Self {
        NewSource {
            listed: listed.into(),
            shown: None,
            kind: SourceKind::Feed,
            title: None,
            site: None,
            folder: None,
            by_list: false,
        }
    }
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// When it was asked.
    pub at: i64,
    /// When it is asked next.
    pub due: i64,
    /// Until when it asked to be left alone.
    pub held: Option<i64>,
    /// Seconds between two checks, where they were learned anew.
    pub every: Option<i64>,
    /// Where it is from now on.
    pub moved: Option<(String, String)>,
    /// What was found.
    pub found: Found,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A body that was read well, all of whose items are kept or wait for their pages.
    Read {
        /// Its tag, as it came.
        etag: Option<String>,
        /// Its date, as it came.
        last_modified: Option<String>,
        /// What the source calls itself.
        title: Option<String>,
        /// Under which name its reports stand.
        outlet: Option<String>,
        /// What is odd about it, in a sentence.
        remark: Option<String>,
        /// How many items it holds.
        items: u64,
        /// How many of them were new.
        new: u64,
    },
    /// The server says that nothing changed.
    Unchanged,
    /// It could not be fetched or read.
    Failed(String),
    /// It says that it is gone for good; it is not asked again until a person says so.
    Gone(String),
}

impl Writing<'_> {
    /// Keeps a source, or takes it up again, and returns its number and whether it is watched only now. A list does not
    /// take over what a person added; a person does take over what a list named.
    pub fn list_source(&self, new: &NewSource, at: i64) -> Result<(i64, bool), Error> {
        let there =
            self.maybe("SELECT n, dropped IS NOT NULL FROM source WHERE listed = ?1", [&new.listed], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))
            })?;
        let NewSource { listed, shown, kind, title, site, folder, by_list } = new;
        let Some((n, was_dropped)) = there else {
            let sql = "INSERT INTO source (listed, address, shown, kind, title, site, folder, by_list, added, due)
                       VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)";
            self.run(sql, params![listed, shown, kind.word(), title, site, folder, by_list, at])?;
            return Ok((self.last(), true));
        };
        let sql =
            "UPDATE source SET title = coalesce(?2, title), site = coalesce(?3, site), folder = coalesce(?4, folder),
                   shown = coalesce(shown, ?5), by_list = CASE WHEN dropped IS NULL THEN by_list AND ?6 ELSE ?6 END,
                   dropped = NULL, due = CASE WHEN dropped IS NULL THEN due ELSE max(?7, coalesce(held, 0)) END
                   WHERE n = ?1";
        self.run(sql, params![n, title, site, folder, shown, by_list, at])?;
        Ok((n, was_dropped))
    }

    /// Takes a source off; its reports stay.
    pub fn drop_source(&self, n: i64, at: i64) -> Result<(), Error> {
        self.source_met(n, self.run("UPDATE source SET dropped = coalesce(dropped, ?2) WHERE n = ?1", [n, at])?)
    }

    /// Does not ask a source any more, and says why.
    pub fn pause_source(&self, n: i64, at: i64, why: &str) -> Result<(), Error> {
        let sql = "UPDATE source SET paused = ?2, paused_why = ?3 WHERE n = ?1";
        self.source_met(n, self.run(sql, params![n, at, why])?)
    }

    /// Asks a paused source again, at once unless it asked to be left alone.
    pub fn resume_source(&self, n: i64, at: i64) -> Result<(), Error> {
        let sql = "UPDATE source SET paused = NULL, paused_why = NULL, due = max(?2, coalesce(held, 0)) WHERE n = ?1";
        self.source_met(n, self.run(sql, [n, at])?)
    }

    /// Asks a source as soon as it may be asked.
    pub fn hurry_source(&self, n: i64, at: i64) -> Result<(), Error> {
        let sql = "UPDATE source SET due = min(due, max(?2, coalesce(held, 0))) WHERE n = ?1";
        self.source_met(n, self.run(sql, [n, at])?)
    }

    /// Keeps a person's word that robots.txt does not bind this program at a source, or takes it back.
    pub fn permit_source(&self, n: i64, word: Option<(i64, &str)>) -> Result<(), Error> {
        let (at, who) = word.unzip();
        self.source_met(n, self.run("UPDATE source SET may = ?2, may_who = ?3 WHERE n = ?1", params![n, at, who])?)
    }

    /// Keeps what may be shown of a source's address.
    pub fn show_source(&self, n: i64, shown: &str) -> Result<(), Error> {
        self.source_met(n, self.run("UPDATE source SET shown = ?2 WHERE n = ?1", params![n, shown])?)
    }

    /// Keeps what became of a check. A source stays failing until a body of it is read well: that nothing changed says
    /// nothing of a body that could not be read.
    pub fn note_source(&self, n: i64, checked: &Checked) -> Result<(), Error> {
        let Checked { at, due, held, every, moved, found } = checked;
        let sql = "UPDATE source SET checked = ?2, due = ?3, held = ?4, every = coalesce(?5, every) WHERE n = ?1";
        self.source_met(n, self.run(sql, params![n, at, due, held, every])?)?;
        if let Some((address, shown)) = moved {
            self.run("UPDATE source SET address = ?2, shown = ?3 WHERE n = ?1", params![n, address, shown])?;
        }
        match found {
            Found::Read { etag, last_modified, title, outlet, remark, items, new } => {
                let sql = "UPDATE source SET answered = ?2, read = ?2, etag = ?3, last_modified = ?4,
                           title = coalesce(title, ?5), outlet = coalesce(?6, outlet), remark = ?7, items = ?8,
                           seen = seen + ?9, fresh = CASE WHEN ?9 > 0 THEN ?2 ELSE fresh END,
                           failing = NULL, failures = 0, problem = NULL WHERE n = ?1";
                self.run(sql, params![n, at, etag, last_modified, title, outlet, remark, items, new])?;
            }
            Found::Unchanged => {
                let sql =
                    "UPDATE source SET answered = CASE WHEN failing IS NULL THEN ?2 ELSE answered END WHERE n = ?1";
                self.run(sql, params![n, at])?;
            }
            Found::Failed(problem) => self.fail_source(n, *at, problem)?,
            Found::Gone(problem) => {
                self.fail_source(n, *at, problem)?;
                self.pause_source(n, *at, problem)?;
            }
        }
        Ok(())
    }

    fn fail_source(&self, n: i64, at: i64, problem: &str) -> Result<(), Error> {
        let sql =
            "UPDATE source SET failing = coalesce(failing, ?2), failures = failures + 1, problem = ?3 WHERE n = ?1";
        self.run(sql, params![n, at, problem]).map(|_| ())
    }

    fn source_met(&self, n: i64, rows: usize) -> Result<(), Error> {
        if rows == 0 { Err(Error::unknown(format!("source {n}"))) } else { Ok(()) }
    }
}
