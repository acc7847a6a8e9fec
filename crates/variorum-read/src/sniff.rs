//! What a file holds, by its content first and its name second.

use crate::charset::wide;
use crate::markup::HTML;

/// A format that can be told from the first bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing, or white space alone.
    Empty,
    /// No text, and what it is where that is known.
    Binary(&'static str),
    /// Compressed with gzip; what is inside is told by its own first bytes.
    Gzip,
    /// Compressed with zstd; what is inside is told by its own first bytes.
    Zstd,
    /// An archive of the web (WARC).
    Warc,
    /// Columns of reports (Parquet).
    Parquet,
    /// JSON Lines: a report, a ninjs item or a JSON Feed a line.
    Lines,
    /// One JSON document over several lines: a report or a list of them, a ninjs item, a JSON Feed.
    Json,
    /// RSS 0.9x, 1.0 or 2.0.
    Rss,
    /// Atom.
    Atom,
    /// A list of feeds (OPML).
    Opml,
    /// A sitemap of a site, or an index of sitemaps.
    Sitemap,
    /// NewsML-G2, or NITF alone.
    NewsMl,
    /// XML of another kind.
    Xml,
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
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "sound, film or a WebP picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"filedesc://", "an ARC archive, which came before WARC"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
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
    if let Some(packed) = of_packing(head) {
        return packed;
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

fn of_packing(head: &[u8]) -> Option<Format> {
    let begins = |magic: &[u8]| head.starts_with(magic);
    let is_warc = begins(b"WARC/1.") || begins(b"WARC/0.");
    // zstd frames may stand behind skippable ones, as in archives with a shared dictionary.
    let is_zstd =
        begins(b"\x28\xb5\x2f\xfd") || head.len() > 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18];
    match () {
        () if begins(b"\x1f\x8b") => Some(Format::Gzip),
        () if is_zstd => Some(Format::Zstd),
        () if begins(b"PAR1") => Some(Format::Parquet),
        () if is_warc => Some(Format::Warc),
        () => None,
    }
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
    let name = path.to_ascii_lowercase();
    let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if named(&[".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst"]) {
        return Format::Lines;
    }
    if let Some(json) = of_json(text) {
        return json;
    }
    if named(&[".json"]) && text.starts_with(['{', '[']) {
        return Format::Json;
    }
    let lower = text.to_ascii_lowercase();
    if let Some(found) = root(&lower).and_then(of_root) {
        return found;
    }
    if lower.starts_with("<!doctype html") || lower.contains("<body") || lower.contains("<head>") {
        return Format::Html;
    }
    if named(&[".html", ".htm", ".xhtml"]) {
        return Format::Html;
    }
    let is_foreign = |name| named(&[".xml"]) || !HTML.contains(&name) && lower.contains("</");
    let is_xml = lower.starts_with("<?xml") || root(&lower).is_some_and(is_foreign);
    if is_xml { Format::Xml } else { Format::Text }
}

/// Tells lines of JSON from a document of several lines; text that begins with a brace by chance is neither.
fn of_json(text: &str) -> Option<Format> {
    let rest = text.strip_prefix(['{', '['])?.trim_start();
    if !rest.starts_with(['"', '{', '}', ']', '[']) {
        return None;
    }
    let first = text.lines().next().unwrap_or(text);
    let is_cut = first.len() == text.len();
    let is_whole = first.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(first.trim()).is_ok();
    let is_long_line = is_cut && first.starts_with("{\"") && first.len() + 8 >= HEAD;
    Some(if is_whole || is_long_line { Format::Lines } else { Format::Json })
}

/// Returns what follows a declaration of the document type; brackets in its own part are skipped with it.
fn after_declaration(rest: &str) -> Option<&str> {
    let end = rest.find('>')?;
    match rest.find('[').filter(|open| *open < end) {
        Some(open) => rest[open..].split_once(']').and_then(|(_, tail)| tail.split_once('>')).map(|(_, tail)| tail),
        None => Some(&rest[end + 1..]),
    }
}

/// Returns the name of the first element without its prefix, in text of lower case.
fn root(lower: &str) -> Option<&str> {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        let skipped = [("<?", "?>"), ("<!--", "-->")]
            .iter()
            .find_map(|(open, close)| rest.starts_with(open).then(|| rest.split_once(close).map(|(_, tail)| tail)))
            .or_else(|| rest.starts_with("<!").then(|| after_declaration(rest)));
        match skipped {
            Some(Some(tail)) => rest = tail,
            Some(None) => return None,
            None => break,
        }
    }
    let name = rest.strip_prefix('<')?;
    let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len())];
    Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
}

fn of_root(name: &str) -> Option<Format> {
    match name {
        "rss" | "rdf" => Some(Format::Rss),
        "feed" | "entry" => Some(Format::Atom),
        "opml" => Some(Format::Opml),
        "urlset" | "sitemapindex" => Some(Format::Sitemap),
        "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" | "nitf" | "newsml" => Some(Format::NewsMl),
        "html" => Some(Format::Html),
        _ => None,
    }
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
    fn markup_by_its_first_element() {
        assert_eq!(sniff("a", b"<?xml version='1.0'?>\n<!-- made by hand --><rss version='2.0'>"), Format::Rss);
        assert_eq!(sniff("a", b"<rdf:RDF xmlns='x'>"), Format::Rss);
        assert_eq!(sniff("a", b"<feed xmlns='http://www.w3.org/2005/Atom'>"), Format::Atom);
        assert_eq!(sniff("a", b"<!DOCTYPE rss [<!ENTITY a 'b'>\n<!ENTITY c 'd'>]>\n<rss>"), Format::Rss);
        assert_eq!(sniff("a", b"<opml version='2.0'>"), Format::Opml);
        assert_eq!(sniff("a", b"<urlset xmlns='x'>"), Format::Sitemap);
        assert_eq!(sniff("a", b"<?xml version='1.0'?><newsItem guid='x'>"), Format::NewsMl);
        assert_eq!(sniff("a", b"<nitf><head/>"), Format::NewsMl);
        assert_eq!(sniff("a.xml", b"<?xml version='1.0'?><recipe/>"), Format::Xml);
        assert_eq!(sniff("a.xml", b"<recipe/>"), Format::Xml);
        assert_eq!(sniff("a", b"<results><id>1</id></results>"), Format::Xml);
        assert_eq!(sniff("a.txt", b"<p>The ferry sank.</p>"), Format::Text);
        assert_eq!(sniff("a.xml", b"<?xml version='1.0'?><html xmlns='x'><head>"), Format::Html);
    }

    #[test]
    fn lines_and_documents_of_json() {
        assert_eq!(sniff("a", b"{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}\n"), Format::Lines);
        assert_eq!(sniff("a.json", b"{\n  \"uri\": \"urn:x\",\n"), Format::Json);
        assert_eq!(sniff("a.json", b"[{\"text\": \"x\"}]"), Format::Json);
        assert_eq!(sniff("a.txt", b"{sic} the ferry sank."), Format::Text);
        let long = format!("{{\"text\":\"{}\"}}", "word ".repeat(4_000));
        assert_eq!(sniff("a", long.as_bytes()), Format::Lines);
    }

    #[test]
    fn packed_files() {
        assert_eq!(sniff("a.txt", b"\x1f\x8b\x08\x00"), Format::Gzip);
        assert_eq!(sniff("a.txt", b"\x28\xb5\x2f\xfd\x00"), Format::Zstd);
        assert_eq!(sniff("a.txt", b"WARC/1.1\r\nWARC-Type: warcinfo\r\n"), Format::Warc);
        assert_eq!(sniff("a.txt", b"PAR1...."), Format::Parquet);
    }

    #[test]
    fn zero_bytes() {
        assert_eq!(sniff("a.txt", b"The ferry sank at dawn\0, the port said."), Format::Text);
        assert_eq!(sniff("a.txt", &[0, 1, 2, 3, 0, 9, 8, 7]), Format::Binary("not text"));
        let wide: Vec<u8> = "The ferry sank.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff("a.txt", &wide), Format::Text);
    }
}
