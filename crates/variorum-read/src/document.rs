//! Documents that are held whole: pages, texts, feeds, agency items.

use std::io::{BufRead, Read};

use variorum_news::Problem;

use crate::sniff::Format;
use crate::{Each, MOST_HTML, MOST_LINE, MOST_LISTING, MOST_TEXT, Origin};
use crate::{atom, html, json, newsml, opml, plain, rss, sitemap};

/// Reads one document up to the limit of its format, which is all that is held of it.
pub(crate) fn read(origin: Origin<'_>, format: Format, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    if let Some(problem) = unreadable(origin.path, format) {
        each(Err(problem));
        return Ok(());
    }
    let most = most_bytes(format);
    let mut bytes = Vec::new();
    input.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        each(Err(too_large(origin.path, format)));
    } else {
        of_bytes(origin, format, &bytes, each);
    }
    Ok(())
}

/// Calls `each` with the pages of a document that is within its limits.
pub(crate) fn of_bytes(origin: Origin<'_>, format: Format, bytes: &[u8], each: Each<'_>) {
    match format {
        Format::Html => each(Ok(html::read(origin, bytes))),
        Format::Text => each(Ok(plain::read(origin, bytes))),
        Format::Json => json::read(origin, bytes, each),
        Format::Rss => rss::read(origin, bytes, each),
        Format::Atom => atom::read(origin, bytes, each),
        Format::Sitemap => sitemap::read(origin, bytes, each),
        Format::Opml => opml::read(origin, bytes, each),
        Format::NewsMl => newsml::read(origin, bytes, each),
        _ => each(Err(unreadable(origin.path, format).unwrap_or_else(|| too_large(origin.path, format)))),
    }
}

/// Returns why a file of this format cannot be read at all, which its first bytes are enough to tell.
fn unreadable(path: &str, format: Format) -> Option<Problem> {
    match format {
        Format::Empty => Some(Problem::of_path(path, "the file is empty; remove it or fetch it again")),
        Format::Binary(what) => Some(Problem::of_path(
            path,
            format!("{what}, which is no format that is read; give .txt, .html or .jsonl files"),
        )),
        Format::Xml => Some(Problem::of_path(
            path,
            "XML of a kind that is not read; RSS, Atom, NewsML-G2, sitemaps, OPML and XHTML are",
        )),
        _ => None,
    }
}

fn too_large(path: &str, format: Format) -> Problem {
    let hint = match format {
        Format::Html => "save the article alone, or give its text as .txt",
        Format::Text => "give one article a file, or one a line as .jsonl",
        _ => "split it",
    };
    let what = if matches!(format, Format::Html | Format::Text) { "far too much for one report; " } else { "" };
    Problem::of_path(path, format!("larger than {} MiB, {what}{hint}", most_bytes(format) >> 20))
}

/// Returns the most bytes that are read of a document of this format.
pub fn most_bytes(format: Format) -> usize {
    match format {
        Format::Html => MOST_HTML,
        Format::Lines => MOST_LINE,
        Format::Text | Format::Empty | Format::Binary(_) => MOST_TEXT,
        _ => MOST_LISTING,
    }
}
