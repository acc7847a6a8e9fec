//! Accounts of other readers of feeds that feed us: what comes in there is kept here, and what belongs together is
//! marked read together.

mod freshrss;
mod miniflux;
#[cfg(test)]
mod tests;
mod together;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use variorum_fetch::{Answer, Door, Get, Limits, Post, shown};
use variorum_news::{Body, Page, Problem};
use variorum_store::{BridgeAccount, BridgeEntry, Receipt, Store};

pub use freshrss::FreshRss;
pub use miniflux::Miniflux;
pub use together::{Marked, OnlyTell, Together, mark_together};

/// How much one answer may take.
const LIMITS: Limits = Limits { bytes: 64 << 20, time: std::time::Duration::from_secs(120) };
/// How much of a refusal is shown, in letters.
const SAID: usize = 200;

/// Why an account cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The network, or the door to it, says no.
    #[error(transparent)]
    Fetch(#[from] variorum_fetch::Error),
    /// The record failed.
    #[error(transparent)]
    Store(#[from] variorum_store::Error),
    /// The account is not open to us.
    #[error("{url} does not let us in ({status})\n  hint: {hint}")]
    Closed {
        /// The address, as it may be shown.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// What to do.
        hint: &'static str,
    },
    /// An answer that says no.
    #[error("{url} answered {status}{said}\n  hint: {hint}")]
    Status {
        /// The address, as it may be shown.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what it said, after a colon.
        said: String,
        /// What to do.
        hint: &'static str,
    },
    /// An answer in another form than the documented one.
    #[error("{url} did not answer as {program} does: {reason}\n  hint: give the address of its front page")]
    Form {
        /// The address, as it may be shown.
        url: String,
        /// The program that should be there.
        program: &'static str,
        /// What the parser says.
        reason: String,
    },
}

/// A reader elsewhere, of one of the kinds that are known.
#[derive(Debug, Clone)]
pub enum Reader {
    /// Miniflux, by its own API.
    Miniflux(Miniflux),
    /// FreshRSS, by the API that Google Reader had.
    FreshRss(FreshRss),
}

/// What one round brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Entries that came.
    pub entries: usize,
    /// Reports that were not there.
    pub new: usize,
    /// Reports that have other words now.
    pub revised: usize,
    /// Entries that could not be used; the record says why.
    pub problems: usize,
}

/// An entry, as any reader has it.
#[derive(Debug, Clone)]
struct Entry {
    /// Its number there.
    n: i64,
    /// What it says.
    page: Page,
    /// Whether it is read.
    read: bool,
}

/// Entries that came together, and how far the account is read once they are kept.
#[derive(Debug, Default)]
struct Batch {
    entries: Vec<Entry>,
    upto: i64,
    changes: i64,
}

/// Reads what is new in an account, keeps it, and then remembers how far it came. What was kept already when a program
/// is killed in between is known the next time.
pub fn read(door: &Door, reader: &Reader, store: &Store, now: i64) -> Result<(BridgeAccount, Round), Error> {
    let mut round = Round::default();
    let account = match reader {
        Reader::Miniflux(miniflux) => {
            let account = account(store, "miniflux", miniflux.address(), &miniflux.name(door)?, now)?;
            miniflux.read(door, &account, |batch| keep(store, &account, batch, &mut round, now))?;
            account
        }
        Reader::FreshRss(freshrss) => {
            let account = account(store, "freshrss", freshrss.address(), freshrss.user(), now)?;
            let session = freshrss.log_in(door)?;
            freshrss.read(door, &session, &account, |batch| keep(store, &account, batch, &mut round, now))?;
            freshrss.read_states(door, &session, store, &account)?;
            account
        }
    };
    tracing::info!(
        account = %shown(&account.address),
        entries = round.entries,
        new = round.new,
        revised = round.revised,
        problems = round.problems,
        "read an account"
    );
    Ok((account, round))
}

fn account(store: &Store, kind: &'static str, address: &str, name: &str, now: i64) -> Result<BridgeAccount, Error> {
    let (address, name) = (shown(address), name.to_owned());
    Ok(store.write(move |writing| writing.bridge_account(kind, &address, &name, now))?)
}

/// Keeps a batch. First the reports, then what became of the entries and how far it came.
fn keep(store: &Store, account: &BridgeAccount, batch: Batch, round: &mut Round, now: i64) -> Result<(), Error> {
    let Batch { entries, upto, changes } = batch;
    let (mut reports, mut problems, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    // Cleaned on all cores, each entry by itself; what becomes of them stands in their order.
    let cleaned: Vec<_> = entries.par_iter().map(|entry| variorum::clean(&entry.page)).collect();
    for (entry, cleaned) in entries.iter().zip(cleaned) {
        kept.push(BridgeEntry { entry: entry.n, report: None, read: entry.read });
        match cleaned {
            Ok(report) => reports.push((kept.len() - 1, report)),
            Err(problem) => problems.push(Problem { id: Some(entry.page.id.to_string()), ..problem }),
        }
    }
    let (places, reports): (Vec<usize>, Vec<_>) = reports.into_iter().unzip();
    let receipts = store.keep(reports, now)?;
    round.entries += entries.len();
    round.problems += problems.len();
    for (place, receipt) in places.into_iter().zip(receipts) {
        kept[place].report = Some(receipt.seq());
        match receipt {
            Receipt::New { .. } => round.new += 1,
            Receipt::Revised { .. } => round.revised += 1,
            Receipt::Known { .. } => {}
        }
    }
    let n = account.n;
    store.write(move |writing| {
        problems.iter().try_for_each(|problem| writing.put_problem(now, problem))?;
        writing.put_bridge_entries(n, &kept)?;
        writing.bridge_came_to(n, upto, changes)
    })?;
    Ok(())
}

impl Reader {
    /// Marks entries as read there.
    fn mark_read(&self, door: &Door, entries: &[i64]) -> Result<(), Error> {
        match self {
            Reader::Miniflux(miniflux) => miniflux.mark_read(door, entries),
            Reader::FreshRss(freshrss) => freshrss.mark_read(door, &freshrss.log_in(door)?, entries),
        }
    }
}

/// Returns a page of an entry: the words of the article alone, or its headline where there are no others.
fn page(id: String, title: &str, content: String) -> Page {
    let body = if content.trim().is_empty() { Body::Headline } else { Body::Fragment(content) };
    let mut page = Page::of(id, body);
    page.title = worded(title);
    page
}

/// Returns words where there are any.
fn worded(words: &str) -> Option<String> {
    Some(words.trim()).filter(|words| !words.is_empty()).map(str::to_owned)
}

/// Returns an address of the web, and no other.
fn web(url: &str) -> Option<String> {
    let url = url::Url::parse(url.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// Who asks with what, and what is said where it is not let in.
struct Caller<'a> {
    door: &'a Door,
    program: &'static str,
    headers: &'a [(&'a str, &'a str)],
    /// What to do where it is not let in.
    hint: &'static str,
}

impl Caller<'_> {
    fn json<T: DeserializeOwned>(&self, url: &str) -> Result<T, Error> {
        let answer = self.get(url)?;
        serde_json::from_slice(&answer.body).map_err(|error| Error::Form {
            url: shown(url),
            program: self.program,
            reason: error.to_string(),
        })
    }

    fn get(&self, url: &str) -> Result<Answer, Error> {
        let accept = "application/json";
        let get = Get { url, accept, etag: None, last_modified: None, headers: self.headers, limits: LIMITS };
        self.good(url, self.door.get(get)?)
    }

    fn post(&self, url: &str, content_type: &str, body: &[u8]) -> Result<Answer, Error> {
        self.good(url, self.door.post(Post { url, content_type, body, headers: self.headers, limits: LIMITS })?)
    }

    fn put(&self, url: &str, content_type: &str, body: &[u8]) -> Result<Answer, Error> {
        self.good(url, self.door.put(Post { url, content_type, body, headers: self.headers, limits: LIMITS })?)
    }

    fn good(&self, url: &str, answer: Answer) -> Result<Answer, Error> {
        let (url, status, hint) = (shown(url), answer.status, self.hint);
        match status {
            200..=299 => Ok(answer),
            401 | 403 => Err(Error::Closed { url, status, hint }),
            _ => {
                let said = String::from_utf8_lossy(&answer.body);
                let said: String = said.trim().chars().filter(|c| !c.is_control()).take(SAID).collect();
                let said = if said.is_empty() { said } else { format!(": {said}") };
                let hint = match status {
                    404 => "give the address of its front page; is it the right program?",
                    429 | 503 => "it is busy; ask less often, with --every",
                    _ => "see its log",
                };
                Err(Error::Status { url, status, said, hint })
            }
        }
    }
}
