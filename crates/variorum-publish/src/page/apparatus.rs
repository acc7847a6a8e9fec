//! The apparatus: where reports differ, and what rewrites changed.

use maud::{Markup, html};
use variorum_news::{Drift, Reading, Span, Variant};

use super::marks::cut;
use super::sheet::Sheet;
use crate::changed::{Stretch, changed};
use crate::context::context;
use crate::phrase::{counted, development, drift_kind, same_values, unsure, variant_kind};

/// Words up to this many are marked whole: so short a passage is the change.
const SHORT: usize = 5;

/// Returns the places where independent tellings differ, each reading in its words.
pub fn variants(sheet: &Sheet) -> Markup {
    let variants = &sheet.edition.story.variants;
    if variants.is_empty() {
        return html! {};
    }
    html! { section id=(sheet.id("variants")) {
        (sheet.heading(1, html! { "Where the reports differ" }))
        @for (n, variant) in variants.iter().enumerate() { (table(sheet, n, variant)) }
    } }
}

/// Returns the readings of one variant.
///
/// The roles are said aloud because a narrow screen shows the table as cards, and cards lose the roles of a table.
pub fn table(sheet: &Sheet, place: usize, variant: &Variant) -> Markup {
    html! { div class="variant" id=(sheet.variant(place)) {
        (sheet.heading(2, html! { bdi { (variant.about) } " " span class="kind" {
            (variant_kind(variant.kind))
            @if let Some(unsure) = unsure(variant.confidence) { ", " (unsure) }
        } }))
        @if let Some(development) = development(variant) {
            p class="development" { "No contradiction, but a development: " bdi { (development) } "." }
        }
        table role="table" {
            caption class="unseen" { "Readings of “" (variant.about) "”" }
            thead role="rowgroup" { tr role="row" {
                @for name in ["Reading", "Report", "In its words"] { th role="columnheader" scope="col" { (name) } }
            } }
            @for (value, readings) in same_values(variant) { (group(sheet, &value, &readings)) }
        }
    } }
}

/// The readings of one value; reports that say it in the same sentence share a row.
fn group(sheet: &Sheet, value: &str, readings: &[&Reading]) -> Markup {
    let rows = same_words(readings);
    html! { tbody role="rowgroup" { @for (n, row) in rows.iter().enumerate() { tr role="row" {
        @if n == 0 { th role="rowheader" scope="rowgroup" rowspan=(rows.len()) {
            span class="value" dir="auto" { (value) } " " span class="weight" { (weight(sheet, readings)) }
        } }
        td role="cell" class="by" { @for reading in row { (by(sheet, reading)) } }
        td role="cell" { (said(sheet, row[0])) }
    } } } }
}

fn same_words<'r>(readings: &[&'r Reading]) -> Vec<Vec<&'r Reading>> {
    let mut rows: Vec<Vec<&Reading>> = Vec::new();
    for &reading in readings {
        let words =
            |r: &Reading| (r.span.text.clone(), r.sentence.text.clone(), r.speaker.clone(), r.attributed_to.clone());
        match rows.iter_mut().find(|row| words(row[0]) == words(reading)) {
            Some(row) => row.push(reading),
            None => rows.push(vec![reading]),
        }
    }
    rows
}

fn weight(sheet: &Sheet, readings: &[&Reading]) -> String {
    let places = sheet.edition.places(readings.iter().map(|r| &r.span));
    counted(sheet.edition.origins_of(&places), "origin")
}

fn by(sheet: &Sheet, reading: &Reading) -> Markup {
    let name = sheet.edition.witness(reading.report()).map_or("", |w| w.name());
    html! { p {
        (sheet.sigla([&reading.span])) " " bdi { (name) }
        @if reading.derived { " " span class="derived" { "derived" } }
    } }
}

fn said(sheet: &Sheet, reading: &Reading) -> Markup {
    html! {
        (sheet.in_sentence(&reading.sentence, &reading.span))
        @if let Some(speaker) = &reading.speaker { " " span class="source" { "said by " bdi { (speaker) } } }
        @if let Some(source) = &reading.attributed_to { " " span class="source" { "attributed to " bdi { (source) } } }
    }
}

/// Returns what rewrites changed, source and rewrite side by side.
pub fn drift(sheet: &Sheet) -> Markup {
    let drift = &sheet.edition.story.drift;
    if drift.is_empty() {
        return html! {};
    }
    html! { section id=(sheet.id("drift")) {
        (sheet.heading(1, html! { "What rewrites changed" }))
        @for change in drift { (pair(sheet, change)) }
    } }
}

/// Returns one change of a rewrite, beside its source.
pub fn pair(sheet: &Sheet, change: &Drift) -> Markup {
    let (before, after) = match &change.source {
        Some(source) => differing(&source.text, &change.rewrite.text),
        None => (Vec::new(), vec![(0, change.rewrite.text.len())]),
    };
    html! { div class="drift" {
        (sheet.heading(2, html! { span class="kind" { (drift_kind(change.kind)) @if let Some(unsure) = unsure(change.confidence) { ", " (unsure) } } " " span class="explain" { (change.explain) } }))
        div class="pair" {
            @match &change.source {
                Some(source) => { (side(sheet, "Source", source, &before, |words| html! { del { (words) } })) }
                None => { div class="side none" { p class="label" { "Source" } p { "nothing to compare" } } }
            }
            (side(sheet, "Rewrite", &change.rewrite, &after, |words| html! { ins { (words) } }))
        }
    } }
}

fn differing(source: &str, rewrite: &str) -> (Vec<Stretch>, Vec<Stretch>) {
    let short = |text: &str| text.split_whitespace().count() <= SHORT;
    if short(source) && short(rewrite) {
        (vec![(0, source.len())], vec![(0, rewrite.len())])
    } else {
        changed(source, rewrite)
    }
}

fn side(sheet: &Sheet, label: &str, span: &Span, marked: &[Stretch], mark: fn(&str) -> Markup) -> Markup {
    let cut = context(sheet.edition.sentence(span), span);
    let name = sheet.edition.witness(&span.report).map_or("", |w| w.name());
    html! { div class="side" {
        p class="label" { (label) " " (sheet.sigla([span])) " " bdi { (name) } }
        blockquote { (sheet.words(span, html! { (cut.before) span class="focus" { (pieces(cut.words, marked, mark)) } (cut.after) })) }
    } }
}

fn pieces(words: &str, marked: &[Stretch], mark: fn(&str) -> Markup) -> Markup {
    html! { @for piece in cut(0, words.len(), marked) {
        @if piece.mark.is_some() { (mark(&words[piece.start..piece.end])) } @else { (words[piece.start..piece.end]) }
    } }
}
