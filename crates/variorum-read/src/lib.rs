#![doc = include_str!("../README.md")]

mod agency;
mod announced;
mod atom;
mod charset;
mod document;
mod feed;
mod feeds;
mod html;
mod json;
mod jsonfeed;
mod jsonl;
mod markup;
mod newsml;
mod ninjs;
mod nitf;
mod opml;
mod packed;
mod plain;
mod rss;
mod sitemap;
mod sniff;
#[cfg(test)]
mod tests;
mod warc;
mod xml;

use std::io::{BufRead, Read};

use variorum_news::{Page, Problem};

pub use document::most_bytes;
pub use feeds::{Feed, Kind, feeds};
pub use jsonl::{TOO_LONG, next_line, read_line, read_report};
pub use sniff::{Format, HEAD, sniff};

/// The largest plain text that can be one report, in bytes; a long magazine piece has a hundredth of it.
pub const MOST_TEXT: usize = 4 << 20;

/// The largest web page that is read, in bytes; most of a large one is scripts.
pub const MOST_HTML: usize = 12 << 20;

/// The largest feed, sitemap or agency file, in bytes; a full sitemap has 50 MB.
pub const MOST_LISTING: usize = 64 << 20;

/// The largest line of JSON that is read, in bytes.
pub const MOST_LINE: usize = 64 << 20;

/// Where a document came from, as far as the things around it tell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin<'a> {
    /// The file, as problems name it.
    pub path: &'a str,
    /// The address that it was fetched from.
    pub url: Option<&'a str>,
    /// The charset that the server stated.
    pub charset: Option<&'a str>,
    /// How many packings were opened on the way to it.
    pub depth: usize,
}

/// What is called with every page and every problem, in the order of the input.
pub type Each<'a> = &'a mut dyn FnMut(Result<Page, Problem>);

/// Calls `each` with the pages that one file holds, and with what could not be used.
///
/// Archives, packed files and lines of JSON are read as a stream, in memory that does not grow with the file; all else
/// is held whole, up to the limits of its format.
///
/// # Errors
/// Where the input itself cannot be read. Damaged content is no error but a problem.
pub fn read(path: &str, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    stream(Origin { path, ..Origin::default() }, input, each)
}

/// Returns the pages that the bytes of one file hold, and what could not be used.
pub fn read_bytes(path: &str, mut bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    let mut found = Vec::new();
    if let Err(error) = read(path, &mut bytes, &mut |page| found.push(page)) {
        found.push(Err(Problem::of_path(path, format!("cannot be read ({error})"))));
    }
    found
}

/// Reads what lies at one level of packing: its first bytes tell what it is.
pub(crate) fn stream(origin: Origin<'_>, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    let mut head = Vec::new();
    input.take(HEAD as u64).read_to_end(&mut head)?;
    let format = sniff(origin.path, &head);
    let mut whole = std::io::Cursor::new(head).chain(input);
    match format {
        Format::Gzip | Format::Zstd => packed::read(origin, format, &mut whole, each),
        Format::Warc => warc::read(origin, &mut whole, each),
        Format::Lines => jsonl::read(origin, &mut whole, each),
        _ => document::read(origin, format, &mut whole, each),
    }
}
