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
    /// How many origins that makes, and how sure it is.
    #[serde(default)]
    pub independence: Independence,
}

/// How many stand behind the reports of a story: reports, publishers, independent origins, and how many of these are
/// uncertain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Independence {
    /// How many reports there are.
    pub reports: usize,
    /// How many publishers they name, each counted once.
    pub publishers: usize,
    /// How many reports name no publisher.
    pub unnamed: usize,
    /// How many independent origins the reports have.
    pub origins: usize,
    /// How many of the origins stand in a doubt.
    pub uncertain: usize,
    /// For each origin, in their order, how likely it is that its reports belong together and no other does: 0–1.
    pub certainty: Vec<f64>,
    /// What makes an origin uncertain, most doubtful first.
    pub doubts: Vec<Doubt>,
}

/// What makes an origin uncertain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doubt {
    /// What cannot be told surely.
    pub kind: DoubtKind,
    /// The reports that it is about; of `together` and `apart` the likeliest pair.
    pub reports: Vec<ReportId>,
    /// How likely it is that they are kin, 0–1; none where the reports are too short to tell.
    pub probability: Option<f64>,
    /// The doubt in one sentence.
    pub explain: String,
}

/// What cannot be told surely of an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// Its reports are counted once, but the link between them is weak.
    Together,
    /// It and another are counted as two, but may be kin.
    Apart,
    /// Its reports are too short to tell whose words they are.
    Short,
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
    /// How many origins that makes, and how sure it is.
    #[serde(default)]
    pub independence: Independence,
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
    /// What ties the two, why this way round and how sure it is, in two sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explain: String,
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
    /// The runs of words in `to` that stand word for word in `from` too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Span>,
}
