//! What was found, and told.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::sent::{self, Delivery};
use super::{Watched, Words};
use crate::{Error, Seq, View, Writing};

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its number.
    pub n: i64,
    /// The name under which it goes out: receivers know by it what they have.
    pub id: String,
    /// The rule that told it.
    pub rule: i64,
    /// The name of that rule.
    pub rule_name: String,
    /// What that rule watches.
    pub watched: Watched,
    /// When it was found, in seconds since 1970.
    pub at: i64,
    /// The story that it tells of, by the name it has now.
    pub story: Option<String>,
    /// What it says; none where what it told of was forgotten.
    pub words: Option<Words>,
    /// What became of it on each channel.
    pub deliveries: Vec<Delivery>,
}

/// What was found, to be told if it was not yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAlert {
    /// The rule.
    pub rule: i64,
    /// When it is found.
    pub at: i64,
    /// The story, where it tells of one.
    pub story: Option<String>,
    /// The names of the things that are told.
    pub keys: Vec<String>,
    /// What it says.
    pub words: Words,
}

impl View<'_> {
    /// Returns the alerts of a rule, or of all, the last one first, before a number (`i64::MAX` begins).
    pub fn alerts(&self, rule: Option<i64>, before: i64, limit: usize) -> Result<Vec<Alert>, Error> {
        let of = if rule.is_some() { "alert.rule = ?1" } else { "?1 IS NULL" };
        let sql = format!(
            "SELECT alert.n, rule, name, watched, alert.at, story, words, id FROM alert JOIN rule ON rule.n = rule
             WHERE {of} AND alert.n < ?2 ORDER BY alert.n DESC LIMIT ?3"
        );
        self.read_alerts(&sql, params![rule, before, limit.min(10_000) as i64])
    }

    /// Returns an alert.
    pub fn alert(&self, n: i64) -> Result<Option<Alert>, Error> {
        let sql =
            "SELECT alert.n, rule, name, watched, alert.at, story, words, id FROM alert JOIN rule ON rule.n = rule
                   WHERE alert.n = ?1";
        Ok(self.read_alerts(sql, [n])?.pop())
    }

    fn read_alerts(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Alert>, Error> {
        let rows = self.all(sql, params, |row| {
            let texts: (String, String) = (row.get(2)?, row.get(3)?);
            let rest: (i64, Option<String>, Option<String>) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, texts, rest, row.get::<_, String>(7)?))
        })?;
        let alert = |(n, rule, (rule_name, watched), (at, story, words), id)| {
            let (n, at): (i64, i64) = (n, at);
            let (watched, story, words): (String, Option<String>, Option<String>) = (watched, story, words);
            let wrong =
                |error: serde_json::Error| Error::Body { what: format!("alert {n}"), reason: error.to_string() };
            let watched = serde_json::from_str(&watched).map_err(wrong)?;
            let words = words.map(|words| serde_json::from_str(&words)).transpose().map_err(wrong)?;
            let story = story.map(|story| self.resolve(&story)).transpose()?;
            Ok(Alert { n, id, rule, rule_name, watched, at, story, words, deliveries: sent::of(self, n)? })
        };
        rows.into_iter().map(alert).collect()
    }

    /// Returns how many alerts there are.
    pub fn alert_count(&self) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM alert", [])
    }

    /// Tells whether a rule has told a thing, or found it there.
    pub fn is_told(&self, rule: i64, key: &str) -> Result<bool, Error> {
        self.one("SELECT EXISTS (SELECT 1 FROM told WHERE rule = ?1 AND key = ?2)", params![rule, key])
    }

    /// Returns when a rule last told of a story.
    pub fn last_told(&self, rule: i64, story: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT at FROM alert WHERE rule = ?1 AND story = ?2 ORDER BY n DESC LIMIT 1";
        self.maybe(sql, params![rule, story], |row| row.get(0))
    }

    /// Returns stories that moved after a number, each with its number.
    pub fn moved_after(&self, n: i64, limit: usize) -> Result<Vec<(i64, String)>, Error> {
        let sql = "SELECT n, story FROM moved WHERE n > ?1 ORDER BY n LIMIT ?2";
        self.all(sql, params![n, limit as i64], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns the stories that a rule wants to look at again by now.
    pub fn held_until(&self, rule: i64, now: i64) -> Result<Vec<String>, Error> {
        self.all("SELECT story FROM held WHERE rule = ?1 AND due <= ?2 ORDER BY story", params![rule, now], |row| {
            row.get(0)
        })
    }

    /// Returns reports of a story that a rule has not told and that came after a report, in the order they came.
    pub fn untold_of_story(&self, rule: i64, story: &str, after: Seq) -> Result<Vec<Seq>, Error> {
        let sql = "SELECT seq FROM placed JOIN report ON seq = report WHERE story = ?2 AND seq > ?3
                   AND NOT EXISTS (SELECT 1 FROM told WHERE rule = ?1 AND key IN ('report/' || id, 'there/' || id))
                   ORDER BY seq";
        self.all(sql, params![rule, story, after], |row| row.get(0))
    }
}

impl Writing<'_> {
    /// Tells something, with a line for each channel, where any of it was not told yet; returns its number.
    ///
    /// The things that are told and what is to be sent are written together: after a crash both are there or none is.
    pub fn tell(&self, new: &NewAlert) -> Result<Option<i64>, Error> {
        let fresh = new.keys.iter().map(|key| Ok(!self.is_told(new.rule, key)?)).collect::<Result<Vec<_>, Error>>()?;
        let is_off: bool =
            self.one("SELECT EXISTS (SELECT 1 FROM rule WHERE n = ?1 AND off IS NOT NULL)", [new.rule])?;
        if is_off || !fresh.contains(&true) {
            return Ok(None);
        }
        let words = serde_json::to_string(&new.words)
            .map_err(|error| Error::Body { what: "an alert".to_owned(), reason: error.to_string() })?;
        let sql = "INSERT INTO alert (id, rule, at, story, words) VALUES ('', ?1, ?2, ?3, ?4)";
        self.run(sql, params![new.rule, new.at, new.story, words])?;
        let n = self.last();
        let id = format!("alert_{:032x}", xxh3_128(format!("{} {n}", self.record()?).as_bytes()));
        self.run("UPDATE alert SET id = ?2 WHERE n = ?1", params![n, id])?;
        for key in &new.keys {
            self.run("INSERT OR IGNORE INTO told VALUES (?1, ?2, ?3)", params![new.rule, key, n])?;
        }
        for report in new.words.reports() {
            self.run("INSERT OR IGNORE INTO alert_report VALUES (?1, ?2)", params![report, n])?;
        }
        let sql = "INSERT INTO delivery (alert, channel, state, since, next, at)
                   SELECT ?1, n, 'waiting', ?3, ?3, ?3 FROM channel WHERE rule = ?2 AND off IS NULL";
        self.run(sql, params![n, new.rule, new.at])?;
        Ok(Some(n))
    }

    /// Notes things that a rule found there and needs not tell.
    pub fn note_told(&self, rule: i64, keys: &[String]) -> Result<(), Error> {
        for key in keys {
            self.run("INSERT OR IGNORE INTO told VALUES (?1, ?2, NULL)", params![rule, key])?;
        }
        Ok(())
    }

    /// Writes down how far a rule has come.
    pub fn rule_saw(&self, rule: i64, upto: i64) -> Result<(), Error> {
        self.run("UPDATE rule SET seen = max(seen, ?2) WHERE n = ?1", params![rule, upto]).map(|_| ())
    }

    /// Lets a rule look at a story again at a time.
    pub fn hold(&self, rule: i64, story: &str, due: i64) -> Result<(), Error> {
        let sql = "INSERT INTO held VALUES (?1, ?2, ?3) ON CONFLICT (rule, story) DO UPDATE SET due = min(due, ?3)";
        self.run(sql, params![rule, story, due]).map(|_| ())
    }

    /// A rule has looked at a story again.
    pub fn let_go(&self, rule: i64, story: &str) -> Result<(), Error> {
        self.run("DELETE FROM held WHERE rule = ?1 AND story = ?2", params![rule, story]).map(|_| ())
    }

    /// Drops what moved and was looked at for every rule.
    pub fn drop_moved(&self) -> Result<usize, Error> {
        let sql = "DELETE FROM moved WHERE n <= (SELECT coalesce(min(seen), 9223372036854775807) FROM rule WHERE off IS NULL)";
        self.run(sql, [])
    }
}
