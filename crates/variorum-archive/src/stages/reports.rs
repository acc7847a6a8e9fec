//! Files reports by language and day, each with its story.

use std::collections::BTreeSet;
use std::path::Path;

use variorum_news::Report;

use crate::columns::read_rows;
use crate::seats::{Drawer, Seat};
use crate::stages::place::placements;
use crate::stages::{Out, of_json, receipt};
use crate::tables::{Filed, seal_reports};
use crate::{Error, Job, Row};

pub fn map(job: &Job, part: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    to_parts(job, "reports.json", &job.between("read", format!("{part}.reports")), out)
}

/// Hands on the rows of a file, each under the part of its drawer that it goes into.
pub fn to_parts(
    job: &Job,
    parts: &str,
    path: &Path,
    out: &mut dyn FnMut(Out) -> Result<(), Error>,
) -> Result<(), Error> {
    let parts = job.parts(parts)?;
    read_rows(path, |rows| {
        rows.into_iter().try_for_each(|row| {
            let (drawer, name) = Drawer::of_key(&row.key).ok_or_else(|| Error::damaged(path, "a key without a day"))?;
            out(Out::Row(Row::apart(parts.key(&drawer, name), row.body)))
        })
    })
}

pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut sealed = Vec::new();
    for part in rows.chunk_by(|a, b| a.key == b.key) {
        let (drawer, number) = drawer_of("reports", &part[0].key)?;
        let mut placed = placements(job, &drawer.lang, &drawer.day)?;
        let mut reports = part.iter().map(|row| of_json("reports", &row.body)).collect::<Result<Vec<Report>, _>>()?;
        // Of reports of one name the first by all that it says is the one that was placed.
        reports.sort_by_cached_key(Seat::of);
        let mut known = BTreeSet::new();
        reports.retain(|report| known.insert(report.id.clone()));
        reports.sort_by_cached_key(|report| Seat::of(report).order());
        let filed = reports.into_iter().filter_map(|report| {
            let placed = placed.remove(report.id.as_ref())?;
            Some(Filed { report, placed })
        });
        let filed: Vec<Filed> = filed.collect();
        if !filed.is_empty() {
            let name = format!("reports/{}/part-{number}.parquet", drawer.folder());
            sealed.push(receipt(&seal_reports(job, &name, filed)?));
        }
    }
    Ok(sealed)
}

/// Returns the drawer and the number of a part that a key names.
pub fn drawer_of<'a>(stage: &str, key: &'a str) -> Result<(Drawer, &'a str), Error> {
    Drawer::of_key(key)
        .ok_or_else(|| Error::Engine { stage: stage.to_owned(), reason: "a row without a day".to_owned() })
}
