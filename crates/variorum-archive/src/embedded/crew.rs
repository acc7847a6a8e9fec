//! Threads that share out work, never more at a time than memory holds.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Machine;
use crate::Error;

/// Threads of one job.
pub struct Crew {
    pool: ThreadPool,
    memory: u64,
}

/// Tells steps under way that another one failed, so that what they do is in vain.
#[derive(Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// Fails where another step has.
    pub fn check(&self, stage: &str) -> Result<(), Error> {
        if self.0.load(Ordering::Relaxed) {
            return Err(Error::Engine { stage: stage.to_owned(), reason: "another step failed".to_owned() });
        }
        Ok(())
    }
}

impl Crew {
    /// Starts the threads.
    pub fn new(machine: &Machine) -> Result<Self, Error> {
        // For rayon 0 is as many as there are cores.
        let threads = machine.threads.unwrap_or(0);
        let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(|n| format!("archive {n}")).build();
        let pool = pool.map_err(|error| Error::Engine { stage: "start".to_owned(), reason: error.to_string() })?;
        Ok(Crew { pool, memory: machine.memory })
    }

    /// Does the work of every task, each with the bytes that it weighs, and calls `done` with what each gave, as they end.
    ///
    /// No more tasks are under way at a time than weigh what memory holds, but one at least. Tasks are handed out here and
    /// not by threads of the pool, which might wait for one another. The first error is returned, and ends the work.
    pub fn each<T: Send, R: Send>(
        &self,
        stage: &str,
        tasks: impl Iterator<Item = (u64, T)>,
        name: impl Fn(&T) -> String + Sync,
        work: impl Fn(T, &Stop) -> Result<R, Error> + Sync,
        done: &mut dyn FnMut(R),
    ) -> Result<(), Error> {
        let stop = Stop::default();
        let (sender, ended) = mpsc::channel();
        self.pool.in_place_scope(|scope| {
            let mut tasks = tasks.peekable();
            let (mut running, mut weight) = (0, 0);
            let mut failed: Option<Error> = None;
            loop {
                let has_room = |running, weight: u64, more| {
                    running == 0 || (running < self.pool.current_num_threads() && weight + more <= self.memory)
                };
                while failed.is_none()
                    && let Some((more, task)) = tasks.next_if(|(more, _)| has_room(running, weight, *more))
                {
                    (running, weight) = (running + 1, weight + more);
                    let (sender, name, work, stop) = (sender.clone(), &name, &work, &stop);
                    scope.spawn(move |_| {
                        let called = name(&task);
                        let ended = catch_unwind(AssertUnwindSafe(|| work(task, stop)));
                        let ended = ended.unwrap_or_else(|panic| Err(broke(stage, called, &*panic)));
                        // Nobody hangs up before all have answered.
                        let _ = sender.send((more, ended));
                    });
                }
                if running == 0 {
                    return failed.map_or(Ok(()), Err);
                }
                let (less, ended) = ended.recv().expect("a sender is held here");
                (running, weight) = (running - 1, weight - less);
                match ended {
                    Ok(gave) => done(gave),
                    // What fails after the first one may only have been stopped.
                    Err(error) => {
                        stop.0.store(true, Ordering::Relaxed);
                        failed.get_or_insert(error);
                    }
                }
            }
        })
    }
}

fn broke(stage: &str, name: String, panic: &(dyn Any + Send)) -> Error {
    let words = panic.downcast_ref::<&str>().copied();
    let reason = words.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given");
    Error::Broke { stage: stage.to_owned(), name, reason: reason.to_owned() }
}
