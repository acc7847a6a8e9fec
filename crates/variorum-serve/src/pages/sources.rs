//! The sources that are watched, each with a sentence on how it is.

use axum::extract::{OriginalUri, State as Of};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use maud::{Markup, html};
use serde::Serialize;
use variorum_publish::{Outline, counted, host, opml};
use variorum_store::{Health, NewSource, Source, SourceKind, Sources, Writing};

use super::form::{secret, who};
use super::layout::{Place, frame};
use super::story::write;
use super::when::moment;
use crate::address::{self, Asked, Fields};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// How many a page shows.
const PAGE: usize = 200;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/sources", get(sources).post(add))
        .route("/sources.json", get(sources))
        .route("/sources/{n}/{what}", post(change))
}

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// How many are how, the worst first.
    pub counts: Vec<(&'static str, usize)>,
    /// The sources, the worst first.
    pub sources: Vec<Line>,
    /// How many are watched.
    pub total: usize,
    /// Where the list goes on.
    pub next: Option<usize>,
}

/// A source.
#[derive(Debug, Serialize)]
pub struct Line {
    /// How it is, in a word.
    pub health: Health,
    /// How it is, in a sentence.
    pub sentence: String,
    /// What the record knows of it.
    #[serde(flatten)]
    pub source: Source,
}

async fn sources(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    let now = (state.clock)();
    let from = asked.query.get("from").and_then(|from| from.parse::<usize>().ok()).unwrap_or(0);
    state
        .read(move |view| {
            let facts = facts(view.sources(Sources::Watched)?, from, now);
            Ok(super::answer(&asked, &facts, |facts| page(facts, &asked, &token)))
        })
        .await
}

fn facts(sources: Vec<Source>, from: usize, now: i64) -> Facts {
    let mut lines: Vec<Line> = sources
        .into_iter()
        .map(|source| Line { health: source.health(now), sentence: source.sentence(now), source })
        .collect();
    lines.sort_by_key(|line| (line.health, line.source.n));
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for line in &lines {
        match counts.last_mut().filter(|(word, _)| *word == line.health.word()) {
            Some((_, n)) => *n += 1,
            None => counts.push((line.health.word(), 1)),
        }
    }
    let total = lines.len();
    let next = Some(from.saturating_add(PAGE)).filter(|next| *next < total);
    Facts { counts, sources: lines.into_iter().skip(from).take(PAGE).collect(), total, next }
}

async fn add(Of(state): Of<State>, Posted(fields): Posted) -> Result<Redirect, Error> {
    let source = named(&fields)?;
    let n = write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| Ok(writing.list_source(&source, now)?.0))?)
    })
    .await?;
    Ok(Redirect::to(&format!("/sources#s{n}")))
}

/// The page that is looked at finds no feeds of itself, for only who watches goes to the network.
fn named(fields: &Fields) -> Result<NewSource, Error> {
    let address = fields.get("address").map(str::trim).unwrap_or_default();
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let is_web = url::Url::parse(&whole).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if address.is_empty() || !is_web || whole.len() > 2_000 {
        return Err(Error::Asked("give the http or https address of a feed or of a sitemap".to_owned()));
    }
    let kind = if fields.get("kind") == Some("sitemap") { SourceKind::Sitemap } else { SourceKind::Feed };
    let folder = fields.get("folder").map(|folder| folder.trim().chars().take(200).collect());
    Ok(NewSource { kind, folder, ..NewSource::of(whole) })
}

async fn change(Of(state): Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let mut parts = uri.0.path().split('/').skip(2);
    let n = parts.next().and_then(|n| n.parse::<i64>().ok());
    let n = n.ok_or_else(|| Error::Missing("source of that number".to_owned()))?;
    let what = parts.next().and_then(What::of).ok_or_else(|| Error::Missing("thing to do with a source".to_owned()))?;
    let who: String = fields.get("who").unwrap_or("somebody").trim().chars().take(200).collect();
    write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| what.change(writing, n, now, &who))?)
    })
    .await?;
    Ok(Redirect::to(&if what == What::Remove { "/sources".to_owned() } else { format!("/sources#s{n}") }))
}

/// What a person does with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Check,
    Pause,
    Resume,
    Remove,
    Permit,
    Forbid,
}

impl What {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "check" => What::Check,
            "pause" => What::Pause,
            "resume" => What::Resume,
            "remove" => What::Remove,
            "permit" => What::Permit,
            "forbid" => What::Forbid,
            _ => return None,
        })
    }

    fn change(self, writing: &Writing, n: i64, now: i64, who: &str) -> Result<(), variorum_store::Error> {
        match self {
            What::Check => writing.hurry_source(n, now),
            What::Pause => writing.pause_source(n, now, "by hand"),
            What::Resume => writing.resume_source(n, now),
            What::Remove => writing.drop_source(n, now),
            What::Permit => writing.permit_source(n, Some((now, who))).and_then(|()| writing.hurry_source(n, now)),
            What::Forbid => writing.permit_source(n, None),
        }
    }
}

fn page(facts: &Facts, asked: &Asked, token: &Token) -> Markup {
    let mut place = Place::of("Sources");
    place.kind = "sources";
    place.json = Some(asked.json());
    frame(
        &place,
        html! {
            h1 { "Sources" }
            p class="lede" { "What is watched, those that need a person first. Each is asked hourly at most, and more rarely where it wishes so." }
            @if facts.total == 0 { p class="empty" { "Nothing is watched yet. Add a feed below, or start the server with " code { "--feeds list.opml" } "." } }
            @else {
                p class="said" { (counted(facts.total, "source")) ": " @for (at, (word, n)) in facts.counts.iter().enumerate() { @if at > 0 { ", " } (n) " " (word) } "." }
            }
            (add_form(token))
            ul class="rows sources" { @for line in &facts.sources { (row(line, token)) } }
            @if let Some(next) = facts.next { p class="older" { a rel="next" href=(format!("/sources?from={next}")) { "More sources" } } }
            p { a href="/sources.opml" { "The list as OPML" } ", without passwords." }
        },
    )
}

fn row(line: &Line, token: &Token) -> Markup {
    let Line { sentence, source, .. } = line;
    let title = source.title.as_deref().or(source.outlet.as_deref()).unwrap_or(&source.shown);
    html! { li id=(format!("s{}", source.n)) data-row {
        p { strong { bdi { (title) } } " "
            @match host(&source.shown) {
                Some(host) => { a href=(source.shown) rel="noreferrer nofollow" { bdi { (host) } } }
                None => { code { bdi { (source.shown) } } }
            }
        }
        p { bdi { (sentence) } }
        p class="why" {
            @if let Some(outlet) = &source.outlet { "Reports stand under " a href=(address::outlet(outlet)) { bdi { (outlet) } } " · " }
            (counted(source.kept as usize, "report")) " kept of " (counted(source.seen as usize, "item")) " seen"
            @if let Some(folder) = &source.folder { " · in " bdi { (folder) } }
            @if source.address != source.listed { " · moved for good from where it was listed" }
            @if source.paused.is_none() { " · next asked " (moment(source.due)) }
            @if let Some((at, who)) = &source.may { " · robots.txt set aside by " bdi { (who) } ", " (moment(*at)) }
            @if token.has_forms() { " · " a href=(format!("/alerts?source={}#make", source.n)) { "Tell me when it goes silent" } }
        }
        (forms(source, token))
    } }
}

fn forms(source: &Source, token: &Token) -> Markup {
    let button = |what: &str, words: &str| {
        html! { form method="post" action=(format!("/sources/{}/{what}", source.n)) { (secret(token))
        button class="quiet" { (words) span class="unseen" { " " (source.shown) } } } }
    };
    html! { @if token.has_forms() { details class="back" { summary { "Change" }
        @if source.paused.is_some() { (button("resume", "Ask it again")) }
        @else { (button("check", "Ask it now")) (button("pause", "Pause")) }
        @if source.may.is_some() { (button("forbid", "Follow its robots.txt again")) }
        @else { form class="correct" method="post" action=(format!("/sources/{}/permit", source.n)) { (secret(token))
            (who(&format!("may-{}", source.n), token))
            p class="field buttons" { button class="quiet" { "I may fetch it whatever its robots.txt says" } } } }
        (button("remove", "Take it off"))
    } } }
}

fn add_form(token: &Token) -> Markup {
    html! { @if token.has_forms() { details class="save" { summary { "Add a source" }
        form class="correct" method="post" action="/sources" {
            (secret(token))
            p class="field wide" { label for="add-address" { "Address of a feed or a news sitemap" } input id="add-address" name="address" type="url" required maxlength="2000" placeholder="https://herald.example/feed.xml"; }
            p class="field" { label for="add-folder" { "Folder" } input id="add-folder" name="folder" maxlength="200" autocomplete="off"; }
            p class="field" { label for="add-kind" { "Kind" } select id="add-kind" name="kind" { option value="feed" { "Feed" } option value="sitemap" { "Sitemap" } } }
            p class="field buttons" { button { "Watch it" } }
        }
        p class="why" { "Of a page, " code { "variorum sources add ADDRESS" } " finds the feeds." }
    } } }
}

/// Returns the list as other programs take it; what is secret in addresses is left out, for a page is seen by many.
pub async fn as_opml(Of(state): Of<State>, _asker: HeaderMap) -> Result<Response, Error> {
    state
        .read(|view| {
            let outlines: Vec<Outline> = view
                .sources(Sources::Watched)?
                .into_iter()
                .filter(|source| source.kind != SourceKind::Bridge)
                .map(|source| Outline {
                    title: source.title.unwrap_or_else(|| source.shown.clone()),
                    site: source.site,
                    folder: source.folder,
                    url: source.shown,
                })
                .collect();
            let headers = [
                (header::CONTENT_TYPE, "text/x-opml; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"sources.opml\""),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CACHE_CONTROL, "private, no-cache"),
            ];
            Ok((headers, opml("Variorum", &outlines)).into_response())
        })
        .await
}

#[cfg(test)]
mod tests;
