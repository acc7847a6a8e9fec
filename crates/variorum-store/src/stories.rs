//! The stories as they were computed.

use rusqlite::{Row, ToSql, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::body::{self, Fingerprint};
use crate::cursor::Cursor;
use crate::{Error, View, Writing};

/// A story as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryCard {
    /// Its name.
    pub id: String,
    /// The fingerprint of what it was made from; none while it was never made.
    pub made: Option<Fingerprint>,
    /// When it last changed, in seconds since 1970.
    pub changed: i64,
    /// When its first report was seen.
    pub first_seen: i64,
    /// When its newest report was seen.
    pub newest: i64,
    /// How many reports tell it.
    pub reports: u32,
    /// How many publishers.
    pub publishers: u32,
    /// How many independent origins.
    pub origins: u32,
    /// How many of them are not sure.
    pub uncertain: u32,
    /// How many differences it has.
    pub variants: u32,
    /// How many things rewrites bent.
    pub drift: u32,
    /// The words that name it best.
    pub title: Option<String>,
    /// The first words of its account.
    pub lead: Option<String>,
    /// The language of most of its reports.
    pub language: Option<String>,
}

/// The order of a list of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoryOrder {
    /// What changed last comes first.
    #[default]
    Changed,
    /// What has the newest report comes first.
    Newest,
    /// What most reports tell comes first.
    Reports,
}

impl StoryOrder {
    fn column(self) -> &'static str {
        match self {
            StoryOrder::Changed => "changed",
            StoryOrder::Newest => "newest",
            StoryOrder::Reports => "reports",
        }
    }

    fn of(self, card: &StoryCard) -> i64 {
        match self {
            StoryOrder::Changed => card.changed,
            StoryOrder::Newest => card.newest,
            StoryOrder::Reports => i64::from(card.reports),
        }
    }
}

/// Which stories are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryList {
    /// Their order.
    pub order: StoryOrder,
    /// Only those that at least so many publishers tell.
    pub least_publishers: u32,
    /// Only those of a language.
    pub language: Option<String>,
    /// Only those with differences or drift.
    pub only_differing: Differing,
    /// How many at most.
    pub limit: usize,
    /// Where the list before ended, as it was given out.
    pub after: Option<String>,
}

/// Whether stories must differ to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Differing {
    /// All stories.
    #[default]
    All,
    /// Those whose reports differ.
    Variants,
    /// Those in which a rewrite bent something.
    Drift,
}

impl Default for StoryList {
    fn default() -> Self {
        StoryList {
            order: StoryOrder::Changed,
            least_publishers: 0,
            language: None,
            only_differing: Differing::All,
            limit: 50,
            after: None,
        }
    }
}

/// A part of a list, and where the next part begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The part.
    pub items: Vec<T>,
    /// To be handed in as `after`; none at the end.
    pub next: Option<String>,
}

const CARD: &str = "story.id, made, changed, story.first_seen, newest, reports, publishers, origins, uncertain,
                    variants, drift, title, lead, language";

fn card(row: &Row) -> rusqlite::Result<StoryCard> {
    Ok(StoryCard {
        id: row.get(0)?,
        made: row.get(1)?,
        changed: row.get(2)?,
        first_seen: row.get(3)?,
        newest: row.get(4)?,
        reports: row.get(5)?,
        publishers: row.get(6)?,
        origins: row.get(7)?,
        uncertain: row.get(8)?,
        variants: row.get(9)?,
        drift: row.get(10)?,
        title: row.get(11)?,
        lead: row.get(12)?,
        language: row.get(13)?,
    })
}

impl View<'_> {
    /// Returns a part of the list of stories that have reports.
    pub fn stories(&self, list: &StoryList) -> Result<Page<StoryCard>, Error> {
        let column = list.order.column();
        let after = list.after.as_deref().map(|text| Cursor::read(text, column)).transpose()?;
        let (value, name) = after.map_or((i64::MAX, "\u{10ffff}".to_owned()), |cursor| (cursor.value, cursor.name));
        let differing = match list.only_differing {
            Differing::All => "",
            Differing::Variants => "AND variants > 0",
            Differing::Drift => "AND drift > 0",
        };
        let language = if list.language.is_some() { "AND language = ?5" } else { "AND ?5 IS NULL" };
        let sql = format!(
            "SELECT {CARD} FROM story WHERE ({column}, id) < (?1, ?2) AND reports > 0 AND publishers >= ?3
             {differing} {language} ORDER BY {column} DESC, id DESC LIMIT ?4"
        );
        let limit = list.limit.min(10_000);
        let params: [&dyn ToSql; 5] = [&value, &name, &list.least_publishers, &(limit as i64 + 1), &list.language];
        let mut items = self.all(&sql, params, card)?;
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        let next = last.map(|card| Cursor { value: list.order.of(card), name: card.id.clone() }.text(column));
        Ok(Page { items, next })
    }

    /// Returns what lists show of a story.
    pub fn story_card(&self, id: &str) -> Result<Option<StoryCard>, Error> {
        self.maybe(&format!("SELECT {CARD} FROM story WHERE id = ?1"), [id], card)
    }

    /// Returns a story as it was put there; none where there is none or it was never made.
    pub fn story<T: DeserializeOwned>(&self, id: &str) -> Result<Option<T>, Error> {
        let body: Option<Option<Vec<u8>>> =
            self.maybe("SELECT body FROM story WHERE id = ?1", [id], |row| row.get(0))?;
        body.flatten().map(|body| body::unpack(&body, || format!("story {id}"))).transpose()
    }

    /// Returns the names of all stories.
    pub fn story_ids(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT id FROM story ORDER BY id", [], |row| row.get(0))
    }

    /// Returns stories that must be made anew, by name.
    pub fn stale_stories(&self, limit: usize) -> Result<Vec<String>, Error> {
        let sql = "SELECT id FROM story WHERE stale <> 0 ORDER BY id LIMIT ?1";
        self.all(sql, [limit as i64], |row| row.get(0))
    }

    /// Returns how many stories there are, and how many of them must be made anew.
    pub fn story_counts(&self) -> Result<(u64, u64), Error> {
        let all = self.one("SELECT count(*) FROM story", [])?;
        Ok((all, self.one("SELECT count(*) FROM story WHERE stale <> 0", [])?))
    }

    /// Returns the story that a name now stands for: itself, or the one that it was merged into.
    pub fn resolve(&self, story: &str) -> Result<String, Error> {
        let sql = "WITH RECURSIVE way (name, steps) AS (
                       SELECT ?1, 0
                       UNION ALL SELECT into_story, steps + 1 FROM way JOIN alias ON alias.story = name WHERE steps < 100)
                   SELECT name FROM way ORDER BY steps DESC LIMIT 1";
        self.one(sql, [story])
    }

    /// Returns the names that stand for other stories, each with the one it stands for.
    pub fn aliases(&self) -> Result<Vec<(String, String)>, Error> {
        self.all("SELECT story, into_story FROM alias ORDER BY story", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns when a story changed: the number and time of each edition, in order.
    pub fn editions(&self, story: &str) -> Result<Vec<(u32, i64)>, Error> {
        let sql = "SELECT n, at FROM edition WHERE story = ?1 ORDER BY n";
        self.all(sql, [story], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns what a story was like in an edition.
    pub fn edition<T: DeserializeOwned>(&self, story: &str, n: u32) -> Result<Option<T>, Error> {
        let sql = "SELECT body FROM edition WHERE story = ?1 AND n = ?2";
        let body: Option<Vec<u8>> = self.maybe(sql, params![story, n], |row| row.get(0))?;
        body.map(|body| body::unpack(&body, || format!("edition {n} of story {story}"))).transpose()
    }

    /// Returns the number of the last edition of a story that was there at a time.
    pub fn edition_at(&self, story: &str, at: i64) -> Result<Option<u32>, Error> {
        let sql = "SELECT max(n) FROM edition WHERE story = ?1 AND at <= ?2";
        Ok(self.maybe(sql, params![story, at], |row| row.get::<_, Option<u32>>(0))?.flatten())
    }
}

impl Writing<'_> {
    /// Keeps a story that was made: what lists show, and all of it.
    ///
    /// `as_of` is [`View::change`] of the read that it was made from. What was marked stale after it stays stale: a
    /// report that came while the story was made is not lost.
    pub fn put_story<T: Serialize>(&self, card: &StoryCard, story: &T, as_of: i64) -> Result<(), Error> {
        let body = body::pack(story)?;
        self.next_change()?;
        let marked: Option<i64> = self.maybe("SELECT stale FROM story WHERE id = ?1", [&card.id], |row| row.get(0))?;
        let stale = marked.filter(|marked| *marked > as_of).unwrap_or(0);
        let sql = "INSERT OR REPLACE INTO story (id, made, stale, changed, first_seen, newest, reports, publishers,
                       origins, uncertain, variants, drift, title, lead, language, body)
                   VALUES (?1, ?2, ?16, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        let c = card;
        self.run(
            sql,
            params![
                c.id,
                c.made,
                c.changed,
                c.first_seen,
                c.newest,
                c.reports,
                c.publishers,
                c.origins,
                c.uncertain,
                c.variants,
                c.drift,
                c.title,
                c.lead,
                c.language,
                body,
                stale
            ],
        )?;
        Ok(())
    }

    /// Marks a story that must be made anew, and adds it where it is not there yet.
    pub fn mark_stale(&self, story: &str) -> Result<(), Error> {
        let sql = "INSERT INTO story (id, stale, changed, first_seen, newest, reports, publishers, origins, uncertain,
                       variants, drift)
                   VALUES (?1, ?2, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                   ON CONFLICT (id) DO UPDATE SET stale = ?2";
        let change = self.next_change()?;
        self.run(sql, params![story, change]).map(|_| ())
    }

    /// Marks all stories, as after a new version of what makes them.
    pub fn mark_all_stale(&self) -> Result<usize, Error> {
        let change = self.next_change()?;
        self.run("UPDATE story SET stale = ?1", [change])
    }

    /// Takes a story off the lists, as one that was merged into another. Its editions stay.
    pub fn drop_story(&self, story: &str) -> Result<(), Error> {
        self.next_change()?;
        self.run("DELETE FROM tally WHERE story = ?1", [story])?;
        self.run("DELETE FROM story WHERE id = ?1", [story]).map(|_| ())
    }

    /// Lets a name stand for another story.
    pub fn put_alias(&self, story: &str, into: &str, at: i64) -> Result<(), Error> {
        if self.resolve(into)? == story {
            return Err(Error::Unknown {
                what: format!("story `{into}` apart from `{story}`: it stands for it already"),
            });
        }
        self.next_change()?;
        self.run("INSERT OR REPLACE INTO alias VALUES (?1, ?2, ?3)", params![story, into, at]).map(|_| ())
    }

    /// Lets a name stand for its own story again.
    pub fn drop_alias(&self, story: &str) -> Result<(), Error> {
        self.next_change()?;
        self.run("DELETE FROM alias WHERE story = ?1", [story]).map(|_| ())
    }

    /// Keeps what a story is like now, as its next edition, and returns its number.
    pub fn put_edition<T: Serialize>(&self, story: &str, at: i64, body: &T) -> Result<u32, Error> {
        let body = body::pack(body)?;
        let sql = "INSERT INTO edition SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3 FROM edition WHERE story = ?1
                   RETURNING n";
        self.one(sql, params![story, at, body])
    }
}
