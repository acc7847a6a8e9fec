//! Searches that someone keeps.

use axum::Extension;
use axum::extract::{OriginalUri, State as Of};
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use variorum_store::SavedSearch;
use variorum_store::search::Query;

use super::form::secret;
use super::layout::{Place, frame};
use super::story::write;
use super::when::moment;
use crate::address::{Asked, encode};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Saved {
    /// The searches, by name.
    pub saved: Vec<SavedSearch>,
}

pub async fn saved(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    state
        .read(move |view| {
            let saved = Saved { saved: view.saved_searches()? };
            Ok(super::answer(&asked, &saved, |saved| page(saved, &asked, &token)))
        })
        .await
}

pub async fn save(Of(state): Of<State>, Posted(fields): Posted) -> Result<Redirect, Error> {
    let query = fields.get("query").unwrap_or("").to_owned();
    Query::read(&query).map_err(variorum_store::Error::from)?;
    let name = fields.get("name").map_or_else(|| query.clone(), str::to_owned).trim().to_owned();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Error::Asked("give the search a name of at most 200 letters".to_owned()));
    }
    write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| writing.save_search(&name, &query, now))?)
    })
    .await?;
    Ok(Redirect::to("/saved"))
}

pub async fn drop_saved(Of(state): Of<State>, uri: OriginalUri, Posted(_): Posted) -> Result<Redirect, Error> {
    let n = uri.0.path().split('/').nth(2).and_then(|n| n.parse::<i64>().ok());
    let n = n.ok_or_else(|| Error::Missing("saved search of that number".to_owned()))?;
    write(state, move |state| Ok(state.store.write(move |writing| writing.drop_search(n))?)).await?;
    Ok(Redirect::to("/saved"))
}

fn page(saved: &Saved, asked: &Asked, token: &Token) -> Markup {
    let mut place = Place::of("Saved searches");
    place.kind = "saved";
    place.json = Some(asked.json());
    frame(
        &place,
        html! {
            h1 { "Saved searches" }
            @if saved.saved.is_empty() { p class="empty" { "None yet. Search for something, and save it beside what is found; each saved search has a feed of its own." } }
            ul class="rows" { @for one in &saved.saved { li data-row {
                p { a class="strong" href=(format!("/search?q={}", encode(&one.query))) { bdi { (one.name) } } @if one.name != one.query { " " code { bdi { (one.query) } } } }
                p class="why" { "Saved " (moment(one.at)) " · " a href=(format!("/saved/{}.atom", one.n)) { "Feed" } @if token.has_forms() { " · " a href=(format!("/alerts?q={}#make", encode(&one.query))) { "Tell me of new reports" } } }
                @if token.has_forms() { form method="post" action=(format!("/saved/{}/drop", one.n)) { (secret(token)) button class="quiet" { "Drop" span class="unseen" { " the search " (one.name) } } } }
            } } }
        },
    )
}

/// Returns the form that keeps a search.
pub fn save_form(query: &str, token: &Token) -> Markup {
    html! { @if token.has_forms() { details class="save" { summary { "Save this search" }
        form class="correct" method="post" action="/saved" {
            (secret(token))
            input type="hidden" name="query" value=(query);
            p class="field wide" { label for="save-name" { "Name" } input id="save-name" name="name" required maxlength="200" value=(query.chars().take(200).collect::<String>()) dir="auto"; }
            p class="field buttons" { button { "Save" } }
        }
    } } }
}
