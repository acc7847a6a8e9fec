//! What the tools take and return.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use variorum_news::{ReportId, Span};
use variorum_store::{ReportRow, StoryCard};

/// Arguments of `search`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchArguments {
    /// What is looked for. All words must be there, in any inflection; "a phrase", `OR`, `-word`, brackets;
    /// `outlet:` `author:` `title:` look there; `date:2026-03..2026-05` `lang:en` `origin:original` `origin:copied`
    /// `has:drift` `has:variants` `story:NAME` narrow. Empty finds everything.
    #[serde(default)]
    pub query: String,
    /// What comes first.
    #[serde(default)]
    pub order: HitOrder,
    /// How many reports at most.
    #[serde(default = "ten")]
    #[schemars(range(min = 1, max = 30))]
    pub limit: usize,
    /// `next` of the answer before, to go on.
    #[serde(default)]
    pub cursor: Option<String>,
}

fn ten() -> usize {
    10
}

/// What comes first in a search.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HitOrder {
    /// What fits the words best.
    #[default]
    Best,
    /// The newest day of publication.
    Newest,
}

/// What `search` returns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finds {
    /// What the figures count.
    pub counted: Value,
    /// How many reports fit, on all pages.
    pub total: u64,
    /// These reports.
    pub reports: Vec<Find>,
    /// To be handed in as `cursor`; null at the end.
    pub next: Option<String>,
    /// How many of all that fit are of an outlet, most first; the first ten.
    pub outlets: Vec<Count>,
    /// How many of all that fit have words of their own.
    pub original: u64,
    /// How many of all that fit have another's words.
    pub copied: u64,
}

/// A report that was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Find {
    /// What it is.
    #[serde(flatten)]
    pub report: ReportEntry,
    /// The story that it is in, to be read with `story`; null until it is placed.
    pub story: Option<String>,
    /// Its first words.
    pub opening: Span,
}

/// A report, without its words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportEntry {
    /// Its name, to be read with `report`.
    pub id: ReportId,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors.
    pub author: Option<String>,
    /// The day it was published.
    pub day: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How often its words were seen to change, plus one.
    pub revisions: u32,
}

impl From<ReportRow> for ReportEntry {
    fn from(row: ReportRow) -> Self {
        ReportEntry {
            id: row.id,
            outlet: row.outlet,
            title: row.title,
            author: row.author,
            day: row.day,
            language: row.language,
            revisions: row.revisions,
        }
    }
}

/// A name and how often it is there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Count {
    /// The name.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// Arguments of `stories`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoriesArguments {
    /// What comes first.
    #[serde(default)]
    pub order: StoryOrder,
    /// Only stories that have this.
    #[serde(default)]
    pub has: Option<Has>,
    /// Only stories that so many publishers tell, at least.
    #[serde(default)]
    pub publishers: u32,
    /// Only stories of a language, such as `en`.
    #[serde(default)]
    pub language: Option<String>,
    /// How many at most.
    #[serde(default = "ten")]
    #[schemars(range(min = 1, max = 30))]
    pub limit: usize,
    /// `next` of the answer before, to go on.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// What comes first in a list of stories.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoryOrder {
    /// What changed last.
    #[default]
    Changed,
    /// What has the newest report.
    Newest,
    /// What most reports tell.
    Reports,
}

/// What a story must have.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Has {
    /// Reports that differ.
    Variants,
    /// A rewrite that bent something.
    Drift,
}

/// What `stories` returns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryEntries {
    /// What the figures count.
    pub counted: Value,
    /// The stories.
    pub stories: Vec<StoryEntry>,
    /// To be handed in as `cursor`; null at the end.
    pub next: Option<String>,
}

/// A story as lists show it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryEntry {
    /// Its name, to be read with `story`.
    pub id: String,
    /// The headline that names it best, in the words of a report.
    pub title: Option<String>,
    /// The first words of its account, in the words of a report.
    pub lead: Option<String>,
    /// The language of most of its reports.
    pub language: Option<String>,
    /// When it last changed (RFC 3339).
    pub changed: String,
    /// How many reports tell it.
    pub reports: u32,
    /// How many publishers.
    pub publishers: u32,
    /// How many independent origins.
    pub origins: u32,
    /// How many of these are not sure.
    pub uncertain: u32,
    /// How many differences its reports have.
    pub variants: u32,
    /// How many things rewrites bent.
    pub drift: u32,
}

impl From<StoryCard> for StoryEntry {
    fn from(card: StoryCard) -> Self {
        StoryEntry {
            id: card.id,
            title: card.title,
            lead: card.lead.map(|lead| shortened(&lead)),
            language: card.language,
            changed: time(card.changed),
            reports: card.reports,
            publishers: card.publishers,
            origins: card.origins,
            uncertain: card.uncertain,
            variants: card.variants,
            drift: card.drift,
        }
    }
}

/// Returns a time of the record as text (RFC 3339).
fn time(seconds: i64) -> String {
    let end = if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_second(seconds).unwrap_or(end).to_string()
}

fn shortened(words: &str) -> String {
    words.chars().take(400).collect()
}

/// Arguments of `story`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoryArguments {
    /// The name of the story, from `stories` or `search`.
    pub id: String,
    /// Which part is asked for.
    #[serde(default)]
    pub part: StoryPart,
    /// `next` of the answer before, to go on with the same part.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A part of a story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoryPart {
    /// What is told, sentence by sentence in the words of reports, each with all spans that say it.
    #[default]
    Account,
    /// Where reports differ, each reading with its span.
    Variants,
    /// What rewrites bent: the words of the rewrite and of its source.
    Drift,
    /// Who copied, excerpted or rewrote whom, with the evidence.
    Lineage,
    /// What happened when, as reports tell it.
    Timeline,
    /// What reports state, with how many origins say it.
    Statements,
    /// The reports that tell it.
    Reports,
}

/// What `story` returns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryAnswer {
    /// What the figures count.
    pub counted: Value,
    /// The story and its figures.
    pub story: StoryEntry,
    /// The headline, with its span.
    pub title: Option<Span>,
    /// The part that is told.
    pub part: StoryPart,
    /// How many items the whole part has.
    pub total: usize,
    /// The items.
    pub items: Vec<Value>,
    /// To be handed in as `cursor`; null at the end of the part.
    pub next: Option<String>,
}

/// Arguments of `report`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportArguments {
    /// The name of the report, from `search` or `story`.
    pub id: String,
    /// `next` of the answer before, to go on.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// What `report` returns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportAnswer {
    /// What it is.
    pub report: ReportEntry,
    /// Its address on the web.
    pub url: Option<String>,
    /// Whom it credits, in its own words.
    pub credits: Vec<String>,
    /// The story that it is in; null until it is placed.
    pub story: Option<String>,
    /// An earlier report with the same text.
    pub duplicate_of: Option<ReportId>,
    /// How many code points the whole text has.
    pub length: usize,
    /// Its words, or as many as fit, with where they stand.
    pub text: Span,
    /// To be handed in as `cursor`; null at the end.
    pub next: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckArguments {
    /// The text to check: a summary, a rewrite, an answer.
    #[schemars(length(max = 50000))]
    pub rewrite: String,
    /// The texts that it was made from, word for word; 200,000 characters together at most.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub sources: Vec<String>,
    /// Reports of the record that it was made from, by name; they come after `sources`.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub reports: Vec<String>,
    /// Which part is asked for.
    #[serde(default)]
    pub part: CheckPart,
    /// `next` of the answer before, to go on; all else stays the same.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A part of what a check found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckPart {
    /// What the text bent, with the words of both sides.
    #[default]
    Drift,
    /// A verdict for every sentence, with the spans that bear it out.
    Sentences,
}

/// What `check` returns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckAnswer {
    /// What the figures count.
    pub counted: Value,
    /// How much of the text its sources bear out, from 0 to 1.
    pub faithful: f64,
    /// How many sentences the text has.
    pub sentences: usize,
    /// How many of them its sources bear out.
    pub supported: usize,
    /// How many things it bent.
    pub drift: usize,
    /// The sources, as spans name them: `source-1` and so on, each with the report that it is, where it is one.
    pub sources: Vec<SourceName>,
    /// The part that is told.
    pub part: CheckPart,
    /// The items.
    pub items: Vec<Value>,
    /// To be handed in as `cursor`; null at the end of the part.
    pub next: Option<String>,
}

/// A source of a check.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceName {
    /// Its name in spans.
    pub name: String,
    /// The report that it is; null for a text that was handed in.
    pub report: Option<ReportId>,
}
