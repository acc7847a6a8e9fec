//! What can fail at the desk.

/// Why the desk could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record failed.
    #[error(transparent)]
    Store(#[from] variorum_store::Error),
    /// What was asked names something that is not there, or cannot be done; a sentence for the person who asked.
    #[error("{0}")]
    Refused(String),
}
