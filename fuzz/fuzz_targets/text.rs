//! Plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum::news::{Body, Page};

fuzz_target!(|text: &str| variorum_fuzz::clean(&Page::of("r", Body::Text(text.to_owned()))));
