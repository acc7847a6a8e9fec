//! Any bytes as an archive, as a block behind the header of a record, and as a body with the codings of the wire.

#![no_main]

use libfuzzer_sys::fuzz_target;

const CODINGS: &[&str] = &["gzip", "deflate", "br", "zstd", "identity\r\nTransfer-Encoding: chunked"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let coding = CODINGS[usize::from(*first) % CODINGS.len()];
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n");
    let length = http.len() + rest.len();
    let head = |length: usize| {
        format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://delmare.example/1\r\nContent-Type: \
             application/http\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    // A length that lies by what the first byte says, and one that does not.
    let lying = [head(length + usize::from(*first)).as_bytes(), http.as_bytes(), rest, b"\r\n\r\n"].concat();
    let sound = [head(length).as_bytes(), http.as_bytes(), rest, b"\r\n\r\n"].concat();
    for archive in [bytes, rest, &[lying, sound].concat()] {
        variorum_read::read_bytes("a.warc", archive);
    }
});
