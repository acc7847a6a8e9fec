//! The readers: a few connections of their own, that never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::{Error, View, connection};

/// How many pages can be read at once; more wait their turn.
const MOST: usize = 16;

#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    open: usize,
}

impl Readers {
    pub fn new(path: &Path) -> Self {
        Readers { path: path.to_owned(), pool: Mutex::default(), returned: Condvar::new() }
    }

    /// Reads in one transaction: all that `work` sees is of one moment.
    pub fn read<T>(&self, work: impl FnOnce(&View) -> Result<T, Error>) -> Result<T, Error> {
        let borrowed = Borrowed { connection: Some(self.borrow()?), readers: self };
        let connection = borrowed.connection.as_ref().expect("it is given back at the end alone");
        let transaction = connection.unchecked_transaction()?;
        let found = work(&View { connection: &transaction })?;
        transaction.commit()?;
        Ok(found)
    }

    fn borrow(&self) -> Result<Connection, Error> {
        let mut pool = self.pool();
        loop {
            if let Some(idle) = pool.idle.pop() {
                return Ok(idle);
            }
            if pool.open < MOST {
                break;
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        pool.open += 1;
        drop(pool);
        connection::reading(&self.path).inspect_err(|_| {
            self.pool().open -= 1;
            self.returned.notify_one();
        })
    }

    /// A reader that broke off leaves the pool as good as it was.
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that goes back to the pool whatever happens.
struct Borrowed<'a> {
    connection: Option<Connection>,
    readers: &'a Readers,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.pool();
        pool.idle.extend(self.connection.take());
        drop(pool);
        self.readers.returned.notify_one();
    }
}
