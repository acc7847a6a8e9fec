//! RSS 0.9x, 1.0 and 2.0, with the vocabularies that feeds mix in.

use crate::feed::{self, Channel, Entry, Source, Words, all, distinct, first, is, joined, line, plain};
use crate::xml::{Element, Tree};
use crate::{Each, Origin};

/// Calls `each` with a page for every item of the feed.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let tree = Tree::of_bytes(origin, bytes);
    let Some(root) = tree.root() else { return feed::complain(origin, tree.end, 0, each) };
    let channel = channel(root, origin.url);
    // In RSS 1.0 items stand beside the channel, in RSS 2.0 inside it; in damaged feeds one inside the other.
    let items = || root.descendants().filter(|found| is(*found, "item") && found.is_whole());
    feed::pages(origin, &channel, items().map(|item| entry(item, &channel)), each);
    feed::complain(origin, tree.end, items().count(), each);
}

fn channel(root: Element<'_>, url: Option<&str>) -> Channel {
    let channel = root.descendants().find(|found| is(*found, "channel")).unwrap_or(root);
    Channel {
        title: line(channel, &["title"]).map(|title| plain(&title)),
        site: address(channel, url, &["link"]).or_else(|| url.map(str::to_owned)),
        language: language(channel).or_else(|| root.attribute("xml:lang")),
        authors: Vec::new(),
    }
}

fn entry(item: Element<'_>, channel: &Channel) -> Entry {
    let guid = line(item, &["guid"]);
    let content = ["content:encoded", "xhtml:body", "xhtml:div", "atom:content", "content", "fulltext", "fullitem"];
    let summaries = ["description", "dc:description", "summary", "atom:summary", "itunes:summary"];
    Entry {
        url: url(item, channel),
        guid,
        title: line(item, &["title", "dc:title", "media:title"]).map(|title| plain(&title)),
        published: time(item, &["pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published"]),
        modified: time(item, &["dcterms:modified", "atom:updated"]),
        authors: authors(item),
        categories: categories(item),
        language: language(item),
        content: content.iter().find_map(|name| first(item, name).and_then(words)),
        summary: summaries.iter().find_map(|name| first(item, name).and_then(words)).or_else(|| feed::pictured(item)),
        source: first(item, "source").and_then(source),
        // Feeds of a search name the publisher in a vocabulary of their own.
        publisher: line(item, &["News:Source", "dc:publisher"]).map(|name| plain(&name)),
        photos: photos(item),
        ..Entry::default()
    }
}

/// Returns the words of an element: markup where it holds tags, escaped or not.
fn words(element: Element<'_>) -> Option<Words> {
    match element.children().next() {
        Some(_) => Some(Words::Markup(element.inner_markup())),
        None => Words::guessed(element.text()),
    }
}

/// The address that a feed's carrier replaced comes before the replacement; of a link elsewhere and a permanent name on
/// the feed's own site, as in feeds that comment on links, the name is the item's own.
fn url(item: Element<'_>, channel: &Channel) -> Option<String> {
    let permanent = || {
        let guid = first(item, "guid").filter(|guid| guid.attribute("isPermaLink").as_deref() != Some("false"))?;
        joined(None, &guid.line()?)
    };
    let about = || joined(None, &item.attribute("rdf:about")?);
    let link = address(item, channel.site.as_deref(), &["feedburner:origLink", "link"]);
    let own = permanent().filter(|url| channel.is_home_of(url));
    match link {
        Some(link) if channel.is_home_of(&link) => Some(link),
        link => own.or(link).or_else(permanent).or_else(about),
    }
}

fn address(element: Element<'_>, base: Option<&str>, names: &[&'static str]) -> Option<String> {
    let written =
        names.iter().find_map(|name| all(element, name).filter_map(Element::line).find_map(|link| joined(base, &link)));
    let linked = || {
        let link = all(element, "atom:link").chain(all(element, "link")).find(|link| {
            link.attribute("rel").is_none_or(|rel| rel == "alternate") && link.attribute("href").is_some()
        })?;
        joined(base, &link.attribute("href")?)
    };
    written.or_else(linked)
}

fn time(item: Element<'_>, names: &[&'static str]) -> Option<String> {
    line(item, names).map(|time| feed::stated(&time))
}

fn language(element: Element<'_>) -> Option<String> {
    element.attribute("xml:lang").filter(|tag| !tag.is_empty()).or_else(|| line(element, &["dc:language", "language"]))
}

/// `dc:creator` is a name, `author` an address of mail with the name in brackets.
fn authors(item: Element<'_>) -> Vec<String> {
    // Some write a name, a role and a place as elements of their own.
    let name = |author: Element<'_>| author.line_of("name").or_else(|| author.line());
    let written =
        |wanted: &'static str| all(item, wanted).filter_map(name).map(|name| plain(&name)).collect::<Vec<_>>();
    let of_atom = || all(item, "atom:author").filter_map(|author| author.line_of("name")).collect();
    [written("dc:creator"), written("author"), of_atom(), written("itunes:author")]
        .into_iter()
        .find(|names: &Vec<String>| !names.is_empty())
        .unwrap_or_default()
}

/// Categories of a scheme of their own (subjects, stock symbols) come after those that only have a name.
fn categories(item: Element<'_>) -> Vec<String> {
    let (bare, schemed): (Vec<_>, Vec<_>) =
        all(item, "category").partition(|found| found.attribute("domain").is_none());
    let named = bare.into_iter().chain(schemed).chain(all(item, "dc:subject")).filter_map(Element::line);
    distinct(named.map(|name| plain(&name)).filter(|name| !name.eq_ignore_ascii_case("uncategorized")))
}

/// The channel that the item came from (RSS 2.0, "source").
fn source(element: Element<'_>) -> Option<Source> {
    let url = element.attribute("url").and_then(|url| joined(None, &url));
    let name = element.line().map(|name| plain(&name)).filter(|name| !name.is_empty());
    (name.is_some() || url.is_some()).then_some(Source { name, url })
}

/// Credits of pictures; those of sound and film are for other work.
fn photos(item: Element<'_>) -> Vec<String> {
    let is_picture = |content: &Element<'_>| {
        let medium = content.attribute("medium").or_else(|| content.attribute("type")).unwrap_or_default();
        !is(*content, "media:content") || medium.is_empty() || medium.starts_with("image")
    };
    let is_for_photo = |credit: &Element<'_>| {
        let role = credit.attribute("role").unwrap_or_default().to_lowercase();
        role.is_empty() || role.contains("photo") || role == "owner"
    };
    let holders = std::iter::once(item)
        .chain(item.descendants().filter(|inner| is(*inner, "media:content") || is(*inner, "media:group")));
    let credits = holders.filter(is_picture).flat_map(|holder| all(holder, "media:credit")).filter(is_for_photo);
    distinct(credits.filter_map(Element::line).map(|words| plain(&words)))
}
