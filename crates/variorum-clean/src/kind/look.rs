//! What a page shows of itself: what it states, what it points to, what it asks for.

use std::collections::BTreeSet;

use serde_json::Value;
use trafilatura::dom::{Document, NodeId};

use super::{Kind, parts, phrases, words};

/// A page as the choice between article and other pages sees it.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// It calls itself an article, in linked data or metadata.
    pub is_article: bool,
    /// It states when it was published.
    pub is_dated: bool,
    /// It calls itself a list of pages.
    pub lists: bool,
    /// It calls itself a video, a sound or a gallery.
    pub is_media: bool,
    pub has_password: bool,
    /// Whether all may read it, where it says so.
    pub is_free: Option<bool>,
    /// What its title and its headings call it.
    pub titled: BTreeSet<Kind>,
    /// What its address calls it.
    pub path: Option<Kind>,
    /// It is the front page of its host.
    pub is_root: bool,
    /// How many links with the words of a headline it has.
    pub n_teasers: usize,
    /// How many of them are headings.
    pub n_cards: usize,
    /// The words of the teasers around those headings, single-spaced.
    teasers: String,
}

impl Look {
    /// Looks at a page; `url` is where it came from or what it calls its own address.
    pub(crate) fn at(document: &Document, url: Option<&str>) -> Look {
        let page = Page { document };
        let types = page.types();
        let has = |names: &[&str]| types.iter().any(|name| names.contains(&name.as_str()));
        let og_type = page.meta("og:type").unwrap_or_default().to_lowercase();
        let is_article = types.iter().any(|name| is_article(name)) || og_type.contains("article");
        let is_dated = ["article:published_time", "datepublished", "date", "dc.date", "pubdate"]
            .iter()
            .any(|name| page.meta(name).is_some());
        let mut look = Look {
            is_article: is_article || page.meta("article:published_time").is_some(),
            is_dated,
            lists: has(&["CollectionPage", "ItemList", "SearchResultsPage", "DataFeed"]),
            is_media: has(MEDIA) || og_type.starts_with("video") || og_type.starts_with("music"),
            has_password: page.all("input").iter().any(|input| page.attribute(*input, "type") == "password"),
            is_free: page.is_free(),
            titled: page.titled(),
            ..Look::default()
        };
        if let Some(url) = url {
            (look.path, look.is_root) = address(url);
        }
        if !look.is_article {
            look.n_teasers = page.n_teasers();
            (look.n_cards, look.teasers) = page.cards();
        }
        look
    }

    /// Tells whether a line stands in a teaser of another article.
    pub(super) fn is_in_teaser(&self, line: &str) -> bool {
        self.teasers.contains(line)
    }
}

fn is_article(name: &str) -> bool {
    name.ends_with("Article")
        || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "Review" | "Recipe" | "HowTo")
}

const MEDIA: &[&str] =
    &["VideoObject", "AudioObject", "PodcastEpisode", "ImageGallery", "MediaGallery", "VideoGallery"];

struct Page<'a> {
    document: &'a Document,
}

/// Pages repeat what they state; more of it says nothing new.
const MOST_NODES: usize = 400;

impl Page<'_> {
    fn all(&self, tag: &str) -> Vec<NodeId> {
        self.document.get_elements_by_tag_name(self.document.root(), tag)
    }

    fn attribute(&self, node: NodeId, name: &str) -> String {
        self.document.get_attribute(node, name).unwrap_or_default()
    }

    fn words(&self, node: NodeId) -> String {
        self.document.iter_text(node, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn meta(&self, name: &str) -> Option<String> {
        let metas = self.all("meta").into_iter().take(MOST_NODES);
        let named = |node: &NodeId| {
            ["property", "name", "itemprop"].iter().any(|key| self.attribute(*node, key).eq_ignore_ascii_case(name))
        };
        metas.filter(named).map(|node| self.attribute(node, "content")).find(|content| !content.trim().is_empty())
    }

    /// What the page's linked data says that it is.
    fn stated(&self) -> Vec<Value> {
        let scripts = self.document.scripts_with_type(&["application/ld+json"]).into_iter().take(30);
        scripts.filter_map(|script| serde_json::from_str(self.document.text_content(script).trim()).ok()).collect()
    }

    fn types(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.stated().iter().for_each(|value| types(value, &mut found, 0));
        found
    }

    fn is_free(&self) -> Option<bool> {
        let stated = self.stated();
        let mut said: Vec<bool> = Vec::new();
        stated.iter().for_each(|value| free(value, &mut said, 0));
        if said.contains(&false) { Some(false) } else { said.first().copied() }
    }

    fn titled(&self) -> BTreeSet<Kind> {
        let titles = self.all("title").into_iter().take(1).chain(self.all("h1").into_iter().take(2));
        titles.flat_map(|node| parts(&self.words(node))).filter_map(|part| phrases::title(&part)).collect()
    }

    /// Links that differ and have as many words as a headline.
    fn n_teasers(&self) -> usize {
        let links = self.all("a").into_iter().take(2_000);
        links.map(|link| self.words(link)).filter(|text| words(text) >= HEADLINE).collect::<BTreeSet<_>>().len()
    }

    /// Headings that are links, and the words of the teasers around them.
    fn cards(&self) -> (usize, String) {
        let headings: Vec<NodeId> = ["h2", "h3", "h4"].iter().flat_map(|tag| self.all(tag)).take(80).collect();
        let linked: BTreeSet<NodeId> = headings.into_iter().filter(|heading| self.is_linked(*heading)).collect();
        let mut teasers = String::new();
        for heading in &linked {
            teasers.push_str(&self.card(*heading, &linked));
            teasers.push('\n');
        }
        (linked.len(), teasers)
    }

    fn is_linked(&self, heading: NodeId) -> bool {
        let text = self.words(heading);
        let inside = || self.document.iter_descendants(heading, &["a"]).iter().any(|link| self.words(*link) == text);
        let around = || self.document.parent(heading).is_some_and(|parent| self.document.tag_name(parent) == "a");
        words(&text) >= HEADLINE && (inside() || around())
    }

    /// Returns the words of the largest element around a heading that holds no other one and is no longer than a teaser.
    fn card(&self, heading: NodeId, linked: &BTreeSet<NodeId>) -> String {
        let mut card = self.words(heading);
        let mut at = heading;
        while let Some(parent) = self.document.parent(at) {
            let others = self.document.iter_descendants(parent, &["h2", "h3", "h4"]);
            let around = self.words(parent);
            if others.iter().any(|other| *other != heading && linked.contains(other)) || words(&around) > LONGEST_TEASER
            {
                break;
            }
            card = around;
            at = parent;
        }
        card
    }
}

/// A headline has so many words at least.
const HEADLINE: usize = 4;
/// A teaser has so many words at most.
const LONGEST_TEASER: usize = 120;

fn types(value: &Value, found: &mut BTreeSet<String>, depth: usize) {
    match value {
        Value::Array(many) if depth < 4 => many.iter().for_each(|one| types(one, found, depth + 1)),
        Value::Object(fields) if depth < 4 => {
            let stated = fields.get("@type");
            let many = stated.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let names = stated.into_iter().chain(many).filter_map(Value::as_str);
            found.extend(names.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()));
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                fields.get(key).into_iter().for_each(|inner| types(inner, found, depth + 1));
            }
        }
        _ => {}
    }
}

/// Gathers what is said about the whole page; a part of it may be closed where the rest is open.
fn free(value: &Value, said: &mut Vec<bool>, depth: usize) {
    match value {
        Value::Array(many) if depth < 4 => many.iter().for_each(|one| free(one, said, depth + 1)),
        Value::Object(fields) if depth < 4 => {
            said.extend(fields.get("isAccessibleForFree").and_then(|stated| match stated {
                Value::Bool(free) => Some(*free),
                Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
                Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            }));
            fields.get("@graph").into_iter().for_each(|inner| free(inner, said, depth + 1));
        }
        _ => {}
    }
}

/// Returns what an address calls its page, and whether it is the front page of its host.
fn address(url: &str) -> (Option<Kind>, bool) {
    let Some((_, rest)) = url.split_once("://") else { return (None, false) };
    let (whole, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = whole.split('#').next().unwrap_or(whole);
    let parts: Vec<String> = path.split('/').skip(1).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let is_home = |part: &String| part.len() == 2 || part.starts_with("index.") || part.starts_with("home");
    if parts.iter().all(is_home) {
        let searches = query.split('&').any(|pair| pair.starts_with("s=") || pair.starts_with("q="));
        return if searches { (Some(Kind::Search), false) } else { (None, query.is_empty()) };
    }
    // The last part of an article's address is its headline, or holds its number.
    let last = parts.last().map(String::as_str).unwrap_or_default();
    let is_slug = last.matches(['-', '_']).count() >= 3 || last.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let named = parts.iter().rev().take(3).find_map(|part| phrases::path(part));
    (named.filter(|kind| *kind == Kind::Media || !is_slug), false)
}
