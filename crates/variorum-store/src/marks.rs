//! Marks: stories as items of readers, and what each has read and starred.

use rusqlite::{Row, ToSql, params};

use crate::{Error, View, Writing};

/// The setting that says what makes a story unread again: `origins`, `differences`, `both` or `never`.
pub const UNREAD_AGAIN: &str = "unread-again";

/// The number of a story among the items of readers; it is never another story's.
pub type ItemNumber = i64;

/// What makes a story unread again for who has read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadAgain {
    /// That it gained an independent origin.
    pub origins: bool,
    /// That it gained a difference or a change by a rewrite.
    pub differences: bool,
}

/// A story as an item of somebody's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub n: ItemNumber,
    /// The story.
    pub story: String,
    /// When it last gained an origin or a difference, in seconds since 1970.
    pub grown: i64,
    /// Whether its reports differ.
    pub differs: bool,
    /// Whether a rewrite bent something.
    pub drifts: bool,
    /// Whether it is read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
}

/// Where an item stands in the order of a list: when it grew, then its number.
pub type Place = (i64, ItemNumber);

impl Item {
    /// Returns where it stands.
    pub fn place(&self) -> Place {
        (self.grown, self.n)
    }
}

/// Which stories a list of items has. Each story is in one of the last three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// All stories.
    #[default]
    All,
    /// Those in which a rewrite bent something.
    Drifting,
    /// Of the rest, those whose reports differ.
    Differing,
    /// All others.
    Others,
}

impl Part {
    fn condition(self) -> &'static str {
        match self {
            Part::All => "TRUE",
            Part::Drifting => "story.drift > 0",
            Part::Differing => "story.drift = 0 AND story.variants > 0",
            Part::Others => "story.drift = 0 AND story.variants = 0",
        }
    }

    /// Tells whether an item is in it.
    pub fn holds(self, item: &Item) -> bool {
        match self {
            Part::All => true,
            Part::Drifting => item.drifts,
            Part::Differing => item.differs && !item.drifts,
            Part::Others => !item.differs && !item.drifts,
        }
    }
}

/// Which items are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items {
    /// Of which stories.
    pub part: Part,
    /// Only what is read, or only what is not.
    pub read: Option<bool>,
    /// Only what is starred, or only what is not.
    pub starred: Option<bool>,
    /// Only what grew at that time or later.
    pub from: Option<i64>,
    /// Only what grew at that time or earlier.
    pub to: Option<i64>,
    /// Whether what grew first comes first; else what grew last.
    pub oldest_first: bool,
    /// Where the list before ended.
    pub after: Option<Place>,
    /// How many at most.
    pub limit: usize,
}

impl Items {
    /// Tells whether an item is asked for, but for where the list before ended and how many.
    pub fn wants(&self, item: &Item) -> bool {
        self.part.holds(item)
            && self.read.is_none_or(|read| item.read == read)
            && self.starred.is_none_or(|starred| item.starred == starred)
            && self.from.is_none_or(|from| item.grown >= from)
            && self.to.is_none_or(|to| item.grown <= to)
    }
}

/// What is done to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is read as it is now.
    Read,
    /// It is not read.
    Unread,
    /// It has a star.
    Starred,
    /// It has none.
    Unstarred,
}

// ?1 is who asks; ?2 and ?3 say what makes a story unread again.
const ITEM: &str = "item.n, item.story, item.grown, story.variants > 0, story.drift > 0,
    coalesce(marked.read, 0) AND NOT (?2 AND item.origins > marked.origins)
        AND NOT (?3 AND item.differences > marked.differences) AS is_read,
    marked.starred IS NOT NULL AS is_starred";
const FROM: &str =
    "item JOIN story ON story.id = item.story LEFT JOIN marked ON marked.who = ?1 AND marked.item = item.n";
/// A story that lost its reports or was never made is no item.
const THERE: &str = "story.reports > 0 AND item.grown > 0";

fn item(row: &Row) -> rusqlite::Result<Item> {
    Ok(Item {
        n: row.get(0)?,
        story: row.get(1)?,
        grown: row.get(2)?,
        differs: row.get(3)?,
        drifts: row.get(4)?,
        read: row.get(5)?,
        starred: row.get(6)?,
    })
}

impl View<'_> {
    /// Returns what makes a story unread again: both, where nobody set it.
    pub fn unread_again(&self) -> Result<UnreadAgain, Error> {
        let (origins, differences) = match self.setting(UNREAD_AGAIN)?.as_deref() {
            Some("never") => (false, false),
            Some("origins") => (true, false),
            Some("differences") => (false, true),
            _ => (true, true),
        };
        Ok(UnreadAgain { origins, differences })
    }

    /// Returns items for somebody, in the order asked for.
    pub fn items(&self, who: &str, items: &Items) -> Result<Vec<Item>, Error> {
        let again = self.unread_again()?;
        let (than, order, start) = match items.oldest_first {
            true => (">", "ASC", (i64::MIN, i64::MIN)),
            false => ("<", "DESC", (i64::MAX, i64::MAX)),
        };
        let (grown, n) = items.after.unwrap_or(start);
        let only = |name: &str, wanted: Option<bool>| match wanted {
            None => String::new(),
            Some(true) => format!("AND {name}"),
            Some(false) => format!("AND NOT {name}"),
        };
        let sql = format!(
            "SELECT {ITEM} FROM {FROM} WHERE {THERE} AND {} AND (item.grown, item.n) {than} (?4, ?5)
             AND item.grown BETWEEN ?6 AND ?7 {} {} ORDER BY item.grown {order}, item.n {order} LIMIT ?8",
            items.part.condition(),
            only("is_read", items.read),
            only("is_starred", items.starred),
        );
        let (from, to) = (items.from.unwrap_or(i64::MIN), items.to.unwrap_or(i64::MAX));
        let limit = i64::try_from(items.limit).unwrap_or(i64::MAX);
        let params: [&dyn ToSql; 8] = [&who, &again.origins, &again.differences, &grown, &n, &from, &to, &limit];
        self.all(&sql, params, item)
    }

    /// Returns the item of a number for somebody. A story that was merged is the one it was merged into.
    pub fn item(&self, who: &str, n: ItemNumber) -> Result<Option<Item>, Error> {
        let story: Option<String> = self.maybe("SELECT story FROM item WHERE n = ?1", [n], |row| row.get(0))?;
        match story {
            Some(story) => self.item_of(who, &self.resolve(&story)?),
            None => Ok(None),
        }
    }

    /// Returns the item of a story for somebody.
    pub fn item_of(&self, who: &str, story: &str) -> Result<Option<Item>, Error> {
        let again = self.unread_again()?;
        let sql = format!("SELECT {ITEM} FROM {FROM} WHERE {THERE} AND item.story = ?4");
        self.maybe(&sql, params![who, again.origins, again.differences, story], item)
    }

    /// Returns how many items of a part somebody has not read, and when the newest of them grew; 0 where there is none.
    pub fn unread(&self, who: &str, part: Part) -> Result<(u64, i64), Error> {
        let again = self.unread_again()?;
        let sql = format!(
            "SELECT count(*), coalesce(max(grown), 0) FROM (SELECT {ITEM} FROM {FROM} WHERE {THERE} AND {} AND NOT is_read)",
            part.condition()
        );
        let params = params![who, again.origins, again.differences];
        let found = self.maybe(&sql, params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.unwrap_or_default())
    }
}

impl Writing<'_> {
    /// Marks items for somebody; numbers that are no item's are passed over. Returns how many there were.
    pub fn mark(&self, who: &str, items: &[ItemNumber], mark: Mark, at: i64) -> Result<usize, Error> {
        let mut met = 0;
        for n in items {
            if let Some(item) = self.item(who, *n)? {
                met += self.mark_one(who, item.n, mark, at)?;
            }
        }
        Ok(met)
    }

    fn mark_one(&self, who: &str, n: ItemNumber, mark: Mark, at: i64) -> Result<usize, Error> {
        let set = match mark {
            Mark::Read => "read = 1, origins = excluded.origins, differences = excluded.differences",
            Mark::Unread => "read = 0",
            Mark::Starred => "starred = coalesce(starred, excluded.starred)",
            Mark::Unstarred => "starred = NULL",
        };
        let sql = format!(
            "INSERT INTO marked (who, item, read, origins, differences, starred, at)
             SELECT ?1, n, ?3, origins, differences, ?4, ?5 FROM item WHERE n = ?2
             ON CONFLICT (who, item) DO UPDATE SET {set}, at = excluded.at"
        );
        let starred = (mark == Mark::Starred).then_some(at);
        self.run(&sql, params![who, n, mark == Mark::Read, starred, at])
    }

    /// Marks as read what somebody has not read of a part and what grew at a place or before it.
    pub fn mark_all_read(&self, who: &str, part: Part, upto: Place, at: i64) -> Result<usize, Error> {
        let sql = format!(
            "INSERT INTO marked (who, item, read, origins, differences, at)
             SELECT ?1, item.n, 1, item.origins, item.differences, ?2
             FROM item JOIN story ON story.id = item.story
             WHERE {THERE} AND {} AND (item.grown, item.n) <= (?3, ?4)
             ON CONFLICT (who, item) DO UPDATE SET
                 read = 1, origins = excluded.origins, differences = excluded.differences, at = excluded.at",
            part.condition()
        );
        self.run(&sql, params![who, at, upto.0, upto.1])
    }

    /// Forgets all that somebody marked, as when the person is gone.
    pub fn drop_marks(&self, who: &str) -> Result<usize, Error> {
        self.run("DELETE FROM marked WHERE who = ?1", [who])
    }
}

#[cfg(test)]
mod tests;
