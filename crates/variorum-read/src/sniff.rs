//! What a file holds, by its content first and its name second.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing, or white space alone.
    Empty,
    /// No text.
    Binary,
    /// JSON Lines.
    Lines,
    /// A web page.
    Html,
    /// Plain text.
    Text,
}

/// Tells the format of a file.
pub fn sniff(path: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(4096)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Format::Empty;
    }
    if head.contains(&0) && !head.starts_with(&[0xFF, 0xFE]) && !head.starts_with(&[0xFE, 0xFF]) {
        return Format::Binary;
    }
    let lower = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let name = path.to_ascii_lowercase();
    if lower.starts_with('{') && (name.ends_with(".jsonl") || name.ends_with(".ndjson") || lower.contains("\"text\"")) {
        return Format::Lines;
    }
    if name.ends_with(".jsonl") || name.ends_with(".ndjson") {
        return Format::Lines;
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.contains("<body") {
        return Format::Html;
    }
    if name.ends_with(".html") || name.ends_with(".htm") { Format::Html } else { Format::Text }
}
