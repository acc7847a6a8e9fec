//! Alerts: what a desk asked to be told, what was found, and what was sent.

mod found;
mod rules;
mod sent;

use serde::{Deserialize, Serialize};
use variorum_news::{ReportId, Span};

pub use found::{Alert, NewAlert};
pub use rules::{Channel, NewChannel, NewRule, Rule, RuleMade};
pub use sent::{Claimed, Delivery, DeliveryState, Outcome};

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// A report that was not there fits the query, or comes to the story.
    Report,
    /// A story gains an independent origin.
    Origin,
    /// Reports of a story give an amount that none gave before, or that differs.
    Figure,
    /// A rewrite bends its source.
    Drift,
    /// A report is revised and gives another amount.
    Revised,
    /// A source that spoke brings nothing new.
    Silent,
    /// A source cannot be read.
    Failing,
}

impl When {
    /// All of them, in the order in which they are offered.
    pub const ALL: [When; 7] =
        [When::Report, When::Origin, When::Figure, When::Drift, When::Revised, When::Silent, When::Failing];

    /// Returns its name, as forms and programs write it.
    pub fn name(self) -> &'static str {
        match self {
            When::Report => "report",
            When::Origin => "origin",
            When::Figure => "figure",
            When::Drift => "drift",
            When::Revised => "revised",
            When::Silent => "silent",
            When::Failing => "failing",
        }
    }

    /// Returns the one of that name.
    pub fn of(name: &str) -> Option<When> {
        When::ALL.into_iter().find(|when| when.name() == name)
    }

    /// Returns what it waits for, as a part of a sentence: "tell me when …".
    pub fn sentence(self) -> &'static str {
        match self {
            When::Report => "a new report comes",
            When::Origin => "a story gains an independent origin",
            When::Figure => "a figure changes or is told differently",
            When::Drift => "a rewrite changes what its source says",
            When::Revised => "a report is revised and a figure in it changes",
            When::Silent => "a source goes silent",
            When::Failing => "a source cannot be read",
        }
    }

    /// Tells whether it is about sources, not about stories.
    pub fn is_of_sources(self) -> bool {
        matches!(self, When::Silent | When::Failing)
    }
}

/// What a rule watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// What is waited for.
    pub when: When,
    /// In this story alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// In stories with a report that this query finds; of new reports, those that it finds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Of this source alone, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What an alert says: our fixed words, and words of reports with their places. Nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What happened, in fixed words of ours.
    pub says: String,
    /// What counts beside it, in fixed words of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// The words that name the story best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Span>,
    /// What reports say.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// How many more there are.
    #[serde(default)]
    pub more: usize,
}

impl Words {
    /// Returns the reports whose words are in it.
    pub fn reports(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter_map(|line| line.report.as_deref());
        lines.chain(self.title.iter().map(|span| &*span.report))
    }
}

/// Words of one report, or of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is, in fixed words of ours.
    pub label: String,
    /// The report; none where a source is told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// Who published it; of a source, its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its address, as it was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The words, and where they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The sentence around them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Span>,
    /// The revision of the report in which they stand, where it is not the present one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

#[cfg(test)]
mod tests;
