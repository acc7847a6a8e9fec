//! The people who wrote the article of a page.

use super::facts::Stated;
use crate::byline;
use crate::piece::folded;

/// Returns the authors: linked data, metadata, then what readers see; people only, neither roles nor outlets.
pub(crate) fn byline(stated: &Stated<'_>) -> Vec<String> {
    let linked: Vec<String> =
        stated.linked.authors.iter().flat_map(|(name, is_person)| stated_people(stated, name, *is_person)).collect();
    let metas = || {
        METAS
            .iter()
            .filter_map(|name| stated.metas.get(*name))
            .map(|names| people(stated, names))
            .find(|found| !found.is_empty())
    };
    let found = if linked.is_empty() { metas().unwrap_or_default() } else { linked };
    let found = if found.is_empty() { visible(stated) } else { found };
    let mut kept: Vec<String> = Vec::new();
    for name in found {
        if !kept.iter().any(|earlier| folded(earlier) == folded(&name)) {
            kept.push(name);
        }
    }
    kept
}

const METAS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "cxenseparse:author",
    "article:author_name",
    "og:author",
    "authors",
    "twitter:data1",
];

/// Returns the people in a stated list, without the outlet's own name.
fn people(stated: &Stated<'_>, list: &str) -> Vec<String> {
    let list = super::titles::unescaped(list);
    let outlet = stated.outlet.as_deref().map(folded).unwrap_or_default();
    byline::people(&list).into_iter().filter(|name| folded(name) != outlet).collect()
}

/// Returns the people of a name that linked data gives, which may be sure that it is a person's.
fn stated_people(stated: &Stated<'_>, name: &str, is_person: bool) -> Vec<String> {
    let found = people(stated, name);
    if !found.is_empty() || !is_person {
        return found;
    }
    let outlet = stated.outlet.as_deref().map(folded).unwrap_or_default();
    byline::stated_person(name).into_iter().filter(|name| folded(name) != outlet).collect()
}

/// Returns the people of the first element that names an author: `rel=author`, `itemprop=author`, a class or a link
/// that says so, or words that do ("By Ada Orr").
fn visible(stated: &Stated<'_>) -> Vec<String> {
    let tree = stated.document;
    let nodes =
        tree.0.iter(tree.0.root(), &["a", "span", "p", "div", "address", "li", "strong", "em", "h4", "h5", "h6"]);
    for node in nodes.into_iter().take(MOST_NODES) {
        let class = tree.attribute(node, "class").to_ascii_lowercase();
        if class.contains("comment") || class.contains("related") {
            continue;
        }
        let names_author = says_author(stated, node, &class);
        let is_leaf = tree.0.children(node).len() <= 3;
        if !names_author && !is_leaf {
            continue;
        }
        let text = tree.0.iter_text(node, "\n");
        if text.len() > MOST_BYTES {
            continue;
        }
        let names = if names_author {
            people(stated, &text)
        } else {
            byline::byline(&text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
        };
        // Other articles on the page have bylines too: the first is this one's.
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// Tells whether the markup says that an element names an author.
fn says_author(stated: &Stated<'_>, node: trafilatura::dom::NodeId, class: &str) -> bool {
    let tree = stated.document;
    let in_class = ["author", "byline", "autor", "writer", "signature"].iter().any(|mark| class.contains(mark));
    let in_link = || {
        let href = tree.attribute(node, "href").to_ascii_lowercase();
        ["/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/contributors/", "/journalist/", "/by/"]
            .iter()
            .any(|path| href.contains(path))
    };
    in_class
        || tree.attribute(node, "rel").split(' ').any(|rel| rel == "author")
        || tree.attribute(node, "itemprop").contains("author")
        || in_link()
}

/// Bylines are short, and stand before what fills a page.
const MOST_BYTES: usize = 160;
const MOST_NODES: usize = 4_000;
