//! Brings texts together that share runs of words: candidates for copies, by language and day.

use std::collections::BTreeMap;

use crate::columns::seal_rows;
use crate::seats::BEFORE_ID;
use crate::stages::ids::each_light;
use crate::stages::{Files, Out, file_name, packed, receipt};
use crate::{Error, Job, Row};

/// Texts under one key that later ones are held against, the earliest. A run that more have is a stock phrase, and
/// without a bound it would pair everybody with everybody.
const HOLDERS: usize = 3;

/// What texts of equal words count as, in shared keys: more than a text has.
const EQUAL: u32 = 1_000;

pub fn map(job: &Job, part: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let buckets = job.known("bands.json")?;
    each_light(job, part, |drawer, light| {
        let Some(whole) = light.imprint.whole() else { return Ok(()) };
        let (drawer, order) = (drawer.key(), light.seat.order());
        let runs = light.imprint.keys().into_iter().map(|key| format!("{drawer}\t{key:08x}"));
        runs.chain([format!("{drawer}\t{whole:016x}=")])
            .try_for_each(|key| out(Out::Row(Row::new(buckets, key, order.clone()))))
    })
}

/// Seals the pairs of reports that meet under the keys of one bucket: a later one, an earlier one, and how often they met.
pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut met: BTreeMap<(&str, &[u8], &[u8]), u32> = BTreeMap::new();
    for holders in rows.chunk_by(|a, b| a.key == b.key) {
        let key = holders[0].key.as_str();
        let Some((drawer, _)) = key.rsplit_once('\t') else { continue };
        let times = if key.ends_with('=') { EQUAL } else { 1 };
        for (at, later) in holders.iter().enumerate().skip(1) {
            for earlier in holders[..at.min(HOLDERS)].iter().filter(|earlier| earlier.body != later.body) {
                *met.entry((drawer, &later.body, &earlier.body)).or_default() += times;
            }
        }
    }
    if met.is_empty() {
        return Ok(Vec::new());
    }
    let name = file_name(&rows);
    seal_rows(&job.between("bands", format!("{name}.pairs")), |rows| {
        met.iter().try_for_each(|((drawer, later, earlier), times)| {
            rows.put(*drawer, packed(&(id_of(later), id_of(earlier), times)))
        })
    })?;
    Ok(vec![receipt(&Files { name, rows: met.len() as u64, problems: 0 })])
}

fn id_of(order: &[u8]) -> String {
    String::from_utf8_lossy(order.get(BEFORE_ID..).unwrap_or_default()).into_owned()
}
