//! Credits: whom a report names as the source of its words or pictures.

mod claims;
mod class;
mod cues;
mod inline;
#[cfg(test)]
mod labelled;
mod line;
mod outlets;
mod own;
mod photo;
mod reading;
mod verbs;
mod wire;
mod words;

use std::ops::Range;

use variorum_news::CreditKind;

pub(crate) use claims::in_byline;
pub(crate) use inline::inline;
pub(crate) use line::line;
pub(crate) use outlets::may_be_outlet as is_outlet;
pub(crate) use own::{is_own, site};
pub(crate) use photo::{is_photo_line, photo_at};

/// A credit in a line: who, for what, and where in the line its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub source: String,
    pub kind: CreditKind,
    pub bytes: Range<usize>,
}
