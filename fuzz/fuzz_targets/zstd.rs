//! zstd data.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.zst", b"\x28\xb5\x2f\xfd", bytes));
