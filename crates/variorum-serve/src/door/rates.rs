//! How often somebody may ask.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::door::access::Limits;

/// So often the addresses are forgotten that asked nothing lately.
const SWEEP: u32 = 4_096;
/// So many names are remembered that somebody tried in vain.
const NAMES: usize = 10_000;
/// So often somebody may mistype a password before waiting.
const FREE: u32 = 5;
/// The longest wait, in seconds. A stranger who keeps trying must not keep the owner of a name out for good.
const LONGEST_WAIT: i64 = 60;

/// How often each address asked, and each name was tried.
#[derive(Debug)]
pub struct Rates {
    logins: DefaultKeyedRateLimiter<IpAddr>,
    posts: DefaultKeyedRateLimiter<IpAddr>,
    reads: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU32,
    names: Mutex<BTreeMap<String, Tried>>,
}

#[derive(Debug, Clone, Copy)]
struct Tried {
    times: u32,
    last: i64,
}

/// How long somebody has to wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Rates {
    /// Nobody asked anything yet.
    pub fn new(limits: &Limits) -> Self {
        let of = |a_minute: NonZeroU32| RateLimiter::keyed(Quota::per_minute(a_minute));
        Rates {
            logins: of(limits.logins),
            posts: of(limits.posts),
            reads: of(limits.reads),
            asked: AtomicU32::new(0),
            names: Mutex::default(),
        }
    }

    /// Counts a request of an address, or says how long it has to wait.
    pub fn ask(&self, address: IpAddr, method: &Method, path: &str) -> Result<(), Wait> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            [&self.logins, &self.posts, &self.reads].into_iter().for_each(RateLimiter::retain_recent);
        }
        let is_login = path == "/login" || path.ends_with("/accounts/ClientLogin");
        let limiter = match *method {
            Method::GET | Method::HEAD => &self.reads,
            _ if is_login => &self.logins,
            _ => &self.posts,
        };
        limiter.check_key(&address).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Wait(wait.as_secs() + 1)
        })
    }

    /// Says how long a name has to wait: from the sixth attempt on each wait is twice the one before.
    pub fn may_try(&self, name: &str, now: i64) -> Result<(), Wait> {
        let wait = self.names().get(&key(name)).map_or(0, |tried| tried.last + wait_after(tried.times) - now);
        if wait > 0 { Err(Wait(wait as u64)) } else { Ok(()) }
    }

    /// Notes that a name was tried in vain.
    pub fn tried(&self, name: &str, now: i64) {
        let mut names = self.names();
        if names.len() >= NAMES {
            names.retain(|_, tried| now - tried.last < LONGEST_WAIT);
            // Many at once, so that not each new name looks at all of them.
            while names.len() > NAMES - NAMES / 10 {
                names.pop_first();
            }
        }
        let tried = names.entry(key(name)).or_insert(Tried { times: 0, last: now });
        *tried = Tried { times: tried.times.saturating_add(1), last: now };
    }

    /// Forgets what was tried, since its owner came in.
    pub fn came_in(&self, name: &str) {
        self.names().remove(&key(name));
    }

    fn names(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Tried>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name may be as long as a request; it is remembered by its first letters.
fn key(name: &str) -> String {
    name.trim().to_lowercase().chars().take(60).collect()
}

fn wait_after(times: u32) -> i64 {
    match times.checked_sub(FREE) {
        None => 0,
        Some(over) => (1_i64 << over.min(10)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Rates, Wait};

    #[test]
    fn a_name_that_is_tried_again_and_again_waits_longer_and_longer() {
        let rates = Rates::new(&Limits::default());
        let mut now = 1_000;
        let mut waits = Vec::new();
        for _ in 0..14 {
            rates.tried("Ada", now);
            let wait = rates.may_try(" ada ", now).err().map_or(0, |Wait(wait)| wait);
            waits.push(wait);
            now += wait as i64;
            assert_eq!(rates.may_try("Ada", now), Ok(()), "who waited may try");
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        rates.came_in("ADA");
        assert_eq!(rates.may_try("Ada", now), Ok(()));
    }

    #[test]
    fn a_million_names_take_no_more_room_than_ten_thousand() {
        let rates = Rates::new(&Limits::default());
        (0..30_000).for_each(|n| rates.tried(&format!("name {n}"), 7));
        assert!(rates.names().len() <= 10_000);
    }
}
