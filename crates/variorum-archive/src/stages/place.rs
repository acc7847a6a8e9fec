//! Tells which story each report of a language belongs to, day after day.
//!
//! The days of a language are one stream, so one task does them all; languages are apart. Reports come in order of time
//! and name, whatever order they came in; how often each word stands in reports is counted for a day, with the days of
//! the window before it, before the day is placed, and stands still while it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use variorum::{GroupOptions, Imprint, Shelf};
use variorum_news::{GroupLine, Placement, ReportId};
use xxhash_rust::xxh3::xxh3_64;

use crate::columns::{read_rows, seal_rows};
use crate::seal::seal;
use crate::stages::days::{Day, Seated};
use crate::stages::{Out, again, packed, receipt, unfit, unpacked};
use crate::{Error, Job};

/// Where a report was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Its story, before merges.
    pub story: String,
    /// The report whose text it repeats.
    pub duplicate_of: Option<String>,
    /// How sure it is, 0 to 1.
    pub score: f64,
}

/// What a language came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Language {
    pub lang: String,
    pub reports: u64,
    pub merges: u64,
    /// The name of the tables of frequencies that its days were placed by.
    pub frequencies: String,
}

/// How far a language was placed when its shelf was last saved.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Reached {
    days: usize,
    reports: u64,
    /// The tables of frequencies so far, as one name.
    frequencies: String,
    /// Stories that went into others, as they came.
    merges: Vec<[String; 2]>,
}

/// Reports after which the shelf is saved at the end of a day, so that a killed task does not begin again.
const SAVED_EVERY: u64 = 100_000;

/// The score of a copy, the same as the shelf's.
const COPY_SCORE: f64 = 0.99;

pub fn map(job: &Job, lang: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let told = job.between("place", format!("{lang}/language.json"));
    if let Some(language) = again::<Language>(&told) {
        return out(Out::Receipt(receipt(&language)));
    }
    let days: BTreeMap<String, Vec<Day>> = job.known("days.json")?;
    let mut placing = Placing::open(job, lang)?;
    let mut saved = placing.reached.reports;
    for day in days.get(lang).into_iter().flatten().skip(placing.reached.days) {
        placing.day(day)?;
        if placing.reached.reports - saved >= SAVED_EVERY {
            placing.save()?;
            saved = placing.reached.reports;
        }
    }
    placing.settle()?;
    let Reached { reports, merges, frequencies, .. } = placing.reached;
    let language = Language { lang: lang.to_owned(), reports, merges: merges.len() as u64, frequencies };
    crate::seal::seal_bytes(&told, receipt(&language).as_bytes())?;
    out(Out::Receipt(receipt(&language)))
}

struct Placing<'a> {
    job: &'a Job,
    folder: PathBuf,
    options: GroupOptions,
    shelf: Shelf,
    reached: Reached,
}

impl<'a> Placing<'a> {
    /// Goes on where the shelf was last saved; a shelf that is not whole is no shelf.
    fn open(job: &'a Job, lang: &str) -> Result<Self, Error> {
        let options = GroupOptions { window: Some(job.options.window), splits: false };
        let folder = job.between("place", lang);
        let (shelf, reached) = saved(&folder, &options).unwrap_or_default();
        Ok(Placing { job, folder, options, shelf, reached })
    }

    fn day(&mut self, day: &Day) -> Result<(), Error> {
        let mut seated: Vec<Seated> = Vec::new();
        read_rows(&self.job.between("days", format!("{}/{}.reports", day.lang, day.day)), |rows| {
            rows.iter().try_for_each(|row| {
                seated.push(unpacked("days", &row.body)?);
                Ok(())
            })
        })?;
        let (originals, copies): (Vec<Seated>, Vec<Seated>) =
            seated.into_iter().partition(|seated| seated.copy_of.is_none());
        let originals: Vec<(ReportId, Imprint)> =
            originals.into_iter().map(|seated| (seated.light.seat.id.as_str().into(), seated.light.imprint)).collect();
        let mut placed: BTreeMap<String, Placed> = BTreeMap::new();
        for line in variorum::place_day(&mut self.shelf, &day.lang, originals, &self.options).into_iter().flatten() {
            match line {
                GroupLine::Placement(Placement { id, story, duplicate_of, score }) => {
                    let duplicate_of = duplicate_of.map(|id| id.to_string());
                    placed.insert(id.to_string(), Placed { story, duplicate_of, score });
                }
                GroupLine::Merge(merge) => self.reached.merges.push(merge.merge),
                GroupLine::Split(_) => {}
            }
        }
        for copy in copies {
            // A copy goes where its original went, which may itself repeat a report of an earlier day.
            let original = copy.copy_of.and_then(|first| placed.get_key_value(&first));
            let (first, place) = original.ok_or_else(|| unfit("days", &"a copy of nothing"))?;
            let of = place.duplicate_of.as_ref().unwrap_or(first).clone();
            let place = Placed { story: place.story.clone(), duplicate_of: Some(of), score: COPY_SCORE };
            placed.insert(copy.light.seat.id, place);
        }
        seal_rows(&self.folder.join(format!("{}.placed", day.day)), |rows| {
            placed.iter().try_for_each(|(id, place)| rows.put(id, packed(place)))
        })?;
        self.reached.days += 1;
        self.reached.reports += day.reports;
        let frequencies = variorum::frequencies(&self.shelf, &day.lang);
        let names = format!("{} {} {frequencies}", self.reached.frequencies, day.day);
        self.reached.frequencies = format!("{:016x}", xxh3_64(names.as_bytes()));
        Ok(())
    }

    fn save(&self) -> Result<(), Error> {
        let path = self.folder.join("shelf");
        seal(&path, |file| {
            serde_json::to_writer(&mut *file, &self.reached).map_err(|error| Error::disk(&path)(error.into()))?;
            std::io::Write::write_all(file, b"\n").map_err(Error::disk(&path))?;
            self.shelf.save(&self.options, std::io::BufWriter::with_capacity(1 << 20, file)).map_err(Error::disk(&path))
        })
    }

    /// Seals under which name every story that went into another is known at last.
    fn settle(&self) -> Result<(), Error> {
        let mut into: BTreeMap<&str, &str> = BTreeMap::new();
        for [survivor, gone] in &self.reached.merges {
            into.insert(gone, survivor);
        }
        seal_rows(&self.folder.join("settled"), |rows| {
            into.keys().try_for_each(|gone| {
                let mut last = *gone;
                // A story goes into another once, so the way ends; the bound is for a file that nobody foresaw.
                for _ in 0..into.len() {
                    match into.get(last) {
                        Some(next) => last = next,
                        None => break,
                    }
                }
                rows.put(*gone, last.as_bytes().to_vec())
            })
        })
    }
}

fn saved(folder: &Path, options: &GroupOptions) -> Option<(Shelf, Reached)> {
    let bytes = fs::read(folder.join("shelf")).ok()?;
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let reached = serde_json::from_slice(&bytes[..end]).ok()?;
    Some((Shelf::resume(&bytes[end + 1..], options).ok()?, reached))
}

/// Returns the placements of a day, and the names that stories have at last.
pub fn placements(job: &Job, lang: &str, day: &str) -> Result<BTreeMap<String, Placed>, Error> {
    let mut placed = BTreeMap::new();
    read_rows(&job.between("place", format!("{lang}/{day}.placed")), |rows| {
        rows.into_iter().try_for_each(|row| {
            placed.insert(row.key, unpacked("place", &row.body)?);
            Ok(())
        })
    })?;
    let settled = settled(job, lang)?;
    placed.values_mut().for_each(|place: &mut Placed| {
        if let Some(last) = settled.get(&place.story) {
            place.story.clone_from(last);
        }
    });
    Ok(placed)
}

fn settled(job: &Job, lang: &str) -> Result<BTreeMap<String, String>, Error> {
    let mut settled = BTreeMap::new();
    read_rows(&job.between("place", format!("{lang}/settled")), |rows| {
        settled.extend(rows.into_iter().map(|row| (row.key, String::from_utf8_lossy(&row.body).into_owned())));
        Ok(())
    })?;
    Ok(settled)
}
