//! Lines of standard input answered on all cores, each as soon as it can be, in the order in which they came.
//!
//! One thread reads, the pool works, the caller prints. What is on its way is bounded in lines and in bytes, so memory
//! does not grow with the stream; and nobody waits for a line that was not written yet.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use anyhow::Context;
use serde::Serialize;
use variorum::news::{Problem, ProblemLine};

use crate::Outcome;
use crate::lines::{self, Printer};

/// Bytes of lines that may be on their way; a single longer line goes alone.
const MOST_BYTES: usize = 32 << 20;

/// A line's way from the reader to the printer.
struct Pending {
    answer: Receiver<Answer>,
    bytes: usize,
}

/// What is printed for a line.
struct Answer {
    line: serde_json::Result<Vec<u8>>,
    is_good: bool,
}

/// Answers every line of standard input that is not empty; `answer` is given the line and its number.
pub fn for_each<T: Serialize>(
    answer: impl Fn(&str, usize) -> Result<T, Problem> + Send + Sync + 'static,
) -> anyhow::Result<Outcome> {
    let room = Arc::new(Room::default());
    let (sender, waiting) = sync_channel(2 * rayon::current_num_threads());
    let reader = {
        let room = Arc::clone(&room);
        // Not a scoped thread: where printing fails the program ends without waiting for the next line.
        std::thread::spawn(move || read(&room, &sender, &Arc::new(answer)))
    };
    print(&waiting, &room)?.with_reader(reader)
}

/// The lines that were printed; the reader tells whether they were all.
struct Printed(Printer);

impl Printed {
    fn with_reader(self, reader: std::thread::JoinHandle<std::io::Result<()>>) -> anyhow::Result<Outcome> {
        match reader.join() {
            Ok(read) => read.context("cannot read standard input")?,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        self.0.end()
    }
}

/// Reads lines and hands them to the pool until there are no more, or nobody prints them.
fn read<T: Serialize>(
    room: &Arc<Room>,
    waiting: &SyncSender<Pending>,
    answer: &Arc<impl Fn(&str, usize) -> Result<T, Problem> + Send + Sync + 'static>,
) -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    for number in 1.. {
        let mut line = Vec::new();
        let (read, cut) = variorum_read::next_line(&mut input, &mut line)?;
        if read == 0 {
            break;
        }
        if !cut && lines::is_blank(&line) {
            continue;
        }
        let bytes = line.len();
        room.take(bytes);
        let (sender, receiver) = sync_channel(1);
        let answer = Arc::clone(answer);
        rayon::spawn(move || {
            let found = if cut { Err(lines::too_long(number)) } else { lines::text(&line, number) };
            let found = found.and_then(|line| answer(line, number));
            // Nobody listens any more where printing has failed.
            let _ = sender.send(Answer::of(found));
        });
        if waiting.send(Pending { answer: receiver, bytes }).is_err() {
            break;
        }
    }
    Ok(())
}

impl Answer {
    fn of<T: Serialize>(found: Result<T, Problem>) -> Self {
        match found {
            Ok(found) => Answer { line: serde_json::to_vec(&found), is_good: true },
            Err(problem) => Answer { line: serde_json::to_vec(&ProblemLine { problem }), is_good: false },
        }
    }
}

/// Prints answers in order; whatever must be waited for is waited for with everything before it handed on.
fn print(waiting: &Receiver<Pending>, room: &Room) -> anyhow::Result<Printed> {
    let mut printer = Printer::new();
    loop {
        let Some(pending) = soon(waiting, &mut printer)? else { return Ok(Printed(printer)) };
        let Some(answer) = soon(&pending.answer, &mut printer)? else {
            anyhow::bail!("a line was lost on its way");
        };
        printer.printed(&answer.line?, answer.is_good)?;
        room.give(pending.bytes);
    }
}

/// Receives the next value, or nothing where there are no more; flushes before it waits.
fn soon<T>(from: &Receiver<T>, printer: &mut Printer) -> anyhow::Result<Option<T>> {
    match from.try_recv() {
        Ok(value) => return Ok(Some(value)),
        Err(TryRecvError::Disconnected) => return Ok(None),
        Err(TryRecvError::Empty) => printer.flush()?,
    }
    Ok(from.recv().ok())
}

/// The bytes on their way.
#[derive(Default)]
struct Room {
    taken: Mutex<usize>,
    freed: Condvar,
}

impl Room {
    /// Waits until so many bytes fit, or nothing else is on its way.
    fn take(&self, bytes: usize) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken > 0 && *taken + bytes > MOST_BYTES;
        *self.freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn give(&self, bytes: usize) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.freed.notify_one();
    }
}
