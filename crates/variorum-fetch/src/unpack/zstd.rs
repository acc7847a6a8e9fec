//! Zstandard (RFC 8878), with the windows that the web allows (RFC 9659).

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{FromSource, damaged};

/// RFC 9659: nobody may be asked for more than 8 MiB.
const MOST_WINDOW: u64 = 8 << 20;

pub(super) struct Unpacked<R> {
    from: R,
    codec: FrameDecoder,
    is_inside: bool,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(from: R) -> Self {
        let mut codec = FrameDecoder::new();
        codec.set_max_window_size(MOST_WINDOW);
        Unpacked { from, codec, is_inside: false }
    }

    /// Opens the next frame; false where there is none.
    fn open(&mut self) -> io::Result<bool> {
        loop {
            let head = self.from.fill_buf()?;
            if head.is_empty() {
                return Ok(false);
            }
            if (head[0] & 0xf0) == 0x50 {
                self.skip()?;
                continue;
            }
            self.codec.reset(&mut self.from).map_err(named)?;
            return Ok(true);
        }
    }

    /// Passes over a frame that holds no text.
    fn skip(&mut self) -> io::Result<()> {
        let mut head = [0; 8];
        self.from.read_exact(&mut head)?;
        if head[1..4] != [0x2a, 0x4d, 0x18] {
            return Err(damaged("there is no frame where one should begin"));
        }
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let skipped = io::copy(&mut (&mut self.from).take(length), &mut io::sink())?;
        if skipped < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_inside && !self.open()? {
                return Ok(0);
            }
            self.is_inside = true;
            while self.codec.can_collect() == 0 && !self.codec.is_finished() {
                self.codec.decode_blocks(&mut self.from, BlockDecodingStrategy::UptoBlocks(1)).map_err(named)?;
            }
            let count = self.codec.read(into)?;
            if count > 0 {
                return Ok(count);
            }
            let (stated, counted) = (self.codec.get_checksum_from_data(), self.codec.get_calculated_checksum());
            if stated.is_some() && stated != counted {
                return Err(damaged("its checksum is wrong"));
            }
            self.is_inside = false;
        }
    }
}

/// Keeps what the source said apart from what is wrong with the frame.
fn named(error: FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(now) = cause {
        if let Some(from_source) = now.downcast_ref::<io::Error>() {
            let is_read = from_source.get_ref().is_some_and(|inner| inner.is::<FromSource>());
            let text = io::Error::new(from_source.kind(), from_source.to_string());
            return if is_read { io::Error::new(text.kind(), FromSource(text)) } else { text };
        }
        cause = now.source();
    }
    damaged(error.to_string())
}
