//! Lists of items: what a client asks for, in parts that stay true while stories change.

use std::collections::BTreeSet;

use variorum_store::search::{Ask, Facets, Order};
use variorum_store::{Item, Items, Part, Place, SavedSearch, Seq, View};

use super::Asked;
use super::ids::{Next, TOP};
use super::refused::Refused;
use super::streams::{self, Stream};
use crate::Error;
use crate::out::told_of;

/// A label shows the stories of so many of the newest reports that its search finds.
const FOUND: usize = 500;

/// Where a list has its items from.
#[derive(Debug, Clone)]
pub enum Source {
    /// The stories of a part.
    Part(Part),
    /// What is starred.
    Starred,
    /// What is read.
    Read,
    /// The stories of these reports.
    Reports(Vec<Seq>),
    /// Nowhere.
    Nothing,
}

/// A part of a list that is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Where from.
    pub source: Source,
    /// Which of them, and how many.
    pub items: Items,
    /// Where the part before ended.
    pub next: Option<Next>,
}

/// Reads what a client wants of a list: the fields are Google's.
pub async fn wanted(asked: &Asked, stream: &str, usual: usize, most: usize) -> Result<Wanted, Refused> {
    let source = source(asked, stream).await?;
    let fields = &asked.fields;
    let number = |name: &str| match fields.get(name) {
        None => Ok(None),
        Some(text) => super::ids::seconds(text).map(Some).ok_or_else(|| odd(name, "a time, in seconds since 1970")),
    };
    let limit = match fields.get("n") {
        None => usual,
        Some(n) => n.parse::<usize>().map_err(|_| odd("n", "a number"))?.clamp(1, most),
    };
    let next = match fields.get("c") {
        None => None,
        Some(c) => Some(Next::read(c).ok_or_else(|| odd("c", "the `continuation` of the part before"))?),
    };
    let mut items = Items {
        from: number("ot")?,
        to: number("nt")?,
        oldest_first: fields.get("r") == Some("o"),
        limit,
        ..Items::default()
    };
    // What is left out comes last: who wants all unread leaves out what is read.
    for (field, wanted) in [("it", true), ("xt", false)] {
        for state in fields.all(field).filter_map(streams::state) {
            match state {
                "read" => items.read = Some(wanted),
                "unread" | "kept-unread" => items.read = Some(!wanted),
                "starred" => items.starred = Some(wanted),
                _ => {}
            }
        }
    }
    Ok(Wanted { source, items, next })
}

fn odd(field: &str, wanted: &str) -> Refused {
    Refused::Asked(format!("`{field}` cannot be read; give {wanted}"))
}

/// Returns where the items of a stream come from.
pub async fn source(asked: &Asked, stream: &str) -> Result<Source, Refused> {
    let saved = saved(asked).await?;
    Ok(match streams::read(stream, &saved)? {
        Stream::Part(part) => Source::Part(part),
        Stream::Starred => Source::Starred,
        Stream::Read => Source::Read,
        Stream::Nothing => Source::Nothing,
        Stream::Saved(saved) => Source::Reports(found(asked, saved.query).await?),
    })
}

/// Returns the saved searches that are labels.
pub async fn saved(asked: &Asked) -> Result<Vec<SavedSearch>, Refused> {
    let mut saved = asked.state.read(|view| Ok(view.saved_searches()?)).await?;
    saved.truncate(streams::MOST_SAVED);
    Ok(saved)
}

/// Returns the newest reports that a search finds. A search that cannot be read any more finds none.
pub async fn found(asked: &Asked, query: String) -> Result<Vec<Seq>, Refused> {
    let ask = Ask { query, order: Order::Newest, limit: FOUND, after: None, facets: Facets::Left };
    let (index, store) = (asked.state.search.clone(), asked.state.store.clone());
    let looked = tokio::task::spawn_blocking(move || index.find(&store, &ask)).await;
    match looked.map_err(|_| Error::Broken("a search broke off".to_owned()))? {
        Ok(found) => Ok(found.hits.iter().map(|hit| hit.report.seq).collect()),
        Err(variorum_store::Error::Query(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

impl Wanted {
    /// Returns the part, and where the list goes on.
    ///
    /// A story that grows while a client goes through a list from the top moves up past it. Such stories come once more
    /// after the end, so that none is missed; a client that meets one twice knows it by its number.
    pub fn part(&self, view: &View, who: &str, now: i64) -> Result<(Vec<Item>, Option<Next>), Error> {
        let next = match self.next {
            Some(next) => next,
            None => Next { again: false, began: self.began(view, who, now)?, place: TOP },
        };
        let mut items = self.items.clone();
        items.after = self.next.filter(|next| next.place != TOP).map(|next| next.place);
        items.limit += 1;
        if next.again {
            items.from = items.from.max(Some(next.began));
        }
        let mut part = self.source.items(view, who, &items)?;
        if part.len() > self.items.limit {
            part.truncate(self.items.limit);
            let place = part.last().map_or(TOP, Item::place);
            return Ok((part, Some(Next { place, ..next })));
        }
        let is_end = self.items.oldest_first || next.again || self.next.is_none();
        let grew = !is_end && self.grew_since(view, who, next.began)?;
        Ok((part, grew.then_some(Next { again: true, place: TOP, ..next })))
    }

    /// From when on what grows has to come again. A clock that was set back must not make all of it come again.
    fn began(&self, view: &View, who: &str, now: i64) -> Result<i64, Error> {
        let newest = Items { limit: 1, ..Items::default() };
        let newest = view.items(who, &newest)?.first().map_or(0, |item| item.grown);
        Ok(if newest > now { newest + 1 } else { now }.clamp(0, TOP.0))
    }

    fn grew_since(&self, view: &View, who: &str, began: i64) -> Result<bool, Error> {
        let from = self.items.from.max(Some(began));
        let items = Items { from, after: None, limit: 1, ..self.items.clone() };
        Ok(!self.source.items(view, who, &items)?.is_empty())
    }
}

impl Source {
    /// Returns items of it.
    pub fn items(&self, view: &View, who: &str, items: &Items) -> Result<Vec<Item>, Error> {
        let clash = |wanted: Option<bool>| wanted == Some(false);
        Ok(match self {
            Source::Part(part) => view.items(who, &Items { part: *part, ..items.clone() })?,
            Source::Starred if clash(items.starred) => Vec::new(),
            Source::Starred => view.items(who, &Items { starred: Some(true), ..items.clone() })?,
            Source::Read if clash(items.read) => Vec::new(),
            Source::Read => view.items(who, &Items { read: Some(true), ..items.clone() })?,
            Source::Reports(reports) => of_reports(view, who, reports, items)?,
            Source::Nothing => Vec::new(),
        })
    }
}

fn of_reports(view: &View, who: &str, reports: &[Seq], items: &Items) -> Result<Vec<Item>, Error> {
    let mut found = Vec::new();
    for story in told_of(view, reports)? {
        found.extend(view.item_of(who, &story)?.filter(|item| items.wants(item)));
    }
    found.sort_by_key(Item::place);
    let comes_after = |item: &Item| match (items.after, items.oldest_first) {
        (None, _) => true,
        (Some(place), true) => item.place() > place,
        (Some(place), false) => item.place() < place,
    };
    found.retain(comes_after);
    if !items.oldest_first {
        found.reverse();
    }
    found.truncate(items.limit);
    Ok(found)
}

/// Returns the stories that each saved search finds: what an item has as labels.
pub fn labelled(view: &View, found: &[(String, Vec<Seq>)]) -> Result<Vec<(String, BTreeSet<String>)>, Error> {
    let stories = |reports: &[Seq]| told_of(view, reports).map(|stories| stories.into_iter().collect());
    found.iter().map(|(label, reports)| Ok((label.clone(), stories(reports)?))).collect()
}

/// Returns when the newest of some items grew.
pub fn newest(items: &[Item]) -> Option<Place> {
    items.iter().map(Item::place).max()
}
