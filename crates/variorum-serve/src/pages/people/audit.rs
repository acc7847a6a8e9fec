//! What people did at the door, for admins.

use axum::extract::State as Of;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use variorum_store::Audited;

use super::super::when::moment;
use super::own_page;
use crate::address::{Asked, Form};
use crate::{Error, State};

/// How many lines a page shows.
const PAGE: usize = 200;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Log {
    /// The lines, the last one first.
    pub audit: Vec<Audited>,
    /// Where the list goes on.
    pub next: Option<String>,
}

pub async fn audit(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let wrong = |_| Error::Store(variorum_store::Error::Cursor);
    let before = asked.query.get("cursor").map(|text| i64::from_str_radix(text, 16).map_err(wrong)).transpose()?;
    let before = before.unwrap_or(i64::MAX);
    let mut audit = state.read(move |view| Ok(view.audit_before(before, PAGE + 1)?)).await?;
    let more = audit.len() > PAGE;
    audit.truncate(PAGE);
    let next = audit.last().filter(|_| more).map(|last| format!("{:x}", last.n));
    let log = Log { audit, next };
    Ok(match asked.form {
        Form::Json => axum::Json(log).into_response(),
        Form::Page => own_page("What people did", page(&log)),
    })
}

fn page(log: &Log) -> Markup {
    html! {
        h1 { "What people did" }
        p class="lede" { "Who came in, and what was changed through this server or by " code { "variorum users" } ". Corrections have " a href="/corrections" { "a log of their own" } " with reasons." }
        @if log.audit.is_empty() { p class="empty" { "Nothing yet." } }
        ol class="log" reversed { @for line in &log.audit { li value=(line.n) data-row {
            @if line.who.is_empty() { "Somebody" } @else { bdi { (line.who) } } ": " (line.what)
            @if !line.target.is_empty() { " " bdi { (line.target) } }
            @if line.outcome != "done" { " — " b { (line.outcome) } }
            " " span class="why" { @if let Some(address) = &line.address { "from " (address) ", " } (moment(line.at)) }
        } } }
        @if let Some(next) = &log.next { p class="older" { a rel="next" href=(format!("/audit?cursor={next}")) { "Older lines" } } }
    }
}
