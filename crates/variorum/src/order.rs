//! The order in which reports are read, whatever order they came in.

use std::collections::BTreeMap;

use variorum_news::{Problem, Report, ReportId};

/// Returns reports in reading order (time, file, name) without those that stand there twice, and all problems sorted.
pub fn in_reading_order(cleaned: Vec<Result<Report, Problem>>) -> (Vec<Report>, Vec<Problem>) {
    let mut reports = Vec::new();
    let mut problems = Vec::new();
    for result in cleaned {
        match result {
            Ok(report) => reports.push(report),
            Err(problem) => problems.push(problem),
        }
    }
    reports.sort_by(|a: &Report, b: &Report| key(a).cmp(&key(b)).then_with(|| a.text.cmp(&b.text)));
    let mut first: BTreeMap<ReportId, Option<String>> = BTreeMap::new();
    let mut kept: Vec<Report> = Vec::new();
    for report in reports {
        match first.get(&report.id) {
            None => {
                first.insert(report.id.clone(), report.path.clone());
                kept.push(report);
            }
            Some(earlier) => problems.push(again(&report, earlier.as_deref())),
        }
    }
    problems.sort();
    (kept, problems)
}

fn key(report: &Report) -> (bool, &str, &str, &str) {
    let published = report.published.as_deref().unwrap_or("");
    (published.is_empty(), published, report.path.as_deref().unwrap_or(""), &report.id)
}

fn again(report: &Report, earlier: Option<&str>) -> Problem {
    let reason = match earlier {
        Some(path) => format!("the same bytes as {path}; counted once"),
        None => "a report with this id was given before; counted once".to_owned(),
    };
    match &report.path {
        Some(path) => Problem { path: Some(path.clone()), id: Some(report.id.to_string()), reason },
        None => Problem::of_id(report.id.as_ref(), reason),
    }
}
