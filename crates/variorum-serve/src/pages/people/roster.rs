//! Who may come in, for admins.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{OriginalUri, State as Of};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use variorum_store::{Deed, Role, User, Writing};

use super::super::story::write;
use super::super::when::moment;
use super::{deed, own_page, own_secret};
use crate::address::{Asked, Fields, Form};
use crate::door::{Asker, Gate, Posted, Token};
use crate::{Error, State};

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Roster {
    /// The users, by name.
    pub people: Vec<Row>,
}

/// A user, with what they have open.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Who.
    #[serde(flatten)]
    pub user: User,
    /// How many sessions they have now.
    pub sessions: usize,
    /// How many tokens.
    pub tokens: usize,
    /// When they were here last, within ten minutes.
    pub seen: Option<i64>,
}

pub async fn roster(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    let now = (state.clock)();
    let row = move |view: &variorum_store::View, user: User| {
        let (sessions, tokens) = (view.sessions_of(user.n, now)?, view.tokens_of(user.n)?);
        let seen =
            sessions.iter().map(|session| session.seen).chain(tokens.iter().filter_map(|token| token.used)).max();
        Ok::<_, Error>(Row { user, sessions: sessions.len(), tokens: tokens.len(), seen })
    };
    let people = state.read(move |view| view.users()?.into_iter().map(|user| row(view, user)).collect()).await?;
    let roster = Roster { people };
    if asked.form == Form::Json {
        return Ok(axum::Json(roster).into_response());
    }
    Ok(own_page("People", page(&roster, &token)))
}

pub async fn add(
    Of(state): Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(asker): Extension<Asker>,
    Posted(fields): Posted,
) -> Result<Redirect, Error> {
    let (role, name) = (role_of(&fields)?, fields.get("name").unwrap_or("").to_owned());
    let password = gate.passwords.hash(fields.get("password").unwrap_or("").to_owned()).await??;
    let mut deed = deed(&state, &asker, "add a user", "");
    write(state, move |state| {
        let done = state.store.write(move |writing| {
            let user = writing.add_user(&name, role, &password, deed.at)?;
            deed.target = format!("{} ({})", user.name, role.word());
            writing.audit(&deed)
        });
        Ok(done?)
    })
    .await?;
    Ok(Redirect::to("/people"))
}

pub async fn role(
    state: Of<State>,
    asker: Extension<Asker>,
    uri: OriginalUri,
    Posted(fields): Posted,
) -> Result<Redirect, Error> {
    let role = role_of(&fields)?;
    let what = format!("make {} of", role.word());
    change(state.0, &asker, &uri, &what, move |writing, user| writing.set_role(user.n, role)).await
}

pub async fn password(
    state: Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    asker: Extension<Asker>,
    uri: OriginalUri,
    Posted(fields): Posted,
) -> Result<Redirect, Error> {
    let password = gate.passwords.hash(fields.get("password").unwrap_or("").to_owned()).await??;
    change(state.0, &asker, &uri, "give a password to", move |writing, user| writing.set_password(user.n, &password))
        .await
}

pub async fn disable(
    state: Of<State>,
    asker: Extension<Asker>,
    uri: OriginalUri,
    _: Posted,
) -> Result<Redirect, Error> {
    let now = (state.clock)();
    change(state.0, &asker, &uri, "disable", move |writing, user| writing.set_disabled(user.n, Some(now))).await
}

pub async fn enable(state: Of<State>, asker: Extension<Asker>, uri: OriginalUri, _: Posted) -> Result<Redirect, Error> {
    change(state.0, &asker, &uri, "enable", |writing, user| writing.set_disabled(user.n, None)).await
}

pub async fn sessions(
    state: Of<State>,
    asker: Extension<Asker>,
    uri: OriginalUri,
    _: Posted,
) -> Result<Redirect, Error> {
    change(state.0, &asker, &uri, "end sessions of", |writing, user| writing.end_sessions(user.n).map(|_| ())).await
}

/// Changes the user whom the path names, and writes it down, or does neither.
async fn change(
    state: State,
    asker: &Asker,
    uri: &OriginalUri,
    what: &str,
    work: impl FnOnce(&Writing, &User) -> Result<(), variorum_store::Error> + Send + 'static,
) -> Result<Redirect, Error> {
    let missing = || Error::Missing("user of that number".to_owned());
    let n: i64 = uri.0.path().split('/').nth(2).and_then(|n| n.parse().ok()).ok_or_else(missing)?;
    let mut deed: Deed = deed(&state, asker, what, "");
    let user = state.read(move |view| Ok(view.user_of(n)?)).await?.ok_or_else(missing)?;
    write(state, move |state| {
        let done = state.store.write(move |writing| {
            work(writing, &user)?;
            deed.target = user.name;
            writing.audit(&deed)
        });
        Ok(done?)
    })
    .await?;
    Ok(Redirect::to("/people"))
}

fn role_of(fields: &Fields) -> Result<Role, Error> {
    let role = fields.get("role").and_then(Role::of);
    role.ok_or_else(|| Error::Asked("choose what they may do: reader, editor or admin".to_owned()))
}

fn page(roster: &Roster, token: &Token) -> Markup {
    html! {
        h1 { "People" }
        p class="lede" { "A reader reads; an editor corrects, saves searches, names sources and alerts; an admin says who may come in. " a href="/audit" { "What people did" } }
        @if roster.people.is_empty() { p class="empty" { "Nobody yet." } }
        ul class="rows people" { @for row in &roster.people { li data-row class=[row.user.disabled.map(|_| "undone")] { (person(row, token)) } } }
        section { h2 { "Add a user" }
            form class="correct" method="post" action="/people" {
                (own_secret(token))
                p class="field" { label for="name" { "Name" } input id="name" name="name" required maxlength="60" autocomplete="off" autocapitalize="none" spellcheck="false"; }
                p class="field" { label for="role" { "Role" } (roles("role", None)) }
                p class="field" { label for="password" { "Password" } input id="password" name="password" type="password" required minlength="12" maxlength="1024" autocomplete="new-password" aria-describedby="password-why"; }
                p class="field buttons" { button { "Add" } }
            }
            p class="why" id="password-why" { "12 letters at least. Tell it to them on another way; they change it at Account." }
        }
    }
}

fn roles(id: &str, chosen: Option<Role>) -> Markup {
    html! { select id=(id) name="role" { @for role in Role::ALL { option value=(role.word()) selected[chosen == Some(role)] { (role.word()) } } } }
}

fn person(row: &Row, token: &Token) -> Markup {
    let user = &row.user;
    let to = |verb: &str| format!("/people/{}/{verb}", user.n);
    let of = |words: &str| html! { span class="unseen" { " " (words) " " bdi { (user.name) } } };
    html! {
        p { span class="strong" { bdi { (user.name) } } " " (user.role.word()) @if let Some(at) = user.disabled { ", disabled " (moment(at)) } }
        p class="why" { "Added " (moment(user.added)) " · " (variorum_publish::counted(row.sessions, "session")) " · " (variorum_publish::counted(row.tokens, "token"))
            @if let Some(at) = row.seen { " · here last " (moment(at)) } }
        details class="back" { summary { "Change" (of("what may")) }
            form class="correct" method="post" action=(to("role")) { (own_secret(token))
                p class="field" { label for=(format!("role-{}", user.n)) { "Role" } (roles(&format!("role-{}", user.n), Some(user.role))) }
                p class="field buttons" { button { "Give this role" (of("to")) } } }
            form class="correct" method="post" action=(to("password")) { (own_secret(token))
                p class="field" { label for=(format!("password-{}", user.n)) { "New password" } input id=(format!("password-{}", user.n)) name="password" type="password" required minlength="12" maxlength="1024" autocomplete="new-password"; }
                p class="field buttons" { button { "Set it" (of("for")) } } }
            form class="correct" method="post" action=(to("sessions")) { (own_secret(token)) p class="field buttons" { button { "End the sessions" (of("of")) } } }
            @if user.disabled.is_some() {
                form class="correct" method="post" action=(to("enable")) { (own_secret(token)) p class="field buttons" { button { "Let in again" (of("")) } } }
            } @else {
                form class="correct" method="post" action=(to("disable")) { (own_secret(token)) p class="field buttons" { button { "Disable" (of("")) } } }
            }
        }
    }
}
