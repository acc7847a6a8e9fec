//! Addresses that a page may link to.

/// Returns the host of an address, where the address is one that a reader can trust at sight.
///
/// Trusted are `http` and `https` addresses in plain visible ASCII, without a user name before the host: a browser
/// reads everything else in ways that a reader does not expect.
pub fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    if !url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'`')) {
        return None;
    }
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']' | b'_'));
    (plain && !host.is_empty() && !host.starts_with(':')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_is_what_a_browser_opens() {
        assert_eq!(host("https://www.karsholm.example/a?b#c"), Some("www.karsholm.example"));
        assert_eq!(host("HTTP://karsholm.example:8080"), Some("karsholm.example:8080"));
    }

    #[test]
    fn addresses_that_deceive_are_no_links() {
        for url in [
            "javascript:alert(1)",
            "javascript://host/%0aalert(1)",
            "https://bank.example@evil.example/",
            "https://bank.example\\@evil.example/",
            "https://bаnk.example/",
            "https:///x",
            "ftp://karsholm.example/",
            "https://karsholm.example/\" onclick=\"x",
        ] {
            assert_eq!(host(url), None, "{url}");
        }
    }
}
