//! What people correct. Their word lies over the machine's, also after all is computed again.

use serde::{Deserialize, Serialize};
use variorum_news::ReportId;
use variorum_store::Store;

use crate::{Error, Ruling};

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// Two stories are one; the first name stays.
    Merge {
        /// The story that stays.
        story: String,
        /// The story that goes into it.
        with: String,
    },
    /// Some reports of a story are a story of their own.
    Split {
        /// The story.
        story: String,
        /// The reports that leave it.
        reports: Vec<ReportId>,
    },
    /// A report belongs to another story.
    Move {
        /// The report.
        report: ReportId,
        /// Where it belongs.
        story: String,
    },
    /// A variant or a drift is confirmed or dismissed.
    Rule {
        /// The story it is told in.
        story: String,
        /// The key of the finding: [`crate::variant_key`], [`crate::drift_key`].
        finding: String,
        /// What is said of it.
        ruling: Ruling,
    },
}

/// Who corrects, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person's name.
    pub who: String,
    /// Why; never empty.
    pub reason: String,
}

/// Corrects, and returns the number of the correction. Works from any process; the stories it touches are moved at once
/// and made anew by the desk.
pub fn correct(_store: &Store, _action: Action, _by: By, _now: i64) -> Result<i64, Error> {
    unimplemented!()
}

/// Takes a correction back. It stays in the log, with who took it back.
pub fn undo(_store: &Store, _correction: i64, _who: &str, _now: i64) -> Result<(), Error> {
    unimplemented!()
}
