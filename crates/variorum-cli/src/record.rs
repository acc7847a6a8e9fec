//! The record of the newsroom: which file it is, and work on it that has to be done.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use variorum_newsroom::{Desk, Options, Taken};
use variorum_store::Store;
use variorum_store::search::Search;

use crate::progress::Left;

/// The record where no other is named.
const FILE: &str = "variorum.db";

/// Which record a command works on.
#[derive(Debug, clap::Args)]
pub struct Record {
    /// The record: a file; where none is named VARIORUM_STORE, else `variorum.db` in this folder
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl Record {
    /// Returns the name of the file.
    pub fn path(&self) -> PathBuf {
        let named = || std::env::var_os("VARIORUM_STORE").filter(|name| !name.is_empty()).map(PathBuf::from);
        self.store.clone().or_else(named).unwrap_or_else(|| FILE.into())
    }

    /// Opens the record, and makes it where there is none.
    pub fn open_or_make(&self) -> anyhow::Result<Store> {
        Ok(Store::open(self.path())?)
    }

    /// Opens the record, which must be there.
    pub fn open(&self) -> anyhow::Result<Store> {
        Ok(Store::open_existing(self.path())?)
    }

    /// Returns how to name this record in the next command: nothing where it is found anyway.
    pub fn option(&self) -> String {
        match &self.store {
            Some(path) if path != Path::new(FILE) => format!(" --store {}", path.display()),
            _ => String::new(),
        }
    }
}

/// Returns the time in seconds since 1970.
pub fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// Who did the work that a change to the record asks for.
#[derive(Debug)]
pub enum Worked {
    /// This process; nothing is left.
    Here,
    /// Another process has the desk and does it: its number, where it is known.
    Elsewhere(Option<u32>),
}

/// Places what waits and makes what is stale, until nothing is left; then the search takes it in.
pub fn work(store: &Store) -> anyhow::Result<Worked> {
    let mut desk = match Desk::take(store, Options::default())? {
        Taken::Here(desk) => desk,
        Taken::Elsewhere(pid) => return Ok(Worked::Elsewhere(pid)),
    };
    let mut placing = Left::new("placing");
    let mut making = Left::new("collating");
    loop {
        let worked = desk.work(now())?;
        placing.step(worked.placed as u64, worked.unplaced);
        if worked.unplaced == 0 {
            placing.end();
            making.step(worked.made as u64, worked.stale);
        }
        if worked.unplaced == 0 && worked.stale == 0 {
            break;
        }
    }
    making.end();
    desk.leave()?;
    Search::open(store).catch_up(store)?;
    Ok(Worked::Here)
}

/// Says that another process does the work.
pub fn elsewhere(pid: Option<u32>) -> String {
    let who = pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
    format!("The desk is taken by {who} (`variorum serve`, most likely): it places them and makes their stories.")
}

/// Writes lines to standard output.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to standard output")
}

/// Returns a number with its noun: "1 report", "12,000 reports".
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Returns a number with its thousands parted.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns a number of bytes as people say it.
pub fn bytes(n: u64) -> String {
    match n {
        0..10_000 => format!("{n} bytes"),
        10_000..10_000_000 => format!("{} kB", n / 1000),
        10_000_000..10_000_000_000 => format!("{} MB", n / 1_000_000),
        _ => format!("{:.1} GB", n as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, counted};

    #[test]
    fn numbers_are_read_at_a_glance() {
        assert_eq!(counted(1, "report", "reports"), "1 report");
        assert_eq!(counted(1_234_567, "report", "reports"), "1,234,567 reports");
        assert_eq!((bytes(512), bytes(2_500_000), bytes(12_345_678_901)).2, "12.3 GB");
    }
}
