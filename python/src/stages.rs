//! The stages over lines of JSON: each does what the command of its name does with them.

use std::collections::BTreeSet;

use pyo3::prelude::*;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use variorum::{CollateOptions, Depth, GroupOptions, RepeatedLines};
use variorum_news::{Dossier, Lineage, Problem, Report, ReportId, TraceAnswer};

use crate::lines::{self, Cleaned, answered, json};
use crate::threads;

/// Returns the version of the library.
#[pyfunction]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Cleans pages; the answers to a line are one report or problem, or several where it holds a feed.
#[pyfunction]
#[pyo3(signature = (lines, published=None, repeated_lines=None))]
pub fn clean(
    py: Python<'_>,
    lines: Vec<String>,
    published: Option<&str>,
    repeated_lines: Option<&str>,
) -> PyResult<Vec<Vec<String>>> {
    lines::checked(published)?;
    let table = lines::table(repeated_lines)?;
    threads::each(py, &lines, |line, place| {
        let pages = lines::pages(line, place).into_iter();
        let reports = pages.map(|page| lines::cleaned(page, published).map(|c| lines::without_repeated(c, &table)));
        reports.map(answered).collect()
    })
}

/// Annotates reports.
#[pyfunction]
#[pyo3(signature = (lines, fast=false))]
pub fn annotate(py: Python<'_>, lines: Vec<String>, fast: bool) -> PyResult<Vec<String>> {
    let depth = if fast { Depth::Fast } else { Depth::Grammar };
    threads::each(py, &lines, |line, place| {
        answered(lines::report(line, place).map(|report| variorum::annotate(report, depth)))
    })
}

/// Groups reports with all of them in sight; an answer a line.
#[pyfunction]
#[pyo3(signature = (lines, window=None))]
pub fn group(py: Python<'_>, lines: Vec<String>, window: Option<u32>) -> PyResult<Vec<String>> {
    let read = threads::each(py, &lines, |line, place| lines::report(line, place))?;
    threads::free(py, || placements(read, &GroupOptions { window, splits: false }))
}

fn placements(read: Vec<Result<Report, Problem>>, options: &GroupOptions) -> Vec<String> {
    let read = each_once(read);
    let problems: Vec<Option<Problem>> = read.iter().map(|found| found.as_ref().err().cloned()).collect();
    let reports: Vec<Report> = read.into_iter().filter_map(Result::ok).collect();
    let mut placed = variorum::group(&reports, options).into_iter();
    let answer = |problem| match problem {
        Some(problem) => answered::<()>(Err(problem)),
        None => json(&placed.next().expect("every report is placed")),
    };
    problems.into_iter().map(answer).collect()
}

/// Makes a problem of every report whose name stood in an earlier line.
fn each_once(read: Vec<Result<Report, Problem>>) -> Vec<Result<Report, Problem>> {
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut once = |report: Report| if seen.insert(report.id.clone()) { Ok(report) } else { Err(twice(&report.id)) };
    read.into_iter().map(|found| found.and_then(&mut once)).collect()
}

/// Returns the problem of a report whose name was given before.
fn twice(id: &ReportId) -> Problem {
    Problem::of_id(id.as_ref(), "this id stood in an earlier line; give each report its own id")
}

/// Places reports on a shelf, one after the other; the answers to a line are its placement and what it changed.
pub fn place(
    shelf: &mut variorum::Shelf,
    read: Vec<Result<Report, Problem>>,
    options: &GroupOptions,
) -> Vec<Vec<String>> {
    let mut answers = |found: Result<Report, Problem>| match found {
        Ok(report) if variorum::holds(shelf, &report.id) => vec![answered::<()>(Err(twice(&report.id)))],
        Ok(report) => variorum::place(shelf, report, options).iter().map(json).collect(),
        Err(problem) => vec![answered::<()>(Err(problem))],
    };
    read.into_iter().map(&mut answers).collect()
}

/// Traces stories, each of them lines of reports: the problems of a story, then its edges.
#[pyfunction]
pub fn trace(py: Python<'_>, stories: Vec<Vec<String>>) -> PyResult<Vec<Vec<String>>> {
    // One story is shared out by its reports, many by story; threads that are free do either.
    let pool = threads::pool()?;
    threads::each(py, &stories, |lines, _| pool.install(|| edges(lines)))
}

fn edges(lines: &[String]) -> Vec<String> {
    let read = lines.par_iter().enumerate().map(|(place, line)| lines::report(line, place)).collect();
    let (mut answers, mut reports) = (Vec::new(), Vec::new());
    for found in each_once(read) {
        match found {
            Ok(report) => reports.push(report),
            Err(problem) => answers.push(answered::<()>(Err(problem))),
        }
    }
    answers.extend(variorum::trace(annotated(reports)).edges.iter().map(json));
    answers
}

/// A story: its name and its reports.
#[derive(Debug, Deserialize)]
struct Group {
    id: String,
    reports: Vec<Value>,
}

fn story(line: &str, place: usize) -> Result<Group, Problem> {
    serde_json::from_str(line).map_err(|error| {
        let reason = format!("not a story {{\"id\", \"reports\"}}: {error}");
        lines::placed(Problem { path: None, id: None, reason }, place)
    })
}

/// Traces many stories, an answer each.
#[pyfunction]
pub fn trace_stories(py: Python<'_>, lines: Vec<String>) -> PyResult<Vec<String>> {
    threads::each(py, &lines, |line, place| answered(story(line, place).and_then(traced)))
}

fn traced(group: Group) -> Result<TraceAnswer, Problem> {
    let mut reports: Vec<Report> = Vec::new();
    for (place, value) in group.reports.iter().enumerate() {
        match lines::report(&value.to_string(), place) {
            Ok(report) if reports.iter().all(|r| r.id != report.id) => reports.push(report),
            Ok(report) => return Err(Problem::of_id(group.id, format!("two reports are called {}", report.id))),
            Err(problem) => {
                return Err(Problem::of_id(group.id, format!("a report cannot be used: {}", problem.reason)));
            }
        }
    }
    let Lineage { edges, origins, independence } = variorum::trace(reports);
    Ok(TraceAnswer { id: group.id, edges, origins, independence })
}

/// A rewrite and its sources.
#[derive(Debug, Deserialize)]
struct Pair {
    #[serde(default)]
    id: Option<String>,
    rewrite: String,
    sources: Vec<String>,
}

/// Checks rewrites against their sources, an answer each.
#[pyfunction]
#[pyo3(signature = (lines, all=false))]
pub fn check(py: Python<'_>, lines: Vec<String>, all: bool) -> PyResult<Vec<String>> {
    let options = CollateOptions { all };
    threads::each(py, &lines, |line, place| {
        answered(pair(line, place).map(|pair| {
            let mut check = variorum::check(&pair.rewrite, &pair.sources, &options);
            check.id = pair.id;
            check
        }))
    })
}

fn pair(line: &str, place: usize) -> Result<Pair, Problem> {
    serde_json::from_str(line).map_err(|error| {
        let id = serde_json::from_str::<Value>(line).ok().and_then(|v| v["id"].as_str().map(str::to_owned));
        let reason = format!("not a pair {{\"rewrite\", \"sources\"}}: {error}");
        lines::placed(Problem { path: None, id, reason }, place)
    })
}

/// Collates reports into one dossier.
#[pyfunction]
#[pyo3(signature = (lines, published=None, one_story=false, all=false))]
pub fn collate(
    py: Python<'_>,
    lines: Vec<String>,
    published: Option<&str>,
    one_story: bool,
    all: bool,
) -> PyResult<String> {
    lines::checked(published)?;
    let cleaned: Vec<Vec<Result<Cleaned, Problem>>> = threads::each(py, &lines, |line, place| {
        lines::pages(line, place).into_iter().map(|page| lines::cleaned(page, published)).collect()
    })?;
    threads::free(py, || {
        let cleaned: Vec<_> = cleaned.into_iter().flatten().collect();
        let table = RepeatedLines::learn(cleaned.iter().filter_map(|c| c.as_ref().ok()).map(|c| &c.report));
        let strip = |cleaned: Result<Cleaned, Problem>| cleaned.map(|c| lines::without_repeated(c, &table));
        let (reports, problems) = variorum::in_reading_order(cleaned.into_par_iter().map(strip).collect());
        json(&dossier(annotated(reports), problems, one_story, &CollateOptions { all }))
    })
}

/// The same steps as `variorum::collate`, with the stories shared out among threads.
fn dossier(reports: Vec<Report>, problems: Vec<Problem>, one_story: bool, options: &CollateOptions) -> Dossier {
    let stories: Vec<(String, Vec<&Report>)> = if one_story {
        reports.first().map(|first| (format!("s{}", first.id), reports.iter().collect())).into_iter().collect()
    } else {
        variorum::stories_of(&reports, &variorum::group(&reports, &GroupOptions::default())).into_iter().collect()
    };
    let stories = stories.into_par_iter().map(|(id, members)| variorum::story(id, &members, options)).collect();
    variorum::dossier(reports, stories, problems)
}

/// Collates many stories, a dossier each.
#[pyfunction]
#[pyo3(signature = (lines, published=None, all=false))]
pub fn collate_stories(
    py: Python<'_>,
    lines: Vec<String>,
    published: Option<&str>,
    all: bool,
) -> PyResult<Vec<String>> {
    lines::checked(published)?;
    let options = CollateOptions { all };
    threads::each(py, &lines, |line, place| answered(story(line, place).map(|group| told(group, published, &options))))
}

fn told(group: Group, published: Option<&str>, options: &CollateOptions) -> Dossier {
    let lines = group.reports.iter().map(Value::to_string);
    let pages = lines.enumerate().flat_map(|(place, line)| lines::pages(&line, place));
    let cleaned = pages.map(|page| Ok(lines::dated(variorum::clean_told(&page?)?, published)));
    let (reports, problems) = variorum::in_reading_order(cleaned.collect());
    let reports = annotated(reports);
    let members: Vec<&Report> = reports.iter().collect();
    let stories = match members.is_empty() {
        true => Vec::new(),
        false => vec![variorum::story(format!("s{}", group.id), &members, options)],
    };
    let mut dossier = variorum::dossier(reports, stories, problems);
    dossier.id = Some(group.id);
    dossier
}

/// Returns the reports with annotations; a text that stands in several outlets is read once.
fn annotated(mut reports: Vec<Report>) -> Vec<Report> {
    let first = variorum::first_alike(&reports);
    reports.par_iter_mut().enumerate().filter(|(n, _)| first[*n] == *n).for_each(|(_, report)| {
        *report = variorum::annotated(std::mem::replace(report, Report::of_text("", "")));
    });
    variorum::annotate_alike(&mut reports, &first);
    reports
}
