//! Lists of feeds.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.opml", b"<opml version=\"2.0\">", bytes));
