#![doc = include_str!("../README.md")]

mod ask;
mod door;
mod download;
mod error;
mod exchange;
mod fields;
mod guard;
mod lookup;
mod proxy;
pub mod robots;
mod shown;
mod unpack;
mod wire;

use std::time::Duration;

pub use ask::{ask, is_this_machine};
pub use door::{Answer, Door, Get, Policy, Post};
pub use download::{Known, download, sha256};
pub use error::{Astray, Error};
pub use shown::shown;

/// The most redirects that are followed.
pub const MOST_STEPS: usize = 5;

/// How much a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of an answer, unpacked.
    pub bytes: u64,
    /// The time for all of it.
    pub time: Duration,
}

/// The parsers that strangers' bytes come to, for the fuzz targets.
#[doc(hidden)]
pub mod parsers {
    pub use crate::fields::{fresh_for, retry_after};
    pub use crate::unpack::unpack;
}

#[cfg(test)]
mod tests;
