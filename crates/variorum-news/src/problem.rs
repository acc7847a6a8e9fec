//! A problem: an input that gave no report, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An input, or a part of one, that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// The file, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// The report, where it has a name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// What was wrong and what to do next, in one sentence.
    pub reason: String,
}

impl Problem {
    /// Returns the problem of a file.
    pub fn of_path(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Problem { path: Some(path.into()), id: None, reason: reason.into() }
    }

    /// Returns the problem of a named report.
    pub fn of_id(id: impl Into<String>, reason: impl Into<String>) -> Self {
        Problem { path: None, id: Some(id.into()), reason: reason.into() }
    }
}

/// A problem as it stands in a stream of JSON Lines, in place of the line that caused it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemLine {
    /// The problem.
    pub problem: Problem,
}
