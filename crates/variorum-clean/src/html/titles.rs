//! The headline of a page, without the outlet's name.

use super::facts::Stated;
use crate::piece::folded;

/// Returns the headline.
///
/// The heading that readers see is best where some metadata agrees with it; otherwise linked data, OpenGraph, `<title>`.
pub(crate) fn title(stated: &Stated<'_>) -> Option<String> {
    let tree = stated.document;
    let headings: Vec<String> = tree
        .all("h1")
        .into_iter()
        .take(12)
        .map(|h1| unescaped(&tree.words(h1)))
        .filter(|text| !text.is_empty())
        .collect();
    let window = tree.all("title").first().map(|title| unescaped(&tree.words(*title))).unwrap_or_default();
    let stated_titles: Vec<String> = [
        stated.linked.headline.as_deref(),
        stated.meta(&["og:title"]),
        stated.meta(&["twitter:title", "title", "dc.title", "parsely-title", "sailthru.title"]),
        Some(window.as_str()),
    ]
    .into_iter()
    .flatten()
    .map(|text| without_outlet(&unescaped(text), stated))
    .filter(|text| !text.is_empty())
    .collect();
    let agreed = headings.iter().find(|heading| stated_titles.iter().any(|title| agree(heading, title)));
    agreed
        .cloned()
        .or_else(|| stated_titles.first().cloned())
        .or_else(|| headings.into_iter().find(|text| text.split(' ').count() > 2))
}

/// Tells whether two titles share most of the words of the shorter one.
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    short.len() >= 2 && shared * 10 >= short.len() * 7 && short.len() * 3 >= long.len() || short == long
}

/// Returns a title without " | Outlet" at its end or "Outlet: " at its beginning.
fn without_outlet(title: &str, stated: &Stated<'_>) -> String {
    let mut title = title.trim().to_owned();
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " / ", "|"].iter().filter_map(|mark| {
            let at = title.rfind(mark)?;
            let (head, tail) = (&title[..at], &title[at + mark.len()..]);
            (is_outlet(tail, mark, stated) && folded(head).split(' ').count() >= 2).then_some(at)
        });
        match cut.max() {
            Some(at) => title.truncate(at),
            None => break,
        }
    }
    title.trim().to_owned()
}

/// Tells whether the tail of a title is the outlet's name or a rubric, not part of the headline.
fn is_outlet(tail: &str, mark: &str, stated: &Stated<'_>) -> bool {
    let folded_tail: String = folded(tail).split(' ').collect();
    let host = stated.url.as_deref().and_then(host).unwrap_or_default();
    let host: String = folded(host.trim_start_matches("www.")).split(' ').collect();
    let outlet: String = stated.outlet.as_deref().map(|name| folded(name).split(' ').collect()).unwrap_or_default();
    let named = !outlet.is_empty()
        && (folded_tail == outlet
            || folded_tail.len() > 3 && (outlet.contains(&folded_tail) || folded_tail.contains(&outlet)));
    let hosted = folded_tail.len() > 2 && host.contains(&folded_tail);
    named || hosted || crate::credits::is_outlet(tail) || mark.contains('|') && tail.split_whitespace().count() <= 3
}

/// Returns the host of an address.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next()
}

/// Metadata escapes its text once more than the page does.
pub(crate) fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, mark) in ENTITIES {
        if text.contains('&') {
            text = text.replace(entity, mark);
        }
    }
    crate::piece::visible(&variorum_text::nfc(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

const ENTITIES: &[(&str, &str)] = &[
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&#8216;", "‘"),
    ("&#8217;", "’"),
    ("&#8220;", "“"),
    ("&#8221;", "”"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&#8211;", "–"),
    ("&#8212;", "—"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&#8230;", "…"),
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&#38;", "&"),
    ("&#038;", "&"),
];
