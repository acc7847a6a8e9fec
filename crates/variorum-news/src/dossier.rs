//! The dossier: everything known of a set of reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Drift, Edge, Independence, Problem, Report, ReportId, Span, Statement, Variant, Verdict};

/// The name of the dossier's shape.
pub const SCHEMA: &str = "variorum/dossier@1";

/// Everything known of a set of reports: the main output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// The name of the story, where many are collated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// The shape of this value: `variorum/dossier@1`.
    pub schema: String,
    /// The reports with their annotations.
    pub reports: Vec<Report>,
    /// The stories that they tell.
    pub stories: Vec<Story>,
    /// What could not be used, and why.
    pub problems: Vec<Problem>,
}

/// One event as its reports tell it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Stable name.
    pub id: String,
    /// The words that name the story best.
    pub title: Option<Span>,
    /// Its reports; their order gives the sigla A, B, C ….
    pub reports: Vec<ReportId>,
    /// The reports grouped by independent origin.
    pub origins: Vec<Vec<ReportId>>,
    /// How many origins that makes, and how sure it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independence: Option<Independence>,
    /// Who has words from whom.
    pub lineage: Vec<Edge>,
    /// What is told, by whom.
    pub statements: Vec<Statement>,
    /// Where reports differ.
    pub variants: Vec<Variant>,
    /// What rewrites changed or invented.
    pub drift: Vec<Drift>,
    /// What happened when.
    pub timeline: Vec<TimelineEntry>,
    /// The story in source words only.
    pub account: Vec<AccountSentence>,
}

/// The telling of a story: what `compose` makes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Telling {
    /// The words that name the story best.
    pub title: Option<Span>,
    /// What happened when.
    pub timeline: Vec<TimelineEntry>,
    /// The story in source words only.
    pub account: Vec<AccountSentence>,
}

/// Something that is dated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineEntry {
    /// When it was.
    pub when: Moment,
    /// The words that tell it.
    pub what: Span,
    /// The statement it belongs to.
    pub statement: String,
    /// The reports that tell it.
    pub reports: Vec<ReportId>,
    /// Why the day is not sure, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertain: Option<Uncertain>,
}

/// Why it is not sure when something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Uncertain {
    /// The reports give no year.
    NoYear,
    /// The reports give a weekday, or "last week", and nothing tells of which week.
    NoDate,
    /// The reports give a week and no day ("last week").
    WeekOnly,
    /// The writer is not sure ("about", "late March").
    About,
    /// The reports give different days.
    Disputed,
}

/// A resolved point in time, with the words that give it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    /// TIMEX3 value.
    pub value: String,
    /// The words.
    pub text: Span,
}

/// One sentence of the account: verbatim words, and every span that says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountSentence {
    /// The words.
    pub text: String,
    /// Every span that says it; the first is where the words stand.
    pub sources: Vec<Span>,
    /// Whether independent origins agree on it, one alone tells it, or reports differ in a part of it.
    #[serde(default = "one_alone")]
    pub mark: Verdict,
    /// How many independent origins tell it.
    #[serde(default)]
    pub origins: usize,
    /// The statement that it tells.
    #[serde(default)]
    pub statement: String,
    /// The variants that show where reports differ in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// What it is to the story.
    #[serde(default)]
    pub part: Part,
    /// The number of its paragraph, counted from 0.
    #[serde(default)]
    pub paragraph: usize,
}

/// An account that was written down before its sentences had marks claims no agreement.
fn one_alone() -> Verdict {
    Verdict::SingleOrigin
}

/// What a sentence of the account is to the story; the parts stand in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The news in one sentence.
    Lead,
    /// What happened.
    #[default]
    News,
    /// Who said what.
    Voices,
    /// What was before.
    Background,
}
