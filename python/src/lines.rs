//! Lines of JSON: what Python hands over, and what it gets back.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::RepeatedLines;
use variorum_news::{Body, Page, Problem, ProblemLine, Report};

/// Returns a value as JSON.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("an answer is plain data")
}

/// Returns an answer as JSON, or the problem that stands in its place.
pub fn answered<T: Serialize>(answer: Result<T, Problem>) -> String {
    match answer {
        Ok(answer) => json(&answer),
        Err(problem) => json(&ProblemLine { problem }),
    }
}

/// Returns the report of a line as it is, for stages that leave the text alone.
pub fn report(line: &str, place: usize) -> Result<Report, Problem> {
    match told(line) {
        Some(problem) => Err(problem),
        None => variorum_read::read_report(line).map_err(|problem| placed(problem, place)),
    }
}

/// Returns the pages of a line, for stages that clean: one, but for the object of a feed.
pub fn pages(line: &str, place: usize) -> Vec<Result<Page, Problem>> {
    match told(line) {
        Some(problem) => vec![Err(problem)],
        None => {
            let page = |page: Result<Page, Problem>| page.map_err(|problem| placed(problem, place));
            variorum_read::read_line(line).into_iter().map(page).collect()
        }
    }
}

/// Returns a problem with its place among the lines, where it has no name of its own.
pub fn placed(problem: Problem, place: usize) -> Problem {
    match (&problem.id, &problem.path) {
        (Some(_), _) => problem,
        (None, part) => {
            let path = format!("input[{place}]{}", part.as_deref().unwrap_or_default());
            Problem { path: Some(path), ..problem }
        }
    }
}

/// A problem that an earlier stage put in place of a report, and nothing beside it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    problem: Problem,
}

fn told(line: &str) -> Option<Problem> {
    if !line.starts_with("{\"problem\"") {
        return None;
    }
    serde_json::from_str::<Told>(line).ok().map(|told| told.problem)
}

/// A report that was cleaned, and whether that was before this call.
#[derive(Debug)]
pub struct Cleaned {
    /// The report.
    pub report: Report,
    /// Whether it came cleaned, and is left as it is.
    pub before: bool,
}

/// Returns the cleaned report of a page, dated where it carries no date of its own.
pub fn cleaned(page: Result<Page, Problem>, published: Option<&str>) -> Result<Cleaned, Problem> {
    let page = page?;
    let before = matches!(page.body, Body::Clean(_));
    Ok(Cleaned { report: dated(variorum::clean(&page)?, published), before })
}

/// Returns a report with a date, its own or the given one.
pub fn dated(mut report: Report, published: Option<&str>) -> Report {
    if report.published.is_none() {
        report.published = published.map(str::to_owned);
    }
    report
}

/// Returns a report without the lines that its outlet repeats; one that was cleaned before stays as it is.
pub fn without_repeated(cleaned: Cleaned, table: &RepeatedLines) -> Report {
    if cleaned.before { cleaned.report } else { variorum::strip_repeated(cleaned.report, table) }
}

/// Checks the date that a caller gives for reports without one.
pub fn checked(published: Option<&str>) -> PyResult<()> {
    let Some(date) = published else { return Ok(()) };
    let probe = dated(Report::of_text("probe", ""), published);
    match probe.day() {
        Some(_) => Ok(()),
        None => Err(PyValueError::new_err(format!("published={date:?} is no date\nhint: write it as 2025-03-27"))),
    }
}

/// Returns the table of repeated lines of its JSON; an empty one where none is given.
pub fn table(json: Option<&str>) -> PyResult<RepeatedLines> {
    let Some(json) = json else { return Ok(RepeatedLines::default()) };
    serde_json::from_str(json).map_err(|error| {
        PyValueError::new_err(format!(
            "this is no table of repeated lines ({error})\nhint: `variorum clean PATH --write-repeated-lines FILE` writes one"
        ))
    })
}
