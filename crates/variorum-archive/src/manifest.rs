//! What an archive holds: every file with its sum, so that two archives are equal if their manifests are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Options;

/// The shape of a manifest.
pub const SCHEMA: &str = "variorum/archive@1";

/// What an archive was made from and what it holds. Nothing in it tells which engine made it, when, or in how many parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape: `variorum/archive@1`.
    pub schema: String,
    /// The version of the program.
    pub program: String,
    /// What was asked for.
    pub options: Options,
    /// The name of the table of repeated lines that was held against the reports.
    pub repeated_lines: String,
    /// The name of the tables of frequencies that each language was grouped by, one a day, each frozen before the day.
    pub frequencies: BTreeMap<String, String>,
    /// What was read, by name.
    pub inputs: Vec<Input>,
    /// Reports in the archive.
    pub reports: u64,
    /// Stories in the archive.
    pub stories: u64,
    /// Inputs, or parts of them, that could not be used.
    pub problems: u64,
    /// What was written, by name.
    pub files: Vec<Sealed>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Its name, as given.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sealed {
    /// Its name within the archive.
    pub path: String,
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}
