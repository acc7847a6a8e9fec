//! Logging in and out.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State as Of;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use variorum_store::{Deed, KeyHash, User};

use super::super::story::write;
use super::next::ours;
use super::{again, own_page, own_secret};
use crate::address::Asked;
use crate::door::{Asker, Gate, GiveCookies, Posted, Token, Visitor, Wait, hash, new_secret};
use crate::{Error, State};

/// The longest name and password that are looked at.
const LONGEST: usize = 1_024;

pub async fn form(
    Extension(asker): Extension<Asker>,
    Extension(token): Extension<Token>,
    asked: Asked,
) -> Result<Response, Error> {
    let next = asked.query.get("next").map_or("/", ours);
    match asker.visitor {
        Visitor::Stranger => Ok(own_page("Log in", page(next, "", None, &token))),
        _ => Ok(Redirect::to(next).into_response()),
    }
}

pub async fn login(
    Of(state): Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(asker): Extension<Asker>,
    Extension(token): Extension<Token>,
    Posted(fields): Posted,
) -> Result<Response, Error> {
    let next = fields.get("next").map_or("/", ours).to_owned();
    if !matches!(asker.visitor, Visitor::Stranger) {
        return Ok(Redirect::to(&next).into_response());
    }
    let (name, password) = (fields.get("name").unwrap_or(""), fields.get("password").unwrap_or(""));
    let now = (state.clock)();
    gate.rates.may_try(name, now).map_err(|Wait(seconds)| Error::Often(seconds))?;
    let found = found(&state, &gate, name, password).await?;
    let address = Some(asker.client.address.to_string());
    let Some(user) = found else {
        gate.rates.tried(name, now);
        refused(&state, name, now, address).await?;
        let words = "No user of this name has this password. After five tries each next one has to wait longer.";
        return Ok(again(StatusCode::UNAUTHORIZED, own_page("Log in", page(&next, name, Some(words), &token))));
    };
    gate.rates.came_in(name);
    let secret = new_secret();
    let (hash, name) = (hash(&secret), user.name.clone());
    write(state, move |state| Ok(state.store.write(move |writing| opened(writing, &hash, &user, now, address))?))
        .await?;
    tracing::info!(user = name.as_str(), address = %asker.client.address, "logged in");
    let mut answer = Redirect::to(&next).into_response();
    answer.extensions_mut().insert(GiveCookies(vec![gate.gives_session(&asker.client, &secret)]));
    Ok(answer)
}

/// Whatever is wrong, it takes as long.
async fn found(state: &State, gate: &Gate, name: &str, password: &str) -> Result<Option<User>, Error> {
    let fits = name.len() <= LONGEST && password.len() <= LONGEST;
    let (name, password) = if fits { (name.to_owned(), password.to_owned()) } else { Default::default() };
    let known = state.read(move |view| Ok(view.password_of(&name)?)).await?;
    let (user, kept) = known.map_or((None, None), |(user, kept)| (Some(user), Some(kept)));
    let is = gate.passwords.fits(password, kept).await?;
    Ok(user.filter(|_| is))
}

/// Writes the attempt down. A word that is no user's name may be a password in the wrong field: it is written nowhere.
async fn refused(state: &State, name: &str, now: i64, address: Option<String>) -> Result<(), Error> {
    let name = name.to_owned();
    tracing::warn!(address = address.as_deref(), "a login was refused");
    write(state.clone(), move |state| {
        let done = state.store.write(move |writing| {
            let target = writing.user(&name)?.map_or_else(|| "a name that nobody has".to_owned(), |user| user.name);
            let what = "log in".to_owned();
            writing.audit(&Deed { at: now, who: String::new(), what, target, address, refused: true })
        });
        Ok(done?)
    })
    .await
}

fn opened(
    writing: &variorum_store::Writing,
    hash: &KeyHash,
    user: &User,
    at: i64,
    address: Option<String>,
) -> Result<(), variorum_store::Error> {
    writing.open_session(hash, user.n, at)?;
    let (who, what, target) = (user.name.clone(), "log in".to_owned(), String::new());
    writing.audit(&Deed { at, who, what, target, address, refused: false })
}

pub async fn logout(
    Of(state): Of<State>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(asker): Extension<Asker>,
    Posted(_): Posted,
) -> Result<Response, Error> {
    let mut answer = Redirect::to("/login").into_response();
    if let Some(hash) = asker.visitor.session().copied() {
        let deed = super::deed(&state, &asker, "log out", "");
        write(state, move |state| {
            Ok(state.store.write(move |writing| writing.end_session(&hash).and_then(|()| writing.audit(&deed)))?)
        })
        .await?;
        answer.extensions_mut().insert(GiveCookies(vec![gate.takes_session(&asker.client)]));
    }
    Ok(answer)
}

fn page(next: &str, name: &str, wrong: Option<&str>, token: &Token) -> Markup {
    html! {
        h1 { "Log in" }
        @if let Some(wrong) = wrong { p class="trouble" role="alert" { (wrong) } }
        form class="correct login" method="post" action="/login" {
            (own_secret(token))
            input type="hidden" name="next" value=(next);
            p class="field" { label for="name" { "Name" }
                input id="name" name="name" required maxlength="60" autocomplete="username" autocapitalize="none" spellcheck="false" value=(name) autofocus[name.is_empty()]; }
            p class="field" { label for="password" { "Password" }
                input id="password" name="password" type="password" required maxlength="1024" autocomplete="current-password" autofocus[!name.is_empty()]; }
            p class="field buttons" { button { "Log in" } }
        }
        p class="why" { "Whoever runs this server adds users: " code { "variorum users add" } ". A session ends after 14 days without use." }
    }
}
