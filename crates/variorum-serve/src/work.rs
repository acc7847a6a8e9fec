//! The desk of a server: a thread that places what comes in, keeps stories made and the search in step.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde::Serialize;
use variorum_newsroom::{Desk, Options, Taken, Worked};

use crate::State;

/// How long the thread rests where nothing is to do.
const REST: Duration = Duration::from_millis(200);
/// How often the search takes in what changed.
const CATCH_UP: Duration = Duration::from_secs(1);
/// How often a desk that another process has is asked for again.
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// What the desk does, for whoever looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "desk", rename_all = "kebab-case")]
pub enum Doing {
    /// Nobody works at a desk in this process.
    #[default]
    Nothing,
    /// This process has the desk.
    Here {
        /// Reports that wait to be placed.
        unplaced: u64,
        /// Stories that wait to be made anew.
        stale: u64,
    },
    /// Another process has the desk.
    Elsewhere {
        /// The number of that process, where it is known.
        process: Option<u32>,
    },
}

/// Where the desk says what it does. A clone is the same board.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Mutex<Written>>);

/// What stands on a board.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Written {
    /// What the desk does.
    #[serde(flatten)]
    pub doing: Doing,
    /// What failed last, until something succeeds.
    pub trouble: Option<String>,
}

impl Board {
    /// Returns what stands there.
    pub fn read(&self) -> Written {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the board of a desk at work.
    #[cfg(test)]
    pub fn at_work() -> Self {
        let board = Board::default();
        board.write(|written| written.doing = Doing::Here { unplaced: 0, stale: 0 });
        board
    }

    fn write(&self, change: impl FnOnce(&mut Written)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A desk at work. It is left when told to, or when dropped.
#[derive(Debug)]
pub struct Running {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Starts to work at the desk, and says on the board what it does.
pub fn start(state: State, options: Options, board: Board) -> Running {
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    let thread = std::thread::Builder::new()
        .name("desk".to_owned())
        .spawn(move || {
            let _said = Leaving(board.clone());
            let round = Round { state, options, board, stop: told };
            // Readers go first: making stories takes half of the processors at most. Without threads of its own the desk
            // works with those of the process.
            match rayon::ThreadPoolBuilder::new().num_threads(share()).thread_name(|n| format!("desk {n}")).build() {
                Ok(threads) => threads.install(|| round.all()),
                Err(_) => round.all(),
            }
        })
        .ok();
    Running { stop, thread }
}

fn share() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2))
}

impl Running {
    /// Lets the round at hand end, and leaves the desk in order.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A desk that broke off has said so on the board.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Says on the board that nobody works any more, also where the work broke off.
struct Leaving(Board);

impl Drop for Leaving {
    fn drop(&mut self) {
        let broke_off = std::thread::panicking();
        self.0.write(|written| {
            written.doing = Doing::Nothing;
            if broke_off {
                written.trouble = Some("the desk broke off; start the server again, and report this fault".to_owned());
            }
        });
    }
}

struct Round {
    state: State,
    options: Options,
    board: Board,
    stop: Arc<AtomicBool>,
}

impl Round {
    fn all(&self) {
        let mut desk: Option<Desk> = None;
        let mut asked: Option<Instant> = None;
        let mut caught_up: Option<Instant> = None;
        while !self.stop.load(Ordering::Relaxed) {
            let due = |last: Option<Instant>, every| last.is_none_or(|last: Instant| last.elapsed() >= every);
            if desk.is_none() && due(asked, ASK_AGAIN) {
                asked = Some(Instant::now());
                desk = self.take();
            }
            let idle = desk.as_mut().is_none_or(|desk| self.work(desk));
            if due(caught_up, CATCH_UP) {
                self.note(self.state.search.catch_up(&self.state.store).map(|_| ()));
                caught_up = Some(Instant::now());
            }
            if idle {
                std::thread::park_timeout(REST);
            }
        }
        if let Some(desk) = desk {
            self.note(desk.leave());
        }
    }

    fn take(&self) -> Option<Desk> {
        match Desk::take(&self.state.store, self.options.clone()) {
            Ok(Taken::Here(desk)) => Some(desk),
            Ok(Taken::Elsewhere(process)) => {
                self.board.write(|written| written.doing = Doing::Elsewhere { process });
                None
            }
            Err(error) => {
                self.note(Err(error));
                None
            }
        }
    }

    /// Does a round of work; tells whether nothing is left.
    fn work(&self, desk: &mut Desk) -> bool {
        match desk.work((self.state.clock)()) {
            Ok(Worked { unplaced, stale, .. }) => {
                self.board
                    .write(|written| *written = Written { doing: Doing::Here { unplaced, stale }, trouble: None });
                unplaced == 0 && stale == 0
            }
            Err(error) => {
                self.note(Err(error));
                true
            }
        }
    }

    fn note<E: std::fmt::Display>(&self, done: Result<(), E>) {
        if let Err(error) = done {
            self.board.write(|written| written.trouble = Some(error.to_string()));
        }
    }
}
