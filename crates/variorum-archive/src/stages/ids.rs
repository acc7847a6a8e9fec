//! Finds names that are given twice: the first report keeps the name, the others are problems.

use serde::{Deserialize, Serialize};
use variorum_news::Problem;

use crate::columns::{read_rows, seal_rows};
use crate::seats::{Drawer, Light, Seat};
use crate::stages::{Files, Out, file_name, json, packed, receipt, unpacked};
use crate::{Error, Job, Row};

/// A report that has a name, and where it is filed.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Claim {
    seat: Seat,
    drawer: Drawer,
}

pub fn map(job: &Job, part: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let buckets = job.known("ids.json")?;
    each_light(job, part, |drawer, light| {
        let claim = Claim { seat: light.seat, drawer };
        let id = claim.seat.id.clone();
        out(Out::Row(Row::new(buckets, id, packed(&claim))))
    })
}

/// Calls `each` with what grouping needs of every report of a part.
pub fn each_light(
    job: &Job,
    part: &str,
    mut each: impl FnMut(Drawer, Light) -> Result<(), Error>,
) -> Result<(), Error> {
    let path = job.between("read", format!("{part}.light"));
    read_rows(&path, |rows| {
        rows.into_iter().try_for_each(|row| {
            let (drawer, _) = Drawer::of_key(&row.key).ok_or_else(|| Error::damaged(&path, "a key without a day"))?;
            each(drawer, unpacked("read", &row.body)?)
        })
    })
}

/// Seals who lost a name to another report, by drawer, and the problems that this makes.
pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let (mut losers, mut problems) = (Vec::new(), Vec::new());
    for claims in rows.chunk_by(|a, b| a.key == b.key).filter(|claims| claims.len() > 1) {
        let mut claims = claims.iter().map(|row| unpacked("ids", &row.body)).collect::<Result<Vec<Claim>, _>>()?;
        claims.sort();
        let (first, others) = (&claims[0], &claims[1..]);
        problems.extend(others.iter().map(|other| again(&other.seat, &first.seat)));
        let mut elsewhere: Vec<&Drawer> =
            others.iter().map(|other| &other.drawer).filter(|drawer| **drawer != first.drawer).collect();
        elsewhere.dedup();
        losers.extend(elsewhere.into_iter().map(|drawer| (drawer.key(), first.seat.id.clone())));
    }
    if problems.is_empty() {
        return Ok(Vec::new());
    }
    let name = file_name(&rows);
    seal_rows(&job.between("ids", format!("{name}.losers")), |rows| {
        losers.iter().try_for_each(|(drawer, id)| rows.put(drawer, id.as_bytes().to_vec()))
    })?;
    seal_rows(&job.between("ids", format!("{name}.problems")), |rows| {
        problems.iter().try_for_each(|problem| rows.put("", json(problem)))
    })?;
    Ok(vec![receipt(&Files { name, rows: losers.len() as u64, problems: problems.len() as u64 })])
}

fn again(report: &Seat, first: &Seat) -> Problem {
    let reason = match first.path.as_str() {
        "" => "a report with this id was given before; counted once".to_owned(),
        path => format!("a report with this id, or the same bytes, came from {path}; counted once"),
    };
    let path = Some(report.path.clone()).filter(|path| !path.is_empty());
    Problem { path, id: Some(report.id.clone()), reason }
}
