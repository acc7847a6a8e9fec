#![doc = include_str!("../README.md")]

mod columns;
mod driver;
mod embedded;
mod error;
mod files;
mod job;
mod manifest;
mod rows;
mod seal;
mod seats;
mod stages;
mod tables;
#[cfg(test)]
mod tests;
mod verify;

pub use driver::{Driver, MANIFEST, Summary};
pub use embedded::{Machine, Progress, Ran, Spent, run};
pub use error::Error;
pub use files::files;
pub use job::{Config, Job, Options};
pub use manifest::{Input, Manifest, Sealed};
pub use rows::{Row, of_batch, to_batch};
pub use seal::sha256;
pub use stages::{Out, Stage, group, map};
pub use tables::{problems_of, reports_of};
pub use verify::{Flaw, holds, manifest, verify};
