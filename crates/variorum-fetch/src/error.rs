//! Why nothing came back, each in one sentence with the next step; addresses in them are as [`shown`](crate::shown).

use std::net::IpAddr;

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none, or not one of the web.
    #[error("`{url}` is no http or https address")]
    Address {
        /// The address as given.
        url: String,
    },
    /// The address leads into a network that is not public.
    #[error(
        "{url} was not asked: {ip} is an address of {of} ({source_of})\n  hint: if it is meant, allow its range by name"
    )]
    Private {
        /// The address.
        url: String,
        /// What it stands for.
        ip: IpAddr,
        /// What the range is for.
        of: &'static str,
        /// Where the range is set down.
        source_of: &'static str,
    },
    /// The name is one that only a private network knows.
    #[error(
        "{url} was not asked: the proxy would look `{host}` up in a private network\n  hint: ask without the proxy, with its range allowed by name"
    )]
    PrivateName {
        /// The address.
        url: String,
        /// The name.
        host: String,
    },
    /// The port is one of another protocol.
    #[error("{url} was not asked: port {port} is not for the web\n  hint: check the address")]
    Port {
        /// The address.
        url: String,
        /// The port.
        port: u16,
    },
    /// The name stands for no address.
    #[error("{url} was not found: {reason}\n  hint: check the name, and that this machine can look names up")]
    Name {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// A header that cannot be sent.
    #[error("the header `{name}` cannot be sent: it holds line breaks or other control characters")]
    Header {
        /// Its name.
        name: String,
    },
    /// The proxy is no address of one.
    #[error("`{proxy}` is no proxy that can be used\n  hint: give it as http://host:port")]
    Proxy {
        /// As given.
        proxy: String,
    },
    /// The proxy did not open the way.
    #[error("the proxy did not lead to {url}: {reason}\n  hint: check the address of the proxy, and what it allows")]
    Tunnel {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// A key would go over the network for all to read.
    #[error("the key would go unencrypted to {host}\n  hint: use an https address, or a model on this machine")]
    OpenKey {
        /// Who would be sent the key.
        host: String,
    },
    /// No answer.
    #[error("no answer from {url}: {reason}")]
    Unreachable {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// It is not proven who answered.
    #[error("{url} could not prove who it is: {reason}\n  hint: its certificate has to be mended there")]
    Certificate {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// It took too long.
    #[error("{url} was not done after {seconds} seconds\n  hint: it is asked again later, or give it more time")]
    Late {
        /// The address.
        url: String,
        /// The limit.
        seconds: u64,
    },
    /// What came is not HTTP, or breaks its rules.
    #[error("{url} did not answer in proper HTTP: {reason}\n  hint: this has to be mended there")]
    Malformed {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The answer ended early.
    #[error("the answer of {url} broke off: {reason}\n  hint: it is not used; ask again later")]
    Truncated {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// It leads on without end, nowhere, or where it must not.
    #[error("{url} leads on {how}\n  hint: use the address that it should lead to")]
    Redirect {
        /// The address.
        url: String,
        /// How it does.
        how: Astray,
    },
    /// The packing is damaged or of an unknown kind.
    #[error("the answer of {url} is packed as `{coding}`, but {reason}\n  hint: this has to be mended there")]
    Packed {
        /// The address.
        url: String,
        /// The packing, as stated.
        coding: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A few bytes that unpack to a flood.
    #[error(
        "the answer of {url} is a bomb: {packed} bytes unpack to more than {unpacked}\n  hint: it was not read further"
    )]
    Bomb {
        /// The address.
        url: String,
        /// What had come.
        packed: u64,
        /// What it had become.
        unpacked: u64,
    },
    /// An answer that says no.
    #[error("{url} answered {status}{said}")]
    Status {
        /// The address.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what it said, after a colon; empty where it said nothing.
        said: String,
    },
    /// More than the limit.
    #[error("{url} sent more than {most} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        most: u64,
    },
    /// Another file than the one that is known.
    #[error("{url} is not the file that is known by this name: its SHA-256 is {found}, not {wanted}")]
    Checksum {
        /// The address.
        url: String,
        /// The checksum that was asked for.
        wanted: String,
        /// The checksum of what came.
        found: String,
    },
    /// An answer that is no JSON.
    #[error("{url} did not answer in JSON: {reason}")]
    NotJson {
        /// The address.
        url: String,
        /// What the parser says.
        reason: String,
    },
}

/// How an address leads astray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Astray {
    /// To where it was before.
    #[error("in a circle")]
    Circle,
    /// Too often.
    #[error("more than {} times", crate::MOST_STEPS)]
    TooOften,
    /// Without saying where.
    #[error("without saying where")]
    Nowhere,
    /// From https to http.
    #[error("from https to http, for all to read")]
    Downgrade,
    /// To something that is no address of the web.
    #[error("to what is no http or https address")]
    Elsewhere,
}

impl Error {
    /// Returns a word for the kind of error, for machines: it stays the same from version to version.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Address { .. } => "address",
            Error::Private { .. } | Error::PrivateName { .. } => "private",
            Error::Port { .. } => "port",
            Error::Name { .. } => "name",
            Error::Header { .. } => "header",
            Error::Proxy { .. } | Error::Tunnel { .. } => "proxy",
            Error::OpenKey { .. } => "open-key",
            Error::Unreachable { .. } => "unreachable",
            Error::Certificate { .. } => "certificate",
            Error::Late { .. } => "late",
            Error::Malformed { .. } => "malformed",
            Error::Truncated { .. } => "truncated",
            Error::Redirect { .. } => "redirect",
            Error::Packed { .. } => "packed",
            Error::Bomb { .. } => "bomb",
            Error::Status { .. } => "status",
            Error::TooLarge { .. } => "too-large",
            Error::Checksum { .. } => "checksum",
            Error::NotJson { .. } => "not-json",
        }
    }

    /// Tells whether asking again later may help; what is refused here or broken by design stays so.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Error::Name { .. }
                | Error::Tunnel { .. }
                | Error::Unreachable { .. }
                | Error::Certificate { .. }
                | Error::Late { .. }
                | Error::Truncated { .. }
                | Error::Status { .. }
        )
    }
}
