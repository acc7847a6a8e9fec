//! What people correct.

use axum::extract::State as In;
use axum::http::{HeaderName, StatusCode, header};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_newsroom::{Action, By, correct, undo};
use variorum_store::{Standing, View};

use super::problem::{Body, Path, Problem, Query};
use super::saved::worded;
use super::shapes::{CorrectionEntry, RulingWord};
use super::stories::limited;
use crate::door::Asker;
use crate::{Error, State};

/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most characters of a reason.
const LONGEST_REASON: usize = 2_000;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_corrections, make_correction))
        .routes(routes!(get_correction))
        .routes(routes!(undo_correction))
}

/// Which corrections are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum StandingWord {
    /// Those that stand.
    Standing,
    /// Those that were taken back, too.
    #[default]
    All,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// Which corrections.
    #[serde(default)]
    #[param(inline, required = false)]
    which: StandingWord,
    /// Only those that name a story.
    story: Option<String>,
    /// How many at most.
    #[serde(default = "super::hundred")]
    #[param(required = false, minimum = 1, maximum = 1000, default = 100)]
    limit: usize,
    /// Where the page before ended: its `next`.
    cursor: Option<String>,
}

/// A part of the list of corrections.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionPage {
    /// The corrections, the last one first.
    items: Vec<CorrectionEntry>,
    /// To be handed in as `cursor`; null at the end.
    next: Option<String>,
}

/// Lists corrections, the last one first.
#[utoipa::path(
    get, path = "/corrections", tag = "corrections", operation_id = "listCorrections", params(Listing),
    responses((status = 200, description = "A part of the list.", body = CorrectionPage))
)]
async fn list_corrections(
    In(state): In<State>,
    Query(listing): Query<Listing>,
) -> Result<Json<CorrectionPage>, Problem> {
    let limit = limited(listing.limit, 1_000)?;
    let before = listing.cursor.as_deref().map_or(Ok(i64::MAX), place)?;
    let all = state.read(move |view| match &listing.story {
        Some(story) => Ok(view.corrections_of_story(story)?),
        None => Ok(view.corrections(Standing::All)?),
    });
    let asked = |correction: &variorum_store::Correction| {
        correction.n < before && (listing.which == StandingWord::All || correction.undone.is_none())
    };
    let mut rest = all.await?.into_iter().rev().filter(asked);
    let items: Vec<CorrectionEntry> = rest.by_ref().take(limit).map(CorrectionEntry::from).collect();
    let last = items.last().filter(|_| rest.next().is_some());
    Ok(Json(CorrectionPage { next: last.map(|last| format!("{:x}", last.n)), items }))
}

fn place(cursor: &str) -> Result<i64, Problem> {
    let wrong = |_| Problem::asked("this is no place in this list", "begin the list anew, without `cursor`");
    i64::from_str_radix(cursor, 16).map_err(wrong)
}

/// Tells a correction.
#[utoipa::path(
    get, path = "/corrections/{n}", tag = "corrections", operation_id = "getCorrection",
    params(("n" = i64, Path, description = "The number of the correction.")),
    responses(
        (status = 200, description = "The correction.", body = CorrectionEntry),
        (status = 404, description = "There is no correction of this number.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_correction(In(state): In<State>, Path(n): Path<i64>) -> Result<Json<CorrectionEntry>, Problem> {
    Ok(Json(state.read(move |view| find(view, n)).await?))
}

fn find(view: &View, n: i64) -> Result<CorrectionEntry, Error> {
    view.correction(n)?.map(CorrectionEntry::from).ok_or_else(|| Error::Missing(format!("correction {n}")))
}

/// A correction to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCorrection {
    /// Who corrects.
    ///
    /// Where one must log in, the server takes the name of the token's owner, whatever is said here.
    #[serde(default)]
    #[schema(required = false, min_length = 1, max_length = 200, pattern = r"\S", example = "Ada Orr")]
    who: String,
    /// Why.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S", example = "Both tell of the same ferry.")]
    reason: String,
    /// What it does.
    action: Act,
}

/// What a correction does.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum Act {
    /// Two stories are one; the first name stays.
    #[schema(title = "Merge")]
    Merge {
        /// The story that stays.
        story: String,
        /// The story that goes into it.
        with: String,
    },
    /// Some reports of a story are a story of their own.
    #[schema(title = "Split")]
    Split {
        /// The story.
        story: String,
        /// The reports that leave it.
        #[schema(min_items = 1)]
        reports: Vec<String>,
    },
    /// A report belongs to another story.
    #[schema(title = "Move")]
    Move {
        /// The report.
        report: String,
        /// Where it belongs.
        story: String,
    },
    /// A variant or a drift is confirmed or dismissed.
    #[schema(title = "Rule")]
    Rule {
        /// The story it is told in.
        story: String,
        /// The key of the finding.
        finding: String,
        /// What is said of it.
        ruling: RulingWord,
    },
}

impl From<Act> for Action {
    fn from(act: Act) -> Self {
        match act {
            Act::Merge { story, with } => Action::Merge { story, with },
            Act::Split { story, reports } => {
                Action::Split { story, reports: reports.into_iter().map(Into::into).collect() }
            }
            Act::Move { report, story } => Action::Move { report: report.into(), story },
            Act::Rule { story, finding, ruling } => Action::Rule { story, finding, ruling: ruling.into() },
        }
    }
}

/// Corrects: merges or splits stories, moves a report, confirms or dismisses a finding.
///
/// A person's word stands over the machine's, also after all is computed again. The stories it touches are made anew
/// shortly after.
#[utoipa::path(
    post, path = "/corrections", tag = "corrections", operation_id = "makeCorrection", request_body = NewCorrection,
    responses(
        (status = 201, description = "It is made.", body = CorrectionEntry,
            headers(("location" = String, description = "Where the correction stands."))),
        (status = 404, description = "It names what is not there.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn make_correction(
    In(state): In<State>,
    Extension(asker): Extension<Asker>,
    Body(new): Body<NewCorrection>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<CorrectionEntry>), Problem> {
    let who = asker.visitor.name().unwrap_or(&new.who);
    let by = By { who: worded("who", who, LONGEST_NAME)?, reason: worded("reason", &new.reason, LONGEST_REASON)? };
    let (action, now) = (Action::from(new.action), (state.clock)());
    let made = desk(state, move |state| {
        let n = correct(&state.store, action, by, now)?;
        state.store.read(|view| Ok(find(view, n)))?
    });
    let made = made.await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, made.href.clone())], Json(made)))
}

/// Who takes a correction back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Undoing {
    /// Who takes it back; where one must log in, the owner of the token.
    #[serde(default)]
    #[schema(required = false, min_length = 1, max_length = 200, pattern = r"\S", example = "Ada Orr")]
    who: String,
}

/// Takes a correction back. It stays in the log, with who took it back.
#[utoipa::path(
    post, path = "/corrections/{n}/undo", tag = "corrections", operation_id = "undoCorrection", request_body = Undoing,
    params(("n" = i64, Path, description = "The number of the correction.")),
    responses(
        (status = 200, description = "It is taken back.", body = CorrectionEntry),
        (status = 404, description = "There is no standing correction of this number.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn undo_correction(
    In(state): In<State>,
    Extension(asker): Extension<Asker>,
    Path(n): Path<i64>,
    Body(undoing): Body<Undoing>,
) -> Result<Json<CorrectionEntry>, Problem> {
    let who = asker.visitor.name().unwrap_or(&undoing.who);
    let (who, now) = (worded("who", who, LONGEST_NAME)?, (state.clock)());
    let undone = desk(state, move |state| {
        undo(&state.store, n, &who, now)?;
        state.store.read(|view| Ok(find(view, n)))?
    });
    Ok(Json(undone.await?))
}

/// Lets the desk work, away from the threads that wait for the network.
async fn desk<T: Send + 'static>(
    state: State,
    work: impl FnOnce(&State) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let worked = tokio::task::spawn_blocking(move || work(&state)).await;
    worked.map_err(|_| Error::Broken("a correction broke off".to_owned()))?
}
