//! Search over reports.

use axum::Json;
use axum::extract::State as In;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_store::search::{Ask, FacetCounts, Facets, Found, Order};

use super::problem::{Problem, Query};
use super::shapes::{Count, ReportEntry, counts};
use super::stories::limited;
use crate::{Error, State};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(search))
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum HitOrder {
    /// The newest day of publication.
    #[default]
    Newest,
    /// What fits the words best.
    Best,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Question {
    /// What is looked for. Words must all be there, in any inflection; `OR`, `-word`, `"a phrase"` and brackets as usual.
    /// `outlet:` `author:` `title:` look there; `date:2026-03..2026-05` `lang:en` `origin:original` `origin:copied`
    /// `has:drift` `has:variants` `story:NAME` narrow. Empty finds everything.
    #[serde(default)]
    #[param(required = false, example = "ferry outlet:herald date:2026-03")]
    q: String,
    /// What comes first.
    #[param(inline, required = false)]
    #[serde(default)]
    order: HitOrder,
    /// How many at most.
    #[serde(default = "twenty")]
    #[param(required = false, minimum = 1, maximum = 200, default = 20)]
    limit: usize,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

fn twenty() -> usize {
    20
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
struct Finds {
    /// How many reports fit, on all pages.
    total: u64,
    /// This page.
    items: Vec<Find>,
    /// To be handed in as `cursor`; null at the end.
    next: Option<String>,
    /// Counts over all that fits.
    facets: FindFacets,
}

/// A report that was found.
#[derive(Debug, Serialize, ToSchema)]
struct Find {
    /// The report.
    report: ReportEntry,
    /// How well it fits; 0 where the order is by day.
    score: f32,
}

/// Counts over all that fits.
#[derive(Debug, Serialize, ToSchema)]
struct FindFacets {
    /// By outlet, most first; the first hundred.
    outlets: Vec<Count>,
    /// By language, most first.
    languages: Vec<Count>,
    /// By month (`2026-03`), in order.
    months: Vec<Count>,
    /// Reports with words of their own.
    original: u64,
    /// Reports with another's words.
    copied: u64,
}

impl From<Found> for Finds {
    fn from(found: Found) -> Self {
        let FacetCounts { outlets, languages, months, original, copied } = found.facets;
        Finds {
            total: found.total,
            items: found.hits.into_iter().map(|hit| Find { report: hit.report.into(), score: hit.score }).collect(),
            next: found.next,
            facets: FindFacets {
                outlets: counts(outlets),
                languages: counts(languages),
                months: counts(months),
                original,
                copied,
            },
        }
    }
}

/// Finds reports, with counts by outlet, language, month and origin.
#[utoipa::path(
    get, path = "/search", tag = "search", operation_id = "search", params(Question),
    responses((status = 200, description = "What was found.", body = Finds))
)]
async fn search(In(state): In<State>, Query(question): Query<Question>) -> Result<Json<Finds>, Problem> {
    let ask = Ask {
        query: question.q,
        order: match question.order {
            HitOrder::Newest => Order::Newest,
            HitOrder::Best => Order::Best,
        },
        limit: limited(question.limit, 200)?,
        after: question.cursor,
        facets: Facets::Counted,
    };
    let found = tokio::task::spawn_blocking(move || state.search.find(&state.store, &ask)).await;
    Ok(Json(found.map_err(|_| Error::Broken("a search broke off".to_owned()))??.into()))
}
