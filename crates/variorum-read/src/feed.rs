//! What all feeds have in common: a channel, its entries, and how an entry becomes a page.

mod address;
mod entry;
mod outlet;
mod people;
mod tags;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;
mod words;

use variorum_news::Problem;

use crate::xml::{Element, End};
use crate::{Each, Origin};

pub(crate) use address::joined;
pub(crate) use entry::{Channel, Entry, Source, page};
pub(crate) use outlet::of_channel as channel_name;
pub(crate) use time::stated;
pub(crate) use vocabulary::{all, first, is, line};
pub(crate) use words::{Words, one_line, plain};

/// The most items without words that are named one by one.
const MOST_EMPTY: usize = 100;

/// The most authors, categories or picture credits of one entry that are looked at.
const MOST_NAMES: usize = 200;

/// Calls `each` with the page of every entry, and with a problem for those that say nothing.
pub(crate) fn pages(origin: Origin<'_>, channel: &Channel, entries: impl Iterator<Item = Entry>, each: Each<'_>) {
    let mut n_empty = 0;
    for (n, entry) in entries.enumerate() {
        match page(channel, entry) {
            Some(mut page) => {
                page.path = Some(origin.path.to_owned());
                each(Ok(page));
            }
            None => {
                n_empty += 1;
                if n_empty <= MOST_EMPTY {
                    each(Err(empty(origin.path, n + 1)));
                }
            }
        }
    }
    if n_empty > MOST_EMPTY {
        let reason = format!("{} more items of the feed have neither a headline nor text", n_empty - MOST_EMPTY);
        each(Err(Problem::of_path(origin.path, reason)));
    }
}

/// Returns what an entry says of its picture or film, which is all that some feeds say.
pub(crate) fn pictured(entry: Element<'_>) -> Option<Words> {
    let group = first(entry, "media:group").unwrap_or(entry);
    first(entry, "media:description")
        .or_else(|| first(group, "media:description"))
        .and_then(|words| Words::guessed(words.text()))
}

/// Returns names that say something, each once, in their order.
pub(crate) fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names.take(MOST_NAMES).filter(|name| !name.is_empty()) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Returns the problem of an entry that says nothing.
pub(crate) fn empty(path: &str, number: usize) -> Problem {
    let reason = format!("item {number} of the feed has neither a headline nor text; there is nothing to use in it");
    Problem::of_path(format!("{path}#item-{number}"), reason)
}

/// Says what is missing of a feed that did not end as it should, or that has no entries at all.
pub(crate) fn complain(origin: Origin<'_>, end: End, n_whole: usize, each: Each<'_>) {
    let items = if n_whole == 1 { "item" } else { "items" };
    match end {
        End::Whole if n_whole == 0 => {
            each(Err(Problem::of_path(origin.path, "a feed without items; fetch it again later")));
        }
        End::Whole => {}
        End::CutOff => each(Err(Problem::of_path(
            origin.path,
            format!("the feed is cut off after {n_whole} whole {items}; fetch it again to have the rest"),
        ))),
        End::TooMany => each(Err(Problem::of_path(
            origin.path,
            format!("the feed has more elements than are read, {n_whole} {items} were; split it"),
        ))),
    }
}
