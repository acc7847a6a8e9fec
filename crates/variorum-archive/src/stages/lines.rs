//! Learns the lines that hosts repeat, each host by itself, from a bounded sample of its pages.

use variorum::{LinesSeen, RepeatedLines};

use crate::columns::read_rows;
use crate::stages::{Out, unpacked};
use crate::{Error, Job, Row};

pub fn map(job: &Job, part: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    read_rows(&job.between("clean", format!("{part}.lines")), |rows| {
        rows.into_iter().try_for_each(|row| out(Out::Row(Row::apart(row.key, row.body))))
    })
}

/// Returns the table of each host that repeats anything, as receipts.
pub fn group(rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut tables = Vec::new();
    for host in rows.chunk_by(|a, b| a.key == b.key) {
        let mut seen = LinesSeen::default();
        for row in host {
            seen = seen.merged(unpacked("lines", &row.body)?);
        }
        let table: RepeatedLines = seen.table();
        if !table.is_empty() {
            tables.push(crate::stages::receipt(&table));
        }
    }
    Ok(tables)
}
