//! Packed answers over the wire; what packings do by themselves is tested beside them.

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::server::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn fetch(coding: &str, body: &[u8]) -> Result<crate::Answer, crate::Error> {
    local().get(get(&Server::saying(ok(&format!("Content-Encoding: {coding}\r\n"), body)).url("/")))
}

#[test]
fn packed_answers_come_unpacked() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(b"the ferry").unwrap();
    assert_eq!(fetch("gzip", &gzip(b"the ferry")).unwrap().body, b"the ferry");
    assert_eq!(fetch("deflate", &zlib.finish().unwrap()).unwrap().body, b"the ferry");
    assert_eq!(fetch("gzip, gzip", &gzip(&gzip(b"the ferry"))).unwrap().body, b"the ferry");
    let twice = "gzip\r\nContent-Encoding: gzip";
    assert_eq!(fetch(twice, &gzip(&gzip(b"the ferry"))).unwrap().body, b"the ferry");
    assert_eq!(fetch("gzip", b"").unwrap().body, b"");
}

#[test]
fn damaged_answers_are_named() {
    let whole = gzip(b"the ferry to Karsholm");
    let said = kind("packed", fetch("gzip", &whole[..whole.len() - 3])).to_string();
    assert!(said.contains("`gzip`, but it ends before its end"), "{said}");
    kind("packed", fetch("gzip", &[&whole[..], b"and more"].concat()));
    kind("packed", fetch("gzip", b"the ferry"));
    kind("packed", fetch("gzip, gzip, gzip", &gzip(&gzip(&whole))));
    let said = kind("packed", fetch("rot13\u{202e}", b"gur sreel")).to_string();
    assert!(said.contains("rot13") && !said.contains('\u{202e}'), "{said}");
    // Cut by the connection, not by the packer.
    let cut = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 90\r\n\r\n", &whole[..9]].concat();
    kind("truncated", local().get(get(&Server::saying(cut).url("/"))));
}

#[test]
fn bombs_end_at_the_limit() {
    // 100,000 bytes are allowed.
    kind("too-large", fetch("gzip", &gzip(&vec![0; 5_000_000])));
    kind("too-large", fetch("gzip, gzip", &gzip(&gzip(&vec![0; 5_000_000]))));
    let wide = crate::Limits { bytes: 100 << 20, ..LIMITS };
    let server = Server::saying(ok("Content-Encoding: gzip\r\n", &gzip(&vec![0; 5_000_000])));
    let said = kind("bomb", local().get(crate::Get { limits: wide, ..get(&server.url("/")) })).to_string();
    assert!(said.contains("is a bomb"), "{said}");
}
