#![doc = include_str!("../README.md")]

mod agency;
mod announced;
mod atom;
mod charset;
mod document;
mod feed;
mod feeds;
mod hints;
mod html;
mod http;
mod json;
mod jsonfeed;
mod jsonl;
mod markup;
mod newsml;
mod ninjs;
mod nitf;
mod opml;
mod packed;
mod parquet;
mod plain;
mod rss;
mod sitemap;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod warc;
mod xml;

use std::io::{BufRead, BufReader, Cursor, Read};

use variorum_news::{Page, Problem};

pub use document::most_bytes;
pub use feeds::{Feed, Kind, feeds, feeds_at};
pub use hints::{Hints, hints};
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
    let mut head = Head::of(input)?;
    // What is damaged from its first byte may still be followed by something whole.
    while let Some(damage) = head.damage.take_if(|_| head.bytes.is_empty()) {
        each(Err(Problem::of_path(origin.path, damage.to_string())));
        head = Head::of(input)?;
        if head.bytes.is_empty() && head.damage.is_none() {
            return Ok(());
        }
    }
    let format = sniff(name(origin), &head.bytes[head.blank..]);
    let mut whole = Cursor::new(head.bytes).chain(BufReader::with_capacity(1, Damaged(head.damage))).chain(input);
    match format {
        Format::Gzip | Format::Zstd => packed::read(origin, format, &mut whole, each),
        Format::Warc => warc::read(origin, &mut whole, each),
        Format::Lines => jsonl::read(origin, &mut whole, each),
        Format::Parquet => parquet::read(origin, &mut whole, each),
        _ => document::read(origin, format, &mut whole, each),
    }
}

/// The bytes that tell a format.
#[derive(Default)]
struct Head {
    bytes: Vec<u8>,
    /// How many blank ones to leave out, where nothing else fills the beginning.
    blank: usize,
    /// The damage of the packing that they end at.
    damage: Option<std::io::Error>,
}

impl Head {
    fn of(input: &mut dyn BufRead) -> std::io::Result<Self> {
        let mut head = Head::default();
        loop {
            let begin = head.bytes.len();
            match input.take(HEAD as u64).read_to_end(&mut head.bytes) {
                Err(error) if packed::is_damage(&error) => head.damage = Some(error),
                read => _ = read?,
            }
            let is_blank = head.bytes[begin..].iter().all(u8::is_ascii_whitespace);
            if !is_blank || head.bytes.len() - begin < HEAD {
                return Ok(head);
            }
            if head.bytes.len() > MOST_TEXT {
                return Ok(Head { blank: 0, ..head });
            }
            head.blank = head.bytes.len();
        }
    }
}

/// Gives the damage that the beginning of a file ended at, once.
struct Damaged(Option<std::io::Error>);

impl Read for Damaged {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Returns the name that helps to tell a format: the address inside an archive, the file without the ending of its packing.
pub(crate) fn name<'a>(origin: Origin<'a>) -> &'a str {
    match origin.url {
        Some(url) => url.split(['?', '#']).next().unwrap_or(url),
        None if origin.depth > 0 => packed::bare(origin.path),
        None => origin.path,
    }
}
