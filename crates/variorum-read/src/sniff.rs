//! What a file holds, by its content first and its name second.

use crate::charset::wide;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing, or white space alone.
    Empty,
    /// No text, and what it is where that is known.
    Binary(&'static str),
    /// JSON Lines.
    Lines,
    /// A web page.
    Html,
    /// Plain text.
    Text,
}

/// How much of a file tells its format.
pub const HEAD: usize = 8 << 10;

/// Beginnings of files that hold no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "sound, film or a WebP picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"SQLite format 3", "a database"),
];

/// Tells the format of a file from its name and its first bytes.
pub fn sniff(path: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(HEAD)];
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if bare.iter().all(u8::is_ascii_whitespace) && bytes.len() <= HEAD {
        return Format::Empty;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Format::Binary(what);
    }
    let is_wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || wide(head).is_some();
    if !is_wide && is_binary(head) {
        return Format::Binary("not text");
    }
    let text: String = String::from_utf8_lossy(head).chars().filter(|c| *c != '\0').collect();
    of_text(path, text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start())
}

/// A stray zero byte happens in saved text; many control characters do not.
fn is_binary(head: &[u8]) -> bool {
    let odd = head
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b))
        .count();
    odd * 20 > head.len()
}

fn of_text(path: &str, text: &str) -> Format {
    let lower = text.to_ascii_lowercase();
    let name = path.to_ascii_lowercase();
    let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if named(&[".jsonl", ".ndjson"])
        || lower.starts_with('{') && (lower.contains("\"text\"") || lower.contains("\"html\""))
    {
        return Format::Lines;
    }
    let begins = lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.starts_with("<?xml") && lower.contains("<html");
    if begins || lower.contains("<body") || lower.contains("<head>") || named(&[".html", ".htm", ".xhtml"]) {
        return Format::Html;
    }
    Format::Text
}

#[cfg(test)]
mod tests {
    use super::{Format, sniff};

    #[test]
    fn content_comes_before_the_name() {
        assert_eq!(sniff("a.txt", b"<!DOCTYPE html><title>x</title>"), Format::Html);
        assert_eq!(sniff("a.txt", b"{\"text\":\"The ferry sank.\"}\n"), Format::Lines);
        assert_eq!(sniff("a.html", b"%PDF-1.7"), Format::Binary("a PDF"));
        assert_eq!(sniff("a.txt", b" \n\t"), Format::Empty);
        assert_eq!(sniff("a.jsonl", b"oops"), Format::Lines);
        assert_eq!(sniff("a.txt", b"The ferry sank."), Format::Text);
    }

    #[test]
    fn zero_bytes() {
        assert_eq!(sniff("a.txt", b"The ferry sank at dawn\0, the port said."), Format::Text);
        assert_eq!(sniff("a.txt", &[0, 1, 2, 3, 0, 9, 8, 7]), Format::Binary("not text"));
        let wide: Vec<u8> = "The ferry sank.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff("a.txt", &wide), Format::Text);
    }
}
