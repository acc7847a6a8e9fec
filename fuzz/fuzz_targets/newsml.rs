//! NewsML-G2.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.xml", b"<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\">", bytes));
