//! Lineage: who copied, excerpted or rewrote whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ReportId, Span};

/// The kinship of the reports of one story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lineage {
    /// Each link between two reports, or from a source that is not among them.
    pub edges: Vec<Edge>,
    /// The reports grouped by independent origin; every report stands in exactly one group.
    pub origins: Vec<Vec<ReportId>>,
}

/// The lineage of one story among many, by the story's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TraceAnswer {
    /// The name of the story.
    pub id: String,
    /// Its links.
    pub edges: Vec<Edge>,
    /// Its reports grouped by independent origin.
    pub origins: Vec<Vec<ReportId>>,
}

/// One link: `to` has words from `from`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    /// The source; for `shared-origin`, the lesser of the two names.
    pub from: Source,
    /// The report that has words from it.
    pub to: ReportId,
    /// What was done with the words.
    pub kind: EdgeKind,
    /// Whether `to` names its source.
    pub credited: bool,
    /// Confidence from 0 to 1.
    pub score: f64,
    /// The passages that the link rests on.
    pub evidence: Vec<Evidence>,
}

/// Where words came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// A report among those at hand.
    Report(ReportId),
    /// A source that is credited and not among them.
    Outside {
        /// Its name as credited.
        outside: String,
    },
}

/// What was done with the words of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// The same text, edited by a few words at most.
    Copy,
    /// Passages taken over word for word.
    Excerpt,
    /// Told again in other words.
    Rewrite,
    /// Both descend from a text that is not among the reports; no direction.
    SharedOrigin,
}

/// Two passages that show a link; `from` is none where the credit itself is the evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The words in the source.
    pub from: Option<Span>,
    /// The words in the report that has them from there.
    pub to: Span,
}
