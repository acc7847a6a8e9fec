//! The markup of a whole page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum::news::{Body, Page};

fuzz_target!(|html: &str| variorum_fuzz::clean(&Page::of("r", Body::Html(html.to_owned()))));
