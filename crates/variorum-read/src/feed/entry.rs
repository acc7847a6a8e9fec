//! An entry of a feed, in whatever format it came, and the page that it becomes.

use serde_json::{Map, Value};
use variorum_news::{Body, Credit, CreditKind, Note, Page};

use super::address::host;
use super::outlet;
use super::people::people;
use super::words::{self, Words};
use crate::charset::name_of;

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

/// Returns the page of an entry; none where it has neither a headline nor words.
pub(crate) fn page(channel: &Channel, mut entry: Entry) -> Option<Page> {
    let id = name(&entry);
    let own = channel.title.as_deref().map(|title| outlet::of_channel(title, channel.site.as_deref()));
    let bare = |title: String| own.as_deref().and_then(|own| outlet::without(own, &title)).unwrap_or(title);
    let title = entry.title.take().filter(|title| !title.is_empty()).map(bare);
    let (title, is_by_source) = outlet::published_by(entry.source.as_ref(), entry.url.as_deref(), title);
    let source = entry.source.as_ref().and_then(Source::shown);
    let (body, standfirst) = words::sorted(&entry.content, &entry.summary, title.as_deref(), source.as_deref());
    if title.is_none() && body == Body::Headline {
        return None;
    }
    let note = note(&entry, &body);
    let mut page = Page::of(id, body);
    page.notes = note.map(|note| Note { span: None, note: note.to_owned() }).into_iter().collect();
    page.standfirst = standfirst;
    page.title = title;
    page.credits = credits(channel, &entry, own.as_deref(), is_by_source);
    let publisher = entry.publisher.take().or(source.filter(|_| is_by_source));
    page.outlet = publisher.or_else(|| own.clone());
    if !same(page.outlet.as_deref(), own.as_deref()) {
        entry.extra.extend(own.clone().map(|own| ("feed".to_owned(), own.into())));
    }
    let authors = if entry.authors.is_empty() { &channel.authors } else { &entry.authors };
    page.byline = people(authors.iter().map(String::as_str), &[own.as_deref(), page.outlet.as_deref()]);
    Some(with_facts(page, channel, entry))
}

/// Says what is odd about the words of an entry.
fn note(entry: &Entry, body: &Body) -> Option<&'static str> {
    match body {
        Body::Headline if [&entry.content, &entry.summary].into_iter().flatten().any(Words::is_of_links) => {
            Some("the feed gives links to other reports in place of a text; they are left out")
        }
        Body::Text(words) | Body::Fragment(words) if words::is_excerpt(words) => {
            Some("the feed gives an excerpt; the page has the rest")
        }
        _ => None,
    }
}

/// Returns whom an entry names as its source: by name, by an address elsewhere, and for its pictures.
fn credits(channel: &Channel, entry: &Entry, own: Option<&str>, is_by_source: bool) -> Vec<Credit> {
    let source = entry.source.as_ref().filter(|source| !is_by_source && !same(source.shown().as_deref(), own));
    let mut found: Vec<Credit> = source.and_then(Source::credit).into_iter().collect();
    let known = entry.source.as_ref().and_then(|source| source.url.as_deref());
    for address in entry.canonical.iter().chain(&entry.via) {
        let credit = outlet::elsewhere(address, entry.url.as_deref(), channel, known);
        let is_new = |credit: &Credit| !found.iter().any(|earlier| earlier.source == credit.source);
        found.extend(credit.filter(is_new));
    }
    found.extend(entry.photos.iter().filter_map(|words| outlet::photo(words)));
    found
}

fn with_facts(mut page: Page, channel: &Channel, mut entry: Entry) -> Page {
    page.section = entry.categories.first().cloned();
    if entry.categories.len() > 1 {
        entry.extra.insert("categories".to_owned(), entry.categories.into());
    }
    page.url = entry.url.or(entry.canonical);
    page.published = entry.published;
    page.modified = entry.modified;
    page.language = [entry.language, channel.language.clone()].into_iter().flatten().find(|language| is_tag(language));
    page.extra = entry.extra;
    page
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

/// "English" and "default" are no language tags (BCP 47); the text tells the language better.
fn is_tag(language: &str) -> bool {
    let main = language.trim().split(['-', '_']).next().unwrap_or_default();
    (2..=3).contains(&main.len()) && main.bytes().all(|byte| byte.is_ascii_alphabetic())
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
