//! Files that are known before they are fetched.

use sha2::{Digest, Sha256};
use url::Url;

use crate::{Door, Error, Get, Limits, Policy, ask, shown};

/// A file that is known before it is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Where it lies.
    pub url: &'a str,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: &'a str,
}

/// Returns a known file; `arrived` hears how many bytes there are so far.
pub fn download(known: Known, limits: Limits, arrived: impl FnMut(u64)) -> Result<Vec<u8>, Error> {
    let proxy = Url::parse(known.url).ok().and_then(|url| crate::proxy::of_environment(&url));
    download_through(&Door::new(Policy { proxy, ..Policy::default() })?, known, limits, arrived)
}

pub(crate) fn download_through(
    door: &Door,
    known: Known,
    limits: Limits,
    mut arrived: impl FnMut(u64),
) -> Result<Vec<u8>, Error> {
    let get = Get { url: known.url, accept: "", etag: None, last_modified: None, headers: &[], limits };
    let answer = door.get_safely(get, &mut arrived)?;
    if !(200..300).contains(&answer.status) {
        return Err(ask::refused(known.url, answer.status, &answer.body));
    }
    let found = sha256(&answer.body);
    if found != known.sha256 {
        return Err(Error::Checksum { url: shown(known.url), wanted: known.sha256.to_owned(), found });
    }
    Ok(answer.body)
}

/// Returns the SHA-256 of bytes, in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
