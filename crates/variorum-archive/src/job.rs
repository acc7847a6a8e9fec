//! A job: what every worker needs to know, as one small value that travels with the work.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What an archive is made from, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Files and folders with reports.
    pub inputs: Vec<PathBuf>,
    /// The folder of the archive; all workers must see it, and the inputs, under the same names.
    pub out: PathBuf,
    /// What the result depends on.
    #[serde(default)]
    pub options: Options,
    /// Into how many parts an engine cuts what it regroups. The result does not depend on it.
    #[serde(default = "parts")]
    pub partitions: u32,
    /// Keeps what the steps between wrote, so that a job with more inputs need not clean and annotate again.
    #[serde(default)]
    pub keep_work: bool,
}

fn parts() -> u32 {
    16
}

/// What the result of a job depends on, beside its inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Days after which a story takes no more reports.
    pub window: u32,
    /// Publication date for texts that carry none.
    pub published: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { window: 14, published: None }
    }
}

/// What every worker needs to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The folder of the archive.
    pub out: PathBuf,
    /// What the result depends on.
    pub options: Options,
    /// Into how many parts an engine cuts what it regroups.
    pub partitions: u32,
}

impl Job {
    /// Returns the folder of what the steps write for one another.
    pub fn work(&self) -> PathBuf {
        self.out.join(".work")
    }

    /// Returns a file that one step writes for another.
    pub(crate) fn between(&self, stage: &str, file: impl AsRef<Path>) -> PathBuf {
        self.work().join(stage).join(file)
    }
}
