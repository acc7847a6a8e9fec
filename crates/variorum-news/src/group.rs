//! What `group` says of each report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ReportId;

/// The story that a report belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Placement {
    /// The report.
    pub id: ReportId,
    /// Its story.
    pub story: String,
    /// An earlier report with the same text, edited by a few words at most.
    pub duplicate_of: Option<ReportId>,
    /// Confidence from 0 to 1 that the report belongs to that story.
    pub score: f64,
}

/// Stories that turned out to be one; the first name survives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// Two stories, the surviving one first.
    pub merge: [String; 2],
    /// How sure it is that they tell of one event, from 0 to 1.
    pub score: f64,
    /// The two reports that tie them most, one of each story.
    pub because: [ReportId; 2],
}

/// A merge that later reports contradict is undone; the story gets back the name that it had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Split {
    /// The story that goes on, and the one that leaves it.
    pub split: [String; 2],
    /// The reports that leave with it.
    pub reports: Vec<ReportId>,
}

/// A line that `group` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GroupLine {
    /// Where a report belongs.
    Placement(Placement),
    /// Two stories become one.
    Merge(Merge),
    /// A story becomes two again.
    Split(Split),
}
