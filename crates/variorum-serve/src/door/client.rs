//! From where a request comes: the connection's other end, or whom a trusted proxy speaks for.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::{Extensions, HeaderMap, Uri, header};

use crate::door::access::Access;

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// From where a request comes.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its address.
    pub address: IpAddr,
    /// Whether it came through TLS.
    pub secure: bool,
    /// The host that it names.
    pub host: Option<String>,
}

impl Client {
    /// Returns from where a request comes. What comes through no connection comes from this machine.
    pub fn of(headers: &HeaderMap, uri: &Uri, extensions: &Extensions, access: &Access) -> Self {
        let peer = extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| plain(peer.0));
        let trusted = access.trusts(peer);
        // What a stranger writes into these headers is a stranger's word.
        let told = |name: &str| last(headers, name).filter(|_| trusted);
        let host = told("x-forwarded-host").or_else(|| last_of(headers.get(header::HOST)));
        let host = host.or_else(|| uri.authority().map(|authority| authority.as_str().to_owned()));
        let https = told("x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
        let public = access.public.as_ref();
        let secure =
            https || public.is_some_and(|public| public.secure && host.as_deref().is_some_and(|h| public.is(h)));
        let address = if trusted { behind(headers, peer, access) } else { peer };
        Client { address, secure, host }
    }

    /// Returns whom to count as one: an address, or the network that one customer has.
    pub fn counted(&self) -> IpAddr {
        counted(self.address)
    }
}

impl Access {
    /// Tells whether an address is of a proxy whose word is believed.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|range| range.contains(&plain(address)))
    }
}

/// Each proxy adds at the right whom it saw. From there on, the first that is none of ours is as far as ours can tell.
fn behind(headers: &HeaderMap, peer: IpAddr, access: &Access) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let seen: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let mut found = peer;
    for word in seen.iter().rev() {
        let Some(address) = address(word) else { break };
        found = address;
        if !access.trusts(address) {
            break;
        }
    }
    found
}

/// `1.2.3.4`, `1.2.3.4:5678`, `2001:db8::1` or `[2001:db8::1]:5678`.
fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim();
    let bare = word.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    let found = bare.unwrap_or(word).parse().ok();
    found.or_else(|| word.parse::<std::net::SocketAddr>().ok().map(|at| at.ip())).map(plain)
}

/// An IPv4 address may come dressed as an IPv6 one.
pub fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(address, IpAddr::V4),
        four => four,
    }
}

/// Returns whom to count as one: whoever has an IPv6 address has 18 quintillion of them.
pub fn counted(address: IpAddr) -> IpAddr {
    match plain(address) {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & !(u128::from(u64::MAX)))),
        four => four,
    }
}

fn last(headers: &HeaderMap, name: &str) -> Option<String> {
    last_of(headers.get_all(name).iter().next_back())
}

fn last_of(value: Option<&axum::http::HeaderValue>) -> Option<String> {
    let value = value?.to_str().unwrap_or("?");
    Some(value.rsplit(',').next().unwrap_or(value).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::{Extensions, HeaderMap};

    use super::{Client, Peer, counted};
    use crate::door::access::Access;

    fn client(peer: &str, said: &[(&'static str, &str)]) -> Client {
        let access = Access { trusted: vec!["10.0.0.0/8".parse().unwrap()], ..Access::default() };
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, value.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        Client::of(&headers, &"/".parse().unwrap(), &extensions, &access)
    }

    #[test]
    fn a_spoofed_forwarded_for_is_not_believed() {
        let forged = [
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "evil.example"),
            ("host", "news.example"),
        ];
        let stranger = client("203.0.113.9", &forged);
        assert_eq!((stranger.address.to_string().as_str(), stranger.secure), ("203.0.113.9", false));
        assert_eq!(stranger.host.as_deref(), Some("news.example"));
        let through = |line: &str| client("10.0.0.1", &[("x-forwarded-for", line)]).address.to_string();
        assert_eq!(through("127.0.0.1, 203.0.113.9"), "203.0.113.9", "what the client wrote stands further left");
        assert_eq!(through("203.0.113.9, 10.2.0.1"), "203.0.113.9", "two proxies of ours");
        assert_eq!(through("nonsense, 10.2.0.1"), "10.2.0.1");
        assert_eq!(through("[2001:db8::1]:80"), "2001:db8::1");
        assert_eq!(through(""), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", &[("x-forwarded-for", "203.0.113.9")]).address.to_string(), "203.0.113.9");
    }

    #[test]
    fn a_customer_with_many_addresses_is_one() {
        let of = |text: &str| counted(text.parse::<IpAddr>().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:203.0.113.9"), "203.0.113.9");
    }
}
