//! One's own password, sessions and tokens.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{OriginalUri, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use variorum_store::{ApiToken, NewToken, Role, Scope, Session, User};

use super::super::story::write;
use super::super::when::moment;
use super::{deed, own_page, own_secret, user_of};
use crate::address::{Asked, Form};
use crate::door::{Asker, Gate, GiveCookies, Posted, Token, Visitor, hash, new_secret};
use crate::{Error, State};

/// For how many days a token may be made.
const DAYS: [i64; 3] = [30, 90, 365];

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Account {
    /// Who.
    pub user: User,
    /// The sessions, the last one used first.
    pub sessions: Vec<Session>,
    /// The tokens, the last one first.
    pub tokens: Vec<ApiToken>,
}

pub async fn account(
    Of(state): Of<State>,
    Extension(asker): Extension<Asker>,
    Extension(token): Extension<Token>,
    asked: Asked,
) -> Result<Response, Error> {
    if matches!(asker.visitor, Visitor::Open) && asked.form == Form::Page {
        return Ok(own_page("Account", open()));
    }
    let user = user_of(&asker)?;
    let notice = asked.query.get("done").map(str::to_owned);
    let account = read(&state, user).await?;
    if asked.form == Form::Json {
        return Ok(axum::Json(account).into_response());
    }
    let said = notice.as_deref().and_then(done);
    Ok(own_page("Account", page(&account, said.map(|said| html! { (said) }), &token)))
}

async fn read(state: &State, user: User) -> Result<Account, Error> {
    let now = (state.clock)();
    state
        .read(move |view| {
            let (sessions, tokens) = (view.sessions_of(user.n, now)?, view.tokens_of(user.n)?);
            Ok(Account { user, sessions, tokens })
        })
        .await
}

/// Only words of ours are said, whatever the address says.
fn done(word: &str) -> Option<&'static str> {
    match word {
        "password" => Some("The password is changed, and all other sessions are ended."),
        "sessions" => Some("All other sessions are ended."),
        "dropped" => Some("The token is dropped; it opens nothing any more."),
        _ => None,
    }
}

pub async fn password(
    Of(state): Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(asker): Extension<Asker>,
    Posted(fields): Posted,
) -> Result<Response, Error> {
    let user = user_of(&asker)?;
    let now = (state.clock)();
    gate.rates.may_try(&user.name, now).map_err(|wait| Error::Often(wait.0))?;
    let (name, old) = (user.name.clone(), fields.get("old").unwrap_or("").to_owned());
    let kept = state.read(move |view| Ok(view.password_of(&name)?)).await?.map(|(_, kept)| kept);
    if !gate.passwords.fits(old, kept).await? {
        gate.rates.tried(&user.name, now);
        return Err(Error::Asked("this is not your password of now; nothing was changed".to_owned()));
    }
    let new = fields.get("new").unwrap_or("");
    if fields.get("again").unwrap_or("") != new {
        return Err(Error::Asked("the new password stands there in two ways; nothing was changed".to_owned()));
    }
    let new = gate.passwords.hash(new.to_owned()).await??;
    let deed = deed(&state, &asker, "change the own password", "");
    in_a_new_session(state, &gate, &asker, "/account?done=password", move |writing| {
        writing.set_password(user.n, &new)?;
        writing.audit(&deed)
    })
    .await
}

pub async fn sessions(
    Of(state): Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(asker): Extension<Asker>,
    Posted(_): Posted,
) -> Result<Response, Error> {
    let user = user_of(&asker)?;
    let deed = deed(&state, &asker, "end the own sessions", "");
    in_a_new_session(state, &gate, &asker, "/account?done=sessions", move |writing| {
        writing.end_sessions(user.n)?;
        writing.audit(&deed)
    })
    .await
}

/// Does something that ends all sessions, and gives the one who did it a new one.
async fn in_a_new_session(
    state: State,
    gate: &Gate,
    asker: &Asker,
    to: &str,
    work: impl FnOnce(&variorum_store::Writing) -> Result<(), variorum_store::Error> + Send + 'static,
) -> Result<Response, Error> {
    let (user, secret) = (user_of(asker)?, new_secret());
    let hash = hash(&secret);
    write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| work(writing).and_then(|()| writing.open_session(&hash, user.n, now)))?)
    })
    .await?;
    let mut answer = Redirect::to(to).into_response();
    answer.extensions_mut().insert(GiveCookies(vec![gate.gives_session(&asker.client, &secret)]));
    Ok(answer)
}

pub async fn make_token(
    Of(state): Of<State>,
    Extension(asker): Extension<Asker>,
    Extension(token): Extension<Token>,
    Posted(fields): Posted,
) -> Result<Response, Error> {
    let user = user_of(&asker)?;
    let scope = fields.get("scope").and_then(Scope::of).filter(|scope| scope.role() <= user.role);
    let scope =
        scope.ok_or_else(|| Error::Asked(format!("a token of yours may do no more than {}", what(user.role))))?;
    let days = fields.get("days").and_then(|days| days.parse().ok()).filter(|days| DAYS.contains(days));
    let days = days.ok_or_else(|| Error::Asked("choose for how many days: 30, 90 or 365".to_owned()))?;
    let secret = format!("variorum_{}", new_secret());
    let at = (state.clock)();
    let name = fields.get("name").unwrap_or("").to_owned();
    let new = NewToken { hash: hash(&secret), name: name.clone(), scope, at, ends: at + days * 86_400 };
    let deed = deed(&state, &asker, "make a token", format!("{} ({})", name.trim(), scope.word()));
    let n = user.n;
    write(state.clone(), move |state| {
        Ok(state.store.write(move |writing| writing.add_token(n, &new).and_then(|_| writing.audit(&deed)))?)
    })
    .await?;
    let account = read(&state, user).await?;
    let shown = html! {
        "The token of “" bdi { (name.trim()) } "” is shown this once; only its hash is kept: "
        br; code id="token" class="secret" tabindex="0" { (secret) }
        br; "A program sends it as " code { "Authorization: Bearer …" } "; a reader of feeds takes it as the password."
    };
    Ok((StatusCode::CREATED, own_page("Account", page(&account, Some(shown), &token))).into_response())
}

pub async fn drop_token(
    Of(state): Of<State>,
    Extension(asker): Extension<Asker>,
    uri: OriginalUri,
    Posted(_): Posted,
) -> Result<Redirect, Error> {
    let user = user_of(&asker)?;
    let n = uri.0.path().split('/').nth(3).and_then(|n| n.parse::<i64>().ok());
    let n = n.ok_or_else(|| Error::Missing("token of that number".to_owned()))?;
    let mut deed = deed(&state, &asker, "drop a token", "");
    write(state, move |state| {
        let done = state.store.write(move |writing| {
            deed.target = writing.drop_token(user.n, n)?.name;
            writing.audit(&deed)
        });
        Ok(done?)
    })
    .await?;
    Ok(Redirect::to("/account?done=dropped"))
}

fn open() -> Markup {
    html! {
        h1 { "Account" }
        p class="said" { "Nobody logs in here: this server answers on this machine alone, and whoever uses the machine may do everything." }
        p { "For others: " code { "variorum users add" } ", then " code { "variorum serve --logins" } "." }
    }
}

fn what(role: Role) -> &'static str {
    match role {
        Role::Reader => "read",
        Role::Editor => "read and write",
        Role::Admin => "everything",
    }
}

fn page(account: &Account, notice: Option<Markup>, token: &Token) -> Markup {
    let Account { user, sessions, tokens } = account;
    html! {
        h1 { bdi { (user.name) } }
        p class="lede" { "You came as " (user.role.word()) " and may " (what(user.role)) "."
            @if user.role == Role::Admin { " " a href="/people" { "People" } " · " a href="/audit" { "What people did" } } }
        @if let Some(notice) = notice { div class="notice" role="status" { p { (notice) } } }
        form class="correct" method="post" action="/logout" { (own_secret(token)) p class="field buttons" { button { "Log out" } } }
        section { h2 { "Tokens for programs" }
            @if tokens.is_empty() { p class="empty" { "None. A program that asks the API needs one, and a reader of feeds too." } }
            ul class="rows" { @for one in tokens { li data-row {
                p { span class="strong" { bdi { (one.name) } } " may " (what(one.scope.role())) }
                p class="why" { "Made " (moment(one.made)) ", ends " (moment(one.ends)) ", "
                    @match one.used { Some(at) => { "used last " (moment(at)) } None => { "never used" } } }
                form method="post" action=(format!("/account/tokens/{}/drop", one.n)) { (own_secret(token)) button class="quiet" { "Drop" span class="unseen" { " the token " (one.name) } } }
            } } }
            form class="correct" method="post" action="/account/tokens" {
                (own_secret(token))
                p class="field" { label for="token-name" { "For what" } input id="token-name" name="name" required maxlength="100" autocomplete="off"; }
                p class="field" { label for="token-scope" { "It may" } select id="token-scope" name="scope" {
                    @for scope in Scope::ALL.into_iter().filter(|scope| scope.role() <= user.role) { option value=(scope.word()) { (what(scope.role())) } }
                } }
                p class="field" { label for="token-days" { "For" } select id="token-days" name="days" {
                    @for days in DAYS { option value=(days) selected[days == 90] { (days) " days" } }
                } }
                p class="field buttons" { button { "Make a token" } }
            }
        }
        section { h2 { "Password" }
            form class="correct" method="post" action="/account/password" {
                (own_secret(token))
                input class="unseen" type="text" name="name" value=(user.name) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
                p class="field" { label for="old" { "The one of now" } input id="old" name="old" type="password" required maxlength="1024" autocomplete="current-password"; }
                p class="field" { label for="new" { "The new one" } input id="new" name="new" type="password" required minlength="12" maxlength="1024" autocomplete="new-password" aria-describedby="new-why"; }
                p class="field" { label for="again" { "The new one again" } input id="again" name="again" type="password" required minlength="12" maxlength="1024" autocomplete="new-password"; }
                p class="field buttons" { button { "Change it" } }
            }
            p class="why" id="new-why" { "12 letters at least. A new password ends all other sessions; tokens stay until you drop them." }
        }
        section { h2 { "Sessions" }
            ul class="rows" { @for session in sessions { li { p class="why" { "Since " (moment(session.made)) ", used last " (moment(session.seen)) } } } }
            form class="correct" method="post" action="/account/sessions" { (own_secret(token)) p class="field buttons" { button { "End all other sessions" } } }
        }
    }
}
