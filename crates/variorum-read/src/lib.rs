#![doc = include_str!("../README.md")]

mod charset;
mod html;
mod jsonl;
mod plain;
mod sniff;
#[cfg(test)]
mod tests;

use variorum_news::{Page, Problem};

pub use jsonl::{read_line, read_report};
pub use sniff::{Format, HEAD, sniff};

/// The largest plain text that can be one report, in bytes; a long magazine piece has a hundredth of it.
pub const MOST_TEXT: usize = 4 << 20;

/// The largest web page that is read, in bytes; most of a large one is scripts.
pub const MOST_HTML: usize = 12 << 20;

/// The largest line of JSON that is read, in bytes.
pub const MOST_LINE: usize = 64 << 20;

/// Returns the pages that the bytes of one file hold, and what could not be used.
pub fn read(path: &str, bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    let format = sniff(path, bytes);
    if let Some(problem) = unreadable(path, format, bytes.len() as u64) {
        return vec![Err(problem)];
    }
    match format {
        Format::Lines => jsonl::read(path, bytes),
        Format::Html => vec![Ok(html::read(path, bytes))],
        _ => vec![Ok(plain::read(path, bytes))],
    }
}

/// Returns the pages of some lines of a JSON Lines file; a problem that names no report names the line among these.
pub fn read_lines(bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    jsonl::read("line", bytes)
}

/// Returns why a file of this format and size cannot be read, which the first bytes of it are enough to tell.
pub fn unreadable(path: &str, format: Format, size: u64) -> Option<Problem> {
    let too_large = |most: usize, hint: &str| {
        let reason = format!("larger than {} MiB, far too much for one report; {hint}", most >> 20);
        (size > most as u64).then(|| Problem::of_path(path, reason))
    };
    match format {
        Format::Empty => Some(Problem::of_path(path, "the file is empty; remove it or fetch it again")),
        Format::Binary(what) => Some(Problem::of_path(
            path,
            format!("{what}, which is no format that is read; give .txt, .html or .jsonl files"),
        )),
        Format::Text => too_large(MOST_TEXT, "give one article a file, or one a line as .jsonl"),
        Format::Html => too_large(MOST_HTML, "save the article alone, or give its text as .txt"),
        Format::Lines => None,
    }
}

/// Returns the most bytes that need to be read of a file of this format.
pub fn most_bytes(format: Format) -> usize {
    match format {
        Format::Html => MOST_HTML,
        Format::Lines => MOST_LINE,
        _ => MOST_TEXT,
    }
}
