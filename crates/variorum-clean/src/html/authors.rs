//! The people who wrote the article of a page.

use super::facts::Stated;
use crate::byline;
use crate::piece::folded;

/// Returns the authors: linked data, metadata, then what readers see; people only, neither roles nor outlets.
pub(crate) fn byline(stated: &Stated<'_>) -> Vec<String> {
    let linked: Vec<String> = stated.linked.authors.iter().flat_map(|name| people(stated, name)).collect();
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

/// Elements that name an author: `rel=author`, `itemprop=author`, and classes that say so.
fn visible(stated: &Stated<'_>) -> Vec<String> {
    let tree = stated.document;
    let mut found = Vec::new();
    for tag in ["a", "span", "p", "div", "address", "li"] {
        for node in tree.all(tag).into_iter().take(3_000) {
            let (rel, prop, class) = (
                tree.attribute(node, "rel"),
                tree.attribute(node, "itemprop"),
                tree.attribute(node, "class").to_ascii_lowercase(),
            );
            let sure = rel.split(' ').any(|one| one == "author") || prop == "author";
            let named = class
                .split(' ')
                .any(|one| CLASSES.iter().any(|known| one == *known || one.ends_with(&format!("__{known}"))));
            if !(sure || named) {
                continue;
            }
            let text = tree.words(node);
            if text.len() > 120 {
                continue;
            }
            let names = byline::byline(&text).unwrap_or_else(|| people(stated, &text));
            if !names.is_empty() {
                found.extend(names);
                // Other articles on the page have bylines too: the first is this one's.
                if found.len() >= 1 {
                    return found;
                }
            }
        }
    }
    found
}

const CLASSES: &[&str] = &[
    "byline",
    "author",
    "author-name",
    "byline-name",
    "article-author",
    "entry-author",
    "post-author",
    "authors",
    "article-byline",
    "author-link",
    "byline__name",
    "vcard",
];
