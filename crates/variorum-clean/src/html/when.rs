//! When the article of a page was first published; none rather than a guess.

use super::facts::Stated;
use crate::dates;

/// Returns the first publication: linked data, metadata, marked-up times, visible dates, the address.
pub(crate) fn published(stated: &Stated<'_>) -> Option<String> {
    stated
        .linked
        .published
        .as_deref()
        .and_then(dates::parse)
        .or_else(|| of_metas(stated))
        .or_else(|| of_times(stated))
        .or_else(|| of_classes(stated))
        .or_else(|| of_address(stated.url.as_deref()?))
        .or_else(|| of_lines(stated))
}

const METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publication_date",
    "article_date_original",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article.created",
    "originalpublicationdate",
    "date",
    "rnews:datepublished",
    "displaydate",
    "pdate",
    "ptime",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "citation_date",
    "bt:pubdate",
    "article:post_date",
];

fn of_metas(stated: &Stated<'_>) -> Option<String> {
    METAS.iter().filter_map(|name| stated.metas.get(*name)).find_map(|value| dates::parse(value))
}

/// `<time datetime=…>`, and any element that says `datePublished`.
fn of_times(stated: &Stated<'_>) -> Option<String> {
    let tree = stated.document;
    let mut first = None;
    for node in tree.all("time").into_iter().take(60) {
        let class = tree.attribute(node, "class").to_ascii_lowercase();
        let (stamp, prop) = (tree.attribute(node, "datetime"), tree.attribute(node, "itemprop").to_ascii_lowercase());
        let found = dates::parse(&stamp).or_else(|| dates::parse(&tree.words(node)));
        let is_first = prop == "datepublished" || class.contains("publish") && !class.contains("unpublish");
        if is_first && found.is_some() {
            return found;
        }
        if prop != "datemodified" && !class.contains("updat") && !class.contains("modif") && first.is_none() {
            first = found;
        }
    }
    first
}

/// Short visible texts in elements whose class or property says that they are a date.
fn of_classes(stated: &Stated<'_>) -> Option<String> {
    let tree = stated.document;
    for tag in ["span", "p", "div", "abbr", "li", "a"] {
        for node in tree.all(tag).into_iter().take(3_000) {
            let marks = format!(
                "{} {} {}",
                tree.attribute(node, "class"),
                tree.attribute(node, "itemprop"),
                tree.attribute(node, "id")
            )
            .to_ascii_lowercase();
            if !["date", "publish", "posted", "timestamp", "byline", "meta"].iter().any(|mark| marks.contains(mark)) {
                continue;
            }
            let text = tree.words(node);
            if text.len() > 120 || dates::is_update(&text) {
                continue;
            }
            if let Some(found) = dates::parse(&text) {
                return Some(found);
            }
        }
    }
    None
}

/// A line of the page that states nothing but a date, near the headline.
fn of_lines(stated: &Stated<'_>) -> Option<String> {
    let tree = stated.document;
    let nodes = tree.0.iter(tree.0.root(), &["h1", "span", "p", "div", "li", "em", "small", "time"]);
    let headline = nodes.iter().position(|node| tree.0.tag_name(*node) == "h1").unwrap_or(0);
    let near = nodes.into_iter().skip(headline.saturating_sub(12)).take(60);
    near.filter(|node| tree.0.children(*node).len() <= 2).find_map(|node| {
        let text = tree.words(node);
        let states_date = text.len() <= 60 && dates::is_date_line(&text) && !dates::is_update(&text);
        states_date.then(|| dates::parse(&text)).flatten()
    })
}

/// "/2025/03/27/" and "/2025-03-27-".
fn of_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    parts.windows(3).find_map(|three| {
        let [year, month, day] = three else { return None };
        let shaped = year.len() == 4 && month.len() == 2 && day.len() == 2 && year.starts_with("20");
        shaped.then(|| dates::parse(&format!("{year}-{month}-{day}"))).flatten()
    })
}
