//! The form that makes a rule, and the page that tells the secrets of its webhooks, once.

use axum::extract::State as Of;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use variorum_store::alerts::{NewChannel, NewRule, RuleMade, Watched, When};

use super::super::form::{secret, who};
use super::super::layout::{Place, frame};
use super::super::story::write;
use super::{Facts, named};
use crate::address::{Asked, Fields};
use crate::door::{Posted, Token};
use crate::{Error, State};

/// The most sources that the form offers.
const SOURCES: usize = 500;

/// Makes a rule.
pub async fn make(Of(state): Of<State>, Posted(fields): Posted) -> Result<Response, Error> {
    let rule = read(&fields, (state.clock)())?;
    let name = rule.name.clone();
    let made = write(state, move |state| Ok(state.store.write(move |writing| writing.make_rule(rule))?)).await?;
    let made = made.map_err(Error::Asked)?;
    if made.secrets.is_empty() {
        return Ok(Redirect::to(&format!("/alerts#r{}", made.n)).into_response());
    }
    let mut page = (StatusCode::CREATED, Html(secrets(&made, &name).into_string())).into_response();
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

fn read(fields: &Fields, at: i64) -> Result<NewRule, Error> {
    let text = |name: &str| fields.get(name).map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
    let when = text("when").and_then(|name| When::of(&name));
    let when = when.ok_or_else(|| Error::Asked("say what to wait for".to_owned()))?;
    // A story is named by its name or by the address of its page, as a person copies it.
    let story = text("story").map(|given| match given.split_once("/story/") {
        Some((_, raw)) => {
            let raw = raw.split(['?', '#', '/']).next().unwrap_or("");
            crate::address::decode(crate::address::cut(raw).0).unwrap_or(given)
        }
        None => given,
    });
    let watched = Watched { when, story, query: text("q"), source: text("source") };
    let mut channels = Vec::new();
    channels.extend(text("webhook").map(NewChannel::Webhook));
    channels.extend(text("mail").map(NewChannel::Mail));
    let (name, who) = (text("name").unwrap_or_default(), text("who").unwrap_or_default());
    Ok(NewRule { name, watched, channels, who, at })
}

fn secrets(made: &RuleMade, name: &str) -> Markup {
    let mut place = Place::of("The rule is made");
    place.kind = "alerts";
    frame(
        &place,
        html! {
            h1 { "The rule is made" }
            p class="lede" { "“" bdi { (name) } "” tells from now on. Write the secret down: it is shown here and never again. With it a receiver checks that a message is from this newsroom." }
            dl class="facts" { @for (to, secret) in &made.secrets { dt { bdi { (to) } } dd { code { (secret) } } } }
            p { a href=(format!("/alerts#r{}", made.n)) { "All rules" } }
        },
    )
}

/// Returns the form; what the address names is filled in.
pub fn form(facts: &Facts, asked: &Asked, token: &Token) -> Markup {
    let given = |name: &str| asked.query.get(name).unwrap_or_default().to_owned();
    let (story, query, source) = (given("story"), given("q"), given("source"));
    let is_asked = !(story.is_empty() && query.is_empty() && source.is_empty());
    let when = When::of(&given("when")).unwrap_or(match (story.is_empty(), source.is_empty()) {
        (_, false) => When::Silent,
        (false, true) => When::Origin,
        (true, true) => When::Report,
    });
    html! { @if token.has_forms() { details id="make" open[is_asked || facts.rules.is_empty()] { summary { "Make a rule" }
        form class="correct" method="post" action="/alerts" {
            (secret(token))
            p class="field wide" { label for="rule-name" { "Name" } input id="rule-name" name="name" required maxlength="200" value=(query.chars().take(200).collect::<String>()) dir="auto" autocomplete="off"; }
            p class="field wide" { label for="rule-when" { "Tell me when" } select id="rule-when" name="when" { @for one in When::ALL {
                option value=(one.name()) selected[one == when] { (one.sentence()) }
            } } }
            p class="field wide" { label for="rule-story" { "In this story (its address or name)" } input id="rule-story" name="story" value=(story) autocomplete="off"; }
            p class="field wide" { label for="rule-q" { "Or: among what this search finds" } input id="rule-q" name="q" maxlength="2000" value=(query) dir="auto" autocomplete="off"; }
            @if !facts.sources.is_empty() { p class="field wide" { label for="rule-source" { "Of silence and failure: this source" } select id="rule-source" name="source" {
                option value="" { "any source" }
                @for one in facts.sources.iter().take(SOURCES) { @let n = one.n.to_string(); option value=(n) selected[n == source] { (named(one)) } }
            } } }
            p class="field wide" { label for="rule-webhook" { "Send JSON to (https)" } input id="rule-webhook" name="webhook" type="url" maxlength="2000" autocomplete="off"; }
            p class="field wide" { label for="rule-mail" { "Send mail to" } input id="rule-mail" name="mail" type="email" maxlength="254" autocomplete="off"; }
            (who("rule-who", token))
            p class="field buttons" { button { "Make the rule" } }
        }
        p class="why" { "Without a story and a search a rule looks at all stories. Each rule has a feed; webhook and mail are as you like. What is there now is not told." }
    } } }
}
