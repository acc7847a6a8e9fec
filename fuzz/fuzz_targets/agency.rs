//! Any bytes inside an item of a news agency: something comes out of each, and nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;

const OPENINGS: &[&str] = &[
    "<newsItem guid='x'><contentSet><inlineXML contenttype='application/xhtml+xml'>",
    "<newsItem guid='x'><contentMeta><headline>Ferry aground</headline>",
    "<newsMessage><itemSet>",
    "<nitf><body><body.content>",
    "<nitf><body><body.head>",
    "{\"uri\":\"urn:x\",\"versionCreated\":\"2025-03-27\",\n\"bodies\":[",
    "{\"uri\":\"urn:x\",\"pubstatus\":\"usable\",\n",
    "{\"data\":{\"items\":[\n",
];

fuzz_target!(|bytes: &[u8]| {
    for opening in OPENINGS {
        let whole = [opening.as_bytes(), bytes].concat();
        let found = variorum_read::read_bytes("a", &whole);
        assert!(!found.is_empty());
        for page in found.into_iter().flatten() {
            drop(variorum::clean(&page));
        }
    }
});
