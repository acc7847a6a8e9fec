//! The vocabularies that feeds mix: an element is told by its namespace, or by its prefix where that was not declared.

use crate::xml::Element;

/// Short names, and the namespaces they stand for: without scheme, `www.` and a final slash, which feeds vary.
const VOCABULARIES: &[(&str, &[&str])] = &[
    ("atom", &["w3.org/2005/atom", "purl.org/atom/ns"]),
    ("content", &["purl.org/rss/1.0/modules/content"]),
    ("dc", &["purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0"]),
    ("dcterms", &["purl.org/dc/terms"]),
    ("feedburner", &["rssnamespace.org/feedburner/ext/1.0"]),
    ("image", &["google.com/schemas/sitemap-image/1.1"]),
    ("itunes", &["itunes.com/dtds/podcast-1.0.dtd"]),
    ("media", &["search.yahoo.com/mrss", "video.search.yahoo.com/mrss"]),
    ("news", &["google.com/schemas/sitemap-news/0.9"]),
    (
        "rss",
        &[
            "backend.userland.com/rss",
            "backend.userland.com/rss2",
            "backend.userland.com/rss091",
            "blogs.law.harvard.edu/tech/rss",
            "purl.org/rss/2.0",
            "purl.org/rss/1.0",
            "my.netscape.com/rdf/simple/0.9",
            "channel.netscape.com/rdf/simple/0.9",
        ],
    ),
    ("xhtml", &["w3.org/1999/xhtml"]),
];

/// Tells whether an element is the one that a feed calls so: `title`, or `dc:creator` of a vocabulary.
pub(crate) fn is(element: Element<'_>, wanted: &str) -> bool {
    let (vocabulary, name) = wanted.split_once(':').unwrap_or(("", wanted));
    element.name() == name && vocabulary_of(element) == vocabulary
}

/// Returns the elements right inside that a feed calls so.
pub(crate) fn all<'t>(element: Element<'t>, wanted: &'static str) -> impl Iterator<Item = Element<'t>> {
    element.children().filter(move |child| is(*child, wanted))
}

/// Returns the first element right inside that a feed calls so.
pub(crate) fn first<'t>(element: Element<'t>, wanted: &'static str) -> Option<Element<'t>> {
    all(element, wanted).next()
}

/// Returns the words of the first of these elements that has any, on one line; the names in order of preference.
pub(crate) fn line(element: Element<'_>, wanted: &[&'static str]) -> Option<String> {
    wanted.iter().find_map(|name| all(element, name).find_map(Element::line))
}

fn vocabulary_of(element: Element<'_>) -> &str {
    let Some(space) = element.namespace() else { return element.prefix() };
    let space = space.to_ascii_lowercase();
    let bare = space.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let bare = bare.trim_end_matches(['/', '#']);
    let known = VOCABULARIES.iter().find(|(_, spaces)| spaces.contains(&bare)).map(|(name, _)| *name);
    match known {
        // The vocabulary of the feed itself needs no name, and neither does an unknown one that is the default.
        Some("rss") => "",
        Some(name) => name,
        None => element.prefix(),
    }
}
