//! Brotli (RFC 7932), with an eye on what stands behind its end.

use std::io::{self, BufRead, Read};

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::{damaged, nothing_after};

pub(super) struct Unpacked<R> {
    from: R,
    state: BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    made: usize,
    is_done: bool,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(from: R) -> Self {
        let alloc = StandardAlloc::default;
        // The strict form knows no windows above 16 MiB.
        Unpacked { from, state: BrotliState::new_strict(alloc(), alloc(), alloc()), made: 0, is_done: false }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.is_done && !into.is_empty() {
            let input = self.from.fill_buf()?;
            let (is_end, mut had, mut used) = (input.is_empty(), input.len(), 0);
            let (mut room, mut count) = (into.len(), 0);
            let result = BrotliDecompressStream(
                &mut had,
                &mut used,
                input,
                &mut room,
                &mut count,
                into,
                &mut self.made,
                &mut self.state,
            );
            self.from.consume(used);
            match result {
                BrotliResult::ResultFailure => return Err(damaged("its bytes do not fit together")),
                BrotliResult::NeedsMoreInput if (is_end || used == 0) && count == 0 => {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                BrotliResult::ResultSuccess => {
                    self.is_done = true;
                    nothing_after(&mut self.from)?;
                }
                BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
            }
            if count > 0 {
                return Ok(count);
            }
        }
        Ok(0)
    }
}
