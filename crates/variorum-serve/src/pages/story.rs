//! The page of a story: what is told, by whom, where they differ, what changed; and how a person corrects it.

mod correct;
mod findings;
mod show;

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::State as Of;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;
use serde::Serialize;
use variorum_news::{Report, ReportId, Story};
use variorum_newsroom::{Changes, Decision, Since, Told, changes, told};
use variorum_store::{Correction, Flags, Gone, Placed, ReportRow, StoryCard, View};

use super::layout::{Place, frame};
use crate::address::{self, Asked, Form};
use crate::door::Token;
use crate::{Error, State};

pub use correct::{merge, move_report, rule, split, write};

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// What lists show of it.
    pub card: StoryCard,
    /// The story; findings that a person dismissed are still in it.
    pub story: Story,
    /// Its reports in the order of the story.
    pub reports: Vec<ReportFacts>,
    /// What people said of findings, by key; `variant_keys` and `drift_keys` name the findings.
    pub decisions: BTreeMap<String, Decision>,
    /// The keys of the variants, in their order.
    pub variant_keys: Vec<String>,
    /// The keys of the drift, in its order.
    pub drift_keys: Vec<String>,
    /// The corrections that name the story.
    pub corrections: Vec<Correction>,
    /// When it changed: the number and time of each edition.
    pub editions: Vec<(u32, i64)>,
    /// What changed since the edition or time that was asked about.
    pub changes: Option<Changes>,
    #[serde(skip)]
    since: Option<String>,
    #[serde(skip)]
    notice: Option<Correction>,
}

/// A report of a story.
#[derive(Debug, Serialize)]
pub struct ReportFacts {
    /// What the record says of it.
    pub row: ReportRow,
    /// Its words and annotations.
    pub report: Report,
    /// Where it was placed.
    pub placed: Option<Placed>,
    /// What the collation says of it.
    pub flags: Flags,
}

pub async fn story(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    state.read(move |view| answer(view, &asked, &token)).await
}

fn answer(view: &View, asked: &Asked, token: &Token) -> Result<Response, Error> {
    let id = asked.name();
    let now = view.resolve(id)?;
    if now != id {
        let suffix = if asked.form == Form::Json { ".json" } else { "" };
        let to = format!("{}{suffix}{}", address::story(&now), asked.query.with("", None));
        return Ok(Redirect::temporary(&to).into_response());
    }
    let since = asked.query.get("since").map(since).transpose()?;
    let Some(told) = told(view, id)? else { return untold(view, id, asked) };
    let facts = Facts::read(view, told, since, asked)?;
    Ok(super::answer(asked, &facts, |facts| show::page(facts, asked, Some(token).filter(|_| asked.copy.is_none()))))
}

/// A number of four digits and less is an edition; a longer one is a time.
fn since(text: &str) -> Result<Since, Error> {
    let wrong =
        || Error::Asked(format!("`since` cannot be `{text}`; write the number of an edition, or seconds since 1970"));
    match text.parse::<i64>().map_err(|_| wrong())? {
        n @ 0..=9_999_999 => Ok(Since::Edition(n as u32)),
        n if n > 0 => Ok(Since::Time(n)),
        _ => Err(wrong()),
    }
}

impl Facts {
    fn read(view: &View, told: Told, since: Option<Since>, asked: &Asked) -> Result<Self, Error> {
        let id = told.card.id.clone();
        let changes = since.map(|since| changes(view, &id, since)).transpose()?.flatten();
        let notice = asked.query.get("corrected").and_then(|n| n.parse().ok());
        let mut facts = Facts::of(told);
        facts.editions = view.editions(&id)?;
        facts.notice = notice.map(|n| view.correction(n)).transpose()?.flatten().filter(|found| found.undone.is_none());
        facts.since = asked.query.get("since").map(str::to_owned);
        facts.changes = changes;
        Ok(facts)
    }

    fn of(told: Told) -> Self {
        let member = |m: variorum_newsroom::Member| ReportFacts {
            row: m.row,
            report: m.report,
            placed: m.placed,
            flags: m.flags,
        };
        Facts {
            variant_keys: told.story.variants.iter().map(variorum_newsroom::variant_key).collect(),
            drift_keys: told.story.drift.iter().map(variorum_newsroom::drift_key).collect(),
            card: told.card,
            story: told.story,
            reports: told.reports.into_iter().map(member).collect(),
            decisions: told.decisions,
            corrections: told.corrections,
            editions: Vec::new(),
            changes: None,
            since: None,
            notice: None,
        }
    }

    fn row(&self, id: &ReportId) -> Option<&ReportFacts> {
        self.reports.iter().find(|fact| fact.report.id == *id)
    }
}

/// A story that was forgotten, one that is about to be made, or none.
fn untold(view: &View, id: &str, asked: &Asked) -> Result<Response, Error> {
    if view.gone(Gone::Story, id)?.is_some() {
        return Err(Error::Gone(format!("the story `{id}`")));
    }
    if view.story_card(id)?.is_none() && view.reports_of_story(id)?.is_empty() {
        return Err(Error::Missing(format!("story `{id}`")));
    }
    let soon = (HeaderName::from_static("refresh"), "2");
    if asked.form == Form::Json {
        let waits = serde_json::json!({ "story": id, "state": "being made" });
        return Ok((StatusCode::ACCEPTED, [(header::RETRY_AFTER, "2")], axum::Json(waits)).into_response());
    }
    let mut place = Place::of("A story in the making");
    place.kind = "problem";
    place.copy = asked.copy;
    let page = frame(
        &place,
        html! {
            h1 { "A story in the making" }
            p class="said" { "Its reports are here; the desk is about to compare them. This page looks again by itself." }
            @if asked.copy.is_none() { p { a href="/status" { "What waits" } } }
        },
    );
    Ok((StatusCode::ACCEPTED, [soon], Html(page.into_string())).into_response())
}
