//! Archives of the web.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.warc", b"WARC/1.0\r\n", bytes));
