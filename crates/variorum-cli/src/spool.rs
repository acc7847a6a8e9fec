//! A spool: reports that wait on disk, in order, until the whole run was seen.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use variorum::news::{Problem, Report};
use variorum::{LinesSeen, RepeatedLines};

/// What one page gave.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// A report, and whether it was cleaned before this run.
    Report { report: Box<Report>, before: bool },
    /// Why there is none.
    Problem(Problem),
}

/// Entries on disk, and what was learned from them on their way.
#[derive(Debug)]
pub struct Spool {
    file: BufWriter<File>,
    seen: LinesSeen,
}

impl Spool {
    /// Makes a spool that leaves nothing behind.
    pub fn new() -> anyhow::Result<Self> {
        let file = tempfile::tempfile().context(NO_ROOM)?;
        Ok(Spool { file: BufWriter::with_capacity(1 << 16, file), seen: LinesSeen::default() })
    }

    /// Puts an entry behind the others.
    pub fn push(&mut self, entry: &Entry) -> anyhow::Result<()> {
        if let Entry::Report { report, .. } = entry {
            self.seen.see(report);
        }
        serde_json::to_writer(&mut self.file, entry).context(NO_ROOM)?;
        self.file.write_all(b"\n").context(NO_ROOM)
    }

    /// Returns the lines that repeat, and all entries in the order in which they came.
    pub fn learned(self) -> anyhow::Result<(RepeatedLines, impl Iterator<Item = anyhow::Result<Entry>>)> {
        let mut file = self.file.into_inner().map_err(|error| error.into_error()).context(NO_ROOM)?;
        file.rewind().context(NO_ROOM)?;
        let lines = BufReader::with_capacity(1 << 16, file).lines();
        let entries = lines.map(|line| serde_json::from_str(&line.context(NO_ROOM)?).context(NO_ROOM));
        Ok((self.seen.table(), entries))
    }
}

const NO_ROOM: &str =
    "cannot keep the reports in a temporary file\nhint: free some room there, or name another folder with TMPDIR";
