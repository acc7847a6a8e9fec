//! Files and folders: where pages come from.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;
use variorum::RepeatedLines;
use variorum::news::{Body, Page, Problem, Report};
use variorum_archive::files;
use variorum_read::Format;

use crate::progress;

/// Calls `each` with every page of the named files and folders, in the order named; folders by name.
pub fn pages(paths: &[PathBuf], mut each: impl FnMut(Result<Page, Problem>)) {
    for path in paths {
        match files(path) {
            Ok(files) => files.into_iter().for_each(|file| match file {
                Ok(file) => read_file(&file, &mut each),
                Err(problem) => each(Err(problem)),
            }),
            Err(problem) => each(Err(problem)),
        }
    }
}

/// Tells whether standard input holds lines, and not an archive or packed data; it waits for the first bytes.
pub fn holds_lines() -> anyhow::Result<bool> {
    let mut input = std::io::stdin().lock();
    let format = variorum_read::sniff("-", input.fill_buf().context("cannot read standard input")?);
    Ok(!matches!(format, Format::Gzip | Format::Zstd | Format::Warc | Format::Parquet))
}

/// Returns the reports of the named files and folders, cleaned, in an order that does not depend on how they were named.
pub fn reports(paths: &[PathBuf], published: Option<&str>) -> (Vec<Report>, Vec<Problem>) {
    let mut found = Vec::new();
    pages(paths, |page| found.push(page));
    let bar = progress::bar(found.len(), "cleaning");
    let cleaned: Vec<(Result<Report, Problem>, Cleaned)> = found
        .into_par_iter()
        .map(|page| {
            let cleaned = Cleaned::of(&page);
            let report = page.and_then(|page| variorum::clean(&page)).map(|report| dated(report, published));
            bar.inc(1);
            (report, cleaned)
        })
        .collect();
    bar.finish_and_clear();
    variorum::in_reading_order(without_repeated(cleaned))
}

/// When a report was cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleaned {
    /// In this run.
    Now,
    /// Before: it is taken as it is.
    Before,
}

impl Cleaned {
    /// Returns when the report of a page is cleaned.
    pub fn of(page: &Result<Page, Problem>) -> Self {
        match page {
            Ok(Page { body: Body::Clean(_), .. }) => Cleaned::Before,
            _ => Cleaned::Now,
        }
    }
}

/// Learns the lines that repeat in a run, then takes them out of the reports that were cleaned in it.
fn without_repeated(cleaned: Vec<(Result<Report, Problem>, Cleaned)>) -> Vec<Result<Report, Problem>> {
    let table = RepeatedLines::learn(cleaned.iter().filter_map(|(report, _)| report.as_ref().ok()));
    let strip = |(report, cleaned): (Result<Report, Problem>, Cleaned)| match cleaned {
        Cleaned::Now => report.map(|report| variorum::strip_repeated(report, &table)),
        Cleaned::Before => report,
    };
    cleaned.into_par_iter().map(strip).collect()
}

/// Gives a report the date from the command line where it carries none of its own.
pub fn dated(mut report: Report, published: Option<&str>) -> Report {
    if report.published.is_none() {
        report.published = published.map(str::to_owned);
    }
    report
}

/// Checks a date from the command line.
pub fn published(given: Option<&str>) -> anyhow::Result<Option<&str>> {
    let Some(date) = given else { return Ok(None) };
    let mut probe = Report::of_text("probe", "");
    probe.published = Some(date.to_owned());
    if probe.day().is_none() {
        bail!("`{date}` is not a date\nhint: write it as 2025-03-27");
    }
    Ok(given)
}

/// Calls `each` with the pages of a file.
fn read_file(path: &Path, each: &mut impl FnMut(Result<Page, Problem>)) {
    let shown = path.display().to_string();
    let read = if shown == "-" {
        variorum_read::read(&shown, &mut std::io::stdin().lock(), each)
    } else {
        std::fs::File::open(path)
            .and_then(|file| variorum_read::read(&shown, &mut BufReader::with_capacity(1 << 16, file), each))
    };
    if let Err(error) = read {
        each(Err(unread(&shown, &error)));
    }
}

/// Returns the problem of a file that the disk did not give.
pub fn unread(path: &str, error: &std::io::Error) -> Problem {
    Problem::of_path(path, format!("cannot be read ({error}); check that it is a file and its permissions"))
}
