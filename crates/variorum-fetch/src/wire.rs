//! The connection itself: dials checked addresses alone, ends at the deadline, and counts what comes.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};

/// What bounds all connections of one call together.
#[derive(Debug)]
pub(crate) struct Bounds {
    /// When all of it ends.
    pub deadline: Instant,
    /// The most bytes that may come over the wire, headers and framing included.
    pub most: u64,
    /// The bytes that came.
    pub came: AtomicU64,
}

impl Bounds {
    /// Returns the time left; an error at the deadline.
    pub(crate) fn left(&self) -> std::io::Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        // The system takes a timeout of nothing for none at all.
        if left < Duration::from_millis(1) { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    /// Tells whether the deadline has passed.
    pub(crate) fn is_late(&self) -> bool {
        self.left().is_err()
    }

    /// Tells whether more came than may.
    pub(crate) fn is_flooded(&self) -> bool {
        self.came.load(Ordering::Relaxed) > self.most
    }
}

/// How a connection is led over a proxy.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// Not at all.
    Straight,
    /// The proxy fetches: it is given whole addresses, which begin with this.
    Whole(String),
    /// The proxy opens a tunnel; this asks for it.
    Tunnel(String),
}

/// Dials addresses that were checked before.
#[derive(Debug)]
pub(crate) struct Dial {
    /// The addresses.
    pub addresses: Vec<SocketAddr>,
    /// How they lead on.
    pub way: Way,
    /// The bounds of the call.
    pub bounds: Arc<Bounds>,
}

impl Connector<()> for Dial {
    type Out = Wire;

    fn connect(&self, details: &ConnectionDetails, _: Option<()>) -> Result<Option<Wire>, ureq::Error> {
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        let mut stream = dialled(&self.addresses, &self.bounds)?;
        let mut before = Vec::new();
        match &self.way {
            Way::Straight => {}
            Way::Whole(origin) => before = origin.clone().into_bytes(),
            Way::Tunnel(ask) => tunnel(&mut stream, ask, &self.bounds)?,
        }
        Ok(Some(Wire { stream, buffers, before, bounds: self.bounds.clone() }))
    }
}

/// Tries one address after the other; each gets half of the time that is left, so that a dead one leaves some.
fn dialled(addresses: &[SocketAddr], bounds: &Bounds) -> std::io::Result<TcpStream> {
    let mut last = None;
    for (nth, address) in addresses.iter().enumerate() {
        let left = bounds.left()?;
        let is_last = nth + 1 == addresses.len();
        match TcpStream::connect_timeout(address, if is_last { left } else { left / 2 }) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| ErrorKind::AddrNotAvailable.into()))
}

/// The most bytes of a proxy's answer before the tunnel is open.
const MOST_GREETING: usize = 8_192;

fn tunnel(stream: &mut TcpStream, ask: &str, bounds: &Bounds) -> Result<(), ureq::Error> {
    send(stream, ask.as_bytes(), bounds)?;
    let mut said = Vec::new();
    // Byte by byte, since what follows the empty line belongs to the other end of the tunnel.
    while !said.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if said.len() == MOST_GREETING || receive(stream, &mut byte, bounds)? == 0 {
            return Err(ureq::Error::ConnectProxyFailed("it did not answer in proper HTTP".to_owned()));
        }
        said.push(byte[0]);
    }
    let is_open = said.starts_with(b"HTTP/1.") && said.get(8..11).is_some_and(|status| status == b" 20");
    if is_open {
        return Ok(());
    }
    let line = said.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let status: String = String::from_utf8_lossy(line).chars().filter(|sign| !sign.is_control()).take(80).collect();
    Err(ureq::Error::ConnectProxyFailed(format!("it answered `{status}`")))
}

fn send(stream: &mut TcpStream, mut bytes: &[u8], bounds: &Bounds) -> std::io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(bounds.left()?))?;
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(in_time(error)),
        }
    }
    Ok(())
}

fn receive(stream: &mut TcpStream, into: &mut [u8], bounds: &Bounds) -> std::io::Result<usize> {
    loop {
        stream.set_read_timeout(Some(bounds.left()?))?;
        match stream.read(into) {
            Ok(count) => {
                bounds.came.fetch_add(count as u64, Ordering::Relaxed);
                let is_flooded = bounds.is_flooded();
                return if is_flooded { Err(ErrorKind::QuotaExceeded.into()) } else { Ok(count) };
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(in_time(error)),
        }
    }
}

/// Systems differ in what they call a timeout.
fn in_time(error: std::io::Error) -> std::io::Error {
    if error.kind() == ErrorKind::WouldBlock { ErrorKind::TimedOut.into() } else { error }
}

/// A connection that keeps to its bounds, whatever is spoken over it.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    buffers: LazyBuffers,
    /// What the path of the first request is to begin with, for a proxy that fetches.
    before: Vec<u8>,
    bounds: Arc<Bounds>,
}

impl Transport for Wire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let mut bytes = &self.buffers.output()[..amount];
        if !self.before.is_empty()
            && let Some(space) = bytes.iter().position(|byte| *byte == b' ')
        {
            let (method, path) = bytes.split_at(space + 1);
            send(&mut self.stream, &[method, &self.before].concat(), &self.bounds)?;
            self.before.clear();
            bytes = path;
        }
        Ok(send(&mut self.stream, bytes, &self.bounds)?)
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let into = self.buffers.input_append_buf();
        if into.is_empty() {
            // Something that has no end, such as the length of a chunk.
            return Err(std::io::Error::from(ErrorKind::InvalidData).into());
        }
        let count = receive(&mut self.stream, into, &self.bounds)?;
        self.buffers.input_appended(count);
        Ok(count > 0)
    }

    fn is_open(&mut self) -> bool {
        // No connection is used again: each call is dialled anew, to what was checked for it.
        false
    }
}

/// Stands where names would be looked up: that was done before, and the connector knows the addresses.
#[derive(Debug)]
pub(crate) struct Known(pub SocketAddr);

impl Resolver for Known {
    fn resolve(&self, _: &Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        addresses.push(self.0);
        Ok(addresses)
    }
}
