//! Alerts: the rules of a desk, and what they found.

mod make;
#[cfg(test)]
mod tests;

use axum::extract::{OriginalUri, State as Of};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use maud::{Markup, html};
use serde::Serialize;
use variorum_publish::host;
use variorum_store::alerts::{Alert, Delivery, DeliveryState, Line, Rule, Watched};
use variorum_store::{Source, Sources};

use super::form::{read_who, secret, who};
use super::layout::{Place, frame};
use super::story::write;
use super::when::moment;
use crate::address::{self, Asked, encode};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// How many alerts a page shows.
const PAGE: usize = 50;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/alerts", get(alerts).post(make::make))
        .route("/alerts.json", get(alerts))
        .route("/alerts/{n}/off", post(end))
        .route("/alerts/{n}/again", post(again))
}

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// The rules, the last one first; those that are off too.
    pub rules: Vec<Rule>,
    /// What was told, the last first.
    pub alerts: Vec<Alert>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The rule whose alerts alone are shown.
    pub rule: Option<i64>,
    /// By which ways this server sends: `webhook`, `mail`.
    pub ways: Vec<String>,
    #[serde(skip)]
    sources: Vec<Source>,
}

async fn alerts(Of(state): Of<State>, Extension(token): Extension<Token>, asked: Asked) -> Result<Response, Error> {
    let wrong = |_| Error::Store(variorum_store::Error::Cursor);
    let before = asked.query.get("cursor").map(|text| i64::from_str_radix(text, 16).map_err(wrong)).transpose()?;
    let rule =
        asked.query.get("rule").map(|n| n.parse().map_err(|_| Error::Missing(format!("rule `{n}`")))).transpose()?;
    state
        .read(move |view| {
            let mut alerts = view.alerts(rule, before.unwrap_or(i64::MAX), PAGE + 1)?;
            let more = alerts.len() > PAGE;
            alerts.truncate(PAGE);
            let next = alerts.last().filter(|_| more).map(|last| format!("{:x}", last.n));
            let ways = view.setting("alerts go by")?.unwrap_or_default();
            let facts = Facts {
                rules: view.rules()?,
                alerts,
                next,
                rule,
                ways: ways.split_whitespace().map(str::to_owned).collect(),
                sources: view.sources(Sources::Watched)?,
            };
            Ok(super::answer(&asked, &facts, |facts| page(facts, &asked, &token)))
        })
        .await
}

/// Turns a rule off.
async fn end(Of(state): Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let n = number(&uri)?;
    let who = read_who(&fields)?;
    write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| writing.end_rule(n, &who, now))?)
    })
    .await?;
    Ok(Redirect::to("/alerts#rules"))
}

/// Sends an alert again on a channel.
async fn again(Of(state): Of<State>, uri: OriginalUri, Posted(fields): Posted) -> Result<Redirect, Error> {
    let n = number(&uri)?;
    let channel = fields.get("channel").and_then(|n| n.parse::<i64>().ok());
    let channel = channel.ok_or_else(|| Error::Asked("the form names no channel".to_owned()))?;
    write(state, move |state| {
        let now = (state.clock)();
        Ok(state.store.write(move |writing| writing.send_again(n, channel, now))?)
    })
    .await?;
    Ok(Redirect::to(&format!("/alerts#a{n}")))
}

fn number(uri: &OriginalUri) -> Result<i64, Error> {
    let n = uri.0.path().split('/').nth(2).and_then(|n| n.parse().ok());
    n.ok_or_else(|| Error::Missing("rule or alert of that number".to_owned()))
}

fn page(facts: &Facts, asked: &Asked, token: &Token) -> Markup {
    let mut place = Place::of("Alerts");
    place.kind = "alerts";
    place.json = Some(asked.json());
    place.feeds.push(("All alerts".to_owned(), "/alerts.atom".to_owned()));
    let one = facts.rule.and_then(|n| facts.rules.iter().find(|rule| rule.n == n));
    if let Some(rule) = one {
        place.feeds.push((format!("Alerts of {}", rule.name), format!("/alerts/{}.atom", rule.n)));
    }
    frame(
        &place,
        html! {
            h1 { "Alerts" }
            p class="lede" { "What this newsroom was asked to tell, each thing once. Whatever is said of a report stands in its own words." }
            @if let Some(rule) = one { p { "Of the rule " b { bdi { (rule.name) } } " alone. " a href="/alerts" { "All alerts" } } }
            @if facts.alerts.is_empty() { p class="empty" { @if facts.rules.is_empty() { "Nobody asked to be told anything yet." } @else { "Nothing was found yet." } } }
            ul class="rows alerts" { @for alert in &facts.alerts { li id=(format!("a{}", alert.n)) data-row { (entry(alert, token)) } } }
            @if let Some(next) = &facts.next { p class="older" { a rel="next" href=(format!("/alerts{}", asked.query.with("cursor", Some(next)))) { "Older alerts" } } }
            section id="rules" {
                h2 { "Rules" }
                ul class="rows" { @for rule in &facts.rules { li id=(format!("r{}", rule.n)) data-row { (line(rule, facts, token)) } } }
                (make::form(facts, asked, token))
            }
        },
    )
}

fn entry(alert: &Alert, token: &Token) -> Markup {
    html! {
        (told(alert, ""))
        p class="why" {
            (moment(alert.at)) " · rule " a href=(format!("/alerts?rule={}", alert.rule)) { bdi { (alert.rule_name) } }
            @for sent in &alert.deliveries { " · " (state(sent)) }
        }
        @for sent in alert.deliveries.iter().filter(|_| alert.words.is_some() && token.has_forms()).filter(|sent| matches!(sent.state, DeliveryState::Failed | DeliveryState::Unsure)) {
            form method="post" action=(format!("/alerts/{}/again", alert.n)) {
                (secret(token)) input type="hidden" name="channel" value=(sent.channel);
                button class="quiet" { "Send the " (sent.kind) " again" }
            }
        }
    }
}

/// Returns how an alert stands on a channel, in words.
fn state(sent: &Delivery) -> Markup {
    let problem = sent.problem.as_deref();
    html! { span class=(format!("state {}", sent.state.name())) {
        (sent.kind) ": "
        @match sent.state {
            DeliveryState::Waiting if sent.tries == 0 => { "waits to be sent" }
            DeliveryState::Waiting => { "tried " (variorum_publish::counted(sent.tries as usize, "time")) @if let Some(next) = sent.next { ", again " (moment(next)) } }
            DeliveryState::Sending => { "on its way" }
            DeliveryState::Sent => { "sent " (moment(sent.at)) }
            DeliveryState::Failed => { "not sent" }
            DeliveryState::Unsure => { "may have gone out; it is not sent again by itself" }
        }
        @if let Some(problem) = problem { " (" bdi { (problem) } ")" }
    } }
}

/// Returns the headline of an alert: our words, and those that name the story.
pub fn headline(alert: &Alert) -> String {
    match &alert.words {
        Some(words) => match (&words.title, words.lines.first().and_then(|line| line.outlet.as_deref())) {
            (Some(title), _) => format!("{}: {}", words.says, title.text),
            (None, Some(name)) => format!("{}: {name}", words.says),
            (None, None) => words.says.clone(),
        },
        None => "What this told of is forgotten".to_owned(),
    }
}

/// Returns what an alert says. `base` stands before the addresses of our pages.
pub fn told(alert: &Alert, base: &str) -> Markup {
    let Some(words) = &alert.words else {
        return html! { p { "What this told of is forgotten." } };
    };
    html! {
        p class="strong" {
            (words.says)
            @if let (Some(story), Some(title)) = (&alert.story, &words.title) { ": " a href=(format!("{base}{}", address::story(story))) dir="auto" { (visible(&title.text)) } }
            @else if let Some(story) = &alert.story { ": " a href=(format!("{base}{}", address::story(story))) { "the story" } }
        }
        @if let Some(counts) = &words.counts { p class="why" { (counts) } }
        ul class="plain" { @for line in &words.lines { li { (said(line, base)) } } }
        @if words.more > 0 { p class="why" { "And " (words.more) " more." } }
    }
}

fn said(line: &Line, base: &str) -> Markup {
    let name = line.outlet.as_deref().or(line.title.as_deref()).unwrap_or("The report");
    html! {
        span class="why" { (visible(&line.label)) } " "
        @match &line.report {
            Some(report) => {
                a href=(format!("{base}{}", address::report(report))) dir="auto" { (visible(name)) }
                @if let Some(n) = line.revision { span class="why" { " (revision " (n) ")" } }
            }
            None => { @if line.outlet.is_some() { bdi { (visible(name)) } } }
        }
        @if let Some(span) = &line.span { " “" bdi { (visible(&span.text)) } "”" }
        @if let Some(sentence) = &line.sentence { span class="why" { " in “" bdi { (visible(&sentence.text)) } "”" } }
        @if let Some((url, host)) = line.url.as_deref().and_then(|url| Some((url, host(url)?))) { " " a class="why" href=(url) rel="noopener noreferrer" { (host) } }
    }
}

/// A feed can hold control characters no better than a page; a reader sees that something stood there.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() && !c.is_whitespace() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn line(rule: &Rule, facts: &Facts, token: &Token) -> Markup {
    html! {
        p { a class="strong" href=(format!("/alerts?rule={}", rule.n)) { bdi { (rule.name) } } @if rule.off.is_some() { " (off)" } }
        p class="why" {
            "Tells when " (rule.watched.when.sentence()) (about(&rule.watched, &facts.sources)) " · asked by " bdi { (rule.who) } ", " (moment(rule.at))
            " · " a href=(format!("/alerts/{}.atom", rule.n)) { "Feed" }
        }
        @for channel in &rule.channels { p class="why" {
            (channel.kind) " to " bdi { (channel.to) }
            @if let Some((at, why)) = &channel.off { ": off since " (moment(*at)) ", " bdi { (why) } }
            @else if rule.off.is_none() && !facts.ways.contains(&channel.kind) { ": this server was not told how to send it; see " code { "variorum serve --help" } }
        } }
        @if let Some((at, who)) = &rule.off { p class="why" { "Turned off by " bdi { (who) } ", " (moment(*at)) } }
        @else if token.has_forms() { details class="back" { summary { "Turn off" }
            form class="correct" method="post" action=(format!("/alerts/{}/off", rule.n)) {
                (secret(token))
                (who(&format!("off-{}", rule.n), token))
                p class="field buttons" { button { "Turn it off" span class="unseen" { " (" (rule.name) ")" } } }
            }
        } }
    }
}

fn about(watched: &Watched, sources: &[Source]) -> Markup {
    html! {
        @if let Some(story) = &watched.story { " in " a href=(address::story(story)) { "one story" } }
        @if let Some(query) = &watched.query { " with " a href=(format!("/search?q={}", encode(query))) { code { bdi { (query) } } } }
        @if let Some(source) = &watched.source {
            ": " bdi { (sources.iter().find(|one| one.n.to_string() == *source).map_or_else(|| format!("source {source}"), named)) }
        }
    }
}

fn named(source: &Source) -> String {
    source.title.clone().or_else(|| source.outlet.clone()).unwrap_or_else(|| source.shown.clone())
}
