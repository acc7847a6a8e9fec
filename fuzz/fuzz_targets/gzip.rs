//! gzip data.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.gz", b"\x1f\x8b\x08", bytes));
