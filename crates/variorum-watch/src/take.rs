//! What a body holds, and how its items become reports.

use std::collections::{BTreeSet, VecDeque};

use tracing::info;
use variorum_fetch::Answer;
use variorum_news::{Credit, CreditKind, Note, Page, Problem, Report};
use variorum_read::{Format, Hints, Kind};
use variorum_store::{Checked, FEED_HOST, Found, ItemState, NewItem, Source};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::house::{are_one, house, named};
use crate::{Error, Told, Watch};

/// Items that are cleaned and kept together.
const TOGETHER: usize = 100;
/// An item that claims to be so much older than the last look at its source was not there then.
const BACKDATED: i64 = 86_400;
/// Pages elsewhere that one body may ask for: a feed must not send this program against others.
const ELSEWHERE: usize = 50;
/// Pages of a source that may wait; what comes then is kept as the feed tells it.
const WAITING: u64 = 1_000;

/// What a body is.
#[derive(Debug)]
pub enum Body {
    /// Items.
    Items(Read),
    /// An index of sitemaps: their addresses, the newest first.
    Index(Vec<String>),
}

/// A body with items, as far as it could be read.
#[derive(Debug, Default)]
pub struct Read {
    /// Its items.
    pub pages: Vec<Page>,
    /// What it says of itself.
    pub hints: Hints,
    /// Why it is not whole, in a sentence.
    pub cut_off: Option<String>,
    /// What is odd about it, in a sentence.
    pub remark: Option<String>,
}

/// Reads a body; the error is a sentence.
pub fn read(name: &str, answer: &Answer) -> Result<Body, String> {
    let bytes = &answer.body;
    let url = answer.url.as_str();
    match variorum_read::sniff(url, bytes) {
        Format::Empty => return Err("it answered with nothing".to_owned()),
        Format::Html => return Err("it answered with a web page, which is no feed".to_owned()),
        Format::Text => return Err("it answered with plain text, which is no feed".to_owned()),
        Format::Opml => return Err("it is a list of feeds and no feed; import it".to_owned()),
        Format::Binary(what) => return Err(format!("it answered with {what}, which is no feed")),
        Format::Warc | Format::Parquet => {
            return Err("it is an archive and no feed; give it to `variorum add`".to_owned());
        }
        Format::Xml => return Err("it answered with XML of a kind that is not read".to_owned()),
        Format::Sitemap => {
            let mut listed: Vec<_> = variorum_read::feeds_at(url, name, bytes)
                .into_iter()
                .flatten()
                .filter(|f| f.kind == Kind::Sitemap)
                .collect();
            if !listed.is_empty() {
                // The newest first; where nothing says when, those that are named after news.
                listed.sort_by_key(|feed| {
                    (std::cmp::Reverse(feed.modified.clone()), !feed.url.to_ascii_lowercase().contains("news"))
                });
                return Ok(Body::Index(listed.into_iter().map(|feed| feed.url).collect()));
            }
        }
        _ => {}
    }
    let mut read = Read { hints: variorum_read::hints(url, bytes), ..Read::default() };
    let mut odd: Vec<Problem> = Vec::new();
    for found in variorum_read::read_bytes(name, bytes) {
        match found {
            Ok(page) if matches!(page.body, variorum_news::Body::Html(_)) => {
                return Err("it answered with a web page, which is no feed".to_owned());
            }
            Ok(page) => read.pages.push(page),
            Err(problem) => odd.push(problem),
        }
    }
    if let Some(problem) = odd.iter().find(|problem| problem.reason.contains("cut off")) {
        read.cut_off = Some(problem.reason.clone());
    } else if let Some(first) = odd.iter().find(|problem| !problem.reason.contains("without items")) {
        let reason = crate::check::first_line(&first.reason);
        read.remark = Some(match odd.len() {
            1 => format!("One thing in it cannot be used: {reason}"),
            n => format!("{n} things in it cannot be used; the first: {reason}"),
        });
    }
    Ok(Body::Items(read))
}

/// A body whose items are still to be taken.
#[derive(Debug)]
pub struct Rest {
    pub(crate) source: Source,
    outlet: String,
    pages: VecDeque<Page>,
    checked: Checked,
    told: Told,
    backdated: u64,
    elsewhere: usize,
    waiting: Option<u64>,
}

impl Rest {
    pub(crate) fn new(source: Source, outlet: String, read: Read, checked: Checked) -> Self {
        let told = Told { source: source.n, items: read.pages.len() as u64, new: 0, kept: 0, waiting: 0, wait: 0 };
        Rest { source, outlet, pages: read.pages.into(), checked, told, backdated: 0, elsewhere: 0, waiting: None }
    }
}

/// An item on its way.
struct Taken {
    key: i64,
    report: Report,
    /// The address of its page, where that is wanted.
    page: Option<String>,
}

impl Watch {
    /// Takes up to so many new items of a body; returns what became of the check once none is left. What is kept is on
    /// the disk before the items count as taken, and those before the tag of the body does: a program that is killed
    /// between asks once more, and loses nothing.
    pub fn take(&self, rest: &mut Rest, most: usize, now: i64) -> Result<Option<Told>, Error> {
        let mut left = most;
        while left > 0 && !rest.pages.is_empty() {
            left -= self.take_some(rest, left.min(TOGETHER), now)?;
        }
        if !rest.pages.is_empty() {
            return Ok(None);
        }
        let n = rest.source.n;
        let mut checked = rest.checked.clone();
        if let Found::Read { new, remark, .. } = &mut checked.found {
            *new = rest.told.new;
            if rest.backdated > 0 && remark.is_none() {
                *remark = Some(backdated(rest.backdated, rest.source.read));
            }
        }
        self.store.write(move |writing| writing.note_source(n, &checked))?;
        let Told { items, new, kept, waiting, .. } = rest.told;
        info!(source = %rest.source.shown, items, new, kept, waiting, "read");
        Ok(Some(rest.told.clone()))
    }

    /// Takes items until so many are new, and returns how many were.
    fn take_some(&self, rest: &mut Rest, most: usize, now: i64) -> Result<usize, Error> {
        let n = rest.source.n;
        let some: Vec<Page> = rest.pages.drain(..rest.pages.len().min(most)).collect();
        let keys: Vec<i64> = some.iter().map(|page| key(&page.id)).collect();
        let mut known: BTreeSet<i64> = self.store.read(|view| view.known_items(n, &keys))?;
        let new: Vec<(i64, Page)> = keys.into_iter().zip(some).filter(|(key, _)| known.insert(*key)).collect();
        if new.is_empty() {
            return Ok(0);
        }
        let count = new.len();
        let (mut items, mut reports, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for (key, page) in new {
            match self.taken(rest, key, page, now)? {
                Ok(Taken { key, report, page: Some(url) }) => {
                    let waits = Some((url, Box::new(report)));
                    items.push(NewItem { key, state: ItemState::Waiting, report: None, waits });
                }
                Ok(Taken { key, report, page: None }) => {
                    let id = Some(report.id.to_string());
                    items.push(NewItem { key, state: ItemState::Kept, report: id, waits: None });
                    reports.push((report, now));
                }
                Err(problem) => {
                    items.push(NewItem { key, state: ItemState::Unusable, report: None, waits: None });
                    problems.push(problem);
                }
            }
        }
        let kept = reports.len() as u64;
        rest.told.new += count as u64;
        rest.told.kept += kept;
        rest.told.waiting += items.iter().filter(|item| item.waits.is_some()).count() as u64;
        self.store.keep_each(reports)?;
        self.store.write(move |writing| {
            writing.put_items(n, &items, now)?;
            problems.iter().try_for_each(|problem| writing.put_problem(now, problem))?;
            writing.count_kept(n, kept)
        })?;
        Ok(count)
    }

    /// Makes the report of an item, of the feed's own words, and tells whether its page is wanted.
    fn taken(&self, rest: &mut Rest, item: i64, mut page: Page, now: i64) -> Result<Result<Taken, Problem>, Error> {
        let source = &rest.source;
        let link = page.url.clone().filter(|url| house(url).is_some());
        let own = link.as_deref().is_none_or(|link| is_own(source, link));
        page.id = name(source, &page, own).into();
        page.path = Some(source.shown.clone());
        page.url.clone_from(&link);
        let excerpt = page.notes.iter().any(|note| note.note.contains("excerpt"));
        stand(&mut page, &rest.outlet);
        if !own {
            let host = house(&source.address).unwrap_or_default();
            page.extra.insert(FEED_HOST.to_owned(), host.into());
        }
        let mut report = match variorum::clean(&page) {
            Ok(report) => report,
            Err(problem) => return Ok(Err(Problem { path: Some(source.shown.clone()), ..problem })),
        };
        report.outlet = Some(rest.outlet.clone());
        let since = self.store.read(|view| view.came_first(&report))?;
        rest.backdated += u64::from(sighted(&mut report, source.read, since.unwrap_or(now)));
        let wanted = self.pages.wants(&report, excerpt);
        let page = match link.filter(|_| wanted) {
            Some(link) if self.may_wait(rest, own)? => Some(link),
            _ => None,
        };
        Ok(Ok(Taken { key: item, report, page }))
    }

    fn may_wait(&self, rest: &mut Rest, own: bool) -> Result<bool, Error> {
        let n = rest.source.n;
        let waiting = match rest.waiting {
            Some(waiting) => waiting,
            None => self.store.read(|view| view.waiting_count(n))?,
        };
        rest.waiting = Some(waiting + 1);
        rest.elsewhere += usize::from(!own);
        Ok(waiting < WAITING && (own || rest.elsewhere <= ELSEWHERE))
    }
}

/// A number made of what an item says.
fn key(id: &str) -> i64 {
    i64::from_ne_bytes(xxh3_64(id.as_bytes()).to_ne_bytes())
}

/// Tells whether an address lies in the house of a source: where it is fetched from, or what a person's list says.
fn is_own(source: &Source, link: &str) -> bool {
    let there = house(link).unwrap_or_default();
    let homes = [Some(source.address.as_str()), Some(source.listed.as_str()), source.site.as_deref()];
    homes.into_iter().flatten().filter_map(house).any(|home| are_one(&home, &there))
}

/// Items of two sources may have the same name in their feeds; here each has its own, that stays when its words change.
fn name(source: &Source, page: &Page, own: bool) -> String {
    let item = page.url.as_deref().filter(|_| own).unwrap_or(&page.id);
    format!("{:032x}", xxh3_128(format!("{}\u{1f}{item}", source.listed).as_bytes()))
}

/// A report stands under the name of the source that gave its words; whom an item itself calls its publisher is told as
/// its source.
fn stand(page: &mut Page, outlet: &str) {
    let stated = page.outlet.replace(outlet.to_owned());
    // What the feed calls itself is the outlet's name already, or was judged to be another's.
    let own_title = page.extra.remove("feed").is_none();
    let Some(stated) = stated.filter(|stated| !own_title && stated != outlet) else { return };
    if !page.credits.iter().any(|credit| credit.source == stated) {
        let kind = CreditKind::OriginalSource;
        page.credits.push(Credit { source: stated.clone(), kind, text: stated, span: None });
    }
}

/// Writes into a report between which two looks it appeared; what its source held when it was read first can have
/// appeared at any time before. Returns whether it claims to be older than the look that did not find it.
fn sighted(report: &mut Report, last_read: Option<i64>, now: i64) -> bool {
    let unseen = last_read.map(|read| read.min(now));
    if let Some(unseen) = unseen {
        report.extra.insert("unseen".to_owned(), stamp(unseen).into());
        report.extra.insert("seen".to_owned(), stamp(now).into());
    }
    let Some(claimed) = report.published.as_deref().and_then(seconds) else { return false };
    let told = report.published.clone().unwrap_or_default();
    if let Some(unseen) = unseen.filter(|unseen| claimed < unseen - BACKDATED) {
        let read = stamp(unseen);
        let note =
            format!("says that it was published at {told}, and was not in the feed when that was read at {read}");
        report.notes.push(Note { span: None, note });
        return true;
    }
    if claimed > now + BACKDATED {
        let note = format!("says that it was published at {told}, which was still to come when it was read");
        report.notes.push(Note { span: None, note });
    }
    false
}

fn backdated(n: u64, read: Option<i64>) -> String {
    let since = read.map(variorum_store::moment).unwrap_or_default();
    let items = if n == 1 { "One new item claims".to_owned() } else { format!("{n} new items claim") };
    format!("{items} to be older than the last reading of the feed, on {since}, which did not hold it")
}

fn seconds(published: &str) -> Option<i64> {
    let published = published.trim();
    match published.parse::<jiff::Timestamp>() {
        Ok(stamp) => Some(stamp.as_second()),
        // A bare day is over at its end.
        Err(_) => {
            let day: jiff::civil::Date = published.get(..10)?.parse().ok()?;
            Some(day.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
        }
    }
}

fn stamp(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// Returns the outlet of a page that was fetched from an address, with its host where that does not spell it.
pub fn outlet_of_page(stated: Option<&str>, address: &str) -> String {
    named(stated.unwrap_or_default(), address)
}
