//! Connections to the file, as the writer and the readers need them.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::{Error, schema};

/// How long a writer waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens the file for writing, makes it where it is missing, and brings its tables to the last version.
pub fn writing(path: &Path) -> Result<Connection, Error> {
    let mut connection = Connection::open(path).map_err(|e| Error::disk("open", path, &e))?;
    connection.busy_timeout(PATIENCE)?;
    schema::refuse_others(&connection, path, schema::STEPS.len())?;
    // Only an empty file can still choose to give pages back to the disk.
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    into_wal(&connection)?;
    // FULL: a commit is on the disk before it is acknowledged. Other settings say the same on any machine.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    connection.pragma_update(None, "cache_size", -64 * 1024)?;
    connection.set_prepared_statement_cache_capacity(128);
    schema::migrate(&mut connection, path, schema::STEPS)?;
    Ok(connection)
}

/// SQLite does not wait for this lock by itself: two processes that open a new file at once both try.
fn into_wal(connection: &Connection) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        let answer = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match answer.map_err(Error::from) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                return Err(Error::Sql { reason: format!("the file system allows no shared log (mode {mode})") });
            }
            Err(Error::Busy) if tries < 500 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Opens the file for reading alone.
pub fn reading(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| Error::disk("open", path, &e))?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "cache_size", -8 * 1024)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
