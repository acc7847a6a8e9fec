//! Takes the repeated lines out of a report, and mends what points into its text.

use variorum_news::{Block, BlockKind, Credit, Note, Removed, Report, Span};
use variorum_text::Offsets;

use super::{Edge, HostLines, RepeatedLines, host_of, sketch};
use crate::piece::folded;

/// Returns the report without the lines that its host repeats; each stands in `removed` with the table's name.
///
/// A report that was held against a table before, that carries annotations or no blocks, or of which nothing would be
/// left is returned as it is.
pub fn strip(report: Report, table: &RepeatedLines) -> Report {
    let Some((host, known)) = host_of(&report).and_then(|host| table.hosts.get_key_value(&host)) else {
        return report;
    };
    if report.repeated_lines.is_some() || report.annotations.is_some() || report.blocks.is_empty() {
        return report;
    }
    let name = table.name();
    let cuts = cuts(&report, known);
    let mut report = if cuts.len() == report.blocks.len() { report } else { without(report, &cuts, &(host, &name)) };
    report.repeated_lines = Some(name);
    report
}

/// A block that goes, and how it is repeated.
#[derive(Debug)]
struct Cut {
    block: usize,
    pages: (usize, usize),
}

fn cuts(report: &Report, known: &HostLines) -> Vec<Cut> {
    let lines = Lines::of(report);
    let n_blocks = report.blocks.len();
    let cut = |(at, block): (usize, &Block)| {
        let line = lines.words(block)?;
        let repeated = known.lines.get(&folded(line))?;
        let takes = Edge::of(at, n_blocks) == Some(repeated.edge)
            && !matches!(block.kind, BlockKind::Quote | BlockKind::Table)
            && sketch::may_repeat(line);
        takes.then_some(Cut { block: at, pages: (repeated.pages, known.pages) })
    };
    report.blocks.iter().enumerate().filter_map(cut).collect()
}

/// The blocks of a report as words.
struct Lines<'a> {
    text: &'a str,
    offsets: Offsets,
}

impl<'a> Lines<'a> {
    fn of(report: &'a Report) -> Self {
        Lines { text: &report.text, offsets: Offsets::new(&report.text) }
    }

    fn words(&self, block: &Block) -> Option<&'a str> {
        self.text.get(self.offsets.byte(block.start)..self.offsets.byte(block.end))
    }
}

fn without(mut report: Report, cuts: &[Cut], (host, name): &(&String, &String)) -> Report {
    if cuts.is_empty() {
        return report;
    }
    let lines = Lines::of(&report);
    let is_cut = |at: usize| cuts.iter().any(|cut| cut.block == at);
    let mut text = String::with_capacity(report.text.len());
    let mut length = 0;
    let mut blocks = Vec::new();
    let mut moves = Vec::new();
    for (at, block) in report.blocks.iter().enumerate() {
        let Some(words) = lines.words(block).filter(|_| !is_cut(at)) else { continue };
        if !blocks.is_empty() {
            text.push('\n');
            length += 1;
        }
        let start = length;
        text.push_str(words);
        length += block.end - block.start;
        moves.push((block.clone(), start));
        blocks.push(Block { start, end: length, ..block.clone() });
    }
    let removed: Vec<Removed> = cuts
        .iter()
        .filter_map(|cut| {
            let text = lines.words(&report.blocks[cut.block])?.to_owned();
            let (with, of) = cut.pages;
            Some(Removed { text, reason: format!("repeated on {with} of {of} pages of {host} (table {name})") })
        })
        .collect();
    let gone: Vec<(Block, String)> = cuts
        .iter()
        .map(|cut| report.blocks[cut.block].clone())
        .zip(removed.iter().map(|line| line.text.clone()))
        .collect();
    report.credits = report.credits.into_iter().map(|credit| credit_after(credit, &moves, &gone)).collect();
    report.notes = report.notes.into_iter().map(|note| note_after(note, &moves)).collect();
    report.removed.extend(removed);
    report.blocks = blocks;
    report.text = text;
    report
}

/// A credit in a line that goes has its words and no span, as every credit of a removed line.
fn credit_after(mut credit: Credit, moves: &[(Block, usize)], gone: &[(Block, String)]) -> Credit {
    let Some(span) = credit.span.take() else { return credit };
    if let Some((_, line)) = gone.iter().find(|(block, _)| block.start < span.end && span.start < block.end) {
        credit.text.clone_from(line);
        return credit;
    }
    credit.span = moved(span, moves);
    credit
}

fn note_after(mut note: Note, moves: &[(Block, usize)]) -> Note {
    note.span = note.span.take().and_then(|span| moved(span, moves));
    note
}

/// Returns a span where its words stand now; none where they do not stand in one block that was kept.
fn moved(span: Span, moves: &[(Block, usize)]) -> Option<Span> {
    let (block, start) = moves.iter().find(|(block, _)| block.start <= span.start && span.end <= block.end)?;
    let at = start + (span.start - block.start);
    Some(Span { start: at, end: at + (span.end - span.start), ..span })
}
