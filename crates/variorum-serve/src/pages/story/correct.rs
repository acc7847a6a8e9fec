//! Merge, split, move, confirm, dismiss: what a person may do with a story.

use axum::extract::{OriginalUri, State as Of};
use axum::response::Redirect;
use maud::{Markup, html};
use variorum_news::ReportId;
use variorum_newsroom::{Action, By, Ruling};

use super::super::form::{by, read_by, secret};
use super::Facts;
use crate::address::{self, Asked, Fields};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// Returns the forms.
pub fn forms(facts: &Facts, token: &Token) -> Markup {
    let to = |verb: &str| format!("/story/{}/{verb}", address::encode(&facts.card.id));
    html! { @if token.has_forms() { section id="correct" {
        h2 { "Correct this story" }
        p class="lede" { "What you say lies over what the machine says, also after all is computed again. Each correction is kept with your "
            "name and reason, and can be taken back." }
        details { summary { "Another story tells the same: merge it into this one" }
            form class="correct" method="post" action=(to("merge")) {
                (secret(token))
                p class="field wide" { label for="with" { "Address or name of the other story" } input id="with" name="with" required autocomplete="off"; }
                (by("merge", token)) p class="field buttons" { button { "Merge" } }
            }
        }
        @if facts.reports.len() > 1 { details { summary { "Some reports tell another event: split them off" }
            form class="correct" method="post" action=(to("split")) {
                (secret(token))
                fieldset { legend { "Reports that leave" } @for fact in &facts.reports { p class="tick" { label {
                    input type="checkbox" name="report" value=(fact.report.id); " " (named(facts, &fact.report.id))
                } } } }
                (by("split", token)) p class="field buttons" { button { "Split off" } }
            }
        } }
        details { summary { "A report belongs to another story: move it" }
            form class="correct" method="post" action=(to("move")) {
                (secret(token))
                p class="field wide" { label for="moved" { "Report" } select id="moved" name="report" { @for fact in &facts.reports {
                    option value=(fact.report.id) { (named(facts, &fact.report.id)) }
                } } }
                p class="field wide" { label for="to" { "Address or name of the story it belongs to" } input id="to" name="story" required autocomplete="off"; }
                (by("move", token)) p class="field buttons" { button { "Move" } }
            }
        }
    } } }
}

fn named(facts: &Facts, id: &ReportId) -> String {
    let report = facts.row(id).map(|fact| &fact.report);
    let title = report.and_then(|report| report.title.as_deref()).unwrap_or("");
    let place = facts.story.reports.iter().position(|known| known == id).unwrap_or(0);
    let file = report.and_then(|report| report.path.as_deref()?.rsplit(['/', '\\']).next());
    let outlet = report.and_then(|report| report.outlet.as_deref()).or(file).unwrap_or(id);
    format!("{} {outlet}: {title}", variorum_publish::siglum(place))
}

pub async fn merge(state: Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let story = named_in(&uri)?;
    let with = story_of(&fields, "with")?;
    keep(state.0, Action::Merge { story: story.clone(), with }, read_by(&fields)?, story).await
}

pub async fn split(state: Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let story = named_in(&uri)?;
    let reports: Vec<ReportId> = fields.all("report").map(ReportId::from).collect();
    if reports.is_empty() {
        return Err(Error::Asked("choose the reports that leave the story".to_owned()));
    }
    keep(state.0, Action::Split { story: story.clone(), reports }, read_by(&fields)?, story).await
}

pub async fn move_report(state: Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let from = named_in(&uri)?;
    let report = fields.all("report").next().ok_or_else(|| Error::Asked("choose the report that moves".to_owned()))?;
    let action = Action::Move { report: report.into(), story: story_of(&fields, "story")? };
    keep(state.0, action, read_by(&fields)?, from).await
}

pub async fn rule(state: Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let story = named_in(&uri)?;
    let ruling = match fields.get("ruling") {
        Some("confirmed") => Ruling::Confirmed,
        Some("dismissed") => Ruling::Dismissed,
        _ => return Err(Error::Asked("say whether you confirm or dismiss it".to_owned())),
    };
    let finding = fields.get("finding").ok_or_else(|| Error::Asked("the form names no finding".to_owned()))?.to_owned();
    keep(state.0, Action::Rule { story: story.clone(), finding, ruling }, read_by(&fields)?, story).await
}

fn named_in(uri: &OriginalUri) -> Result<String, Error> {
    let path = uri.0.path().rsplit_once('/').map_or("", |(name, _)| name);
    let asked = path.parse().map_err(|_| Error::Missing("story".to_owned())).and_then(|uri| Asked::read(&uri))?;
    Ok(asked.name().to_owned())
}

/// A story is named by its name or by the address of its page, as a person copies it.
fn story_of(fields: &Fields, name: &str) -> Result<String, Error> {
    let given = fields.get(name).map(str::trim).filter(|given| !given.is_empty());
    let given = given.ok_or_else(|| Error::Asked("name the other story by its address or its name".to_owned()))?;
    let Some((_, raw)) = given.split_once("/story/") else { return Ok(given.to_owned()) };
    let raw = raw.split(['?', '#', '/']).next().unwrap_or("");
    address::decode(address::cut(raw).0).ok_or_else(|| Error::Asked(format!("`{given}` is not the address of a story")))
}

/// Keeps a correction and shows the story with it.
async fn keep(state: State, action: Action, by: By, story: String) -> Result<Redirect, Error> {
    let n =
        write(state, move |state| Ok(variorum_newsroom::correct(&state.store, action, by, (state.clock)())?)).await?;
    Ok(Redirect::to(&format!("{}?corrected={n}", address::story(&story))))
}

/// Works away from the threads that wait for the network.
pub async fn write<T: Send + 'static>(
    state: State,
    work: impl FnOnce(&State) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(move || work(&state)).await;
    done.map_err(|_| Error::Broken("a write broke off and was undone".to_owned()))?
}
