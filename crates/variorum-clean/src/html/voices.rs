//! The voices on what the article is, and how they settle it.
//!
//! Measured on 737 pages: where the two light voices agree on most of the page's running text (seven pages in ten),
//! they are as good as the heavy one at a third of its cost; elsewhere `trafilatura` is asked, first in its fast mode,
//! then thoroughly, and what most of the readings share is taken.

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::{self, Line};
use super::choice::Choice;
use super::density::{self, Marks};
use crate::piece::Piece;

/// The light voices agree where they share this much (F1 over letters) …
const SURELY: f64 = 0.95;
/// … and hold this share of the page's running text: two voices that agree on a stub are both wrong.
const MOST: f64 = 0.5;
/// Readings that share this much agree.
const AGREE: f64 = 0.9;

/// What the voices settled on.
#[derive(Debug)]
pub(crate) struct Settled {
    pub choice: Choice,
    /// How sure it is, 0–1.
    pub confidence: f64,
}

/// Returns the lines that are the article.
pub(crate) fn settle(slim: &str, document: Document, lines: &[Line], marks: &Marks) -> Settled {
    let readable = Choice::of(lines, &readable(slim));
    let dense = density::choose(&document, lines, marks, &readable);
    let prose: usize = lines.iter().map(density::prose).sum();
    let share = |choice: &Choice| choice.letters(lines) as f64 / prose.max(1) as f64;
    let agreement = dense.likeness(&readable, lines);
    if agreement >= SURELY && share(&dense) >= MOST {
        return settled(dense, agreement, prose, lines);
    }
    let quick = Choice::of(lines, &extract(document.clone_document(), &options()));
    let agreement = quick.likeness(&readable, lines).max(quick.likeness(&dense, lines));
    if agreement >= AGREE {
        return settled(quick, agreement * 0.9, prose, lines);
    }
    let thorough = Choice::of(lines, &extract(document.clone_document(), &options().with_fallback(true)));
    let agreement = thorough.likeness(&readable, lines).max(thorough.likeness(&dense, lines));
    if agreement >= AGREE {
        return settled(thorough, agreement * 0.8, prose, lines);
    }
    let precise = options().with_focus(ExtractionFocus::FavorPrecision);
    let precise = Choice::of(lines, &extract(document, &precise));
    let most = thorough.letters(lines);
    let (middle, agreement) = middle(&[&thorough, &readable, &dense, &precise], lines);
    let choice = if middle.letters(lines) * 2 < most { thorough } else { middle };
    settled(choice, agreement * 0.7, prose, lines)
}

/// The later the voices agreed, and the less of the page's running text they hold, the less sure it is.
fn settled(choice: Choice, agreement: f64, prose: usize, lines: &[Line]) -> Settled {
    let share = (choice.letters(lines) as f64 / prose.max(1) as f64).min(1.0);
    Settled { confidence: agreement * (0.5 + share / 2.0), choice }
}

/// The facts are found elsewhere; looking for dates is a third of its time.
fn options() -> Options {
    Options::default().with_exclude_comments(true).with_links(true).with_html_date_mode(HtmlDateMode::Disabled)
}

fn extract(document: Document, options: &Options) -> Vec<Piece> {
    trafilatura::extract_document(document, options)
        .map(|found| blocks::of_markup(&found.content_html))
        .unwrap_or_default()
}

fn readable(slim: &str) -> Vec<Piece> {
    let config = dom_smoothie::Config { disable_json_ld: true, ..Default::default() };
    let found = dom_smoothie::Readability::new(slim, None, Some(config)).and_then(|mut page| page.parse());
    found.map(|article| blocks::of_markup(&article.content)).unwrap_or_default()
}

/// Returns the reading that is most like the others, the first of equals, and how like them it is.
fn middle(readings: &[&Choice], lines: &[Line]) -> (Choice, f64) {
    let like_others = |at: usize| -> f64 {
        let others = readings.iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, other)| readings[at].likeness(other, lines)).sum::<f64>()
    };
    let scores: Vec<f64> = (0..readings.len()).map(like_others).collect();
    let best = (0..readings.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    (readings[best].clone(), scores[best] / (readings.len() - 1) as f64)
}
