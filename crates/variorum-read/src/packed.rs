//! Packed files: gzip and zstd around any other format.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use flate2::{Decompress, FlushDecompress, Status};
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};
use variorum_news::Problem;

use crate::sniff::Format;
use crate::source::Source;
use crate::{Each, Origin};

/// How many packings may lie inside each other; more is never news.
const MOST_DEEP: usize = 2;

/// Unpacked bytes from which on the ratio to the packed ones is looked at; some seconds of work.
const MUCH: u64 = 4 << 30;

/// The largest honest ratio: text packs 3 to 20 times, and the same page over and over some hundred times.
const MOST_TIMES: u64 = 800;

/// How many bytes behind damaged places are read twice at most, which bounds the time.
const MOST_AGAIN: usize = 64 << 20;

/// Damaged places after which the rest of a file is given up.
const MOST_DAMAGES: usize = 1_000;

/// The largest dictionary of an archive.
const MOST_DICTIONARY: u64 = 16 << 20;

/// The frame that holds the dictionary of an archive ("WARC compression using Zstandard", IIPC).
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

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

/// Tells whether an error is a damaged packing, behind which reading may go on, and not a failing disk.
pub(crate) fn is_damage(error: &Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Damage>())
}

/// Tells whether all that was read before an error of damage is whole, since the damaged member gave nothing yet.
pub(crate) fn is_behind_whole(error: &Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()).is_some_and(|damage| damage.given == 0)
}

#[derive(Debug)]
struct Damage {
    reason: String,
    /// How many bytes of the damaged member were given.
    given: u64,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Damage {}

/// What a packed input holds. An error of damage is given once; reading on gives what the next whole member holds.
struct Unpacked<'a> {
    source: Source<'a>,
    codec: Codec,
    state: State,
    unpacked: u64,
    /// How many of these are of the open member.
    given: u64,
    /// How many bytes were searched again.
    again: usize,
    damages: usize,
    /// Where bytes stand between or behind the members that belong to none.
    stray: Option<u64>,
}

enum Codec {
    Gzip(Decompress),
    Zstd(Box<FrameDecoder>),
}

#[derive(PartialEq)]
enum State {
    /// Between two members.
    Between,
    /// Inside a member.
    Inside,
    /// Behind a damaged place, in front of the next member.
    Lost,
    /// At the end.
    Ended,
}

impl<'a> Unpacked<'a> {
    fn of(format: Format, source: Source<'a>) -> Self {
        let codec = match format {
            Format::Gzip => Codec::Gzip(Decompress::new_gzip(15)),
            _ => Codec::Zstd(Box::new(FrameDecoder::new())),
        };
        Unpacked { source, codec, state: State::Between, unpacked: 0, given: 0, again: 0, damages: 0, stray: None }
    }

    /// Opens the next member; false at the end.
    fn open(&mut self) -> Result<bool> {
        loop {
            if !self.find()? {
                return Ok(false);
            }
            self.source.mark();
            self.given = 0;
            match &mut self.codec {
                Codec::Gzip(codec) => *codec = Decompress::new_gzip(15),
                Codec::Zstd(_) if self.source.peek(4)?[0] != 0x28 => {
                    self.skip_frame()?;
                    continue;
                }
                Codec::Zstd(codec) => {
                    codec.reset(&mut self.source).map_err(|error| unopened(&mut self.source, &error))?;
                }
            }
            return Ok(true);
        }
    }

    /// Goes to where a member begins; false where none does.
    fn find(&mut self) -> Result<bool> {
        loop {
            let head = self.source.peek(4)?;
            let found = match self.codec {
                Codec::Gzip(_) => head.starts_with(b"\x1f\x8b\x08"),
                Codec::Zstd(_) => head == b"\x28\xb5\x2f\xfd" || is_skippable(head) && self.state == State::Between,
            };
            if found || head.is_empty() {
                return Ok(found);
            }
            let first = match self.codec {
                Codec::Gzip(_) => 0x1f,
                Codec::Zstd(_) => 0x28,
            };
            let at = self.source.at();
            self.source.consume(1);
            let chunk = self.source.fill_buf()?;
            let used = memchr::memchr(first, chunk).unwrap_or(chunk.len());
            // Tapes and block devices pad with zeros.
            let is_padding = chunk[..used].iter().all(|byte| *byte == 0);
            self.source.consume(used);
            if self.state == State::Between && !is_padding {
                self.stray.get_or_insert(at);
            }
        }
    }

    /// Passes over a frame that holds no text, and keeps it where it is the dictionary of an archive.
    fn skip_frame(&mut self) -> Result<()> {
        let head: Vec<u8> = self.source.peek(8)?.to_vec();
        let length = head.get(4..8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        self.source.consume(head.len());
        let Codec::Zstd(codec) = &mut self.codec else { return Ok(()) };
        let mut frame = (&mut self.source).take(u64::from(length));
        if !head.starts_with(&DICTIONARY) || u64::from(length) > MOST_DICTIONARY {
            std::io::copy(&mut frame, &mut std::io::sink())?;
            return Ok(());
        }
        let mut bytes = Vec::new();
        frame.read_to_end(&mut bytes)?;
        if let Some(dictionary) = dictionary(bytes) {
            // A dictionary that cannot be kept is named by the first frame that asks for it.
            let _ = codec.add_dict(dictionary);
        }
        Ok(())
    }

    fn damage(&self, reason: String) -> Error {
        Error::new(ErrorKind::InvalidData, Damage { reason, given: self.given })
    }

    /// Goes back behind where the damaged member began, because a member that was cut off reaches into the next one.
    fn lose(&mut self, error: Error) -> Error {
        self.damages += 1;
        self.state = State::Ended;
        if !is_damage(&error) || error.kind() == ErrorKind::Unsupported {
            return error;
        }
        if self.damages == MOST_DAMAGES {
            return self.damage(format!("{error}; too many damaged places, the rest is not read"));
        }
        self.state = State::Lost;
        if self.again < MOST_AGAIN {
            self.again += self.source.rewind();
        }
        error
    }

    /// Unpacks some bytes of the open member; none at its end.
    fn step(&mut self, into: &mut [u8]) -> Result<usize> {
        match &mut self.codec {
            Codec::Gzip(codec) => gunzip(codec, &mut self.source, into),
            Codec::Zstd(codec) => unzstd(codec, &mut self.source, self.given, into),
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while !into.is_empty() && self.state != State::Ended {
            let step = match self.state {
                State::Inside => self.step(into),
                _ => match self.open() {
                    Ok(is_open) => {
                        self.state = if is_open { State::Inside } else { State::Ended };
                        continue;
                    }
                    Err(error) => Err(error),
                },
            };
            match step {
                Ok(0) => self.state = State::Between,
                Ok(read) => {
                    self.unpacked += read as u64;
                    self.given += read as u64;
                    if self.unpacked < MUCH || self.unpacked / MOST_TIMES < self.source.at() {
                        return Ok(read);
                    }
                    self.state = State::Ended;
                    let reason =
                        "unpacks to hundreds of times its size, as no news does; unpack it yourself to read it";
                    return Err(self.damage(reason.to_owned()));
                }
                Err(error) => return Err(self.lose(error)),
            }
        }
        Ok(0)
    }
}

fn gunzip(codec: &mut Decompress, source: &mut Source<'_>, into: &mut [u8]) -> Result<usize> {
    loop {
        let chunk = source.fill_buf()?;
        let is_end = chunk.is_empty();
        let (read, made) = (codec.total_in(), codec.total_out());
        let status = codec.decompress(chunk, into, FlushDecompress::None);
        let used = (codec.total_in() - read) as usize;
        source.consume(used);
        match (status, (codec.total_out() - made) as usize) {
            // What was made before an error is whole; the error comes again with the next call.
            (_, made) if made > 0 => return Ok(made),
            (Err(_), _) => return Err(damage("gzip", source, codec.total_out(), "its bytes do not fit together")),
            (Ok(Status::StreamEnd), _) => return Ok(0),
            (Ok(_), _) if is_end || used == 0 => return Err(damage("gzip", source, codec.total_out(), "no end")),
            (Ok(_), _) => {}
        }
    }
}

fn unzstd(codec: &mut FrameDecoder, source: &mut Source<'_>, given: u64, into: &mut [u8]) -> Result<usize> {
    while codec.can_collect() == 0 && !codec.is_finished() {
        if let Err(error) = codec.decode_blocks(&mut *source, BlockDecodingStrategy::UptoBlocks(1)) {
            return Err(damage("zstd", source, given, &error.to_string()));
        }
    }
    let read = codec.read(into)?;
    let (stated, counted) = (codec.get_checksum_from_data(), codec.get_calculated_checksum());
    if read == 0 && stated.is_some() && stated != counted {
        return Err(damage("zstd", source, given, "wrong checksum"));
    }
    Ok(read)
}

/// Returns what is said of a damaged packing: cut off where nothing follows, else damaged.
fn damage(what: &str, source: &mut Source<'_>, given: u64, why: &str) -> Error {
    let at = source.at();
    let reason = match source.fill_buf() {
        Ok([]) => format!("the {what} data is cut off at byte {at}; what came whole is read, fetch the file again"),
        _ => {
            format!("the {what} data is damaged near byte {at} ({why}); what came whole is read, fetch the file again")
        }
    };
    Error::new(ErrorKind::InvalidData, Damage { reason, given })
}

/// Returns what is said of a frame that cannot be opened.
fn unopened(source: &mut Source<'_>, error: &FrameDecoderError) -> Error {
    if matches!(error, FrameDecoderError::DictNotProvided { .. }) {
        // All frames behind it ask for the same one.
        let reason =
            "zstd data that was packed with a dictionary, which the file does not hold; unpack it with `zstd -d -D`";
        return Error::new(ErrorKind::Unsupported, Damage { reason: reason.to_owned(), given: 0 });
    }
    damage("zstd", source, 0, &error.to_string())
}

fn is_skippable(head: &[u8]) -> bool {
    head.len() == 4 && head[0] & 0xf0 == 0x50 && head[1..] == [0x2a, 0x4d, 0x18]
}

/// Returns the dictionary of an archive, which may be packed itself.
fn dictionary(bytes: Vec<u8>) -> Option<Dictionary> {
    if !bytes.starts_with(b"\x28\xb5\x2f\xfd") {
        return Dictionary::decode_dict(&bytes).ok();
    }
    let mut plain = Vec::new();
    let mut frame = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice()).ok()?;
    frame.by_ref().take(MOST_DICTIONARY).read_to_end(&mut plain).ok()?;
    Dictionary::decode_dict(&plain).ok()
}

fn name(format: Format) -> &'static str {
    if format == Format::Gzip { "gzip data" } else { "zstd data" }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{MUCH, Unpacked};
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
        assert!(found.len() <= super::MOST_DAMAGES, "{}", found.len());
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
