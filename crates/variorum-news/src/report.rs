//! A report: one outlet's telling, cleaned to the article's own words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Annotations, ReportId, Span};

/// One outlet's telling of an event: its own words, and the facts about it.
///
/// Only `id` and `text` are needed to read one; a stage accepts a report with the rest missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Stable name: the given one, or made from the report's bytes.
    pub id: ReportId,
    /// The file it came from.
    #[serde(default)]
    pub path: Option<String>,
    /// Its address.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Its headline, where it has one.
    #[serde(default)]
    pub title: Option<String>,
    /// The line under the headline.
    #[serde(default)]
    pub standfirst: Option<String>,
    /// Its authors: people, not roles or outlets.
    #[serde(default)]
    pub byline: Vec<String>,
    /// When it was first published: RFC 3339, or a bare ISO day.
    #[serde(default)]
    pub published: Option<String>,
    /// When it was last changed: RFC 3339, or a bare ISO day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The part of the outlet it stood in ("World").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The address that the page calls its own, where that is another than `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// BCP 47 language.
    #[serde(default)]
    pub language: Option<String>,
    /// How sure it is that `text` is the article and nothing else, 0–1; given for web pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// The article's own words, NFC, blocks parted by `\n`.
    pub text: String,
    /// What each part of the text is, in order; every word of the text stands in a block.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Whom the report names as its source.
    #[serde(default)]
    pub credits: Vec<Credit>,
    /// What was taken out, word for word.
    #[serde(default)]
    pub removed: Vec<Removed>,
    /// The name of the table of repeated lines that was held against it, where one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeated_lines: Option<String>,
    /// Odd things noticed on the way, each with what was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What `annotate` found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Annotations>,
    /// Fields of the input that nobody here knows, kept.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Report {
    /// Returns a report with nothing but a name and words.
    pub fn of_text(id: impl Into<ReportId>, text: impl Into<String>) -> Self {
        Report {
            id: id.into(),
            path: None,
            url: None,
            outlet: None,
            title: None,
            standfirst: None,
            byline: Vec::new(),
            published: None,
            modified: None,
            section: None,
            canonical: None,
            language: None,
            confidence: None,
            text: text.into(),
            blocks: Vec::new(),
            credits: Vec::new(),
            removed: Vec::new(),
            repeated_lines: None,
            notes: Vec::new(),
            annotations: None,
            extra: Map::new(),
        }
    }

    /// Returns what a person calls the report: its outlet with its id, else its file, else its id.
    pub fn name(&self) -> String {
        let file = self.path.as_deref().map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path));
        match (self.outlet.as_deref(), file) {
            (Some(outlet), _) => format!("{outlet} ({})", self.id),
            (None, Some(file)) => file.to_owned(),
            (None, None) => self.id.to_string(),
        }
    }

    /// Returns when a reader or a crawler first saw the report, where the input says so (`seen`, or `captured` of an
    /// archive): unlike `published` it is no claim of the outlet.
    pub fn first_seen(&self) -> Option<&str> {
        ["seen", "captured"].into_iter().find_map(|key| self.extra.get(key)?.as_str())
    }

    /// Returns the day of publication as `YYYY-MM-DD`, where one is given.
    pub fn day(&self) -> Option<&str> {
        let day = self.published.as_deref()?.get(..10)?;
        let shaped =
            day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        shaped.then_some(day)
    }
}

/// A part of a report's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What the part is.
    pub kind: BlockKind,
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// BCP 47 language, where it is another than the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What a part of a report's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading between paragraphs.
    Heading,
    /// One item of a list.
    ListItem,
    /// Words under a picture.
    Caption,
    /// A block quotation or an embedded post.
    Quote,
    /// A table, a row a line.
    Table,
}

/// A line in which a report names where it has its words or pictures from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    /// The name or host that is credited.
    pub source: String,
    /// What kind of credit it is.
    pub kind: CreditKind,
    /// The words of the credit.
    pub text: String,
    /// Where they stand; none for a credit in a line that was removed.
    #[serde(default)]
    pub span: Option<Span>,
}

/// What a credit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// "Original Source: …", "This article first appeared in …".
    OriginalSource,
    /// "…, the Herald reported".
    ReportedBy,
    /// "(Reuters)", "AP contributed".
    Agency,
    /// Who took or provided a picture.
    Photo,
}

/// Words that were taken out of a report, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Removed {
    /// The words as they stood.
    pub text: String,
    /// Why they are no part of the article.
    pub reason: String,
}

/// Something odd in a report, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Where it stands, where it stands in the text.
    #[serde(default)]
    pub span: Option<Span>,
    /// What was odd, and what was done.
    pub note: String,
}
