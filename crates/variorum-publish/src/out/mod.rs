//! What the newsroom hands out, in the formats of others: each a pure function from plain values to bytes.

mod annotation;
mod atom;
mod csv;
mod entry;
mod jsonfeed;
mod jsonld;
mod lineage;
mod newsml;
mod node;
mod notices;
mod prov;
mod room;
mod times;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use variorum_news::{Report, ReportId, Story};

pub use annotation::annotations;
pub use atom::{Known, atom, atom_for_reader};
pub use csv::{drift_csv, variants_csv};
pub use jsonfeed::json_feed;
pub use jsonld::json_ld;
pub use newsml::newsml;
pub use notices::{Notice, NoticeFeed, notices_atom};
pub use prov::prov;
pub use room::{Room, segment};
pub(crate) use xml::Pen;

/// A list of stories as a feed: a view of the newsroom, with all that its entries need.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The newsroom.
    pub room: Room,
    /// What the view is called.
    pub title: String,
    /// The path of the page that shows the same, with its query.
    pub page: String,
    /// The path of this part of the feed, with its query.
    pub itself: String,
    /// The path of its first part.
    pub first: String,
    /// The path of the next part, where there is one.
    pub next: Option<String>,
    /// When the record last changed, in seconds since 1970: the time of a feed without entries.
    pub changed: i64,
    /// The stories, in the order of the view.
    pub stories: Vec<FeedStory>,
}

/// A story as an entry of a feed.
#[derive(Debug, Clone)]
pub struct FeedStory {
    /// Its name.
    pub id: String,
    /// The words that name it best.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// When its first report was seen, in seconds since 1970.
    pub first_seen: i64,
    /// When what a reader sees of it last changed.
    pub changed: i64,
    /// How much is told of it.
    pub counts: Counts,
    /// The account: words, and the places among `witnesses` of who says them.
    pub account: Vec<(String, Vec<usize>)>,
    /// Its reports in the order of their letters.
    pub witnesses: Vec<FeedWitness>,
}

/// How much is told of a story.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// How many reports tell it.
    pub reports: u32,
    /// How many publishers; 0 where none is named.
    pub publishers: u32,
    /// How many independent origins.
    pub origins: u32,
    /// How many of them are not sure.
    pub uncertain: u32,
    /// How many differences it has.
    pub variants: u32,
    /// How many things rewrites bent.
    pub drift: u32,
}

/// A report behind an entry.
#[derive(Debug, Clone)]
pub struct FeedWitness {
    /// The name of the report.
    pub id: ReportId,
    /// Who published it, or the nearest thing to it that is known.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its address, as it was handed in.
    pub url: Option<String>,
}

/// A story with all that is handed out of it.
#[derive(Debug, Clone)]
pub struct Handout<'a> {
    /// The newsroom.
    pub room: &'a Room,
    /// The story.
    pub story: &'a Story,
    /// Its reports, in its order.
    pub reports: Vec<Kept<'a>>,
    /// When its first report was seen, in seconds since 1970.
    pub first_seen: i64,
    /// When what a reader sees of it last changed.
    pub changed: i64,
    /// The number of its edition, from 1.
    pub edition: u32,
    /// What people call each of its variants, in their order.
    pub variants: Vec<Finding>,
    /// What people call each drift, in their order.
    pub drift: Vec<Finding>,
}

/// A report as the record keeps it.
#[derive(Debug, Clone)]
pub struct Kept<'a> {
    /// The report.
    pub report: &'a Report,
    /// When it was first seen, in seconds since 1970.
    pub first_seen: i64,
    /// When its present words were first seen.
    pub revised: i64,
    /// How many revisions there are; 1 where it never changed.
    pub revisions: u32,
}

/// The stable name of a finding, and what a person said of it.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// Its stable name.
    pub key: String,
    /// What was said of it.
    pub ruling: Option<Ruled>,
}

/// What a person said of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruled {
    /// It is so.
    Confirmed,
    /// It is none. It is handed out as a row of a table alone, with that word beside it.
    Dismissed,
}

impl<'a> Handout<'a> {
    fn index(&self) -> Index<'_> {
        self.reports.iter().map(|kept| (&*kept.report.id, kept)).collect()
    }

    fn address(&self) -> String {
        self.room.story(&self.story.id)
    }

    /// Returns the line of counts, as pages print it.
    fn counts(&self) -> String {
        let reports = self.reports.iter().map(|kept| (&*kept.report.id, kept.report)).collect();
        crate::edition::Edition::new(self.story, &reports).counts()
    }
}

/// Reports by name.
type Index<'h> = BTreeMap<&'h str, &'h Kept<'h>>;

fn standing<'f, F>(findings: &'f [F], ruled: &'f [Finding]) -> impl Iterator<Item = (&'f F, Option<&'f Finding>)> {
    let dismissed = |finding: &Option<&Finding>| finding.and_then(|f| f.ruling) == Some(Ruled::Dismissed);
    findings.iter().enumerate().map(|(n, finding)| (finding, ruled.get(n))).filter(move |(_, f)| !dismissed(f))
}

/// Returns an address that may be linked, as it is.
fn linked(url: Option<&str>) -> Option<&str> {
    url.filter(|url| crate::link::host(url).is_some())
}

/// Returns a language that every format takes: letters and digits parted by hyphens (RFC 5646).
fn language(tag: Option<&str>) -> Option<&str> {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = |tag: &str| tag.split('-').next().is_some_and(|p| p.bytes().all(|b| b.is_ascii_alphabetic()));
    tag.filter(|tag| tag.split('-').all(part) && first(tag))
}

/// Returns a value as JSON with a line break behind it.
fn json(value: &impl serde::Serialize) -> String {
    let mut written = serde_json::to_string_pretty(value).expect("plain values with names for keys can be written");
    written.push('\n');
    written
}
