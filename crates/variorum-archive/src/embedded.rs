//! The runner of one machine: threads, and a folder for what is regrouped.

mod crew;
mod regroup;
mod spent;
#[cfg(test)]
mod tests;

use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crew::{Crew, Stop};
use regroup::{Bucket, Regroup};
pub use spent::Spent;

use crate::{Config, Driver, Error, Out, Row, Stage, Summary};

/// What a person may see of a job under way.
pub type Progress<'a> = &'a (dyn Fn(&str, usize, usize) + Sync);

/// What this machine gives to a job; the result does not depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// How many threads work; none for as many as there are cores.
    pub threads: Option<usize>,
    /// Bytes of rows that wait in memory, and as many that are grouped at a time; the others wait on the disk.
    pub memory: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Machine { threads: None, memory: 256 << 20 }
    }
}

/// What a run on one machine came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Ran {
    /// What the job came to.
    pub summary: Summary,
    /// What each stage took that was run, in their order; those that an earlier run did are missing.
    pub spent: Vec<Spent>,
}

/// Makes an archive on this machine. `progress` is told the stage, how many of its parts are done, and of how many.
pub fn run(config: Config, machine: &Machine, progress: Progress<'_>) -> Result<Ran, Error> {
    let crew = Crew::new(machine)?;
    let mut driver = Driver::begin(config)?;
    let mut spent = Vec::new();
    while let Some(stage) = driver.stage()? {
        let clock = spent::Clock::start();
        let folder = driver.job().work().join("regroup");
        let here = Here { crew: &crew, memory: machine.memory, folder, progress };
        let job = driver.job();
        let map = |name: &str, out: Sink<'_>| crate::map(job, &stage.name, name, out);
        let group = |rows| crate::group(job, &stage.name, rows);
        let receipts = here.run(&stage, map, group)?;
        driver.take(&stage, receipts)?;
        spent.push(clock.stop(&stage));
    }
    Ok(Ran { summary: driver.finish()?, spent })
}

/// Where a step puts what it hands out.
type Sink<'a> = &'a mut dyn FnMut(Out) -> Result<(), Error>;

/// Where stages are run.
struct Here<'a> {
    crew: &'a Crew,
    memory: u64,
    folder: PathBuf,
    progress: Progress<'a>,
}

impl Here<'_> {
    /// Runs a stage and returns its receipts, sorted, so that who came first leaves no trace.
    fn run(
        &self,
        stage: &Stage,
        map: impl Fn(&str, Sink<'_>) -> Result<(), Error> + Sync,
        group: impl Fn(Vec<Row>) -> Result<Vec<String>, Error> + Sync,
    ) -> Result<Vec<String>, Error> {
        // What a run that was killed left there would be grouped twice.
        wipe(&self.folder)?;
        let regroup = Mutex::new(Regroup::new(&self.folder, self.memory));
        let mut receipts = self.map(stage, &regroup, map)?;
        let buckets = regroup.into_inner().unwrap_or_else(PoisonError::into_inner).buckets();
        receipts.extend(self.group(stage, buckets, group)?);
        wipe(&self.folder)?;
        receipts.sort_unstable();
        Ok(receipts)
    }

    fn map(
        &self,
        stage: &Stage,
        regroup: &Mutex<Regroup>,
        map: impl Fn(&str, Sink<'_>) -> Result<(), Error> + Sync,
    ) -> Result<Vec<String>, Error> {
        let work = |name: &String, stop: &Stop| {
            let mut batch = Batch::default();
            let mut receipts = Vec::new();
            map(name, &mut |out| {
                stop.check(&stage.name)?;
                match out {
                    Out::Receipt(receipt) => receipts.push(receipt),
                    Out::Row(row) if stage.is_grouped => batch.put(row, regroup)?,
                    Out::Row(_) => return Err(rows_of_no_group(stage)),
                }
                Ok(())
            })?;
            batch.end(regroup)?;
            Ok(receipts)
        };
        let tasks = stage.names.iter().map(|name| (0, name));
        self.gather(stage, stage.names.len(), |done| {
            self.crew.each(&stage.name, tasks, |name| (*name).clone(), work, done)
        })
    }

    fn group(
        &self,
        stage: &Stage,
        buckets: Vec<Bucket>,
        group: impl Fn(Vec<Row>) -> Result<Vec<String>, Error> + Sync,
    ) -> Result<Vec<String>, Error> {
        let n = buckets.len();
        let tasks = buckets.into_iter().map(|bucket| (bucket.bytes, bucket));
        let name = |bucket: &Bucket| format!("bucket {}", bucket.number);
        let work = |bucket: Bucket, _: &Stop| group(bucket.rows()?);
        self.gather(stage, n, |done| self.crew.each(&stage.name, tasks, name, work, done))
    }

    /// Gathers the receipts of tasks as they are done, and tells how far the work is.
    fn gather(
        &self,
        stage: &Stage,
        of: usize,
        run: impl FnOnce(&mut dyn FnMut(Vec<String>)) -> Result<(), Error>,
    ) -> Result<Vec<String>, Error> {
        let (mut receipts, mut n) = (Vec::new(), 0);
        (self.progress)(&stage.name, n, of);
        run(&mut |mut some| {
            receipts.append(&mut some);
            n += 1;
            (self.progress)(&stage.name, n, of);
        })?;
        Ok(receipts)
    }
}

/// Rows of one step on their way to their buckets; the lock is taken for many at a time.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    bytes: u64,
}

/// Bytes of rows that a step gathers before it hands them over.
const BATCH: u64 = 1 << 20;

impl Batch {
    fn put(&mut self, row: Row, regroup: &Mutex<Regroup>) -> Result<(), Error> {
        self.bytes += regroup::size(&row);
        self.rows.push(row);
        if self.bytes > BATCH { self.end(regroup) } else { Ok(()) }
    }

    fn end(&mut self, regroup: &Mutex<Regroup>) -> Result<(), Error> {
        self.bytes = 0;
        let rows = mem::take(&mut self.rows);
        regroup.lock().unwrap_or_else(PoisonError::into_inner).put(rows)
    }
}

fn rows_of_no_group(stage: &Stage) -> Error {
    Error::Engine { stage: stage.name.clone(), reason: "rows came of a stage that groups none".to_owned() }
}

fn wipe(folder: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::disk(folder)(error)),
        _ => Ok(()),
    }
}
