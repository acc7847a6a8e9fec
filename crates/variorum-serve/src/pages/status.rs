//! How the newsroom is: what it holds, what waits, what went wrong.

use axum::Extension;
use axum::extract::State as Of;
use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;
use variorum_news::Problem;
use variorum_publish::counted;
use variorum_store::{Seq, View};

use super::layout::{Place, frame};
use super::when::moment;
use crate::address::Asked;
use crate::work::{Board, Doing, Written};
use crate::{Error, State};

/// How many problems are told.
const PROBLEMS: usize = 30;
/// More reports that wait are not counted one by one.
const WAITING: usize = 10_000;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The version of the program.
    pub program: &'static str,
    /// The name of the record.
    pub record: String,
    /// The version of its tables.
    pub tables: i64,
    /// Its bytes in use.
    pub bytes: u64,
    /// The number of its last change.
    pub change: i64,
    /// How many reports it holds.
    pub reports: u64,
    /// How many of them wait to be placed; 10,000 stands for more.
    pub unplaced: usize,
    /// How many stories there are.
    pub stories: u64,
    /// How many of them wait to be made anew.
    pub stale: u64,
    /// How many outlets there are.
    pub outlets: usize,
    /// Who works at the desk.
    pub desk: Written,
    /// What could not be used, the last one first.
    pub problems: Vec<(i64, Problem)>,
}

pub async fn status(Of(state): Of<State>, Extension(board): Extension<Board>, asked: Asked) -> Result<Response, Error> {
    state
        .read(move |view| {
            let status = Status::read(view, board.read())?;
            Ok(super::answer(&asked, &status, |status| page(status, &asked)))
        })
        .await
}

impl Status {
    fn read(view: &View, desk: Written) -> Result<Self, Error> {
        let (stories, stale) = view.story_counts()?;
        Ok(Status {
            program: env!("CARGO_PKG_VERSION"),
            record: view.record()?,
            tables: view.version()?,
            bytes: view.bytes()?,
            change: view.change()?,
            reports: view.count()?,
            unplaced: view.unplaced_after(Seq::MIN, WAITING)?.len(),
            stories,
            stale,
            outlets: view.outlets()?.len(),
            desk,
            problems: view.problems(PROBLEMS)?,
        })
    }
}

fn page(status: &Status, asked: &Asked) -> Markup {
    let mut place = Place::of("Status");
    place.kind = "status";
    place.json = Some(asked.json());
    frame(
        &place,
        html! {
            h1 { "Status" }
            p class="said" { (desk(status)) }
            @if let Some(trouble) = &status.desk.trouble { p class="trouble" role="alert" { "What went wrong last: " bdi { (trouble) } } }
            dl class="facts-list" {
                (fact("Reports", counted(status.reports as usize, "report")))
                (fact("… that wait to be placed", waiting(status.unplaced)))
                (fact("Stories", counted(status.stories as usize, "story")))
                (fact("… that wait to be made anew", status.stale.to_string()))
                (fact("Outlets", counted(status.outlets, "outlet")))
                (fact("The record", format!("{:.1} MB, change {}, tables of version {}", status.bytes as f64 / 1e6, status.change, status.tables)))
                (fact("Program", format!("variorum {}", status.program)))
            }
            section { h2 { "Problems" }
                @if status.problems.is_empty() { p { "Everything that came in could be used." } }
                ul class="rows" { @for (at, problem) in &status.problems { li {
                    p { @if let Some(name) = problem.path.as_ref().or(problem.id.as_ref()) { code { bdi { (name) } } ": " } bdi { (problem.reason) } }
                    p class="why" { (moment(*at)) }
                } } }
            }
        },
    )
}

fn desk(status: &Status) -> Markup {
    match status.desk.doing {
        Doing::Here { .. } if status.unplaced == 0 && status.stale == 0 => {
            html! { "All that came in is placed, and every story is made." }
        }
        Doing::Here { .. } => html! { "The desk is at work." },
        Doing::Elsewhere { process } => {
            html! { "Another process has the desk" @if let Some(n) = process { " (process " (n) ")" } "; it places what comes in, and this server shows it." }
        }
        Doing::Nothing => {
            html! { "Nobody works at the desk: what comes in is kept, and is placed by the next " code { "variorum serve" } " or " code { "variorum add" } "." }
        }
    }
}

fn waiting(n: usize) -> String {
    if n < WAITING { n.to_string() } else { format!("{WAITING} or more") }
}

fn fact(name: &str, value: String) -> Markup {
    html! { dt { (name) } dd { (value) } }
}
