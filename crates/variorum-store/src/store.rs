//! The store: one file, one writer, many readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use crate::readers::Readers;
use crate::writer::Writer;
use crate::{Error, schema};

/// A record on disk. A clone is the same one; the last to go closes it.
#[derive(Debug, Clone)]
pub struct Store {
    path: Arc<PathBuf>,
    // Before the writer, so that they go first: who closes last folds the log into the file, and readers cannot.
    readers: Arc<Readers>,
    writer: Arc<Writer>,
}

impl Store {
    /// Opens a record, and makes it where there is none. A record of an older program is brought up to date.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let writer = Arc::new(Writer::start(path)?);
        Ok(Store { path: Arc::new(path.to_owned()), writer, readers: Arc::new(Readers::new(path)) })
    }

    /// Opens a record that must be there.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, Error> {
        if !path.as_ref().is_file() {
            return Err(Error::NotThere { path: path.as_ref().to_owned() });
        }
        Store::open(path)
    }

    /// Returns the name of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads in one transaction: all that `work` sees is of one moment. Reads never wait for writes. A read inside a
    /// read takes a second connection of few; pass the view on instead.
    pub fn read<T>(&self, work: impl FnOnce(&View) -> Result<T, Error>) -> Result<T, Error> {
        self.readers.read(work)
    }

    /// Writes in one transaction and returns after it is on the disk. Where `work` fails, nothing of it is kept.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Writing) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.writer.write(work)
    }
}

/// The record at one moment.
#[derive(Debug)]
pub struct View<'a> {
    pub(crate) connection: &'a Connection,
}

impl View<'_> {
    /// Returns the number of the last change of anything that a page shows: a report that is new, revised, forgotten or
    /// flagged anew, a story that was made or marked stale, an alias, a correction.
    pub fn change(&self) -> Result<i64, Error> {
        self.one("SELECT change FROM mark", [])
    }

    /// Returns the name of this record. A backup has a name of its own.
    pub fn record(&self) -> Result<String, Error> {
        self.one("SELECT record FROM mark", [])
    }

    /// Returns the version of the tables.
    pub fn version(&self) -> Result<i64, Error> {
        schema::version(self.connection)
    }

    /// Returns the first cell of the only row.
    pub(crate) fn one<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<T, Error> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
    }

    /// Returns the row as `read` makes it, where there is one.
    pub(crate) fn maybe<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let mut read = read;
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        Ok(rows.next()?.map(&mut read).transpose()?)
    }

    /// Returns all rows as `read` makes them.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The record inside a write: what is read already shows what was written.
#[derive(Debug)]
pub struct Writing<'a> {
    pub(crate) view: View<'a>,
}

impl<'a> std::ops::Deref for Writing<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl Writing<'_> {
    /// Runs a statement and returns how many rows it met.
    pub(crate) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, Error> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }

    /// Returns the number of the row that was put in last.
    pub(crate) fn last(&self) -> i64 {
        self.connection.last_insert_rowid()
    }

    /// Moves the counter of changes and returns it.
    pub(crate) fn next_change(&self) -> Result<i64, Error> {
        self.one("UPDATE mark SET change = change + 1 RETURNING change", [])
    }
}
