//! A job: what every worker needs to know, as one small value that travels with the work.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::rows::bucket;
use crate::seats::Drawer;

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
    /// Keeps what the steps between wrote, so that a job with more inputs need not clean and annotate again.
    #[serde(default)]
    pub keep_work: bool,
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
    /// The folder that the names of inputs begin in.
    pub base: PathBuf,
    /// The folder of the archive.
    pub out: PathBuf,
    /// What the result depends on.
    pub options: Options,
}

impl Job {
    /// Returns the folder of what the steps write for one another.
    pub fn work(&self) -> PathBuf {
        self.out.join(".work")
    }

    /// Returns where an input of that name lies.
    pub(crate) fn input(&self, name: &str) -> PathBuf {
        self.base.join(name)
    }

    /// Returns a file that one step writes for another.
    pub(crate) fn between(&self, stage: &str, file: impl AsRef<Path>) -> PathBuf {
        self.work().join(stage).join(file)
    }

    /// Returns what the driver sealed for the steps of later stages.
    pub(crate) fn known<T: DeserializeOwned>(&self, file: &str) -> Result<T, Error> {
        let path = self.work().join(file);
        let bytes = std::fs::read(&path).map_err(Error::disk(&path))?;
        serde_json::from_slice(&bytes).map_err(|error| Error::damaged(&path, error))
    }

    /// Returns into how many files each drawer of a table goes.
    pub(crate) fn parts(&self, file: &str) -> Result<Parts, Error> {
        Ok(Parts(self.known(file)?))
    }
}

/// Into how many files each drawer of a table goes: told by what lies in it, never by how an engine was cut.
pub(crate) struct Parts(BTreeMap<String, u32>);

impl Parts {
    /// Bytes of one file before they are packed, about.
    const BYTES: u64 = 256 << 20;

    /// Returns the number of files by the bytes of each drawer.
    pub fn of(bytes: &BTreeMap<String, u64>) -> BTreeMap<&str, u64> {
        bytes.iter().map(|(drawer, bytes)| (drawer.as_str(), bytes.div_ceil(Self::BYTES).max(1))).collect()
    }

    /// Returns the key of a file that something of a name goes into.
    pub fn key(&self, drawer: &Drawer, name: &str) -> String {
        let drawer = drawer.key();
        let part = bucket(name, self.0.get(&drawer).copied().unwrap_or(1));
        format!("{drawer}\t{part:04}")
    }
}
