//! The facts that a page states about itself, each from the first place in a stated order that has it.

use std::collections::BTreeMap;

use trafilatura::dom::{Document, NodeId};
use variorum_news::Credit;

use super::linked_data::{self, LinkedData};
use super::{authors, elsewhere, titles, when};
use crate::language;

/// What a page states about its article.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// The article's text, where the page states it beside its markup.
    pub body: Option<String>,
    /// Whom the page names as its source without showing it.
    pub credits: Vec<Credit>,
}

/// A page as the fact finders read it.
#[derive(Debug)]
pub(crate) struct Stated<'a> {
    pub document: Tree<'a>,
    pub metas: BTreeMap<String, String>,
    pub linked: LinkedData,
    pub url: Option<String>,
    pub outlet: Option<String>,
}

/// The parsed page; it has no `Debug` of its own.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'a>(pub &'a Document);

impl std::fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tree")
    }
}

impl Tree<'_> {
    pub(crate) fn all(&self, tag: &str) -> Vec<NodeId> {
        self.0.get_elements_by_tag_name(self.0.root(), tag)
    }

    /// The words of an element with single spaces.
    pub(crate) fn words(&self, node: NodeId) -> String {
        self.0.iter_text(node, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> String {
        self.0.get_attribute(node, name).unwrap_or_default()
    }
}

impl Stated<'_> {
    /// Returns the first of some `<meta>` names that is there.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.get(*name)).map(String::as_str)
    }
}

/// Returns the facts that a page states about its article.
pub(crate) fn of_page(document: &Document, url: Option<&str>) -> Facts {
    let tree = Tree(document);
    let metas = metas(tree);
    let linked = linked_data::of_page(document);
    let stated_url = canonical(tree, &metas);
    let given = url;
    let url = url.map(str::to_owned).or_else(|| stated_url.clone());
    let outlet = metas
        .get("og:site_name")
        .cloned()
        .or_else(|| linked.publisher.clone())
        .or_else(|| metas.get("application-name").cloned());
    let stated = Stated { document: tree, metas, linked, url, outlet };
    Facts {
        credits: elsewhere::credits(&stated, given, stated_url.as_deref()),
        title: titles::title(&stated),
        standfirst: standfirst(&stated),
        byline: authors::byline(&stated),
        published: when::published(&stated),
        language: stated_language(&stated),
        outlet: stated.outlet.map(|name| titles::unescaped(&name)).filter(|name| !name.is_empty()),
        url: stated.url,
        body: stated.linked.body,
    }
}

fn metas(tree: Tree<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for node in tree.all("meta").into_iter().take(600) {
        let content = tree.attribute(node, "content");
        let content = content.trim();
        if content.is_empty() {
            continue;
        }
        for key in ["property", "name", "itemprop"] {
            let name = tree.attribute(node, key).trim().to_ascii_lowercase();
            if !name.is_empty() {
                found.entry(name).or_insert_with(|| content.to_owned());
            }
        }
    }
    found
}

fn canonical(tree: Tree<'_>, metas: &BTreeMap<String, String>) -> Option<String> {
    let links = tree.all("link").into_iter().take(400);
    let link = links
        .filter(|link| tree.attribute(*link, "rel").eq_ignore_ascii_case("canonical"))
        .map(|link| tree.attribute(link, "href"))
        .next();
    link.or_else(|| metas.get("og:url").cloned()).map(|url| url.trim().to_owned()).filter(|url| url.starts_with("http"))
}

fn standfirst(stated: &Stated<'_>) -> Option<String> {
    let described = stated
        .meta(&["og:description", "description", "twitter:description"])
        .or(stated.linked.description.as_deref())?;
    let text = titles::unescaped(described);
    // A teaser that was cut off says less than the text itself.
    let whole = !text.ends_with('…') && !text.ends_with("...") && crate::piece::word_count(&text) >= 4;
    whole.then_some(text)
}

fn stated_language(stated: &Stated<'_>) -> Option<String> {
    let html =
        stated.document.all("html").first().map(|html| stated.document.attribute(*html, "lang")).unwrap_or_default();
    language::tag(&html)
        .or_else(|| stated.linked.language.as_deref().and_then(language::tag))
        .or_else(|| stated.meta(&["og:locale", "content-language", "language"]).and_then(language::tag))
}
