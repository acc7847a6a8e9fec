//! Names to addresses, in time.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// The most look-ups at a time: the system's cannot be broken off, so that a hanging one keeps its thread.
const MOST_AT_ONCE: usize = 64;
/// The most addresses of a name that are looked at.
const MOST_ADDRESSES: usize = 16;

type Ask = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// Who is asked for the addresses of a name.
#[derive(Clone)]
pub(crate) struct Lookup {
    ask: Arc<Ask>,
    running: Arc<AtomicUsize>,
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("running", &self.running).finish_non_exhaustive()
    }
}

impl Lookup {
    /// Returns the system's.
    pub(crate) fn system() -> Self {
        Lookup::by(|name| Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect()))
    }

    /// Returns one that asks as given.
    pub(crate) fn by(ask: impl Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        Lookup { ask: Arc::new(ask), running: Arc::default() }
    }

    /// Returns the addresses of a name, once and in order.
    pub(crate) fn addresses(&self, name: &str, port: u16, within: Duration) -> io::Result<Vec<SocketAddr>> {
        if self.running.fetch_add(1, Ordering::Relaxed) >= MOST_AT_ONCE {
            self.running.fetch_sub(1, Ordering::Relaxed);
            return Err(io::Error::other("too many names are being looked up already"));
        }
        let (told, heard) = mpsc::sync_channel(1);
        let (this, name) = (self.clone(), name.to_owned());
        let looking = std::thread::Builder::new().name("name look-up".to_owned()).spawn(move || {
            let found = (this.ask)(&name);
            this.running.fetch_sub(1, Ordering::Relaxed);
            // Whoever asked may have gone.
            let _ = told.send(found);
        });
        if let Err(error) = looking {
            self.running.fetch_sub(1, Ordering::Relaxed);
            return Err(error);
        }
        let found = heard.recv_timeout(within).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        let mut addresses = Vec::new();
        for ip in found {
            let address = SocketAddr::new(ip, port);
            if !addresses.contains(&address) {
                addresses.push(address);
            }
            // A name with more than these is not read further, so that what is dialled was looked at.
            if addresses.len() == MOST_ADDRESSES {
                break;
            }
        }
        Ok(addresses)
    }
}
