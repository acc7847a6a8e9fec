//! Feeds: the stories of a view, as Atom or as JSON Feed.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State as Of;
use axum::response::Response;
use variorum_news::{ReportId, Story};
use variorum_publish::{Counts, Feed, FeedStory, FeedWitness, atom, json_feed, publisher};
use variorum_store::search::{Ask, Facets, Order};
use variorum_store::{Differing, Seq, StoryCard, StoryList, StoryOrder, View};

use super::asked::Asked;
use super::{Written, send};
use crate::address::encode;
use crate::{Error, State};

/// How many stories, or reports whose stories are told, a part of a feed has at most.
const PART: usize = 50;

/// The stories of a view in its order, and where it goes on.
struct Listed {
    title: String,
    /// The path of the page that shows the same.
    page: String,
    stories: Vec<String>,
    next: Option<String>,
}

/// The front page with its filters.
pub async fn front(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let list = list(&asked)?;
    state
        .read(move |view| {
            let found = view.stories(&list)?;
            let stories = found.items.into_iter().map(|card| card.id).collect();
            let listed = Listed { title: "Stories".to_owned(), page: "/".to_owned(), stories, next: found.next };
            write(view, &asked, listed)
        })
        .await
}

/// The names of the fields and their values are those of the page.
fn list(asked: &Asked) -> Result<StoryList, Error> {
    let unknown = |name: &str, wanted: &str| Error::Asked(format!("`{name}` cannot be that; write {wanted}"));
    let order = match asked.get("order") {
        None | Some("changed") => StoryOrder::Changed,
        Some("newest") => StoryOrder::Newest,
        Some("largest") => StoryOrder::Reports,
        Some(_) => return Err(unknown("order", "changed, newest or largest")),
    };
    let only_differing = match asked.get("differs") {
        None | Some("any") => Differing::All,
        Some("reports") => Differing::Variants,
        Some("rewrites") => Differing::Drift,
        Some(_) => return Err(unknown("differs", "reports or rewrites")),
    };
    let least = asked.get("publishers").map(|n| n.parse().map_err(|_| unknown("publishers", "a number")));
    Ok(StoryList {
        order,
        least_publishers: least.transpose()?.unwrap_or(0),
        language: asked.get("lang").map(str::to_owned),
        only_differing,
        limit: PART,
        after: asked.get("cursor").map(str::to_owned),
    })
}

/// The stories of the reports that a search finds.
pub async fn search(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let query = asked.get("q").unwrap_or_default().to_owned();
    let title = if query.is_empty() { "All reports".to_owned() } else { format!("Search: {query}") };
    found(state, asked, title, query, "/search".to_owned()).await
}

/// The same, of a search that is kept under a number.
pub async fn saved(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let number = asked.name()?;
    let missing = || Error::Missing(format!("saved search `{number}`"));
    let n: i64 = number.parse().map_err(|_| missing())?;
    let saved = state.read(move |view| Ok(view.saved_searches()?.into_iter().find(|one| one.n == n))).await?;
    let saved = saved.ok_or_else(missing)?;
    let page = format!("/search?q={}", encode(&saved.query));
    found(state, asked, saved.name, saved.query, page).await
}

async fn found(state: State, asked: Asked, title: String, query: String, page: String) -> Result<Response, Error> {
    let order = match asked.get("order") {
        None | Some("newest") => Order::Newest,
        Some("best") => Order::Best,
        Some(_) => return Err(Error::Asked("`order` cannot be that; write newest or best".to_owned())),
    };
    let ask = Ask { query, order, limit: PART, after: asked.get("cursor").map(str::to_owned), facets: Facets::Left };
    let (index, store) = (state.search.clone(), state.store.clone());
    // Search reads the record itself; a read inside a read would take a second connection.
    let looked = tokio::task::spawn_blocking(move || index.find(&store, &ask)).await;
    let found = looked.map_err(|_| Error::Broken("a search broke off".to_owned()))??;
    state
        .read(move |view| {
            let reports: Vec<Seq> = found.hits.iter().map(|hit| hit.report.seq).collect();
            write(view, &asked, Listed { title, page, stories: told_of(view, &reports)?, next: found.next })
        })
        .await
}

/// The stories that an outlet has a part in, its newest report first.
pub async fn outlet(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let outlet = asked.name()?;
    let before: Seq = match asked.get("cursor").map(str::parse) {
        None => Seq::MAX,
        Some(Ok(before)) => before,
        Some(Err(_)) => return Err(variorum_store::Error::Cursor.into()),
    };
    state
        .read(move |view| {
            let rows = view.reports_of_outlet(&outlet, before, PART)?;
            if rows.is_empty() && before == Seq::MAX {
                return Err(Error::Missing(format!("outlet `{outlet}`")));
            }
            let reports: Vec<Seq> = rows.iter().map(|row| row.seq).collect();
            let next = reports.last().filter(|_| rows.len() == PART).map(Seq::to_string);
            let page = crate::address::outlet(&outlet);
            write(view, &asked, Listed { title: outlet, page, stories: told_of(view, &reports)?, next })
        })
        .await
}

/// Returns the stories of some reports, each once, in the order of the reports.
pub fn told_of(view: &View, reports: &[Seq]) -> Result<Vec<String>, Error> {
    let mut seen = BTreeSet::new();
    let mut stories = Vec::new();
    for report in reports {
        // A report that was not placed yet is in no story.
        if let Some(placed) = view.placed(*report)? {
            let story = view.resolve(&placed.story)?;
            if seen.insert(story.clone()) {
                stories.push(story);
            }
        }
    }
    Ok(stories)
}

fn write(view: &View, asked: &Asked, listed: Listed) -> Result<Response, Error> {
    let path = format!("{}{}", asked.path, asked.suffix);
    let cursor = asked.get("cursor");
    let stories: Vec<Option<FeedStory>> =
        listed.stories.iter().map(|id| story(view, id)).collect::<Result<_, Error>>()?;
    let stories: Vec<FeedStory> = stories.into_iter().flatten().collect();
    let feed = Feed {
        room: asked.room(view)?,
        title: format!("{} · Variorum", listed.title),
        page: if listed.page.contains('?') { listed.page } else { asked.with_cursor(&listed.page, cursor) },
        itself: asked.with_cursor(&path, cursor),
        first: asked.with_cursor(&path, None),
        next: listed.next.map(|next| asked.with_cursor(&path, Some(&next))),
        changed: newest(view)?,
        stories,
    };
    let written = match asked.suffix.as_str() {
        ".atom" => Written { kind: "application/atom+xml; charset=utf-8", file: None, body: atom(&feed) },
        ".json" | ".feed.json" => {
            Written { kind: "application/feed+json; charset=utf-8", file: None, body: json_feed(&feed) }
        }
        other => return Err(Error::Missing(format!("form `{other}` of this list; write `.atom` or `.feed.json`"))),
    };
    Ok(send(written, &asked.headers))
}

/// When the newest change of a story was: the time of a feed that holds none.
fn newest(view: &View) -> Result<i64, Error> {
    let one = StoryList { limit: 1, ..StoryList::default() };
    Ok(view.stories(&one)?.items.first().map_or(0, |card| card.changed))
}

/// Returns a story as an entry; none where it was not made yet.
pub fn story(view: &View, id: &str) -> Result<Option<FeedStory>, Error> {
    let (Some(card), Some(story)) = (view.story_card(id)?, view.story::<Story>(id)?) else { return Ok(None) };
    let mut witnesses = Vec::new();
    for report in &story.reports {
        witnesses.extend(witness(view, report)?);
    }
    Ok(Some(entry(card, &story, witnesses)))
}

fn entry(card: StoryCard, story: &Story, witnesses: Vec<FeedWitness>) -> FeedStory {
    let places: BTreeMap<&ReportId, usize> = witnesses.iter().enumerate().map(|(n, w)| (&w.id, n)).collect();
    let place = |id: &ReportId| places.get(id).copied();
    let account = story.account.iter().map(|told| {
        let mut sources: Vec<usize> = told.sources.iter().filter_map(|span| place(&span.report)).collect();
        let mut seen = BTreeSet::new();
        sources.retain(|source| seen.insert(*source));
        (told.text.clone(), sources)
    });
    let account = account.collect();
    FeedStory {
        title: card.title.clone(),
        language: card.language.clone(),
        first_seen: card.first_seen,
        changed: card.changed,
        counts: Counts {
            reports: card.reports,
            publishers: card.publishers,
            origins: card.origins,
            uncertain: card.uncertain,
            variants: card.variants,
            drift: card.drift,
        },
        account,
        id: card.id,
        witnesses,
    }
}

/// A report that left since, until the story is made anew, is no witness.
fn witness(view: &View, id: &str) -> Result<Option<FeedWitness>, Error> {
    let Some(seq) = view.seq(id)? else { return Ok(None) };
    let report = view.report(seq)?;
    Ok(report.map(|report| FeedWitness {
        name: publisher(&report).to_owned(),
        id: report.id,
        title: report.title,
        language: report.language,
        url: report.url,
    }))
}
