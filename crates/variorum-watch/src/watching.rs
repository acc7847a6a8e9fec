//! Watching while a server runs: threads that ask, read and keep, until told to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tracing::{error, info, warn};
use variorum_fetch::{Get, Limits, shown};
use variorum_news::Problem;
use variorum_store::{Checked, Found, Seq, Source};
use xxhash_rust::xxh3::xxh3_64;

use crate::house::house;
use crate::list::{read_list, sync};
use crate::pool::{A_TURN, Pool, Task};
use crate::{Asked, Error, Watch, schedule};

/// How often it is looked whether something is due.
const TICK: Duration = Duration::from_millis(500);
/// How often a list on the disk is looked at, and one on the web.
const LIST: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(3_600));
/// How much waits at once at most; the rest stays in the record.
const MOST: usize = 1_000;
/// Pages of one source that are looked at together.
const PAGES: usize = 5;
/// From so many reports that wait to be placed on, the rests of long bodies wait too.
const BEHIND: usize = 1_000;
/// Between two connections to a host.
const PAUSE: Duration = Duration::from_secs(1);

/// What is watched, and how.
#[derive(Debug, Clone)]
pub struct Watching {
    /// What watches.
    pub watch: Watch,
    /// The list that is followed: a file, or an address.
    pub list: Option<String>,
    /// Tells the time.
    pub clock: fn() -> i64,
    /// How many threads ask.
    pub threads: usize,
}

/// The watch at work. It ends when told to, or when dropped.
#[derive(Debug)]
pub struct Running {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    watching: Watching,
    pool: Mutex<Pool>,
    more: Condvar,
    stop: AtomicBool,
}

impl Watching {
    /// Starts to watch.
    pub fn start(self) -> Running {
        let workers = self.threads.clamp(1, 64);
        let shared = Arc::new(Shared {
            watching: self,
            pool: Mutex::default(),
            more: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let mut threads = Vec::new();
        let mut spawn = |name: String, work: fn(&Shared)| {
            let shared = shared.clone();
            threads.extend(std::thread::Builder::new().name(name).spawn(move || work(&shared)).ok());
        };
        spawn("watch".to_owned(), Shared::look);
        for n in 0..workers {
            spawn(format!("watch {n}"), Shared::work);
        }
        Running { shared, threads }
    }
}

impl Running {
    /// Lets what is under way end, and stops.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.shared.more.notify_all();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// A list as it was seen last.
#[derive(Default)]
struct Seen {
    at: Option<Instant>,
    hash: Option<u64>,
    etag: Option<String>,
}

impl Shared {
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn now(&self) -> i64 {
        (self.watching.clock)()
    }

    /// Looks what is due, until told to stop.
    fn look(&self) {
        let mut seen = Seen::default();
        while !self.is_over() {
            self.follow_list(&mut seen);
            if let Err(error) = self.gather() {
                error!(reason = %error, "the record cannot be read");
            }
            let pool = self.pool();
            drop(self.more.wait_timeout(pool, TICK));
        }
    }

    fn gather(&self) -> Result<(), Error> {
        let now = self.now();
        let store = &self.watching.watch.store;
        let room = MOST.saturating_sub(self.pool().len());
        let (sources, items, is_behind) = store.read(|view| {
            let sources = view.sources_due(now, room.max(1))?;
            let items = view.waiting_items(now, PAGES, room.clamp(1, 200))?;
            let behind = self.pool().has_rests() && view.unplaced_after(Seq::MIN, BEHIND)?.len() >= BEHIND;
            Ok((sources, items, behind))
        })?;
        let mut pool = self.pool();
        pool.is_behind = is_behind;
        for source in sources {
            pool.add_source(&house(&source.address).unwrap_or_default(), source.n);
        }
        for item in items {
            pool.add_page(&house(&item.url).unwrap_or_default(), item);
        }
        drop(pool);
        self.more.notify_all();
        Ok(())
    }

    /// Works, until told to stop.
    fn work(&self) {
        while let Some((host, task)) = self.turn() {
            let (source, item) = match &task {
                Task::Ask(n) => (Some(*n), None),
                Task::Rest(rest) => (Some(rest.source.n), None),
                Task::Page(item) => (None, Some(item.n)),
            };
            let done = catch_unwind(AssertUnwindSafe(|| self.run(task)));
            let now = Instant::now();
            let mut pause = PAUSE;
            let mut goes_on = None;
            match done {
                Ok(Ok((rest, wait))) => {
                    pause = pause.max(wait);
                    goes_on = rest;
                }
                Ok(Err(error)) => {
                    error!(reason = %error, "what was fetched could not be kept");
                    // The disk may be full: what is not noted stays due, and must not be asked for at once.
                    pause = Duration::from_secs(30);
                }
                Err(_) => {
                    error!(source, item, "broke off");
                    self.broke_off(source, item);
                }
            }
            let mut pool = self.pool();
            if let Some(host) = &host {
                pool.left(host, pause, now);
            }
            match goes_on {
                Some(rest) => pool.add_rest(rest, now),
                None => {
                    source.into_iter().for_each(|n| pool.done_source(n));
                    item.into_iter().for_each(|n| pool.done_page(n));
                }
            }
            drop(pool);
            self.more.notify_one();
        }
    }

    fn turn(&self) -> Option<(Option<String>, Task)> {
        let mut pool = self.pool();
        loop {
            if self.is_over() {
                return None;
            }
            if let Some(turn) = pool.next(Instant::now()) {
                return Some(turn);
            }
            pool = self.more.wait_timeout(pool, TICK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Does a task; returns what is left of it, and how long its host is to be left alone.
    fn run(&self, task: Task) -> Result<(Option<Box<crate::take::Rest>>, Duration), Error> {
        let (watch, now) = (&self.watching.watch, self.now());
        let source = |n: i64| watch.store.read(|view| view.source(n));
        let is_watched = |source: &Source| source.dropped.is_none() && source.paused.is_none();
        match task {
            Task::Ask(n) => {
                // It may have been taken off, or asked by hand, since it was seen to be due.
                let Some(source) = source(n)?.filter(|source| is_watched(source) && source.due <= now) else {
                    return Ok((None, Duration::ZERO));
                };
                let asked = watch.ask(&source, now)?;
                let delay = if source.may.is_none() {
                    watch.robots.delay(&watch.door, &source.address, now)
                } else {
                    Duration::ZERO
                };
                match asked {
                    Asked::Done(told) => Ok((None, delay.max(told.leave_alone()))),
                    Asked::Items(mut rest) => {
                        let done = watch.take(&mut rest, A_TURN, now)?;
                        Ok((done.is_none().then_some(rest), delay))
                    }
                }
            }
            Task::Rest(mut rest) => {
                let done = watch.take(&mut rest, A_TURN, now)?;
                Ok((done.is_none().then_some(rest), Duration::ZERO))
            }
            Task::Page(item) => {
                let Some(source) = source(item.source)? else { return Ok((None, Duration::ZERO)) };
                let url = item.url.clone();
                let wait = watch.page(&source, *item, now)?;
                let delay =
                    if source.may.is_none() { watch.robots.delay(&watch.door, &url, now) } else { Duration::ZERO };
                Ok((
                    None,
                    delay.max(Duration::from_secs(u64::try_from(wait).unwrap_or(0)).min(Duration::from_secs(3_600))),
                ))
            }
        }
    }

    /// A fault of ours must not be met again every second.
    fn broke_off(&self, source: Option<i64>, item: Option<i64>) {
        let now = self.now();
        let found = Found::Failed("the program broke off over it; please report this fault".to_owned());
        let checked = Checked { at: now, due: now + schedule::DAY, held: None, every: None, moved: None, found };
        let noted = self.watching.watch.store.write(move |writing| {
            source.iter().try_for_each(|n| writing.note_source(*n, &checked))?;
            item.iter().try_for_each(|n| writing.postpone_item(*n, now + schedule::DAY))
        });
        if let Err(error) = noted {
            error!(reason = %error, "not noted");
        }
    }

    fn follow_list(&self, seen: &mut Seen) {
        let Some(list) = &self.watching.list else { return };
        let is_web = crate::list::is_web(list);
        let often = if is_web { LIST.1 } else { LIST.0 };
        if seen.at.is_some_and(|at| at.elapsed() < often) {
            return;
        }
        seen.at = Some(Instant::now());
        let bytes = if is_web { self.fetched(list, seen) } else { read_file(list) };
        match bytes {
            Ok(Some(bytes)) if seen.hash != Some(xxh3_64(&bytes)) => {
                seen.hash = Some(xxh3_64(&bytes));
                self.followed(list, &bytes);
            }
            Ok(_) => {}
            Err(reason) => {
                warn!(list = %shown(list), reason, "the list cannot be read; what it named last is watched on")
            }
        }
    }

    fn followed(&self, name: &str, bytes: &[u8]) {
        let now = self.now();
        let list = read_list(&shown_name(name), bytes);
        let store = &self.watching.watch.store;
        match sync(store, &list, now) {
            Ok(synced) => info!(named = synced.named, added = synced.added, dropped = synced.dropped, "list followed"),
            Err(error) => error!(reason = %error, "the list cannot be followed"),
        }
        let problems: Vec<Problem> = list.problems.into_iter().take(100).collect();
        for problem in &problems {
            warn!(list = %shown_name(name), reason = %problem.reason, "a problem of the list");
        }
        let kept =
            store.write(move |writing| problems.iter().try_for_each(|problem| writing.put_problem(now, problem)));
        if let Err(error) = kept {
            error!(reason = %error, "not noted");
        }
    }

    fn fetched(&self, url: &str, seen: &mut Seen) -> Result<Option<Vec<u8>>, String> {
        let limits = Limits { bytes: variorum_read::MOST_LISTING as u64, time: Duration::from_secs(60) };
        let get = Get {
            url,
            accept: "text/x-opml, text/xml, */*;q=0.5",
            etag: seen.etag.as_deref(),
            last_modified: None,
            headers: &[],
            limits,
        };
        let answer = self.watching.watch.door.get(get).map_err(|error| crate::check::first_line(&error.to_string()))?;
        match answer.status {
            200 => {
                seen.etag = answer.etag;
                Ok(Some(answer.body))
            }
            304 => Ok(None),
            status => Err(format!("it answered {status}")),
        }
    }
}

fn shown_name(list: &str) -> String {
    if crate::list::is_web(list) { shown(list) } else { list.to_owned() }
}

fn read_file(path: &str) -> Result<Option<Vec<u8>>, String> {
    use std::io::Read;
    let most = variorum_read::MOST_LISTING as u64;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(PathBuf::from(path)).map_err(|error| error.to_string())?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most { Err("it is too large for a list of sources".to_owned()) } else { Ok(Some(bytes)) }
}
