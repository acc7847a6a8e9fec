#![doc = include_str!("../README.md")]

mod book;
mod candidates;
mod commonness;
mod copies;
mod counts;
mod duplicates;
mod explain;
mod gist;
mod imprint;
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

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use variorum_news::{GroupLine, Placement, Report, ReportId};

pub use duplicates::Duplicates;
pub use imprint::Imprint;
pub use languages::{Shelf, language_of};
pub use lessons::{Lesson, lessons};
pub use profile::moment;
pub use snapshot::SnapshotError;

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

/// Returns where each of the reports of one day and language belongs, in the order given, and puts them on the shelf.
///
/// The words of all of them are counted first, so how rare a word is does not depend on which report of a day came first,
/// and the frequencies stand still while the day is placed.
pub fn place_day(
    shelf: &mut Shelf,
    language: &str,
    reports: Vec<(ReportId, Imprint)>,
    options: &Options,
) -> Vec<Vec<GroupLine>> {
    shelf.place_day(language, reports, options)
}

/// Returns a name for how often each word of a language stands on the shelf: equal frequencies have equal names.
pub fn frequencies(shelf: &Shelf, language: &str) -> String {
    shelf.frequencies(language)
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
