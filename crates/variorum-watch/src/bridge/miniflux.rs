//! Miniflux, as <https://miniflux.app/docs/api.html> describes it.

use serde::Deserialize;
use serde_json::json;
use variorum_fetch::Door;
use variorum_store::BridgeAccount;
use xxhash_rust::xxh3::xxh3_64;

use super::{Batch, Caller, Entry, Error, page, web, worded};

/// So many entries are asked for at once.
const AT_ONCE: usize = 100;
/// So many are marked at once.
const MARKED_AT_ONCE: usize = 1_000;

/// An account of Miniflux.
#[derive(Clone)]
pub struct Miniflux {
    address: String,
    token: String,
}

// The token is the key to the account.
impl std::fmt::Debug for Miniflux {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Miniflux").field("address", &variorum_fetch::shown(&self.address)).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Me {
    username: String,
}

#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    entries: Option<Vec<Row>>,
}

#[derive(Deserialize)]
struct Row {
    id: i64,
    status: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    published_at: String,
    #[serde(default)]
    changed_at: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    author: String,
    feed: Option<Feed>,
}

#[derive(Deserialize)]
struct Feed {
    #[serde(default)]
    title: String,
}

impl Miniflux {
    /// Returns the account behind a token at an address.
    pub fn new(address: &str, token: &str) -> Self {
        let address = address.trim().trim_end_matches('/');
        let address = address.strip_suffix("/v1").unwrap_or(address);
        Miniflux { address: address.to_owned(), token: token.trim().to_owned() }
    }

    /// Returns where it is.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Returns whose account it is.
    pub(super) fn name(&self, door: &Door) -> Result<String, Error> {
        let me: Me = self.call(door, |caller| caller.json(&format!("{}/v1/me", self.address)))?;
        Ok(me.username)
    }

    fn call<T>(&self, door: &Door, ask: impl FnOnce(&Caller) -> Result<T, Error>) -> Result<T, Error> {
        let hint = "make a new API key in Miniflux (Settings, API Keys) and put it into the file";
        ask(&Caller { door, program: "Miniflux", headers: &[("X-Auth-Token", &self.token)], hint })
    }

    /// Reads entries that are new, then those that changed, and hands each batch on.
    pub(super) fn read(
        &self,
        door: &Door,
        account: &BridgeAccount,
        mut keep: impl FnMut(Batch) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.pages(door, account.upto, None, &mut keep)?;
        // Within the second that was read last more may have changed since.
        if account.changes > 0 { self.pages(door, 0, Some(account.changes - 1), &mut keep) } else { Ok(()) }
    }

    fn pages(
        &self,
        door: &Door,
        mut after: i64,
        changed: Option<i64>,
        keep: &mut impl FnMut(Batch) -> Result<(), Error>,
    ) -> Result<(), Error> {
        loop {
            let changed = changed.map_or_else(String::new, |time| format!("&changed_after={time}"));
            let query = format!("order=id&direction=asc&limit={AT_ONCE}&after_entry_id={after}{changed}");
            let url = format!("{}/v1/entries?{query}", self.address);
            let found: Found = self.call(door, |caller| caller.json(&url))?;
            let rows = found.entries.unwrap_or_default();
            let (count, last) = (rows.len(), rows.iter().map(|row| row.id).max());
            let Some(last) = last.filter(|last| *last > after) else { return Ok(()) };
            let changes = rows.iter().filter_map(|row| seconds(&row.changed_at)).max().unwrap_or(0);
            let rows = rows.into_iter().filter(|row| matches!(row.status.as_str(), "read" | "unread"));
            keep(Batch { entries: rows.map(|row| self.entry(row)).collect(), upto: last, changes })?;
            if count < AT_ONCE {
                return Ok(());
            }
            after = last;
        }
    }

    fn entry(&self, row: Row) -> Entry {
        let id = format!("miniflux-{:08x}-{}", xxh3_64(self.address.as_bytes()) >> 32, row.id);
        let mut page = page(id, &row.title, row.content);
        page.url = web(&row.url);
        page.outlet = row.feed.as_ref().and_then(|feed| worded(&feed.title));
        page.published = worded(&row.published_at);
        page.byline = worded(&row.author).into_iter().collect();
        page.language = worded(&row.language).filter(|language| language.len() <= 35 && !language.contains(' '));
        Entry { n: row.id, page, read: row.status == "read" }
    }

    /// Marks entries as read.
    pub(super) fn mark_read(&self, door: &Door, entries: &[i64]) -> Result<(), Error> {
        let url = format!("{}/v1/entries", self.address);
        entries.chunks(MARKED_AT_ONCE).try_for_each(|entries| {
            let body = json!({ "entry_ids": entries, "status": "read" }).to_string();
            self.call(door, |caller| caller.put(&url, "application/json", body.as_bytes())).map(|_| ())
        })
    }
}

fn seconds(time: &str) -> Option<i64> {
    time.parse::<jiff::Timestamp>().ok().map(|time| time.as_second())
}
