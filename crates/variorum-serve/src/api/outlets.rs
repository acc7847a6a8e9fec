//! Outlets, counted. No rating: counts alone.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as In;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_newsroom::{Outlet, outlet};
use variorum_store::OutletRow;

use super::problem::{Path, Problem, Query};
use super::shapes::{Count, counts};
use super::stories::limited;
use super::{nouns, paths, times};
use crate::{Error, State};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_outlets)).routes(routes!(get_outlet))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// How many at most.
    #[serde(default = "super::hundred")]
    #[param(required = false, minimum = 1, maximum = 1000, default = 100)]
    limit: usize,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// A part of the list of outlets.
#[derive(Debug, Serialize, ToSchema)]
struct OutletPage {
    /// The outlets, by name.
    items: Vec<OutletEntry>,
    /// To be handed in as `cursor`; null at the end.
    next: Option<String>,
}

/// An outlet and how much of it is here.
#[derive(Debug, Serialize, ToSchema)]
struct OutletEntry {
    /// Its name.
    #[schema(example = "Delmare Herald")]
    name: String,
    /// Where it is told.
    #[schema(example = "/api/v1/outlets/Delmare%20Herald")]
    href: String,
    /// How many reports.
    reports: u64,
    /// When the last of them was first seen.
    #[schema(format = DateTime)]
    newest: String,
}

impl From<OutletRow> for OutletEntry {
    fn from(row: OutletRow) -> Self {
        OutletEntry {
            href: paths::outlet(&row.outlet),
            name: row.outlet,
            reports: row.reports,
            newest: times::text(row.newest),
        }
    }
}

/// Lists outlets.
#[utoipa::path(
    get, path = "/outlets", tag = "outlets", operation_id = "listOutlets", params(Listing),
    responses((status = 200, description = "A part of the list.", body = OutletPage))
)]
async fn list_outlets(In(state): In<State>, Query(listing): Query<Listing>) -> Result<Json<OutletPage>, Problem> {
    let limit = limited(listing.limit, 1_000)?;
    let after = listing.cursor.as_deref().map(place).transpose()?;
    let rows = state.read(|view| Ok(view.outlets()?)).await?;
    let mut rows = rows.into_iter().filter(|row| after.as_deref().is_none_or(|after| row.outlet.as_str() > after));
    let items: Vec<OutletRow> = rows.by_ref().take(limit).collect();
    let last = items.last().filter(|_| rows.next().is_some());
    let next = last.map(|row| row.outlet.bytes().map(|byte| format!("{byte:02x}")).collect());
    Ok(Json(OutletPage { next, items: items.into_iter().map(OutletEntry::from).collect() }))
}

/// Returns the name that a cursor stands for.
fn place(cursor: &str) -> Result<String, Problem> {
    let pairs = cursor.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.map(byte).collect();
    let name = bytes.filter(|_| cursor.len().is_multiple_of(2)).and_then(|bytes| String::from_utf8(bytes).ok());
    name.ok_or_else(|| Problem::asked("this is no place in this list", "begin the list anew, without `cursor`"))
}

/// What an outlet did here. Counts of reporting; they are no rating.
#[derive(Debug, Serialize, ToSchema)]
struct OutletWhole {
    /// How much of it is here.
    entry: OutletEntry,
    /// Reports in stories that others tell too.
    shared: u64,
    /// … of these, with words of their own.
    original: u64,
    /// … of these, with words of another.
    copied: u64,
    /// Whose words it has, with how many reports, most first.
    sources: Vec<Count>,
    /// Who has its words, with how many reports, most first.
    rewritten_by: Vec<Count>,
    /// What its rewrites bent, by kind of drift.
    #[schema(schema_with = nouns::by_kind)]
    drift: BTreeMap<variorum_news::DriftKind, u64>,
    /// What rewrites of it bent, by kind of drift.
    #[schema(schema_with = nouns::by_kind)]
    bent_by_others: BTreeMap<variorum_news::DriftKind, u64>,
}

impl From<Outlet> for OutletWhole {
    fn from(outlet: Outlet) -> Self {
        OutletWhole {
            entry: outlet.row.into(),
            shared: outlet.shared,
            original: outlet.original,
            copied: outlet.copied,
            sources: counts(outlet.sources),
            rewritten_by: counts(outlet.rewritten_by),
            drift: outlet.drift,
            bent_by_others: outlet.bent_by_others,
        }
    }
}

/// Tells how often an outlet was original, how often it was rewritten and by whom, and what was bent.
#[utoipa::path(
    get, path = "/outlets/{name}", tag = "outlets", operation_id = "getOutlet",
    params(("name" = String, Path, description = "The name of the outlet, percent-encoded.")),
    responses(
        (status = 200, description = "The outlet.", body = OutletWhole),
        (status = 404, description = "There is no outlet of this name.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_outlet(In(state): In<State>, Path(name): Path<String>) -> Result<Json<OutletWhole>, Problem> {
    let found = state.read(move |view| match outlet(view, &name)? {
        Some(outlet) => Ok(outlet),
        None => Err(Error::Missing(format!("outlet `{name}`"))),
    });
    Ok(Json(found.await?.into()))
}
