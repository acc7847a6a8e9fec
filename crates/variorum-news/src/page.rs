//! A page: what one input held before cleaning.

use serde_json::{Map, Value};

use crate::{Report, ReportId};

/// The words of a page, in the form they came.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Plain text, blocks parted by line breaks.
    Text(String),
    /// Markup of a web page.
    Html(String),
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
    /// Its headline, as given.
    pub title: Option<String>,
    /// Its authors, as given.
    pub byline: Vec<String>,
    /// Its language, as given.
    pub language: Option<String>,
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
            title: None,
            byline: Vec::new(),
            language: None,
            body,
            extra: Map::new(),
        }
    }
}
