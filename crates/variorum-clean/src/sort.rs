//! Sorts the lines of a page: what is the article's own, and what stands beside it.

use variorum_news::{Block, BlockKind, Credit, Removed, Report, Spanner};

use crate::piece::{Piece, folded};
use crate::{byline, credits, dates, furniture};

/// Bylines and dates stand within this many lines of an edge of the article.
const EDGE: usize = 8;

/// Fills a report with the words of its pieces, and with what was taken out.
pub(crate) fn fill(report: &mut Report, pieces: Vec<Piece>) {
    let n_pieces = pieces.len();
    let mut kept: Vec<Piece> = Vec::with_capacity(n_pieces);
    let mut line_credits = Vec::new();
    for (at, piece) in pieces.into_iter().enumerate() {
        let at_edge = at < EDGE || at + EDGE >= n_pieces;
        let photo = credits::photo_at(&piece.text);
        let is_caption = piece.kind == BlockKind::Paragraph && photo.is_some();
        match beside(report, &piece, photo, at_edge, &mut line_credits) {
            Some(reason) => report.removed.push(Removed { text: piece.text, reason: reason.to_owned() }),
            // A line with words and a photo credit is a caption.
            None if is_caption => kept.push(Piece::new(BlockKind::Caption, piece.text)),
            None => kept.push(piece),
        }
    }
    join(report, &kept);
    mark_credits(report, &kept);
    report.credits.extend(line_credits);
}

/// Returns why a line is no part of the article, and keeps what it tells about the article.
fn beside(
    report: &mut Report,
    piece: &Piece,
    photo: Option<credits::Found>,
    at_edge: bool,
    found: &mut Vec<Credit>,
) -> Option<&'static str> {
    let line = piece.text.as_str();
    if piece.linked {
        return Some("link to another article");
    }
    if let Some(reason) = furniture::reason(line) {
        return (piece.kind != BlockKind::Table || reason == "no words").then_some(reason);
    }
    let in_line = credits::line(line);
    if !in_line.is_empty() {
        found.extend(in_line.into_iter().map(|credit| credit_of(credit, line)));
        return Some("credit line");
    }
    if let Some(credit) = photo.filter(|credit| credits::is_photo_line(line, credit)) {
        found.push(credit_of(credit, line));
        return Some("photo credit");
    }
    if at_edge && dates::is_date_line(line) {
        if report.published.is_none() && !dates::is_update(line) {
            report.published = dates::parse(line);
        }
        return Some("date line");
    }
    let people = if at_edge && piece.kind == BlockKind::Paragraph { byline::byline(line) } else { None };
    if let Some(people) = people {
        if report.byline.is_empty() {
            report.byline = people;
        }
        return Some("byline");
    }
    if at_edge && report.title.as_deref().is_some_and(|title| folded(title) == folded(line)) {
        return Some("the title again");
    }
    if at_edge && is_own_name(report, line) {
        return Some("the article's own facts again");
    }
    None
}

/// Tells whether a line only repeats the author's name.
fn is_own_name(report: &Report, line: &str) -> bool {
    line.len() < 120 && !report.byline.is_empty() && {
        let line = folded(line);
        let names: Vec<String> = report.byline.iter().map(|name| folded(name)).collect();
        names.contains(&line)
            || names.join(" and ") == line
            || names.iter().any(|name| line.strip_prefix("by ") == Some(name))
    }
}

fn credit_of(found: credits::Found, line: &str) -> Credit {
    Credit { source: found.source, kind: found.kind, text: line.to_owned(), span: None }
}

fn join(report: &mut Report, kept: &[Piece]) {
    let mut at = 0;
    let mut text = String::with_capacity(kept.iter().map(|piece| piece.text.len() + 1).sum());
    for (n, piece) in kept.iter().enumerate() {
        if n > 0 {
            text.push('\n');
            at += 1;
        }
        let end = at + piece.text.chars().count();
        text.push_str(&piece.text);
        report.blocks.push(Block { kind: piece.kind, start: at, end, language: None });
        at = end;
    }
    report.text = text;
}

/// Marks the credits that stand in the text.
fn mark_credits(report: &mut Report, kept: &[Piece]) {
    let spanner = Spanner::new(&report.id, &report.text);
    let mut found = Vec::new();
    let mut at = 0;
    for piece in kept {
        let line = &report.text[at..at + piece.text.len()];
        let photo = if piece.kind == BlockKind::Caption { credits::photo_at(line) } else { None };
        for credit in credits::inline(line, &report.text).into_iter().chain(photo) {
            let span = spanner.span(at + credit.bytes.start..at + credit.bytes.end);
            found.push(Credit { source: credit.source, kind: credit.kind, text: span.text.clone(), span: Some(span) });
        }
        at += piece.text.len() + 1;
    }
    report.credits.extend(found);
}
