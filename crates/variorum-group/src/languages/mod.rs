//! Reports are grouped within their language: each language has a shelf of its own, with its own rarities.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use variorum_news::{GroupLine, Placement, Report, ReportId};
use variorum_text::{language, language_group, language_tag, marks_of_language, seems_language};

use crate::imprint::Imprint;
use crate::{Options, shelf, whole};

/// The language of a report that does not tell it.
const UNTOLD: &str = "en";

/// A text of fewer bytes is no more than a headline.
const HEADLINE: usize = 100;

/// A text of fewer bytes is read with its title.
const SHORT: usize = 400;

/// The stories so far: what placing the next report needs to know. A plain value that can be kept and resumed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shelf {
    of_language: BTreeMap<String, shelf::Shelf>,
}

impl Shelf {
    /// Tells whether a report of this name was placed before and is not forgotten.
    pub fn holds(&self, id: &ReportId) -> bool {
        self.of_language.values().any(|shelf| shelf.holds(id))
    }

    /// Returns how many pairs of reports were compared in full since the shelf was opened or resumed.
    pub fn comparisons(&self) -> u64 {
        self.of_language.values().map(shelf::Shelf::comparisons).sum()
    }

    /// Returns where a report belongs, and puts it on the shelf of its language.
    pub(crate) fn place(&mut self, report: &Report, options: &Options) -> Vec<GroupLine> {
        let language = language_of(report);
        if let Some(shelf) = self.of_language.get_mut(&language) {
            return shelf.place(report, &language, options);
        }
        self.of_language.entry(language.clone()).or_default().place(report, &language, options)
    }

    /// Returns where each report of a day belongs, and puts them on the shelf of the language.
    pub(crate) fn place_day(
        &mut self,
        language: &str,
        reports: Vec<(ReportId, Imprint)>,
        options: &Options,
    ) -> Vec<Vec<GroupLine>> {
        self.of_language.entry(language.to_owned()).or_default().place_day(reports, options)
    }

    /// Returns a name for the frequencies of a language's words.
    pub(crate) fn frequencies(&self, language: &str) -> String {
        self.of_language.get(language).map(shelf::Shelf::frequencies).unwrap_or_default()
    }
}

/// Returns where each report belongs with all of them in sight, in the order given.
pub fn group(reports: &[&Report]) -> Vec<Placement> {
    let mut by_language: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        by_language.entry(language_of(report)).or_default().push(at);
    }
    let mut placed: BTreeMap<usize, Placement> = BTreeMap::new();
    for (language, places) in by_language {
        let of_language: Vec<&Report> = places.iter().map(|&at| reports[at]).collect();
        placed.extend(places.into_iter().zip(whole::group(&of_language, &language)));
    }
    placed.into_values().collect()
}

/// Returns the language that a report is read in: the one it is said to have, unless its words clearly tell another.
pub fn language_of(report: &Report) -> String {
    let told = report.language.as_deref().and_then(language_tag);
    let told = told.as_deref().map(language_group).filter(|tag| !matches!(*tag, "und" | "mul" | "zxx" | "mis"));
    let text = read(report);
    if let Some(told) = told.filter(|told| seems_language(&text, told)) {
        return told.to_owned();
    }
    if told.is_none() && is_plainly_english(&text) {
        return UNTOLD.to_owned();
    }
    let tag = match (language(&text), told) {
        (Some(found), _) if found.is_sure => found.tag,
        (_, Some(told)) => told,
        // Few words tell little: what may be the most frequent language is taken for it.
        (Some(found), None) if !seems_language(&text, UNTOLD) => found.tag,
        _ => UNTOLD,
    };
    language_group(tag).to_owned()
}

/// A quick look that most of a stream passes, at a tenth of what telling a language costs: words that English alone has,
/// and none that only others have. Of a headline without either nobody can tell more.
fn is_plainly_english(text: &str) -> bool {
    let (own, foreign) = marks_of_language(text, UNTOLD);
    foreign == 0 && (own > 0 || text.is_ascii() && text.len() < HEADLINE) || own >= 2 && own >= 8 * foreign
}

fn read(report: &Report) -> Cow<'_, str> {
    match report.title.as_deref() {
        Some(title) if report.text.len() < SHORT => Cow::Owned(format!("{title}\n{}", report.text)),
        _ => Cow::Borrowed(&report.text),
    }
}
