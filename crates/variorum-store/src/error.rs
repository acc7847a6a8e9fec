//! What can go wrong on a disk, each with what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::search::QueryError;

/// Why the store could not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no file of that name.
    #[error("there is no record at {}\n  hint: `variorum add` makes one", path.display())]
    NotThere {
        /// The name as given.
        path: PathBuf,
    },
    /// A file, but not one of ours.
    #[error("{} is no record of variorum\n  hint: give the path of a file that `variorum add` made", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A file of a later program.
    #[error(
        "{} was written by a newer variorum (record version {found}; this one knows {known})\n  hint: use the newer program",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i64,
        /// The last version that this program knows.
        known: i64,
    },
    /// A file or a folder that cannot be opened, read or written.
    #[error("cannot {doing} {}: {reason}\n  hint: see that the folder exists and may be written", path.display())]
    Disk {
        /// What was tried: "open", "write" …
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Another process has been writing for too long.
    #[error("another process is writing to the record and does not end\n  hint: see which one it is, and try again")]
    Busy,
    /// No room on the disk.
    #[error("the disk is full; nothing of this was kept\n  hint: make room, or forget old reports")]
    Full,
    /// SQLite says that the file is damaged.
    #[error("the record is damaged: {reason}\n  hint: `variorum doctor` tells what is left; go back to a backup")]
    Damaged {
        /// What SQLite says.
        reason: String,
    },
    /// Anything else that SQLite refuses.
    #[error("the record refused: {reason}\n  hint: `variorum doctor` examines it")]
    Sql {
        /// What SQLite says.
        reason: String,
    },
    /// A value that does not come back as what it was.
    #[error("{what} cannot be read back: {reason}\n  hint: `variorum doctor` tells which others; go back to a backup")]
    Body {
        /// The value, by name.
        what: String,
        /// What the reader says.
        reason: String,
    },
    /// The thread that writes has ended.
    #[error("the record is closed for writing\n  hint: start the program again")]
    Closed,
    /// A piece of work broke off; nothing of it was kept.
    #[error("a write broke off and was undone\n  hint: this is a fault of the program; please report it")]
    BrokeOff,
    /// The name of a report, a story or a correction that is not in the record.
    #[error("there is no {what} in the record")]
    Unknown {
        /// The thing, by name.
        what: String,
    },
    /// What was asked would leave the record in a state that it may not be in; says why.
    #[error("{reason}")]
    Refused {
        /// Why, and what to do instead.
        reason: String,
    },
    /// The search index cannot be written.
    #[error(
        "the search index cannot be used: {reason}\n  hint: see that there is room on the disk; `variorum reindex` makes it anew"
    )]
    Search {
        /// What the index says.
        reason: String,
    },
    /// A query that cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A place in a list that was not given out for this list.
    #[error("this is no place in this list\n  hint: begin the list anew, without `after`")]
    Cursor,
}

impl Error {
    pub(crate) fn disk(doing: &'static str, path: &Path, error: &dyn std::fmt::Display) -> Self {
        Error::Disk { doing, path: path.to_owned(), reason: error.to_string() }
    }

    pub(crate) fn unknown(what: impl Into<String>) -> Self {
        Error::Unknown { what: what.into() }
    }

    pub(crate) fn refused(reason: impl Into<String>) -> Self {
        Error::Refused { reason: reason.into() }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
            Some(ErrorCode::DiskFull) => Error::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Damaged { reason },
            _ => Error::Sql { reason },
        }
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Error::Search { reason: error.to_string() }
    }
}
