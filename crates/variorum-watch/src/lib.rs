#![doc = include_str!("../README.md")]

pub mod bridge;
mod check;
mod discover;
mod house;
mod list;
mod pages;
mod pool;
mod robots;
pub mod schedule;
mod take;
mod watching;

#[cfg(test)]
mod tests;

pub use check::{Asked, Told, Watch};
pub use discover::{Discovered, discover};
pub use list::{List, Synced, read_list, sync};
pub use pages::Pages;
pub use watching::{Running, Watching};

/// Why something of the watch failed altogether; what a source does wrong is no error but stands in its sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record failed.
    #[error(transparent)]
    Store(#[from] variorum_store::Error),
    /// The network, or what it gave.
    #[error(transparent)]
    Fetch(#[from] variorum_fetch::Error),
    /// There is no such source.
    #[error("no source has the address {0}\n  hint: `variorum sources` lists them")]
    Unknown(String),
}
