#![doc = include_str!("../README.md")]

mod book;
mod candidates;
mod commonness;
mod copies;
mod counts;
mod duplicates;
mod explain;
mod gist;
mod languages;
mod lessons;
mod likeness;
mod merges;
mod profile;
mod same;
mod scan;
mod shared;
mod shelf;
mod sketch;
mod snapshot;
mod strongest;
mod table;
mod tallies;
mod ties;
mod whole;
mod wording;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use variorum_news::{GroupLine, Placement, Report};

pub use duplicates::Duplicates;
pub use languages::{Shelf, language_of};
pub use lessons::{Lesson, lessons};
pub use profile::moment;
pub use snapshot::SnapshotError;
pub use wording::Wording;

/// How reports are grouped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Days after which a story takes no more reports and is forgotten; none keeps all.
    pub window: Option<u32>,
    /// Undoes a merge that later reports contradict, where its reader understands such a line.
    pub splits: bool,
}

/// Returns where a report belongs, given what came before, and puts it on the shelf.
///
/// The placement comes first; merges of stories that the report brought together follow.
pub fn place(shelf: &mut Shelf, report: &Report, options: &Options) -> Vec<GroupLine> {
    shelf.place(report, options)
}

/// Returns the placement of every report with all of them in sight, in the order given; the stories are the same for every order.
///
/// The window is for streams: with all reports in sight nothing is forgotten.
pub fn group(reports: &[&Report], _options: &Options) -> Vec<Placement> {
    languages::group(reports)
}

/// Returns the words, names and times that tie two reports together or hold them apart, as sentences for a person.
pub fn explain(a: &Report, b: &Report, among: &[&Report], _options: &Options) -> Vec<String> {
    explain::explain(a, b, among)
}
