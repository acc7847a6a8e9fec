//! Collation: what reports agree on, where they differ, and what a rewrite bent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Hedge, ReportId, Span};

/// The statements of a story, the differences between its reports, and the drift of its rewrites.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Collation {
    /// What is told, by whom.
    pub statements: Vec<Statement>,
    /// Where independent tellings differ.
    pub variants: Vec<Variant>,
    /// What rewrites changed or invented.
    pub drift: Vec<Drift>,
}

/// Something that one report or several tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Stable name, made from the words it rests on.
    pub id: String,
    /// What is compared.
    pub kind: StatementKind,
    /// The words that say it best.
    pub gist: Span,
    /// What the figure counts or the date dates, where it is a figure or a date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<String>,
    /// Each telling.
    pub readings: Vec<Reading>,
    /// How many reports tell it.
    pub reports: usize,
    /// How many independent origins tell it.
    pub origins: usize,
    /// Whether the tellings agree.
    pub verdict: Verdict,
    /// From 0 to 1: how often tellings that were put together like these say the same.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// What a statement compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// Something that happened, will happen or is so.
    Event,
    /// An amount of something.
    Figure,
    /// When something was.
    Date,
    /// Quoted words.
    Quote,
}

/// Whether the tellings of a statement agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Two independent origins at least tell the same.
    Agreed,
    /// One origin alone tells it, in however many reports.
    SingleOrigin,
    /// Tellings differ.
    Differs,
}

/// How one report tells a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The words that are compared.
    pub span: Span,
    /// The sentence they stand in.
    pub sentence: Span,
    /// Their value: an amount, a TIMEX3 value, or a word such as `held`.
    pub value: Option<Value>,
    /// How sure the writer is of an amount.
    pub hedge: Option<Hedge>,
    /// Who says it, where it is quoted.
    pub speaker: Option<String>,
    /// Who is named as its source.
    pub attributed_to: Option<String>,
    /// Whether the report has it from another report of the story.
    pub derived: bool,
    /// When this was so, as far as the report says or its publication tells: a TIMEX3 value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// A value that readings are compared by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// An amount.
    Number(#[serde(serialize_with = "crate::exact")] f64),
    /// A TIMEX3 value or a word.
    Word(String),
}

/// A place where reports differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    /// Stable name, made from the words it rests on.
    pub id: String,
    /// What differs.
    pub kind: VariantKind,
    /// What it is about, in words of a report.
    pub about: String,
    /// The statement it belongs to.
    pub statement: String,
    /// Each reading.
    pub readings: Vec<Reading>,
    /// Whether time explains the difference: a later count, not another one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub development: bool,
    /// From 0 to 1: how often findings like this one are right.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// A finding that was written down before findings had a confidence was meant.
fn sure() -> f64 {
    1.0
}

/// What differs between readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VariantKind {
    /// An amount of the same thing.
    Figure,
    /// The day of the same thing.
    Date,
    /// The time of day of the same thing.
    Time,
    /// Planned, held, cancelled.
    Status,
    /// Who is named as the source.
    Attribution,
    /// Who or where.
    Name,
    /// Whether it is so.
    Polarity,
    /// How wide the statement reaches.
    Scope,
}

/// A change that a rewrite made to what its source says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Drift {
    /// What was changed.
    pub kind: DriftKind,
    /// The words of the rewrite.
    pub rewrite: Span,
    /// The words of the source; none where it has nothing to compare.
    pub source: Option<Span>,
    /// What was changed, in one sentence.
    pub explain: String,
    /// From 0 to 1: how often findings like this one are right.
    #[serde(default = "sure")]
    pub confidence: f64,
    /// Whether a model proposed it; its words were confirmed, its judgement is the model's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposed: bool,
}

/// What a rewrite changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DriftKind {
    /// An amount.
    Figure,
    /// A date or time.
    Date,
    /// A name.
    Name,
    /// Quoted words, or who said them.
    Quote,
    /// How sure the statement is.
    Hedge,
    /// Who stands behind it.
    Attribution,
    /// Whether it is so.
    Polarity,
    /// Planned, held, cancelled.
    Status,
    /// What caused it.
    Cause,
    /// How wide it reaches.
    Scope,
    /// Nothing in the source bears it out.
    Unsupported,
}

/// Whether a rewrite is true to its sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// The name of the pair, where many are checked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// The text that was checked; its spans name the report `rewrite`.
    pub rewrite: String,
    /// The texts it was checked against; their spans name `source-1`, `source-2`, ….
    pub sources: Vec<String>,
    /// Each sentence of the rewrite.
    pub sentences: Vec<CheckedSentence>,
    /// What the rewrite changed or invented.
    pub drift: Vec<Drift>,
    /// From 0 to 1: how much of the rewrite its sources bear out.
    pub faithful: f64,
}

/// One sentence of a rewrite, held against its sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedSentence {
    /// The sentence.
    pub span: Span,
    /// Whether the sources bear it out.
    pub verdict: SentenceVerdict,
    /// From 0 to 1: how well they do.
    pub score: f64,
    /// The passages that bear it out, best first.
    pub sources: Vec<Span>,
    /// Whether the verdict is a model's, whose words were confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proposed: bool,
}

/// Whether sources bear a sentence out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SentenceVerdict {
    /// The sources say so.
    Supported,
    /// The sources say something close, but a slot was changed.
    Drifted,
    /// Nothing in the sources says so.
    Unsupported,
}

impl Reading {
    /// Returns the report that the reading stands in.
    pub fn report(&self) -> &ReportId {
        &self.span.report
    }
}
