//! What reading an archive costs, and that memory does not grow with it: a gigabyte of pages, packed record by record.
//!
//! `cargo bench -p variorum-cli --bench archive [-- MEGABYTES]`. The archive is made while it is read, and touches no disk.

#![allow(clippy::print_stdout)]

use std::io::{BufReader, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Pages that differ; the archive is these over and over.
const PAGES: usize = 200;

fn main() {
    let megabytes: usize = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(1000);
    let records: Vec<Vec<u8>> = (0..PAGES).map(record).collect();
    let plain: usize = records.iter().map(Vec::len).sum();
    let members: Vec<Vec<u8>> = records.iter().map(|record| packed(record)).collect();
    drop(records);
    let rounds = (megabytes * 1_000_000).div_ceil(plain);
    let archive = Archive { members: &members, left: rounds * PAGES, at: 0 };
    let before = peak();
    let start = seconds();
    let mut pages = 0;
    variorum_read::read("bench.warc.gz", &mut BufReader::with_capacity(1 << 16, archive), &mut |page| {
        pages += usize::from(page.is_ok());
    })
    .expect("memory can be read");
    let seconds = seconds() - start;
    assert_eq!(pages, rounds * PAGES, "all pages are read");
    let megabytes = (rounds * plain) as f64 / 1e6;
    println!("{pages} pages, {megabytes:.0} MB unpacked: {seconds:.1} s of a core, {:.0} MB/s", megabytes / seconds);
    if let (Some(before), Some(after)) = (before, peak()) {
        println!("peak memory {after} kB, {} kB of it for reading", after - before);
    }
}

/// The archive as a stream.
struct Archive<'a> {
    members: &'a [Vec<u8>],
    left: usize,
    at: usize,
}

impl Read for Archive<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let member = &self.members[self.left % self.members.len()];
        let read = (&member[self.at..]).read(into)?;
        self.at += read;
        if self.at == member.len() {
            self.left -= 1;
            self.at = 0;
        }
        Ok(read)
    }
}

/// Returns the record of a page of some 30 kB.
fn record(n: usize) -> Vec<u8> {
    let words =
        ["ferry", "harbour", "mayor", "bridge", "storm", "council", "vote", "fire", "pier", "ticket", "crew", "gull"];
    let mut seed = n as u64 + 1;
    let mut word = || {
        // Marsaglia's xorshift: text that packs about as well as text does.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        format!("{}{} ", words[seed as usize % words.len()], seed >> 20 & 0xff)
    };
    let paragraphs: String =
        (0..60).map(|_| format!("<p>{}</p>\n", (0..60).map(|_| word()).collect::<String>())).collect();
    let body = format!("<!DOCTYPE html><html><head><title>Report {n}</title></head><body>{paragraphs}</body></html>");
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://delmare.example/{n}\r\nContent-Type: \
         application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    format!("{head}{block}\r\n\r\n").into_bytes()
}

fn packed(record: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(record).expect("memory");
    packed.finish().expect("memory")
}

/// Returns how long this process ran on a core; wall time on a busy machine tells nothing.
fn seconds() -> f64 {
    let ran = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    ran.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).map_or(f64::NAN, |ran| ran / 1e9)
}

/// Returns the most memory that this process had, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}
