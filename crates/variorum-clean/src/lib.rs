#![doc = include_str!("../README.md")]

use variorum_news::{Block, BlockKind, Body, Page, Problem, Report};

/// Returns the report that a page holds, or why it holds none.
pub fn clean(page: &Page) -> Result<Report, Problem> {
    let text = match &page.body {
        Body::Clean(report) => return Ok((**report).clone()),
        Body::Html(html) => html.clone(),
        Body::Text(text) => text.clone(),
    };
    let kept: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut report = Report::of_text(page.id.clone(), kept.join("\n"));
    report.path.clone_from(&page.path);
    report.url.clone_from(&page.url);
    report.outlet.clone_from(&page.outlet);
    report.title.clone_from(&page.title);
    report.byline.clone_from(&page.byline);
    report.published.clone_from(&page.published);
    report.language.clone_from(&page.language);
    report.extra.clone_from(&page.extra);
    let mut at = 0;
    for line in kept {
        let length = line.chars().count();
        report.blocks.push(Block { kind: BlockKind::Paragraph, start: at, end: at + length });
        at += length + 1;
    }
    Ok(report)
}
