//! What a site asks of programs (RFC 9309), fetched through the door and remembered for a day.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use crate::error::Astray;
use crate::shown::shown;
use crate::{Door, Error, Get, Limits};

/// The name by which a site may speak to this program.
pub const PRODUCT: &str = "variorum";
/// How long a site's word is remembered, in seconds; RFC 9309 allows no more (2.4).
const DAY: i64 = 86_400;
/// After so many seconds a site is asked again that could not say anything.
const HOUR: i64 = 3_600;
/// The most sites that are remembered; the one that was asked longest ago is forgotten first.
const MOST_SITES: usize = 10_000;
/// What RFC 9309 wants to be read at least (2.5), and one byte by which the parser sees that its last line was cut.
const LIMITS: Limits = Limits { bytes: (500 << 10) + 1, time: Duration::from_secs(20) };

/// What one site asks.
#[derive(Debug, Clone)]
pub struct Site {
    rules: robotxt::Robots,
    /// When it was asked, in seconds since 1970.
    asked: i64,
    /// Where it could not be asked: since when, and why.
    silent: Option<(i64, String)>,
}

impl Site {
    /// Asks a site for its rules; `before` is what is remembered of it.
    ///
    /// What is not there (4xx) allows everything, what cannot be reached (5xx, no answer) or asks for patience (429)
    /// allows nothing.
    pub fn ask(door: &Door, url: &Url, now: i64, before: Option<&Site>) -> Site {
        let since = before.and_then(|site| site.silent.as_ref()).map_or(now, |(since, _)| *since);
        let silent =
            |reason: String| Site { rules: robotxt::Robots::disallow_all(), asked: now, silent: Some((since, reason)) };
        let spoken = |rules| Site { rules, asked: now, silent: None };
        let Ok(at) = robotxt::robots_url(url) else { return silent("it has no place for rules".to_owned()) };
        let get = Get {
            url: at.as_str(),
            accept: "text/plain, */*;q=0.5",
            etag: None,
            last_modified: None,
            headers: &[],
            limits: LIMITS,
        };
        match door.get_beginning(get) {
            Ok(answer) if (200..300).contains(&answer.status) => spoken(robotxt::Robots::parse(&answer.body, PRODUCT)),
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => {
                spoken(robotxt::Robots::allow_all())
            }
            Ok(answer) => silent(format!("{} answered {}", shown(at.as_str()), answer.status)),
            // RFC 9309, 2.3.1.2: after five steps it may be taken for not being there.
            Err(Error::Redirect { how: Astray::Circle | Astray::TooOften, .. }) => spoken(robotxt::Robots::allow_all()),
            Err(error) => silent(error.to_string().lines().next().unwrap_or_default().to_owned()),
        }
    }

    /// Tells whether an address of it may be fetched.
    pub fn allows(&self, url: &Url) -> bool {
        self.rules.is_url_allowed(url)
    }

    /// Returns the pause between two questions that it asks for.
    pub fn delay(&self) -> Option<Duration> {
        self.rules.crawl_delay()
    }

    /// Returns the sitemaps that it names.
    pub fn sitemaps(&self) -> &[Url] {
        self.rules.sitemaps()
    }

    /// Returns since when it could not be asked for its rules, in seconds since 1970, and why; none where it could.
    pub fn silent(&self) -> Option<(i64, &str)> {
        self.silent.as_ref().map(|(since, reason)| (*since, reason.as_str()))
    }

    /// Tells whether its word still holds.
    pub fn holds(&self, now: i64) -> bool {
        let lasts = if self.silent.is_some() { HOUR } else { DAY };
        // A clock that was set back makes nothing last longer.
        (self.asked..self.asked.saturating_add(lasts)).contains(&now)
    }
}

/// What sites said. A clone is the same memory; it may be used by many threads.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<BTreeMap<String, Arc<Site>>>>);

impl Memory {
    /// Returns what the site of an address asks, from memory where that still holds.
    pub fn site(&self, door: &Door, url: &Url, now: i64) -> Arc<Site> {
        let origin = url.origin().ascii_serialization();
        let before = self.sites().get(&origin).cloned();
        if let Some(site) = &before
            && site.holds(now)
        {
            return site.clone();
        }
        // Nobody else has to wait while a slow one answers; two may ask at once, which does no harm.
        let site = Arc::new(Site::ask(door, url, now, before.as_deref()));
        let mut sites = self.sites();
        if sites.len() >= MOST_SITES && !sites.contains_key(&origin) {
            let oldest = sites.iter().min_by_key(|(_, site)| site.asked).map(|(origin, _)| origin.clone());
            oldest.and_then(|origin| sites.remove(&origin));
        }
        sites.insert(origin, site.clone());
        site
    }

    fn sites(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Site>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
