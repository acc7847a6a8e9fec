//! What items hold: the account of a story with its sources, as our feeds tell it.

use std::collections::BTreeSet;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use variorum_publish::{Feed, FeedStory, Known, Room, atom_for_reader};
use variorum_store::{Item, Seq, View};

use super::ids::{long, micros, read};
use super::listed::{self, Wanted, labelled, wanted};
use super::refused::Refused;
use super::streams::{self, FOLDER, SHELVES, Shelf};
use super::who::Who;
use super::{Asked, told};
use crate::Error;
use crate::out::{room, story};

/// How many items a list has where nobody says, and at most.
const USUAL: (usize, usize) = (20, 250);
/// The same of a list of names alone.
const NAMES: (usize, usize) = (1_000, 10_000);
/// How many items can be asked for by name at once.
const MOST_NAMED: usize = 1_000;
/// So many publishers are named as authors; the item itself names all.
const AUTHORS: usize = 3;

const ALL: &str = "user/-/state/com.google/reading-list";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stream {
    direction: &'static str,
    id: String,
    title: String,
    updated: i64,
    items: Vec<Content>,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuation: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    id: String,
    crawl_time_msec: String,
    timestamp_usec: String,
    published: i64,
    updated: i64,
    title: String,
    author: String,
    canonical: [Link; 1],
    alternate: [Link; 1],
    categories: Vec<String>,
    origin: Origin,
    summary: Words,
    content: Words,
    enclosure: [(); 0],
}

#[derive(Serialize)]
struct Link {
    href: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Origin {
    stream_id: &'static str,
    title: &'static str,
    html_url: String,
}

#[derive(Serialize, Clone)]
struct Words {
    direction: &'static str,
    content: String,
}

/// The stories of a stream, newest first where nobody says otherwise.
pub async fn stream(asked: Asked, who: Who, stream: Option<String>) -> Result<Response, Refused> {
    let name = stream.or_else(|| asked.fields.get("s").map(str::to_owned)).unwrap_or_else(|| ALL.to_owned());
    let wanted = wanted(&asked, &name, USUAL.0, USUAL.1).await?;
    let labels = labels(&asked).await?;
    let (headers, now) = (asked.headers, (asked.state.clock)());
    let stream = asked
        .state
        .read(move |view| {
            let (items, next) = wanted.part(view, &who.key, now)?;
            let updated = items.first().map_or(0, |item| item.grown);
            let items = contents(view, &room(view, &headers)?, &labels, &items)?;
            let continuation = next.map(|next| next.text());
            Ok(Stream { direction: "ltr", title: titled(&name), id: name, updated, items, continuation })
        })
        .await?;
    Ok(told::json(&stream))
}

/// Stories by the names of their items.
pub async fn items(asked: Asked, who: Who) -> Result<Response, Refused> {
    let named = named(&asked)?;
    if named.len() > MOST_NAMED {
        return Err(Refused::Asked(format!("{} items are named; ask for {MOST_NAMED} at most", named.len())));
    }
    let labels = labels(&asked).await?;
    let headers = asked.headers;
    let stream = asked
        .state
        .read(move |view| {
            let mut items: Vec<Item> = Vec::new();
            for n in named {
                // What was merged into another story is not found by its old name.
                items.extend(view.item(&who.key, n)?.filter(|item| item.n == n));
            }
            let updated = listed::newest(&items).map_or(0, |(grown, _)| grown);
            let items = contents(view, &room(view, &headers)?, &labels, &items)?;
            let (id, title) = (ALL.to_owned(), titled(ALL));
            Ok(Stream { direction: "ltr", id, title, updated, items, continuation: None })
        })
        .await?;
    Ok(told::json(&stream))
}

/// Reads the names of items, in order and each once.
pub fn named(asked: &Asked) -> Result<Vec<i64>, Refused> {
    let wrong = |name: &str| {
        let name: String = name.chars().take(60).collect();
        Refused::Asked(format!("`{name}` is no name of an item"))
    };
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for name in asked.fields.all("i") {
        let n = read(name).ok_or_else(|| wrong(name))?;
        if seen.insert(n) {
            items.push(n);
        }
    }
    if items.is_empty() { Err(Refused::Asked("no item is named; give one or more `i`".to_owned())) } else { Ok(items) }
}

/// The names of the items of a stream.
pub async fn ids(asked: Asked, who: Who) -> Result<Response, Refused> {
    let (items, next) = list(&asked, who, NAMES).await?;
    let refs: Vec<_> = items
        .iter()
        .map(|item| {
            json!({
                "id": item.n.to_string(),
                "directStreamIds": [shelf(item).id],
                "timestampUsec": micros(item.place()).to_string(),
            })
        })
        .collect();
    Ok(told::json(&match next {
        Some(next) => json!({ "itemRefs": refs, "continuation": next }),
        None => json!({ "itemRefs": refs }),
    }))
}

/// How many items a stream has, as a number alone.
pub async fn count(asked: Asked, who: Who) -> Result<Response, Refused> {
    let (items, _) = list(&asked, who, (NAMES.1, NAMES.1)).await?;
    Ok(items.len().to_string().into_response())
}

async fn list(asked: &Asked, who: Who, most: (usize, usize)) -> Result<(Vec<Item>, Option<String>), Refused> {
    let wanted = wanted(asked, asked.fields.get("s").unwrap_or(ALL), most.0, most.1).await?;
    let now = (asked.state.clock)();
    let (items, next) = asked.state.read(move |view| wanted.part(view, &who.key, now)).await?;
    Ok((items, next.map(|next| next.text())))
}

/// A stream as an Atom feed, as newsboat asks for it.
pub async fn atom(asked: Asked, who: Who, stream: String) -> Result<Response, Refused> {
    let wanted = wanted(&asked, &stream, USUAL.0, USUAL.1).await?;
    let labels = labels(&asked).await?;
    let (headers, now) = (asked.headers, (asked.state.clock)());
    let read = move |view: &View| feed(view, &room(view, &headers)?, &wanted, &who, (&stream, now), &labels);
    let body = asked.state.read(read).await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body).into_response())
}

fn feed(
    view: &View,
    room: &Room,
    wanted: &Wanted,
    who: &Who,
    (stream, now): (&str, i64),
    labels: &[(String, Vec<Seq>)],
) -> Result<String, Error> {
    let (items, next) = wanted.part(view, &who.key, now)?;
    let labels = labelled(view, labels)?;
    let mut known = std::collections::BTreeMap::new();
    let mut stories = Vec::new();
    for item in &items {
        if let Some(story) = story(view, &item.story)? {
            let states = categories(item, &labels).into_iter().map(|whole| {
                let last = whole.rsplit('/').next().unwrap_or(&whole).to_owned();
                (whole, last)
            });
            known.insert(story.id.clone(), Known { id: long(item.n), states: states.collect() });
            stories.push(story);
        }
    }
    let path = format!("/reader/atom/{}", crate::address::encode(stream));
    let feed = Feed {
        room: room.clone(),
        title: titled(stream),
        page: "/".to_owned(),
        itself: path.clone(),
        next: next.map(|next| format!("{path}?c={}", next.text())),
        first: path,
        changed: listed::newest(&items).map_or(0, |(grown, _)| grown),
        stories,
    };
    Ok(atom_for_reader(&feed, |story| known.get(&story.id).cloned().unwrap_or_default()))
}

/// Returns the labels, each with the reports that its search finds.
async fn labels(asked: &Asked) -> Result<Vec<(String, Vec<Seq>)>, Refused> {
    let mut labels = Vec::new();
    for saved in listed::saved(asked).await? {
        let label = streams::label(&saved);
        labels.push((label, listed::found(asked, saved.query).await?));
    }
    Ok(labels)
}

fn contents(view: &View, room: &Room, labels: &[(String, Vec<Seq>)], items: &[Item]) -> Result<Vec<Content>, Error> {
    let labels = labelled(view, labels)?;
    let mut contents = Vec::with_capacity(items.len());
    for item in items {
        let told = story(view, &item.story)?;
        contents.extend(told.map(|story| content(room, item, &story, categories(item, &labels))));
    }
    Ok(contents)
}

fn content(room: &Room, item: &Item, story: &FeedStory, categories: Vec<String>) -> Content {
    let link = || [Link { href: room.story(&story.id), kind: "text/html" }];
    let words = Words { direction: "ltr", content: story.html(room) };
    let shelf = shelf(item);
    Content {
        id: long(item.n),
        crawl_time_msec: (micros(item.place()) / 1_000).to_string(),
        timestamp_usec: micros(item.place()).to_string(),
        published: story.first_seen,
        updated: story.changed,
        title: story.headline().to_owned(),
        author: publishers(story),
        canonical: link(),
        alternate: link(),
        categories,
        origin: Origin {
            stream_id: shelf.id,
            title: shelf.title,
            html_url: format!("{}/{}", room.address, shelf.query),
        },
        summary: words.clone(),
        content: words,
        enclosure: [],
    }
}

fn categories(item: &Item, labels: &[(String, BTreeSet<String>)]) -> Vec<String> {
    let mut categories = vec![ALL.to_owned(), streams::of_label(FOLDER)];
    categories.extend(item.read.then(|| streams::of_state("read")));
    categories.extend(item.starred.then(|| streams::of_state("starred")));
    let labels = labels.iter().filter(|(_, stories)| stories.contains(&item.story));
    categories.extend(labels.map(|(label, _)| streams::of_label(label)));
    categories
}

/// Returns the feed that an item is in.
fn shelf(item: &Item) -> Shelf {
    SHELVES.into_iter().find(|shelf| shelf.part.holds(item)).unwrap_or(SHELVES[2])
}

/// Names who published the reports, in their order.
fn publishers(story: &FeedStory) -> String {
    let mut names: Vec<&str> = Vec::new();
    for witness in &story.witnesses {
        if !names.contains(&witness.name.as_str()) {
            names.push(&witness.name);
        }
    }
    let more = names.len().saturating_sub(AUTHORS);
    names.truncate(AUTHORS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names.join(", "))
}

fn titled(stream: &str) -> String {
    let shelf = SHELVES.into_iter().find(|shelf| shelf.id == stream).map(|shelf| shelf.title.to_owned());
    let label = stream.split_once("/label/").map(|(_, label)| label.to_owned());
    let title = shelf.or(label).unwrap_or_else(|| match streams::state(stream) {
        Some("starred") => "Starred stories".to_owned(),
        Some("read") => "Read stories".to_owned(),
        _ => "All stories".to_owned(),
    });
    format!("{title} · Variorum")
}
