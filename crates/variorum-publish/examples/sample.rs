//! Writes the page of an invented dossier to standard output.
//!
//! `sample [STORY] [FORM]`: the story is `bridge` (one story, every part filled), `many` (sixty copies, other scripts,
//! hostile words), `broken` or `empty`; the form is `page`, `text`, `ansi` or `json`.

// An example is a program of its own, outside the walls of the crate.
#![allow(clippy::disallowed_methods)]

use std::io::Write;

use variorum_publish::{Colour, page, summary};

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
        _ => page(&dossier),
    };
    std::io::stdout().write_all(written.as_bytes())
}
