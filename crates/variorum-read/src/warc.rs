//! WARC 1.0 and 1.1 (ISO 28500): archives of the web.

mod records;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::Value;
use variorum_news::{Page, Problem};

use crate::sniff::{Format, sniff};
use crate::{Each, Origin, document, http};
use records::{Next, Record, Records, bare};

/// How many archives and packings may lie inside each other.
const MOST_DEEP: usize = 3;

/// Damaged places that are told one by one; more are counted.
const MOST_DAMAGES: usize = 100;

/// Kinds of things passed over that are told apart.
const MOST_KINDS: usize = 40;

/// Media types that are no documents, by their beginnings.
const NO_DOCUMENT: &[&str] = &[
    "image/",
    "video/",
    "audio/",
    "font/",
    "model/",
    "text/css",
    "text/javascript",
    "text/ecmascript",
    "text/vtt",
    "text/calendar",
    "text/csv",
    "text/x-component",
    "application/javascript",
    "application/x-javascript",
    "application/ecmascript",
    "application/manifest+json",
    "application/font",
    "application/x-font",
    "application/vnd.ms-",
    "application/x-shockwave-flash",
    "application/pdf",
    "application/wasm",
];

/// Calls `each` with the page of every response in the archive.
///
/// What is no document is counted, and the counts are given as one problem at the end.
pub(crate) fn read(origin: Origin<'_>, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    if origin.depth >= MOST_DEEP {
        each(Err(Problem::of_path(
            origin.path,
            "an archive inside others, too deep; unpack it and give what is inside",
        )));
        return Ok(());
    }
    let mut records = Records::of(input);
    let mut archive = Archive { origin, passed: BTreeMap::new(), damages: 0 };
    loop {
        match records.next()? {
            Next::Record(record, block) => archive.record(&record, block, each),
            Next::Damaged(record, why) => archive.damaged(&record, &why, each),
            Next::End => break,
        }
    }
    archive.end(each);
    Ok(())
}

struct Archive<'a> {
    origin: Origin<'a>,
    /// How many things of which kind were passed over.
    passed: BTreeMap<String, usize>,
    damages: usize,
}

/// What a record holds when its wrappings are off.
struct Payload<'p> {
    kind: &'p str,
    charset: Option<&'p str>,
    bytes: &'p [u8],
}

impl Archive<'_> {
    fn record(&mut self, record: &Record, block: &[u8], each: Each<'_>) {
        let stated = record.field("content-type").unwrap_or("");
        let (kind, charset) = http::media(stated);
        if kind == "text/dns" {
            return;
        }
        match record.field("warc-type").unwrap_or("").to_ascii_lowercase().as_str() {
            "warcinfo" | "request" | "metadata" => {}
            "response" if stated.to_ascii_lowercase().contains("http") => self.response(record, block, each),
            _ if is_about_another(record) => self.pass("records about the crawl"),
            "response" | "resource" | "conversion" => {
                self.document(record, &Payload { kind: &kind, charset: charset.as_deref(), bytes: block }, each);
            }
            "revisit" => self.revisit(record, block, each),
            "continuation" => {
                self.problem(record, "a record in several segments, which are not joined; fetch the page again", each);
            }
            _ => self.pass("records of an unknown type"),
        }
    }

    fn response(&mut self, record: &Record, block: &[u8], each: Each<'_>) {
        let Some(response) = http::response(block) else {
            return self.problem(record, "not a response of HTTP; fetch the page again", each);
        };
        let (kind, charset) = http::media(response.field("content-type").unwrap_or(""));
        let status = response.status;
        match status {
            _ if !is_document(record, &kind) => return self.pass(&kind),
            304 => return self.pass("pages that had not changed"),
            300..400 => return self.pass("redirects"),
            206 => return self.problem(record, "HTTP 206, a part of a page; fetch the whole page", each),
            200..300 => {}
            _ => {
                return self.problem(
                    record,
                    &format!("HTTP {status}, an error page; fetch it again if it exists"),
                    each,
                );
            }
        }
        match response.payload() {
            Ok(bytes) => {
                self.document(record, &Payload { kind: &kind, charset: charset.as_deref(), bytes: &bytes }, each);
            }
            Err(reason) => self.problem(record, &format!("{reason}; fetch the page again"), each),
        }
    }

    fn document(&mut self, record: &Record, payload: &Payload<'_>, each: Each<'_>) {
        if !is_document(record, payload.kind) {
            return self.pass(payload.kind);
        }
        if let Some(why) = record.field("warc-truncated") {
            return self.problem(record, &format!("cut off when it was captured ({why}); fetch the page again"), each);
        }
        let origin = Origin { url: record.address(), charset: payload.charset, ..self.origin };
        let format = match sniff(crate::name(origin), payload.bytes) {
            // A server knows what a scrap of markup is when its first bytes do not tell.
            Format::Text if payload.kind.contains("html") => Format::Html,
            format => format,
        };
        match format {
            Format::Empty => return self.pass("empty bodies"),
            Format::Binary(what) => return self.pass(what),
            Format::Xml => return self.pass("XML of other kinds"),
            _ => {}
        }
        let mut found = Vec::new();
        let mut keep = |page: Result<Page, Problem>| {
            let page = page.map(|page| captured(record, page)).map_err(|problem| placed(origin, record, problem));
            match format {
                // Only when all is read it is known whether there is a report at all.
                Format::Json | Format::Lines => found.push(page),
                _ => each(page),
            }
        };
        read_payload(origin, format, payload.bytes, &mut keep);
        match found.iter().any(Result::is_ok) {
            true => found.into_iter().for_each(each),
            false if !found.is_empty() => self.pass("JSON that is no report"),
            false => {}
        }
    }

    fn revisit(&mut self, record: &Record, block: &[u8], each: Each<'_>) {
        let headers = http::response(block);
        let kind = headers.as_ref().and_then(|response| response.field("content-type")).map(http::media);
        let kind = kind.map(|(kind, _)| kind).unwrap_or_default();
        if !is_document(record, &kind) {
            return self.pass(&kind);
        }
        let same = record.field("warc-refers-to-target-uri").map_or(record.address().unwrap_or("another"), bare);
        let when = record.field("warc-refers-to-date").map_or("before".to_owned(), |date| format!("captured {date}"));
        self.problem(record, &format!("the same page as {same}, {when}; counted once"), each);
    }

    fn damaged(&mut self, record: &Record, why: &str, each: Each<'_>) {
        self.damages += 1;
        if self.damages > MOST_DAMAGES {
            return self.pass("more damaged places");
        }
        self.problem(record, why, each);
    }

    fn problem(&self, record: &Record, reason: &str, each: Each<'_>) {
        each(Err(placed(self.origin, record, Problem::of_path(self.origin.path, reason))));
    }

    fn pass(&mut self, kind: &str) {
        let kind = if kind.is_empty() { "of no stated type" } else { kind };
        let is_full = self.passed.len() >= MOST_KINDS && !self.passed.contains_key(kind);
        *self.passed.entry(if is_full { "other kinds" } else { kind }.to_owned()).or_default() += 1;
    }

    fn end(self, each: Each<'_>) {
        if self.passed.is_empty() {
            return;
        }
        let counts: Vec<String> = self.passed.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        each(Err(Problem::of_path(
            self.origin.path,
            format!("passed over, being no documents: {}", counts.join(", ")),
        )));
    }
}

fn read_payload(origin: Origin<'_>, format: Format, bytes: &[u8], each: Each<'_>) {
    let mut input = bytes;
    let read = match format {
        Format::Gzip | Format::Zstd | Format::Lines => crate::stream(origin, &mut input, each),
        Format::Warc => read(Origin { depth: origin.depth + 1, ..origin }, &mut input, each),
        _ => document::read(origin, format, &mut input, each),
    };
    if let Err(error) = read {
        each(Err(Problem::of_path(origin.path, format!("cannot be read ({error})"))));
    }
}

fn is_document(record: &Record, kind: &str) -> bool {
    let path = record.address().unwrap_or("").split(['?', '#']).next().unwrap_or("");
    !NO_DOCUMENT.iter().any(|other| kind.starts_with(other)) && !path.ends_with("/robots.txt")
}

/// Tells crawlers' notes (`metadata://…`) and what they drew from a page that is here anyway (`urn:text:https://…`).
fn is_about_another(record: &Record) -> bool {
    let address = record.address().unwrap_or("").to_ascii_lowercase();
    address.starts_with("metadata:") || address.starts_with("urn:") && address.contains(":http")
}

/// Says when a page was captured, which is not when it was published.
fn captured(record: &Record, mut page: Page) -> Page {
    if let Some(date) = record.field("warc-date") {
        page.extra.entry("captured").or_insert_with(|| Value::String(date.to_owned()));
    }
    page
}

/// Says which record of an archive a problem is about.
fn placed(origin: Origin<'_>, record: &Record, problem: Problem) -> Problem {
    let what = record.address().unwrap_or("a record");
    let reason = format!("{what} (at byte {}): {}", record.at, problem.reason);
    Problem { path: Some(origin.path.to_owned()), id: problem.id, reason }
}
