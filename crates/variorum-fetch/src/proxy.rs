//! The proxy of whoever runs the program: its own address is theirs to choose.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::Error;
use crate::shown::shown;
use crate::wire::Way;

/// A proxy that is spoken to in plain HTTP.
#[derive(Clone)]
pub(crate) struct Proxy(Url);

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Proxy").field(&shown(self.0.as_str())).finish()
    }
}

impl Proxy {
    /// Reads `http://host:port`, with a name and a password if need be.
    pub(crate) fn read(proxy: &str) -> Result<Self, Error> {
        let url = Url::parse(proxy).ok().filter(|url| url.scheme() == "http" && url.has_host());
        url.map(Proxy).ok_or_else(|| Error::Proxy { proxy: shown(proxy) })
    }

    /// Returns its host and port.
    pub(crate) fn place(&self) -> (String, u16) {
        let host = self.0.host_str().unwrap_or_default().trim_matches(['[', ']']);
        (host.to_owned(), self.0.port().unwrap_or(80))
    }

    /// Returns the way to an address: a tunnel for https, a whole address for http.
    pub(crate) fn way(&self, url: &Url, agent: &str) -> Way {
        let host = url.host_str().unwrap_or_default();
        if url.scheme() == "http" {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            return Way::Whole(format!("http://{host}{port}"));
        }
        let place = format!("{host}:{}", url.port_or_known_default().unwrap_or(443));
        let credentials = self.credentials().map(|basic| format!("Proxy-Authorization: {basic}\r\n"));
        let credentials = credentials.unwrap_or_default();
        Way::Tunnel(format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\nUser-Agent: {agent}\r\n{credentials}\r\n"))
    }

    /// Returns what `Proxy-Authorization` says, where it has to.
    pub(crate) fn credentials(&self) -> Option<String> {
        basic(&self.0)
    }
}

/// Returns the credentials of an address as a header says them (RFC 7617); none where it has none.
pub(crate) fn basic(url: &Url) -> Option<String> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let mut pair: Vec<u8> = percent_decode_str(url.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(url.password().unwrap_or_default()));
    Some(format!("Basic {}", BASE64_STANDARD.encode(pair)))
}

/// Returns the proxy that the environment names (`HTTPS_PROXY` and the like) where it does not except the address.
///
/// Only for what a person asks for by hand; a server is told its proxy by its own flag.
pub(crate) fn of_environment(url: &Url) -> Option<String> {
    if crate::is_this_machine(url) {
        return None;
    }
    let uri = crate::exchange::bare(url).as_str().parse().ok()?;
    let proxy = ureq::Proxy::try_from_env()?;
    (!proxy.is_no_proxy(&uri)).then(|| proxy.uri().to_string())
}
