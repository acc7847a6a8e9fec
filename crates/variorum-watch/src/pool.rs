//! Whose turn it is: at most two connections a host with a pause between, and no feed or host that makes others wait.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use variorum_store::WaitingItem;

use crate::take::Rest;

/// Connections to a host at once.
const CONNECTIONS: usize = 2;
/// Items of a body that one turn takes.
pub const A_TURN: usize = 200;
/// How long the rest of a body waits at most for a desk that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Something to do.
#[derive(Debug)]
pub enum Task {
    /// A source is to be asked.
    Ask(i64),
    /// Items of a body are to be taken.
    Rest(Box<Rest>),
    /// The page of an item is to be fetched.
    Page(Box<WaitingItem>),
}

/// What waits and what is under way. Time is handed in.
#[derive(Debug, Default)]
pub struct Pool {
    hosts: BTreeMap<String, Host>,
    /// The host that had the last turn.
    last: String,
    rests: VecDeque<Waiting>,
    sources: BTreeSet<i64>,
    items: BTreeSet<i64>,
    /// Whether those who work on what is kept are behind: then the rests of long bodies wait.
    pub is_behind: bool,
}

#[derive(Debug)]
struct Waiting {
    rest: Box<Rest>,
    since: Instant,
}

#[derive(Debug, Default)]
struct Host {
    asks: VecDeque<i64>,
    pages: VecDeque<Box<WaitingItem>>,
    active: usize,
    from: Option<Instant>,
}

impl Host {
    fn is_ready(&self, now: Instant) -> bool {
        let has_work = !self.asks.is_empty() || !self.pages.is_empty();
        has_work && self.active < CONNECTIONS && self.from.is_none_or(|from| from <= now)
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.asks.is_empty() && self.pages.is_empty() && self.active == 0 && self.from.is_none_or(|from| from <= now)
    }
}

impl Pool {
    /// Returns how much waits.
    pub fn len(&self) -> usize {
        self.sources.len() + self.items.len()
    }

    /// Tells whether rests of bodies wait.
    pub fn has_rests(&self) -> bool {
        !self.rests.is_empty()
    }

    /// Lets a source wait for its turn, unless it does already.
    pub fn add_source(&mut self, host: &str, source: i64) {
        if self.sources.insert(source) {
            self.hosts.entry(host.to_owned()).or_default().asks.push_back(source);
        }
    }

    /// Lets a page wait for its turn, unless it does already.
    pub fn add_page(&mut self, host: &str, item: WaitingItem) {
        if self.items.insert(item.n) {
            self.hosts.entry(host.to_owned()).or_default().pages.push_back(Box::new(item));
        }
    }

    /// Lets the rest of a body wait behind all others.
    pub fn add_rest(&mut self, rest: Box<Rest>, now: Instant) {
        self.rests.push_back(Waiting { rest, since: now });
    }

    /// Returns what is to be done now, and at which host. Hosts have their turns one after the other; at a host feeds go
    /// before pages; the rests of long bodies come when nothing else can be done, one after the other.
    pub fn next(&mut self, now: Instant) -> Option<(Option<String>, Task)> {
        self.next_host(now).or_else(|| self.next_rest(now))
    }

    fn next_host(&mut self, now: Instant) -> Option<(Option<String>, Task)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let last = self.last.clone();
        let after = (Excluded(last.as_str()), Unbounded);
        let ready = |(name, host): (&String, &Host)| host.is_ready(now).then(|| name.clone());
        let found = self.hosts.range::<str, _>(after).find_map(ready).or_else(|| self.hosts.iter().find_map(ready))?;
        let host = self.hosts.get_mut(&found)?;
        let task = match host.asks.pop_front() {
            Some(source) => Task::Ask(source),
            None => Task::Page(host.pages.pop_front()?),
        };
        host.active += 1;
        self.last.clone_from(&found);
        Some((Some(found), task))
    }

    fn next_rest(&mut self, now: Instant) -> Option<(Option<String>, Task)> {
        let first = self.rests.front()?;
        if self.is_behind && now.saturating_duration_since(first.since) < PATIENCE {
            return None;
        }
        self.rests.pop_front().map(|waiting| (None, Task::Rest(waiting.rest)))
    }

    /// A connection to a host has ended; the next one waits so long.
    pub fn left(&mut self, host: &str, pause: Duration, now: Instant) {
        if let Some(host) = self.hosts.get_mut(host) {
            host.active = host.active.saturating_sub(1);
            let from = now + pause;
            host.from = Some(host.from.map_or(from, |earlier| earlier.max(from)));
        }
        if self.hosts.len() > 4_096 {
            self.hosts.retain(|_, host| !host.is_idle(now));
        }
    }

    /// A source is done with.
    pub fn done_source(&mut self, source: i64) {
        self.sources.remove(&source);
    }

    /// A page is done with.
    pub fn done_page(&mut self, item: i64) {
        self.items.remove(&item);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use variorum_news::Report;
    use variorum_store::WaitingItem;

    use super::{Pool, Task};

    fn item(n: i64) -> WaitingItem {
        WaitingItem { n, source: 1, url: String::new(), tries: 0, report: Report::of_text("r", "") }
    }

    fn turns(pool: &mut Pool, now: Instant) -> Vec<String> {
        std::iter::from_fn(|| pool.next(now))
            .map(|(host, task)| match task {
                Task::Ask(n) => format!("{} {n}", host.unwrap_or_default()),
                Task::Page(item) => format!("{} page {}", host.unwrap_or_default(), item.n),
                Task::Rest(_) => "rest".to_owned(),
            })
            .collect()
    }

    #[test]
    fn hosts_have_their_turns_and_two_connections_each() {
        let (mut pool, now) = (Pool::default(), Instant::now());
        for n in 0..5 {
            pool.add_source("flood.example", n);
            pool.add_page("flood.example", item(n));
        }
        pool.add_source("herald.example", 9);
        pool.add_source("herald.example", 9);
        assert_eq!(turns(&mut pool, now), ["flood.example 0", "herald.example 9", "flood.example 1"]);
        pool.left("flood.example", Duration::from_secs(2), now);
        assert!(turns(&mut pool, now + Duration::from_secs(1)).is_empty());
        assert_eq!(turns(&mut pool, now + Duration::from_secs(2)), ["flood.example 2"]);
    }

    #[test]
    fn feeds_go_before_pages() {
        let (mut pool, now) = (Pool::default(), Instant::now());
        pool.add_page("herald.example", item(1));
        pool.add_source("herald.example", 7);
        assert_eq!(turns(&mut pool, now), ["herald.example 7", "herald.example page 1"]);
        pool.add_page("herald.example", item(1));
        assert_eq!(pool.len(), 2);
        pool.done_page(1);
        pool.done_source(7);
        assert_eq!(pool.len(), 0);
    }
}
