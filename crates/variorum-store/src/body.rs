//! Values as the bytes that the record holds: JSON, packed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use variorum_news::{Report, ReportId};
use xxhash_rust::xxh3::xxh3_128;

use crate::Error;

/// Level of zstd: below it bodies grow by a fifth, above it they shrink by little and writing halves.
const LEVEL: i32 = 3;
/// No body is larger unpacked; a damaged length must not ask for all memory.
const MOST: usize = 1 << 30;

/// The words of a report as 16 bytes.
pub type Fingerprint = [u8; 16];

/// Returns a value as packed JSON with a checksum.
pub fn pack(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let json = serde_json::to_vec(value).map_err(|e| unreadable("a value", &e))?;
    pack_bytes(&json)
}

/// Returns bytes packed, with a checksum.
pub fn pack_bytes(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    thread_local! {
        /// Making a compressor costs more than a report does.
        static PACKER: std::cell::RefCell<Option<zstd::bulk::Compressor<'static>>> = const { std::cell::RefCell::new(None) };
    }
    PACKER.with_borrow_mut(|kept| {
        if kept.is_none() {
            let mut fresh = zstd::bulk::Compressor::new(LEVEL).map_err(|e| unreadable("a value", &e))?;
            fresh.include_checksum(true).map_err(|e| unreadable("a value", &e))?;
            *kept = Some(fresh);
        }
        let packer = kept.as_mut().expect("it was made just above");
        packer.compress(bytes).map_err(|e| unreadable("a value", &e))
    })
}

/// Returns the value of packed JSON.
pub fn unpack<T: DeserializeOwned>(packed: &[u8], what: impl Fn() -> String) -> Result<T, Error> {
    let json = unpack_bytes(packed, &what)?;
    serde_json::from_slice(&json).map_err(|e| unreadable(what(), &e))
}

/// Returns the bytes that were packed.
pub fn unpack_bytes(packed: &[u8], what: impl Fn() -> String) -> Result<Vec<u8>, Error> {
    let size = zstd::zstd_safe::get_frame_content_size(packed)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| *size <= MOST)
        .ok_or_else(|| unreadable(what(), &"its length is not to be read"))?;
    thread_local! {
        /// Making an unpacker costs as much as two reports do.
        static UNPACKER: std::cell::RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { std::cell::RefCell::new(None) };
    }
    UNPACKER.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = Some(zstd::bulk::Decompressor::new().map_err(|e| unreadable(what(), &e))?);
        }
        let unpacker = kept.as_mut().expect("it was made just above");
        unpacker.decompress(packed, size).map_err(|e| unreadable(what(), &e))
    })
}

fn unreadable(what: impl Into<String>, reason: &dyn std::fmt::Display) -> Error {
    Error::Body { what: what.into(), reason: reason.to_string() }
}

/// Returns the fingerprint of what an outlet says in a report: its words, names and day.
///
/// Where it was found, what was taken out and what was noticed on the way do not count: a page whose advertisements
/// changed is not a page whose words changed.
pub fn fingerprint(report: &Report) -> Fingerprint {
    let mut bytes = Vec::with_capacity(report.text.len() + 256);
    let mut add = |part: Option<&str>| match part {
        Some(part) => {
            bytes.extend_from_slice(&(part.len() as u64 + 1).to_le_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        None => bytes.extend_from_slice(&0_u64.to_le_bytes()),
    };
    add(Some(&report.text));
    for part in [&report.title, &report.standfirst, &report.outlet, &report.published] {
        add(part.as_deref());
    }
    report.byline.iter().for_each(|name| add(Some(name)));
    add(None);
    report.credits.iter().for_each(|credit| add(Some(&credit.text)));
    xxh3_128(&bytes).to_le_bytes()
}

/// Returns a report under another name; its spans follow.
pub fn renamed(mut report: Report, id: &ReportId) -> Report {
    let spans = report.credits.iter_mut().filter_map(|credit| credit.span.as_mut());
    let spans = spans.chain(report.notes.iter_mut().filter_map(|note| note.span.as_mut()));
    for span in spans.filter(|span| span.report == report.id) {
        span.report = id.clone();
    }
    report.id = id.clone();
    report
}
