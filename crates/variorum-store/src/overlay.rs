//! What people's corrections mean for the machine's decisions: names that stand for others, reports that are pinned,
//! findings that are ruled on.

use rusqlite::params;
use variorum_news::ReportId;

use crate::{Error, Placed, Seq, View, Writing};

/// Two stories that a standing correction says are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The correction.
    pub correction: i64,
    /// The story whose name stays.
    pub story: String,
    /// The story that goes into it.
    pub with: String,
}

impl View<'_> {
    /// Returns the story that the machine merged a story into, else the story itself.
    pub fn merged(&self, story: &str) -> Result<String, Error> {
        let into = self.maybe("SELECT into_story FROM merged WHERE story = ?1", [story], |row| row.get(0))?;
        Ok(into.unwrap_or_else(|| story.to_owned()))
    }

    /// Returns the names that the machine merged away, each with the story it went into, in order.
    pub fn all_merged(&self) -> Result<Vec<(String, String)>, Error> {
        self.all("SELECT story, into_story FROM merged ORDER BY story", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns the stories that people say are one, in the order they said so.
    pub fn joins(&self) -> Result<Vec<Join>, Error> {
        let sql = "SELECT correction, story, with_story FROM joined JOIN correction ON n = correction
                   WHERE undone IS NULL ORDER BY correction";
        self.all(sql, [], |row| Ok(Join { correction: row.get(0)?, story: row.get(1)?, with: row.get(2)? }))
    }

    /// Returns the story that a report is pinned to by the last standing correction that was made while fewer than
    /// `before` reports were there.
    pub fn pinned(&self, report: &str, before: Seq) -> Result<Option<String>, Error> {
        let sql = "SELECT story FROM pin JOIN correction ON n = correction
                   WHERE report = ?1 AND upto < ?2 AND undone IS NULL ORDER BY correction DESC LIMIT 1";
        self.maybe(sql, params![report, before], |row| row.get(0))
    }

    /// Returns the reports that a correction pins, standing or not.
    pub fn pins_of(&self, correction: i64) -> Result<Vec<ReportId>, Error> {
        self.all("SELECT report FROM pin WHERE correction = ?1 ORDER BY report", [correction], |row| {
            Ok(row.get::<_, String>(0)?.into())
        })
    }

    /// Returns the reports that have the text of an earlier one, in the order they came in.
    pub fn copies_of(&self, report: &str) -> Result<Vec<Seq>, Error> {
        self.all("SELECT report FROM placed WHERE duplicate_of = ?1 ORDER BY report", [report], |row| row.get(0))
    }

    /// Returns the number of the last report that came in.
    pub fn last_seq(&self) -> Result<Seq, Error> {
        self.one("SELECT coalesce(max(seq), 0) FROM report", [])
    }

    /// Returns the number of the last report that has a story.
    pub fn last_placed(&self) -> Result<Seq, Error> {
        self.one("SELECT coalesce(max(report), 0) FROM placed", [])
    }

    /// Returns how many reports came in after a number.
    pub fn count_after(&self, seq: Seq) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM report WHERE seq > ?1", [seq])
    }

    /// Tells whether any report is in a story.
    pub fn has_reports(&self, story: &str) -> Result<bool, Error> {
        Ok(self.maybe("SELECT 1 FROM placed WHERE story = ?1 LIMIT 1", [story], |_| Ok(()))?.is_some())
    }

    /// Returns the last standing correction about a finding.
    pub fn ruling(&self, finding: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT correction FROM ruling JOIN correction ON n = correction
                   WHERE finding = ?1 AND undone IS NULL ORDER BY correction DESC LIMIT 1";
        self.maybe(sql, [finding], |row| row.get(0))
    }

    /// Returns the names that stand for a story, in order.
    pub fn aliases_of(&self, story: &str) -> Result<Vec<String>, Error> {
        self.all("SELECT story FROM alias WHERE into_story = ?1 ORDER BY story", [story], |row| row.get(0))
    }
}

impl Writing<'_> {
    /// Notes that the machine merged a story into another, and all that went into it before.
    pub fn put_merged(&self, story: &str, into: &str) -> Result<(), Error> {
        self.run("UPDATE merged SET into_story = ?2 WHERE into_story = ?1", [story, into])?;
        self.run("DELETE FROM merged WHERE story = ?1", [into])?;
        self.run("INSERT OR REPLACE INTO merged VALUES (?1, ?2)", [story, into]).map(|_| ())
    }

    /// Notes that the machine took a merge back.
    pub fn drop_merged(&self, story: &str) -> Result<(), Error> {
        self.run("DELETE FROM merged WHERE story = ?1", [story]).map(|_| ())
    }

    /// Pins a report to a story by a correction; `upto` is the last report that was there.
    pub fn put_pin(&self, correction: i64, report: &str, story: &str, upto: Seq) -> Result<(), Error> {
        self.run("INSERT OR REPLACE INTO pin VALUES (?1, ?2, ?3, ?4)", params![correction, report, story, upto])
            .map(|_| ())
    }

    /// Notes that a correction says that two stories are one.
    pub fn put_join(&self, join: &Join) -> Result<(), Error> {
        let Join { correction, story, with } = join;
        self.run("INSERT INTO joined VALUES (?1, ?2, ?3)", params![correction, story, with]).map(|_| ())
    }

    /// Notes that a correction is about a finding.
    pub fn put_ruling(&self, finding: &str, correction: i64) -> Result<(), Error> {
        self.run("INSERT OR IGNORE INTO ruling VALUES (?1, ?2)", params![finding, correction]).map(|_| ())
    }

    /// Adds a story to those that a correction names.
    pub fn touch(&self, correction: i64, story: &str) -> Result<(), Error> {
        self.run("INSERT OR IGNORE INTO touched VALUES (?1, 'story', ?2)", params![correction, story]).map(|_| ())
    }

    /// Lets names stand for other stories: exactly these, whatever stood before. Flat: none stands for another of them.
    pub fn set_aliases(&self, wanted: &std::collections::BTreeMap<String, String>, at: i64) -> Result<(), Error> {
        let there: std::collections::BTreeMap<String, String> = self.aliases()?.into_iter().collect();
        for story in there.keys().filter(|story| !wanted.contains_key(*story)) {
            self.drop_alias(story)?;
        }
        for (story, into) in wanted.iter().filter(|(story, into)| there.get(*story) != Some(*into)) {
            self.next_change()?;
            self.run("INSERT OR REPLACE INTO alias VALUES (?1, ?2, ?3)", params![story, into, at])?;
        }
        Ok(())
    }

    /// Lets a name, and all names that stand for it, stand for another story.
    pub fn realias(&self, story: &str, into: &str, at: i64) -> Result<(), Error> {
        self.next_change()?;
        self.run("UPDATE alias SET into_story = ?2, at = ?3 WHERE into_story = ?1", params![story, into, at])?;
        self.run("DELETE FROM alias WHERE story = ?1", [into])?;
        self.run("INSERT OR REPLACE INTO alias VALUES (?1, ?2, ?3)", params![story, into, at]).map(|_| ())
    }

    /// Moves a placed report to another story; what the machine said of it stays.
    pub fn resettle(&self, placed: &Placed, story: &str) -> Result<(), Error> {
        self.run("UPDATE placed SET story = ?2 WHERE report = ?1", params![placed.report, story]).map(|_| ())
    }
}
