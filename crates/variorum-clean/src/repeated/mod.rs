//! Lines that an outlet repeats on its pages: learned within a run, frozen under a name, held against each report.
//!
//! An outlet also repeats what it knows ("The ferry line was founded in 1962 …") under each of its articles on one
//! matter. Those are its own words and stay: a line goes only where pages that tell different things share it, at the
//! same edge, and where it speaks of none of them.

mod learn;
mod sketch;
mod strip;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use variorum_news::Report;
use xxhash_rust::xxh3::xxh3_64;

pub use learn::LinesSeen;
pub use strip::strip;

/// The repeated lines of many hosts, frozen: the same table gives the same reports on every machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatedLines {
    schema: Schema,
    hosts: BTreeMap<String, HostLines>,
}

/// The shape of a table, so that a later program knows an older table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Schema {
    #[default]
    #[serde(rename = "variorum/repeated-lines@1")]
    First,
}

/// What the pages of one host repeat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HostLines {
    /// How many different pages were looked at.
    pages: usize,
    /// The lines, in lower case with single spaces and without punctuation.
    lines: BTreeMap<String, Repeated>,
}

/// How a line is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeated {
    edge: Edge,
    /// How many pages hold it.
    pages: usize,
    /// How many different things those pages tell.
    stories: usize,
}

/// An edge of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Edge {
    Head,
    Tail,
}

/// Lines so near to the beginning can stand there on every page.
const HEAD: usize = 4;
/// Lines so near to the end can stand there on every page; footers are longer than headers.
const TAIL: usize = 12;

impl Edge {
    /// Returns the edge that the line `at` of `n` stands at, the nearer one.
    fn of(at: usize, n: usize) -> Option<Edge> {
        let from_end = n - 1 - at;
        if at < HEAD && at < from_end { Some(Edge::Head) } else { (from_end < TAIL).then_some(Edge::Tail) }
    }
}

impl RepeatedLines {
    /// Returns what the hosts of some reports repeat; the order of the reports does not matter.
    pub fn learn<'a>(reports: impl IntoIterator<Item = &'a Report>) -> RepeatedLines {
        let mut seen = LinesSeen::default();
        reports.into_iter().for_each(|report| seen.see(report));
        seen.table()
    }

    /// Returns the name of the table, made from what it holds.
    pub fn name(&self) -> String {
        let canonical = serde_json::to_string(self).expect("a table is plain data");
        format!("{:016x}", xxh3_64(canonical.as_bytes()))
    }

    /// Returns one table of several that were learned apart, of other hosts each.
    pub fn joined(tables: impl IntoIterator<Item = RepeatedLines>) -> RepeatedLines {
        let hosts = tables.into_iter().flat_map(|table| table.hosts).collect();
        RepeatedLines { hosts, ..RepeatedLines::default() }
    }

    /// Tells whether the table holds no line.
    pub fn is_empty(&self) -> bool {
        self.hosts.values().all(|host| host.lines.is_empty())
    }
}

/// Returns what the pages of a report's host are known by: the host of its address, else its outlet.
fn host_of(report: &Report) -> Option<String> {
    let of_url = report.url.as_deref().and_then(|url| {
        let after = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = after.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
        host.contains('.').then(|| host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
    });
    of_url.or_else(|| report.outlet.as_deref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()))
}
