//! Writes the page of an invented dossier to standard output.
//!
//! `sample [STORY] [FORM]`: the story is `bridge` (one story, every part filled), `many` (sixty copies, other scripts,
//! hostile words), `broken` or `empty`; the form is `page`, `text`, `ansi` or `json`, or one in which the newsroom hands
//! out its stories: `atom`, `feed`, `jsonld`, `prov`, `annotations`, `newsml`, `variants` or `drift`.

// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::Write;

use variorum_publish::{Colour, Handout, page, summary};
// The invented newsroom names these as its own.
use variorum_publish::{Counts, Feed, FeedStory, FeedWitness, Finding, Kept, Room, Ruled};

#[path = "../src/sample/mod.rs"]
mod sample;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |n: usize| words.get(n).map_or("", String::as_str);
    let dossier = match word(0) {
        "many" => sample::odd::many(),
        "broken" => sample::odd::broken(),
        "empty" => sample::odd::empty(),
        _ => sample::dossier(),
    };
    let written = match word(1) {
        "json" => serde_json::to_string(&dossier)?,
        "text" => summary(&dossier, 100, Colour::None),
        "ansi" => summary(&dossier, 100, Colour::Ansi),
        "atom" => variorum_publish::atom(&sample::handed::feed(&dossier)),
        "feed" => variorum_publish::json_feed(&sample::handed::feed(&dossier)),
        "jsonld" => handed(&dossier, variorum_publish::json_ld),
        "prov" => handed(&dossier, variorum_publish::prov),
        "annotations" => handed(&dossier, variorum_publish::annotations),
        "newsml" => handed(&dossier, variorum_publish::newsml),
        "variants" => handed(&dossier, variorum_publish::variants_csv),
        "drift" => handed(&dossier, variorum_publish::drift_csv),
        _ => page(&dossier),
    };
    std::io::stdout().write_all(written.as_bytes())
}

fn handed(dossier: &variorum_news::Dossier, write: fn(&Handout) -> String) -> String {
    if dossier.stories.is_empty() {
        return String::new();
    }
    let room = sample::handed::room();
    write(&sample::handed::handout(&room, dossier))
}
