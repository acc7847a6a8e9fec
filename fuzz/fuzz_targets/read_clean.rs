//! Any bytes under any name: pages and problems come out, and every report's blocks lie in its text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.html", "a.jsonl"] {
        for page in variorum_read::read_bytes(name, bytes).into_iter().flatten() {
            let Ok(report) = variorum::clean(&page) else { continue };
            let length = report.text.chars().count();
            assert!(report.blocks.iter().all(|block| block.start < block.end && block.end <= length));
        }
    }
});
