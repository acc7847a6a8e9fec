//! What headers say about time.

#![no_main]

use std::time::{Duration, SystemTime};

use libfuzzer_sys::fuzz_target;
use variorum_fetch::parsers::{fresh_for, retry_after};

/// A little more than a year.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let (first, second, third) = (lines.next().unwrap_or(""), lines.next(), lines.next());
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    for time in
        [retry_after(first, now), fresh_for(Some(first), second, third, now), fresh_for(None, Some(first), second, now)]
    {
        assert!(time.is_none_or(|time| time <= LONGEST), "{time:?}");
    }
});
