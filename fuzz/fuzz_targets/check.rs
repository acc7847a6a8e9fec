//! Any rewrite against any source: the verdict stays between 0 and 1, and drift points into the rewrite.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (String, String)| {
    let (rewrite, source) = texts;
    let check = variorum::check(&rewrite, std::slice::from_ref(&source), &variorum::CollateOptions { all: true });
    assert!((0.0..=1.0).contains(&check.faithful));
    assert!(check.drift.iter().all(|drift| rewrite.contains(&drift.rewrite.text)));
    if rewrite == source {
        assert!(check.drift.is_empty(), "a copy drifted: {:?}", check.drift);
    }
});
