//! An input that knows how far it was read and takes bytes back, for formats whose lengths may lie.

use std::io::{BufRead, Read, Result};

/// An input with its position; what was put back is read again first.
pub(crate) struct Source<'a> {
    input: &'a mut dyn BufRead,
    back: Vec<u8>,
    used: usize,
    at: u64,
    /// What was read since the mark; nothing is kept before there is one.
    recent: Option<Vec<u8>>,
}

/// How many bytes are kept of what was read, to search a damaged place again.
const MOST_RECENT: usize = 64 << 10;

impl<'a> Source<'a> {
    /// Returns the input at its first byte.
    pub(crate) fn new(input: &'a mut dyn BufRead) -> Self {
        Source { input, back: Vec::new(), used: 0, at: 0, recent: None }
    }

    /// Returns how many bytes were read.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// Returns the next bytes without reading them: as many as are asked for, fewer at the end.
    pub(crate) fn peek(&mut self, most: usize) -> Result<&[u8]> {
        let missing = most.saturating_sub(self.back.len() - self.used);
        if missing > 0 {
            self.back.drain(..self.used);
            self.used = 0;
            if let Err(error) = (&mut *self.input).take(missing as u64).read_to_end(&mut self.back) {
                // What stands before a damaged place must not be joined with what stands behind it.
                self.consume(self.back.len());
                return Err(error);
            }
        }
        let rest = &self.back[self.used..];
        Ok(&rest[..rest.len().min(most)])
    }

    /// Puts bytes that were just read back in front.
    pub(crate) fn put_back(&mut self, bytes: &[u8]) {
        self.back = [bytes, &self.back[self.used..]].concat();
        self.used = 0;
        self.at -= bytes.len() as u64;
    }

    /// Begins to keep what is read from here on.
    pub(crate) fn mark(&mut self) {
        self.recent.get_or_insert_default().clear();
    }

    /// Puts back what was read since the mark but for its first byte, as far as it was kept; returns how much that is.
    pub(crate) fn rewind(&mut self) -> usize {
        let recent = self.recent.take().unwrap_or_default();
        let again = recent.len().min(MOST_RECENT).saturating_sub(1);
        self.put_back(&recent[recent.len() - again..]);
        again
    }

    /// Reads up to and with the next line break, without keeping what is read.
    pub(crate) fn skip_line(&mut self) -> Result<()> {
        loop {
            let chunk = self.fill_buf()?;
            let (used, ended) = match memchr::memchr(b'\n', chunk) {
                Some(at) => (at + 1, true),
                None => (chunk.len(), chunk.is_empty()),
            };
            self.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

impl Source<'_> {
    fn keep(&mut self, amount: usize) {
        let Some(recent) = &mut self.recent else { return };
        if recent.len() > 2 * MOST_RECENT {
            recent.drain(..recent.len() - MOST_RECENT);
        }
        if self.used < self.back.len() {
            recent.extend_from_slice(&self.back[self.used..self.used + amount]);
        } else if let Ok(chunk) = self.input.fill_buf() {
            recent.extend_from_slice(&chunk[..amount.min(chunk.len())]);
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.used < self.back.len() { Ok(&self.back[self.used..]) } else { self.input.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.keep(amount);
        if self.used < self.back.len() {
            self.used += amount;
        } else {
            self.input.consume(amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};

    use super::Source;

    #[test]
    fn what_is_put_back_comes_again() {
        let mut input = BufReader::with_capacity(3, b"ferry\nharbour\n".as_slice());
        let mut source = Source::new(&mut input);
        assert_eq!(source.peek(5).expect("bytes"), b"ferry");
        assert_eq!(source.at(), 0);
        source.skip_line().expect("a line");
        assert_eq!(source.at(), 6);
        let mut word = [0; 4];
        source.read_exact(&mut word).expect("bytes");
        source.put_back(b"rb");
        assert_eq!(source.at(), 8);
        let mut rest = String::new();
        source.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "rbour\n");
        assert!(source.peek(3).expect("the end").is_empty() && source.fill_buf().expect("the end").is_empty());
    }
}
