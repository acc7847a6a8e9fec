//! What the numbers mean, and the keys.

use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;

use super::layout::{Place, frame};
use crate::Error;
use crate::address::Asked;

/// A word of these pages and what it means.
#[derive(Debug, Serialize)]
pub struct Meaning {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub means: &'static str,
}

const MEANINGS: [Meaning; 9] = [
    Meaning {
        word: "Report",
        means: "One outlet’s telling, cleaned to the article’s own words. What was taken out is kept beside it.",
    },
    Meaning { word: "Story", means: "One event, as all its reports tell it." },
    Meaning {
        word: "Independent origin",
        means: "Reports that have their words from one source are one origin, however many they are. Five reports of which two rewrite a third make three origins or fewer.",
    },
    Meaning {
        word: "Agreed",
        means: "Two independent origins at least say the same. Two reports with one source do not make anything agreed.",
    },
    Meaning {
        word: "Reports differ",
        means: "Independent tellings give other figures, days, names, sources, or say yes and no. Where time explains it, it is told as a development.",
    },
    Meaning {
        word: "Changed by a rewrite",
        means: "A report that has its words from another says something else than its source: another figure, a doubt dropped, a name exchanged.",
    },
    Meaning {
        word: "Letters",
        means: "A, B, C … stand for the reports of a story; the colour is that of their origin. A letter leads to the words. A Greek letter stands for a text that is not among the reports.",
    },
    Meaning {
        word: "Per cent",
        means: "How often findings like this one are right. It is said where that is below 80 %.",
    },
    Meaning {
        word: "Correction",
        means: "What a person said of a story lies over what the machine says, also after all is computed again.",
    },
];

/// A word that exports point to, by its place on the page.
const TERMS: [(&str, &str); 11] = [
    (
        "variorum",
        "The program that grouped, traced and compared the reports. It writes nothing of its own about an event.",
    ),
    ("story", "The page of a story in this newsroom."),
    ("report", "The page of a report in this newsroom, with its words as they were cleaned."),
    ("published-at", "The address at which an outlet published a report."),
    (
        "lineage",
        "Who has words from whom, as it was traced from the texts and their credits; the score says how sure that is.",
    ),
    ("copy", "The words of another report, word for word or nearly."),
    ("excerpt", "Passages of another report, word for word."),
    ("rewrite", "Another report told again in other words."),
    ("shared-origin", "Both have their words from a text that is not here."),
    ("sha256", "The SHA-256 of a report’s text as UTF-8: positions in it count for this text alone."),
    (
        "feeds",
        "Feeds give each story one entry under one name. It is dated by the last change of what a reader sees; an unchanged story never comes again.",
    ),
];

pub async fn about(asked: Asked) -> Result<Response, Error> {
    Ok(super::answer(&asked, &MEANINGS, |_| page(&asked)))
}

fn page(asked: &Asked) -> Markup {
    let mut place = Place::of("What this counts");
    place.kind = "about";
    place.json = Some(asked.json());
    place.copy = asked.copy;
    frame(
        &place,
        html! {
            h1 { "What this counts, and what it does not" }
            p class="standfirst" { "Variorum counts reporting, not truth. It says who tells what, who has it from whom, where tellings differ and what a rewrite changed. Whether any of it is so, it does not say." }
            p { "It prints no word about an event that no report printed: accounts are made of sentences of reports, and everything else leads to the words that it rests on. It rates no outlet: what stands on an outlet’s page are counts of what is kept here." }
            dl class="meanings" { @for Meaning { word, means } in &MEANINGS { dt { (word) } dd { (means) } } }
            h2 { "Words of feeds and exports" }
            dl class="meanings" { @for (word, means) in &TERMS { dt id=(word) { (word) } dd { (means) } } }
            h2 { "What it gets wrong" }
            p { "Grouping, lineage and comparison are made by rules and measured on test stories; they err. Where a finding is wrong, dismiss it; where a story is wrong, merge, split or move. The log keeps who said so and why." }
        },
    )
}

/// A key and what it does.
#[derive(Debug, Serialize)]
pub struct Key {
    /// The key, or keys one after the other.
    pub keys: &'static str,
    /// What it does.
    pub does: &'static str,
}

const KEYS: [Key; 12] = [
    Key { keys: "j", does: "the next story, report or finding" },
    Key { keys: "k", does: "the one before" },
    Key { keys: "o", does: "open it" },
    Key { keys: "/", does: "search" },
    Key { keys: "s", does: "source and rewrite side by side, or one below the other" },
    Key { keys: "u", does: "up: from a report to its story, from a story to the front page" },
    Key { keys: "g h", does: "go to the front page" },
    Key { keys: "g s", does: "go to search" },
    Key { keys: "g v", does: "go to saved searches" },
    Key { keys: "g c", does: "go to corrections" },
    Key { keys: "g t", does: "go to the status" },
    Key { keys: "?", does: "this list" },
];

pub async fn keys(asked: Asked) -> Result<Response, Error> {
    Ok(super::answer(&asked, &KEYS, |_| keys_page(&asked)))
}

fn keys_page(asked: &Asked) -> Markup {
    let mut place = Place::of("Keys");
    place.kind = "keys";
    place.json = Some(asked.json());
    place.copy = asked.copy;
    frame(
        &place,
        html! {
            h1 { "Keys" }
            p class="lede" { "They need script; everything they do can be done without." }
            dl class="keys" { @for Key { keys, does } in &KEYS {
                dt { @for key in keys.split(' ') { kbd { (key) } " " } } dd { (does) }
            } }
        },
    )
}
