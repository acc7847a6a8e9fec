//! The markup of an article alone, as feeds carry it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum::news::{Body, Page};

fuzz_target!(|html: &str| variorum_fuzz::clean(&Page::of("r", Body::Fragment(html.to_owned()))));
