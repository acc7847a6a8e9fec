//! The page of a story, part by part.

use maud::{Markup, html};
use variorum_news::{Report, ReportId};
use variorum_newsroom::{Changes, Ruling};
use variorum_publish::{Parts, counted, published, story_parts};

use super::super::form::secret;
use super::super::layout::{Place, contents, frame};
use super::super::when::moment;
use super::findings::{finding, judged};
use super::{Facts, ReportFacts, correct};
use crate::address::{self, Asked};
use crate::door::Token;

/// Returns the page. Without a token it has no forms, and nothing else that only a server can do.
pub fn page(facts: &Facts, asked: &Asked, token: Option<&Token>) -> Markup {
    let reports: Vec<&Report> = facts.reports.iter().map(|fact| &fact.report).collect();
    let parts = story_parts(&facts.story, &reports);
    let title = facts.card.title.as_deref().unwrap_or("Untitled story");
    let mut place = Place::of(title);
    place.kind = "story";
    place.json = Some(asked.json());
    place.copy = asked.copy;
    let shown = Shown::of(facts);
    let last = facts.editions.last().map_or(0, |edition| edition.0);
    frame(
        &place,
        html! {
            (contents(&headings(facts, &parts, &shown, token)))
            article class="story" data-story=(facts.card.id) data-edition=(last) data-changed=(facts.card.changed) {
                (head(facts, &parts, title, token.is_some_and(Token::has_forms)))
                @if let Some(token) = token { (notice(facts, token)) }
                @if token.is_some() { (changed(facts, &parts)) }
                (parts.account)
                (parts.lineage)
                (section("s1-variants", "Where the reports differ", !shown.variants.is_empty(), html! {
                    @for &n in &shown.variants { (finding(facts, &facts.variant_keys[n], &parts.variants[n], token)) }
                }))
                (section("s1-drift", "What rewrites changed", !shown.drift.is_empty(), html! {
                    @if token.is_some() { (side_toggle()) }
                    @for &n in &shown.drift { (finding(facts, &facts.drift_keys[n], &parts.drift[n], token)) }
                }))
                (parts.timeline)
                (parts.statements)
                (coverage(facts, &parts))
                (alone(&parts))
                (witnesses(facts, &parts))
                (dismissed(facts, &parts, &shown, token))
                @if let Some(token) = token { (correct::forms(facts, token)) }
                (history(facts, token))
            }
        },
    )
}

/// The findings that are shown in their places, and those that a person dismissed, by place.
struct Shown {
    variants: Vec<usize>,
    drift: Vec<usize>,
    no_variants: Vec<usize>,
    no_drift: Vec<usize>,
}

impl Shown {
    fn of(facts: &Facts) -> Self {
        let dismissed = |key: &String| facts.decisions.get(key).is_some_and(|d| d.ruling == Ruling::Dismissed);
        let split = |keys: &[String]| (0..keys.len()).partition(|n| !dismissed(&keys[*n]));
        let (variants, no_variants) = split(&facts.variant_keys);
        let (drift, no_drift) = split(&facts.drift_keys);
        Shown { variants, drift, no_variants, no_drift }
    }
}

fn headings(facts: &Facts, parts: &Parts, shown: &Shown, token: Option<&Token>) -> Vec<(String, String)> {
    let told = |part: &Markup| !part.0.is_empty();
    [
        (facts.changes.is_some(), "#changes", "What changed"),
        (told(&parts.account), "#s1-account", "The account"),
        (true, "#s1-lineage", "Where the words come from"),
        (!shown.variants.is_empty(), "#s1-variants", "Where the reports differ"),
        (!shown.drift.is_empty(), "#s1-drift", "What rewrites changed"),
        (told(&parts.timeline), "#s1-timeline", "What happened when"),
        (told(&parts.statements), "#s1-statements", "Agreed, and told once"),
        (true, "#coverage", "Coverage by origin"),
        (parts.witnesses.iter().any(|w| !w.alone.is_empty()), "#alone", "What one report alone tells"),
        (true, "#s1-reports", "The reports"),
        (token.is_some_and(Token::has_forms), "#correct", "Correct this story"),
    ]
    .into_iter()
    .filter(|heading| heading.0)
    .map(|(_, href, name)| (href.to_owned(), name.to_owned()))
    .collect()
}

fn section(id: &str, title: &str, is_there: bool, inner: Markup) -> Markup {
    html! { @if is_there { section id=(id) { h2 { (title) } (inner) } } }
}

const LONG: usize = 70;

fn head(facts: &Facts, parts: &Parts, title: &str, is_live: bool) -> Markup {
    html! { header class=(if title.chars().count() > LONG { "head long" } else { "head" }) {
        p class="counts" { (parts.counts) }
        h1 { (parts.title) }
        (parts.origins)
        p class="changed" { "Newest change " (moment(facts.card.changed)) "; first seen " (moment(facts.card.first_seen)) }
        (take_away(&facts.card.id))
        @if is_live { p class="why" { a href=(format!("/alerts?story={}#make", address::encode(&facts.card.id))) { "Tell me when…" } } }
    } }
}

/// The forms in which the story is handed on.
fn take_away(id: &str) -> Markup {
    let base = address::story(id);
    let ways = [
        ("JSON", ".json"),
        ("JSON-LD", ".jsonld"),
        ("PROV", ".prov.json"),
        ("Web Annotation", ".annotations.json"),
        ("NewsML-G2", ".newsml.xml"),
        ("differences as CSV", "/variants.csv"),
        ("changes as CSV", "/drift.csv"),
    ];
    html! { details class="away" { summary { "Take it along" } ul {
        @for (name, suffix) in ways { li { a href=(format!("{base}{suffix}")) { (name) } } }
    } } }
}

fn side_toggle() -> Markup {
    html! { p class="toggle script" hidden { button type="button" data-do="side" aria-pressed="true" { "Side by side " kbd { "s" } } } }
}

/// What a person has just done here, with the way back.
fn notice(facts: &Facts, token: &Token) -> Markup {
    html! { @if let Some(correction) = facts.notice.as_ref().filter(|_| token.has_forms()) { div class="notice" role="status" {
        p { "Correction " (correction.n) " is kept: " (super::super::corrections::told(&correction.body)) "." }
        form method="post" action=(format!("/corrections/{}/undo", correction.n)) {
            (secret(token))
            input type="hidden" name="who" value=(correction.who);
            button { "Take it back" }
        }
    } } }
}

fn siglum(parts: &Parts, facts: &Facts, id: &ReportId) -> Markup {
    let place = facts.story.reports.iter().filter(|known| facts.row(known).is_some()).position(|known| known == id);
    match place.and_then(|place| parts.witnesses.get(place)) {
        Some(w) => {
            html! { a class=(format!("siglum {}", w.class)) href=(format!("#s1-{}", w.siglum)) { (w.siglum) } " " bdi { (w.name) } }
        }
        None => html! { a href=(address::report(id)) { bdi { (id) } } },
    }
}

fn changed(facts: &Facts, parts: &Parts) -> Markup {
    let Some(changes) = &facts.changes else {
        return html! { p class="since script" hidden data-since { a href="?" { "What changed since you last looked" } } };
    };
    html! { section id="changes" class="changes" {
        h2 { @match changes.from {
            Some((n, at)) => { "What changed since edition " (n) ", " (moment(at)) }
            None => { "What is new: it was not here then" }
        } }
        @if is_same(changes) { p { "Nothing that a reader would see." } }
        ul {
            (came("came", &changes.came, facts, parts))
            (came("left", &changes.left, facts, parts))
            @if !changes.revised.is_empty() { li { (counted(changes.revised.len(), "report")) " changed " @if changes.revised.len() == 1 { "its" } @else { "their" } " words: "
                @for id in &changes.revised { (siglum(parts, facts, id)) " (" a href=(format!("{}#revisions", address::report(id))) { "how" } ") " } } }
            @if changes.origins.0 != changes.origins.1 { li { "independent origins: " (changes.origins.0) " before, " (changes.origins.1) " now" } }
            (found("difference", &changes.new_variants, changes.settled_variants))
            (found("change by a rewrite", &changes.new_drift, changes.settled_drift))
        }
    } }
}

fn is_same(c: &Changes) -> bool {
    c.came.is_empty()
        && c.left.is_empty()
        && c.revised.is_empty()
        && c.origins.0 == c.origins.1
        && c.new_variants.is_empty()
        && c.new_drift.is_empty()
        && c.settled_variants + c.settled_drift == 0
}

fn came(verb: &str, ids: &[ReportId], facts: &Facts, parts: &Parts) -> Markup {
    html! { @if !ids.is_empty() { li { (counted(ids.len(), "report")) " " (verb) ": "
        @for (n, id) in ids.iter().enumerate() { @if n > 0 { ", " } (siglum(parts, facts, id)) }
    } } }
}

fn found(noun: &str, new: &[String], settled: usize) -> Markup {
    let told = |n: usize| match noun.split_once(' ') {
        Some((head, rest)) => format!("{} {rest}", counted(n, head)),
        None => counted(n, noun),
    };
    html! {
        @if !new.is_empty() { li { "new: " (told(new.len())) @for (n, key) in new.iter().enumerate() { " " a href=(format!("#f-{key}")) { "[" (n + 1) "]" } } } }
        @if settled > 0 { li { "no more: " (told(settled)) } }
    }
}

/// Each origin with its reports: who published them, when, and whose words they have.
fn coverage(facts: &Facts, parts: &Parts) -> Markup {
    let mut origins: Vec<Vec<usize>> = Vec::new();
    for (n, witness) in parts.witnesses.iter().enumerate() {
        while origins.len() <= witness.origin {
            origins.push(Vec::new());
        }
        origins[witness.origin].push(n);
    }
    html! { section id="coverage" {
        h2 { "Coverage by origin" }
        p class="lede" { "Reports of one origin have their words from one source and count once." }
        table role="table" class="coverage" {
            thead role="rowgroup" { tr role="row" { @for name in ["Origin", "Report", "Published", "First seen", "Its words"] { th role="columnheader" scope="col" { (name) } } } }
            @for (origin, members) in origins.iter().enumerate() { tbody role="rowgroup" {
                @for (n, &place) in members.iter().enumerate() { tr role="row" {
                    @if n == 0 { th role="rowheader" scope="rowgroup" rowspan=(members.len()) { span class="value" { (origin + 1) } span class="weight" { (counted(members.len(), "report")) } } }
                    (covered(facts, parts, place))
                } }
            } }
        }
    } }
}

fn covered(facts: &Facts, parts: &Parts, place: usize) -> Markup {
    let witness = &parts.witnesses[place];
    let Some(fact) = facts.story.reports.iter().filter_map(|id| facts.row(id)).nth(place) else { return html! {} };
    html! {
        td role="cell" { a class=(format!("siglum {}", witness.class)) href=(format!("#s1-{}", witness.siglum)) { (witness.siglum) } " "
            a href=(address::report(&fact.report.id)) { bdi { (witness.name) } } }
        td role="cell" data-label="published" { @match &fact.report.published { Some(day) => { (published(day)) } None => { span class="why" { "no date given" } } } }
        td role="cell" data-label="first seen" { (moment(fact.row.first_seen)) }
        td role="cell" data-label="words" { (whose(fact)) }
    }
}

fn whose(fact: &ReportFacts) -> &'static str {
    match fact.flags.original {
        Some(true) => "its own",
        Some(false) => "another's",
        None => "not known",
    }
}

fn alone(parts: &Parts) -> Markup {
    let telling: Vec<_> = parts.witnesses.iter().filter(|w| !w.alone.is_empty()).collect();
    html! { @if !telling.is_empty() { section id="alone" {
        h2 { "What one report alone tells" }
        @for witness in telling { details {
            summary { span class=(format!("siglum {}", witness.class)) { (witness.siglum) } " " bdi { (witness.name) } ": " (counted(witness.alone.len(), "statement")) }
            ul class="statements" { @for said in &witness.alone { li { (said) } } }
        } }
    } } }
}

fn witnesses(facts: &Facts, parts: &Parts) -> Markup {
    let rows = facts.story.reports.iter().filter_map(|id| facts.row(id));
    html! { section id="s1-reports" {
        h2 { "The reports" }
        @for (witness, fact) in parts.witnesses.iter().zip(rows) { div class="held" {
            (witness.article)
            p class="on" {
                a href=(address::report(&fact.report.id)) { "The report with its annotations" }
                @if fact.row.revisions > 1 { " · " a href=(format!("{}#revisions", address::report(&fact.report.id))) { (counted(fact.row.revisions as usize, "revision")) } }
                @if let Some(outlet) = fact.report.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty()) { " · " a href=(address::outlet(outlet)) { "more of " bdi { (outlet) } } }
            }
        } }
    } }
}

fn dismissed(facts: &Facts, parts: &Parts, shown: &Shown, token: Option<&Token>) -> Markup {
    let count = shown.no_variants.len() + shown.no_drift.len();
    html! { @if count > 0 { section id="dismissed" {
        h2 { "Dismissed" }
        details {
            summary { (counted(count, "finding")) " that a person dismissed" }
            @for &n in &shown.no_variants { (finding(facts, &facts.variant_keys[n], &parts.variants[n], token)) }
            @for &n in &shown.no_drift { (finding(facts, &facts.drift_keys[n], &parts.drift[n], token)) }
        }
    } } }
}

fn history(facts: &Facts, token: Option<&Token>) -> Markup {
    let last = facts.editions.last().map_or(0, |edition| edition.0);
    html! { section id="history" {
        h2 { "How this page came about" }
        @if !facts.corrections.is_empty() {
            h3 { "Corrections by people" }
            ul class="log" { @for correction in facts.corrections.iter().rev() { li { (judged(correction, token)) } } }
        }
        h3 { "Editions" }
        @if token.is_some() { p class="lede" { "A letter of changes for each: what is different now from what it was then." } }
        ol class="editions" { @for (n, at) in facts.editions.iter().rev().take(50) {
            li value=(n) { @if *n == last { "this one, made " (moment(*at)) } @else if token.is_none() { "made " (moment(*at)) } @else { a href=(format!("?since={n}#changes")) aria-current=[(facts.since.as_deref() == Some(n.to_string().as_str())).then_some("true")] { "since " (moment(*at)) } } }
        } }
    } }
}
