//! Where the words come from: each family of reports, drawn and told.

use std::collections::BTreeSet;

use maud::{Markup, html};
use variorum_news::{Edge, Source, Span};

use super::drawing::drawing;
use super::sheet::{Sheet, language};
use crate::phrase::{counted, edge_kind, link};
use crate::stemma::{Hand, Node, lost_siglum, stemma};
use crate::when::published;

/// How many passages of a link are shown; the dossier has them all.
const MOST_PASSAGES: usize = 5;
/// How many doubts are told; the dossier has them all.
const MOST_DOUBTS: usize = 12;
/// How many links beyond the trees are shown; the dossier has them all.
const MOST_BESIDE: usize = 40;

/// Returns the families of a story's reports.
pub fn lineage(sheet: &Sheet) -> Markup {
    let stemma = stemma(&sheet.edition);
    let (kin, lone): (Vec<&Node>, Vec<&Node>) = stemma.trees.iter().partition(|t| !t.children.is_empty());
    html! {
        section id=(sheet.id("lineage")) {
            (sheet.heading(1, html! { "Where the words come from" }))
            @if kin.is_empty() { p { "No report was found to have its words from another." } }
            @else { p class="key" {
                "A line leads from a source to the report that has words from it: "
                span class="k copy" { "copy" } ", " span class="k rewrite" { "rewrite" } ", "
                span class="k excerpt" { "excerpt" }
                ". A Greek letter stands for a text that is not among the reports."
            } }
            div class="families" {
                @for tree in kin { div class="family" {
                    (drawing(sheet, tree))
                    div class="told" { p class="origin" { (origins(sheet, tree)) } ul class="tree" { (branch(sheet, tree)) } }
                } }
                @if !lone.is_empty() { div class="family lone" { div class="told" {
                    p class="origin" { "Standing alone: " (counted(lone.len(), "report")) " with words of " @if lone.len() == 1 { "its" } @else { "their" } " own" }
                    ul class="tree" { @for tree in lone { (branch(sheet, tree)) } }
                } } }
            }
            (doubts(sheet))
            @if !stemma.beside.is_empty() {
                p { "Further links:" }
                ul class="tree" { @for &edge in stemma.beside.iter().take(MOST_BESIDE) { li { (beside(sheet, edge)) (evidence(sheet, &[edge])) } } }
                @if stemma.beside.len() > MOST_BESIDE { p { "… and " (stemma.beside.len() - MOST_BESIDE) " more in " (sheet.rest) } }
            }
        }
    }
}

/// What makes an origin uncertain, in the words of the dossier.
fn doubts(sheet: &Sheet) -> Markup {
    let doubts = sheet.edition.story.independence.as_ref().map_or(&[][..], |counted| &counted.doubts);
    html! { @if !doubts.is_empty() {
        div class="family lone" { div class="told" {
            p class="origin" { "Uncertain" }
            ul class="tree" { @for doubt in doubts.iter().take(MOST_DOUBTS) { li {
                @for n in doubt.reports.iter().filter_map(|id| sheet.edition.place(id)) { (sheet.siglum(n, None)) }
                " " bdi { (doubt.explain) }
            } } }
            @if doubts.len() > MOST_DOUBTS { p { "… and " (doubts.len() - MOST_DOUBTS) " more in " (sheet.rest) } }
        } }
    } }
}

fn origins(sheet: &Sheet, tree: &Node) -> String {
    let numbers: BTreeSet<usize> =
        tree.witnesses().into_iter().map(|n| sheet.edition.witnesses[n].origin + 1).collect();
    let named: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match named.len() {
        1 => format!("Origin {}: {} that count once", named[0], counted(tree.witnesses().len(), "report"))
            .replace("1 report that count once", "1 report"),
        _ => format!("Origins {}", named.join(", ")),
    }
}

fn branch(sheet: &Sheet, node: &Node) -> Markup {
    html! { li {
        @match node.hand {
            Hand::Witness(n) => { (witness(sheet, n)) }
            Hand::Outside(name) => { span class="outside" { "«" bdi { (name) } "»" } " is credited, and is not among the reports" }
            Hand::Lost(n) => { span class="outside" { (lost_siglum(n)) } " is a text that these reports share and that is not among them" }
        }
        @if let Some(surest) = node.shared.first() { " " span class="link" { (link(surest)) } (evidence(sheet, &node.shared)) }
        @if let Some(edge) = node.edge { " " span class="link" { (link(edge)) } (evidence(sheet, &[edge])) }
        @if !node.children.is_empty() { ul { @for child in &node.children { (branch(sheet, child)) } } }
    } }
}

fn witness(sheet: &Sheet, n: usize) -> Markup {
    let witness = &sheet.edition.witnesses[n];
    html! {
        (sheet.siglum(n, None)) " " b { bdi { (witness.name()) } }
        @if let Some(day) = &witness.report.published { ", " (published(day)) }
        @if let Some(title) = &witness.report.title { ": " cite lang=[language(witness.report)] dir="auto" { (title) } }
    }
}

fn beside(sheet: &Sheet, edge: &Edge) -> Markup {
    let place = |id| sheet.edition.place(id);
    html! {
        @if let Some(n) = place(&edge.to) { (sheet.siglum(n, None)) }
        " " (edge_kind(edge.kind)) @if edge.kind == variorum_news::EdgeKind::SharedOrigin { " with " } @else { " of " }
        @match &edge.from {
            Source::Report(id) => { @if let Some(n) = place(id) { (sheet.siglum(n, None)) } @else { bdi { (id) } } }
            Source::Outside { outside } => { span class="outside" { "«" bdi { (outside) } "»" } }
        }
        " " span class="link" { (link(edge)) }
    }
}

/// The passages that some links rest on, folded.
fn evidence(sheet: &Sheet, edges: &[&Edge]) -> Markup {
    let all: usize = edges.iter().map(|e| e.evidence.len()).sum();
    let told = edges.iter().any(|edge| !edge.explain.is_empty());
    if all == 0 && !told {
        return html! {};
    }
    html! { details class="evidence" {
        summary { @if all == 0 { "why" } @else { (counted(all, "passage")) " that it rests on" } }
        @for edge in edges.iter().filter(|edge| !edge.explain.is_empty()).take(MOST_PASSAGES) { p { bdi { (edge.explain) } } }
        @for pair in edges.iter().flat_map(|e| &e.evidence).take(MOST_PASSAGES) { div class="pair" {
            @if let Some(from) = &pair.from { blockquote { (sheet.sigla([from])) " " (sheet.words(from, html! { (from.text) })) } }
            blockquote { (sheet.sigla([&pair.to])) " " (sheet.words(&pair.to, marked(&pair.to, &pair.shared))) }
        } }
        @if all > MOST_PASSAGES { p { "… and " (all - MOST_PASSAGES) " more in " (sheet.rest) } }
    } }
}

/// A passage, the words that stand in the other report too marked.
fn marked(passage: &Span, shared: &[Span]) -> Markup {
    let letters: Vec<(usize, char)> = passage.text.char_indices().collect();
    let byte = |at: usize| letters.get(at.saturating_sub(passage.start)).map_or(passage.text.len(), |(byte, _)| *byte);
    let mut rest = 0;
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for run in shared.iter().filter(|run| passage.holds(run)) {
        let (start, end) = (byte(run.start), byte(run.end));
        if start >= rest && start < end {
            parts.push((&passage.text[rest..start], &passage.text[start..end]));
            rest = end;
        }
    }
    html! { @for (before, run) in parts { (before) mark { (run) } } (&passage.text[rest..]) }
}
