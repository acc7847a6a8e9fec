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
