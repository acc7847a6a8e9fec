//! Files and folders: where pages come from.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;
use variorum::RepeatedLines;
use variorum::news::{Body, Page, Problem, Report};
use variorum_read::Format;

use crate::progress;

/// Endings that are read when a folder is walked; a file that is named is read whatever its ending.
const KNOWN: &[&str] = &[
    "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "xml", "rss", "rdf", "atom", "opml", "warc",
    "gz", "gzip", "zst", "zstd", "parquet",
];

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

/// Returns the files that a path names: itself, or those of a folder by name.
pub fn files(path: &Path) -> Result<Vec<Result<PathBuf, Problem>>, Problem> {
    if path == Path::new("-") {
        return Ok(vec![Ok(path.to_owned())]);
    }
    let shown = path.display().to_string();
    if !path.exists() {
        return Err(Problem::of_path(shown, "no such file or folder; check the path"));
    }
    if !path.is_dir() {
        return Ok(vec![Ok(path.to_owned())]);
    }
    let mut found = Vec::new();
    walk(path, &mut found);
    if found.is_empty() {
        return Err(Problem::of_path(shown, "the folder holds no reports; put .txt, .html or .jsonl files into it"));
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<Result<PathBuf, Problem>>) {
    let shown = folder.display().to_string();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(Problem::of_path(shown, format!("cannot be listed ({error})")))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder could lead round in a circle.
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, found);
            }
            continue;
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        found.push(if KNOWN.contains(&ending.as_str()) {
            Ok(path)
        } else {
            Err(Problem::of_path(
                path.display().to_string(),
                "not a format that is read from a folder; name the file itself to read it as text",
            ))
        });
    }
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
