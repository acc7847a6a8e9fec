//! The page of an outlet: counts of what it did here, and no rating.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State as Of;
use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;
use variorum_news::DriftKind;
use variorum_newsroom::Outlet;
use variorum_publish::{counted, drift_kind, published};
use variorum_store::{ReportRow, Seq};

use super::card::tag;
use super::layout::{Place, frame};
use super::when::moment;
use crate::address::{self, Asked, encode};
use crate::{Error, State};

/// How many reports a page lists.
const PAGE: usize = 40;
/// How many other outlets are named.
const OTHERS: usize = 12;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// The counts.
    #[serde(flatten)]
    pub outlet: Outlet,
    /// Its reports, the last one first.
    pub latest: Vec<ReportRow>,
    /// Where the list goes on.
    pub next: Option<String>,
    #[serde(skip)]
    known: BTreeSet<String>,
}

pub async fn outlet(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let wrong = |_| Error::Store(variorum_store::Error::Cursor);
    let before = asked.query.get("cursor").map(|text| Seq::from_str_radix(text, 16).map_err(wrong)).transpose()?;
    state
        .read(move |view| {
            let name = asked.name();
            let outlet =
                variorum_newsroom::outlet(view, name)?.ok_or_else(|| Error::Missing(format!("outlet `{name}`")))?;
            let mut latest = view.reports_of_outlet(name, before.unwrap_or(Seq::MAX), PAGE + 1)?;
            let more = latest.len() > PAGE;
            latest.truncate(PAGE);
            let next = latest.last().filter(|_| more).map(|row| format!("{:x}", row.seq));
            // A source that is credited may be none of those whose reports are here.
            let mut known = BTreeSet::new();
            for (other, _) in outlet.sources.iter().take(OTHERS).chain(outlet.rewritten_by.iter().take(OTHERS)) {
                known.extend(view.outlet_row(other)?.map(|row| row.outlet));
            }
            let facts = Facts { outlet, latest, next, known };
            Ok(super::answer(&asked, &facts, |facts| page(facts, &asked)))
        })
        .await
}

fn page(facts: &Facts, asked: &Asked) -> Markup {
    let Outlet { row, shared, original, copied, sources, rewritten_by, drift, bent_by_others } = &facts.outlet;
    let mut place = Place::of(row.outlet.as_str());
    place.kind = "outlet";
    place.json = Some(asked.json());
    place.copy = asked.copy;
    place.feeds = vec![("Feed of this outlet".to_owned(), format!("/outlet/{}.atom", encode(&row.outlet)))];
    let query = |more: &str| encode(&format!("outlet:\"{}\"{more}", row.outlet.replace('"', " ")));
    let search = |more: &str| asked.copy.is_none().then(|| format!("/search?q={}", query(more)));
    frame(
        &place,
        html! {
            h1 { bdi { (row.outlet) } }
            p class="counts" { @match search("") { Some(href) => { a href=(href) { (counted(row.reports as usize, "report")) } } None => { (counted(row.reports as usize, "report")) } } ", the last first seen " (moment(row.newest)) }
            p class="lede" { "These are counts of what is kept here, in stories that others tell too. They are no rating: who reports much is copied much, and a count says nothing of who is right." }
            div class="figures" {
                (figure(*shared, "reports in stories that others tell too", None))
                (figure(*original, "with words of their own", search(" origin:original")))
                (figure(*copied, "with words of another", search(" origin:copied")))
            }
            div class="halves" {
                (others("Whose words it has", sources, &facts.known, "Nobody’s, as far as is known."))
                (others("Who has its words", rewritten_by, &facts.known, "Nobody, as far as is known."))
                (bent("What its rewrites changed", drift))
                (bent("What rewrites of it changed", bent_by_others))
            }
            section { h2 { "Its reports" } ul class="rows" { @for row in &facts.latest { li data-row { (listed(row)) } } } }
            @if let Some(next) = &facts.next { p class="older" { a rel="next" href=(format!("{}{}", asked.path, asked.query.with("cursor", Some(next)))) { "Older reports" } } }
        },
    )
}

fn figure(n: u64, words: &str, href: Option<String>) -> Markup {
    html! { p class="figure" { b { @match &href { Some(href) if n > 0 => { a href=(href) { (n) } } _ => { (n) } } } " " span { (words) } } }
}

fn others(title: &str, names: &[(String, u64)], known: &BTreeSet<String>, none: &str) -> Markup {
    html! { section { h2 { (title) }
        @if names.is_empty() { p class="why" { (none) } }
        ul class="counted" { @for (name, n) in names.iter().take(OTHERS) { li { @if known.contains(name) { a href=(address::outlet(name)) { bdi { (name) } } } @else { bdi { (name) } } " " span class="n" { (counted(*n as usize, "report")) } } } }
        @if names.len() > OTHERS { p class="why" { "and " (names.len() - OTHERS) " more" } }
    } }
}

fn bent(title: &str, kinds: &BTreeMap<DriftKind, u64>) -> Markup {
    html! { section { h2 { (title) }
        @if kinds.is_empty() { p class="why" { "Nothing, as far as is known." } }
        ul class="counted" { @for (kind, n) in kinds { li { (drift_kind(*kind)) " " span class="n" { (n) } } } }
    } }
}

fn listed(row: &ReportRow) -> Markup {
    html! {
        p { a class="strong" href=(address::report(&row.id)) lang=[tag(row.language.as_deref())] dir="auto" { (row.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&row.id)) } }
        p class="why" { @if let Some(author) = &row.author { "by " bdi { (author) } ", " } @match &row.day { Some(day) => { (published(day)) } None => { "no date given" } } }
    }
}
