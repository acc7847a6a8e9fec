//! Whether the server is well.

use std::time::{Duration, Instant};

use axum::extract::{OriginalUri, State as Of};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use variorum_store::Role;
use variorum_store::search::{Ask, Facets};

use super::meters::Meters;
use crate::door::Asker;
use crate::error::AsItIs;
use crate::work::{Board, Doing};
use crate::{Error, State};

/// For so long it is not looked at again: whoever asks makes no work.
const YOUNG: Duration = Duration::from_secs(5);
/// A record that cannot be written in this time cannot be written.
const PATIENCE: Duration = Duration::from_secs(5);
/// With less than this left on the disk, it is not well.
const LITTLE: u64 = 200 << 20;
/// So many reports the search may be behind.
const BEHIND: u64 = 5_000;

/// How the server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Whether all is well.
    pub ok: bool,
    /// What was looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// In words.
    pub said: String,
}

/// How the server was a moment ago.
#[derive(Debug)]
pub struct Found {
    at: Instant,
    /// How it was.
    pub health: Health,
}

impl Found {
    /// Returns what was found now.
    pub fn now(health: Health) -> Self {
        Found { at: Instant::now(), health }
    }

    /// Tells whether it is not to be looked at again yet.
    pub fn is_young(&self) -> bool {
        self.at.elapsed() < YOUNG
    }
}

/// Strangers are told whether it is well, and nothing else; whoever runs it, what is wrong.
pub async fn health(
    Of(state): Of<State>,
    Extension(meters): Extension<Meters>,
    Extension(board): Extension<Board>,
    asker: Option<Extension<Asker>>,
    uri: OriginalUri,
) -> Response {
    let mut health = meters.health(&state, &board).await;
    if asker.is_some_and(|asker| asker.visitor.may() < Some(Role::Admin)) {
        health.checks.clear();
    }
    let status = if health.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut answer = match uri.0.path().ends_with(".json") {
        true => (status, Json(health)).into_response(),
        false => (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], health.words()).into_response(),
    };
    answer.extensions_mut().insert(AsItIs);
    answer
}

impl Health {
    /// Looks at all of it.
    pub async fn find(state: &State, board: &Board) -> Self {
        let checks = vec![record(state).await, desk(board), search(state).await, disk(state)];
        Health { ok: checks.iter().all(|check| check.ok), checks }
    }

    fn words(&self) -> String {
        let mut words = if self.ok { "ok\n" } else { "not well\n" }.to_owned();
        for check in &self.checks {
            words += &format!("{}: {}\n", check.name, check.said.replace(['\n', '\r'], " "));
        }
        words
    }
}

fn check<E: std::fmt::Display>(name: &'static str, found: Result<String, E>) -> Check {
    match found {
        Ok(said) => Check { name, ok: true, said },
        Err(error) => Check { name, ok: false, said: error.to_string() },
    }
}

async fn record(state: &State) -> Check {
    let store = state.store.clone();
    let written = tokio::task::spawn_blocking(move || store.write(|_| Ok(())));
    let found = match tokio::time::timeout(PATIENCE, written).await {
        Ok(Ok(written)) => written.map(|()| "can be written".to_owned()).map_err(|error| error.to_string()),
        Ok(Err(_)) => Err("a write broke off".to_owned()),
        Err(_) => Err("could not be written within five seconds".to_owned()),
    };
    check("record", found)
}

fn desk(board: &Board) -> Check {
    let written = board.read();
    let found = match (written.trouble, written.doing) {
        (Some(trouble), _) => Err(trouble),
        (None, Doing::Nothing) => Err("nobody works at the desk".to_owned()),
        (None, Doing::Elsewhere { .. }) => Ok("another process has it".to_owned()),
        (None, Doing::Here { unplaced, stale }) => {
            Ok(format!("at work; {unplaced} to be placed, {stale} to be made anew"))
        }
    };
    check("desk", found)
}

async fn search(state: &State) -> Check {
    let (store, search) = (state.store.clone(), state.search.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let found = search.find(&store, &Ask { limit: 1, facets: Facets::Left, ..Ask::newest("") })?.total;
        Ok::<_, variorum_store::Error>((found, store.read(|view| view.count())?))
    });
    let found = match looked.await {
        Ok(Ok((found, kept))) if found + BEHIND < kept => {
            Err(Error::Broken(format!("{} reports behind", kept - found)))
        }
        Ok(Ok((found, kept))) => Ok(format!("finds {found} of {kept} reports")),
        Ok(Err(error)) => Err(Error::Store(error)),
        Err(_) => Err(Error::Broken("broke off".to_owned())),
    };
    check("search", found)
}

#[cfg(unix)]
fn disk(state: &State) -> Check {
    let found = rustix::fs::statvfs(state.store.path()).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    let left = |bytes: u64| format!("{} MB left", bytes / 1_000_000);
    match found {
        Ok(bytes) if bytes < LITTLE => Check { name: "disk", ok: false, said: left(bytes) },
        Ok(bytes) => Check { name: "disk", ok: true, said: left(bytes) },
        Err(error) => Check { name: "disk", ok: false, said: error.to_string() },
    }
}

#[cfg(not(unix))]
fn disk(_: &State) -> Check {
    Check { name: "disk", ok: true, said: "is not looked at here".to_owned() }
}
