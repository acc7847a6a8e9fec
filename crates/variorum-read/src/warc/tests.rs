//! Archives as crawlers write them, and as disks and hands break them.

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use variorum_news::{Body, Page, Problem};

use crate::read_bytes;

const HTML: &str = "<html><head><title>Ferry</title></head><body><p>The ferry sank off Delmare.</p></body></html>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Writes a record with a length of its own choice.
fn lying(kind: &str, fields: &str, block: &[u8], length: &str) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2025-03-27T10:00:00Z\r\n{fields}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    lying(kind, fields, block, &block.len().to_string())
}

fn of_http(address: &str) -> String {
    format!("WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\n")
}

/// Writes the record of a response.
fn response(address: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", &of_http(address), &block)
}

/// Writes the record of a web page that says where it stands.
fn page(n: usize) -> Vec<u8> {
    let address = format!("https://delmare.example/{n}");
    response(&address, "200 OK\r\nContent-Type: text/html", HTML.replace("sank", &format!("sank {n} times")).as_bytes())
}

fn read(bytes: &[u8]) -> (Vec<Page>, Vec<Problem>) {
    let mut pages = Vec::new();
    let mut problems = Vec::new();
    for found in read_bytes("crawl.warc", bytes) {
        match found {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    assert!(problems.iter().all(|problem| problem.path.is_some()));
    (pages, problems)
}

fn addresses(pages: &[Page]) -> Vec<&str> {
    pages.iter().map(|page| page.url.as_deref().unwrap_or("").trim_start_matches("https://delmare.example/")).collect()
}

/// Checks which pages are read, and what the one problem says.
fn check(bytes: &[u8], expected: &[&str], says: &str) {
    let (pages, problems) = read(bytes);
    assert_eq!(addresses(&pages), expected, "{problems:?}");
    let reasons: Vec<&str> = problems.iter().map(|problem| problem.reason.as_str()).collect();
    match says {
        "" => assert_eq!(reasons, [""; 0]),
        _ => assert!(reasons.len() == 1 && reasons[0].contains(says), "{reasons:?}"),
    }
}

#[test]
fn a_page_with_its_address_and_the_day_of_its_capture() {
    let info = record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: invented\r\n");
    let request = record("request", &of_http("https://delmare.example/1"), b"GET /1 HTTP/1.1\r\n\r\n");
    let bytes = [info, request, page(1)].concat();
    let (pages, problems) = read(&bytes);
    assert_eq!(problems, []);
    let page = &pages[0];
    assert_eq!(page.path.as_deref(), Some("crawl.warc"));
    assert_eq!(page.url.as_deref(), Some("https://delmare.example/1"));
    assert_eq!((page.published.as_ref(), &page.extra["captured"]), (None, &"2025-03-27T10:00:00Z".into()));
    assert!(matches!(&page.body, Body::Html(html) if html.contains("sank 1 times")));
}

#[test]
fn packed_record_by_record_or_as_a_whole() {
    let records = [page(1), page(2), page(3)];
    let whole = records.concat();
    for bytes in [
        records.iter().flat_map(|record| gzip(record)).collect(),
        gzip(&whole),
        records.iter().flat_map(|record| zstd(record)).collect(),
        gzip(&gzip(&whole)),
        [b"\x50\x2a\x4d\x18\x03\0\0\0abc".as_slice(), &zstd(&whole)].concat(),
        [gzip(&whole), vec![0; 700]].concat(),
        whole.clone(),
    ] {
        check(&bytes, &["1", "2", "3"], "");
    }
    let deep = (0..5).fold(whole.clone(), |bytes, _| gzip(&bytes));
    check(&deep, &[], "packed more than two deep");
}

#[test]
fn packed_with_a_dictionary_of_its_own() {
    // Made by `tests/fixtures/dictionary.py`.
    let archive = include_bytes!("../../tests/fixtures/dictionary.warc.zst");
    check(archive, &["1", "2", "3"], "");
    let dictionary = 8 + u32::from_le_bytes(archive[4..8].try_into().expect("four bytes")) as usize;
    check(&archive[dictionary..], &[], "packed with a dictionary");
}

#[test]
fn codings_of_the_wire_come_off() {
    let packed = gzip(HTML.as_bytes());
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    deflated.write_all(HTML.as_bytes()).expect("memory");
    let deflated = deflated.finish().expect("memory");
    for (fields, body) in [
        ("Content-Encoding: gzip", packed.as_slice()),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunked),
        ("Content-Encoding: deflate", &deflated),
        ("Content-Encoding: zstd", &zstd(HTML.as_bytes())),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", HTML.as_bytes()),
    ] {
        let head = format!("200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}");
        let (pages, problems) = read(&response("https://delmare.example/1", &head, body));
        assert_eq!(problems, [], "{fields}");
        assert!(matches!(&pages[0].body, Body::Html(html) if html == HTML), "{fields}");
    }
    let head = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    check(&response("https://delmare.example/1", head, &packed[..packed.len() - 20]), &[], "gzip coding is damaged");
}

#[test]
fn the_server_names_the_charset() {
    let body = b"<p>\xc6\xd3\xcd\xc1\xce\xc4\xc1 \xd0\xd2\xc9\xdb\xcc\xc1.</p>";
    let (pages, _) =
        read(&response("https://delmare.example/1", "200 OK\r\nContent-Type: text/html; charset=KOI8-R", body));
    assert!(matches!(&pages[0].body, Body::Html(html) if html.contains("пришла")), "{pages:?}");
}

#[test]
fn records_without_http_and_addresses_in_brackets() {
    let text = "WARC-Target-URI: <https://delmare.example/1>\r\nContent-Type: text/plain\r\n";
    let (pages, problems) = read(&record("conversion", text, b"The ferry sank."));
    assert_eq!((addresses(&pages), problems), (vec!["1"], Vec::new()));
    assert!(matches!(&pages[0].body, Body::Text(text) if text == "The ferry sank."));
    let markup = "WARC-Target-URI: https://delmare.example/2\r\nContent-Type: text/html\r\n";
    let (pages, _) = read(&record("resource", markup, b"<p>The ferry sank.</p>"));
    assert!(matches!(&pages[0].body, Body::Html(_)));
}

#[test]
fn what_the_crawler_wrote_about_itself_is_no_page() {
    let log = record(
        "resource",
        "WARC-Target-URI: metadata://crawler.example/log.txt\r\nContent-Type: text/plain\r\n",
        b"GET /",
    );
    let words = "WARC-Target-URI: urn:text:https://delmare.example/1\r\nContent-Type: text/plain\r\n";
    let bytes = [page(1), log, record("resource", words, b"The ferry sank.")].concat();
    check(&bytes, &["1"], "2 records about the crawl");
}

#[test]
fn what_is_no_document_is_counted() {
    let ok = "200 OK\r\nContent-Type: ";
    let bytes = [
        response("https://delmare.example/a.png", &format!("{ok}image/png"), b"\x89PNG"),
        response("https://delmare.example/b.png", &format!("{ok}image/png"), b"\x89PNG"),
        response("https://delmare.example/a.css", &format!("{ok}text/css"), b"p{}"),
        response("https://delmare.example/robots.txt", &format!("{ok}text/plain"), b"Disallow:"),
        response("https://delmare.example/menu", &format!("{ok}application/json"), b"{\"menu\": []}"),
        response("https://delmare.example/0", "301 Moved\r\nLocation: /1\r\nContent-Type: text/html", b"moved"),
        response("https://delmare.example/empty", &format!("{ok}text/html"), b""),
        page(1),
    ]
    .concat();
    check(
        &bytes,
        &["1"],
        "no documents: 1 JSON that is no report, 1 empty bodies, 2 image/png, 1 redirects, 1 text/css, 1 text/plain",
    );
}

#[test]
fn errors_and_second_captures_are_named() {
    let gone = response("https://delmare.example/9", "404 Not Found\r\nContent-Type: text/html", b"<p>Not here.</p>");
    check(&[gone, page(1)].concat(), &["1"], "https://delmare.example/9 (at byte 0): HTTP 404, an error page");
    let fields = format!(
        "{}WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n\
         WARC-Refers-To-Target-URI: <https://delmare.example/1>\r\nWARC-Refers-To-Date: 2025-03-20T08:00:00Z\r\n",
        of_http("https://delmare.example/1")
    );
    let again = record("revisit", &fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    check(
        &[page(1), again].concat(),
        &["1"],
        "the same page as https://delmare.example/1, captured 2025-03-20T08:00:00Z; counted once",
    );
    let cut = record(
        "response",
        &format!("{}WARC-Truncated: length\r\n", of_http("https://delmare.example/8")),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry",
    );
    check(&cut, &[], "cut off when it was captured (length)");
}

#[test]
fn a_length_that_lies_costs_one_record() {
    let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry\r\nsank.</p>";
    let fields = of_http("https://delmare.example/2");
    let real = block.len();
    for (length, says) in [
        ((real - 9).to_string(), "does not fit"),
        ((real + 50).to_string(), "reaches into the next record"),
        ("1000000".to_owned(), "reaches into the next record"),
        ("-5".to_owned(), "no number"),
        ("many".to_owned(), "no number"),
        ("99999999999".to_owned(), "over 64 MiB"),
        ("99999999999999999999999".to_owned(), "no number"),
    ] {
        let bytes = [page(1), lying("response", &fields, block, &length), page(3), page(4)].concat();
        check(&bytes, &["1", "3", "4"], says);
        let packed = gzip(&bytes);
        check(&packed, &["1", "3", "4"], says);
    }
}

#[test]
fn what_stands_between_records_is_passed_over() {
    let junk = [page(1), b"junk that a crash left\r\nmore\r\n".to_vec(), page(2)].concat();
    check(&junk, &["1", "2"], "30 bytes that are no record");
    let headless = [page(1), b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(), page(2)].concat();
    check(&headless, &["1", "2"], "no Content-Length");
    let endless = [page(1), format!("WARC/1.0\r\nX: {}\r\n", "y".repeat(100_000)).into_bytes(), page(2)].concat();
    check(&endless, &["1", "2"], "a header without an end");
}

#[test]
fn a_damaged_member_costs_what_it_holds() {
    let mut members = [gzip(&page(1)), gzip(&page(2)), gzip(&page(3))];
    let middle = members[1].len() / 2;
    members[1][middle..middle + 8].fill(0xff);
    check(&members.concat(), &["1", "3"], "gzip data is damaged near byte");
    members[1].truncate(middle);
    check(&members.concat(), &["1", "3"], "gzip data is damaged near byte");
    let mut frames = [zstd(&page(1)), zstd(&page(2)), zstd(&page(3))];
    frames[1].truncate(middle);
    check(&frames.concat(), &["1", "3"], "zstd data is damaged near byte");
}

#[test]
fn an_archive_that_is_cut_off_gives_what_is_whole() {
    let plain = [page(1), page(2)].concat();
    check(&plain[..plain.len() - 30], &["1"], "cut off after");
    let packed = [gzip(&page(1)), gzip(&page(2))].concat();
    check(&packed[..packed.len() - 12], &["1"], "gzip data is cut off at byte");
    let whole = gzip(&plain);
    check(&whole[..whole.len() - 9], &["1"], "gzip data is cut off at byte");
}

#[test]
fn an_archive_inside_an_archive() {
    let inner = record("resource", "WARC-Target-URI: https://delmare.example/inner.warc\r\n", &page(7));
    check(&[page(1), inner.clone(), page(2)].concat(), &["1", "7", "2"], "");
    let deep = (0..60).fold(inner, |bytes, _| record("resource", "", &bytes));
    check(&deep, &[], "an archive inside others");
}

#[test]
fn a_feed_and_a_packed_page_inside() {
    let packed =
        response("https://delmare.example/1", "200 OK\r\nContent-Type: application/gzip", &gzip(HTML.as_bytes()));
    check(&packed, &["1"], "");
    let lines = response(
        "https://delmare.example/x",
        "200 OK\r\nContent-Type: application/json",
        b"{\"text\":\"One sank.\",\"url\":\"https://delmare.example/5\"}\n{\"text\":\"Two sank.\"}\n",
    );
    assert_eq!(read(&lines).0.len(), 2);
}

#[test]
fn lies_that_overlap_end() {
    let lie = lying("resource", "", b"The ferry sank.", "60000000");
    let bytes = lie.repeat(400);
    let (pages, problems) = read(&bytes);
    assert_eq!(pages.len(), 0);
    assert_eq!(problems.len(), 101);
    assert!(problems[100].reason.contains("300 more damaged places"), "{}", problems[100].reason);
}

proptest::proptest! {
    #[test]
    fn any_bytes_behind_a_header_are_read_or_named(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        length in 0usize..400,
    ) {
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\n{}Content-Length: {length}\r\n\r\nHTTP/1.1 200 OK\r\n",
            of_http("https://delmare.example/1"));
        read(&[head.as_bytes(), &bytes, &page(1)].concat());
    }

    #[test]
    fn any_damage_is_read_or_named(at in 0usize..400, with in proptest::prelude::any::<[u8; 3]>(), cut in 0usize..400) {
        for packed in [gzip, zstd] {
            let mut bytes: Vec<u8> = [page(1), page(2)].iter().flat_map(|record| packed(record)).collect();
            let end = bytes.len();
            let at = at % (end - 3);
            bytes[at..at + 3].copy_from_slice(&with);
            read(&bytes);
            bytes.truncate(cut % end);
            read(&bytes);
        }
    }
}
