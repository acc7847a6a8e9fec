//! Alerts at work beside a server: one thread looks, another sends.

use std::fs::{File, OpenOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use variorum_store::Store;
use variorum_store::search::Search;

use crate::{Post, look, post};

/// How long the threads rest where nothing is to do.
const REST: Duration = Duration::from_millis(500);
/// How long they rest after something failed, or while another process has the alerts.
const LONG_REST: Duration = Duration::from_secs(5);

/// Tells the time in seconds since 1970.
pub type Clock = fn() -> i64;

/// How alerts are told.
#[derive(Debug, Clone)]
pub struct Options {
    /// By which ways messages go out.
    pub post: Post,
}

/// Alerts at work. They stop when told to, or when dropped.
#[derive(Debug)]
pub struct Running {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts to look and to send. Of several processes with one record, one does.
pub fn start(store: Store, search: Arc<Search>, clock: Clock, options: Options) -> Running {
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    let thread = std::thread::Builder::new().name("alerts".to_owned()).spawn(move || {
        let Some(_lock) = locked(&store, &told) else { return };
        let Options { post } = options;
        begin(&store, clock());
        let sender = Sender { store: store.clone(), post, clock, stop: told.clone() };
        let sending = std::thread::Builder::new().name("alerts post".to_owned()).spawn(move || sender.all());
        if let Err(error) = &sending {
            tracing::error!(%error, "alerts cannot be sent: the system refuses a thread");
        }
        look_on(&store, &search, clock, &told);
        if let Ok(sending) = sending {
            sending.thread().unpark();
            // A sender that broke off has left its claim, which the next start takes up.
            let _ = sending.join();
        }
    });
    Running { stop, threads: thread.into_iter().collect() }
}

impl Running {
    /// Lets the look and the message at hand end.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Waits until no other process has the alerts of this record. The system lets go of the lock with the process.
fn locked(store: &Store, stop: &AtomicBool) -> Option<File> {
    let mut name = store.path().as_os_str().to_owned();
    name.push(".alerts");
    while !stop.load(Ordering::Relaxed) {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&name);
        match file {
            Ok(file) if file.try_lock().is_ok() => return Some(file),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the lock of the alerts cannot be opened"),
        }
        std::thread::park_timeout(LONG_REST);
    }
    None
}

fn begin(store: &Store, now: i64) {
    match store.write(move |writing| writing.take_up_sending(now)) {
        Ok(0) => {}
        Ok(messages) => tracing::warn!(messages, "messages were under way when the program stopped"),
        Err(error) => tracing::error!(%error, "what was under way cannot be taken up"),
    }
}

fn look_on(store: &Store, search: &Search, clock: Clock, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        let rest = match look(store, search, clock()) {
            Ok(looked) => {
                if looked.told > 0 {
                    tracing::info!(alerts = looked.told, "told");
                }
                if looked.more { Duration::from_millis(20) } else { REST }
            }
            Err(error) => {
                tracing::error!(%error, "alerts cannot be looked for");
                LONG_REST
            }
        };
        std::thread::park_timeout(rest);
    }
}

struct Sender {
    store: Store,
    post: Post,
    clock: Clock,
    stop: Arc<AtomicBool>,
}

impl Sender {
    fn all(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            match post(&self.store, &self.post, (self.clock)()) {
                Ok(Some(_)) => {}
                Ok(None) => std::thread::park_timeout(REST),
                Err(error) => {
                    tracing::error!(%error, "alerts cannot be sent");
                    std::thread::park_timeout(LONG_REST);
                }
            }
        }
    }
}
