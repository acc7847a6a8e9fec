//! The stages of a job. Each is a map over names, and most then group by bucket what the map gave.
//!
//! Steps read and seal files, and hand on rows; what they answer depends on what they are given alone, so an engine may
//! run a step on any machine, twice, or again after a kill.

mod clean;

use serde::{Deserialize, Serialize};

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

/// Does the first half of a stage for one of its names, and hands out rows or receipts.
pub fn map(job: &Job, stage: &str, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    match stage {
        "clean" => clean::map(job, name, out),
        _ => Err(unknown(stage)),
    }
}

/// Does the second half of a stage for all rows of one bucket, in whatever order they come, and returns receipts.
pub fn group(job: &Job, stage: &str, mut rows: Vec<Row>) -> Result<Vec<String>, Error> {
    rows.sort_unstable();
    let _ = job;
    match stage {
        _ => Err(unknown(stage)),
    }
}

fn unknown(stage: &str) -> Error {
    Error::Engine { stage: stage.to_owned(), reason: "there is no such stage in this version".to_owned() }
}

/// Returns a receipt as JSON.
fn receipt(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("a receipt is plain data")
}
