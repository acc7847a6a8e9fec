#![doc = include_str!("../README.md")]

mod byline;
mod credits;
mod dates;
mod furniture;
mod html;
mod kind;
mod language;
mod piece;
mod plain;
mod repeated;
mod sort;
#[cfg(test)]
mod tests;

pub use repeated::{LinesSeen, RepeatedLines, strip as strip_repeated};

use variorum_news::{Block, BlockKind, Body, Note, Page, Problem, Removed, Report};
use variorum_text::{language_tag, nfc};

/// Returns the report that a page holds, or why it holds none.
pub fn clean(page: &Page) -> Result<Report, Problem> {
    let report = match &page.body {
        Body::Clean(report) => return Ok((**report).clone()),
        Body::Html(html) => of_html(page, html)?,
        Body::Fragment(markup) => of_fragment(page, markup)?,
        Body::Text(text) => of_text(page, text),
        Body::Headline => return Ok(of_headline(page)),
    };
    usable(page, report)
}

/// Returns the report of a page that is given to be compared with others of one story.
///
/// A short line is an answer, a claim or a headline: it is taken as it is, since one word may be all of it and there is
/// no page that furniture could come from. Everything else is cleaned.
pub fn clean_told(page: &Page) -> Result<Report, Problem> {
    let Body::Text(text) = &page.body else { return clean(page) };
    let text = piece::visible(&nfc(text));
    let line = text.trim();
    if line.contains('\n') || line.len() > SHORT || variorum_text::words(line).is_empty() {
        return clean(page);
    }
    let mut report = begun(page);
    let end = line.chars().count();
    report.blocks = vec![Block { kind: BlockKind::Paragraph, start: 0, end, language: None }];
    report.text = line.to_owned();
    language::settle(&mut report);
    Ok(report)
}

/// A line of more bytes is an article that lost its breaks.
const SHORT: usize = 600;

fn of_text(page: &Page, text: &str) -> Report {
    let mut report = begun(page);
    let text = piece::visible(&nfc(text));
    let plain = plain::read(&text, report.title.as_deref());
    if report.title.is_none() {
        report.title = plain.title;
    }
    let repeated = plain.repeated.map(|text| Removed { text, reason: "the title again".to_owned() });
    report.removed.extend(repeated);
    sort::fill(&mut report, plain.pieces);
    sort::credit_removed(&mut report);
    report
}

/// Returns the report of a headline that came without an article.
fn of_headline(page: &Page) -> Report {
    let mut report = begun(page);
    headline_alone(&mut report);
    report
}

fn headline_alone(report: &mut Report) {
    report.notes.push(Note { span: None, note: "a headline alone; the article was not given".to_owned() });
}

/// Markup of the article alone holds nothing that would have to be found in it.
fn of_fragment(page: &Page, markup: &str) -> Result<Report, Problem> {
    let mut report = begun(page);
    let pieces = html::fragment(markup).map_err(|reason| problem(page, &reason))?;
    sort::fill(&mut report, pieces);
    sort::credit_removed(&mut report);
    // "Read more on our site" under a headline is furniture; the headline is news all the same.
    if report.text.is_empty() && report.title.is_some() {
        headline_alone(&mut report);
    }
    Ok(report)
}

fn of_html(page: &Page, html: &str) -> Result<Report, Problem> {
    let mut report = begun(page);
    let article = html::read(html, page.url.as_deref()).map_err(|reason| problem(page, &reason))?;
    let facts = article.facts;
    report.url = report.url.or(facts.url);
    report.outlet = report.outlet.or(facts.outlet);
    report.title = report.title.or(facts.title);
    report.standfirst = report.standfirst.or(facts.standfirst);
    report.published = report.published.or(facts.published);
    report.modified = report.modified.or(facts.modified);
    report.section = report.section.or(facts.section);
    report.canonical = facts.canonical;
    report.language = report.language.or(facts.language);
    report.notes.extend(facts.notes);
    if report.byline.is_empty() {
        report.byline = facts.byline;
    }
    if article.is_cut_off {
        report.notes.push(Note { span: None, note: "a paywall cuts the text off".to_owned() });
    }
    report.confidence = Some((article.confidence * 100.0).round() / 100.0);
    if article.confidence < DOUBTFUL {
        let note = "the readings of the page disagree on what its article is; the text may hold too much or too little";
        report.notes.push(Note { span: None, note: note.to_owned() });
    }
    sort::fill(&mut report, article.pieces);
    report.standfirst = report.standfirst.filter(|standfirst| !opens_text(&report.text, standfirst));
    report.removed.extend(article.left_out);
    sort::keep_credits(&mut report, facts.credits);
    sort::credit_removed(&mut report);
    Ok(report)
}

/// Tells whether a line is only the beginning of the text, which says no more than the text.
fn opens_text(text: &str, line: &str) -> bool {
    let first: String = text.lines().next().unwrap_or_default().chars().take(line.chars().count() + 40).collect();
    piece::folded(&first).starts_with(&piece::folded(line))
}

/// Texts less sure than this are said to be doubtful.
const DOUBTFUL: f64 = 0.55;

/// Returns a report with the facts that came beside the page's words.
fn begun(page: &Page) -> Report {
    let mut report = Report::of_text(page.id.clone(), "");
    report.path.clone_from(&page.path);
    report.url.clone_from(&page.url);
    report.outlet.clone_from(&page.outlet);
    report.title = page.title.as_deref().map(|title| nfc(title.trim()).into_owned()).filter(|title| !title.is_empty());
    report.byline.clone_from(&page.byline);
    report.language = page.language.as_deref().map(|stated| language_tag(stated).unwrap_or_else(|| stated.to_owned()));
    report.standfirst.clone_from(&page.standfirst);
    report.section.clone_from(&page.section);
    report.modified = page.modified.as_deref().and_then(dates::parse);
    report.credits.clone_from(&page.credits);
    report.notes.clone_from(&page.notes);
    report.extra.clone_from(&page.extra);
    if let Some(stated) = page.published.as_deref().filter(|stated| !stated.trim().is_empty()) {
        report.published = dates::parse(stated);
        if report.published.is_none() {
            let note = format!("`published` is no full date ({stated}); left out");
            report.notes.push(Note { span: None, note });
        }
    }
    report
}

/// A report needs words, and a few more than one.
fn usable(page: &Page, mut report: Report) -> Result<Report, Problem> {
    let n_words = variorum_text::words(&report.text).len();
    let is_headline = matches!(page.body, Body::Fragment(_)) && report.title.is_some();
    if n_words == 0 && is_headline {
        return Ok(report);
    }
    if n_words == 0 {
        return Err(problem(page, "nothing but page furniture; give the text of the article"));
    }
    if n_words == 1 && report.title.is_none() {
        return Err(problem(page, "a single word is no report; give the text of the article"));
    }
    language::settle(&mut report);
    Ok(report)
}

fn problem(page: &Page, reason: &str) -> Problem {
    Problem { path: page.path.clone(), id: Some(page.id.to_string()), reason: reason.to_owned() }
}
