//! Packed files: gzip and zstd around any other format.

mod damage;
mod members;

use std::io::{BufRead, BufReader, Result};

use variorum_news::Problem;

use crate::sniff::Format;
use crate::source::Source;
use crate::{Each, Origin};
use members::Unpacked;

pub(crate) use damage::{is_behind_whole, is_damage};

/// How many packings may lie inside each other; more is never news.
const MOST_DEEP: usize = 2;

/// Reads what a packed file holds, as a stream.
pub(crate) fn read(origin: Origin<'_>, format: Format, input: &mut dyn BufRead, each: Each<'_>) -> Result<()> {
    if origin.depth >= MOST_DEEP {
        each(Err(Problem::of_path(origin.path, "packed more than two deep; unpack it and give what is inside")));
        return Ok(());
    }
    let mut unpacked = BufReader::with_capacity(64 << 10, Unpacked::of(format, Source::new(input)));
    match crate::stream(Origin { depth: origin.depth + 1, ..origin }, &mut unpacked, each) {
        Err(error) if is_damage(&error) => each(Err(Problem::of_path(origin.path, error.to_string()))),
        read => read?,
    }
    if let Some(at) = unpacked.get_ref().stray {
        let reason = format!("bytes that are no {} stand at byte {at} and were passed over", name(format));
        each(Err(Problem::of_path(origin.path, reason)));
    }
    Ok(())
}

/// Returns a name without the endings of packings, by which what is inside is told.
pub(crate) fn bare(path: &str) -> &str {
    let mut bare = path;
    while let Some((rest, ending)) = bare.rsplit_once('.') {
        if !["gz", "gzip", "zst", "zstd"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            break;
        }
        bare = rest;
    }
    bare
}

fn name(format: Format) -> &'static str {
    if format == Format::Gzip { "gzip data" } else { "zstd data" }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::members::{MOST_DAMAGES, MUCH, Unpacked};
    use crate::read_bytes;
    use crate::sniff::Format;
    use crate::source::Source;

    fn gzip(input: &mut dyn Read) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        std::io::copy(input, &mut packed).expect("memory");
        packed.flush().expect("memory");
        packed.finish().expect("memory")
    }

    /// Checks the number of pages of a packed file, and what its problems say.
    fn check(path: &str, bytes: &[u8], pages: usize, says: &[&str]) {
        let found = read_bytes(path, bytes);
        let reasons: Vec<&str> =
            found.iter().filter_map(|page| page.as_ref().err()).map(|p| p.reason.as_str()).collect();
        assert_eq!(found.len() - reasons.len(), pages, "{reasons:?}");
        assert_eq!(reasons.len(), says.len(), "{reasons:?}");
        assert!(reasons.iter().zip(says).all(|(reason, say)| reason.contains(say)), "{reasons:?}");
    }

    #[test]
    fn a_packed_file_is_told_by_what_it_holds_and_its_name() {
        let lines = b"{\"text\":\"One sank.\"}\n{\"text\":\"Two sank.\"}\n";
        check("a.jsonl.gz", &gzip(&mut lines.as_slice()), 2, &[]);
        check("a.JSONL.GZ.zst", &gzip(&mut lines.as_slice()), 2, &[]);
        check("a.html.gz", &gzip(&mut b"<p>The ferry sank.</p>".as_slice()), 1, &[]);
        let page = read_bytes("a.html.gz", &gzip(&mut b"<p>The ferry sank.</p>".as_slice())).remove(0).expect("a page");
        assert!(matches!(page.body, variorum_news::Body::Html(_)));
        assert_eq!(page.path.as_deref(), Some("a.html.gz"));
        check("a.gz", &gzip(&mut b"".as_slice()), 0, &["empty"]);
    }

    #[test]
    fn a_file_cut_off_gives_its_whole_lines() {
        let lines: String = (0..5_000).map(|n| format!("{{\"text\":\"{n} of them sank, {}.\"}}\n", n * n)).collect();
        let packed = gzip(&mut lines.as_bytes());
        let found = read_bytes("a.jsonl.gz", &packed[..packed.len() / 2]);
        let last = found.last().expect("something").as_ref().expect_err("a problem");
        assert!(last.reason.contains("cut off at byte"), "{}", last.reason);
        assert!(found.len() > 1_000 && found[..found.len() - 1].iter().all(Result::is_ok));
    }

    #[test]
    fn half_a_page_is_no_page() {
        let packed = gzip(&mut b"<html><body><p>The ferry sank.</p></body></html>".as_slice());
        check("a.html.gz", &packed[..packed.len() - 4], 0, &["cut off"]);
        check("a.html.gz", &packed[..5], 0, &["cut off"]);
    }

    #[test]
    fn what_stands_behind_is_told() {
        let packed = gzip(&mut b"<p>The ferry sank.</p>".as_slice());
        check("a.html.gz", &[packed.as_slice(), b"\0\0\0\0"].concat(), 1, &[]);
        check("a.html.gz", &[packed.as_slice(), b"signed"].concat(), 1, &["stand at byte"]);
    }

    #[test]
    fn beginnings_alone_end() {
        let found = read_bytes("a.gz", &b"\x1f\x8b\x08".repeat(10_000));
        assert!(found.len() <= MOST_DAMAGES, "{}", found.len());
    }

    #[test]
    fn bombs_are_harmless() {
        let bomb = gzip(&mut std::io::repeat(0).take(100 << 20));
        assert!(bomb.len() < 1 << 20);
        check("a.html.gz", &bomb, 0, &["not text"]);
        let line = gzip(&mut std::io::repeat(b'a').take(100 << 20));
        check("a.jsonl.gz", &line, 0, &["longer than 64 MiB"]);
        check("a.txt.gz", &line, 0, &["larger than 4 MiB"]);
    }

    #[test]
    fn a_bomb_of_any_size_ends() {
        let packed = gzip(&mut b"The ferry sank.\n".as_slice());
        let mut input = packed.as_slice();
        let mut bomb = Unpacked::of(Format::Gzip, Source::new(&mut input));
        bomb.unpacked = MUCH;
        let error = bomb.read_to_end(&mut Vec::new()).expect_err("too much");
        assert!(error.to_string().contains("hundreds of times"));
        assert_eq!(bomb.read(&mut [0; 9]).expect("the end"), 0);
    }
}
