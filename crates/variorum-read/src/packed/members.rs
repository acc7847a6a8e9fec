//! The members of a packed file, one after the other, also behind damaged ones.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

use flate2::{Decompress, FlushDecompress, Status};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use super::damage::{damage, damaged, is_damage, unopened};
use crate::sniff::Format;
use crate::source::Source;

/// Unpacked bytes from which on the ratio to the packed ones is looked at; some seconds of work.
pub(super) const MUCH: u64 = 4 << 30;

/// The largest honest ratio: text packs 3 to 20 times, and the same page over and over some hundred times.
const MOST_TIMES: u64 = 800;

/// How many bytes behind damaged places are read twice at most, which bounds the time.
const MOST_AGAIN: usize = 64 << 20;

/// Damaged places after which the rest of a file is given up.
pub(super) const MOST_DAMAGES: usize = 1_000;

/// The largest dictionary of an archive.
const MOST_DICTIONARY: u64 = 16 << 20;

/// The frame that holds the dictionary of an archive ("WARC compression using Zstandard", IIPC).
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// What a packed input holds. An error of damage is given once; reading on gives what the next whole member holds.
pub(super) struct Unpacked<'a> {
    source: Source<'a>,
    codec: Codec,
    state: State,
    pub(super) unpacked: u64,
    /// How many of these are of the open member.
    given: u64,
    /// How many bytes were searched again.
    again: usize,
    damages: usize,
    /// Where bytes stand between or behind the members that belong to none.
    pub(super) stray: Option<u64>,
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
    /// Returns what the members of an input hold.
    pub(super) fn of(format: Format, source: Source<'a>) -> Self {
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

    /// Goes back behind where the damaged member began, because a member that was cut off reaches into the next one.
    fn lose(&mut self, error: Error) -> Error {
        self.damages += 1;
        self.state = State::Ended;
        if !is_damage(&error) || error.kind() == ErrorKind::Unsupported {
            return error;
        }
        if self.damages == MOST_DAMAGES {
            return damaged(format!("{error}; too many damaged places, the rest is not read"), self.given);
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
                    return Err(damaged(reason, self.given));
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
