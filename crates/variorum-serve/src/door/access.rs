//! Who may come in, from where, and how much at a time: what a server is told when it starts.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

/// Who may come in, and from where.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Whether one must log in.
    pub logins: bool,
    /// The address by which others see the server.
    pub public: Option<Public>,
    /// From where headers are believed that tell who is behind a proxy.
    pub trusted: Vec<IpNet>,
    /// The address where the server listens; none where it does not.
    pub listen: Option<IpAddr>,
    /// How much at a time.
    pub limits: Limits,
}

/// How much somebody may ask and how slow they may be. Tests hand in small ones.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one address.
    pub per_address: usize,
    /// How long a request's head may take, and how long a connection may rest.
    pub head: Duration,
    /// How long a request's body may take.
    pub body: Duration,
    /// In this time a reader takes 16 KiB of an answer, or is gone.
    pub stall: Duration,
    /// How long whoever still reads has when the server is told to stop.
    pub last_call: Duration,
    /// Attempts to log in, of one address in a minute.
    pub logins: NonZeroU32,
    /// Other requests that change something, of one address in a minute.
    pub posts: NonZeroU32,
    /// Requests that read, of one address in a minute.
    pub reads: NonZeroU32,
}

const fn number(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("it is written here, and is not 0")
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 2_000,
            per_address: 256,
            head: Duration::from_secs(10),
            body: Duration::from_secs(20),
            stall: Duration::from_secs(20),
            last_call: Duration::from_secs(5),
            logins: number(10),
            posts: number(120),
            reads: number(3_000),
        }
    }
}

/// The address by which others see the server: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// Whether it is reached through TLS.
    pub secure: bool,
    /// Host and port, as a browser writes them.
    pub authority: String,
}

impl FromStr for Public {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no public address; write it as https://news.example");
        let url = Url::parse(text).map_err(|_| wrong())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let nobody = url.username().is_empty() && url.password().is_none();
        if !bare || !nobody || !matches!(url.scheme(), "http" | "https") {
            return Err(wrong());
        }
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        Ok(Public { secure: url.scheme() == "https", authority: format!("{host}{port}") })
    }
}

impl Public {
    /// Returns the origin, as a browser writes it.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.authority)
    }

    /// Tells whether only this machine can own the name.
    pub fn is_this_machine(&self) -> bool {
        let name =
            Url::parse(&self.origin()).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
        name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
    }

    /// Tells whether a host, as a request names it, is this one.
    pub fn is(&self, host: &str) -> bool {
        let usual = if self.secure { ":443" } else { ":80" };
        host.strip_suffix(usual).unwrap_or(host).eq_ignore_ascii_case(&self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::Public;

    #[test]
    fn a_public_address_is_scheme_and_host() {
        let public: Public = "https://News.example/".parse().unwrap();
        assert_eq!(public.origin(), "https://news.example");
        assert!(public.is("news.example") && public.is("NEWS.example:443") && !public.is("news.example:80"));
        let public: Public = "http://192.168.0.4:8417".parse().unwrap();
        assert!(public.is("192.168.0.4:8417") && !public.is("192.168.0.4"));
        for odd in [
            "news.example",
            "https://",
            "ftp://news.example",
            "https://a@news.example",
            "https://news.example/desk",
            "https://news.example?x",
        ] {
            assert!(odd.parse::<Public>().is_err(), "{odd}");
        }
    }
}
