//! NewsML-G2 2.x (IPTC), and NITF alone.

mod item;
mod party;
#[cfg(test)]
mod tests;
mod xhtml;

use std::collections::BTreeSet;

use variorum_news::{Body, Page, Problem};

use crate::charset::name_of;
use crate::xml::{Element, Tree};
use crate::{Each, Origin, nitf};

/// Calls `each` with a page for every news item.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let tree = Tree::of_bytes(origin, bytes);
    let Some(root) = tree.root() else {
        return each(Err(Problem::of_path(origin.path, "no element of XML; fetch the file again")));
    };
    for page in pages(root, bytes) {
        each(
            page.map(|page| placed(origin, page))
                .map_err(|problem| Problem { path: problem.path.or_else(|| Some(origin.path.to_owned())), ..problem }),
        );
    }
}

fn placed(origin: Origin<'_>, mut page: Page) -> Page {
    page.path = Some(origin.path.to_owned());
    page.url = page.url.or_else(|| origin.url.map(str::to_owned));
    page
}

fn pages(root: Element<'_>, bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    match root.name().to_ascii_lowercase().as_str() {
        "newsmessage" => message(root),
        "nitf" => vec![alone(root, bytes)],
        "newsml" => vec![Err(nameless(
            "NewsML 1.x, which is not read; ask the agency for NewsML-G2 or ninjs, or give the articles as .txt or .html",
        ))],
        _ => vec![one(root, &BTreeSet::new())],
    }
}

/// A message holds several items; a package among them only says how they belong together.
fn message(root: Element<'_>) -> Vec<Result<Page, Problem>> {
    let items: Vec<Element<'_>> = root.named("itemSet").flat_map(Element::children).collect();
    let here: BTreeSet<String> =
        items.iter().filter(|item| item.name() == "newsItem").filter_map(|item| guid(*item)).collect();
    let is_about_others =
        |item: &&Element<'_>| item.name() != "packageItem" || !item.is_whole() || !missing(**item, &here).is_empty();
    let mut found: Vec<_> = items.iter().filter(is_about_others).map(|item| one(*item, &here)).collect();
    let is_told = items.last().is_some_and(|last| !last.is_whole());
    if !root.is_whole() && !is_told {
        found.push(Err(nameless("the message is cut off and its last items are missing; fetch the file again")));
    }
    if found.is_empty() { vec![Err(nameless("a message without news items; fetch it again"))] } else { found }
}

/// Returns the page of one item, or what it is instead.
fn one(item: Element<'_>, here: &BTreeSet<String>) -> Result<Page, Problem> {
    let name = guid(item);
    let problem = |reason: String| Problem { path: None, id: name.clone(), reason };
    // What follows the words of an item is of no use here.
    let is_readable = item.is_whole() || item.child("contentSet").is_some_and(Element::is_whole);
    if !is_readable {
        return Err(problem("the item is cut off; fetch the file again".to_owned()));
    }
    match item.name() {
        "newsItem" => item::page(item, name.as_deref()).map_err(problem),
        "packageItem" => Err(problem(package(item, here))),
        "planningItem" => Err(problem("planned coverage, not a report; give the news items about it".to_owned())),
        "conceptItem" | "knowledgeItem" | "catalogItem" => {
            Err(problem("a list of terms, not a report; give the news items".to_owned()))
        }
        other => Err(problem(format!("an element `{other}` that is no news item; give NewsML-G2 news items"))),
    }
}

/// Says what a package names that is not at hand.
fn package(item: Element<'_>, here: &BTreeSet<String>) -> String {
    let missing = missing(item, here);
    let titles: Vec<String> = missing.iter().filter_map(|found| found.line_of("title")).take(3).collect();
    let named = if titles.is_empty() { String::new() } else { format!(" (“{}”)", titles.join("”, “")) };
    match missing.len() {
        0 => "a package without items; give the news items themselves".to_owned(),
        1 => format!("a package that only names an item{named}; give the news item itself"),
        n => format!("a package that only names {n} items{named}; give the news items themselves"),
    }
}

fn missing<'t>(package: Element<'t>, here: &BTreeSet<String>) -> Vec<Element<'t>> {
    let named = package.descendants().filter(|inner| inner.name() == "itemRef");
    let is_here = |found: &Element<'_>| {
        let name = found.attribute("residref").or_else(|| found.attribute("href"));
        name.is_some_and(|name| here.contains(name.trim()))
    };
    named.filter(|found| !is_here(found)).collect()
}

/// Returns the page of an article that stands alone in a file.
fn alone(root: Element<'_>, bytes: &[u8]) -> Result<Page, Problem> {
    let article = nitf::article(root).ok_or_else(|| nameless("an article in NITF without a body; fetch it again"))?;
    let id = article.id.clone().unwrap_or_else(|| name_of(bytes));
    let mut page = Page::of(id.clone(), Body::Headline);
    page.language = language(root);
    article.fill(&mut page);
    if page.body == Body::Headline && page.title.is_none() {
        return Err(Problem::of_id(id, "an article in NITF without words; fetch it again"));
    }
    Ok(page)
}

fn language(element: Element<'_>) -> Option<String> {
    let stated = element.attribute("xml:lang").or_else(|| element.attribute("baselang"));
    stated.map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty())
}

fn guid(item: Element<'_>) -> Option<String> {
    item.attribute("guid").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn nameless(reason: &str) -> Problem {
    Problem { path: None, id: None, reason: reason.to_owned() }
}
