//! As a stranger would pack.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::{Fault, unpack};

const CODINGS: [&str; 5] = ["gzip", "deflate", "br", "zstd", "bare"];
/// `brotli.compress("The ferry to Karsholm is late. " * 20)`.
const BROTLI: &str = "1b6b02f8453797ea423295d78762d8f1e011a6e5d161b8d0033b8843e9630acbd551f9701be94303";
/// `brotli.compress(bytes(4 << 20))`.
const BROTLI_BOMB: &str = "9bffff3ff82700e2b14020f7fe07";

fn words() -> String {
    "The ferry to Karsholm is late. ".repeat(20)
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn bare(text: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A frame of Zstandard whose blocks each say 128 KiB of zeros in four bytes.
fn zstd_bomb(blocks: usize, window: u8) -> Vec<u8> {
    let mut frame = b"\x28\xb5\x2f\xfd\x00".to_vec();
    frame.push(window);
    for block in 1..=blocks {
        frame.extend([2 | u8::from(block == blocks), 0, 16, 0]);
    }
    frame
}

fn packed(coding: &str) -> (&str, Vec<u8>) {
    let words = words();
    match coding {
        "gzip" => (coding, gzip(words.as_bytes())),
        "deflate" => (coding, zlib(words.as_bytes())),
        "br" => (coding, bytes(BROTLI)),
        "zstd" => (coding, zstd(words.as_bytes())),
        _ => ("deflate", bare(words.as_bytes())),
    }
}

fn whole(coding: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (plain, read) = unpack(bytes, coding, 100 << 20, |_| {});
    read.map(|()| plain)
}

fn check_damaged(coding: &str, bytes: &[u8], reason: &str) {
    match whole(coding, bytes) {
        Err(Fault::Packed(said)) if said.contains(reason) => {}
        other => panic!("{coding}: {other:?}"),
    }
}

#[test]
fn every_packing_and_two_of_them() {
    for coding in CODINGS {
        let (name, once) = packed(coding);
        assert_eq!(whole(name, &once).unwrap(), words().as_bytes(), "{coding}");
        assert_eq!(whole(&format!("{name}, gzip"), &gzip(&once)).unwrap(), words().as_bytes(), "{coding}");
        assert_eq!(whole(&format!(" {} ,identity", name.to_uppercase()), &once).unwrap(), words().as_bytes());
    }
    assert_eq!(whole("x-gzip", &packed("gzip").1).unwrap(), words().as_bytes());
    let (part, more) = ([gzip(b"the "), gzip(b"ferry")].concat(), [zstd(b"the "), zstd(b"ferry")].concat());
    assert_eq!(whole("gzip", &part).unwrap(), b"the ferry");
    assert_eq!(whole("zstd", &more).unwrap(), b"the ferry");
    assert_eq!(whole("zstd", &[b"\x53\x2a\x4d\x18\x02\0\0\0ab".as_slice(), &more].concat()).unwrap(), b"the ferry");
    assert_eq!(whole("identity", b"plain").unwrap(), b"plain");
    for coding in CODINGS {
        assert_eq!(whole(packed(coding).0, b"").unwrap(), b"");
    }
}

#[test]
fn what_is_cut_off_is_named() {
    for coding in CODINGS {
        let (name, once) = packed(coding);
        for end in [1, 2, 5, once.len() / 2, once.len() - 1] {
            assert!(matches!(whole(name, &once[..end]), Err(Fault::Packed(_))), "{coding} to {end}");
        }
    }
    check_damaged("gzip", &packed("gzip").1[..30], "ends before its end");
    check_damaged("br", &packed("br").1[..30], "ends before its end");
    check_damaged("zstd", b"\x53\x2a\x4d\x18\xff\xff\xff\x7fab", "ends before its end");
}

#[test]
fn what_stands_behind_the_end_is_named() {
    for coding in CODINGS {
        let (name, once) = packed(coding);
        for more in [b"x".as_slice(), b"<html>", &[0; 3], &[0; 40_000]] {
            assert!(matches!(whole(name, &[&once, more].concat()), Err(Fault::Packed(_))), "{coding}, {}", more.len());
        }
    }
}

#[test]
fn what_is_not_packed_or_otherwise_is_named() {
    for coding in ["gzip", "br", "zstd", "deflate"] {
        assert!(matches!(whole(coding, b"<html>plain</html>"), Err(Fault::Packed(_))), "{coding}");
    }
    check_damaged("rot13", b"x", "not known here");
    check_damaged("gzip, br, zstd", b"x", "more than 2");
    check_damaged("gzip,gzip,gzip,gzip,gzip,gzip", b"x", "more than 2");
}

#[test]
fn a_window_larger_than_the_web_allows_is_not_opened() {
    // 2^(10+14) is 16 MiB, 2^(10+31) is 2 TiB.
    check_damaged("zstd", &zstd_bomb(1, 14 << 3), "");
    check_damaged("zstd", &zstd_bomb(1, 31 << 3), "");
    assert_eq!(whole("zstd", &zstd_bomb(1, 13 << 3)).unwrap().len(), 128 << 10);
}

#[test]
fn bombs_end_early() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 8 << 20]).unwrap();
    let gzip_bomb = encoder.finish().unwrap();
    let bombs = [("gzip", gzip_bomb.clone()), ("br", bytes(BROTLI_BOMB)), ("zstd", zstd_bomb(800, 13 << 3))];
    for (coding, bomb) in bombs.into_iter().chain([("gzip, gzip", gzip(&gzip_bomb))]) {
        match whole(coding, &bomb) {
            Err(Fault::Bomb(came, made)) => assert!(came < 50_000 && made < 40 << 20, "{coding}: {came}, {made}"),
            other => panic!("{coding}: {:?}", other.map(|bytes| bytes.len())),
        }
        let (kept, read) = unpack(&bomb[..], coding, 10_000, |_| {});
        assert!(matches!(read, Err(Fault::TooLarge)) && kept.len() == 10_000, "{coding}: {read:?}");
    }
}

#[test]
fn what_is_cut_at_the_limit_is_whole_up_to_there() {
    let (kept, read) = unpack(&[b'x'; 100_000][..], "", 50_001, |_| {});
    assert!(matches!(read, Err(Fault::TooLarge)) && kept.len() == 50_001, "{}", kept.len());
    let (kept, read) = unpack(&[b'x'; 50_001][..], "", 50_001, |_| {});
    assert!(read.is_ok() && kept.len() == 50_001, "{}", kept.len());
}

#[test]
fn much_packed_that_unpacks_to_nothing_ends_at_the_limit() {
    let empty = gzip(b"").repeat(1_000);
    let (_, read) = unpack(&empty[..], "gzip", 10_000, |_| {});
    assert!(matches!(read, Err(Fault::TooLarge)), "{read:?}");
    let skipped = b"\x53\x2a\x4d\x18\0\0\0\0".repeat(5_000);
    let (_, read) = unpack(&skipped[..], "zstd", 10_000, |_| {});
    assert!(matches!(read, Err(Fault::TooLarge)), "{read:?}");
}

proptest! {
    #[test]
    fn what_was_packed_comes_back(text in prop::collection::vec(any::<u8>(), 0..5_000)) {
        for (coding, bytes) in [("gzip", gzip(&text)), ("deflate", zlib(&text)), ("deflate", bare(&text)), ("zstd", zstd(&text))] {
            prop_assert_eq!(&whole(coding, &bytes).unwrap(), &text);
        }
    }

    #[test]
    fn damage_never_makes_it_panic(coding in 0..5usize, at: prop::sample::Index, to: u8, noise in prop::collection::vec(any::<u8>(), 0..300)) {
        let (name, mut once) = packed(CODINGS[coding]);
        let at = at.index(once.len());
        once[at] = to;
        let _ = whole(name, &once);
        let _ = whole(name, &noise);
    }
}
