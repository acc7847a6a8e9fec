//! What somebody who watches relies on, against local servers that do as a script says.

mod hostile;
mod polite;
mod server;
mod whole;

use variorum_fetch::{Door, Policy};
use variorum_store::{NewSource, Source, Store};

use crate::{Pages, Watch};
use server::{Reply, Server};

/// Some time in 2026: a Thursday, 08:40 UTC.
const NOW: i64 = 1_772_700_000;
const HOUR: i64 = 3_600;

/// A record of its own, watched through a door that leads to this machine.
struct Room {
    _folder: tempfile::TempDir,
    watch: Watch,
}

fn room(pages: Pages) -> Room {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("v.db")).unwrap();
    let allow = vec!["127.0.0.0/8".parse().unwrap()];
    let door = Door::new(Policy { allow, proxy: None, contact: None }).unwrap();
    Room { _folder: folder, watch: Watch::new(store, door, HOUR, pages) }
}

impl Room {
    fn add(&self, address: &str) -> i64 {
        let new = NewSource::of(address);
        self.watch.store.write(move |writing| Ok(writing.list_source(&new, NOW)?.0)).unwrap()
    }

    fn source(&self, n: i64) -> Source {
        self.watch.store.read(|view| view.source(n)).unwrap().unwrap()
    }

    fn check(&self, n: i64, now: i64) -> Source {
        self.watch.check(&self.source(n), now).unwrap();
        self.source(n)
    }

    /// Fetches the pages that wait.
    fn pages(&self, now: i64) {
        for item in self.watch.store.read(|view| view.waiting_items(now, 100, 1_000)).unwrap() {
            self.watch.page(&self.source(item.source), item, now).unwrap();
        }
    }

    fn reports(&self) -> Vec<variorum_news::Report> {
        self.watch
            .store
            .read(|view| {
                let mut found = Vec::new();
                for seq in 1..=i64::try_from(view.count()?).unwrap_or(0) {
                    found.extend(view.report(seq)?);
                }
                Ok(found)
            })
            .unwrap()
    }
}

/// Returns a feed of some items, each a title, a link and words.
fn rss(title: &str, items: &[(&str, &str, &str)]) -> String {
    let rows: String = items
        .iter()
        .map(|(title, link, words)| {
            format!("<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>1</guid><description>{words}</description></item>")
        })
        .collect();
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title><link>http://nowhere.example/</link>{rows}</channel></rss>"
    )
}

/// Words long enough for a report of its own, that begin as they are told to.
fn words(beginning: &str) -> String {
    let rest = "The harbour master of Delmare, Ada Orr, said on Monday that the ferry would sail again once the quay was mended. ";
    format!("{beginning} {}", rest.repeat(7))
}
