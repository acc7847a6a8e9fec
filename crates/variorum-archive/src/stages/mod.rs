//! The stages of a job. Each is a map over names, and most then group by bucket what the map gave.
//!
//! Steps read and seal files, and hand on rows; what they answer depends on what they are given alone, so an engine may
//! run a step on any machine, twice, or again after a kill.

pub mod bands;
pub mod clean;
pub mod days;
pub mod ids;
pub mod lines;
pub mod place;
pub mod problems;
pub mod read;
pub mod reports;
pub mod stories;
pub mod told;

use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::seal::hex;
use crate::{Error, Job, Row};

/// A stage that is to be run: `map` over each of the names, then, if it is grouped, `group` over the rows of each bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Which one.
    pub name: String,
    /// What to map over.
    pub names: Vec<String>,
    /// Whether rows come of the map, to be grouped by their bucket; else receipts do.
    pub is_grouped: bool,
}

/// What a step hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// A row for the stage's group.
    Row(Row),
    /// Word to the driver of what was done, as JSON.
    Receipt(String),
}

/// The stages in order, and whether each is grouped.
pub const STAGES: [(&str, bool); 11] = [
    ("clean", false),
    ("lines", true),
    ("read", false),
    ("ids", true),
    ("bands", true),
    ("days", true),
    ("place", false),
    ("reports", true),
    ("told", true),
    ("stories", true),
    ("problems", true),
];

/// Does the first half of a stage for one of its names, and hands out rows or receipts.
///
/// # Errors
/// Where a file cannot be read or sealed. What is wrong with a report is no error but a problem of the archive.
pub fn map(job: &Job, stage: &str, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    match stage {
        "clean" => clean::map(job, name, out),
        "lines" => lines::map(job, name, out),
        "read" => read::map(job, name, out),
        "ids" => ids::map(job, name, out),
        "bands" => bands::map(job, name, out),
        "days" => days::map(job, name, out),
        "place" => place::map(job, name, out),
        "reports" => reports::map(job, name, out),
        "told" => told::map(job, name, out),
        "stories" => stories::map(job, name, out),
        "problems" => problems::map(job, name, out),
        _ => Err(unknown(stage)),
    }
}

/// Does the second half of a stage for all rows of one bucket, in whatever order they come, and returns receipts.
///
/// # Errors
/// As [`map`].
pub fn group(job: &Job, stage: &str, mut rows: Vec<Row>) -> Result<Vec<String>, Error> {
    // An engine brings rows in the order in which its machines happened to finish.
    if !(cfg!(feature = "unsorted") && stage == "told") {
        rows.sort_unstable();
    }
    match stage {
        "lines" => lines::group(rows),
        "ids" => ids::group(job, rows),
        "bands" => bands::group(job, rows),
        "days" => days::group(job, rows),
        "reports" => reports::group(job, rows),
        "told" => told::group(job, rows),
        "stories" => stories::group(job, rows),
        "problems" => problems::group(job, rows),
        _ => Err(unknown(stage)),
    }
}

fn unknown(stage: &str) -> Error {
    Error::Engine { stage: stage.to_owned(), reason: "there is no such stage in this version".to_owned() }
}

/// Files between two stages that go by one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Files {
    /// Their name.
    pub name: String,
    /// Rows of the first of them.
    pub rows: u64,
    /// Problems in them.
    pub problems: u64,
}

/// Returns a name for what comes of some rows, made from all that they say: a bucket's number would be another bucket's in
/// a run that is cut into other parts.
fn file_name(rows: &[Row]) -> String {
    let mut sum = Sha256::new();
    for row in rows {
        for part in [row.key.as_bytes(), &row.body] {
            sum.update((part.len() as u64).to_le_bytes());
            sum.update(part);
        }
    }
    hex(&sum.finalize()[..16])
}

/// Returns what an earlier run sealed.
fn again<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Returns a receipt as JSON.
fn receipt(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("a receipt is plain data")
}

/// Returns a noun as JSON: nouns leave fields out, which only an encoding with names can read back.
fn json(of: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(of).expect("a noun is plain data")
}

fn of_json<T: DeserializeOwned>(stage: &str, bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| unfit(stage, &error))
}

/// Returns a value of the archive's own as few bytes.
fn packed(of: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(of).expect("plain data is packed")
}

fn unpacked<T: DeserializeOwned>(stage: &str, bytes: &[u8]) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|error| unfit(stage, &error))
}

fn unfit(stage: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Engine { stage: stage.to_owned(), reason: format!("a row is not as it was written ({error})") }
}
