//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

use super::assets::{ICON_ADDRESS, SCRIPT_ADDRESS, STYLE_ADDRESS};
use super::when::moment;
use crate::address::CopyOf;

/// Where a page stands.
#[derive(Debug, Default)]
pub struct Place {
    /// What the window is called.
    pub title: String,
    /// What kind of page it is; the style knows.
    pub kind: &'static str,
    /// The address of its facts as JSON.
    pub json: Option<String>,
    /// Feeds of it: what they are called, and where they are.
    pub feeds: Vec<(String, String)>,
    /// What stands in the search box.
    pub query: String,
    /// Whether it is a page of a copy without a server.
    pub copy: Option<CopyOf>,
}

impl Place {
    /// Returns the place of a page of that title.
    pub fn of(title: impl Into<String>) -> Self {
        Place { title: title.into(), ..Place::default() }
    }
}

const ROOMS: [(&str, &str, &str); 7] = [
    ("front", "/", "Stories"),
    ("search", "/search", "Search"),
    ("saved", "/saved", "Saved"),
    ("alerts", "/alerts", "Alerts"),
    ("corrections", "/corrections", "Corrections"),
    ("sources", "/sources", "Sources"),
    ("status", "/status", "Status"),
];

/// Returns a whole page.
pub fn frame(place: &Place, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(*STYLE_ADDRESS);
                link rel="icon" type="image/svg+xml" href=(*ICON_ADDRESS);
                @if place.copy.is_some() {
                    // Files are sent without headers, and script of ours would look for the server.
                    meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'";
                    meta name="referrer" content="no-referrer";
                } @else { script defer src=(*SCRIPT_ADDRESS) {} }
                @if let Some(json) = &place.json { link rel="alternate" type="application/json" href=(json); }
                @for (name, href) in &place.feeds { link rel="alternate" type="application/atom+xml" title=(name) href=(href); }
                title { (place.title) " · Variorum" }
            }
            body class=(format!("room at-{}", place.kind)) {
                a class="skip" href="#main" { "Skip to the text" }
                (head(place))
                main id="main" tabindex="-1" { (main) }
                (foot(place))
            }
        }
    }
}

fn head(place: &Place) -> Markup {
    html! { header class="masthead" {
        p class="name" { a href="/" { "Variorum" } }
        nav class="rooms" aria-label="Rooms" { ul { @for (kind, href, name) in ROOMS.into_iter().take(if place.copy.is_some() { 1 } else { ROOMS.len() }) {
            li { a href=(href) aria-current=[(kind == place.kind).then_some("page")] { (name) } }
        } } }
        @match place.copy {
            Some(CopyOf(changed)) => { p class="why" { "This is a copy; what it shows changed last on " (moment(changed)) ". Search and corrections need the server." } }
            None => { form class="find" role="search" action="/search" method="get" {
                label class="unseen" for="q" { "Search reports" }
                input id="q" type="search" name="q" value=(place.query) placeholder="Search reports" dir="auto" autocomplete="off" maxlength="2000";
                button { "Search" }
            } }
        }
        // Pages are shared among those who have the same forms, so none names who looks at it.
        @if place.copy.is_none() { p class="me" { a href="/account" aria-current=[(place.kind == "account").then_some("page")] { "Account" } } }
    } }
}

fn foot(place: &Place) -> Markup {
    html! { footer {
        p { "Every statement rests on words of a report, and its letter leads to them. The numbers count reporting, not truth: reports "
            "with words from one source count once." }
        ul class="ways" {
            li { a href="/about" { "What this counts" } }
            @if place.copy.is_none() { li { a href="/keys" { "Keys " kbd { "?" } } } }
            @if let Some(json) = &place.json { li { a href=(json) { "This page as JSON" } } }
            @for (name, href) in &place.feeds { li { a href=(href) { (name) } } }
            @if place.copy.is_none() { li { a href="/api/openapi.json" { "API" } } }
        }
    } }
}

/// Returns the links to the parts of a long page.
pub fn contents(parts: &[(String, String)]) -> Markup {
    html! { nav class="contents" aria-label="Contents" { ul { @for (href, name) in parts {
        li { a href=(href) { (name) } }
    } } } }
}
