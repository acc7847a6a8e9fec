//! Any bytes inside a feed, a sitemap or a list of feeds: something comes out of each, and nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;

const OPENINGS: &[&str] = &[
    "<rss version='2.0'><channel><title>Delmare Courier</title><item>",
    "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><item>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    "<urlset><url>",
    "<opml><body>",
    "<html><head>",
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\n\"items\":[",
];

fuzz_target!(|bytes: &[u8]| {
    for opening in OPENINGS {
        let whole = [opening.as_bytes(), bytes].concat();
        assert!(!variorum_read::feeds("a", &whole).is_empty());
        for page in variorum_read::read_bytes("a", &whole).into_iter().flatten() {
            drop(variorum::clean(&page));
        }
    }
});
