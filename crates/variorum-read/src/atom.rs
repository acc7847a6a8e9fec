//! Atom 1.0 (RFC 4287) and the 0.3 before it.

use crate::feed::{self, Channel, Entry, Source, Words, all, distinct, first, is, joined, line, one_line, plain};
use crate::xml::{Element, Tree};
use crate::{Each, Origin};

/// Calls `each` with a page for every entry of the feed.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let tree = Tree::of_bytes(origin, bytes);
    let Some(root) = tree.root() else { return feed::complain(origin, tree.end, 0, each) };
    let base = joined(origin.url, &root.attribute("xml:base").unwrap_or_default());
    let is_entry = is_of_atom(root, "entry");
    let channel = if is_entry { Channel::default() } else { channel(root, base.as_deref().or(origin.url)) };
    let base = base.as_deref().or(channel.site.as_deref());
    // An entry may be a document of its own.
    let entries = || {
        let all = std::iter::once(root).chain(root.descendants());
        all.filter(|found| is_of_atom(*found, "entry") && found.is_whole())
    };
    feed::pages(origin, &channel, entries().map(|found| entry(found, base, &channel)), each);
    feed::complain(origin, tree.end, entries().count(), each);
}

/// Feeds that forgot to declare their namespace mean the same.
fn is_of_atom(element: Element<'_>, name: &str) -> bool {
    element.name() == name && (is(element, name) || is(element, &format!("atom:{name}")))
}

fn children<'t>(element: Element<'t>, name: &'static str) -> impl Iterator<Item = Element<'t>> {
    element.children().filter(move |child| is_of_atom(*child, name))
}

fn child<'t>(element: Element<'t>, name: &'static str) -> Option<Element<'t>> {
    children(element, name).next()
}

fn channel(feed: Element<'_>, base: Option<&str>) -> Channel {
    Channel {
        title: child(feed, "title").and_then(headline),
        site: linked(feed, "alternate", base),
        language: language(feed),
        authors: authors(feed),
    }
}

fn entry(entry: Element<'_>, base: Option<&str>, channel: &Channel) -> Entry {
    let own = entry.attribute("xml:base").and_then(|own| joined(base, &own));
    let base = own.as_deref().or(base);
    let time = |names: [&'static str; 2]| names.iter().find_map(|name| child(entry, name).and_then(Element::line));
    let source = child(entry, "source");
    let authors =
        Some(authors(entry)).filter(|names| !names.is_empty()).or_else(|| source.map(authors)).unwrap_or_default();
    let content = child(entry, "content");
    let elsewhere = content.and_then(|content| joined(base, &content.attribute("src")?)).filter(|_| is_page(content));
    Entry {
        guid: child(entry, "id").and_then(Element::line),
        url: own_address(entry, base, channel).or(elsewhere),
        canonical: linked(entry, "canonical", base),
        title: child(entry, "title").and_then(headline),
        published: time(["published", "issued"]),
        modified: time(["updated", "modified"]),
        authors: if authors.is_empty() { dc_creators(entry) } else { authors },
        categories: categories(entry),
        language: content.and_then(language).or_else(|| language(entry)),
        content: content.and_then(words),
        summary: child(entry, "summary").and_then(words).or_else(|| feed::pictured(entry)),
        source: source.and_then(source_of),
        via: links(entry, "via").filter_map(|link| joined(base, &link.attribute("href")?)).collect(),
        photos: all(entry, "media:credit").filter_map(Element::line).collect(),
        ..Entry::default()
    }
}

fn language(element: Element<'_>) -> Option<String> {
    element.attribute("xml:lang").filter(|tag| !tag.is_empty())
}

/// Feeds that comment on links name the link as the alternate and their own page as related.
fn own_address(entry: Element<'_>, base: Option<&str>, channel: &Channel) -> Option<String> {
    let alternate = linked(entry, "alternate", base)?;
    if channel.site.is_none() || channel.is_home_of(&alternate) {
        return Some(alternate);
    }
    Some(linked(entry, "related", base).filter(|related| channel.is_home_of(related)).unwrap_or(alternate))
}

/// A headline is a text construct; references left in plain ones were meant to be read.
fn headline(element: Element<'_>) -> Option<String> {
    if kind(element) == Kind::Other {
        return None;
    }
    let words = if kind(element) == Kind::Xhtml { one_line(&element.text()) } else { plain(&element.text()) };
    Some(words).filter(|words| !words.is_empty())
}

/// How a text construct is written (RFC 4287, section 3.1; section 4.1.3 for content).
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Html,
    Xhtml,
    Other,
}

fn kind(element: Element<'_>) -> Kind {
    let mode = element.attribute("mode").unwrap_or_default();
    let is_escaped = mode == "escaped";
    if mode == "base64" {
        return Kind::Other;
    }
    match element.attribute("type").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "html" | "text/html" => Kind::Html,
        "xhtml" | "application/xhtml+xml" if is_escaped => Kind::Html,
        "xhtml" | "application/xhtml+xml" => Kind::Xhtml,
        "" | "text" | "text/plain" => Kind::Text,
        other if other.starts_with("text/") => Kind::Text,
        _ => Kind::Other,
    }
}

fn words(element: Element<'_>) -> Option<Words> {
    let has_elements = element.children().next().is_some();
    let words = match kind(element) {
        Kind::Other => return None,
        // Markup that was not escaped, though the type says so.
        Kind::Html | Kind::Text if has_elements => Words::Markup(element.inner_markup()),
        Kind::Xhtml => Words::Markup(element.inner_markup()),
        Kind::Html => Words::Markup(element.text()),
        // Many feeds leave out the type and write HTML all the same.
        Kind::Text => return Words::guessed(element.text()),
    };
    Some(words).filter(|words| !words.source().trim().is_empty())
}

/// Content that lies elsewhere is the report's address where it is a page.
fn is_page(content: Option<Element<'_>>) -> bool {
    content.is_some_and(|content| matches!(kind(content), Kind::Html | Kind::Xhtml))
}

fn links<'t>(element: Element<'t>, rel: &'static str) -> impl Iterator<Item = Element<'t>> {
    let written = move |link: &Element<'_>| link.attribute("rel").unwrap_or_else(|| "alternate".to_owned());
    children(element, "link").filter(move |link| written(link).trim().rsplit('/').next() == Some(rel))
}

/// Returns the address of a link; of several the page, not the PDF or the feed.
fn linked(element: Element<'_>, rel: &'static str, base: Option<&str>) -> Option<String> {
    let is_html = |link: &Element<'_>| link.attribute("type").is_none_or(|kind| kind.contains("html"));
    let mut found = links(element, rel).filter(is_html).chain(links(element, rel));
    found.find_map(|link| {
        let own = link.attribute("xml:base").and_then(|own| joined(base, &own));
        joined(own.as_deref().or(base), &link.attribute("href")?)
    })
}

fn authors(element: Element<'_>) -> Vec<String> {
    children(element, "author").filter_map(|author| author.line_of("name").or_else(|| author.line())).collect()
}

fn dc_creators(entry: Element<'_>) -> Vec<String> {
    all(entry, "dc:creator").filter_map(Element::line).collect()
}

/// Categories of a scheme come after those that only have a name.
fn categories(entry: Element<'_>) -> Vec<String> {
    let (bare, schemed): (Vec<_>, Vec<_>) =
        children(entry, "category").partition(|found| found.attribute("scheme").is_none());
    let name = |category: Element<'_>| {
        category.attribute("label").or_else(|| category.attribute("term")).or_else(|| category.line())
    };
    let found = distinct(bare.into_iter().chain(schemed).filter_map(name).map(|name| plain(&name)));
    if found.is_empty() { line(entry, &["dc:subject"]).into_iter().collect() } else { found }
}

/// The feed that an entry was copied from (RFC 4287, section 4.2.11).
fn source_of(source: Element<'_>) -> Option<Source> {
    let name = child(source, "title").and_then(headline);
    let url = linked(source, "alternate", None)
        .or_else(|| linked(source, "self", None))
        .or_else(|| joined(None, &first(source, "atom:id").and_then(Element::line)?));
    (name.is_some() || url.is_some()).then_some(Source { name, url })
}
