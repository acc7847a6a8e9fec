//! The page of a report: its words, what was found in them, what was taken out, and how they changed.

use axum::extract::State as Of;
use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;
use variorum_news::{CreditKind, Edge, Report, ReportId, Source, Story};
use variorum_newsroom::{Member, member};
use variorum_publish::{annotated_text, counted, found, host, language_of, published, revision};
use variorum_store::{Flags, Gone, Placed, ReportRow, Revision, StoryCard, View};

use super::layout::{Place, frame};
use super::when::moment;
use crate::address::{self, Asked};
use crate::{Error, State};

/// The most revisions that are compared; the JSON has them all.
const MOST: usize = 20;

/// The facts of the page.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// What the record says of it.
    pub row: ReportRow,
    /// Its words and annotations.
    pub report: Report,
    /// Where it was placed.
    pub placed: Option<Placed>,
    /// What the collation says of it.
    pub flags: Flags,
    /// Its story, as lists show it.
    pub story: Option<StoryCard>,
    /// The links of the story's lineage that touch it.
    pub lineage: Vec<Edge>,
    /// All states of its words, the first one first.
    pub revisions: Vec<Revision>,
    #[serde(skip)]
    kin: Vec<(ReportId, String)>,
}

pub async fn report(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    state
        .read(move |view| {
            let id = asked.name();
            let Some(member) = member(view, id)? else {
                return Err(match view.gone(Gone::Report, id)? {
                    Some(_) => Error::Gone(format!("the report `{id}`")),
                    None => Error::Missing(format!("report `{id}`")),
                });
            };
            let facts = Facts::read(view, member)?;
            Ok(super::answer(&asked, &facts, |facts| page(facts, &asked)))
        })
        .await
}

impl Facts {
    fn read(view: &View, member: Member) -> Result<Self, Error> {
        let Member { row, report, placed, flags } = member;
        let story = placed.as_ref().map(|placed| view.story_card(&placed.story)).transpose()?.flatten();
        let told: Option<Story> = story.as_ref().map(|card| view.story(&card.id)).transpose()?.flatten();
        let touches = |edge: &Edge| edge.to == report.id || edge.from == Source::Report(report.id.clone());
        let lineage: Vec<Edge> = told.map_or_else(Vec::new, |told| told.lineage.into_iter().filter(touches).collect());
        let mut kin = Vec::new();
        for id in lineage
            .iter()
            .flat_map(|edge| [Some(&edge.to), of_report(&edge.from)])
            .flatten()
            .filter(|id| **id != report.id)
        {
            let seq = view.seq(id)?;
            let row = seq.map(|seq| view.report_row(seq)).transpose()?.flatten();
            kin.push((id.clone(), row.and_then(|row| row.outlet.or(row.title)).unwrap_or_else(|| id.to_string())));
        }
        let revisions = if row.revisions > 1 { view.revisions(row.seq)? } else { Vec::new() };
        Ok(Facts { row, report, placed, flags, story, lineage, revisions, kin })
    }

    fn name<'a>(&'a self, id: &'a ReportId) -> &'a str {
        self.kin.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name)
    }
}

fn of_report(source: &Source) -> Option<&ReportId> {
    match source {
        Source::Report(id) => Some(id),
        Source::Outside { .. } => None,
    }
}

fn page(facts: &Facts, asked: &Asked) -> Markup {
    let report = &facts.report;
    let title = report.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&report.id);
    let mut place = Place::of(title);
    place.kind = "report";
    place.json = Some(asked.json());
    place.copy = asked.copy;
    let language = language_of(report);
    frame(
        &place,
        html! {
            article class="report" {
                header class="head" {
                    p class="counts" { (said_by(facts)) }
                    h1 lang=[language] dir="auto" { (title) }
                    @if let Some(standfirst) = &report.standfirst { p class="standfirst" lang=[language] dir="auto" { (standfirst) } }
                    (facts_of(facts))
                }
                div class="columns" {
                    div class="body" {
                        (toggles(report))
                        div class="text annotated" lang=[language] { (annotated_text(report)) }
                    }
                    aside class="beside" aria-label="About this report" {
                        (in_story(facts))
                        (credits(report))
                        (removed(report))
                        (notes(report))
                    }
                }
                (revisions(facts))
            }
        },
    )
}

fn said_by(facts: &Facts) -> Markup {
    let report = &facts.report;
    html! {
        @match report.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty()) {
            Some(outlet) => { a href=(address::outlet(outlet)) { bdi { (outlet) } } }
            None => { "publisher not named" }
        }
        @if !report.byline.is_empty() { ", by " bdi { (report.byline.join(", ")) } }
    }
}

fn facts_of(facts: &Facts) -> Markup {
    let report = &facts.report;
    html! { p class="facts" {
        @match &report.published { Some(day) => { "Published " time datetime=(day) { (published(day)) } } None => { "No date given" } }
        @if let Some(day) = report.modified.as_ref().filter(|day| Some(*day) != report.published.as_ref()) { ", changed " time datetime=(day) { (published(day)) } }
        "; first seen " (moment(facts.row.first_seen))
        @match (&report.url, report.url.as_deref().and_then(host)) {
            (Some(url), Some(host)) => { ". At " a href=(url) rel="noopener noreferrer external" { (host) } }
            (Some(url), None) => { ". " span class="address" { bdi { (url) } } }
            (None, _) => {}
        }
        ". Name: " code { bdi { (report.id) } }
    } }
}

const KINDS: [(&str, &str); 5] =
    [("quote", "Quotes"), ("figure", "Figures"), ("date", "Dates"), ("name", "Names"), ("attribution", "Who says so")];

/// Ticks that the style obeys, so that they work without script.
fn toggles(report: &Report) -> Markup {
    let found = found(report);
    if found.is_empty() {
        return html! {};
    }
    html! { fieldset class="toggles" { legend { "Show" }
        @for (kind, name) in KINDS { @if let Some((_, n)) = found.iter().find(|(known, _)| *known == kind) {
            label class=(format!("a {kind}")) { input type="checkbox" id=(format!("show-{kind}")) autocomplete="off"; " " (name) " " span class="n" { (n) } }
        } }
    } }
}

fn in_story(facts: &Facts) -> Markup {
    html! { section { h2 { "Its place" }
        @match &facts.story {
            Some(card) => { p { a class="strong" href=(address::story(&card.id)) dir="auto" { (card.title.as_deref().unwrap_or("Untitled story")) } }
                p class="why" { (super::card::counts(card)) } }
            None => { p { "It is not placed in a story yet." } }
        }
        p { @match facts.flags.original { Some(true) => { "Its words are its own." } Some(false) => { "It has words of another report." } None => { "Whose words it has is not known yet." } } }
        @if let Some(first) = facts.placed.as_ref().and_then(|placed| placed.duplicate_of.as_ref()) { p { "Same text as " a href=(address::report(first)) { bdi { (first) } } "." } }
        @if facts.flags.drift { p { "It changed something that its source says." } }
        @if !facts.lineage.is_empty() { ul class="tree" { @for edge in &facts.lineage { li { (link(facts, edge)) } } } }
    } }
}

fn link(facts: &Facts, edge: &Edge) -> Markup {
    let words = variorum_publish::link(edge);
    let other = |id: &ReportId| html! { a href=(address::report(id)) { bdi { (facts.name(id)) } } };
    html! {
        @if edge.to == facts.report.id {
            "from " @match &edge.from { Source::Report(id) => { (other(id)) } Source::Outside { outside } => { "«" bdi { (outside) } "»" } }
        } @else { "to " (other(&edge.to)) }
        " " span class="link" { (words) }
        @if !edge.explain.is_empty() { details class="evidence" { summary { "why" } p { bdi { (edge.explain) } } } }
    }
}

fn credits(report: &Report) -> Markup {
    let kind = |kind| match kind {
        CreditKind::OriginalSource => "original source",
        CreditKind::ReportedBy => "reported by",
        CreditKind::Agency => "agency",
        CreditKind::Photo => "picture",
    };
    html! { @if !report.credits.is_empty() { section { h2 { "Whom it names" }
        ul class="plain" { @for credit in &report.credits { li { bdi { (credit.source) } " " span class="why" { (kind(credit.kind)) } ": “" bdi { (credit.text) } "”" } } }
    } } }
}

fn removed(report: &Report) -> Markup {
    html! { @if !report.removed.is_empty() { section { h2 { "Not of the article" }
        details { summary { (counted(report.removed.len(), "passage")) " taken out" }
            ul class="plain" { @for removed in &report.removed { li { span class="was" dir="auto" { (removed.text) } " " span class="why" { (removed.reason) } } } } }
    } } }
}

fn notes(report: &Report) -> Markup {
    html! { @if !report.notes.is_empty() { section { h2 { "Notes" } ul class="plain" { @for note in &report.notes { li { bdi { (note.note) } } } } } } }
}

/// Each revision beside the one before it, the last change first.
fn revisions(facts: &Facts) -> Markup {
    html! { @if facts.revisions.len() > 1 { section id="revisions" {
        h2 { (counted(facts.revisions.len(), "revision")) }
        @for pair in facts.revisions.windows(2).rev().take(MOST) {
            details open[pair[1].n == facts.row.revisions] {
                summary { "Revision " (pair[1].n) ", first seen " (moment(pair[1].seen)) ", against " (pair[0].n) ", " (moment(pair[0].seen)) }
                @if pair[0].report.title != pair[1].report.title { p class="label" { "Headline" } (revision(pair[0].report.title.as_deref().unwrap_or(""), pair[1].report.title.as_deref().unwrap_or(""))) }
                @if pair[0].report.text == pair[1].report.text { p { "The text is the same." } } @else { (revision(&pair[0].report.text, &pair[1].report.text)) }
            }
        }
        @if facts.revisions.len() > MOST + 1 { p { "… and " (facts.revisions.len() - 1 - MOST) " earlier changes in the page’s JSON" } }
    } } }
}
