#![doc = include_str!("../README.md")]

mod charset;
mod html;
mod jsonl;
mod plain;
mod sniff;

use variorum_news::{Page, Problem};

pub use jsonl::{read_line, read_report};
pub use sniff::{Format, sniff};

/// The largest file that is read, in bytes; a larger one is a problem.
pub const MOST_BYTES: usize = 64 << 20;

/// Returns the pages that the bytes of one file hold, and what could not be used.
pub fn read(path: &str, bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    if bytes.len() > MOST_BYTES {
        return vec![Err(Problem::of_path(path, "larger than 64 MiB; split it or give one article a file"))];
    }
    match sniff(path, bytes) {
        Format::Empty => vec![Err(Problem::of_path(path, "the file is empty; remove it or fetch it again"))],
        Format::Binary => vec![Err(Problem::of_path(path, "not text; give .txt, .html or .jsonl files"))],
        Format::Lines => jsonl::read(path, bytes),
        Format::Html => vec![Ok(html::read(path, bytes))],
        Format::Text => vec![Ok(plain::read(path, bytes))],
    }
}
