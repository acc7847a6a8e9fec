//! The front page: stories, the weightiest of a page first.

use axum::extract::State as Of;
use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;
use variorum_news::{Story, Variant, VariantKind};
use variorum_newsroom::{Ruling, decisions, variant_key};
use variorum_store::{Differing, StoryCard, StoryList, StoryOrder, View};

use super::card::{Card, Differs, card};
use super::layout::{Place, frame};
use crate::address::{Asked, CopyOf, Fields};
use crate::{Error, State};

/// How many stories a page has.
const PAGE: usize = 31;
/// How many things a story differs in are told of it in a list.
const MOST: usize = 4;
/// How many sentences of its account are shown after its title.
const WORDS: usize = 2;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Front {
    /// The stories in order.
    pub stories: Vec<Card>,
    /// The name of the one that is shown big.
    pub lead: Option<String>,
    /// Where the list goes on.
    pub next: Option<String>,
    #[serde(skip)]
    query: Fields,
    #[serde(skip)]
    json: String,
    #[serde(skip)]
    copy: Option<CopyOf>,
}

pub async fn front(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let list = list(&asked.query)?;
    state
        .read(move |view| {
            let front = read(view, &asked, &list)?;
            Ok(super::answer(&asked, &front, page))
        })
        .await
}

fn list(query: &Fields) -> Result<StoryList, Error> {
    let order = match query.get("order") {
        None | Some("changed") => StoryOrder::Changed,
        Some("newest") => StoryOrder::Newest,
        Some("largest") => StoryOrder::Reports,
        Some(other) => return Err(unknown("order", other, "changed, newest or largest")),
    };
    let only_differing = match query.get("differs") {
        None | Some("any") => Differing::All,
        Some("reports") => Differing::Variants,
        Some("rewrites") => Differing::Drift,
        Some(other) => return Err(unknown("differs", other, "reports or rewrites")),
    };
    let least =
        query.get("publishers").map(|n| n.parse().map_err(|_| unknown("publishers", n, "a number"))).transpose()?;
    Ok(StoryList {
        order,
        least_publishers: least.unwrap_or(0),
        language: query.get("lang").map(str::to_owned),
        only_differing,
        limit: PAGE,
        after: query.get("cursor").map(str::to_owned),
    })
}

fn unknown(name: &str, given: &str, wanted: &str) -> Error {
    Error::Asked(format!("`{name}` cannot be `{given}`; write {wanted}"))
}

fn read(view: &View, asked: &Asked, list: &StoryList) -> Result<Front, Error> {
    let found = view.stories(list)?;
    let stories: Vec<Card> = found.items.into_iter().map(|card| told(view, card)).collect::<Result<_, Error>>()?;
    // The first page leads with what most publishers tell; a page further on is a list.
    let weight = |(n, told): &(usize, &Card)| (told.card.publishers, told.card.reports, std::cmp::Reverse(*n));
    let lead = stories.iter().enumerate().max_by_key(weight).map(|(_, told)| told.card.id.clone());
    Ok(Front {
        lead: lead.filter(|_| list.after.is_none()),
        stories,
        next: found.next,
        query: asked.query.clone(),
        json: asked.json(),
        copy: asked.copy,
    })
}

/// A story of one report is told by its title; of the others, what differs (without what a person dismissed) and more
/// words.
fn told(view: &View, card: StoryCard) -> Result<Card, Error> {
    let story = if card.reports > 1 { view.story::<Story>(&card.id)? } else { None };
    let Some(story) = story else { return Ok(Card { card, differs: Vec::new(), words: Vec::new() }) };
    let decisions = decisions(view, &story)?;
    let is_dismissed = |variant: &&Variant| {
        decisions.get(&variant_key(variant)).is_some_and(|decision| decision.ruling == Ruling::Dismissed)
    };
    let mut shown: Vec<&Variant> = story.variants.iter().filter(|variant| !is_dismissed(variant)).collect();
    shown.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let title = card.title.as_deref();
    let more = story.account.iter().map(|sentence| &sentence.text).filter(|words| Some(words.as_str()) != title);
    let words = more.take(WORDS).cloned().collect();
    Ok(Card { differs: shown.into_iter().take(MOST).map(differs_in).collect(), words, card })
}

fn differs_in(variant: &Variant) -> Differs {
    let mut values: Vec<String> = Vec::new();
    for reading in &variant.readings {
        let value = variorum_publish::value(reading, variant.kind);
        // "04:20" and "14 October 2025, 04:20" are one time of day; the shorter one says it. "40" and "more than 40" are two.
        let is_fuller =
            |long: &str, short: &str| variant.kind == VariantKind::Time && long.ends_with(&format!(", {short}"));
        match values.iter_mut().find(|known| **known == value || is_fuller(known, &value) || is_fuller(&value, known)) {
            Some(known) if known.len() > value.len() => *known = value,
            Some(_) => {}
            None => values.push(value),
        }
    }
    Differs { about: variant.about.clone(), values, development: variant.development }
}

fn page(front: &Front) -> Markup {
    let mut place = Place::of("Stories");
    place.kind = "front";
    place.json = Some(front.json.clone());
    place.copy = front.copy;
    place.feeds = vec![("Feed of stories".to_owned(), "/feed.atom".to_owned())];
    let lead = front.stories.iter().find(|told| Some(&told.card.id) == front.lead.as_ref());
    let rest: Vec<&Card> = front.stories.iter().filter(|told| Some(&told.card.id) != front.lead.as_ref()).collect();
    frame(
        &place,
        html! {
            h1 class="unseen" { "Stories" }
            @if front.copy.is_none() { (filters(front)) }
            @if front.stories.is_empty() { (nothing(front)) }
            @if let Some(lead) = lead { (card(lead, 2, "big")) }
            div class="cards" { @for told in rest { (card(told, 2, "")) } }
            @if let Some(next) = &front.next { p class="older" {
                a rel="next" href=(format!("/{}", front.query.with("cursor", Some(next)))) { "Older stories" }
            } }
        },
    )
}

/// A choice of a filter: its value (none is the usual one) and its name.
type Choice = (Option<&'static str>, &'static str);

const FILTERS: [(&str, &str, &[Choice]); 3] = [
    (
        "order",
        "Order",
        &[(None, "newest change"), (Some("newest"), "newest report"), (Some("largest"), "most reports")],
    ),
    (
        "differs",
        "Show",
        &[(None, "all"), (Some("reports"), "where reports differ"), (Some("rewrites"), "changed by rewrites")],
    ),
    ("publishers", "Told by", &[(None, "any"), (Some("2"), "2 publishers or more"), (Some("5"), "5 or more")]),
];

fn filters(front: &Front) -> Markup {
    let mut languages: Vec<&str> = front.stories.iter().filter_map(|told| told.card.language.as_deref()).collect();
    languages.extend(front.query.get("lang"));
    languages.sort_unstable();
    languages.dedup();
    html! { nav class="filters" aria-label="Filters" {
        @for (name, label, choices) in FILTERS { (filter(front, name, label, choices.iter().map(|c| (c.0, c.1)))) }
        @if languages.len() > 1 || front.query.get("lang").is_some() {
            (filter(front, "lang", "Language", [(None, "all")].into_iter().chain(languages.iter().map(|l| (Some(*l), *l)))))
        }
    } }
}

fn filter<'c>(
    front: &Front,
    name: &str,
    label: &str,
    choices: impl Iterator<Item = (Option<&'c str>, &'c str)>,
) -> Markup {
    let chosen = front.query.get(name);
    html! { p { span class="label" { (label) } @for (value, words) in choices {
        " " a href=(format!("/{}", front.query.with(name, value))) aria-current=[(chosen == value).then_some("true")] { (words) }
    } } }
}

fn nothing(front: &Front) -> Markup {
    let filtered = ["differs", "publishers", "lang", "cursor"].iter().any(|name| front.query.get(name).is_some());
    html! { div class="empty" {
        @if filtered {
            h2 { "No story is so" }
            p { a href="/" { "Show all stories" } }
        } @else {
            h2 { "No stories yet" }
            p { "Reports come in by " code { "variorum add PATH…" } " and are told here as soon as they are placed. "
                @if front.copy.is_none() { a href="/status" { "What waits" } } }
        }
    } }
}
