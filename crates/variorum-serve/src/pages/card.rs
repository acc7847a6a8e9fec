//! A story as lists show it.

use maud::{Markup, html};
use serde::Serialize;
use variorum_publish::counted;
use variorum_store::StoryCard;

use super::when::moment;
use crate::address;

/// A story in a list, with what its reports differ in.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What the record says.
    #[serde(flatten)]
    pub card: StoryCard,
    /// Where its reports differ: about what, and the values; the surest first.
    pub differs: Vec<Differs>,
}

/// One difference in few words.
#[derive(Debug, Clone, Serialize)]
pub struct Differs {
    /// What it is about, in words of a report.
    pub about: String,
    /// The values, in the order of the reports.
    pub values: Vec<String>,
    /// Whether time explains it.
    pub development: bool,
}

/// Returns a story in a list. `big` is the first of a page.
pub fn card(told: &Card, level: u8, class: &str) -> Markup {
    let card = &told.card;
    let title = card.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or("Untitled story");
    let link = html! { a href=(address::story(&card.id)) lang=[language(card)] dir="auto" { (title) } };
    html! { article class=(format!("card {class}")) data-story=(card.id) data-changed=(card.changed) data-row {
        p class="weight" { (counts(card)) }
        @if level == 2 { h2 { (link) } } @else { h3 { (link) } }
        @if let Some(lead) = card.lead.as_deref().filter(|lead| *lead != title) { p class="lead" lang=[language(card)] dir="auto" { (lead) } }
        (differences(told))
        p class="changed" { "Newest change " (moment(card.changed)) }
    } }
}

/// Returns the counts of a story in one line.
pub fn counts(card: &StoryCard) -> String {
    let number = |n: u32, one| counted(n as usize, one);
    let publishers = match card.publishers {
        0 => "publisher not named".to_owned(),
        n => number(n, "publisher"),
    };
    let unsure = if card.uncertain > 0 { format!(" ({} uncertain)", card.uncertain) } else { String::new() };
    format!("{}, {publishers}, {}{unsure}", number(card.reports, "report"), number(card.origins, "independent origin"))
}

/// The most differences and values that a card names.
const MOST: (usize, usize) = (2, 4);

fn differences(told: &Card) -> Markup {
    let card = &told.card;
    if card.variants + card.drift == 0 {
        return html! {};
    }
    html! { ul class="differs" {
        @for differs in told.differs.iter().take(MOST.0) { li {
            bdi class="about" { (differs.about) } ": "
            @for (n, value) in differs.values.iter().take(MOST.1).enumerate() {
                @if n > 0 { span class="or" { @if differs.development { " → " } @else { " / " } } }
                bdi class="value" { (value) }
            }
            @if differs.values.len() > MOST.1 { " …" }
        } }
        @let more = (card.variants as usize).saturating_sub(told.differs.len().min(MOST.0));
        @if more > 0 { li class="count" { @if told.differs.is_empty() { (counted(more, "difference")) } @else { (more) " more " @if more == 1 { "difference" } @else { "differences" } } } }
        @if card.drift > 0 { li class="count bent" { "rewrites changed " (counted(card.drift as usize, "thing")) } }
    } }
}

/// Returns the language of a story, where it has the shape of one.
pub fn language(card: &StoryCard) -> Option<&str> {
    tag(card.language.as_deref())
}

/// Returns a language, where it has the shape of one; a browser must not be told nonsense.
pub fn tag(language: Option<&str>) -> Option<&str> {
    language.filter(|tag| {
        (2..=35).contains(&tag.len())
            && tag
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
            && tag
                .split('-')
                .next()
                .is_some_and(|first| first.len() < 4 && first.bytes().all(|b| b.is_ascii_alphabetic()))
    })
}
