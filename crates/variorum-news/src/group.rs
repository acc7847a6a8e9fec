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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// Two stories, the surviving one first.
    pub merge: [String; 2],
}

/// A line that `group` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GroupLine {
    /// Where a report belongs.
    Placement(Placement),
    /// Two stories become one.
    Merge(Merge),
}
