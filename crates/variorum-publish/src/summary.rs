//! The summary that a person reads in a terminal.

use variorum_news::Dossier;

/// Whether a summary may use terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// ANSI colours.
    Ansi,
    /// Plain text.
    None,
}

/// Returns a summary of a dossier that fits a terminal of `width` columns.
pub fn summary(dossier: &Dossier, _width: usize, _colour: Colour) -> String {
    format!("{} reports, {} stories\n", dossier.reports.len(), dossier.stories.len())
}
