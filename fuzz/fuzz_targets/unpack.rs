//! Packed answers: the first byte says how.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum_fetch::parsers::unpack;

const CODINGS: [&str; 8] = ["gzip", "deflate", "br", "zstd", "gzip, br", "zstd, gzip", "deflate, zstd", "br, deflate"];
const MOST: u64 = 4 << 20;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, packed)) = bytes.split_first() else { return };
    let mut last = 0;
    let (plain, _) = unpack(packed, CODINGS[usize::from(*first) % CODINGS.len()], MOST, |made| {
        assert!(last <= made, "{made} after {last}");
        last = made;
    });
    assert!(plain.len() as u64 <= MOST, "{}", plain.len());
});
