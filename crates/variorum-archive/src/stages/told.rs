//! Traces, collates and composes the stories of one bucket.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::CollateOptions;
use variorum_news::{Problem, Report, Story};

use crate::columns::seal_rows;
use crate::seal::seal_bytes;
use crate::seats::{Drawer, Seat};
use crate::stages::{Files, Out, again, file_name, json, of_json, receipt};
use crate::tables::each_filed;
use crate::{Error, Job, Row};

/// Reports of one story whose words are laid side by side at most, the first; comparing grows with the square.
const LAID_OUT: usize = 300;

/// Stories that are told before they are put down.
const TOLD_AT_ONCE: usize = 64;

/// A story, and where it is filed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The story.
    pub story: Story,
    /// All its reports, also those that were not laid side by side.
    pub reports: Vec<String>,
    /// When the first of its dated reports was published, and the last.
    pub published: Option<[String; 2]>,
}

/// What a bucket of stories came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Telling {
    pub files: Files,
    /// Bytes of stories, by drawer.
    pub bytes: BTreeMap<String, u64>,
}

/// A report on its way to its story.
#[derive(Debug, Serialize, Deserialize)]
struct Witness {
    /// Whether it repeats another report's text.
    is_copy: bool,
    report: Report,
}

/// `name` is a file of reports within the archive.
pub fn map(job: &Job, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    let buckets = job.known("told.json")?;
    each_filed(&job.out.join(name), |filed| {
        let witness = Witness { is_copy: filed.placed.duplicate_of.is_some(), report: filed.report };
        let story = filed.placed.story;
        out(Out::Row(Row::new(buckets, story, json(&witness))))
    })
}

/// Seals the stories of one bucket; a bucket that an earlier run sealed is not told again.
pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let name = file_name(&rows);
    let told = job.between("told", format!("{name}.json"));
    if let Some(telling) = again::<Telling>(&told) {
        return Ok(vec![receipt(&telling)]);
    }
    let (mut bytes, mut problems, mut n_stories) = (BTreeMap::new(), Vec::new(), 0);
    let stories: Vec<&[Row]> = rows.chunk_by(|a, b| a.key == b.key).collect();
    seal_rows(&job.between("told", format!("{name}.stories")), |out| {
        // On all cores, some at a time; they are put down in their order.
        for stories in stories.chunks(TOLD_AT_ONCE) {
            for found in stories.par_iter().map(|story| one(story)).collect::<Result<Vec<One>, Error>>()? {
                problems.extend(found.problems);
                let Some((drawer, told)) = found.told else { continue };
                let (key, body) = (drawer.key(), json(&told));
                *bytes.entry(key.clone()).or_default() += body.len() as u64;
                n_stories += 1;
                out.put(format!("{key}\t{}", told.story.id), body)?;
            }
        }
        Ok(())
    })?;
    seal_rows(&job.between("told", format!("{name}.problems")), |out| {
        problems.iter().try_for_each(|problem| out.put("", json(problem)))
    })?;
    let files = Files { name, rows: n_stories, problems: problems.len() as u64 };
    let telling = Telling { files, bytes };
    seal_bytes(&told, receipt(&telling).as_bytes())?;
    Ok(vec![receipt(&telling)])
}

/// What came of one story.
struct One {
    told: Option<(Drawer, Told)>,
    problems: Vec<Problem>,
}

fn one(story: &[Row]) -> Result<One, Error> {
    let witnesses = story.iter().map(|row| of_json("told", &row.body)).collect::<Result<Vec<Witness>, _>>()?;
    let mut problems = Vec::new();
    let told = tell(&story[0].key, witnesses, &mut problems).map_err(|problem| problems.push(problem)).ok();
    Ok(One { told, problems })
}

fn tell(id: &str, mut witnesses: Vec<Witness>, problems: &mut Vec<Problem>) -> Result<(Drawer, Told), Problem> {
    if !cfg!(feature = "unsorted") {
        witnesses.sort_by_cached_key(|witness| Seat::of(&witness.report).order());
    }
    let reports: Vec<String> = witnesses.iter().map(|witness| witness.report.id.to_string()).collect();
    let published = published(witnesses.iter().filter_map(|witness| witness.report.published.as_deref()));
    let drawer = witnesses.first().map(|witness| Drawer::of(&witness.report));
    let drawer = drawer.ok_or_else(|| Problem::of_id(id, "a story without reports"))?;
    if witnesses.len() > LAID_OUT {
        // What only repeats a text adds least, so the others come first.
        witnesses.sort_by_key(|witness| witness.is_copy);
        witnesses.truncate(LAID_OUT);
        if !cfg!(feature = "unsorted") {
            witnesses.sort_by_cached_key(|witness| Seat::of(&witness.report).order());
        }
        let reason = format!(
            "the story has {} reports; {LAID_OUT} of them, copies last, were laid side by side, and all stand in `reports`",
            reports.len()
        );
        problems.push(Problem::of_id(id, reason));
    }
    let witnesses: Vec<Report> = witnesses.into_iter().map(|witness| witness.report).collect();
    let laid: Vec<&Report> = witnesses.iter().collect();
    let told = catch_unwind(AssertUnwindSafe(|| variorum::story(id.to_owned(), &laid, &CollateOptions::default())));
    match told {
        Ok(story) => Ok((drawer, Told { story, reports, published })),
        // In a billion pages there is one that no test foresaw: it costs its story's collation and not the archive.
        Err(_) => Err(Problem::of_id(id, "the story made the program stumble; please report its reports")),
    }
}

fn published<'a>(days: impl Iterator<Item = &'a str>) -> Option<[String; 2]> {
    let days: Vec<&str> = days.collect();
    Some([(*days.iter().min()?).to_owned(), (*days.iter().max()?).to_owned()])
}
