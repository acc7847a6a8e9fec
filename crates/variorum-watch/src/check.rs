//! One check of one source: asked, read, kept, noted, in this order.

use std::time::Duration;

use tracing::{info, warn};
use variorum_fetch::{Answer, Door, Get, Limits, shown};
use variorum_store::{Checked, Found, Source, Store};

use crate::Error;
use crate::pages::Pages;
use crate::robots::{Refusal, Robots};
use crate::schedule::{self, Wishes};
use crate::take::{self, Body, Rest};

/// What is liked of a feed.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, \
    application/json;q=0.8, */*;q=0.5";
/// How much a feed may take.
const LIMITS: Limits = Limits { bytes: variorum_read::MOST_LISTING as u64, time: Duration::from_secs(60) };
/// How many sitemaps of an index are read.
const SITEMAPS: usize = 3;

/// What watches: where it keeps, through which door it asks, and how.
#[derive(Debug, Clone)]
pub struct Watch {
    pub(crate) store: Store,
    pub(crate) door: Door,
    pub(crate) robots: Robots,
    /// Seconds between two checks of a source, at least.
    pub(crate) every: i64,
    /// Whether pages of short items are fetched.
    pub(crate) pages: Pages,
}

/// What came of asking.
#[derive(Debug)]
pub enum Asked {
    /// All is noted.
    Done(Told),
    /// A body, whose items are still to be taken.
    Items(Box<Rest>),
}

/// What became of a check, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The number of the source.
    pub source: i64,
    /// Items in the body.
    pub items: u64,
    /// Items that were new.
    pub new: u64,
    /// Reports that were kept of them at once.
    pub kept: u64,
    /// Items that wait for their pages.
    pub waiting: u64,
    /// For how many seconds its server asked to be left alone.
    pub wait: i64,
}

impl Told {
    /// Returns for how long the host is to be left alone; the source itself may wait longer.
    pub(crate) fn leave_alone(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.wait).unwrap_or(0)).min(Duration::from_secs(3_600))
    }
}

impl Watch {
    /// Returns one that asks at most once in so many seconds.
    pub fn new(store: Store, door: Door, every: i64, pages: Pages) -> Self {
        Watch { store, door, robots: Robots::default(), every: every.max(schedule::SHORTEST), pages }
    }

    /// Checks a source from the beginning to the end.
    pub fn check(&self, source: &Source, now: i64) -> Result<Told, Error> {
        match self.ask(source, now)? {
            Asked::Done(told) => Ok(told),
            Asked::Items(mut rest) => loop {
                if let Some(told) = self.take(&mut rest, usize::MAX, now)? {
                    return Ok(told);
                }
            },
        }
    }

    /// Asks a source, and notes what needs no items to be taken.
    pub fn ask(&self, source: &Source, now: i64) -> Result<Asked, Error> {
        if source.may.is_none()
            && let Some(refusal) = self.robots.refusal(&self.door, &source.address, now)
        {
            return self.refused(source, now, refusal);
        }
        // A source that fails is asked for all of its body: "unchanged" would say nothing of the one that failed.
        let known = source.failing.is_none();
        let get = Get {
            url: &source.address,
            accept: ACCEPT,
            etag: source.etag.as_deref().filter(|_| known),
            last_modified: source.last_modified.as_deref().filter(|_| known),
            headers: &[],
            limits: LIMITS,
        };
        match self.door.get(get) {
            Ok(answer) => self.answered(source, answer, now),
            Err(error) => self.failed(source, now, None, &first_line(&error.to_string())),
        }
    }

    fn answered(&self, source: &Source, answer: Answer, now: i64) -> Result<Asked, Error> {
        let wait = answer.retry_after.and_then(|wait| i64::try_from(wait.as_secs()).ok());
        match answer.status {
            304 => self.unchanged(source, &answer, now),
            200..=299 => self.read(source, answer, now),
            410 => self.gone(source, now),
            status => self.failed(source, now, wait, &said(status)),
        }
    }

    fn unchanged(&self, source: &Source, answer: &Answer, now: i64) -> Result<Asked, Error> {
        let wishes = Wishes { fresh_for: seconds(answer.fresh_for), ..Wishes::default() };
        let every = schedule::interval(self.every.max(source.every.unwrap_or(0).min(schedule::DAY)), &wishes);
        let due = schedule::after_answer(&source.listed, now, every, &wishes);
        info!(source = %source.shown, "unchanged");
        self.note(
            source,
            Checked { at: now, due, held: None, every: None, moved: moved(source, answer), found: Found::Unchanged },
        )
    }

    fn read(&self, source: &Source, answer: Answer, now: i64) -> Result<Asked, Error> {
        let read = match take::read(&source.shown, &answer) {
            Ok(Body::Items(read)) => read,
            Ok(Body::Index(sitemaps)) => match self.sitemaps(source, &answer, sitemaps, now) {
                Ok(read) => read,
                Err(problem) => return self.failed(source, now, None, &problem),
            },
            Err(problem) => return self.failed(source, now, None, &problem),
        };
        let wishes = Wishes {
            fresh_for: seconds(answer.fresh_for),
            ttl: read.hints.fresh_for.and_then(|seconds| i64::try_from(seconds).ok()),
            skip_hours: read.hints.skip_hours.clone(),
            skip_days: read.hints.skip_days.clone(),
        };
        let every = schedule::interval(self.every, &wishes);
        let due = schedule::after_answer(&source.listed, now, every, &wishes);
        let moved = moved(source, &answer);
        let address = moved.as_ref().map_or(source.address.as_str(), |(address, _)| address);
        let (outlet, remark) = self.outlet(source, &read, address)?;
        let mut remark = remark;
        if remark.is_none() {
            remark.clone_from(&read.remark);
        }
        // Whatever its tag says, a body that is cut off was not read whole: it is asked for again.
        let (etag, last_modified) = (answer.etag.clone(), answer.last_modified.clone());
        let found = match &read.cut_off {
            Some(problem) => Found::Failed(problem.clone()),
            None => Found::Read {
                etag,
                last_modified,
                title: read.hints.title.clone(),
                outlet: Some(outlet.clone()),
                remark,
                items: read.pages.len() as u64,
                new: 0,
            },
        };
        let due = match found {
            Found::Failed(_) => schedule::after_failure(&source.listed, now, self.every, source.failures + 1),
            _ => due,
        };
        let checked = Checked { at: now, due, held: None, every: Some(every), moved, found };
        Ok(Asked::Items(Box::new(Rest::new(source.clone(), outlet, read, checked))))
    }

    /// Reads the newest sitemaps of an index as one body.
    fn sitemaps(&self, source: &Source, index: &Answer, sitemaps: Vec<String>, now: i64) -> Result<take::Read, String> {
        let mut whole = take::Read::default();
        for url in sitemaps.into_iter().take(SITEMAPS) {
            let name = shown(&url);
            if source.may.is_none()
                && let Some(refusal) = self.robots.refusal(&self.door, &url, now)
            {
                whole.remark = Some(refusal.words());
                continue;
            }
            let get = Get { url: &url, accept: ACCEPT, etag: None, last_modified: None, headers: &[], limits: LIMITS };
            let answer = self.door.get(get).map_err(|error| first_line(&error.to_string()))?;
            if answer.status != 200 {
                return Err(format!("{name}, which its index names: {}", said(answer.status)));
            }
            match take::read(&name, &answer)? {
                Body::Items(read) => whole.pages.extend(read.pages),
                Body::Index(_) => whole.remark = Some("an index of its index is not followed further".to_owned()),
            }
        }
        let _ = index;
        Ok(whole)
    }

    /// Returns the name under which a source's reports stand, and what is odd about it.
    fn outlet(&self, source: &Source, read: &take::Read, address: &str) -> Result<(String, Option<String>), Error> {
        let stated = read.hints.outlet.clone().or_else(|| read.pages.iter().find_map(|page| page.outlet.clone()));
        let stated = stated.unwrap_or_default();
        let name = crate::house::named(&stated, address);
        if source.outlet.as_deref() == Some(name.as_str()) {
            return Ok((name, source.remark.clone().filter(|remark| remark.starts_with("It calls itself"))));
        }
        let holder = self.store.read(|view| view.source_named(&name, source.n))?;
        let own = crate::house::house(address).unwrap_or_default();
        let other = holder.filter(|other| {
            crate::house::house(&other.address).is_some_and(|house| !crate::house::are_one(&house, &own))
        });
        match other {
            Some(other) => {
                let host = own.clone();
                let remark = format!(
                    "It calls itself “{name}”, which is the name of {}; its reports stand under {host}",
                    other.shown
                );
                warn!(source = %source.shown, "calls itself by the name of another source");
                Ok((host, Some(remark)))
            }
            None => Ok((name, None)),
        }
    }

    fn gone(&self, source: &Source, now: i64) -> Result<Asked, Error> {
        let problem = "the server says that it is gone for good (410)".to_owned();
        warn!(source = %source.shown, "gone");
        let due = now + schedule::DAY;
        self.note(source, Checked { at: now, due, held: None, every: None, moved: None, found: Found::Gone(problem) })
    }

    fn refused(&self, source: &Source, now: i64, refusal: Refusal) -> Result<Asked, Error> {
        let refusal = match refusal {
            Refusal::Silent(words) => return self.failed(source, now, None, &words),
            Refusal::No(words) => words,
        };
        warn!(source = %source.shown, reason = %refusal, "refused by robots.txt");
        let due = schedule::after_failure(&source.listed, now, schedule::DAY, 1);
        self.note(source, Checked { at: now, due, held: None, every: None, moved: None, found: Found::Failed(refusal) })
    }

    fn failed(&self, source: &Source, now: i64, wait: Option<i64>, problem: &str) -> Result<Asked, Error> {
        let held = schedule::held_until(now, wait);
        let due = schedule::after_failure(&source.listed, now, self.every, source.failures + 1).max(held.unwrap_or(0));
        let mut problem = problem.to_owned();
        if let Some(held) = held {
            problem.push_str(&format!(", and asked to be left alone until {}", variorum_store::moment(held)));
        }
        warn!(source = %source.shown, failures = source.failures + 1, reason = %problem, "failed");
        self.note(source, Checked { at: now, due, held, every: None, moved: None, found: Found::Failed(problem) })
    }

    fn note(&self, source: &Source, checked: Checked) -> Result<Asked, Error> {
        let (n, wait) = (source.n, checked.held.map_or(0, |held| held - checked.at));
        self.store.write(move |writing| writing.note_source(n, &checked))?;
        Ok(Asked::Done(Told { source: n, items: 0, new: 0, kept: 0, waiting: 0, wait }))
    }
}

fn seconds(duration: Option<Duration>) -> Option<i64> {
    duration.and_then(|duration| i64::try_from(duration.as_secs()).ok())
}

fn moved(source: &Source, answer: &Answer) -> Option<(String, String)> {
    let to = answer.moved.as_ref()?.as_str();
    (to != source.address).then(|| (to.to_owned(), shown(to)))
}

/// Hints of errors are for a terminal; a sentence of a source is one line.
pub fn first_line(words: &str) -> String {
    words.split("\n  hint:").next().unwrap_or(words).replace(['\n', '\r'], " ")
}

/// Says in words what a status means to somebody who watches.
fn said(status: u16) -> String {
    let means = match status {
        401 => "it wants a name and a password",
        402 => "it wants to be paid",
        403 => "it refuses this program",
        404 => "there is nothing at this address",
        429 => "it was asked too often",
        451 => "it may not be shown for legal reasons",
        503 => "it is not available",
        300..=399 => "it leads nowhere",
        500..=599 => "the server failed",
        _ => "it does not give the feed",
    };
    format!("{means} ({status})")
}
