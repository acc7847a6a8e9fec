//! The tables, version by version.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};
use xxhash_rust::xxh3::xxh3_64;

use crate::Error;

/// Marks a file of SQLite as one of ours: "vari" in ASCII.
const APPLICATION: i64 = 0x7661_7269;

/// The steps from an empty file to the present tables; step n makes version n. A step that was published never changes.
pub const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
];

/// Brings a file to the last version; each step is one transaction, so a crash leaves the version before it.
pub fn migrate(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), Error> {
    refuse_others(connection, path, steps.len())?;
    while version(connection)? < steps.len() as i64 {
        // Another process may have come first; only who holds the write lock knows.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = version(&transaction)?;
        if let Some(step) = usize::try_from(found).ok().and_then(|found| steps.get(found)) {
            transaction.execute_batch(step)?;
            if found == 0 {
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.execute("INSERT INTO mark VALUES (1, ?1, 0, 0)", [new_name(path)])?;
            }
            transaction.pragma_update(None, "user_version", found + 1)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// Refuses a file that is not ours or is of a later program, before anything is written to it.
pub fn refuse_others(connection: &Connection, path: &Path, known: usize) -> Result<(), Error> {
    let not_ours = || Error::NotOurs { path: path.to_owned() };
    // One moment for all that is asked: between two reads another process may make the tables.
    let connection = connection.unchecked_transaction()?;
    let found = match version(&connection) {
        Err(Error::Damaged { reason }) if reason.contains("not a database") => return Err(not_ours()),
        found => found?,
    };
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && tables > 0 {
        return Err(not_ours());
    }
    if found > known as i64 {
        return Err(Error::Newer { path: path.to_owned(), found, known: known as i64 });
    }
    Ok(())
}

/// Returns the version of a file's tables; 0 is an empty file.
pub fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Returns a name that no other record has: what is derived from one record must not be taken for another's.
pub fn new_name(path: &Path) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{:016x}", xxh3_64(format!("{now:?} {} {}", std::process::id(), path.display()).as_bytes()))
}

#[cfg(test)]
mod tests;
