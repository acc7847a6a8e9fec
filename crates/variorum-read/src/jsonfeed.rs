//! JSON Feed 1.0 and 1.1.

use serde_json::{Map, Value};
use variorum_news::{Page, Problem};

use crate::feed::{self, Channel, Entry, Words, joined, one_line, plain};

/// Tells whether an object is a JSON Feed: by its version, or by its items beside the addresses that only feeds have.
pub(crate) fn is_feed(fields: &Map<String, Value>) -> bool {
    let versioned =
        fields.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
    let addressed = fields.contains_key("home_page_url") || fields.contains_key("feed_url");
    versioned || addressed && fields.get("items").is_some_and(Value::is_array)
}

/// Returns the pages of a feed's items; problems name an item by its place (`#item-3`).
pub(crate) fn pages(mut fields: Map<String, Value>) -> Vec<Result<Page, Problem>> {
    let items = match fields.remove("items") {
        Some(Value::Array(items)) if !items.is_empty() => items,
        _ => {
            let reason = "a feed without items; fetch it again later".to_owned();
            return vec![Err(Problem { path: None, id: None, reason })];
        }
    };
    let channel = channel(&fields);
    let item = |(n, item): (usize, Value)| match item {
        Value::Object(item) => feed::page(&channel, entry(item, &channel)).ok_or_else(|| feed::empty("", n + 1)),
        _ => Err(Problem::of_path(format!("#item-{}", n + 1), format!("item {} of the feed is not an object", n + 1))),
    };
    items.into_iter().enumerate().map(item).collect()
}

fn channel(fields: &Map<String, Value>) -> Channel {
    Channel {
        title: line(fields, "title").map(|title| plain(&title)),
        site: line(fields, "home_page_url").or_else(|| line(fields, "feed_url")),
        language: line(fields, "language"),
        authors: authors(fields),
    }
}

fn entry(mut item: Map<String, Value>, channel: &Channel) -> Entry {
    let words =
        |name: &str| item.get(name).and_then(Value::as_str).filter(|words| !words.trim().is_empty()).map(str::to_owned);
    let html = words("content_html").map(Words::Markup);
    let text = words("content_text").map(Words::Text);
    let guid = item
        .get("id")
        .filter(|id| id.is_string() || id.is_number())
        .map(|id| line_of(id).unwrap_or_else(|| id.to_string()));
    let mut entry = Entry {
        url: line(&item, "url").and_then(|url| joined(channel.site.as_deref(), &url)),
        guid,
        title: line(&item, "title").map(|title| plain(&title)),
        published: line(&item, "date_published"),
        modified: line(&item, "date_modified"),
        authors: authors(&item),
        categories: tags(&item),
        language: line(&item, "language"),
        // Both are the same article; the markup knows its paragraphs.
        content: html.or(text),
        summary: words("summary").map(Words::Text),
        ..Entry::default()
    };
    entry.url = entry.url.or_else(|| joined(None, entry.guid.as_deref()?));
    item.retain(|name, value| !KNOWN.contains(&name.as_str()) && !value.is_null());
    entry.extra = item;
    entry
}

/// The fields of an item that a report has a place for; the others are kept as they are.
const KNOWN: &[&str] = &[
    "id",
    "url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "author",
    "authors",
    "tags",
    "language",
];

fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let name = |author: &Value| author.get("name").and_then(line_of).or_else(|| line_of(author));
    match fields.get("authors").or_else(|| fields.get("author")) {
        Some(Value::Array(many)) => many.iter().filter_map(name).collect(),
        Some(one) => name(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn tags(item: &Map<String, Value>) -> Vec<String> {
    let tags = item.get("tags").and_then(Value::as_array);
    feed::distinct(tags.into_iter().flatten().filter_map(line_of))
}

fn line(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(line_of)
}

fn line_of(value: &Value) -> Option<String> {
    value.as_str().map(one_line).filter(|line| !line.is_empty())
}
