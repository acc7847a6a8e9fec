//! The feeds that a web page announces in its head.

use std::collections::BTreeSet;

use crate::feed::{joined, one_line};
use crate::feeds::{Feed, Kind};
use crate::xml::Tree;

/// Types of media that are feeds.
const TYPES: &[&str] = &["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// Returns the feeds of `<link rel="alternate" type="application/rss+xml" href="…">`, in their order, and addresses that
/// cannot be made whole because nothing says where the page lies.
pub(crate) fn feeds(html: &str, here: Option<&str>) -> (Vec<Feed>, Vec<String>) {
    let links = tags(html);
    let own = |rel: &str| links.iter().find(|tag| has(tag, "rel", rel)).and_then(|tag| joined(None, tag.get("href")?));
    let shared = || {
        let tag = links.iter().find(|tag| tag.name == "meta" && tag.get("property") == Some("og:url"))?;
        joined(None, tag.get("content")?)
    };
    let canonical = own("canonical").or_else(shared);
    let base = links
        .iter()
        .find(|tag| tag.name == "base")
        .and_then(|tag| joined(here.or(canonical.as_deref()), tag.get("href")?));
    let base = base.as_deref().or(here).or(canonical.as_deref());
    let (mut found, mut relative) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for tag in links.iter().filter(|tag| tag.name == "link" && has(tag, "rel", "alternate") && is_feed(tag)) {
        let Some(href) = tag.get("href").filter(|href| seen.insert(*href)) else { continue };
        match joined(base, href) {
            Some(url) => {
                let title = tag.get("title").map(one_line).filter(|title| !title.is_empty());
                found.push(Feed {
                    title,
                    site: here.map(str::to_owned).or_else(|| canonical.clone()),
                    ..Feed::of(url, Kind::Feed)
                });
            }
            None => relative.push(href.to_owned()),
        }
    }
    (found, relative)
}

fn is_feed(tag: &Tag) -> bool {
    let kind = tag.get("type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
    TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind))
}

fn has(tag: &Tag, name: &str, word: &str) -> bool {
    tag.get(name).is_some_and(|value| value.split_whitespace().any(|found| found.eq_ignore_ascii_case(word)))
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Returns the `link`, `base` and `meta` tags of a page's head; what stands in comments and scripts is none.
fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<noscript", "</noscript")]
            .iter()
            .find(|(open, _)| begins(rest, open));
        if let Some((_, close)) = skipped {
            rest = after(rest, close);
            continue;
        }
        if begins(rest, "<body") || begins(rest, "</head") {
            break;
        }
        // The tag alone is a document of one element; damage in it is mended there.
        if ["<link", "<base", "<meta"].iter().any(|open| begins(rest, open)) {
            let end = end_of(rest);
            found.extend(tag(&rest[..end]));
            rest = &rest[end..];
        } else {
            rest = &rest[1..];
        }
    }
    found
}

fn tag(written: &str) -> Option<Tag> {
    let tree = Tree::of(written);
    let root = tree.root()?;
    let attributes = root.attributes().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    Some(Tag { name: root.name().to_ascii_lowercase(), attributes })
}

fn begins(rest: &str, opening: &str) -> bool {
    rest.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
}

fn after<'a>(rest: &'a str, close: &str) -> &'a str {
    let at = rest.match_indices(&close[..1]).map(|(at, _)| at).find(|at| begins(&rest[*at..], close));
    at.map_or("", |at| &rest[at + 1..])
}

/// Returns where a tag ends: at the first bracket that stands in no value.
fn end_of(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    tag.len()
}
