//! A report: its words, what they were before, and what stands in them.

use axum::Json;
use axum::extract::State as In;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_news::{Annotations, Report};
use variorum_store::{Gone, ReportRow, Seq, View};

use super::problem::{Path, Problem};
use super::shapes::{ReportEntry, ReportFlags};
use super::{nouns, paths, times};
use crate::{Error, State};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(get_report))
        .routes(routes!(get_report_revisions))
        .routes(routes!(get_report_annotations))
}

/// A report as it stands.
#[derive(Debug, Serialize, ToSchema)]
struct ReportWhole {
    /// What lists show of it.
    entry: ReportEntry,
    /// The story that it is in; null until it is placed.
    story: Option<InStory>,
    /// Its words. What was taken out around them stands in `removed`.
    #[schema(schema_with = nouns::report)]
    report: Report,
}

/// The story of a report.
#[derive(Debug, Serialize, ToSchema)]
struct InStory {
    /// Its name.
    id: String,
    /// Where it is told.
    href: String,
    /// How sure the machine is that the report belongs to the story that it chose.
    #[schema(minimum = 0, maximum = 1)]
    score: f64,
    /// Whether a person put the report there.
    corrected: bool,
    /// An earlier report with the same text.
    duplicate_of: Option<String>,
    /// What the story says of the report.
    flags: ReportFlags,
}

/// Tells a report: its words, untouched, and the story that it is in.
#[utoipa::path(
    get, path = "/reports/{id}", tag = "reports", operation_id = "getReport",
    params(("id" = String, Path, description = "The name of the report, percent-encoded.")),
    responses(
        (status = 200, description = "The report.", body = ReportWhole),
        (status = 404, description = "There is no report of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_report(In(state): In<State>, Path(id): Path<String>) -> Result<Json<ReportWhole>, Problem> {
    let whole = state.read(move |view| {
        let row = row(view, &id)?;
        let report =
            view.report(row.seq)?.ok_or_else(|| Error::Broken(format!("the words of `{id}` are not there")))?;
        Ok(ReportWhole { story: in_story(view, row.seq)?, entry: row.into(), report })
    });
    Ok(Json(whole.await?))
}

/// Returns what the record says of a report, or why it is not there.
fn row(view: &View, id: &str) -> Result<ReportRow, Error> {
    let row = view.seq(id)?.map(|seq| view.report_row(seq)).transpose()?.flatten();
    match row {
        Some(row) => Ok(row),
        None => Err(match view.gone(Gone::Report, id)? {
            Some(_) => Error::Gone(format!("the report `{id}`")),
            None => Error::Missing(format!("report `{id}`")),
        }),
    }
}

fn in_story(view: &View, seq: Seq) -> Result<Option<InStory>, Error> {
    let Some(placed) = view.placed(seq)? else { return Ok(None) };
    let flags = view.flags(seq)?.unwrap_or_default();
    Ok(Some(InStory {
        href: paths::story(&placed.story),
        corrected: placed.story != placed.automatic,
        id: placed.story,
        score: placed.score,
        duplicate_of: placed.duplicate_of.map(|id| id.to_string()),
        flags: flags.into(),
    }))
}

/// All states of a report's words.
#[derive(Debug, Serialize, ToSchema)]
struct RevisionList {
    /// The states, the first one first, the present one last.
    items: Vec<RevisionEntry>,
}

/// A state of a report's words.
#[derive(Debug, Serialize, ToSchema)]
struct RevisionEntry {
    /// Its number, from 1.
    n: u32,
    /// When these words were first seen.
    #[schema(format = DateTime)]
    seen: String,
    /// The report as it was.
    #[schema(schema_with = nouns::report)]
    report: Report,
}

/// Tells what a report said before, and what it says now.
#[utoipa::path(
    get, path = "/reports/{id}/revisions", tag = "reports", operation_id = "getReportRevisions",
    params(("id" = String, Path, description = "The name of the report, percent-encoded.")),
    responses(
        (status = 200, description = "The revisions.", body = RevisionList),
        (status = 404, description = "There is no report of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_report_revisions(In(state): In<State>, Path(id): Path<String>) -> Result<Json<RevisionList>, Problem> {
    let revisions = state.read(move |view| Ok(view.revisions(row(view, &id)?.seq)?)).await?;
    let entry = |revision: variorum_store::Revision| RevisionEntry {
        n: revision.n,
        seen: times::text(revision.seen),
        report: revision.report,
    };
    Ok(Json(RevisionList { items: revisions.into_iter().map(entry).collect() }))
}

/// What stands in a report.
#[derive(Debug, Serialize, ToSchema)]
struct AnnotationList {
    /// Sentences, quotes, figures, dates, names and attributions, each with its span; null until the report was read.
    #[schema(schema_with = nouns::maybe_annotations)]
    annotations: Option<Annotations>,
}

/// Tells what stands in a report: who says what, figures, dates, names.
#[utoipa::path(
    get, path = "/reports/{id}/annotations", tag = "reports", operation_id = "getReportAnnotations",
    params(("id" = String, Path, description = "The name of the report, percent-encoded.")),
    responses(
        (status = 200, description = "What stands in it.", body = AnnotationList),
        (status = 404, description = "There is no report of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_report_annotations(In(state): In<State>, Path(id): Path<String>) -> Result<Json<AnnotationList>, Problem> {
    let annotations = state.read(move |view| Ok(view.reading(row(view, &id)?.seq)?)).await?;
    Ok(Json(AnnotationList { annotations }))
}
