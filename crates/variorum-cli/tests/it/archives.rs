//! Archives go in as files, in folders and through pipes, and come out the same on one core or many.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::program::{self, Run};

const PAGES: usize = 150;

fn archive() -> Vec<u8> {
    (0..PAGES).flat_map(|n| packed(&record(n))).collect()
}

fn record(n: usize) -> Vec<u8> {
    let line = |part: &str| {
        format!(
            "<p>{part} of ferry {n}, which left Delmare at dawn with {n} people on board, were paid back on Friday, the mayor said.</p>"
        )
    };
    let parts: String = ["The tickets", "The fares", "The costs", "The losses"].map(line).concat();
    let block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><title>Ferry {n}</title></head><body><article><h1>Ferry {n} \
         pays back</h1>{parts}</article></body></html>"
    );
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://delmare.example/{n}\r\nContent-Type: \
         application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    format!("{head}{block}\r\n\r\n").into_bytes()
}

fn packed(record: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(record).expect("memory");
    packed.finish().expect("memory")
}

fn clean(path: &str, threads: &str, input: &[u8]) -> Run {
    let mut command = program::program();
    command.args(["clean", path]).env("RAYON_NUM_THREADS", threads);
    program::feed(command, input).ended_with(0)
}

#[test]
fn an_archive_is_the_same_on_any_number_of_cores() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(scratch.path().join("crawl.warc.gz"), archive()).expect("a file can be written");
    let path = scratch.path().display().to_string();
    let alone = clean(&path, "1", b"");
    let addresses: Vec<String> =
        alone.lines().iter().map(|line| line["url"].as_str().unwrap_or("").to_owned()).collect();
    let expected: Vec<String> = (0..PAGES).map(|n| format!("https://delmare.example/{n}")).collect();
    assert_eq!(addresses, expected);
    assert!(clean(&path, "3", b"").out == alone.out, "the number of cores changes the output");
}

#[test]
fn an_archive_may_come_through_a_pipe() {
    assert_eq!(clean("-", "2", &archive()).lines().len(), PAGES);
    let line = packed(
        b"{\"id\":\"r1\",\"text\":\"The ferry left Delmare at dawn. The mayor paid the fares back on Friday.\"}\n",
    );
    assert_eq!(clean("-", "2", &line).lines()[0]["id"], "r1");
}
