//! Reads and cleans one input: reports, what could not be used, and what its hosts' lines look like.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::LinesSeen;
use variorum_news::{Body, Page, Problem, Report};

use crate::columns::{RowsWriter, seal_rows};
use crate::manifest::Input;
use crate::seal::{seal_bytes, sha256, sha256_of};
use crate::stages::{Out, again, json, packed, receipt};
use crate::{Error, Job};

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cleaned {
    /// The name of the part; none where the input cannot be read.
    pub part: Option<String>,
    /// What was read; none where it cannot be.
    pub input: Option<Input>,
    /// Reports that came of it.
    pub reports: u64,
    /// What could not be used.
    pub problems: u64,
    /// Why the input could not be read.
    pub failed: Option<Problem>,
}

/// A report on its way to the repeated lines.
#[derive(Debug, Serialize, Deserialize)]
pub struct Draft {
    pub report: Report,
    /// Whether it was cleaned before this job: then it is taken as it is.
    pub before: bool,
}

/// Pages that are cleaned together, on all cores; what is kept does not depend on it.
const BATCH: usize = 64;

/// Bytes of pages from which on a batch is full.
const BATCH_BYTES: usize = 16 << 20;

pub fn map(job: &Job, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let path = job.input(name);
    let cleaned = match sha256(&path) {
        Ok((sha256, bytes)) => part(job, &path, Input { path: name.to_owned(), bytes, sha256 })?,
        Err(error) => Cleaned {
            part: None,
            input: None,
            reports: 0,
            problems: 1,
            failed: Some(Problem::of_path(name, format!("cannot be read ({error}); check its permissions"))),
        },
    };
    out(Out::Receipt(receipt(&cleaned)))
}

/// A part is named by all that it depends on, so one that is there need not be made again.
fn part(job: &Job, path: &Path, input: Input) -> Result<Cleaned, Error> {
    let program = env!("CARGO_PKG_VERSION");
    let named = format!("{program}\n{}\n{}\n{:?}", input.path, input.sha256, job.options.published);
    let (sum, _) = sha256_of(named.as_bytes()).map_err(Error::disk(path))?;
    let part = sum[..32].to_owned();
    let told = job.between("clean", format!("{part}.json"));
    if let Some(cleaned) = again(&told) {
        return Ok(cleaned);
    }
    let mut lines = LinesSeen::default();
    let mut problems = Vec::new();
    let reports = seal_rows(&job.between("clean", format!("{part}.reports")), |rows| {
        let mut taking = Taking { job, rows, lines: &mut lines, problems: &mut problems, reports: 0 };
        taking.file(path, &input.path)?;
        Ok(taking.reports)
    })?;
    seal_rows(&job.between("clean", format!("{part}.lines")), |rows| {
        lines.by_host().try_for_each(|(host, seen)| rows.put(host, packed(&seen)))
    })?;
    seal_rows(&job.between("clean", format!("{part}.problems")), |rows| {
        problems.iter().try_for_each(|problem| rows.put("", json(problem)))
    })?;
    let problems = problems.len() as u64;
    let cleaned = Cleaned { part: Some(part), input: Some(input), reports, problems, failed: None };
    seal_bytes(&told, receipt(&cleaned).as_bytes())?;
    Ok(cleaned)
}

struct Taking<'a, 'b> {
    job: &'a Job,
    rows: &'a mut RowsWriter<'b>,
    lines: &'a mut LinesSeen,
    problems: &'a mut Vec<Problem>,
    reports: u64,
}

impl Taking<'_, '_> {
    fn file(&mut self, path: &Path, shown: &str) -> Result<(), Error> {
        let file = File::open(path).map_err(Error::disk(path))?;
        let (mut batch, mut bytes, mut done) = (Vec::new(), 0, Ok(()));
        let read = variorum_read::read(shown, &mut BufReader::with_capacity(1 << 16, file), &mut |page| {
            if done.is_err() {
                return;
            }
            bytes += size(&page);
            batch.push(page);
            if batch.len() >= BATCH || bytes > BATCH_BYTES {
                bytes = 0;
                done = self.batch(std::mem::take(&mut batch));
            }
        });
        done?;
        self.batch(batch)?;
        if let Err(error) = read {
            self.problems.push(Problem::of_path(shown, format!("cannot be read ({error}); check the file")));
        }
        Ok(())
    }

    fn batch(&mut self, pages: Vec<Result<Page, Problem>>) -> Result<(), Error> {
        let published = self.job.options.published.as_deref();
        let drafts: Vec<Result<Draft, Problem>> = pages.into_par_iter().map(|page| draft(page?, published)).collect();
        for draft in drafts {
            match draft {
                Ok(draft) => {
                    self.reports += 1;
                    self.lines.see(&draft.report);
                    let body = json(&draft);
                    self.rows.put(draft.report.id.to_string(), body)?;
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        Ok(())
    }
}

fn size(page: &Result<Page, Problem>) -> usize {
    match page.as_ref().map(|page| &page.body) {
        Ok(Body::Text(text) | Body::Html(text)) => text.len(),
        _ => 0,
    }
}

/// In a billion pages there is one that no test foresaw: it costs itself and not the archive.
fn draft(page: Page, published: Option<&str>) -> Result<Draft, Problem> {
    let before = matches!(page.body, Body::Clean(_));
    let cleaned = catch_unwind(AssertUnwindSafe(|| variorum::clean(&page)));
    let mut report = cleaned.unwrap_or_else(|_| {
        let reason = "made the program stumble while it was cleaned; please report the page".to_owned();
        Err(Problem { path: page.path.clone(), id: Some(page.id.to_string()), reason })
    })?;
    if report.published.is_none() {
        report.published = published.map(str::to_owned);
    }
    Ok(Draft { report, before })
}
