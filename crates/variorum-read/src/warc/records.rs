//! The records of an archive, one after the other, also behind damaged ones.

use std::io::{BufRead, Error, Read, Result};

use crate::http::{self, field};
use crate::packed::{is_behind_whole, is_damage};
use crate::source::Source;

/// The largest block of a record, in bytes; larger ones are films and the like.
pub(super) const MOST_BLOCK: u64 = crate::MOST_LISTING as u64;

/// The largest header of a record, in bytes.
const MOST_HEADER: u64 = 64 << 10;

/// How many bytes are read twice at most because of lengths that lie, which bounds the time.
const MOST_AGAIN: usize = 256 << 20;

/// The records of an archive.
pub(super) struct Records<'a> {
    source: Source<'a>,
    block: Vec<u8>,
    again: usize,
    /// Damage that came behind a whole record.
    damage: Option<Error>,
}

/// The header of a record, and where it begins.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Its first byte, counted in the unpacked archive.
    pub at: u64,
    fields: Vec<(String, String)>,
}

/// What comes next in an archive.
pub(super) enum Next<'r> {
    /// A record and its block.
    Record(Record, &'r [u8]),
    /// A place that is damaged; reading goes on at the next record.
    Damaged(Record, String),
    /// Nothing.
    End,
}

impl Record {
    /// Returns a field by its name in lower case.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name).filter(|value| !value.is_empty())
    }

    /// Returns the address that was captured; writers of version 1.0 put brackets around it.
    pub(super) fn address(&self) -> Option<&str> {
        self.field("warc-target-uri").map(bare)
    }
}

/// Returns an address without the brackets around it.
pub(super) fn bare(address: &str) -> &str {
    address.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(address)
}

impl<'a> Records<'a> {
    /// Returns the records of an input.
    pub(super) fn of(input: &'a mut dyn BufRead) -> Self {
        Records { source: Source::new(input), block: Vec::new(), again: 0, damage: None }
    }

    /// Reads the next record.
    pub(super) fn next(&mut self) -> Result<Next<'_>> {
        let mut record = Record::default();
        match self.read(&mut record) {
            Ok(Found::Record) => Ok(Next::Record(record, &self.block)),
            Ok(Found::Damaged(why)) => {
                Ok(Next::Damaged(record, format!("{why}; the archive is damaged here, what follows is read")))
            }
            Ok(Found::End) => Ok(Next::End),
            Err(error) if is_damage(&error) => Ok(Next::Damaged(record, error.to_string())),
            Err(error) => Err(error),
        }
    }

    fn read(&mut self, record: &mut Record) -> Result<Found> {
        self.damage.take().map_or(Ok(()), Err)?;
        self.skip_blank()?;
        record.at = self.source.at();
        let head = self.source.peek(MAGIC)?;
        if head.is_empty() {
            return Ok(Found::End);
        }
        if !is_magic(head) {
            self.resync()?;
            return Ok(Found::Damaged(format!("{} bytes that are no record", self.source.at() - record.at)));
        }
        if !self.header(record)? {
            return self.lost("a header without an end");
        }
        let length = match record.field("content-length").map(str::parse::<u64>) {
            Some(Ok(length)) => length,
            Some(Err(_)) => return self.lost("a Content-Length that is no number"),
            None => return self.lost("no Content-Length"),
        };
        if length > MOST_BLOCK {
            return self.lost(&format!("a Content-Length over {} MiB", MOST_BLOCK >> 20));
        }
        self.block.clear();
        (&mut self.source).take(length).read_to_end(&mut self.block)?;
        if self.block.len() as u64 == length && self.ends_soundly()? { Ok(Found::Record) } else { self.lied(length) }
    }

    fn lost(&mut self, why: &str) -> Result<Found> {
        self.resync()?;
        Ok(Found::Damaged(why.to_owned()))
    }

    fn skip_blank(&mut self) -> Result<()> {
        loop {
            let chunk = self.source.fill_buf()?;
            let blank = chunk.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_over = blank < chunk.len() || chunk.is_empty();
            self.source.consume(blank);
            if is_over {
                return Ok(());
            }
        }
    }

    /// Reads the lines of a header; false where it does not end within the limit.
    fn header(&mut self, record: &mut Record) -> Result<bool> {
        let mut header = Vec::new();
        loop {
            let before = header.len();
            (&mut self.source).take(MOST_HEADER).read_until(b'\n', &mut header)?;
            let line = &header[before..];
            if line == b"\r\n" || line == b"\n" {
                let first = memchr::memchr(b'\n', &header).map_or(0, |at| at + 1);
                record.fields = http::fields(&header[first..]).0;
                return Ok(true);
            }
            if !line.ends_with(b"\n") || header.len() as u64 > MOST_HEADER {
                return Ok(false);
            }
        }
    }

    /// Tells whether what follows a block is the end of a record: two line breaks, or another record or nothing.
    fn ends_soundly(&mut self) -> Result<bool> {
        let next = match self.source.peek(MAGIC + 8) {
            Err(error) if is_behind_whole(&error) => {
                self.damage = Some(error);
                return Ok(true);
            }
            next => next?,
        };
        let blank = next.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        Ok(next.starts_with(b"\r\n\r\n") || next[blank..].is_empty() || is_magic(&next[blank..]))
    }

    /// Goes back to the record that a length that lies has swallowed, or on to the next one.
    fn lied(&mut self, length: u64) -> Result<Found> {
        let swallowed = memchr::memmem::find_iter(&self.block, b"\nWARC/").map(|at| at + 1);
        let next = swallowed.into_iter().find(|at| is_magic(&self.block[*at..]));
        if let Some(at) = next.filter(|at| self.again + self.block.len() - at < MOST_AGAIN) {
            self.again += self.block.len() - at;
            self.source.put_back(&self.block[at..]);
            return Ok(Found::Damaged(format!("a Content-Length of {length} that reaches into the next record")));
        }
        if (self.block.len() as u64) < length {
            return Ok(Found::Damaged(format!("cut off after {} of {length} bytes", self.block.len())));
        }
        self.resync()?;
        Ok(Found::Damaged(format!("a Content-Length of {length} that does not fit")))
    }

    /// Goes on to the next line that begins a record.
    fn resync(&mut self) -> Result<()> {
        loop {
            let head = self.source.peek(MAGIC)?;
            if head.is_empty() || is_magic(head) {
                return Ok(());
            }
            self.source.skip_line()?;
        }
    }
}

enum Found {
    Record,
    Damaged(String),
    End,
}

const MAGIC: usize = 7;

fn is_magic(head: &[u8]) -> bool {
    head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")
}
