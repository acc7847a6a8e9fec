//! Lays the reports of one language and day in order and tells which repeat which.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use variorum::Imprint;

use crate::columns::{read_rows, seal_rows};
use crate::seats::Light;
use crate::stages::ids::each_light;
use crate::stages::reports::drawer_of;
use crate::stages::{Out, packed, receipt, unpacked};
use crate::{Error, Job, Row};

/// What travels to the day of a report.
#[derive(Debug, Serialize, Deserialize)]
enum Mail {
    /// A report.
    Report(Box<Light>),
    /// A report of that name is elsewhere.
    Lost(String),
    /// A later report, an earlier one, and how many keys they share.
    Pair(String, String, u32),
}

/// A report of a day, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seated {
    /// The report; of a copy the words are left out.
    pub light: Light,
    /// The first report of the day whose text it repeats.
    pub copy_of: Option<String>,
}

/// What a day came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    pub lang: String,
    pub day: String,
    pub reports: u64,
    pub copies: u64,
}

/// `name` is a part, or a file of `ids` or `bands` with its stage before it.
pub fn map(job: &Job, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let mut send = |drawer: String, mail: &Mail| out(Out::Row(Row::apart(drawer, packed(mail))));
    match name.split_once('/') {
        Some(("ids", file)) => read_rows(&job.between("ids", format!("{file}.losers")), |rows| {
            rows.into_iter()
                .try_for_each(|row| send(row.key, &Mail::Lost(String::from_utf8_lossy(&row.body).into_owned())))
        }),
        Some(("bands", file)) => read_rows(&job.between("bands", format!("{file}.pairs")), |rows| {
            rows.into_iter().try_for_each(|row| {
                let (later, earlier, times) = unpacked("bands", &row.body)?;
                send(row.key, &Mail::Pair(later, earlier, times))
            })
        }),
        _ => each_light(job, name, |drawer, light| send(drawer.key(), &Mail::Report(Box::new(light)))),
    }
}

/// Seals each day of one bucket.
pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut days = Vec::new();
    for mail in rows.chunk_by(|a, b| a.key == b.key) {
        let (drawer, _) = drawer_of("days", &mail[0].key)?;
        let seated = seated(mail)?;
        seal_rows(&job.between("days", format!("{}/{}.reports", drawer.lang, drawer.day)), |rows| {
            seated.iter().try_for_each(|report| rows.put(&report.light.seat.id, packed(report)))
        })?;
        let copies = seated.iter().filter(|report| report.copy_of.is_some()).count() as u64;
        days.push(receipt(&Day { lang: drawer.lang, day: drawer.day, reports: seated.len() as u64, copies }));
    }
    Ok(days)
}

fn seated(mail: &[Row]) -> Result<Vec<Seated>, Error> {
    let (mut reports, mut lost) = (Vec::new(), BTreeSet::new());
    let mut pairs: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for row in mail {
        match unpacked("days", &row.body)? {
            Mail::Report(light) => reports.push(*light),
            Mail::Lost(id) => _ = lost.insert(id),
            Mail::Pair(later, earlier, times) => {
                *pairs.entry(later).or_default().entry(earlier).or_default() += times;
            }
        }
    }
    // Of reports of one name the first by all that it says keeps it, as among claims.
    reports.sort_by(|a, b| a.seat.cmp(&b.seat));
    let mut known = BTreeSet::new();
    reports.retain(|light| !lost.contains(&light.seat.id) && known.insert(light.seat.id.clone()));
    reports.sort_by_cached_key(|light| light.seat.order());
    let places: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(at, light)| (light.seat.id.as_str(), at)).collect();
    let mut first: Vec<usize> = (0..reports.len()).collect();
    for at in 0..reports.len() {
        let met = pairs.get(&reports[at].seat.id);
        let earlier: Vec<usize> = met.map(|met| likely(met, &places, at)).unwrap_or_default();
        let imprints = earlier.iter().map(|&at| &reports[at].imprint);
        if let Some(nth) = reports[at].imprint.repeats(imprints) {
            first[at] = first[earlier[nth]];
        }
    }
    let names: Vec<String> = reports.iter().map(|light| light.seat.id.clone()).collect();
    let seated = reports.into_iter().zip(first).enumerate().map(|(at, (light, first))| match first == at {
        true => Seated { light, copy_of: None },
        false => {
            let light = Light { imprint: light.imprint.without_words(), ..light };
            Seated { light, copy_of: Some(names[first].clone()) }
        }
    });
    Ok(seated.collect())
}

/// Returns the places of the earlier reports that share most keys, in order of their places.
fn likely(met: &BTreeMap<String, u32>, places: &BTreeMap<&str, usize>, at: usize) -> Vec<usize> {
    let mut likely: Vec<(u32, usize)> = met
        .iter()
        .filter(|(_, times)| **times as usize >= Imprint::LEAST_COMMON)
        .filter_map(|(id, times)| Some((*times, *places.get(id.as_str())?)))
        .filter(|(_, earlier)| *earlier < at)
        .collect();
    likely.sort_unstable_by_key(|&(times, place)| (std::cmp::Reverse(times), place));
    likely.truncate(Imprint::COMPARED);
    let mut places: Vec<usize> = likely.into_iter().map(|(_, place)| place).collect();
    places.sort_unstable();
    places
}
