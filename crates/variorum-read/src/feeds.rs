//! Lists of feeds: OPML, indexes of sitemaps, and what a web page announces.

use serde::Serialize;
use variorum_news::Problem;

use crate::charset::decode_page;
use crate::sniff::{Format, sniff};
use crate::{Origin, announced, opml, sitemap};

/// A feed or a sitemap that a list names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The address of the site it belongs to.
    pub site: Option<String>,
    /// The folders it lies in, outermost first, with `/` between.
    pub folder: Option<String>,
    /// What is to be found at its address.
    pub kind: Kind,
    /// When it was changed last, where a list of sitemaps says so.
    #[serde(skip)]
    pub modified: Option<String>,
}

/// What lies at the address of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap.
    Sitemap,
}

impl Feed {
    pub(crate) fn of(url: String, kind: Kind) -> Feed {
        Feed { url, title: None, site: None, folder: None, kind, modified: None }
    }
}

/// Returns the feeds and sitemaps that a file names, in their order, and a problem where it is no list or not a whole one.
pub fn feeds(path: &str, bytes: &[u8]) -> Vec<Result<Feed, Problem>> {
    feeds_of(Origin { path, ..Origin::default() }, bytes)
}

/// Returns the same of bytes that were fetched from an address, which makes relative addresses whole.
pub fn feeds_at(url: &str, path: &str, bytes: &[u8]) -> Vec<Result<Feed, Problem>> {
    feeds_of(Origin { path, url: Some(url), ..Origin::default() }, bytes)
}

fn feeds_of(origin: Origin<'_>, bytes: &[u8]) -> Vec<Result<Feed, Problem>> {
    let path = origin.path;
    let (found, lack) = match sniff(path, bytes) {
        Format::Opml => opml::feeds(origin, bytes),
        Format::Sitemap => sitemap::sitemaps(origin, bytes),
        Format::Html => {
            let (found, relative) = announced::feeds(&decode_page(bytes, None), origin.url);
            let lack = missing(found.len(), &relative);
            (found, lack)
        }
        Format::Rss | Format::Atom => {
            let lack = "a feed itself, no list of feeds; `variorum clean FILE` reads its reports";
            (Vec::new(), Some(lack.to_owned()))
        }
        _ => (Vec::new(), Some("no list of feeds; give OPML, an index of sitemaps or a web page".to_owned())),
    };
    let problem = lack.map(|reason| Err(Problem::of_path(path, reason)));
    found.into_iter().map(Ok).chain(problem).collect()
}

/// A saved page does not always say where it lay; its feeds' addresses are then not whole.
fn missing(n_found: usize, relative: &[String]) -> Option<String> {
    match relative {
        [] if n_found == 0 => Some("the page announces no feed; look for one on its site".to_owned()),
        [] => None,
        some => Some(format!(
            "the page announces a feed as {} and does not say where it lies itself; put the address of its site before that",
            some.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(", ")
        )),
    }
}
