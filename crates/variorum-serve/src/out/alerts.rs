//! Alerts as Atom: all of them, or those of one rule.

use axum::extract::State as Of;
use axum::response::Response;
use variorum_publish::{Notice, NoticeFeed, Room, notices_atom};
use variorum_store::View;
use variorum_store::alerts::Alert;

use super::asked::Asked;
use super::{Written, send};
use crate::pages::alerts::{headline, told};
use crate::{Error, State, address};

/// How many alerts a feed has at most.
const PART: usize = 100;

/// All alerts.
pub async fn all(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    state.read(move |view| write(view, &asked, "Alerts", None, 0)).await
}

/// The alerts of one rule, by its number.
pub async fn of_rule(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let name = asked.name()?;
    let missing = || Error::Missing(format!("rule `{name}`"));
    let n: i64 = name.parse().map_err(|_| missing())?;
    let missing = missing();
    state
        .read(move |view| {
            let rule = view.rule(n)?.ok_or(missing)?;
            write(view, &asked, &rule.name, Some(n), rule.at)
        })
        .await
}

fn write(view: &View, asked: &Asked, title: &str, rule: Option<i64>, began: i64) -> Result<Response, Error> {
    if asked.suffix != ".atom" {
        return Err(Error::Missing(format!("form `{}` of this list; write `.atom`", asked.suffix)));
    }
    let room = asked.room(view)?;
    let alerts = view.alerts(rule, i64::MAX, PART)?;
    let page = rule.map_or_else(|| "/alerts".to_owned(), |n| format!("/alerts?rule={n}"));
    let notices = alerts.iter().map(|alert| notice(alert, &room)).collect();
    let itself = format!("{}{}", asked.path, asked.suffix);
    let feed = NoticeFeed { title: format!("{title} · Variorum"), page, itself, began, notices, room };
    Ok(send(
        Written { kind: "application/atom+xml; charset=utf-8", file: None, body: notices_atom(&feed) },
        &asked.headers,
    ))
}

fn notice(alert: &Alert, room: &Room) -> Notice {
    Notice {
        id: alert.id.clone(),
        title: headline(alert),
        at: alert.at,
        page: alert.story.as_deref().map_or_else(|| format!("/alerts#a{}", alert.n), address::story),
        html: told(alert, &room.address).into_string(),
    }
}
