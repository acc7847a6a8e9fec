//! What somebody does with items: reads them, stars them.

use axum::response::{IntoResponse, Response};
use variorum_store::{ItemNumber, Items, Mark, Writing};

use super::contents::named;
use super::ids::seconds;
use super::listed::{Source, source};
use super::refused::Refused;
use super::who::Who;
use super::{Asked, streams};
use crate::{Error, State};

/// So many items are marked by name at once.
const MOST: usize = 10_000;

/// Marks items that are named.
pub async fn edit(asked: Asked, who: Who) -> Result<Response, Refused> {
    let marks = marks(&asked)?;
    let items = named(&asked)?;
    if items.len() > MOST {
        return Err(Refused::Asked(format!("{} items are named; mark {MOST} at most at once", items.len())));
    }
    let at = (asked.state.clock)();
    write(&asked.state, move |writing| marks.iter().try_for_each(|mark| each(writing, &who.key, &items, *mark, at)))
        .await?;
    Ok("OK".into_response())
}

fn each(writing: &Writing, who: &str, items: &[ItemNumber], mark: Mark, at: i64) -> Result<(), variorum_store::Error> {
    writing.mark(who, items, mark, at).map(|_| ())
}

/// Reads what is added and what is taken away. What Google had and we have not (sharing, liking) is passed over.
fn marks(asked: &Asked) -> Result<Vec<Mark>, Refused> {
    let mut marks = Vec::new();
    let mut given = 0;
    for (field, adds) in [("a", true), ("r", false)] {
        for tag in asked.fields.all(field).filter(|tag| !tag.is_empty()) {
            given += 1;
            let state = streams::state(tag);
            let mark = match (state, adds) {
                (Some("read"), true) | (Some("kept-unread" | "unread"), false) => Mark::Read,
                (Some("read"), false) | (Some("kept-unread" | "unread"), true) => Mark::Unread,
                (Some("starred"), true) => Mark::Starred,
                (Some("starred"), false) => Mark::Unstarred,
                (Some(_), _) => continue,
                (None, _) => return Err(Refused::Fixed),
            };
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    let both = |one, other| marks.contains(&one) && marks.contains(&other);
    if both(Mark::Read, Mark::Unread) || both(Mark::Starred, Mark::Unstarred) {
        return Err(Refused::Asked("a mark is both added and taken away".to_owned()));
    }
    if given == 0 { Err(Refused::Asked("nothing is marked; give `a` or `r`".to_owned())) } else { Ok(marks) }
}

/// Marks all of a stream as read that was there when the client looked.
pub async fn all(asked: Asked, who: Who) -> Result<Response, Refused> {
    let name = asked.fields.get("s").ok_or_else(|| Refused::Asked("no stream is named; give `s`".to_owned()))?;
    let source = source(&asked, name).await?;
    let upto = match asked.fields.get("ts") {
        None => i64::MAX,
        Some(text) => seconds(text).ok_or_else(|| Refused::Asked("`ts` is no time".to_owned()))?,
    };
    let at = (asked.state.clock)();
    write(&asked.state, move |writing| {
        if let Source::Part(part) = source {
            return writing.mark_all_read(&who.key, part, (upto, i64::MAX), at).map(|_| ());
        }
        let unread = Items { read: Some(false), to: Some(upto), limit: MOST, ..Items::default() };
        let items = match source.items(writing, &who.key, &unread) {
            Ok(items) => items,
            Err(Error::Store(error)) => return Err(error),
            Err(_) => Vec::new(),
        };
        let items: Vec<ItemNumber> = items.iter().map(|item| item.n).collect();
        each(writing, &who.key, &items, Mark::Read, at)
    })
    .await?;
    Ok("OK".into_response())
}

/// Writes to the record, away from the threads that wait for the network.
async fn write(
    state: &State,
    work: impl FnOnce(&Writing) -> Result<(), variorum_store::Error> + Send + 'static,
) -> Result<(), Error> {
    let store = state.store.clone();
    let written = tokio::task::spawn_blocking(move || store.write(work)).await;
    Ok(written.map_err(|_| Error::Broken("a write broke off".to_owned()))??)
}
