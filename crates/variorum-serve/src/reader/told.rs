//! What a client is told of the newsroom: its streams, and how much of each is unread.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use variorum_publish::Room;
use variorum_store::{Item, Items, View};

use super::Asked;
use super::ids::micros;
use super::listed::{self, Source};
use super::refused::Refused;
use super::streams::{self, FOLDER, SHELVES};
use super::who::Who;
use crate::Error;
use crate::out::room;

/// So many unread items of a label are counted; more are as many.
const MOST: usize = 1_000;

/// Returns an answer that no other may keep: what is read is one person's.
pub fn json<T: Serialize>(value: &T) -> Response {
    ([(header::CACHE_CONTROL, "private, no-cache")], Json(value)).into_response()
}

/// Who asks.
pub fn user(who: &Who) -> Response {
    let name = &who.name;
    json(&json!({ "userId": name, "userName": name, "userProfileId": name, "userEmail": name }))
}

/// The labels.
pub async fn tags(asked: Asked) -> Result<Response, Refused> {
    let mut tags = vec![
        json!({ "id": streams::of_state("starred") }),
        json!({ "id": streams::of_label(FOLDER), "label": FOLDER, "type": "folder" }),
    ];
    for saved in listed::saved(&asked).await? {
        let label = streams::label(&saved);
        tags.push(json!({ "id": streams::of_label(&label), "label": label, "type": "tag" }));
    }
    Ok(json(&json!({ "tags": tags })))
}

/// The feeds.
pub async fn subscriptions(asked: Asked) -> Result<Response, Refused> {
    let headers = asked.headers;
    let Room { address, .. } = asked.state.read(move |view| room(view, &headers)).await?;
    let folder = streams::of_label(FOLDER);
    let feeds = SHELVES.iter().map(|shelf| {
        json!({
            "id": shelf.id,
            "title": shelf.title,
            "categories": [{ "id": folder, "label": FOLDER, "type": "folder" }],
            "sortid": format!("{:>08}", shelf.id.trim_start_matches("feed/")),
            "url": format!("{address}/feed.atom{}", shelf.query),
            "htmlUrl": format!("{address}/{}", shelf.query),
            "iconUrl": format!("{address}/favicon.ico"),
        })
    });
    Ok(json(&json!({ "subscriptions": feeds.collect::<Vec<_>>() })))
}

/// How much is unread, of each stream.
pub async fn unread(asked: Asked, who: Who) -> Result<Response, Refused> {
    let mut labels = Vec::new();
    for saved in listed::saved(&asked).await? {
        let label = streams::label(&saved);
        labels.push((label, Source::Reports(listed::found(&asked, saved.query).await?)));
    }
    let counts = asked.state.read(move |view| counts(view, &who.key, &labels)).await?;
    let all = counts.first().map_or(0, |(_, (count, _))| *count);
    let counts = counts.into_iter().map(
        |(id, (count, newest))| json!({ "id": id, "count": count, "newestItemTimestampUsec": newest.to_string() }),
    );
    Ok(json(&json!({ "max": all, "unreadcounts": counts.collect::<Vec<_>>() })))
}

/// A stream, how much of it is unread, and when the newest of that grew.
type Count = (String, (u64, i64));

fn counts(view: &View, who: &str, labels: &[(String, Source)]) -> Result<Vec<Count>, Error> {
    let mut shelves = Vec::new();
    for shelf in SHELVES {
        let (count, newest) = view.unread(who, shelf.part)?;
        shelves.push((shelf.id.to_owned(), (count, micros((newest, 0)))));
    }
    // Each story is in one of the feeds.
    let all = shelves.iter().fold((0, 0), |(sum, last), (_, (count, newest))| (sum + count, last.max(*newest)));
    let mut counts = vec![(streams::of_state("reading-list"), all), (streams::of_label(FOLDER), all)];
    counts.append(&mut shelves);
    let unread = Items { read: Some(false), limit: MOST, ..Items::default() };
    for (label, source) in labels {
        let items = source.items(view, who, &unread)?;
        let newest = items.first().map_or(0, |item: &Item| micros(item.place()));
        counts.push((streams::of_label(label), (items.len() as u64, newest)));
    }
    Ok(counts)
}

/// What readers show where somebody adds a feed in them.
pub fn no_quick_add() -> Response {
    let words = "the feeds here are the newsroom's own; add sources in the newsroom";
    json(&json!({ "numResults": 0, "error": words }))
}
