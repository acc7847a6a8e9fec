//! The title: a headline in the text where there is one, else the shortest head of a report that tells the news.

use variorum_news::{AccountSentence, BlockKind, Span};
use variorum_text::words;

use crate::dateline::without_dateline;
use crate::fitness::is_headline;
use crate::lexis::Lexis;
use crate::passage::Passage;
use crate::told::Told;

/// A title must share so much with the lead.
const ABOUT: f64 = 0.25;
const MOST_REPORTS: usize = 200;
/// A title of more words is long, one of fewer too short; a headline is worth more than a sentence.
const LONG: usize = 14;
const SHORT: usize = 4;
const HEADLINE: f64 = 1.6;

/// Returns the words that name the story.
pub(crate) fn title(told: &Told, account: &[AccountSentence]) -> Option<Span> {
    let lead = account.first()?;
    let first = lead.sources.first()?;
    let mut lexis = Lexis::default();
    let of_lead = lexis.read(&lead.text);
    let mut best: Option<(f64, &Span)> = None;
    for report in 0..told.reports.len().min(MOST_REPORTS) {
        for (n, span) in told.sentences(report).iter().enumerate().take(2) {
            let headline = told.block((report, n)).1 == BlockKind::Heading || is_headline(&span.text);
            let stands =
                || Passage::of(told, (report, n)).is_some_and(|p| p.fitness.score > 0.0 && p.fitness.lean.is_none());
            if span.text.contains('\n') || !(headline && n == 0 || stands()) {
                continue;
            }
            let content = lexis.read(&span.text);
            let length = words(&span.text).len();
            let alike = lexis.likeness(&content, &of_lead);
            let long = 1.0 + length.saturating_sub(LONG) as f64 / LONG as f64;
            let kind = if headline { HEADLINE } else { 1.0 };
            let own = if told.derived[report] { 0.7 } else { 1.0 };
            let score = alike * kind * own / long;
            let better = |(most, held): (f64, &Span)| score > most || (score == most && span < held);
            if alike >= ABOUT && length >= SHORT && best.is_none_or(better) {
                best = Some((score, span));
            }
        }
    }
    let title = best.map_or(first, |(_, span)| span).clone();
    let report = told.reports.iter().find(|report| report.id == title.report);
    Some(report.map_or(title.clone(), |report| without_dateline(report, title)))
}
