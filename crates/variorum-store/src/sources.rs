//! Sources: feeds, sitemaps and accounts that are watched, and how each is.

mod health;
mod items;
#[cfg(test)]
mod tests;
mod write;

use rusqlite::{Row, params};
use serde::Serialize;

use crate::{Error, View};

pub use health::{Health, moment};
pub use items::{ItemState, NewItem, WaitingItem};
pub use write::{Checked, Found, NewSource};

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// An account of a reader program.
    Bridge,
}

impl SourceKind {
    /// Returns its name in the record.
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Feed => "feed",
            SourceKind::Sitemap => "sitemap",
            SourceKind::Bridge => "bridge",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "sitemap" => SourceKind::Sitemap,
            "bridge" => SourceKind::Bridge,
            _ => SourceKind::Feed,
        }
    }
}

/// A source, and how it is. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its number.
    pub n: i64,
    /// The address as it was given; may hold secrets, so it is not for showing.
    #[serde(skip)]
    pub listed: String,
    /// The address that is asked; may hold secrets, so it is not for showing.
    #[serde(skip)]
    pub address: String,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// What it is called.
    pub title: Option<String>,
    /// The address of its site, as the list says.
    pub site: Option<String>,
    /// The folders it lies in, with `/` between.
    pub folder: Option<String>,
    /// Under which name its reports stand.
    pub outlet: Option<String>,
    /// Whether it stands in the list that is watched, and goes with it.
    pub by_list: bool,
    /// When it was added.
    pub added: i64,
    /// When it was taken off.
    pub dropped: Option<i64>,
    /// Since when it is not asked, and why.
    pub paused: Option<(i64, String)>,
    /// When it is asked next.
    pub due: i64,
    /// Until when it asked to be left alone.
    pub held: Option<i64>,
    /// Seconds between two checks, as learned.
    pub every: Option<i64>,
    /// The tag of the last body that was read well, as it came.
    #[serde(skip)]
    pub etag: Option<String>,
    /// The date of that body, as it came.
    #[serde(skip)]
    pub last_modified: Option<String>,
    /// When it was asked last.
    pub checked: Option<i64>,
    /// When it answered last, with a body that was read well or with "unchanged".
    pub answered: Option<i64>,
    /// When the last body came that was read well.
    pub read: Option<i64>,
    /// When the last item came that was new.
    pub fresh: Option<i64>,
    /// Since when it fails.
    pub failing: Option<i64>,
    /// How often in a row.
    pub failures: u32,
    /// What failed last, in a sentence.
    pub problem: Option<String>,
    /// What is odd about it though it answers, in a sentence.
    pub remark: Option<String>,
    /// Items in the last body.
    pub items: u64,
    /// Items that were seen, each once.
    pub seen: u64,
    /// Reports that were kept of them.
    pub kept: u64,
    /// When a person said that robots.txt does not bind this program here, and who.
    pub may: Option<(i64, String)>,
    /// The address without secrets.
    pub shown: String,
}

/// Which sources are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// Those that are watched, paused ones too.
    Watched,
    /// Those that were taken off, too.
    All,
}

const COLUMNS: &str = "n, listed, address, kind, title, site, folder, outlet, by_list, added, dropped, paused, paused_why, due, held, \
     every, etag, last_modified, checked, answered, read, fresh, failing, failures, problem, remark, items, seen, kept, \
     may, may_who, shown";

impl View<'_> {
    /// Returns the sources in the order they came.
    pub fn sources(&self, which: Sources) -> Result<Vec<Source>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM source WHERE dropped IS NULL OR ?1 ORDER BY n");
        self.all(&sql, [which == Sources::All], source)
    }

    /// Returns a source.
    pub fn source(&self, n: i64) -> Result<Option<Source>, Error> {
        self.maybe(&format!("SELECT {COLUMNS} FROM source WHERE n = ?1"), [n], source)
    }

    /// Returns the source of an address, as it was given or as it is now; what is watched comes first.
    pub fn source_at(&self, address: &str) -> Result<Option<Source>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM source WHERE listed = ?1 OR address = ?1
             ORDER BY dropped IS NOT NULL, listed <> ?1, n LIMIT 1"
        );
        self.maybe(&sql, [address], source)
    }

    /// Returns the sources that are to be asked by a time, those that wait longest first.
    pub fn sources_due(&self, now: i64, limit: usize) -> Result<Vec<Source>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM source WHERE due <= ?1 AND dropped IS NULL AND paused IS NULL AND kind <> 'bridge'
             ORDER BY due, n LIMIT ?2"
        );
        self.all(&sql, params![now, limit as i64], source)
    }
}

impl View<'_> {
    /// Returns the source under whose name another one would stand: names are one that a reader takes for one.
    pub fn source_named(&self, outlet: &str, except: i64) -> Result<Option<Source>, Error> {
        let wanted = folded(outlet);
        let same =
            |source: &Source| source.n != except && source.outlet.as_deref().is_some_and(|name| folded(name) == wanted);
        Ok(self.sources(Sources::Watched)?.into_iter().find(same))
    }
}

fn folded(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).map(variorum_text::fold).collect()
}

fn source(row: &Row) -> rusqlite::Result<Source> {
    let pair = |at: usize| -> rusqlite::Result<Option<(i64, String)>> {
        let when: Option<i64> = row.get(at)?;
        let word: Option<String> = row.get(at + 1)?;
        Ok(when.map(|when| (when, word.unwrap_or_default())))
    };
    let kind: String = row.get(3)?;
    let address: String = row.get(2)?;
    Ok(Source {
        n: row.get(0)?,
        listed: row.get(1)?,
        kind: SourceKind::of(&kind),
        title: row.get(4)?,
        site: row.get(5)?,
        folder: row.get(6)?,
        outlet: row.get(7)?,
        by_list: row.get(8)?,
        added: row.get(9)?,
        dropped: row.get(10)?,
        paused: pair(11)?,
        due: row.get(13)?,
        held: row.get(14)?,
        every: row.get(15)?,
        etag: row.get(16)?,
        last_modified: row.get(17)?,
        checked: row.get(18)?,
        answered: row.get(19)?,
        read: row.get(20)?,
        fresh: row.get(21)?,
        failing: row.get(22)?,
        failures: row.get(23)?,
        problem: row.get(24)?,
        remark: row.get(25)?,
        items: row.get(26)?,
        seen: row.get(27)?,
        kept: row.get(28)?,
        may: pair(29)?,
        shown: row.get::<_, Option<String>>(31)?.unwrap_or_else(|| bare(&address)),
        address,
    })
}

/// An address of which nobody has told yet what may be shown: its host alone.
fn bare(address: &str) -> String {
    let parsed = url::Url::parse(address).ok();
    let host = parsed.as_ref().and_then(|url| Some((url.scheme(), url.host_str()?)));
    host.map_or_else(|| "…".to_owned(), |(scheme, host)| format!("{scheme}://{host}/…"))
}
