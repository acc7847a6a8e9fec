//! What sites ask of programs, as a sentence for whoever watches.

use std::time::Duration;

use url::Url;
use variorum_fetch::Door;
use variorum_fetch::robots::Memory;

/// No pause that a site asks for is kept longer than this.
const LONGEST: Duration = Duration::from_secs(60);

/// What sites said. A clone is the same memory.
#[derive(Debug, Clone, Default)]
pub struct Robots(Memory);

/// Why an address may not be fetched, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The site says no.
    No(String),
    /// The site says nothing, which may pass.
    Silent(String),
}

impl Refusal {
    /// Returns the sentence.
    pub fn words(self) -> String {
        match self {
            Refusal::No(words) | Refusal::Silent(words) => words,
        }
    }
}

impl Robots {
    /// Returns why an address may not be fetched, in a sentence; none where it may.
    pub fn refusal(&self, door: &Door, address: &str, now: i64) -> Option<Refusal> {
        let url = Url::parse(address).ok()?;
        let site = self.0.site(door, &url, now);
        if site.allows(&url) {
            return None;
        }
        Some(match site.silent() {
            Some((_, reason)) => {
                let reason = crate::check::first_line(reason);
                Refusal::Silent(format!("its robots.txt cannot be read, which counts as no: {reason}"))
            }
            None => Refusal::No("its robots.txt does not allow this program here".to_owned()),
        })
    }

    /// Returns how long the site of an address wants to be left alone between two requests.
    pub fn delay(&self, door: &Door, address: &str, now: i64) -> Duration {
        let site = Url::parse(address).ok().map(|url| self.0.site(door, &url, now));
        site.and_then(|site| site.delay()).map_or(Duration::ZERO, |delay| delay.min(LONGEST))
    }
}
