//! RSS, all versions.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.xml", b"<rss version=\"2.0\"><channel>", bytes));
