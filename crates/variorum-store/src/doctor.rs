//! The doctor: is the record sound, what does it hold, and what is to be done.

use std::path::Path;

use rusqlite::Connection;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use variorum_news::Report;

use crate::{Error, View, body, connection, schema};

/// What an examination found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    /// What the record holds: a noun and how many.
    pub counts: Vec<(String, u64)>,
    /// What is wrong, worst first; empty where all is well.
    pub findings: Vec<Finding>,
}

impl Examination {
    /// Tells whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Something that is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub advice: String,
}

impl Finding {
    fn new(what: impl Into<String>, advice: &str) -> Self {
        Finding { what: what.into(), advice: advice.to_owned() }
    }
}

/// No list of findings is longer: who has more has one trouble, not many.
const MOST: usize = 100;
/// A log that is this large is folded in by nobody.
const LARGE_LOG: u64 = 256 << 20;
const BACK: &str = "stop every program that uses the record, move the damaged file away together with its `-wal` and `-shm`, \
                    and put the last backup in its place";

/// Examines a record, whatever state it is in; nothing is changed.
///
/// Every page, every reference, every body and every fingerprint is read. A file that cannot be opened is an error;
/// one that is damaged is a finding.
pub fn examine(path: impl AsRef<Path>) -> Result<Examination, Error> {
    let path = path.as_ref();
    if !path.is_file() {
        return Err(Error::NotThere { path: path.to_owned() });
    }
    let connection = connection::reading(path)?;
    schema::refuse_others(&connection, path, schema::STEPS.len())?;
    let mut found = Examination { counts: Vec::new(), findings: Vec::new() };
    if let Err(error) = all(&connection, &mut found) {
        found.findings.insert(0, Finding::new(format!("the examination broke off: {error}"), BACK));
    }
    log_size(path, &mut found);
    found.findings.truncate(MOST);
    Ok(found)
}

fn all(connection: &Connection, found: &mut Examination) -> Result<(), Error> {
    let transaction = connection.unchecked_transaction()?;
    let view = View { connection: &transaction };
    let version = view.version()?;
    if version < schema::STEPS.len() as i64 {
        let what = format!("its tables are of version {version}, this program's of {}", schema::STEPS.len());
        found.findings.push(Finding::new(what, "any command that writes brings them up to date; make a backup first"));
    }
    pages(&view, found)?;
    references(&view, found)?;
    if version == schema::STEPS.len() as i64 {
        counts(&view, found)?;
        bodies(&view, found)?;
        order(&view, found)?;
    }
    Ok(())
}

fn pages(view: &View, found: &mut Examination) -> Result<(), Error> {
    let said: Vec<String> = view.all("PRAGMA integrity_check(20)", [], |row| row.get(0))?;
    found.findings.extend(said.into_iter().filter(|line| line != "ok").map(|line| Finding::new(line, BACK)));
    Ok(())
}

fn references(view: &View, found: &mut Examination) -> Result<(), Error> {
    let rows = view.all("PRAGMA foreign_key_check", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, String>(2)?))
    })?;
    for (table, row, parent) in rows.into_iter().take(MOST) {
        let what = format!("row {} of `{table}` points to a missing row of `{parent}`", row.unwrap_or_default());
        found.findings.push(Finding::new(what, "another program wrote to the file; go back to the last backup"));
    }
    Ok(())
}

const COUNTED: &[(&str, &str)] = &[
    ("reports", "SELECT count(*) FROM report"),
    ("earlier revisions", "SELECT count(*) FROM revision"),
    ("reports placed", "SELECT count(*) FROM placed"),
    ("stories", "SELECT count(*) FROM story"),
    ("stories to be made anew", "SELECT count(*) FROM story WHERE stale <> 0"),
    ("editions", "SELECT count(*) FROM edition"),
    ("lines of the log", "SELECT count(*) FROM log"),
    ("corrections that stand", "SELECT count(*) FROM correction WHERE undone IS NULL"),
    ("corrections taken back", "SELECT count(*) FROM correction WHERE undone IS NOT NULL"),
    ("saved searches", "SELECT count(*) FROM saved"),
    ("readings", "SELECT count(*) FROM reading"),
    ("problems", "SELECT count(*) FROM problem"),
    ("reports and stories forgotten", "SELECT count(*) FROM gone"),
];

fn counts(view: &View, found: &mut Examination) -> Result<(), Error> {
    for (noun, sql) in COUNTED {
        found.counts.push(((*noun).to_owned(), view.one(sql, [])?));
    }
    found.counts.push(("bytes".to_owned(), view.bytes()?));
    Ok(())
}

fn bodies(view: &View, found: &mut Examination) -> Result<(), Error> {
    let missing: u64 =
        view.one("SELECT count(*) FROM report WHERE NOT EXISTS (SELECT 1 FROM body WHERE report = seq)", [])?;
    if missing > 0 {
        found.findings.push(Finding::new(format!("{missing} reports have lost their words"), BACK));
    }
    reports(view, "SELECT seq, 0, id, digest, body FROM report JOIN body ON body.report = seq", found)?;
    let sql = "SELECT report, n, id, revision.digest, body FROM revision JOIN report ON seq = report";
    reports(view, sql, found)?;
    let other = [
        ("story", "SELECT id, body FROM story WHERE body IS NOT NULL", "mark it stale; it is made again"),
        ("edition of story", "SELECT story, body FROM edition", "nothing but that view of the past is lost"),
        ("last edition of story", "SELECT story, body FROM shown", "nothing but what changed last is lost"),
        (
            "reading of report",
            "SELECT CAST(report AS TEXT), body FROM reading",
            "drop the readings; they are made again",
        ),
    ];
    for (kind, sql, advice) in other {
        let mut statement = view.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name = format!("{kind} {}", row.get::<_, String>(0)?);
            if let Err(error) =
                body::unpack::<IgnoredAny>(row.get_ref(1)?.as_blob().unwrap_or_default(), || name.clone())
            {
                found.findings.push(Finding::new(first_line(&error), advice));
            }
        }
    }
    Ok(())
}

fn reports(view: &View, sql: &str, found: &mut Examination) -> Result<(), Error> {
    let mut statement = view.connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, n, id): (i64, u32, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let name =
            if n == 0 { format!("report {seq} (`{id}`)") } else { format!("revision {n} of report {seq} (`{id}`)") };
        let digest: body::Fingerprint = row.get(3)?;
        let what = match body::unpack::<Report>(row.get_ref(4)?.as_blob().unwrap_or_default(), || name.clone()) {
            Err(error) => first_line(&error),
            Ok(report) if body::fingerprint(&report) != digest => format!("{name} has other words than were kept"),
            Ok(report) if *report.id != *id => format!("{name} calls itself `{}`", report.id),
            Ok(_) => continue,
        };
        found
            .findings
            .push(Finding::new(what, "hand the report in again after `variorum forget`, or go back to a backup"));
    }
    Ok(())
}

fn first_line(error: &Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

fn order(view: &View, found: &mut Examination) -> Result<(), Error> {
    let broken = [
        (
            "SELECT count(*) FROM report, mark WHERE report.change > mark.change",
            "reports have changes that were not counted",
            "`variorum reindex`",
        ),
        (
            "SELECT count(*) FROM report WHERE revisions <> 1 + (SELECT count(*) FROM revision WHERE report = seq)",
            "reports have another number of revisions than they say",
            BACK,
        ),
        (
            "SELECT count(*) FROM story WHERE stale = 0 AND reports <> (SELECT count(*) FROM placed WHERE story = id)",
            "stories were made from other reports than they have now",
            "they are made again at the next start of `variorum serve`",
        ),
    ];
    for (sql, what, advice) in broken {
        let count: u64 = view.one(sql, [])?;
        if count > 0 {
            found.findings.push(Finding::new(format!("{count} {what}"), advice));
        }
    }
    Ok(())
}

fn log_size(path: &Path, found: &mut Examination) {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let size = std::fs::metadata(wal).map_or(0, |about| about.len());
    found.counts.push(("bytes of the write-ahead log".to_owned(), size));
    if size > LARGE_LOG {
        let what = format!("the write-ahead log has {} MiB", size >> 20);
        found.findings.push(Finding::new(what, "a reader stays open for hours; start the programs that use it again"));
    }
}
