//! Addresses of what the API tells, with names percent-encoded.

/// Returns the address of a story.
pub fn story(id: &str) -> String {
    format!("/api/v1/stories/{}", encoded(id))
}

/// Returns the address of a report.
pub fn report(id: &str) -> String {
    format!("/api/v1/reports/{}", encoded(id))
}

/// Returns the address of an outlet.
pub fn outlet(name: &str) -> String {
    format!("/api/v1/outlets/{}", encoded(name))
}

/// Returns a name with every byte encoded that is not a letter or a digit of ASCII, `_`, `~` or `-`.
pub fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'-');
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn odd_names_are_one_segment() {
        assert_eq!(super::report("a/b?c.json"), "/api/v1/reports/a%2Fb%3Fc%2Ejson");
        assert_eq!(super::story("s-1_~"), "/api/v1/stories/s-1_~");
        assert_eq!(super::outlet("Karsholm é"), "/api/v1/outlets/Karsholm%20%C3%A9");
    }
}
