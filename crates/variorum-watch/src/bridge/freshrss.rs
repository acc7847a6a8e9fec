//! FreshRSS, by the API that Google Reader had, as
//! <https://freshrss.github.io/FreshRSS/en/developers/06_GoogleReader_API.html> says it speaks it.

use std::collections::BTreeSet;

use serde::Deserialize;
use url::form_urlencoded;
use variorum_fetch::Door;
use variorum_store::{BridgeAccount, BridgeEntry, Store};
use xxhash_rust::xxh3::xxh3_64;

use super::{Batch, Caller, Entry, Error, page, web, worded};

/// So many entries are asked for at once.
const AT_ONCE: usize = 100;
/// So many numbers of unread entries are asked for at once.
const NUMBERS_AT_ONCE: usize = 10_000;
const FORM: &str = "application/x-www-form-urlencoded";
const ALL: &str = "user/-/state/com.google/reading-list";
const READ: &str = "user/-/state/com.google/read";

/// An account of FreshRSS.
#[derive(Clone)]
pub struct FreshRss {
    address: String,
    user: String,
    password: String,
}

// The password is the key to the account.
impl std::fmt::Debug for FreshRss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FreshRss")
            .field("address", &variorum_fetch::shown(&self.address))
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// What FreshRSS gave us for the password.
pub(super) struct Session {
    header: String,
}

#[derive(Deserialize)]
struct Stream {
    #[serde(default)]
    items: Vec<Item>,
    continuation: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    #[serde(default)]
    timestamp_usec: String,
    #[serde(default)]
    published: i64,
    #[serde(default)]
    title: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    canonical: Vec<Link>,
    #[serde(default)]
    alternate: Vec<Link>,
    #[serde(default)]
    categories: Vec<String>,
    origin: Option<Origin>,
    summary: Option<Words>,
    content: Option<Words>,
}

#[derive(Deserialize)]
struct Link {
    href: String,
}

#[derive(Deserialize)]
struct Origin {
    #[serde(default)]
    title: String,
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
struct Numbers {
    #[serde(default, rename = "itemRefs")]
    refs: Vec<Number>,
    continuation: Option<String>,
}

#[derive(Deserialize)]
struct Number {
    id: String,
}

impl FreshRss {
    /// Returns the account of somebody at an address: that of the front page, or of the API.
    pub fn new(address: &str, user: &str, password: &str) -> Self {
        let address = address.trim().trim_end_matches('/');
        let address = match address.ends_with("/greader.php") {
            true => address.to_owned(),
            false => format!("{}/api/greader.php", address.strip_suffix("/api").unwrap_or(address)),
        };
        FreshRss { address, user: user.trim().to_owned(), password: password.trim().to_owned() }
    }

    /// Returns where its API is.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Returns whose account it is.
    pub(super) fn user(&self) -> &str {
        &self.user
    }

    fn call<T>(&self, door: &Door, auth: &str, ask: impl FnOnce(&Caller) -> Result<T, Error>) -> Result<T, Error> {
        let hint = "allow the API in FreshRSS (Settings, Authentication), set an API password (Settings, Profile), and put \
                    that into the file: it is not the password of the web page";
        let headers = [("Authorization", auth)];
        let headers = if auth.is_empty() { &headers[..0] } else { &headers[..] };
        ask(&Caller { door, program: "FreshRSS", headers, hint })
    }

    /// Logs in.
    pub(super) fn log_in(&self, door: &Door) -> Result<Session, Error> {
        let form = form(&[("Email", &self.user), ("Passwd", &self.password)]);
        let url = format!("{}/accounts/ClientLogin", self.address);
        let answer = self.call(door, "", |caller| caller.post(&url, FORM, form.as_bytes()))?;
        let words = String::from_utf8_lossy(&answer.body);
        let auth = words.lines().find_map(|line| line.strip_prefix("Auth="));
        let auth = auth.map(str::trim).filter(|auth| !auth.is_empty() && auth.bytes().all(|b| b.is_ascii_graphic()));
        let header = format!("GoogleLogin auth={}", auth.ok_or_else(|| self.odd("it gives no `Auth`"))?);
        Ok(Session { header })
    }

    fn odd(&self, reason: &str) -> Error {
        let url = variorum_fetch::shown(&self.address);
        Error::Form { url, program: "FreshRSS", reason: reason.to_owned() }
    }

    /// Reads entries that are new, oldest first, and hands each batch on.
    pub(super) fn read(
        &self,
        door: &Door,
        session: &Session,
        account: &BridgeAccount,
        mut keep: impl FnMut(Batch) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut continuation: Option<String> = None;
        loop {
            // The second that was read last may have brought more since; what is known is known.
            let query = form(&[
                ("output", "json"),
                ("n", &AT_ONCE.to_string()),
                ("r", "o"),
                ("ot", &account.upto.to_string()),
                ("c", continuation.as_deref().unwrap_or_default()),
            ]);
            let url = format!("{}/reader/api/0/stream/contents/{ALL}?{query}", self.address);
            let found: Stream = self.call(door, &session.header, |caller| caller.json(&url))?;
            let entries: Vec<(Entry, i64)> = found.items.into_iter().filter_map(|item| self.entry(item)).collect();
            let upto = entries.iter().map(|(_, came)| *came).max().unwrap_or(0);
            let is_end = entries.is_empty() || found.continuation.is_none() || found.continuation == continuation;
            keep(Batch { entries: entries.into_iter().map(|(entry, _)| entry).collect(), upto, changes: 0 })?;
            if is_end {
                return Ok(());
            }
            continuation = found.continuation;
        }
    }

    /// Returns an entry, and when it came.
    fn entry(&self, item: Item) -> Option<(Entry, i64)> {
        let digits = item.id.rsplit('/').next()?;
        let n = u64::from_str_radix(digits, 16).ok()?.cast_signed();
        let came = item.timestamp_usec.parse::<i64>().ok()? / 1_000_000;
        let id = format!("freshrss-{:08x}-{n}", xxh3_64(self.address.as_bytes()) >> 32);
        let content = item.content.or(item.summary).map(|words| words.content).unwrap_or_default();
        let mut page = page(id, &plain(&item.title), content);
        page.url = item.canonical.iter().chain(&item.alternate).find_map(|link| web(&link.href));
        page.outlet = item.origin.as_ref().and_then(|origin| worded(&plain(&origin.title)));
        page.published = jiff::Timestamp::from_second(item.published).ok().map(|time| time.to_string());
        page.byline = worded(&plain(&item.author)).into_iter().collect();
        let read =
            item.categories.iter().any(|one| one.starts_with("user/") && one.ends_with("/state/com.google/read"));
        Some((Entry { n, page, read }, came))
    }

    /// Reads which entries are read by now: what is kept and not among the unread ones.
    pub(super) fn read_states(
        &self,
        door: &Door,
        session: &Session,
        store: &Store,
        account: &BridgeAccount,
    ) -> Result<(), Error> {
        let unread = self.unread(door, session)?;
        let n = account.n;
        let entries = store.read(|view| view.bridge_entries(n))?;
        let moved: Vec<BridgeEntry> = entries
            .into_iter()
            .filter(|entry| entry.read == unread.contains(&entry.entry))
            .map(|entry| BridgeEntry { read: !entry.read, ..entry })
            .collect();
        if !moved.is_empty() {
            store.write(move |writing| writing.put_bridge_entries(n, &moved))?;
        }
        Ok(())
    }

    fn unread(&self, door: &Door, session: &Session) -> Result<BTreeSet<i64>, Error> {
        let (mut unread, mut continuation) = (BTreeSet::new(), None::<String>);
        loop {
            let query = form(&[
                ("output", "json"),
                ("s", ALL),
                ("xt", READ),
                ("n", &NUMBERS_AT_ONCE.to_string()),
                ("c", continuation.as_deref().unwrap_or_default()),
            ]);
            let url = format!("{}/reader/api/0/stream/items/ids?{query}", self.address);
            let found: Numbers = self.call(door, &session.header, |caller| caller.json(&url))?;
            let before = unread.len();
            unread.extend(found.refs.iter().filter_map(|number| number.id.parse::<i64>().ok()));
            // A server that goes on giving the same page is not followed for ever.
            if found.continuation.is_none() || unread.len() == before {
                return Ok(unread);
            }
            continuation = found.continuation;
        }
    }

    /// Marks entries as read.
    pub(super) fn mark_read(&self, door: &Door, session: &Session, entries: &[i64]) -> Result<(), Error> {
        let token =
            self.call(door, &session.header, |caller| caller.get(&format!("{}/reader/api/0/token", self.address)))?;
        let token = String::from_utf8_lossy(&token.body).trim().to_owned();
        let url = format!("{}/reader/api/0/edit-tag", self.address);
        entries.chunks(AT_ONCE).try_for_each(|entries| {
            let names = entries.iter().map(|n| ("i", format!("tag:google.com,2005:reader/item/{n:016x}")));
            let fields: Vec<(&str, String)> =
                [("T", token.clone()), ("a", READ.to_owned())].into_iter().chain(names).collect();
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let body = form(&fields);
            let answer = self.call(door, &session.header, |caller| caller.post(&url, FORM, body.as_bytes()))?;
            if answer.body.starts_with(b"OK") { Ok(()) } else { Err(self.odd("it does not say OK to a mark")) }
        })
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().filter(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// FreshRSS writes wide letters for those that could be taken for markup; an outlet printed the plain ones.
fn plain(words: &str) -> String {
    words.replace('＆', "&").replace('＜', "<").replace('＞', ">")
}
