//! Atom.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| variorum_fuzz::read_as("any.xml", b"<feed xmlns=\"http://www.w3.org/2005/Atom\">", bytes));
