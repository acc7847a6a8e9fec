//! Lists of sources: OPML, or addresses one a line; and how the record follows a list.

use std::collections::BTreeSet;

use variorum_fetch::shown;
use variorum_news::Problem;
use variorum_read::{Format, Kind};
use variorum_store::{NewSource, SourceKind, Sources, Store};

use crate::Error;

/// The most sources of a list that are watched.
const MOST: usize = 20_000;
/// How many are written at once.
const AT_ONCE: usize = 500;

/// A list as it was read.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What it names, each address once.
    pub sources: Vec<NewSource>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether it is all of the list: of one that is cut off nobody can tell what was taken off.
    pub is_whole: bool,
}

/// What following a list changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Synced {
    /// Sources that are watched now and were not.
    pub added: usize,
    /// Sources that were taken off.
    pub dropped: usize,
    /// Sources that the list names.
    pub named: usize,
}

/// Reads a list.
pub fn read_list(name: &str, bytes: &[u8]) -> List {
    let mut list = List { is_whole: true, ..List::default() };
    let mut seen = BTreeSet::new();
    let mut add = |list: &mut List, source: NewSource| {
        if list.sources.len() >= MOST {
            list.is_whole = false;
        } else if seen.insert(source.listed.clone()) {
            list.sources.push(source);
        }
    };
    match variorum_read::sniff(name, bytes) {
        Format::Opml => {
            for found in variorum_read::feeds(name, bytes) {
                match found {
                    Ok(feed) => add(&mut list, of_feed(feed)),
                    Err(problem) => {
                        list.is_whole = false;
                        list.problems.push(problem);
                    }
                }
            }
        }
        Format::Empty => {}
        Format::Text => lines(name, bytes, &mut list, &mut add),
        _ => {
            list.is_whole = false;
            let reason = "no list of sources; give OPML, or addresses one a line";
            list.problems.push(Problem::of_path(name, reason));
        }
    }
    if list.sources.len() >= MOST && !list.is_whole {
        let reason = format!("names more than {MOST} sources, the rest is not watched; split it over several records");
        list.problems.push(Problem::of_path(name, reason));
    }
    list
}

/// `# …` is a comment; what stands behind an address is its title.
fn lines(name: &str, bytes: &[u8], list: &mut List, add: &mut impl FnMut(&mut List, NewSource)) {
    for (at, line) in String::from_utf8_lossy(bytes).lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (address, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if !is_web(address) {
            if list.problems.len() < 20 {
                let reason = format!("line {} is no http or https address; write one address a line", at + 1);
                list.problems.push(Problem::of_path(name, reason));
            }
            continue;
        }
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        add(list, NewSource { title, shown: Some(shown(address)), by_list: true, ..NewSource::of(address) });
    }
}

/// Tells whether an address is one of the web.
pub fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Returns a source of what a list or a page names.
pub fn of_feed(feed: variorum_read::Feed) -> NewSource {
    let kind = if feed.kind == Kind::Sitemap { SourceKind::Sitemap } else { SourceKind::Feed };
    NewSource {
        shown: Some(shown(&feed.url)),
        kind,
        title: feed.title,
        site: feed.site,
        folder: feed.folder,
        by_list: true,
        listed: feed.url,
    }
}

/// Makes the record follow a list: what it names is watched, what it named once and names no more is dropped. What a
/// person added by hand stays.
pub fn sync(store: &Store, list: &List, now: i64) -> Result<Synced, Error> {
    let mut synced = Synced { named: list.sources.len(), ..Synced::default() };
    for some in list.sources.chunks(AT_ONCE) {
        let some = some.to_vec();
        synced.added += store.write(move |writing| {
            let mut added = 0;
            for source in &some {
                added += usize::from(writing.list_source(source, now)?.1);
            }
            Ok(added)
        })?;
    }
    if list.is_whole {
        let named: BTreeSet<&str> = list.sources.iter().map(|source| source.listed.as_str()).collect();
        let watched = store.read(|view| view.sources(Sources::Watched))?;
        let off: Vec<i64> = watched
            .iter()
            .filter(|source| source.by_list && !named.contains(source.listed.as_str()))
            .map(|s| s.n)
            .collect();
        synced.dropped = off.len();
        store.write(move |writing| off.iter().try_for_each(|n| writing.drop_source(*n, now)))?;
    }
    Ok(synced)
}
