//! Who may come in, from where, and how it is written down.

use std::net::{IpAddr, SocketAddr};

use anyhow::{anyhow, bail};
use ipnet::IpNet;
use variorum_serve::{Access, Public, Setup};

use crate::logs::{self, How};

/// Who may come in, from where, and how it is written down.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Who may come in")]
pub struct Args {
    /// Ask who comes, also on this machine; without this, only where others can reach the server
    #[arg(long)]
    logins: bool,
    /// The address by which others see the server: that of the proxy before it, most likely; asks who comes
    #[arg(long, value_name = "URL", value_parser = public)]
    public: Option<Public>,
    /// Believe a proxy at these addresses who asks (X-Forwarded-For, -Proto, -Host); may be given more than once
    #[arg(long, value_name = "RANGE", value_parser = range)]
    trust_proxy: Vec<IpNet>,
    /// How requests and events are written to standard error; where it is left out, only what went wrong
    #[arg(long, value_name = "HOW")]
    log: Option<How>,
    /// Tell figures (OpenMetrics) at an address of their own, to whoever reaches it; else only admins are told, at /metrics
    #[arg(long, value_name = "ADDRESS", value_parser = super::address)]
    metrics: Option<SocketAddr>,
}

/// Begins to write down what happens.
pub fn write_down(args: &Args) {
    logs::begin(args.log);
}

/// Returns how the server answers.
pub fn setup(setup: Setup, args: Args) -> anyhow::Result<Setup> {
    if let Some(range) = args.trust_proxy.iter().find(|range| range.prefix_len() == 0) {
        bail!(
            "{range} is every address there is: anybody could say who asks\nhint: name the addresses of the proxy, as 127.0.0.1 or 10.0.0.0/24"
        );
    }
    let access = Access { logins: args.logins, public: args.public, trusted: args.trust_proxy, ..Access::default() };
    Ok(Setup { access, metrics: args.metrics, ..setup })
}

/// Returns what to say of a server that others reach without TLS, where that is so.
pub fn in_the_clear(setup: &Setup) -> Option<&'static str> {
    let is_safe = setup.listen.ip().is_loopback() || setup.access.public.as_ref().is_some_and(|public| public.secure);
    (!is_safe).then_some(
        "Passwords travel in the clear to this address. Put a proxy with TLS before it, and name it: --public https://news.example",
    )
}

fn public(text: &str) -> anyhow::Result<Public> {
    text.parse().map_err(|words: String| anyhow!(words))
}

/// `10.0.0.0/8`, or one address.
fn range(text: &str) -> anyhow::Result<IpNet> {
    let range = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    range.ok_or_else(|| anyhow!("`{text}` is no range of addresses; write 127.0.0.1 or 10.0.0.0/24"))
}
