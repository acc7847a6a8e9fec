//! What all feeds have in common: a channel, its entries, and how an entry becomes a page.

mod address;
mod outlet;
mod people;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;
mod words;

use serde_json::{Map, Value};
use variorum_news::{Body, Credit, CreditKind, Note, Page, Problem};

use crate::charset::name_of;
use crate::xml::{Element, End};
use crate::{Each, Origin};

pub(crate) use address::{host, joined};
pub(crate) use people::people;
pub(crate) use time::stated;
pub(crate) use vocabulary::{all, first, is, line};
pub(crate) use words::{Words, one_line, plain};

/// The most items without words that are named one by one.
const MOST_EMPTY: usize = 100;

/// The most authors, categories or picture credits of one entry that are looked at.
const MOST_NAMES: usize = 200;

/// What a feed says about itself.
#[derive(Debug, Default)]
pub(crate) struct Channel {
    /// Its title, as it is written.
    pub title: Option<String>,
    /// The address of the site it belongs to.
    pub site: Option<String>,
    /// The language of its entries.
    pub language: Option<String>,
    /// Who wrote its entries, where these do not say.
    pub authors: Vec<String>,
}

impl Channel {
    /// Tells whether an address lies on the site of the feed.
    pub(crate) fn is_home_of(&self, url: &str) -> bool {
        self.site.as_deref().and_then(host).zip(host(url)).is_some_and(|(own, there)| outlet::are_one(&own, &there))
    }
}

/// The facts of one entry, in whatever format it came.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// Its name in the feed.
    pub guid: Option<String>,
    /// The address of the report.
    pub url: Option<String>,
    /// The address that the entry calls the original one.
    pub canonical: Option<String>,
    /// Its headline, without markup.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was changed.
    pub modified: Option<String>,
    /// Its authors, as they are written.
    pub authors: Vec<String>,
    /// What it is filed under.
    pub categories: Vec<String>,
    /// Its language.
    pub language: Option<String>,
    /// The article.
    pub content: Option<Words>,
    /// What it says in short; in many feeds this is the article.
    pub summary: Option<Words>,
    /// The feed or the publisher that it was taken from.
    pub source: Option<Source>,
    /// Who published it, where the entry says so itself.
    pub publisher: Option<String>,
    /// Addresses that it names as where its information comes from.
    pub via: Vec<String>,
    /// Who took its pictures, as they are written.
    pub photos: Vec<String>,
    /// What else it says.
    pub extra: Map<String, Value>,
}

/// Whom an entry names as the feed or the publisher it was taken from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The words of the name.
    pub name: Option<String>,
    /// The address of the feed or of its site.
    pub url: Option<String>,
}

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

/// Returns the page of an entry; none where it has neither a headline nor words.
pub(crate) fn page(channel: &Channel, mut entry: Entry) -> Option<Page> {
    let id = name(&entry);
    let title = entry.title.take().filter(|title| !title.is_empty());
    let own = channel.title.as_deref().map(|title| outlet::of_channel(title, channel.site.as_deref()));
    let title = title.map(|title| own.as_deref().and_then(|own| outlet::without(own, &title)).unwrap_or(title));
    let (title, is_by_source) = outlet::published_by(entry.source.as_ref(), entry.url.as_deref(), title);
    let source_name = entry.source.as_ref().and_then(Source::shown);
    let has_links = [&entry.content, &entry.summary].into_iter().flatten().any(Words::is_of_links);
    let (body, standfirst) = words::sorted(entry.content, entry.summary, title.as_deref(), source_name.as_deref());
    if title.is_none() && body == Body::Headline {
        return None;
    }
    let mut page = Page::of(id, body);
    if has_links && page.body == Body::Headline {
        let note = "the feed gives links to other reports in place of a text; they are left out".to_owned();
        page.notes.push(Note { span: None, note });
    }
    page.standfirst = standfirst;
    page.outlet = if is_by_source { source_name.clone() } else { own.clone() };
    if is_by_source && let Some(feed) = own.clone().filter(|feed| Some(feed) != source_name.as_ref()) {
        entry.extra.insert("feed".to_owned(), feed.into());
    }
    if let Some(publisher) = entry.publisher.take().filter(|publisher| !same(Some(publisher), own.as_deref())) {
        entry.extra.insert("feed".to_owned(), own.clone().into());
        page.outlet = Some(publisher);
    }
    let known = entry.source.as_ref().and_then(|source| source.url.clone());
    let source = entry.source.filter(|_| !is_by_source && !same(source_name.as_deref(), own.as_deref()));
    page.credits = source.iter().filter_map(Source::credit).collect();
    let elsewhere = entry.canonical.iter().chain(&entry.via);
    for credit in
        elsewhere.filter_map(|address| outlet::elsewhere(address, entry.url.as_deref(), channel, known.as_deref()))
    {
        if !page.credits.iter().any(|earlier| earlier.source == credit.source) {
            page.credits.push(credit);
        }
    }
    page.credits.extend(entry.photos.iter().filter_map(|words| outlet::photo(words)));
    let authors = if entry.authors.is_empty() { &channel.authors } else { &entry.authors };
    page.byline = people(authors.iter().map(String::as_str), &[own.as_deref(), page.outlet.as_deref()]);
    page.section = entry.categories.first().cloned();
    if entry.categories.len() > 1 {
        entry.extra.insert("categories".to_owned(), entry.categories.into());
    }
    page.url = entry.url.or(entry.canonical);
    page.title = title;
    page.published = entry.published;
    page.modified = entry.modified;
    page.language = entry.language.or_else(|| channel.language.clone());
    page.extra = entry.extra;
    Some(page)
}

/// Returns the name of an entry: made of what it says itself, so that its place in the feed does not matter.
fn name(entry: &Entry) -> String {
    let words = |words: &Option<Words>| words.as_ref().map(|words| words.source().to_owned());
    let fields = [
        entry.guid.clone(),
        entry.url.clone(),
        entry.title.clone(),
        entry.published.clone(),
        entry.modified.clone(),
        words(&entry.content),
        words(&entry.summary),
    ];
    let fields: Vec<String> = fields.into_iter().map(Option::unwrap_or_default).collect();
    name_of(fields.join("\u{1f}").as_bytes())
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a.zip(b).is_some_and(|(a, b)| words::letters(a) == words::letters(b))
}

impl Source {
    /// Returns its name, or the host of its address.
    pub(crate) fn shown(&self) -> Option<String> {
        self.name.clone().or_else(|| self.url.as_deref().and_then(host))
    }

    fn credit(&self) -> Option<Credit> {
        let source = self.shown()?;
        let text = self.name.clone().or_else(|| self.url.clone())?;
        Some(Credit { source, kind: CreditKind::OriginalSource, text, span: None })
    }
}
