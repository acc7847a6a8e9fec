//! One JSON document: a report, an agency item, a feed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.json", b"{\n", bytes));
