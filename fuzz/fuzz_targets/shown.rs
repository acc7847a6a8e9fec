//! Addresses as they are shown.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let url = String::from_utf8_lossy(bytes);
    let shown = variorum_fetch::shown(&url);
    assert!(shown.chars().count() <= 301, "{shown:?}");
    assert!(!shown.contains(char::is_control), "{shown:?}");
    if let Some(with) = url.split_once("://").map(|(scheme, rest)| format!("{scheme}://ada:S3CRETWORD@{rest}"))
        && !url.contains("S3CRETWORD")
    {
        assert!(!variorum_fetch::shown(&with).contains("S3CRETWORD"), "{with:?}");
    }
});
