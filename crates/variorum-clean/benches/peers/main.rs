//! Cleaning beside its peers, in one run: quality on a set of pages, and pages a CPU-second.
//!
//! `cargo bench -p variorum-clean` uses pages that it invents, which are easy and good for speed alone;
//! `cargo bench -p variorum-clean --bench peers -- DIR` takes a folder with `gold.jsonl` (or `.gz`) and
//! `pages/<id>.html` (or `.gz`). Python peers run where `python3`, or what `PYTHON` names, has them installed.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod invent;
mod python;
mod score;
mod set;

use std::time::Duration;

use score::{Found, Score};
use set::Page;
use variorum_news::Body;

/// What one tool made of all pages, and the CPU time that it took.
pub struct Run {
    name: String,
    found: Vec<Found>,
    cpu: Duration,
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let pages = folder.map_or_else(invent::pages, |folder| set::pages(&folder));
    println!(
        "{} pages\n{:28} {:>6} {:>6} {:>6} {:>7} {:>9}",
        pages.len(),
        "",
        "F1",
        "title",
        "date",
        "authors",
        "pages/s"
    );
    run_here("variorum", &pages, variorum);
    run_here("trafilatura (Rust), text", &pages, |page| trafilatura(page, trafilatura::ExtractionFocus::default()));
    run_here("dom_smoothie", &pages, dom_smoothie);
    python::PEERS.iter().for_each(|peer| match python::run(peer, &pages) {
        Ok(run) => print(&run, &pages),
        Err(reason) => println!("{:28} skipped: {reason}", peer.name),
    });
}

fn run_here(name: &str, pages: &[Page], tool: impl Fn(&Page) -> Found) {
    let before = set::cpu();
    let found = pages.iter().map(tool).collect();
    print(&Run { name: name.to_owned(), found, cpu: set::cpu().saturating_sub(before) }, pages);
}

fn print(run: &Run, pages: &[Page]) {
    let score = Score::of(&run.found, pages);
    let speed = pages.len() as f64 / run.cpu.as_secs_f64().max(0.01);
    let show = |figure: Option<f64>| figure.map_or("-".to_owned(), |f| format!("{f:.3}"));
    println!(
        "{:28} {:>6} {:>6} {:>6} {:>7} {speed:>9.0}",
        run.name,
        show(score.f1),
        show(score.titles),
        show(score.dates),
        show(score.authors)
    );
}

fn variorum(page: &Page) -> Found {
    let mut given = variorum_news::Page::of("r", Body::Html(page.html.clone()));
    given.url.clone_from(&page.url);
    let Ok(report) = variorum_clean::clean(&given) else { return Found::default() };
    Found { text: report.text, title: report.title, published: report.published, authors: Some(report.byline) }
}

fn trafilatura(page: &Page, focus: trafilatura::ExtractionFocus) -> Found {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true).with_focus(focus);
    let Ok(found) = trafilatura::extract(&page.html, &options) else { return Found::default() };
    Found { text: found.content_text, ..Found::default() }
}

fn dom_smoothie(page: &Page) -> Found {
    let found = dom_smoothie::Readability::new(page.html.as_str(), None, None).and_then(|mut page| page.parse());
    found.map(|article| Found { text: article.text_content.to_string(), ..Found::default() }).unwrap_or_default()
}
