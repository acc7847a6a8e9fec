//! The reports themselves: their clean text, with the places that links lead to.

use maud::{Markup, html};
use variorum_news::{Block, BlockKind, Report, Spanner};

use super::marks::{Marks, Piece, cut, sentence_id, word_id};
use super::sheet::{Sheet, colour, heading, language};
use crate::edition::name;
use crate::link::host;
use crate::phrase::counted;
use crate::sigla::siglum;
use crate::when::published;

/// Returns the reports of a story.
pub fn witnesses(sheet: &Sheet) -> Markup {
    html! { section id=(sheet.id("reports")) {
        (sheet.heading(1, html! { "The reports" }))
        @for place in 0..sheet.edition.witnesses.len() { (witness(sheet, place)) }
    } }
}

/// Returns one report of a story, with the places that links lead to.
pub fn witness(sheet: &Sheet, place: usize) -> Markup {
    let (witness, marks) = (&sheet.edition.witnesses[place], &sheet.marks[place]);
    article(witness.report, &witness.siglum, &colour(witness), &sheet.id(&witness.siglum), marks, sheet.level + 2)
}

/// Returns the reports that belong to no story.
pub fn untold(reports: &[&Report]) -> Markup {
    if reports.is_empty() {
        return html! {};
    }
    html! { section id="untold" {
        h2 { "Reports outside any story" }
        @for (n, report) in reports.iter().enumerate() {
            (article(report, &siglum(n), "o0", &format!("s0-{}", siglum(n)), &Marks::new(report, Vec::new()), 3))
        }
    } }
}

fn article(report: &Report, siglum: &str, class: &str, id: &str, marks: &Marks, level: u8) -> Markup {
    html! { article class=(format!("witness {class}")) id=(id) {
        header {
            p class="letter" aria-hidden="true" { (siglum) }
            div {
                (heading(level, html! { span class="unseen" { (siglum) ": " }
                    span lang=[language(report)] dir="auto" { (report.title.as_deref().unwrap_or_else(|| name(report))) } }))
                (facts(report))
            }
        }
        @if let Some(standfirst) = &report.standfirst { p class="standfirst" lang=[language(report)] dir="auto" { (standfirst) } }
        div class="text" lang=[language(report)] { (text(report, id, marks, level + 1)) }
        (aside(report))
    } }
}

fn facts(report: &Report) -> Markup {
    html! { p class="facts" {
        b { bdi { (name(report)) } }
        @if !report.byline.is_empty() { ", by " bdi { (report.byline.join(", ")) } }
        @if let Some(day) = &report.published { ", " time { (published(day)) } } @else { ", no date given" }
        @if let Some(day) = report.modified.as_ref().filter(|day| Some(*day) != report.published.as_ref()) { ", changed " time { (published(day)) } }
        @match (&report.url, report.url.as_deref().and_then(host)) {
            (Some(url), Some(host)) => { ". " a href=(url) rel="noopener noreferrer" { (host) } }
            (Some(url), None) => { ". " span class="address" { bdi { (url) } } }
            (None, _) => { @if let Some(path) = &report.path { ". " span class="address" { bdi { (path) } } } }
        }
        @for credit in &report.credits { ". Credit: “" bdi { (credit.text) } "”" }
    } }
}

/// What was taken out and what was odd.
fn aside(report: &Report) -> Markup {
    html! {
        @for note in &report.notes { p class="note" { "Note: " (note.note) } }
        @if !report.removed.is_empty() { details class="removed" {
            summary { (counted(report.removed.len(), "passage")) " taken out" }
            ul { @for removed in &report.removed { li { span class="was" lang=[language(report)] dir="auto" { (removed.text) } " " span class="why" { (removed.reason) } } } }
        } }
    }
}

/// A report's text with its places named.
struct Text<'a> {
    spanner: Spanner<'a>,
    id: &'a str,
    marks: &'a Marks,
}

fn text(report: &Report, id: &str, marks: &Marks, level: u8) -> Markup {
    let text = Text { spanner: Spanner::new(&report.id, &report.text), id, marks };
    let blocks = whole(report, &text.spanner);
    html! { @for run in blocks.chunk_by(|a, b| a.kind == BlockKind::ListItem && b.kind == BlockKind::ListItem) {
        @if run[0].kind == BlockKind::ListItem { ul { @for block in run { li lang=[block.language.as_deref()] dir="auto" { (text.block(block)) } } } }
        @else { (text.alone(&run[0], level)) }
    } }
}

/// Returns the blocks of a report, and what stands in none of them, so that no word is lost.
pub fn whole(report: &Report, spanner: &Spanner) -> Vec<Block> {
    let length = report.text.chars().count();
    let mut known: Vec<Block> = report.blocks.iter().filter(|b| b.start < b.end && b.end <= length).cloned().collect();
    known.sort_by_key(|b| (b.start, b.end));
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for block in known {
        if block.start >= at {
            between(spanner, at, block.start, &mut blocks);
            at = block.end;
            blocks.push(block);
        }
    }
    between(spanner, at, length, &mut blocks);
    blocks
}

fn between(spanner: &Spanner, start: usize, end: usize, blocks: &mut Vec<Block>) {
    if start >= end {
        return;
    }
    let bytes = spanner.byte_range(start, end);
    for line in variorum_text::lines(&spanner.text()[bytes.clone()]) {
        let span = spanner.span(bytes.start + line.start..bytes.start + line.end);
        blocks.push(Block { kind: BlockKind::Paragraph, start: span.start, end: span.end, language: None });
    }
}

impl Text<'_> {
    fn alone(&self, block: &Block, level: u8) -> Markup {
        let (words, lang) = (self.block(block), block.language.as_deref());
        match block.kind {
            BlockKind::Paragraph | BlockKind::ListItem => html! { p lang=[lang] dir="auto" { (words) } },
            BlockKind::Heading => {
                html! { div class="inner-heading" lang=[lang] dir="auto" { (heading(level, words)) } }
            }
            BlockKind::Caption => html! { p class="caption" lang=[lang] dir="auto" { (words) } },
            BlockKind::Quote => html! { blockquote lang=[lang] dir="auto" { (words) } },
            BlockKind::Table => html! { p class="rows" lang=[lang] dir="auto" { (words) } },
        }
    }

    fn block(&self, block: &Block) -> Markup {
        html! { @for piece in cut(block.start, block.end, &self.marks.sentences) {
            @if let Some((start, _)) = piece.mark {
                span class="s" id=[self.name(&piece, sentence_id(start))] { (self.run(&piece)) }
            } @else { (self.run(&piece)) }
        } }
    }

    /// A stretch of text with the compared words in it marked.
    fn run(&self, stretch: &Piece) -> Markup {
        html! { @for piece in cut(stretch.start, stretch.end, &self.marks.words) {
            @if let Some((start, end)) = piece.mark {
                mark id=[self.name(&piece, word_id(start, end))] { (self.slice(&piece)) }
            } @else { (self.slice(&piece)) }
        } }
    }

    /// The full name of a piece; a mark that runs over several pieces is named where it begins.
    fn name(&self, piece: &Piece, part: String) -> Option<String> {
        let begins = piece.mark.is_some_and(|m| m.0 == piece.start);
        begins.then(|| format!("{}-{part}", self.id))
    }

    fn slice(&self, piece: &Piece) -> &str {
        self.spanner.text().get(self.spanner.byte_range(piece.start, piece.end)).unwrap_or("")
    }
}
