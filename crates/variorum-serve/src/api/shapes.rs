//! What the API tells of the record, as it is written outside: times as text, addresses beside names.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use variorum_newsroom::{Decision, Ruling};
use variorum_store::{Correction, Flags, ReportRow, StoryCard};

use super::{paths, times};

/// A story as lists show it. The figures count reporting, not truth.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StoryEntry {
    /// Its name.
    #[schema(example = "s41c9")]
    pub id: String,
    /// Where all of it is told.
    #[schema(example = "/api/v1/stories/s41c9")]
    pub href: String,
    /// The headline that names it best, in the words of a report.
    pub title: Option<String>,
    /// The first words of its account, in the words of a report.
    pub lead: Option<String>,
    /// The language of most of its reports.
    #[schema(example = "en")]
    pub language: Option<String>,
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
    /// When it last changed.
    #[schema(format = DateTime)]
    pub changed: String,
    /// When its first report was seen.
    #[schema(format = DateTime)]
    pub first_seen: String,
    /// When its newest report was seen.
    #[schema(format = DateTime)]
    pub newest: String,
}

impl From<StoryCard> for StoryEntry {
    fn from(card: StoryCard) -> Self {
        StoryEntry {
            href: paths::story(&card.id),
            id: card.id,
            title: card.title,
            lead: card.lead,
            language: card.language,
            reports: card.reports,
            publishers: card.publishers,
            origins: card.origins,
            uncertain: card.uncertain,
            variants: card.variants,
            drift: card.drift,
            changed: times::text(card.changed),
            first_seen: times::text(card.first_seen),
            newest: times::text(card.newest),
        }
    }
}

/// A report as lists show it, without its words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportEntry {
    /// Its name.
    #[schema(example = "herald-0412")]
    pub id: String,
    /// Where all of it is told.
    #[schema(example = "/api/v1/reports/herald-0412")]
    pub href: String,
    /// Its address in one form; none where it is known by its name alone.
    #[schema(example = "herald.example/ferries")]
    pub key: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors, parted by `; `.
    pub author: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The day it was published.
    #[schema(example = "2026-03-05")]
    pub day: Option<String>,
    /// When it was first seen.
    #[schema(format = DateTime)]
    pub first_seen: String,
    /// When it was last seen.
    #[schema(format = DateTime)]
    pub last_seen: String,
    /// When its present words were first seen.
    #[schema(format = DateTime)]
    pub revised: String,
    /// How many revisions there are; 1 where it never changed.
    pub revisions: u32,
}

impl From<ReportRow> for ReportEntry {
    fn from(row: ReportRow) -> Self {
        ReportEntry {
            id: row.id.to_string(),
            href: paths::report(&row.id),
            key: Some(row.key).filter(|key| !key.starts_with("id:")),
            outlet: row.outlet,
            title: row.title,
            author: row.author,
            language: row.language,
            day: row.day,
            first_seen: times::text(row.first_seen),
            last_seen: times::text(row.last_seen),
            revised: times::text(row.revised),
            revisions: row.revisions,
        }
    }
}

/// What the collation of its story says of a report.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct ReportFlags {
    /// Whether it has words of its own (true), or those of another (false), where that is known.
    pub original: Option<bool>,
    /// Whether it bends a source.
    pub drift: bool,
    /// Whether it differs from others of its story.
    pub variants: bool,
}

impl From<Flags> for ReportFlags {
    fn from(flags: Flags) -> Self {
        ReportFlags { original: flags.original, drift: flags.drift, variants: flags.variants }
    }
}

/// What a person says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RulingWord {
    /// It is so.
    Confirmed,
    /// It is none.
    Dismissed,
}

impl From<Ruling> for RulingWord {
    fn from(ruling: Ruling) -> Self {
        match ruling {
            Ruling::Confirmed => RulingWord::Confirmed,
            Ruling::Dismissed => RulingWord::Dismissed,
        }
    }
}

impl From<RulingWord> for Ruling {
    fn from(word: RulingWord) -> Self {
        match word {
            RulingWord::Confirmed => Ruling::Confirmed,
            RulingWord::Dismissed => Ruling::Dismissed,
        }
    }
}

/// A standing word of a person on a finding.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DecisionEntry {
    /// What is said.
    pub ruling: RulingWord,
    /// Who says it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The number of the correction, to take it back.
    pub correction: i64,
}

impl From<&Decision> for DecisionEntry {
    fn from(decision: &Decision) -> Self {
        DecisionEntry {
            ruling: decision.ruling.into(),
            who: decision.who.clone(),
            reason: decision.reason.clone(),
            at: times::text(decision.at),
            correction: decision.correction,
        }
    }
}

/// What a person corrected.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CorrectionEntry {
    /// Its number.
    pub n: i64,
    /// Where it stands.
    #[schema(example = "/api/v1/corrections/7")]
    pub href: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// What it does, as it was handed in; the desk may have noted more beside it.
    #[schema(value_type = Object)]
    pub action: Value,
    /// When and by whom it was taken back; null while it stands.
    pub undone: Option<Undone>,
}

/// Who took a correction back, and when.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Undone {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who.
    pub who: String,
}

impl From<Correction> for CorrectionEntry {
    fn from(correction: Correction) -> Self {
        CorrectionEntry {
            n: correction.n,
            href: format!("/api/v1/corrections/{}", correction.n),
            at: times::text(correction.at),
            who: correction.who,
            reason: correction.reason,
            action: correction.body,
            undone: correction.undone.map(|(at, who)| Undone { at: times::text(at), who }),
        }
    }
}

/// A name and how often it is there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Count {
    /// The name.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// Returns counts as they are written outside.
pub fn counts(pairs: Vec<(String, u64)>) -> Vec<Count> {
    pairs.into_iter().map(|(name, count)| Count { name, count }).collect()
}
