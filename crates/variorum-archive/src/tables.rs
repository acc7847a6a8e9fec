//! The tables of an archive: reports, stories, problems.
//!
//! What people ask for most stands in columns of its own; what is nested stands as JSON, in the shapes of the schemas.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, ListBuilder, StringBuilder, UInt32Builder};
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use variorum_news::{Annotations, Problem, Report};

use crate::columns::{GROUP, read, seal_table};
use crate::stages::place::Placed;
use crate::stages::told::Told;
use crate::{Error, Job, Sealed};

/// A report with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The report, with annotations.
    pub report: Report,
    /// Where it belongs.
    pub placed: Placed,
}

/// Seals reports, in their order, as a file of the archive.
pub fn seal_reports(job: &Job, name: &str, filed: Vec<Filed>) -> Result<Sealed, Error> {
    let schema = reports_schema();
    let mut filed = filed.into_iter().peekable();
    let batches = std::iter::from_fn(|| {
        filed.peek()?;
        Some(reports_batch(&schema, filed.by_ref().take(GROUP)))
    });
    named(name, seal_table(&job.out.join(name), &schema, batches))
}

fn reports_schema() -> Arc<Schema> {
    let text = |name: &str, may_lack: bool| Field::new(name, DataType::Utf8, may_lack);
    Arc::new(Schema::new(vec![
        text("id", false),
        text("story", false),
        text("duplicate_of", true),
        Field::new("score", DataType::Float64, false),
        text("outlet", true),
        text("url", true),
        text("published", true),
        text("language", true),
        text("title", true),
        list("byline"),
        text("text", false),
        text("annotations", true),
        text("more", false),
    ]))
}

fn list(name: &str) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))), false)
}

fn reports_batch(schema: &Arc<Schema>, filed: impl Iterator<Item = Filed>) -> RecordBatch {
    let mut texts: [StringBuilder; 11] = Default::default();
    let (mut scores, mut bylines) = (Float64Builder::new(), ListBuilder::new(StringBuilder::new()));
    for Filed { mut report, placed } in filed {
        let annotations = report.annotations.take().map(|annotations| json(&annotations));
        let text = std::mem::take(&mut report.text);
        let more = json(&report);
        let row = [
            Some(report.id.as_ref()),
            Some(placed.story.as_str()),
            placed.duplicate_of.as_deref(),
            report.outlet.as_deref(),
            report.url.as_deref(),
            report.published.as_deref(),
            report.language.as_deref(),
            report.title.as_deref(),
            Some(text.as_str()),
            annotations.as_deref(),
            Some(more.as_str()),
        ];
        texts.iter_mut().zip(row).for_each(|(column, value)| column.append_option(value));
        scores.append_value(placed.score);
        report.byline.iter().for_each(|name| bylines.values().append_value(name));
        bylines.append(true);
    }
    let mut columns: Vec<ArrayRef> = texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    columns.insert(3, Arc::new(scores.finish()));
    columns.insert(9, Arc::new(bylines.finish()));
    RecordBatch::try_new(schema.clone(), columns).expect("columns of the schema")
}

/// Seals stories, in their order, as a file of the archive.
pub fn seal_stories(job: &Job, name: &str, told: Vec<Told>) -> Result<Sealed, Error> {
    let schema = stories_schema();
    let batches: Vec<RecordBatch> = told.chunks(GROUP).map(|told| stories_batch(&schema, told)).collect();
    named(name, seal_table(&job.out.join(name), &schema, batches))
}

fn stories_schema() -> Arc<Schema> {
    let text = |name: &str, may_lack: bool| Field::new(name, DataType::Utf8, may_lack);
    let count = |name: &str| Field::new(name, DataType::UInt32, false);
    Arc::new(Schema::new(vec![
        text("id", false),
        text("title", true),
        text("first", true),
        text("last", true),
        count("n_reports"),
        count("n_origins"),
        count("n_statements"),
        count("n_variants"),
        count("n_drift"),
        list("reports"),
        text("story", false),
    ]))
}

fn stories_batch(schema: &Arc<Schema>, told: &[Told]) -> RecordBatch {
    let mut texts: [StringBuilder; 5] = Default::default();
    let mut counts: [UInt32Builder; 5] = Default::default();
    let mut reports = ListBuilder::new(StringBuilder::new());
    for Told { story, reports: all, published } in told {
        let [first, last] =
            published.as_ref().map_or([None, None], |days| days.each_ref().map(|day| Some(day.as_str())));
        let whole = json(story);
        let title = story.title.as_ref().map(|title| title.text.as_str());
        let row = [Some(story.id.as_str()), title, first, last, Some(whole.as_str())];
        texts.iter_mut().zip(row).for_each(|(column, value)| column.append_option(value));
        let row = [all.len(), story.origins.len(), story.statements.len(), story.variants.len(), story.drift.len()];
        counts.iter_mut().zip(row).for_each(|(column, n)| column.append_value(u32::try_from(n).unwrap_or(u32::MAX)));
        all.iter().for_each(|id| reports.values().append_value(id));
        reports.append(true);
    }
    let mut texts: Vec<ArrayRef> = texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    let whole = texts.pop();
    let counts = counts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
    let reports: ArrayRef = Arc::new(reports.finish());
    let columns = texts.into_iter().chain(counts).chain([reports]).chain(whole).collect();
    RecordBatch::try_new(schema.clone(), columns).expect("columns of the schema")
}

/// Seals problems as a file of the archive.
pub fn seal_problems(job: &Job, name: &str, problems: Vec<Problem>) -> Result<Sealed, Error> {
    let text = |name: &str, may_lack: bool| Field::new(name, DataType::Utf8, may_lack);
    let schema = Arc::new(Schema::new(vec![text("path", true), text("id", true), text("reason", false)]));
    let batch = |problems: &[Problem]| {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(problems.iter().map(|problem| problem.path.as_deref()).collect::<StringArray>()),
            Arc::new(problems.iter().map(|problem| problem.id.as_deref()).collect::<StringArray>()),
            Arc::new(problems.iter().map(|problem| Some(problem.reason.as_str())).collect::<StringArray>()),
        ];
        RecordBatch::try_new(schema.clone(), columns).expect("columns of the schema")
    };
    let batches: Vec<RecordBatch> = problems.chunks(GROUP).map(batch).collect();
    named(name, seal_table(&job.out.join(name), &schema, batches))
}

/// Within an archive a file goes by its name from there.
fn named(name: &str, sealed: Result<Sealed, Error>) -> Result<Sealed, Error> {
    sealed.map(|sealed| Sealed { path: name.to_owned(), ..sealed })
}

fn json(of: &impl serde::Serialize) -> String {
    serde_json::to_string(of).expect("a noun is plain data")
}

/// Calls `each` with every report of a file of reports, in its order, with its place.
pub fn each_filed(path: &Path, mut each: impl FnMut(Filed) -> Result<(), Error>) -> Result<(), Error> {
    let columns = ["story", "duplicate_of", "score", "text", "annotations", "more"];
    read(path, Some(&columns), |batch| {
        let damaged = || Error::damaged(path, "its columns are not those of reports");
        let texts = |name: &str| -> Result<StringArray, Error> {
            let column = batch.column_by_name(name).and_then(|column| column.as_any().downcast_ref::<StringArray>());
            column.cloned().ok_or_else(damaged)
        };
        let scores = batch.column_by_name("score").and_then(|column| column.as_any().downcast_ref::<Float64Array>());
        let scores = scores.ok_or_else(damaged)?;
        let (stories, copies, words) = (texts("story")?, texts("duplicate_of")?, texts("text")?);
        let (annotations, more) = (texts("annotations")?, texts("more")?);
        for at in 0..batch.num_rows() {
            let mut report: Report =
                serde_json::from_str(more.value(at)).map_err(|error| Error::damaged(path, error))?;
            words.value(at).clone_into(&mut report.text);
            report.annotations = match annotations.is_null(at) {
                true => None,
                false => {
                    let found: Annotations =
                        serde_json::from_str(annotations.value(at)).map_err(|error| Error::damaged(path, error))?;
                    Some(found)
                }
            };
            let duplicate_of = (!copies.is_null(at)).then(|| copies.value(at).to_owned());
            let placed = Placed { story: stories.value(at).to_owned(), duplicate_of, score: scores.value(at) };
            each(Filed { report, placed })?;
        }
        Ok(())
    })
}

/// Calls `each` with the reports of a file of an archive, some hundreds at a time, with their annotations.
///
/// # Errors
/// Where the file cannot be read or is none of reports.
pub fn reports_of(path: &Path, each: &mut dyn FnMut(Vec<Report>) -> Result<(), Error>) -> Result<(), Error> {
    let mut waiting = Vec::new();
    each_filed(path, |filed| {
        waiting.push(filed.report);
        if waiting.len() >= GROUP { each(std::mem::take(&mut waiting)) } else { Ok(()) }
    })?;
    if waiting.is_empty() { Ok(()) } else { each(waiting) }
}

/// Calls `each` with every problem of a file of an archive.
///
/// # Errors
/// As [`reports_of`].
pub fn problems_of(path: &Path, each: &mut dyn FnMut(Problem) -> Result<(), Error>) -> Result<(), Error> {
    read(path, None, |batch| {
        let texts = |name: &str| -> Result<StringArray, Error> {
            let column = batch.column_by_name(name).and_then(|column| column.as_any().downcast_ref::<StringArray>());
            column.cloned().ok_or_else(|| Error::damaged(path, "its columns are not those of problems"))
        };
        let (paths, ids, reasons) = (texts("path")?, texts("id")?, texts("reason")?);
        let said = |column: &StringArray, at| (!column.is_null(at)).then(|| column.value(at).to_owned());
        (0..batch.num_rows()).try_for_each(|at| {
            each(Problem { path: said(&paths, at), id: said(&ids, at), reason: reasons.value(at).to_owned() })
        })
    })
}
