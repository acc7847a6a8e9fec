//! Which addresses may be dialled.
//!
//! The ranges are those of the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its successors) that are
//! not part of the public network, and those that hide an IPv4 address inside an IPv6 address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// A range that no stranger may lead us into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// What it is for, in the words of a sentence: "an address of …".
    pub of: &'static str,
    /// Where it is set down.
    pub source: &'static str,
}

/// Says in which closed range an address lies; none where it may be dialled.
///
/// An address that wraps another is judged by the inner one too: a mapped `127.0.0.1` is this machine.
pub(crate) fn closed(address: IpAddr, allow: &[IpNet]) -> Option<Range> {
    let is_allowed = |ip: IpAddr| allow.iter().any(|net| net.contains(&ip));
    let ip = match address {
        _ if is_allowed(address) => return None,
        IpAddr::V4(ip) => return closed_v4(ip),
        IpAddr::V6(ip) => ip,
    };
    // The prefix of ISATAP is that of a network, which is not opened by what stands behind it.
    match (wrapped(ip), isatap(ip)) {
        (Some(inner), _) if is_allowed(inner.into()) => None,
        (_, Some(inner)) if is_allowed(inner.into()) => closed_v6(ip),
        (inner, behind) => closed_v6(ip).or_else(|| inner.or(behind).and_then(closed_v4)),
    }
}

/// Returns the IPv4 address that an IPv6 address stands for, where its form says that it stands for one.
fn wrapped(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let of = |high: u16, low: u16| Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match [a, b, c, d, e, f] {
        // `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0] if g == 0 && h <= 1 => None,
        // Compatible, mapped, translated (SIIT), NAT64.
        [0, 0, 0, 0, 0, 0 | 0xffff] | [0, 0, 0, 0, 0xffff, 0] | [0x64, 0xff9b, 0, 0, 0, 0] => of(g, h),
        // 6to4 carries it after its prefix.
        [0x2002, high, low, ..] => of(high, low),
        // Teredo carries the client's in its last bits, each of them turned round.
        [0x2001, 0, ..] => of(!g, !h),
        _ => None,
    }
}

/// Returns the IPv4 address behind the prefix of a network (ISATAP, RFC 5214).
fn isatap(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., e, f, high, low] = ip.segments();
    matches!((e, f), (0 | 0x200, 0x5efe)).then(|| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
}

fn closed_v4(ip: Ipv4Addr) -> Option<Range> {
    V4.iter().find(|(from, bits, _)| same_prefix(u32::from(ip).into(), u32::from(*from).into(), *bits, 32)).map(|r| r.2)
}

fn closed_v6(ip: Ipv6Addr) -> Option<Range> {
    let bits = u128::from(ip);
    if let Some((.., range)) = V6.iter().find(|(from, len, _)| same_prefix(bits, u128::from(*from), *len, 128)) {
        return Some(*range);
    }
    // These two are judged by the IPv4 address inside; everything else that is public is 2000::/3.
    let is_wrapped = V6_OPEN.iter().any(|(from, len)| same_prefix(bits, u128::from(*from), *len, 128));
    (!is_wrapped && bits >> 125 != 1).then_some(Range { of: "a range that is not given out", source: "RFC 4291" })
}

fn same_prefix(a: u128, b: u128, length: u32, width: u32) -> bool {
    let shift = width - length;
    a >> shift == b >> shift
}

const fn range(of: &'static str, source: &'static str) -> Range {
    Range { of, source }
}

const LOOPBACK: &str = "this machine";
const PRIVATE: &str = "a private network";
const LINK: &str = "the local link, where clouds keep their metadata";
const EXAMPLES: &str = "documentation";
const MULTICAST: &str = "multicast";

const V4: &[(Ipv4Addr, u32, Range)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, range("this network", "RFC 791")),
    (Ipv4Addr::new(10, 0, 0, 0), 8, range(PRIVATE, "RFC 1918")),
    (Ipv4Addr::new(100, 64, 0, 0), 10, range("a provider's inner network", "RFC 6598")),
    (Ipv4Addr::new(127, 0, 0, 0), 8, range(LOOPBACK, "RFC 1122")),
    // Outside every special range, yet answered by the host beneath a virtual machine.
    (
        Ipv4Addr::new(168, 63, 129, 16),
        32,
        range("a cloud's platform", "Azure documentation, \"What is 168.63.129.16?\""),
    ),
    (Ipv4Addr::new(169, 254, 0, 0), 16, range(LINK, "RFC 3927")),
    (Ipv4Addr::new(172, 16, 0, 0), 12, range(PRIVATE, "RFC 1918")),
    (Ipv4Addr::new(192, 0, 0, 0), 24, range("protocol assignments", "RFC 6890")),
    (Ipv4Addr::new(192, 0, 2, 0), 24, range(EXAMPLES, "RFC 5737")),
    (Ipv4Addr::new(192, 88, 99, 0), 24, range("the old relays of 6to4", "RFC 7526")),
    (Ipv4Addr::new(192, 168, 0, 0), 16, range(PRIVATE, "RFC 1918")),
    (Ipv4Addr::new(198, 18, 0, 0), 15, range("measurements", "RFC 2544")),
    (Ipv4Addr::new(198, 51, 100, 0), 24, range(EXAMPLES, "RFC 5737")),
    (Ipv4Addr::new(203, 0, 113, 0), 24, range(EXAMPLES, "RFC 5737")),
    (Ipv4Addr::new(224, 0, 0, 0), 4, range(MULTICAST, "RFC 5771")),
    (Ipv4Addr::new(240, 0, 0, 0), 4, range("a reserved range", "RFC 1112")),
];

const fn v6(a: u16, b: u16, c: u16, f: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, 0, 0, f, 0, 0)
}

const V6: &[(Ipv6Addr, u32, Range)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, range("no machine", "RFC 4291")),
    (Ipv6Addr::LOCALHOST, 128, range(LOOPBACK, "RFC 4291")),
    (v6(0, 0, 0, 0), 96, range("the old form that is compatible with IPv4", "RFC 4291")),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, range("IPv4 translated", "RFC 2765")),
    (v6(0x64, 0xff9b, 1, 0), 48, range("a network's own translation to IPv4", "RFC 8215")),
    (v6(0x100, 0, 0, 0), 64, range("discarding", "RFC 6666")),
    (v6(0x2001, 0, 0, 0), 32, range("Teredo", "RFC 4380")),
    (v6(0x2001, 0, 0, 0), 23, range("protocol assignments", "RFC 2928")),
    (v6(0x2001, 0xdb8, 0, 0), 32, range(EXAMPLES, "RFC 3849")),
    (v6(0x2002, 0, 0, 0), 16, range("6to4", "RFC 7526")),
    (v6(0x3fff, 0, 0, 0), 20, range(EXAMPLES, "RFC 9637")),
    (v6(0x5f00, 0, 0, 0), 16, range("segment routing", "RFC 9602")),
    (v6(0xfc00, 0, 0, 0), 7, range(PRIVATE, "RFC 4193")),
    (v6(0xfe80, 0, 0, 0), 10, range(LINK, "RFC 4291")),
    (v6(0xfec0, 0, 0, 0), 10, range("a site, in the old form", "RFC 3879")),
    (v6(0xff00, 0, 0, 0), 8, range(MULTICAST, "RFC 4291")),
];

/// Mapped addresses (RFC 4291) and NAT64 (RFC 6052), which an IPv6-only network with DNS64 gives to every IPv4 site.
const V6_OPEN: &[(Ipv6Addr, u32)] = &[(v6(0, 0, 0, 0xffff), 96), (v6(0x64, 0xff9b, 0, 0), 96)];

/// Tells whether a port belongs to another protocol than the web's.
///
/// The list is the "bad port" table of the WHATWG Fetch standard, and Redis and memcached, which obey lines of text.
pub(crate) fn is_foreign(port: u16) -> bool {
    FOREIGN.binary_search(&port).is_ok()
}

const FOREIGN: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
];

#[cfg(test)]
mod tests;
