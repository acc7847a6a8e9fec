//! Sorts the lines of a page: what is the article's own, and what stands beside it.

use variorum_news::{Block, BlockKind, Credit, CreditKind, Removed, Report, Spanner};

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
        let n_before = line_credits.len();
        let reason = beside(report, &piece, at_edge, &mut line_credits);
        as_picture(&piece, &mut line_credits[n_before..]);
        match reason {
            Some(reason) => report.removed.push(Removed { text: piece.text, reason: reason.to_owned() }),
            None => kept.push(as_caption(piece)),
        }
    }
    join(report, &kept);
    mark_credits(report, &kept);
    keep_credits(report, line_credits);
}

/// Adds the credits of lines that were taken out for another reason than their credit, such as a byline that names an
/// agency, or a line that the extraction left out.
pub(crate) fn credit_removed(report: &mut Report) {
    let taken = report.removed.iter().filter(|gone| !matches!(gone.reason.as_str(), "credit line" | "photo credit"));
    let found: Vec<Credit> = taken.flat_map(|gone| of_removed(&gone.text, &gone.reason)).collect();
    keep_credits(report, found);
}

fn of_removed(line: &str, reason: &str) -> Vec<Credit> {
    if reason == "byline" {
        return credits::in_byline(line).into_iter().map(|credit| credit_of(credit, line)).collect();
    }
    let found = credits::line(line);
    let photo = credits::photo_at(line).filter(|_| found.is_empty());
    found.into_iter().chain(photo).map(|credit| credit_of(credit, line)).collect()
}

/// Adds credits, without those to the report's own outlet and without those that stand already without a place.
pub(crate) fn keep_credits(report: &mut Report, found: Vec<Credit>) {
    for credit in found {
        let is_own = credit.kind != CreditKind::Photo
            && credits::is_own(&credit.source, report.outlet.as_deref(), report.url.as_deref());
        let is_told = credit.span.is_none()
            && report.credits.iter().any(|told| (&told.source, told.kind) == (&credit.source, credit.kind));
        if !is_own && !is_told {
            report.credits.push(credit);
        }
    }
}

/// Returns why a line is no part of the article, and keeps what it tells about the article.
fn beside(report: &mut Report, piece: &Piece, at_edge: bool, found: &mut Vec<Credit>) -> Option<&'static str> {
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
    if let Some(credit) = credits::photo_at(line).filter(|credit| credits::is_photo_line(line, credit)) {
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

/// An agency's bare name under a picture signs the picture.
fn as_picture(piece: &Piece, found: &mut [Credit]) {
    if piece.kind == BlockKind::Caption {
        found
            .iter_mut()
            .filter(|credit| credit.kind == CreditKind::Agency)
            .for_each(|credit| credit.kind = CreditKind::Photo);
    }
}

fn credit_of(found: credits::Found, line: &str) -> Credit {
    Credit { source: found.source, kind: found.kind, text: line.to_owned(), span: None }
}

/// A line with words and a photo credit is a caption.
fn as_caption(piece: Piece) -> Piece {
    let is_caption = piece.kind == BlockKind::Paragraph && credits::photo_at(&piece.text).is_some();
    if is_caption { Piece::new(BlockKind::Caption, piece.text) } else { piece }
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
        let photo = credits::photo_at(line).filter(|_| piece.kind == BlockKind::Caption);
        for mut credit in credits::inline(line, &report.text).into_iter().chain(photo) {
            if piece.kind == BlockKind::Caption && credit.kind == CreditKind::Agency {
                credit.kind = CreditKind::Photo;
            }
            let span = spanner.span(at + credit.bytes.start..at + credit.bytes.end);
            found.push(Credit { source: credit.source, kind: credit.kind, text: span.text.clone(), span: Some(span) });
        }
        at += piece.text.len() + 1;
    }
    keep_credits(report, found);
}
