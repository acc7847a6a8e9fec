//! Files stories by the language and day of their first report.

use crate::stages::reports::{drawer_of, to_parts};
use crate::stages::told::Told;
use crate::stages::{Out, of_json, receipt};
use crate::tables::seal_stories;
use crate::{Error, Job, Row};

pub fn map(job: &Job, name: &str, out: &mut dyn FnMut(Out) -> Result<(), Error>) -> Result<(), Error> {
    to_parts(job, "stories.json", &job.between("told", format!("{name}.stories")), out)
}

pub fn group(job: &Job, rows: Vec<Row>) -> Result<Vec<String>, Error> {
    let mut sealed = Vec::new();
    for part in rows.chunk_by(|a, b| a.key == b.key) {
        let (drawer, number) = drawer_of("stories", &part[0].key)?;
        let mut told = part.iter().map(|row| of_json("stories", &row.body)).collect::<Result<Vec<Told>, _>>()?;
        told.sort_by(|a, b| (&a.published, &a.story.id).cmp(&(&b.published, &b.story.id)));
        let name = format!("stories/{}/part-{number}.parquet", drawer.folder());
        sealed.push(receipt(&seal_stories(job, &name, told)?));
    }
    Ok(sealed)
}
