//! Stories: the list, and one whole.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as In;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_news::{Report, Story};
use variorum_newsroom::{Told, drift_key, told, variant_key};
use variorum_store::{Differing, Gone, Page, StoryCard, StoryList, StoryOrder, View};

use super::nouns;
use super::problem::{Path, Problem, Query};
use super::shapes::{CorrectionEntry, DecisionEntry, ReportEntry, ReportFlags, StoryEntry};
use crate::{Error, State};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_stories)).routes(routes!(get_story))
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum OrderWord {
    /// What changed last.
    #[default]
    Changed,
    /// What has the newest report.
    Newest,
    /// What most reports tell.
    Reports,
}

/// What a story must have.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum HasWord {
    /// Reports that differ.
    Variants,
    /// A rewrite that bent something.
    Drift,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// What comes first.
    #[param(inline, required = false)]
    #[serde(default)]
    order: OrderWord,
    /// Only stories that so many publishers tell, at least.
    #[serde(default)]
    #[param(required = false, minimum = 0, maximum = 65535, default = 0)]
    publishers: u16,
    /// Only stories of a language.
    #[param(example = "en")]
    lang: Option<String>,
    /// Only stories that have this.
    #[param(inline)]
    has: Option<HasWord>,
    /// How many at most.
    #[serde(default = "fifty")]
    #[param(required = false, minimum = 1, maximum = 200, default = 50)]
    limit: usize,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

fn fifty() -> usize {
    50
}

/// Refuses a page that is empty or too long.
pub fn limited(limit: usize, most: usize) -> Result<usize, Problem> {
    if (1..=most).contains(&limit) {
        return Ok(limit);
    }
    Err(Problem::asked(format!("`limit` is {limit}; it can be 1 to {most}"), "ask for less, and go on with `cursor`"))
}

/// A part of the list of stories.
#[derive(Debug, Serialize, ToSchema)]
struct StoryPage {
    /// The stories.
    items: Vec<StoryEntry>,
    /// To be handed in as `cursor`; null at the end.
    next: Option<String>,
}

/// Lists stories.
#[utoipa::path(
    get, path = "/stories", tag = "stories", operation_id = "listStories", params(Listing),
    responses(
        (status = 200, description = "A part of the list.", body = StoryPage),
    )
)]
async fn list_stories(In(state): In<State>, Query(listing): Query<Listing>) -> Result<Json<StoryPage>, Problem> {
    let list = StoryList {
        order: match listing.order {
            OrderWord::Changed => StoryOrder::Changed,
            OrderWord::Newest => StoryOrder::Newest,
            OrderWord::Reports => StoryOrder::Reports,
        },
        least_publishers: listing.publishers.into(),
        language: listing.lang,
        only_differing: match listing.has {
            None => Differing::All,
            Some(HasWord::Variants) => Differing::Variants,
            Some(HasWord::Drift) => Differing::Drift,
        },
        limit: limited(listing.limit, 200)?,
        after: listing.cursor,
    };
    let Page { items, next } = state.read(move |view| Ok(view.stories(&list)?)).await?;
    Ok(Json(StoryPage { items: items.into_iter().map(StoryEntry::from).collect(), next }))
}

/// What to tell beside the words of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum WithWord {
    /// Quotes, figures, dates, names and attributions of each report; several times as long.
    Annotations,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Whole {
    /// What to tell beside the words of reports.
    #[param(inline)]
    with: Option<WithWord>,
}

/// A story as it stands, with all that was said of it.
#[derive(Debug, Serialize, ToSchema)]
struct StoryWhole {
    /// What lists show of it.
    entry: StoryEntry,
    /// The story. What a person dismissed is still in it; see `decisions`.
    #[schema(schema_with = nouns::story)]
    story: Story,
    /// Its reports, in the order of the story.
    reports: Vec<StoryReport>,
    /// The keys of its variants, in the order of `story.variants`: to rule on them, and to find their decisions.
    variant_keys: Vec<String>,
    /// The keys of its drift, in the order of `story.drift`.
    drift_keys: Vec<String>,
    /// What people said of findings, by key.
    decisions: BTreeMap<String, DecisionEntry>,
    /// The corrections that name the story, standing or not.
    corrections: Vec<CorrectionEntry>,
}

/// A report of a story.
#[derive(Debug, Serialize, ToSchema)]
struct StoryReport {
    /// What lists show of it.
    entry: ReportEntry,
    /// What the story says of it.
    flags: ReportFlags,
    /// Its words.
    #[schema(schema_with = nouns::report)]
    report: Report,
}

/// Tells a story whole: its account, lineage, differences, drift, timeline, reports, and what people decided.
///
/// A name that was merged into another tells the story that it is now part of.
#[utoipa::path(
    get, path = "/stories/{id}", tag = "stories", operation_id = "getStory",
    params(("id" = String, Path, description = "The name of the story, percent-encoded."), Whole),
    responses(
        (status = 200, description = "The story.", body = StoryWhole),
        (status = 404, description = "There is no story of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_story(
    In(state): In<State>,
    Path(id): Path<String>,
    Query(whole): Query<Whole>,
) -> Result<Json<StoryWhole>, Problem> {
    let told = state.read(move |view| find(view, &id)).await?;
    Ok(Json(whole_of(told, whole.with)))
}

fn whole_of(told: Told, with: Option<WithWord>) -> StoryWhole {
    let reports = told.reports.into_iter().map(|member| {
        let mut report = member.report;
        if with != Some(WithWord::Annotations) {
            report.annotations = None;
        }
        StoryReport { entry: member.row.into(), flags: member.flags.into(), report }
    });
    StoryWhole {
        entry: told.card.into(),
        reports: reports.collect(),
        variant_keys: told.story.variants.iter().map(variant_key).collect(),
        drift_keys: told.story.drift.iter().map(drift_key).collect(),
        decisions: told.decisions.iter().map(|(key, decision)| (key.clone(), decision.into())).collect(),
        corrections: told.corrections.into_iter().map(CorrectionEntry::from).collect(),
        story: told.story,
    }
}

/// Returns a story as it stands, or why it cannot be told.
pub fn find(view: &View, id: &str) -> Result<Told, Error> {
    match told(view, id)? {
        Some(told) => Ok(told),
        None => Err(absent(view, id)?),
    }
}

/// Returns why a story cannot be told.
pub fn absent(view: &View, id: &str) -> Result<Error, Error> {
    let card: Option<StoryCard> = view.story_card(&view.resolve(id)?)?;
    if card.is_some() {
        return Ok(Error::Missing(format!("account of the story `{id}` yet; the desk makes it in a moment,")));
    }
    Ok(match view.gone(Gone::Story, id)? {
        Some(_) => Error::Gone(format!("the story `{id}`")),
        None => Error::Missing(format!("story `{id}`")),
    })
}
