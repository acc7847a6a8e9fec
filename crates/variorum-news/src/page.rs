//! A page: what one input held before cleaning.

use serde_json::{Map, Value};

use crate::{Credit, Note, Report, ReportId};

/// The words of a page, in the form they came.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Plain text, blocks parted by line breaks.
    Text(String),
    /// Markup of a whole web page, with what stands around the article.
    Html(String),
    /// Markup of the article alone, as feeds and agency formats carry it.
    Fragment(String),
    /// No words but the headline, as in a news sitemap and in many feeds.
    Headline,
    /// A report that `clean` printed before: it is taken as it is.
    Clean(Box<Report>),
}

/// What one input held: its words, and the facts that came beside them.
///
/// `id` is the given one, or made from the bytes of the input alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The name that the report will have.
    pub id: ReportId,
    /// The file it came from; none for a line of JSON, whose file says nothing about the report.
    pub path: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as given.
    pub published: Option<String>,
    /// When it was last changed, as given.
    pub modified: Option<String>,
    /// The part of the outlet it stood in, as given.
    pub section: Option<String>,
    /// Its headline, as given.
    pub title: Option<String>,
    /// The line under the headline, as given.
    pub standfirst: Option<String>,
    /// Its authors, as given.
    pub byline: Vec<String>,
    /// Its language, as given.
    pub language: Option<String>,
    /// Whom the format around it names as its source; none of these has a span.
    pub credits: Vec<Credit>,
    /// Odd things noticed while it was read.
    pub notes: Vec<Note>,
    /// Its words.
    pub body: Body,
    /// Fields that nobody here knows, kept.
    pub extra: Map<String, Value>,
}

impl Page {
    /// Returns a page with nothing but a name and words.
    pub fn of(id: impl Into<ReportId>, body: Body) -> Self {
        Page {
            id: id.into(),
            path: None,
            url: None,
            outlet: None,
            published: None,
            modified: None,
            section: None,
            title: None,
            standfirst: None,
            byline: Vec::new(),
            language: None,
            credits: Vec::new(),
            notes: Vec::new(),
            body,
            extra: Map::new(),
        }
    }
}
