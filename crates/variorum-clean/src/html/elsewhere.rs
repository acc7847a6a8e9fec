//! What a page's head says of where its words come from: an address on another site, an agency as the author.

use trafilatura::dom::{Document, NodeId};
use variorum_news::{Credit, CreditKind};

use super::facts::{Stated, words};
use crate::credits;

/// Returns the credits that a page states without showing them; `at` is the address it was fetched from.
pub(crate) fn credits(stated: &Stated<'_>, at: Option<&str>, canonical: Option<&str>) -> Vec<Credit> {
    let own = at.or(canonical).and_then(credits::site);
    let mut found: Vec<Credit> = Vec::new();
    // Without the address the page came from nothing says that its canonical address is another.
    let addresses = canonical.filter(|_| at.is_some()).into_iter();
    let addresses = addresses.chain(METAS.iter().filter_map(|name| stated.metas(name).first()).map(String::as_str));
    for address in addresses {
        found.extend(of_address(stated, address, own.as_deref()));
    }
    let authors = stated.linked.authors.iter().map(|author| author.name.as_str());
    let authors = authors.chain(stated.linked.bodies.iter().map(String::as_str));
    let authors = authors.chain(
        ["author", "article:author", "dc.creator", "byl"]
            .iter()
            .filter_map(|name| stated.metas(name).first())
            .map(String::as_str),
    );
    for author in authors {
        found.extend(credits::in_byline(author).into_iter().map(|agency| Credit {
            source: agency.source,
            kind: CreditKind::Agency,
            text: author.to_owned(),
            span: None,
        }));
    }
    found.extend(pictures(stated.document));
    let mut kept: Vec<Credit> = Vec::new();
    for credit in found {
        if !kept.iter().any(|told| (&told.source, told.kind) == (&credit.source, credit.kind)) {
            kept.push(credit);
        }
    }
    kept
}

/// Names under which pages state the address of the text that theirs repeats.
const METAS: &[&str] = &["syndication-source", "original-source"];

/// An address on another site is the original's; another department or country of the same site is not.
fn of_address(stated: &Stated<'_>, address: &str, own: Option<&str>) -> Option<Credit> {
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?
        .split(['/', '?', '#', ':'])
        .next()?;
    let site = credits::site(address)?;
    let own = own?;
    let akin = site.contains(own) || own.contains(site.as_str());
    let is_own = akin || credits::is_own(host, stated.outlet.as_deref(), None);
    let is_host = host.contains('.') && !host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (is_host && !is_own).then(|| Credit {
        source: host.to_owned(),
        kind: CreditKind::OriginalSource,
        text: address.to_owned(),
        span: None,
    })
}

/// Returns the picture credits of the captions beside the headline: extraction often leaves the first caption out.
fn pictures(document: &Document) -> Vec<Credit> {
    let all = |tag: &str| document.get_elements_by_tag_name(document.root(), tag).into_iter();
    let holders: Vec<NodeId> = all("h1").take(4).filter_map(|headline| holder(document, headline)).collect();
    let captions = all("figcaption").take(MOST_CAPTIONS);
    let own = captions.filter(|caption| holder(document, *caption).is_some_and(|holder| holders.contains(&holder)));
    let credited = own.filter_map(|caption| {
        let line = words(document, caption).split_whitespace().collect::<Vec<_>>().join(" ");
        let credit = credits::photo_at(&line)?;
        let text = line[credit.bytes.clone()].to_owned();
        Some(Credit { source: credit.source, kind: credit.kind, text, span: None })
    });
    credited.collect()
}

/// Returns the nearest `<article>` or `<main>` around an element; teasers on the page are articles of their own.
fn holder(document: &Document, node: NodeId) -> Option<NodeId> {
    let mut at = node;
    for _ in 0..MOST_DEPTH {
        at = document.parent(at)?;
        if matches!(document.tag_name(at), "article" | "main") {
            return Some(at);
        }
    }
    None
}

const MOST_CAPTIONS: usize = 60;
const MOST_DEPTH: usize = 60;
