//! Sitemaps with the news extension, and indexes of sitemaps.

use variorum_news::{Body, Page, Problem};

use crate::charset::name_of;
use crate::feed::{self, is, joined, line, plain};
use crate::feeds::{Feed, Kind};
use crate::xml::{Element, End, Tree};
use crate::{Each, Origin};

/// Calls `each` with a headline for every news address.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let tree = Tree::of_bytes(origin, bytes);
    let n_listed = listed(&tree).count();
    if tree.root().is_some_and(is_index) {
        return each(Err(Problem::of_path(origin.path, index(n_listed))));
    }
    let mut n_bare = 0;
    let mut n_news = 0;
    for url in tree.root().into_iter().flat_map(|root| root.named("url")).filter(|url| url.is_whole()) {
        match page(url) {
            Some(mut page) => {
                n_news += 1;
                page.path = Some(origin.path.to_owned());
                each(Ok(page));
            }
            None => n_bare += 1,
        }
    }
    if let Some(reason) = lacking(n_news, n_bare, tree.end) {
        each(Err(Problem::of_path(origin.path, reason)));
    }
}

fn is_index(root: Element<'_>) -> bool {
    root.name().eq_ignore_ascii_case("sitemapindex")
}

fn index(n_sitemaps: usize) -> String {
    match n_sitemaps {
        0 => "an index of sitemaps that lists none; fetch it again".to_owned(),
        1 => "an index that lists a sitemap, no reports; `variorum feeds FILE` prints its address".to_owned(),
        n => format!("an index that lists {n} sitemaps, no reports; `variorum feeds FILE` prints their addresses"),
    }
}

fn lacking(n_news: usize, n_bare: usize, end: End) -> Option<String> {
    let cut = match end {
        End::Whole => "",
        End::CutOff => "the sitemap is cut off; fetch it again",
        End::TooMany => "the sitemap has more elements than are read; split it",
    };
    let bare = match n_bare {
        0 if n_news == 0 && cut.is_empty() => "a sitemap without addresses; fetch it again".to_owned(),
        0 => String::new(),
        1 => "1 address without a headline; fetch the page and give it as .html".to_owned(),
        n => format!("{n} addresses without a headline; fetch the pages and give them as .html"),
    };
    let parts: Vec<&str> = [cut, &bare].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns the page of an address that has a headline (the news extension).
fn page(url: Element<'_>) -> Option<Page> {
    let news = url.children().find(|child| is(*child, "news:news"))?;
    let title = line(news, &["news:title"]).map(|title| plain(&title)).filter(|title| !title.is_empty())?;
    let address = line(url, &["loc"]).and_then(|address| joined(None, &address));
    let published = line(news, &["news:publication_date"]).map(|time| feed::stated(&time));
    let fields = [address.as_deref(), Some(&title), published.as_deref()].map(Option::unwrap_or_default);
    let mut page = Page::of(name_of(fields.join("\u{1f}").as_bytes()), Body::Headline);
    let publication = news.child("publication");
    page.outlet = publication.and_then(|publication| line(publication, &["news:name"])).map(|name| plain(&name));
    page.language = publication.and_then(|publication| line(publication, &["news:language"]));
    page.modified = line(url, &["lastmod"]);
    for name in ["news:keywords", "news:genres", "news:stock_tickers"] {
        if let Some(words) = line(news, &[name]) {
            page.extra.insert(name.trim_start_matches("news:").to_owned(), words.into());
        }
    }
    page.url = address;
    page.title = Some(title);
    page.published = published;
    Some(page)
}

/// Returns the sitemaps that an index lists, and what is missing.
pub(crate) fn sitemaps(origin: Origin<'_>, bytes: &[u8]) -> (Vec<Feed>, Option<String>) {
    let tree = Tree::of_bytes(origin, bytes);
    if !tree.root().is_some_and(is_index) {
        let reason = "a sitemap of pages, no list of sitemaps; `variorum clean FILE` reads its headlines";
        return (Vec::new(), Some(reason.to_owned()));
    }
    let found: Vec<Feed> = listed(&tree).collect();
    let lack = match tree.end {
        End::Whole if found.is_empty() => Some("an index of sitemaps that lists none; fetch it again"),
        End::Whole => None,
        End::CutOff | End::TooMany => Some("the index is cut off; fetch it again to have the rest"),
    };
    (found, lack.map(str::to_owned))
}

fn listed(tree: &Tree) -> impl Iterator<Item = Feed> {
    let sitemaps = tree.root().into_iter().flat_map(|root| root.named("sitemap"));
    sitemaps.filter_map(|sitemap| {
        let url = joined(None, &line(sitemap, &["loc"])?)?;
        Some(Feed { modified: line(sitemap, &["lastmod"]), ..Feed::of(url, Kind::Sitemap) })
    })
}
