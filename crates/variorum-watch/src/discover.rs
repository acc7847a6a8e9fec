//! From a page's address to its feeds.

use std::time::Duration;

use url::Url;
use variorum_fetch::{Door, Get, Limits, shown};
use variorum_read::{Format, Kind};
use variorum_store::{NewSource, SourceKind};

use crate::Error;
use crate::list::of_feed;

/// Where feeds usually lie, for pages that do not say so.
const USUAL: [&str; 5] = ["/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"];
const LIMITS: Limits = Limits { bytes: variorum_read::MOST_LISTING as u64, time: Duration::from_secs(60) };

/// What is to be watched at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discovered {
    /// The address is a source itself.
    Itself(NewSource),
    /// It is a page, or an index, that names sources.
    Named(Vec<NewSource>),
    /// It is a list of feeds: all of them.
    List(Vec<NewSource>),
    /// Nothing that can be watched; why, in a sentence.
    Nothing(String),
}

/// Asks an address what is to be watched there.
pub fn discover(door: &Door, address: &str) -> Result<Discovered, Error> {
    let answer = door.get(get(address))?;
    if answer.status != 200 {
        return Ok(Discovered::Nothing(format!("{} answered {}", shown(address), answer.status)));
    }
    let url = answer.url.as_str();
    let itself = |kind| Discovered::Itself(NewSource { kind, shown: Some(shown(address)), ..NewSource::of(address) });
    Ok(match variorum_read::sniff(url, &answer.body) {
        Format::Rss | Format::Atom => itself(SourceKind::Feed),
        Format::Json | Format::Lines if is_json_feed(&answer.body) => itself(SourceKind::Feed),
        Format::Sitemap | Format::Gzip => itself(SourceKind::Sitemap),
        Format::Opml => Discovered::List(named(url, &answer.body)),
        Format::Html => {
            let found = named(url, &answer.body);
            let found = if found.is_empty() { usual(door, &answer.url) } else { found };
            match found.is_empty() {
                true => Discovered::Nothing(format!(
                    "{} announces no feed, and none lies where feeds usually do",
                    shown(url)
                )),
                false => Discovered::Named(found),
            }
        }
        _ => Discovered::Nothing(format!("{} is neither a feed nor a page that could name one", shown(url))),
    })
}

fn get(url: &str) -> Get<'_> {
    let accept = "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, */*;q=0.5";
    Get { url, accept, etag: None, last_modified: None, headers: &[], limits: LIMITS }
}

fn named(url: &str, bytes: &[u8]) -> Vec<NewSource> {
    let found = variorum_read::feeds_at(url, &shown(url), bytes).into_iter().flatten();
    found.map(|feed| NewSource { by_list: false, ..of_feed(feed) }).collect()
}

/// Looks where feeds usually lie; the first one is enough.
fn usual(door: &Door, page: &Url) -> Vec<NewSource> {
    let at = |path: &&str| page.join(path).ok();
    let is_feed = |url: &Url| {
        let answer = door.get(get(url.as_str())).ok().filter(|answer| answer.status == 200);
        answer.is_some_and(|answer| {
            matches!(variorum_read::sniff(url.path(), &answer.body), Format::Rss | Format::Atom)
                || is_json_feed(&answer.body)
        })
    };
    let found = USUAL.iter().filter_map(at).find(is_feed);
    let feed = |url: Url| variorum_read::Feed {
        url: url.into(),
        title: None,
        site: Some(page.as_str().to_owned()),
        folder: None,
        kind: Kind::Feed,
        modified: None,
    };
    found.map(|url| NewSource { by_list: false, ..of_feed(feed(url)) }).into_iter().collect()
}

fn is_json_feed(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_096)];
    String::from_utf8_lossy(head).contains("jsonfeed.org/version/")
}
