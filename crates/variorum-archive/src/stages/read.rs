//! Takes out what a host repeats and annotates what remains.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::{Imprint, RepeatedLines};
use variorum_news::{Problem, Report};

use crate::columns::{read_rows, seal_rows};
use crate::seal::seal_bytes;
use crate::seats::{Drawer, Light, Seat};
use crate::stages::clean::Draft;
use crate::stages::{Out, again, json, of_json, packed, receipt};
use crate::{Error, Job};

/// What became of one part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Annotated {
    /// The part.
    pub part: String,
    /// Annotated reports.
    pub reports: u64,
    /// Their bytes, by drawer.
    pub bytes: BTreeMap<String, u64>,
    /// Reports that could not be annotated.
    pub problems: u64,
}

pub fn map(job: &Job, part: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let table: RepeatedLines = job.known("lines.json")?;
    let name = format!("{part}-{}", table.name());
    let told = job.between("read", format!("{name}.json"));
    let annotated = match again(&told) {
        Some(annotated) => annotated,
        None => {
            let annotated = annotate(job, part, &name, &table)?;
            seal_bytes(&told, receipt(&annotated).as_bytes())?;
            annotated
        }
    };
    out(Out::Receipt(receipt(&annotated)))
}

fn annotate(job: &Job, part: &str, name: &str, table: &RepeatedLines) -> Result<Annotated, Error> {
    let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
    let mut problems: Vec<Problem> = Vec::new();
    let mut reports = 0;
    seal_rows(&job.between("read", format!("{name}.light")), |light| {
        seal_rows(&job.between("read", format!("{name}.reports")), |full| {
            read_rows(&job.between("clean", format!("{part}.reports")), |rows| {
                let drafts = rows.iter().map(|row| of_json("read", &row.body)).collect::<Result<Vec<Draft>, _>>()?;
                for report in annotated(drafts, table) {
                    let report = match report {
                        Ok(report) => report,
                        Err(problem) => {
                            problems.push(problem);
                            continue;
                        }
                    };
                    let drawer = Drawer::of(&report);
                    let key = drawer.key();
                    let imprint = Imprint::of(&report, &drawer.lang);
                    light.put(&key, packed(&Light { seat: Seat::of(&report), imprint }))?;
                    let body = json(&report);
                    *bytes.entry(key.clone()).or_default() += body.len() as u64;
                    reports += 1;
                    full.put(format!("{key}\t{}", report.id), body)?;
                }
                Ok(())
            })
        })
    })?;
    seal_rows(&job.between("read", format!("{name}.problems")), |rows| {
        problems.iter().try_for_each(|problem| rows.put("", json(problem)))
    })?;
    Ok(Annotated { part: name.to_owned(), reports, bytes, problems: problems.len() as u64 })
}

/// Returns drafts as annotated reports; a text that stands there several times is read once.
fn annotated(drafts: Vec<Draft>, table: &RepeatedLines) -> Vec<Result<Report, Problem>> {
    let strip = |draft: Draft| match draft.before {
        true => draft.report,
        false => variorum::strip_repeated(draft.report, table),
    };
    let reports: Vec<Report> = drafts.into_par_iter().map(strip).collect();
    let first = variorum::first_alike(&reports);
    let read = |(n, report): (usize, Report)| if first[n] == n { read_one(report) } else { Ok(report) };
    let read: Vec<Result<Report, Problem>> = reports.into_par_iter().enumerate().map(read).collect();
    let (mut reports, mut places, mut found) = (Vec::new(), vec![None; read.len()], Vec::new());
    for (n, report) in read.into_iter().enumerate() {
        match report {
            Ok(report) => {
                places[n] = Some(reports.len());
                reports.push(report);
            }
            Err(problem) => found.push(Err(problem)),
        }
    }
    // Where the first of some equal texts could not be read, neither can the others: they are tried by themselves.
    let alike: Vec<usize> =
        (0..first.len()).filter(|&n| places[n].is_some()).map(|n| places[first[n]].unwrap_or(usize::MAX)).collect();
    let alike: Vec<usize> =
        alike.into_iter().enumerate().map(|(n, first)| if first == usize::MAX { n } else { first }).collect();
    variorum::annotate_alike(&mut reports, &alike);
    found.extend(reports.into_par_iter().map(read_one).collect::<Vec<_>>());
    found
}

/// In a billion pages there is one that no test foresaw: it costs itself and not the archive.
fn read_one(report: Report) -> Result<Report, Problem> {
    let (path, id) = (report.path.clone(), report.id.to_string());
    catch_unwind(AssertUnwindSafe(|| variorum::annotated(report))).map_err(|_| {
        let reason = "made the program stumble while it was annotated; please report the page".to_owned();
        Problem { path, id: Some(id), reason }
    })
}
