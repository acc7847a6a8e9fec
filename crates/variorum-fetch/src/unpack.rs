//! Takes the packing off an answer while it streams in.

mod brotli;
mod zstd;

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The most packings around one answer; nobody honest needs two.
const MOST_LAYERS: usize = 2;
/// From here on an answer may not be this many times its packed size: feeds come to 50, gzip's bound is 1,032.
const MUCH: u64 = 1 << 20;
const MOST_TIMES: u64 = 500;

/// Why an answer could not be unpacked.
#[derive(Debug)]
pub enum Fault {
    /// It could not be read.
    Read(io::Error),
    /// More than the limit.
    TooLarge,
    /// A bomb: so many packed bytes, so many unpacked.
    Bomb(u64, u64),
    /// Damaged, or of an unknown kind.
    Packed(String),
}

/// Returns the bytes of an answer without their packings; `arrived` hears how many there are so far.
///
/// Both the packed and the unpacked bytes may be at most `most`.
pub fn unpack<'a>(
    packed: impl Read + 'a,
    codings: &str,
    most: u64,
    mut arrived: impl FnMut(u64),
) -> (Vec<u8>, Result<(), Fault>) {
    let layers = match layers(codings) {
        Ok(layers) => layers,
        Err(fault) => return (Vec::new(), Err(fault)),
    };
    let is_packed = !layers.is_empty();
    let came = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = Counted { from: packed, came: came.clone(), most };
    let mut reader: Box<dyn BufRead + 'a> = Box::new(BufReader::new(counted));
    // They are stated in the order in which they were put on.
    for layer in layers.iter().rev() {
        reader = match opened(*layer, reader) {
            Ok(reader) => reader,
            Err(error) => return (Vec::new(), Err(fault(error, is_packed))),
        };
    }
    let mut bytes = Vec::new();
    loop {
        let piece = match reader.fill_buf() {
            Ok([]) => return (bytes, Ok(())),
            Ok(piece) => piece,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return (bytes, Err(fault(error, is_packed))),
        };
        let (count, room) = (piece.len(), most.saturating_sub(bytes.len() as u64));
        bytes.extend_from_slice(&piece[..count.min(usize::try_from(room).unwrap_or(usize::MAX))]);
        if count as u64 > room {
            return (bytes, Err(Fault::TooLarge));
        }
        reader.consume(count);
        let made = bytes.len() as u64;
        if is_packed && made > MUCH && made / MOST_TIMES > came.get() {
            return (bytes, Err(Fault::Bomb(came.get(), made)));
        }
        arrived(made);
    }
}

#[derive(Debug, Clone, Copy)]
enum Layer {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

fn layers(codings: &str) -> Result<Vec<Layer>, Fault> {
    let mut layers = Vec::new();
    for coding in codings.split(',') {
        layers.push(match coding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => continue,
            "gzip" | "x-gzip" => Layer::Gzip,
            "deflate" => Layer::Deflate,
            "br" => Layer::Brotli,
            "zstd" => Layer::Zstd,
            _ => return Err(Fault::Packed("that is not known here".to_owned())),
        });
        if layers.len() > MOST_LAYERS {
            return Err(Fault::Packed(format!("more than {MOST_LAYERS} packings are not taken off")));
        }
    }
    Ok(layers)
}

fn opened<'a>(layer: Layer, mut from: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn BufRead + 'a>> {
    // An answer without a body may still state how it would have been packed.
    let head = from.fill_buf()?;
    Ok(match layer {
        _ if head.is_empty() => from,
        Layer::Gzip => Box::new(BufReader::new(MultiGzDecoder::new(from))),
        // Some servers take "deflate" for the bare stream, not for the one of RFC 1950, which begins so.
        Layer::Deflate if head[0] & 0xf == 8 && head.get(1).is_none_or(|b| is_zlib(head[0], *b)) => {
            Box::new(BufReader::new(Whole(ZlibDecoder::new(from), |zlib| zlib.get_mut())))
        }
        Layer::Deflate => Box::new(BufReader::new(Whole(DeflateDecoder::new(from), |bare| bare.get_mut()))),
        Layer::Brotli => Box::new(BufReader::new(brotli::Unpacked::new(from))),
        Layer::Zstd => Box::new(BufReader::new(zstd::Unpacked::new(from))),
    })
}

fn is_zlib(first: u8, second: u8) -> bool {
    (u16::from(first) << 8 | u16::from(second)) % 31 == 0
}

/// A decoder that must have used all of its source when it ends.
struct Whole<D, S>(D, fn(&mut D) -> &mut S);

impl<D: Read, S: BufRead> Read for Whole<D, S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        if count == 0 && !into.is_empty() {
            nothing_after((self.1)(&mut self.0))?;
        }
        Ok(count)
    }
}

/// Bytes behind the end are a sign that the end is not the one that was meant.
fn nothing_after(source: &mut impl BufRead) -> io::Result<()> {
    if source.fill_buf()?.is_empty() { Ok(()) } else { Err(damaged("there is more behind its end")) }
}

fn damaged(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}

/// What the source says, as opposed to what is wrong with the packing.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct FromSource(io::Error);

/// Counts the packed bytes, and ends at a limit of their own.
struct Counted<R> {
    from: R,
    came: std::rc::Rc<std::cell::Cell<u64>>,
    most: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // One byte more than may come, so that what may come is all delivered before the limit shows.
        let room = usize::try_from((self.most.saturating_add(1)).saturating_sub(self.came.get())).unwrap_or(usize::MAX);
        if room == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let room = room.min(into.len());
        let count = match self.from.read(&mut into[..room]) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Err(io::Error::new(error.kind(), FromSource(error))),
        };
        self.came.set(self.came.get() + count as u64);
        Ok(count)
    }
}

fn fault(error: io::Error, is_packed: bool) -> Fault {
    let kind = error.kind();
    if kind == io::ErrorKind::FileTooLarge {
        return Fault::TooLarge;
    }
    if let Some(FromSource(source)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return Fault::Read(io::Error::new(source.kind(), source.to_string()));
    }
    match kind {
        _ if !is_packed => Fault::Read(error),
        io::ErrorKind::UnexpectedEof => Fault::Packed("it ends before its end".to_owned()),
        _ => Fault::Packed(format!("it is damaged: {error}")),
    }
}

#[cfg(test)]
mod tests;
