//! The writer: one thread with one connection, that commits what waits together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Error, View, Writing, connection};

/// How many pieces of work may wait; who comes then waits at the door.
const WAITING: usize = 256;
/// How many go into one transaction at most.
const TOGETHER: usize = 256;

/// A piece of work, run inside the transaction; says later, when the commit is done or failed, what became of it.
///
/// Without a transaction it is told why there is none.
type Job = Box<dyn FnOnce(Result<&Writing, Error>) -> Done + Send>;
/// Tells the one who asked, with the error of the commit where it failed.
type Tell = Box<dyn FnOnce(Option<Error>)>;

struct Done {
    well: bool,
    tell: Tell,
}

#[derive(Debug)]
pub struct Writer {
    door: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub fn start(path: &Path) -> Result<Self, Error> {
        let connection = connection::writing(path)?;
        let (door, jobs) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("variorum-writer".to_owned())
            .spawn(move || work(connection, &jobs))
            .map_err(|e| Error::disk("start the writer of", path, &e))?;
        Ok(Writer { door: Mutex::new(Some(door)), thread: Mutex::new(Some(thread)) })
    }

    /// Runs a piece of work and returns after the commit that holds it. Work that fails is undone alone.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Writing) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = sync_channel(1);
        let job: Job = Box::new(move |writing| {
            let run = || writing.and_then(work);
            let found = catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(Error::BrokeOff));
            Done {
                well: found.is_ok(),
                // Who asked may have gone; that takes nothing back.
                tell: Box::new(move |failed| {
                    let _ = answer.send(failed.map_or(found, Err));
                }),
            }
        });
        let door = self.door.lock().ok().and_then(|door| door.clone()).ok_or(Error::Closed)?;
        door.send(job).map_err(|_| Error::Closed)?;
        drop(door);
        answered.recv().map_err(|_| Error::Closed)?
    }
}

impl Drop for Writer {
    /// Ends the thread after all that waits is written, so that the file is whole and its log is folded in.
    fn drop(&mut self) {
        if let Ok(mut door) = self.door.lock() {
            door.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

/// While one commit waits for the disk, more work gathers; the next transaction takes all of it. So nobody waits for
/// a clock, and the busier it is the fewer commits a piece of work costs.
fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let together: Vec<Job> = std::iter::once(first).chain(jobs.try_iter().take(TOGETHER - 1)).collect();
        let (done, failed) = commit(&mut connection, together);
        for one in done {
            (one.tell)(failed.clone());
        }
    }
}

fn commit(connection: &mut Connection, jobs: Vec<Job>) -> (Vec<Done>, Option<Error>) {
    let mut transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => return refused(jobs, error.into()),
    };
    let mut done = Vec::with_capacity(jobs.len());
    let mut jobs = jobs.into_iter();
    for job in jobs.by_ref() {
        let (one, ended) = apart(&mut transaction, job);
        done.push(one);
        if let Err(error) = ended {
            // A full or failing disk makes SQLite give up the whole transaction: nothing after may run outside one.
            let error = Error::from(error);
            let (rest, _) = refused(jobs.collect(), error.clone());
            done.extend(rest);
            return (done, Some(error));
        }
    }
    (done, transaction.commit().err().map(Error::from))
}

/// Runs a piece of work so that its failure undoes nothing but itself.
fn apart(transaction: &mut Transaction, job: Job) -> (Done, rusqlite::Result<()>) {
    let mut savepoint = match transaction.savepoint() {
        Ok(savepoint) => savepoint,
        Err(error) => return (job(Err(Error::BrokeOff)), Err(error)),
    };
    let done = job(Ok(&Writing { view: View { connection: &savepoint } }));
    let ended = if done.well { savepoint.commit() } else { savepoint.rollback().and_then(|()| savepoint.finish()) };
    (done, ended)
}

fn refused(jobs: Vec<Job>, error: Error) -> (Vec<Done>, Option<Error>) {
    let done = jobs.into_iter().map(|job| job(Err(error.clone()))).collect();
    (done, Some(error))
}
