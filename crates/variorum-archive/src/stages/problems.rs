//! Seals what could not be used, as a table.

use variorum_news::Problem;

use crate::columns::read_rows;
use crate::stages::{Out, of_json, receipt};
use crate::{Error, Job, Row, tables};

/// Problems of one file, about.
pub const PART: u64 = 50_000;

/// `name` is a file between two stages, without its ending.
pub fn map(job: &Job, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let parts: u32 = job.known("problems.json")?;
    read_rows(&job.work().join(format!("{name}.problems")), |rows| {
        rows.into_iter().try_for_each(|row| {
            let shown = String::from_utf8_lossy(&row.body).into_owned();
            let part = crate::rows::bucket(&shown, parts);
            out(Out::Row(Row::apart(format!("{part:04}"), row.body)))
        })
    })
}

pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut sealed = Vec::new();
    for part in rows.chunk_by(|a, b| a.key == b.key) {
        let problems = part.iter().map(|row| of_json("problems", &row.body)).collect::<Result<Vec<Problem>, _>>()?;
        sealed.push(receipt(&tables::seal_problems(job, &format!("problems/part-{}.parquet", part[0].key), problems)?));
    }
    Ok(sealed)
}
