//! Accounts of other people's readers that feed us: how far each was read, and which report each entry became.

use rusqlite::{Row, params};

use crate::{Error, Seq, View, Writing};

/// An account of a reader elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeAccount {
    /// Its number.
    pub n: i64,
    /// What kind of reader it is ("miniflux").
    pub kind: String,
    /// Where it is, without credentials.
    pub address: String,
    /// Whose it is.
    pub name: String,
    /// How far its entries were read: a number of an entry, or a time, as that reader counts.
    pub upto: i64,
    /// Up to when changes of its entries were read, in seconds since 1970.
    pub changes: i64,
}

/// An entry of such an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BridgeEntry {
    /// Its number there.
    pub entry: i64,
    /// The report that it became; none where it could not be used.
    pub report: Option<Seq>,
    /// Whether it is read there.
    pub read: bool,
}

/// An entry with the story that its report is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeTold {
    /// The story.
    pub story: String,
    /// The number of the entry.
    pub entry: i64,
    /// The report.
    pub report: Seq,
    /// Whether the entry is read.
    pub read: bool,
}

const ACCOUNT: &str = "n, kind, address, name, upto, changes";

fn account(row: &Row) -> rusqlite::Result<BridgeAccount> {
    Ok(BridgeAccount {
        n: row.get(0)?,
        kind: row.get(1)?,
        address: row.get(2)?,
        name: row.get(3)?,
        upto: row.get(4)?,
        changes: row.get(5)?,
    })
}

impl View<'_> {
    /// Returns the accounts, in the order they came.
    pub fn bridge_accounts(&self) -> Result<Vec<BridgeAccount>, Error> {
        self.all(&format!("SELECT {ACCOUNT} FROM bridge_account ORDER BY n"), [], account)
    }

    /// Returns the entries of an account, by number.
    pub fn bridge_entries(&self, account: i64) -> Result<Vec<BridgeEntry>, Error> {
        let sql = "SELECT entry, report, read FROM bridge_entry WHERE account = ?1 ORDER BY entry";
        self.all(sql, [account], |row| Ok(BridgeEntry { entry: row.get(0)?, report: row.get(1)?, read: row.get(2)? }))
    }

    /// Returns the entries of stories that an account has read in part: some entry is read, and another is not. By
    /// story, then by number.
    pub fn bridge_read_in_part(&self, account: i64) -> Result<Vec<BridgeTold>, Error> {
        let sql = "SELECT story, entry, placed.report, read FROM bridge_entry JOIN placed USING (report)
                   WHERE account = ?1 AND story IN (
                       SELECT story FROM bridge_entry JOIN placed USING (report) WHERE account = ?1
                       GROUP BY story HAVING min(read) = 0 AND max(read) = 1)
                   ORDER BY story, entry";
        self.all(sql, [account], |row| {
            Ok(BridgeTold { story: row.get(0)?, entry: row.get(1)?, report: row.get(2)?, read: row.get(3)? })
        })
    }
}

impl Writing<'_> {
    /// Returns an account, and adds it where it is not there yet.
    pub fn bridge_account(&self, kind: &str, address: &str, name: &str, at: i64) -> Result<BridgeAccount, Error> {
        let sql = "INSERT INTO bridge_account (kind, address, name, at) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (kind, address, name) DO NOTHING";
        self.run(sql, params![kind, address, name, at])?;
        let sql = format!("SELECT {ACCOUNT} FROM bridge_account WHERE kind = ?1 AND address = ?2 AND name = ?3");
        self.maybe(&sql, params![kind, address, name], account)?.ok_or_else(|| Error::unknown("account"))
    }

    /// Keeps entries of an account, as they are now.
    pub fn put_bridge_entries(&self, account: i64, entries: &[BridgeEntry]) -> Result<(), Error> {
        let sql = "INSERT INTO bridge_entry (account, entry, report, read) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (account, entry) DO UPDATE SET report = coalesce(?3, report), read = ?4";
        entries.iter().try_for_each(|one| self.run(sql, params![account, one.entry, one.report, one.read]).map(|_| ()))
    }

    /// Keeps how far an account was read. It never goes back.
    pub fn bridge_came_to(&self, account: i64, upto: i64, changes: i64) -> Result<(), Error> {
        let sql = "UPDATE bridge_account SET upto = max(upto, ?2), changes = max(changes, ?3) WHERE n = ?1";
        self.run(sql, params![account, upto, changes]).map(|_| ())
    }

    /// Notes that we marked entries as read there.
    pub fn bridge_marked(&self, account: i64, entries: &[i64], at: i64) -> Result<(), Error> {
        let sql = "UPDATE bridge_entry SET read = 1, marked = ?3 WHERE account = ?1 AND entry = ?2";
        entries.iter().try_for_each(|entry| self.run(sql, params![account, entry, at]).map(|_| ()))
    }
}

#[cfg(test)]
mod tests {
    use super::BridgeEntry;
    use crate::Placed;
    use crate::invented::{NOW, store_of};

    fn entry(entry: i64, report: Option<i64>, read: bool) -> BridgeEntry {
        BridgeEntry { entry, report, read }
    }

    #[test]
    fn an_account_is_one_however_often_it_is_asked() {
        let (_folder, store) = store_of(0..1);
        let ask = |name: &'static str| {
            store.write(move |w| w.bridge_account("miniflux", "https://rss.example/", name, NOW)).unwrap()
        };
        let ada = ask("ada");
        store.write(move |w| w.bridge_came_to(ada.n, 40, 7).and_then(|()| w.bridge_came_to(ada.n, 30, 9))).unwrap();
        assert_eq!((ask("ada").n, ask("ada").upto, ask("ada").changes), (ada.n, 40, 9));
        assert_ne!(ask("jon").n, ada.n);
        assert_eq!(store.read(|view| view.bridge_accounts()).unwrap().len(), 2);
    }

    #[test]
    fn what_is_read_in_part_is_told_by_story() {
        let (_folder, store) = store_of(0..4);
        let told = store
            .write(|w| {
                let account = w.bridge_account("miniflux", "https://rss.example/", "ada", NOW)?.n;
                for (report, story) in [(1, "ferry"), (2, "ferry"), (3, "bakery"), (4, "tram")] {
                    let story = story.to_owned();
                    w.place(&Placed { report, automatic: story.clone(), story, score: 1.0, duplicate_of: None })?;
                }
                let entries = [
                    entry(11, Some(1), true),
                    entry(12, Some(2), false),
                    entry(13, Some(3), false),
                    entry(14, None, true),
                ];
                w.put_bridge_entries(account, &entries)?;
                // Seen again, it keeps its report.
                w.put_bridge_entries(account, &[entry(11, None, true)])?;
                w.bridge_read_in_part(account)
            })
            .unwrap();
        let told: Vec<_> = told.iter().map(|one| (one.story.as_str(), one.entry, one.report, one.read)).collect();
        assert_eq!(told, [("ferry", 11, 1, true), ("ferry", 12, 2, false)]);
        store.write(|w| w.bridge_marked(1, &[12], NOW)).unwrap();
        assert_eq!(store.read(|view| view.bridge_read_in_part(1)).unwrap(), []);
        assert_eq!(store.read(|view| view.bridge_entries(1)).unwrap().len(), 4);
    }
}
