//! Sitemaps.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.xml", b"<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">", bytes));
