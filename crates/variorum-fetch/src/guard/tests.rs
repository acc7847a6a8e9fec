//! As a stranger would write an address that leads inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use url::{Host, Url};

use super::{closed, is_foreign};

fn ip(host: &str) -> IpAddr {
    match Url::parse(&format!("http://{host}/")).unwrap().host().unwrap().to_owned() {
        Host::Ipv4(ip) => ip.into(),
        Host::Ipv6(ip) => ip.into(),
        Host::Domain(name) => panic!("{name} is a name"),
    }
}

fn check(hosts: &[&str], of: &str) {
    for host in hosts {
        let range = closed(ip(host), &[]).unwrap_or_else(|| panic!("{host} is open"));
        assert!(range.of.contains(of), "{host}: {range:?}");
    }
}

#[test]
fn this_machine_in_every_spelling() {
    let v4 = ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0x7f000001", "017700000001", "127.0.0.1."];
    check(&v4, "this machine");
    check(&["%31%32%37.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "127.255.255.255"], "this machine");
    check(&["[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]"], "this machine");
    check(&["[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]"], "this machine");
    check(&["[2a00:1450::5efe:127.0.0.1]", "[2a00:1450::200:5efe:7f00:1]"], "this machine");
}

#[test]
fn wrappings_that_nobody_uses_any_more_are_closed_whatever_is_inside() {
    check(&["[::127.0.0.1]", "[::7f00:1]", "[::8.8.8.8]"], "compatible");
    check(&["[::ffff:0:127.0.0.1]", "[::ffff:0:8.8.8.8]"], "translated");
    check(&["[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:808:808::]"], "6to4");
    check(&["[2001:0:53aa:64c:0:fbff:80ff:fffe]"], "Teredo");
    check(&["[64:ff9b:1::1]", "[64:ff9b:1:ffff::10.0.0.1]"], "own translation");
}

#[test]
fn ranges_of_version_four() {
    check(&["0.0.0.0", "0", "0.255.255.255"], "this network");
    check(&["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "[::ffff:10.0.0.1]"], "private");
    check(&["100.64.0.1", "100.127.255.254", "100.100.100.200"], "provider");
    check(&["169.254.169.254", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "0xa9fea9fe"], "metadata");
    check(&["192.0.0.1", "192.0.0.192"], "assignments");
    check(&["198.18.0.1", "198.19.255.255"], "measurements");
    check(&["192.0.2.1", "198.51.100.1", "203.0.113.1"], "documentation");
    check(&["192.88.99.1"], "6to4");
    check(&["168.63.129.16"], "platform");
    check(&["224.0.0.1", "239.255.255.255"], "multicast");
    check(&["240.0.0.1", "255.255.255.255"], "reserved");
}

#[test]
fn ranges_of_version_six() {
    check(&["[::]"], "no machine");
    check(&["[fd00:ec2::254]", "[fc00::1]", "[fdff::1]"], "private");
    check(&["[fe80::1]", "[febf::1]"], "metadata");
    check(&["[fec0::1]"], "site");
    check(&["[ff02::1]"], "multicast");
    check(&["[2001:db8::1]", "[3fff::1]"], "documentation");
    check(&["[100::1]"], "discarding");
    check(&["[2001:2::1]", "[2001:10::1]"], "assignments");
    check(&["[5f00::1]"], "segment");
    check(&["[4000::1]", "[1::1]", "[64:ff9b:2::1]", "[64:ff9b::1:0:0]"], "not given out");
}

#[test]
fn the_public_network_is_open() {
    let open = [
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.1",
        "[2606:4700::1111]",
        "[2a00:1450:4001::1]",
        "[::ffff:8.8.8.8]",
        "[64:ff9b::8.8.8.8]",
        "[2001:4860::8888]",
    ];
    for host in open {
        assert_eq!(closed(ip(host), &[]), None, "{host}");
    }
}

#[test]
fn a_range_that_is_allowed_is_open_in_its_wrappings_too_and_nothing_else_is() {
    let allow = ["127.0.0.0/8".parse().unwrap(), "fd00::/16".parse().unwrap()];
    for host in ["127.0.0.1", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00::1]"] {
        assert_eq!(closed(ip(host), &allow), None, "{host}");
    }
    assert_eq!(closed(ip("[2a00::5efe:127.0.0.1]"), &allow), None);
    for host in ["[fe80::5efe:127.0.0.1]", "[fd01::5efe:127.0.0.1]", "[ff02::5efe:127.0.0.1]"] {
        assert!(closed(ip(host), &allow).is_some(), "{host} is another network's");
    }
    for host in ["10.0.0.1", "[::1]", "[fd01::1]", "[::ffff:10.0.0.1]", "169.254.169.254"] {
        assert!(closed(ip(host), &allow).is_some(), "{host}");
    }
}

#[test]
fn ports_of_other_protocols() {
    for port in [0, 22, 25, 53, 6379, 6667, 11211] {
        assert!(is_foreign(port), "{port}");
    }
    for port in [80, 443, 3000, 8080, 8443, 11434] {
        assert!(!is_foreign(port), "{port}");
    }
    assert!(super::FOREIGN.is_sorted());
}

/// What the standard library calls private, and what it does not know.
fn is_private(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
}

fn private() -> impl Strategy<Value = Ipv4Addr> {
    let from = |first: u32, bits: u32| (0..1u64 << (32 - bits)).prop_map(move |low| Ipv4Addr::from(first | low as u32));
    prop_oneof![
        from(0x0a00_0000, 8),
        from(0x7f00_0000, 8),
        from(0xac10_0000, 12),
        from(0xc0a8_0000, 16),
        from(0xa9fe_0000, 16),
        from(0x6440_0000, 10),
        from(0, 8),
        from(0xe000_0000, 3),
    ]
}

fn wrapped(ip: Ipv4Addr, prefix: u64) -> Vec<Ipv6Addr> {
    let low = u128::from(u32::from(ip));
    let [high, lower] = [(low >> 16) << 96, (low & 0xffff) << 80];
    vec![
        Ipv6Addr::from(low),
        ip.to_ipv6_mapped(),
        Ipv6Addr::from(0xffff_0000_0000 << 16 | low),
        Ipv6Addr::from(0x0064_ff9b << 96 | low),
        Ipv6Addr::from(0x0064_ff9b_0001 << 80 | low),
        Ipv6Addr::from(0x2002 << 112 | high | lower | u128::from(prefix)),
        Ipv6Addr::from(0x2001_0000 << 96 | u128::from(prefix & 0xffff_ffff) << 32 | (!low & 0xffff_ffff)),
        Ipv6Addr::from(u128::from(prefix) << 64 | 0x5efe << 32 | low),
        Ipv6Addr::from(u128::from(prefix) << 64 | 0x0200_5efe << 32 | low),
    ]
}

proptest! {
    #[test]
    fn no_private_address_passes_in_any_wrapping(ip in private(), prefix: u64) {
        prop_assume!(is_private(ip));
        prop_assert!(closed(ip.into(), &[]).is_some(), "{ip}");
        for outer in wrapped(ip, prefix) {
            prop_assert!(closed(outer.into(), &[]).is_some(), "{ip} as {outer}");
        }
    }

    #[test]
    fn no_private_address_passes_in_any_spelling(ip in private(), forms in prop::array::uniform4(0..3u8), parts in 1..5usize) {
        let number = |value: u64, form: u8| match form {
            0 => value.to_string(),
            1 => format!("0x{value:X}"),
            _ => format!("0{value:o}"),
        };
        // The last part takes all that is left: `127.1`, `127.0.1`, `2130706433`.
        let octets = ip.octets();
        let mut host: Vec<String> = octets[..parts - 1].iter().zip(forms).map(|(o, form)| number((*o).into(), form)).collect();
        let rest = octets[parts - 1..].iter().fold(0u64, |rest, octet| rest << 8 | u64::from(*octet));
        host.push(number(rest, forms[3]));
        let host = host.join(".");
        prop_assert_eq!(super::tests::ip(&host), IpAddr::V4(ip));
        prop_assert!(closed(super::tests::ip(&host), &[]).is_some());
    }

    #[test]
    fn whatever_is_open_is_public_by_the_word_of_the_standard_library(bits: u128) {
        for ip in [IpAddr::from(Ipv6Addr::from(bits)), IpAddr::from(Ipv4Addr::from(bits as u32))] {
            if closed(ip, &[]).is_none() {
                let plain = match ip { IpAddr::V4(ip) => Some(ip), IpAddr::V6(ip) => ip.to_ipv4_mapped() };
                prop_assert!(!plain.is_some_and(is_private) && !ip.is_loopback() && !ip.is_multicast() && !ip.is_unspecified());
            }
        }
    }
}
