//! The log of corrections: who corrected what, and why, and the way back.

use axum::Extension;
use axum::extract::{OriginalUri, State as Of};
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;
use variorum_newsroom::{Action, Ruling};
use variorum_store::{Correction, Standing};

use super::form::{read_who, secret, who};
use super::layout::{Place, frame};
use super::story::write;
use super::when::moment;
use crate::address::{self, Asked};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// How many a page shows.
const PAGE: usize = 100;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Log {
    /// The corrections, the last one first.
    pub corrections: Vec<Correction>,
    /// How many there are, with those that were taken back.
    pub total: usize,
    /// Where the list goes on.
    pub next: Option<String>,
}

pub async fn corrections(
    Of(state): Of<State>,
    Extension(token): Extension<Token>,
    asked: Asked,
) -> Result<Response, Error> {
    let wrong = |_| Error::Store(variorum_store::Error::Cursor);
    let before = asked.query.get("cursor").map(|text| i64::from_str_radix(text, 16).map_err(wrong)).transpose()?;
    state
        .read(move |view| {
            let mut all = view.corrections(Standing::All)?;
            let total = all.len();
            all.retain(|found| before.is_none_or(|before| found.n < before));
            all.reverse();
            let more = all.len() > PAGE;
            all.truncate(PAGE);
            let next = all.last().filter(|_| more).map(|last| format!("{:x}", last.n));
            let log = Log { corrections: all, total, next };
            Ok(super::answer(&asked, &log, |log| page(log, &asked, &token)))
        })
        .await
}

pub async fn undo(Of(state): Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let n = uri.0.path().split('/').nth(2).and_then(|n| n.parse().ok());
    let n: i64 = n.ok_or_else(|| Error::Missing("correction of that number".to_owned()))?;
    let who = read_who(&fields)?;
    write(state, move |state| Ok(variorum_newsroom::undo(&state.store, n, &who, (state.clock)())?)).await?;
    Ok(Redirect::to(&format!("/corrections#c{n}")))
}

fn page(log: &Log, asked: &Asked, token: &Token) -> Markup {
    let mut place = Place::of("Corrections");
    place.kind = "corrections";
    place.json = Some(asked.json());
    frame(
        &place,
        html! {
            h1 { "Corrections" }
            p class="lede" { "What people said lies over what the machine says. Nothing is overwritten: what was taken back stays in this log." }
            @if log.corrections.is_empty() { p class="empty" { "Nobody has corrected anything yet. Each story has its forms at its end." } }
            ol class="log" reversed { @for correction in &log.corrections {
                li id=(format!("c{}", correction.n)) value=(correction.n) class=[correction.undone.as_ref().map(|_| "undone")] data-row {
                    (line(correction))
                    @if correction.undone.is_none() { " " (undo_form(correction.n, token)) }
                }
            } }
            @if let Some(next) = &log.next { p class="older" { a rel="next" href=(format!("/corrections?cursor={next}")) { "Older corrections" } } }
        },
    )
}

/// Returns a correction in one line.
pub fn line(correction: &Correction) -> Markup {
    html! {
        span class="what" { (told(&correction.body)) } " — “" bdi { (correction.reason) } "” "
        span class="why" { bdi { (correction.who) } ", " (moment(correction.at))
            @if let Some((at, who)) = &correction.undone { "; taken back" @if !who.is_empty() { " by " bdi { (who) } } ", " (moment(*at)) } }
    }
}

/// Returns the form that takes a correction back.
pub fn undo_form(n: i64, token: &Token) -> Markup {
    html! { @if token.has_forms() { details class="back" { summary { "Take back" }
        form class="correct" method="post" action=(format!("/corrections/{n}/undo")) {
            (secret(token))
            (who(&format!("undo-{n}"), token))
            p class="field buttons" { button { "Take it back" } }
        }
    } } }
}

/// Returns what a correction does, in words.
pub fn told(body: &Value) -> Markup {
    let story = |id: &str| html! { "story " a href=(address::story(id)) { bdi { (id) } } };
    let report = |id: &str| html! { "report " a href=(address::report(id)) { bdi { (id) } } };
    match serde_json::from_value::<Action>(body.clone()) {
        Ok(Action::Merge { story: kept, with }) => html! { (story(&with)) " merged into " (story(&kept)) },
        Ok(Action::Split { story: from, reports }) => html! {
            (variorum_publish::counted(reports.len(), "report")) " split off " (story(&from)) ": "
            @for (n, id) in reports.iter().enumerate() { @if n > 0 { ", " } a href=(address::report(id)) { bdi { (id) } } }
        },
        Ok(Action::Move { report: id, story: to }) => html! { (report(&id)) " moved to " (story(&to)) },
        Ok(Action::Rule { story: of, finding, ruling }) => {
            let word = match ruling {
                Ruling::Confirmed => "confirmed",
                Ruling::Dismissed => "dismissed",
            };
            html! { a href=(format!("{}#f-{finding}", address::story(&of))) { "a finding" } " of " (story(&of)) " " (word) }
        }
        Err(_) => html! { code { (body.to_string()) } },
    }
}
