//! What can go wrong with the world around an archive.

use std::path::{Path, PathBuf};

/// Why an archive cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Disk {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file of the archive is not as it was sealed.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// Which one.
        path: PathBuf,
        /// In what way.
        reason: String,
    },
    /// The folder holds something else, or the archive of another job.
    #[error("{} {reason}", path.display())]
    Taken {
        /// Which one.
        path: PathBuf,
        /// By what.
        reason: String,
    },
    /// Another process works on the folder.
    #[error("{} is being worked on by another process", path.display())]
    Busy {
        /// Which one.
        path: PathBuf,
    },
    /// No input was named or found.
    #[error("there is nothing to read{}", why.as_ref().map(|problem| format!(": {problem}")).unwrap_or_default())]
    Nothing {
        /// The first of what stood in the way.
        why: Option<String>,
    },
    /// A folder holds no archive, or one that is not whole yet.
    #[error("{} holds no archive that is whole", path.display())]
    Unsealed {
        /// Which one.
        path: PathBuf,
    },
    /// A step broke off, which is a fault of ours.
    #[error("stage `{stage}` broke off at {name}: {reason}")]
    Broke {
        /// The stage at work.
        stage: String,
        /// What it was at.
        name: String,
        /// What it said last.
        reason: String,
    },
    /// An engine handed in what no stage made.
    #[error("stage `{stage}`: {reason}")]
    Engine {
        /// The stage at work.
        stage: String,
        /// What does not fit.
        reason: String,
    },
}

impl Error {
    /// Returns what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Disk { .. } => {
                "check that the folder can be written to and has room; run the same command again to go on"
            }
            Error::Damaged { .. } => "remove that file and run the same command again",
            Error::Taken { .. } => "name another folder, or remove this one",
            Error::Busy { .. } => "wait until it is done, or end it; then run the same command again",
            Error::Nothing { .. } => "name files or folders with .warc.gz, .jsonl, .parquet or other reports",
            Error::Unsealed { .. } => {
                "name the folder that `variorum archive --out` wrote; where that was stopped, run the same command again"
            }
            Error::Broke { .. } => {
                "this is a fault of the program: report it with the name; what is done is kept, so leave that input out and go on"
            }
            Error::Engine { .. } => "use the same version of the program on the driver and on all workers",
        }
    }

    /// Returns an error of the disk at a path.
    pub(crate) fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Disk { path, source }
    }

    /// Returns that a file is damaged.
    pub(crate) fn damaged(path: &Path, reason: impl std::fmt::Display) -> Error {
        Error::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
