//! The pages of items whose feed tells only a part.

use std::time::Duration;

use tracing::{info, warn};
use variorum_fetch::{Get, Limits, shown};
use variorum_news::{Body, Note, Page, Problem, Report};
use variorum_read::Format;
use variorum_store::{FEED_HOST, ItemState, Source, WaitingItem};

use crate::check::first_line;
use crate::house::{are_one, house};
use crate::robots::Refusal;
use crate::take::outlet_of_page;
use crate::{Error, Watch};

/// An item with fewer letters than this is short: three sentences tell an event, a report needs more.
const SHORT: usize = 600;
/// How often a page is asked for.
const TRIES: u32 = 3;
/// How long after the first failure it is asked for again.
const AGAIN: i64 = 300;
/// A site that wants to be left alone for longer than this does not get its page asked for again.
const PATIENCE: i64 = 6 * 3_600;

const LIMITS: Limits = Limits { bytes: variorum_read::MOST_HTML as u64, time: Duration::from_secs(45) };

/// Which items get their pages fetched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pages {
    /// None: what the feed tells is the report.
    No,
    /// Those of which the feed tells a headline, an excerpt or a few sentences.
    #[default]
    Short,
    /// All.
    All,
}

impl Pages {
    pub(crate) fn wants(self, report: &Report, is_excerpt: bool) -> bool {
        match self {
            Pages::No => false,
            Pages::Short => is_excerpt || report.text.chars().count() < SHORT,
            Pages::All => true,
        }
    }
}

/// What became of a page.
enum Fetched {
    /// The report that it holds.
    Report(Box<Report>),
    /// Nothing that is of use, ever; why.
    Never(String),
    /// Nothing now; why, and how long to wait.
    Later(String, i64),
}

impl Watch {
    /// Fetches the page of an item that waits and keeps what it says; where it never comes, the feed's own words are
    /// kept, and why. Returns for how many seconds its server asked to be left alone.
    pub fn page(&self, source: &Source, item: WaitingItem, now: i64) -> Result<i64, Error> {
        let is_watched = source.dropped.is_none() && source.paused.is_none();
        let fetched = if is_watched {
            self.fetch_page(source, &item, now)
        } else {
            Fetched::Never("its feed is not watched any more".to_owned())
        };
        let n = item.n;
        let asked = if let Fetched::Later(_, wait) = &fetched { *wait } else { 0 };
        match fetched {
            Fetched::Report(report) => {
                info!(source = %source.shown, page = %shown(&item.url), "page kept");
                self.settle(source.n, n, *report, ItemState::Kept, None, now)?;
            }
            Fetched::Later(_, wait) if item.tries + 1 < TRIES && wait <= PATIENCE => {
                let wait = wait.max(AGAIN << (2 * item.tries).min(10));
                self.store.write(move |writing| writing.postpone_item(n, now + wait))?;
            }
            Fetched::Later(why, _) | Fetched::Never(why) => {
                warn!(source = %source.shown, page = %shown(&item.url), reason = %why, "page failed");
                let mut report = item.report;
                let note = format!("its page could not be used ({why}); these are the words of the feed");
                report.notes.push(Note { span: None, note });
                let problem = Problem {
                    path: Some(shown(&item.url)),
                    id: Some(report.id.to_string()),
                    reason: format!("{why}; the words of the feed are kept in its place"),
                };
                self.settle(source.n, n, report, ItemState::Failed, Some(problem), now)?;
            }
        }
        Ok(asked)
    }

    fn settle(
        &self,
        source: i64,
        item: i64,
        report: Report,
        state: ItemState,
        problem: Option<Problem>,
        now: i64,
    ) -> Result<(), Error> {
        // Kept before it is settled: what is killed between is fetched once more, and known.
        let receipts = self.store.keep_each(vec![(report, now)])?;
        let id = receipts.first().map(|receipt| receipt.id().to_string());
        self.store.write(move |writing| {
            writing.settle_item(item, state, id.as_deref())?;
            problem.iter().try_for_each(|problem| writing.put_problem(now, problem))?;
            writing.count_kept(source, 1)
        })?;
        Ok(())
    }

    fn fetch_page(&self, source: &Source, item: &WaitingItem, now: i64) -> Fetched {
        if source.may.is_none()
            && let Some(refusal) = self.robots.refusal(&self.door, &item.url, now)
        {
            return match refusal {
                Refusal::No(words) => Fetched::Never(words),
                Refusal::Silent(words) => Fetched::Later(words, 0),
            };
        }
        let get = Get {
            url: &item.url,
            accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
            etag: None,
            last_modified: None,
            headers: &[],
            limits: LIMITS,
        };
        let answer = match self.door.get(get) {
            Ok(answer) => answer,
            Err(error) => return Fetched::Later(first_line(&error.to_string()), 0),
        };
        let wait = answer.retry_after.and_then(|wait| i64::try_from(wait.as_secs()).ok()).unwrap_or(0);
        match answer.status {
            200 => {}
            408 | 425 | 429 | 500..=599 => {
                return Fetched::Later(format!("the server answered {}", answer.status), wait);
            }
            status => return Fetched::Never(format!("the server answered {status}")),
        }
        match variorum_read::sniff(answer.url.path(), &answer.body) {
            Format::Html => {}
            _ => return Fetched::Never("it is no web page".to_owned()),
        }
        let mut found = variorum_read::read_bytes(&shown(answer.url.as_str()), &answer.body).into_iter();
        let page = match found.next() {
            Some(Ok(page)) if matches!(page.body, Body::Html(_)) => page,
            Some(Err(problem)) => return Fetched::Never(problem.reason),
            _ => return Fetched::Never("it holds no report".to_owned()),
        };
        let address = answer.url.to_string();
        match variorum::clean(&facts(page, &item.report, source, &address)) {
            Ok(report) if report.text.chars().count() <= item.report.text.chars().count() => {
                Fetched::Never("the page says no more than the feed".to_owned())
            }
            Ok(report) => Fetched::Report(Box::new(stood(report, &item.report, source, &address))),
            Err(problem) => Fetched::Never(problem.reason),
        }
    }
}

/// What the feed says of an item is what its page says, as long as nothing better is known.
fn facts(mut page: Page, told: &Report, source: &Source, address: &str) -> Page {
    page.id = told.id.clone();
    page.path = Some(source.shown.clone());
    page.url = Some(address.to_owned());
    page.title = told.title.clone();
    page.published = told.published.clone();
    page.byline = told.byline.clone();
    page.section = told.section.clone();
    page.language = told.language.clone();
    page.credits = told.credits.iter().filter(|credit| credit.span.is_none()).cloned().collect();
    page.extra = told.extra.clone();
    // The words are those of the page's own house now.
    page.extra.remove(FEED_HOST);
    page
}

fn stood(mut report: Report, told: &Report, source: &Source, address: &str) -> Report {
    let there = house(address).unwrap_or_default();
    let is_own = [Some(source.address.as_str()), source.site.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(house)
        .any(|home| are_one(&home, &there));
    report.outlet = if is_own { told.outlet.clone() } else { Some(outlet_of_page(report.outlet.as_deref(), address)) };
    report
}
