//! OPML 1.0, 1.1 and 2.0: lists of feeds, as programs really write them.

use std::collections::BTreeSet;

use variorum_news::Problem;

use crate::charset::name_of;
use crate::feed::{joined, one_line};
use crate::feeds::{Feed, Kind};
use crate::xml::{Element, End, Tree};
use crate::{Each, Origin};

/// Folders inside more others than this are taken as parts of the innermost one that counts.
const MOST_FOLDERS: usize = 8;

/// The longest name of a folder, in characters.
const MOST_NAME: usize = 100;

/// Calls `each` with the problem that a list of feeds holds no reports.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let reason = match feeds(origin, bytes).0.len() {
        0 => "a list of feeds that names none; export it again".to_owned(),
        1 => "a list of one feed, no reports; `variorum feeds FILE` prints its address".to_owned(),
        n => format!("a list of {n} feeds, no reports; `variorum feeds FILE` prints their addresses"),
    };
    each(Err(Problem::of_path(origin.path, reason)));
}

/// Returns the feeds that a list names, each once a folder, in their order, and what is missing.
pub(crate) fn feeds(origin: Origin<'_>, bytes: &[u8]) -> (Vec<Feed>, Option<String>) {
    let tree = Tree::of_bytes(origin, bytes);
    let mut found = Vec::new();
    if let Some(root) = tree.root() {
        gather(root, &mut Vec::new(), &mut found);
    }
    let mut seen = BTreeSet::new();
    found.retain(|feed: &Feed| {
        let folder = feed.folder.as_deref().unwrap_or_default();
        seen.insert(name_of(format!("{}\u{1f}{folder}", feed.url).as_bytes()))
    });
    let lack = match tree.end {
        End::Whole if found.is_empty() => Some("a list of feeds that names none; export it again"),
        End::Whole => None,
        End::CutOff | End::TooMany => Some("the list is cut off; export it again to have the rest"),
    };
    (found, lack.map(str::to_owned))
}

/// An outline without a feed's address is a folder; one with it is none, though its end tag may be missing.
fn gather(element: Element<'_>, folders: &mut Vec<String>, found: &mut Vec<Feed>) {
    for outline in element.children() {
        let is_outline = outline.name().eq_ignore_ascii_case("outline");
        let feed = if is_outline { feed(outline, folders) } else { None };
        let folder = (is_outline && feed.is_none()).then(|| title(outline)).flatten();
        found.extend(feed);
        let depth = folders.len();
        folders.extend(folder.filter(|_| depth < MOST_FOLDERS).map(|name| name.chars().take(MOST_NAME).collect()));
        gather(outline, folders, found);
        folders.truncate(depth);
    }
}

fn feed(outline: Element<'_>, folders: &[String]) -> Option<Feed> {
    let stated = attribute(outline, "type").unwrap_or_default().to_ascii_lowercase();
    // A bare `url` is that of a page or of another list, unless the outline says that it is a feed.
    let bare = || attribute(outline, "url").filter(|_| matches!(stated.as_str(), "rss" | "atom" | "feed" | "jsonfeed"));
    let url = address(&attribute(outline, "xmlurl").or_else(bare)?)?;
    let mut feed = Feed::of(url, Kind::Feed);
    feed.title = title(outline);
    feed.site = attribute(outline, "htmlurl").and_then(|site| address(&site));
    feed.folder = (!folders.is_empty()).then(|| folders.join("/"));
    Some(feed)
}

fn title(outline: Element<'_>) -> Option<String> {
    attribute(outline, "title").or_else(|| attribute(outline, "text"))
}

/// Programs differ in the case of the names (`xmlUrl`, `xmlurl`, `XMLURL`).
fn attribute(outline: Element<'_>, name: &str) -> Option<String> {
    let found = outline.attributes().filter(|(written, _)| written.eq_ignore_ascii_case(name));
    let mut values = found.map(|(_, value)| one_line(&value));
    values.find(|value| !value.is_empty())
}

/// "feed://a.example/rss" and "feed:https://a.example/rss" mean an address of the web.
fn address(written: &str) -> Option<String> {
    match written.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => joined(None, &format!("http:{rest}")),
        Some(rest) => joined(None, rest),
        None => joined(None, written),
    }
}
