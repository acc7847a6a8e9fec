//! The page that searches reports.

use axum::Extension;
use axum::extract::State as Of;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use variorum_news::Report;
use variorum_publish::{counted, published};
use variorum_store::View;
use variorum_store::search::{Ask, FacetCounts, Facets, Found, Order, Query, QueryError};

use super::card::tag;
use super::layout::{Place, frame};
use super::saved::save_form;
use super::story::write;
use crate::address::{self, Asked, Form, encode};
use crate::door::Token;
use crate::{Error, State};

/// How many reports a page shows.
const PAGE: usize = 20;
/// Letters of a passage around what was found.
const AROUND: usize = 110;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// What was looked for.
    pub query: String,
    /// What comes first.
    pub order: Order,
    /// How many reports fit, on all pages.
    pub total: u64,
    /// This page.
    pub hits: Vec<Shown>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// Counts over all that fits.
    pub facets: FacetCounts,
}

/// A report that was found.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// What the record says of it.
    pub report: variorum_store::ReportRow,
    /// How well it fits.
    pub score: f32,
    /// The name of its story.
    pub story: Option<String>,
    /// Words of it around what was found: what stands before, what was found, what stands after.
    pub passage: Vec<(String, String)>,
}

pub async fn search(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    let order = match asked.query.get("order") {
        None | Some("newest") => Order::Newest,
        Some("best") => Order::Best,
        Some(other) => return Err(Error::Asked(format!("`order` cannot be `{other}`; write newest or best"))),
    };
    let query = asked.query.get("q").unwrap_or("").to_owned();
    let read = match Query::read(&query) {
        Ok(read) => read,
        Err(error) if asked.form == Form::Page => return Ok(unreadable(&query, &error)),
        Err(error) => return Err(variorum_store::Error::from(error).into()),
    };
    let ask =
        Ask { query, order, limit: PAGE, after: asked.query.get("cursor").map(str::to_owned), facets: Facets::Counted };
    write(state, move |state| {
        let found = state.search.find(&state.store, &ask)?;
        let answer = state.store.read(|view| Ok(told(view, &ask, &read, found)))??;
        Ok(super::answer(&asked, &answer, |answer| page(answer, &asked, &token)))
    })
    .await
}

fn told(view: &View, ask: &Ask, query: &Query, found: Found) -> Result<Answer, Error> {
    let shown = |hit: variorum_store::search::Hit| {
        let story = view.placed(hit.report.seq)?.map(|placed| placed.story);
        let report = view.report(hit.report.seq)?;
        let passage = report.map(|report| passage(&report, query)).unwrap_or_default();
        Ok(Shown { story, passage, score: hit.score, report: hit.report })
    };
    Ok(Answer {
        query: ask.query.clone(),
        order: ask.order,
        total: found.total,
        hits: found.hits.into_iter().map(shown).collect::<Result<_, Error>>()?,
        next: found.next,
        facets: found.facets,
    })
}

/// The words of a report around the first that were found, the found ones apart; else its first words.
fn passage(report: &Report, query: &Query) -> Vec<(String, String)> {
    let text = &report.text;
    let marks = query.marks(text, report.language.as_deref());
    let first = marks.first().map_or(0, |mark| mark.start);
    let start = text[..first].char_indices().rev().nth(AROUND / 2).map_or(0, |(at, _)| at);
    let start = text[..start]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + 1)
        .max(text[..first].rfind('\n').map_or(0, |at| at + 1));
    let end = text[start..].char_indices().nth(AROUND * 2).map_or(text.len(), |(at, _)| start + at);
    let end = text[..end].rfind(char::is_whitespace).filter(|at| *at > start && end < text.len()).unwrap_or(end);
    let mut parts = Vec::new();
    let mut at = start;
    for mark in marks.into_iter().filter(|mark| mark.start >= start && mark.end <= end) {
        parts.push((text[at..mark.start].to_owned(), text[mark.clone()].to_owned()));
        at = mark.end;
    }
    parts.push((text[at..end].to_owned(), String::new()));
    parts
}

fn page(answer: &Answer, asked: &Asked, token: &Token) -> Markup {
    let mut place =
        Place::of(if answer.query.is_empty() { "Search".to_owned() } else { format!("{} — search", answer.query) });
    place.kind = "search";
    place.json = Some(asked.json());
    place.query = answer.query.clone();
    place.feeds = vec![("Feed of this search".to_owned(), format!("/search.atom?q={}", encode(&answer.query)))];
    frame(
        &place,
        html! {
            h1 class="unseen" { "Search" }
            div class="found" {
                div class="results" {
                    p class="weight" { (counted(usize::try_from(answer.total).unwrap_or(usize::MAX), "report")) @if !answer.query.is_empty() { " for “" bdi { (answer.query) } "”" } (orders(answer, asked)) }
                    @if answer.hits.is_empty() { p class="empty" { "No report is so. Take a word away, or write " code { "OR" } " between two." } }
                    ol class="hits" { @for hit in &answer.hits { li data-row { (shown(hit)) } } }
                    @if let Some(next) = &answer.next { p class="older" { a rel="next" href=(format!("/search{}", asked.query.with("cursor", Some(next)))) { "More reports" } } }
                }
                aside class="facets" aria-label="Narrow down" {
                    (facets(answer))
                    (save_form(&answer.query, token))
                    details open[answer.query.is_empty()] { summary { "How to ask" } (operators()) }
                }
            }
        },
    )
}

fn orders(answer: &Answer, asked: &Asked) -> Markup {
    let order = |value: Option<&str>, name: &str, is: bool| html! { a href=(format!("/search{}", asked.query.with("order", value))) aria-current=[is.then_some("true")] { (name) } };
    html! { span class="orders" { (order(None, "newest first", answer.order == Order::Newest)) " " (order(Some("best"), "best first", answer.order == Order::Best)) } }
}

fn shown(hit: &Shown) -> Markup {
    let row = &hit.report;
    let language = tag(row.language.as_deref());
    html! {
        h2 { a href=(address::report(&row.id)) lang=[language] dir="auto" { (row.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&row.id)) } }
        p class="facts" {
            @if let Some(outlet) = &row.outlet { a href=(address::outlet(outlet)) { bdi { (outlet) } } ", " }
            @if let Some(author) = &row.author { "by " bdi { (author) } ", " }
            @match &row.day { Some(day) => { time datetime=(day) { (published(day)) } } None => { "no date given" } }
            @if let Some(story) = &hit.story { ". " a href=(address::story(story)) { "Its story" } }
        }
        p class="passage" lang=[language] dir="auto" { @for (before, found) in &hit.passage { (before) @if !found.is_empty() { mark { (found) } } } }
    }
}

fn facets(answer: &Answer) -> Markup {
    let facets = &answer.facets;
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', " "));
    let origin = [("original", facets.original), ("copied", facets.copied)].into_iter().filter(|facet| facet.1 > 0);
    html! {
        (facet(answer, "Outlet", facets.outlets.iter().map(|(name, n)| (name.clone(), format!("outlet:{}", quoted(name)), *n)).collect()))
        (facet(answer, "Month", facets.months.iter().rev().map(|(month, n)| (published(month), format!("date:{month}"), *n)).collect()))
        (facet(answer, "Language", facets.languages.iter().map(|(name, n)| (name.clone(), format!("lang:{name}"), *n)).collect()))
        (facet(answer, "Words", origin.map(|(name, n)| (if name == "original" { "its own" } else { "another’s" }.to_owned(), format!("origin:{name}"), n)).collect()))
    }
}

/// How many values of a facet are shown at once.
const FACETS: usize = 8;

fn facet(answer: &Answer, name: &str, values: Vec<(String, String, u64)>) -> Markup {
    let link = |(name, term, n): &(String, String, u64)| {
        let query = if answer.query.is_empty() { term.clone() } else { format!("{} {term}", grouped(&answer.query)) };
        html! { li { a href=(format!("/search?q={}", encode(&query))) { bdi { (name) } } " " span class="n" { (n) } } }
    };
    html! { @if values.len() > 1 || (values.len() == 1 && !answer.query.is_empty()) { section class="facet" {
        h2 { (name) }
        ul { @for value in values.iter().take(FACETS) { (link(value)) } }
        @if values.len() > FACETS { details { summary { (values.len() - FACETS) " more" } ul { @for value in &values[FACETS..] { (link(value)) } } } }
    } } }
}

/// What stands beside an `OR` would be taken into it.
fn grouped(query: &str) -> String {
    if query.contains(" OR ") { format!("({query})") } else { query.to_owned() }
}

const OPERATORS: [(&str, &str); 9] = [
    ("ferry Delmare", "both words, in any inflection, in title or text"),
    ("ferry OR boat", "one of them"),
    ("\"two ferries\"", "these words in this order"),
    ("-storm", "not this; also before a phrase or an operator"),
    ("outlet:herald author:orr", "words of the outlet’s or an author’s name"),
    ("title:ferry", "in the title"),
    ("date:2026-03..2026-05", "published then; also a day, a month, a year"),
    ("lang:fr origin:original", "in a language; with words of its own, or origin:copied"),
    ("has:drift has:variants", "changed what its source says; differs from others"),
];

fn operators() -> Markup {
    html! { dl class="operators" { @for (example, words) in OPERATORS {
        dt { a href=(format!("/search?q={}", encode(example))) { code { (example) } } } dd { (words) }
    } } }
}

/// A query that cannot be read is shown with the place where reading ended.
fn unreadable(query: &str, error: &QueryError) -> Response {
    let mut place = Place::of("Search");
    place.kind = "search";
    place.query = query.to_owned();
    let at = query.char_indices().nth(error.at.saturating_sub(1)).map_or(query.len(), |(at, _)| at);
    let page = frame(
        &place,
        html! {
            h1 { "This query cannot be read" }
            p class="asked" dir="auto" { (query[..at]) mark { @match query[at..].chars().next() { Some(letter) => { (letter) } None => { "…" } } } (query[at..].chars().skip(1).collect::<String>()) }
            p class="said" { "At character " (error.at) ": " bdi { (error.reason) } "." }
            h2 { "How to ask" }
            (operators())
        },
    );
    (StatusCode::UNPROCESSABLE_ENTITY, axum::response::Html(page.into_string())).into_response()
}
