//! What decides which stage comes next; it is the same whatever engine runs the stages.

use serde::Serialize;

use crate::{Config, Error, Job, Manifest, Stage};

/// A job that is under way: hands out one stage after the other and takes what they tell.
#[derive(Debug)]
pub struct Driver {
    job: Job,
}

/// What a job came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// What the archive holds.
    pub manifest: Manifest,
    /// Whether it was whole before, so that nothing was left to do.
    pub was_whole: bool,
}

impl Driver {
    /// Begins a job, or goes on with it where it stopped.
    pub fn begin(config: Config) -> Result<Driver, Error> {
        Ok(Driver { job: Job { out: config.out, options: config.options, partitions: config.partitions } })
    }

    /// Returns what every worker needs to know.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// Returns the stage that is to be run now; none once all are done.
    pub fn stage(&mut self) -> Result<Option<Stage>, Error> {
        Ok(None)
    }

    /// Takes the receipts of the stage that was run, in any order.
    pub fn take(&mut self, _stage: &Stage, _receipts: Vec<String>) -> Result<(), Error> {
        Ok(())
    }

    /// Seals the manifest.
    pub fn finish(self) -> Result<Summary, Error> {
        Err(Error::Nothing)
    }
}
