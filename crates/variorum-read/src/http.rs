//! A response as it went over the wire (RFC 9112): status, fields, and the body without its codings.

use std::borrow::Cow;
use std::io::Read;

use crate::MOST_LISTING;

/// The response of a server.
pub(crate) struct Response<'a> {
    /// Its status, as 200.
    pub status: u16,
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

/// Returns the response that bytes hold, if they begin with one.
pub(crate) fn response(bytes: &[u8]) -> Option<Response<'_>> {
    let (line, rest) = line(bytes);
    let status = line.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let (fields, body) = fields(rest);
    Some(Response { status, fields, body })
}

/// Returns the named fields at the beginning of bytes, up to an empty line, and what follows.
///
/// A line that begins with white space continues the one before, as old writers had it.
pub(crate) fn fields(mut bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    while !bytes.is_empty() {
        let (line, rest) = line(bytes);
        bytes = rest;
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    (fields, bytes)
}

/// Returns the first field of a name in lower case.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Returns the media type in lower case, and the charset, of a `Content-Type`.
pub(crate) fn media(stated: &str) -> (String, Option<String>) {
    let (kind, parameters) = stated.split_once(';').unwrap_or((stated, ""));
    let charset = parameters.split(';').filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (kind.trim().to_ascii_lowercase(), charset)
}

fn line(bytes: &[u8]) -> (Cow<'_, str>, &[u8]) {
    let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    (String::from_utf8_lossy(line), &bytes[(end + 1).min(bytes.len())..])
}

impl<'a> Response<'a> {
    /// Returns a field by its name in lower case.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// Returns the body without the codings that it was sent with, or why that cannot be done.
    ///
    /// Many archives keep the fields of codings that they took off, so a coding counts where the bytes show it.
    pub(crate) fn payload(&self) -> Result<Cow<'a, [u8]>, String> {
        let mut body = Cow::Borrowed(self.body);
        if self.field("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
            && let Some(joined) = unchunked(self.body)?
        {
            body = Cow::Owned(joined);
        }
        let codings = self.field("content-encoding").unwrap_or("").to_ascii_lowercase();
        for coding in codings.split(',').map(str::trim).rev() {
            if let Some(plain) = uncoded(coding, &body)? {
                body = Cow::Owned(plain);
            }
        }
        Ok(body)
    }
}

/// Returns a body without its chunks; none where it has none any more.
fn unchunked(body: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut is_first = true;
    loop {
        let (head, after) = line(rest);
        let size = usize::from_str_radix(head.split(';').next().unwrap_or("").trim(), 16);
        match size {
            Ok(0) => return Ok(Some(joined)),
            Ok(size) if size <= after.len() => {
                joined.extend_from_slice(&after[..size]);
                rest =
                    after[size..].strip_prefix(b"\r\n").or(after[size..].strip_prefix(b"\n")).unwrap_or(&after[size..]);
            }
            // A page may begin with a word such as "add" by chance, but not with one and a number that fits.
            _ if is_first => return Ok(None),
            _ => return Err("its last chunk is cut off".to_owned()),
        }
        is_first = false;
    }
}

/// Returns a body without one coding; none where the bytes show that it was taken off before.
fn uncoded(coding: &str, body: &[u8]) -> Result<Option<Vec<u8>>, String> {
    match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => whole("gzip", flate2::read::GzDecoder::new(body)),
        "deflate" => match whole("deflate", flate2::read::ZlibDecoder::new(body)) {
            // Some servers take "deflate" for the bare stream.
            Err(reason) if looks_packed(body) => {
                whole("deflate", flate2::read::DeflateDecoder::new(body)).or(Err(reason))
            }
            Err(_) => Ok(None),
            plain => plain,
        },
        "br" => match whole("br", brotli_decompressor::Decompressor::new(body, 4096)) {
            Err(_) if !looks_packed(body) => Ok(None),
            plain => plain,
        },
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => match ruzstd::decoding::StreamingDecoder::new(body) {
            Ok(decoder) => whole("zstd", decoder),
            Err(error) => Err(format!("its zstd coding is damaged ({error})")),
        },
        _ => Ok(None),
    }
}

fn whole(coding: &str, decoder: impl Read) -> Result<Option<Vec<u8>>, String> {
    let mut plain = Vec::new();
    match decoder.take(MOST_LISTING as u64 + 1).read_to_end(&mut plain) {
        Err(error) => Err(format!("its {coding} coding is damaged ({error})")),
        Ok(_) if plain.len() > MOST_LISTING => Err(format!("it unpacks to more than {} MiB", MOST_LISTING >> 20)),
        Ok(_) => Ok(Some(plain)),
    }
}

fn looks_packed(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    std::str::from_utf8(head).is_err_and(|error| error.valid_up_to() + 4 < head.len())
}

#[cfg(test)]
mod tests {
    use super::{media, response};

    fn body(head: &str, body: &[u8]) -> Result<String, String> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        let response = response(&bytes).expect("a response");
        response.payload().map(|payload| String::from_utf8_lossy(&payload).into_owned())
    }

    #[test]
    fn fields_and_status() {
        let response =
            response(b"HTTP/1.0 404 Not Found\nContent-Type: text/html;\n charset=\"koi8-r\"\n\nGone").expect("one");
        assert_eq!(response.status, 404);
        assert_eq!(
            media(response.field("content-type").expect("a field")),
            ("text/html".to_owned(), Some("koi8-r".to_owned()))
        );
        assert_eq!(response.body, b"Gone");
        assert!(super::response(b"<html>").is_none());
    }

    #[test]
    fn chunks_are_joined() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(body(chunked, b"9\r\nThe ferry\r\n6;x=y\r\n sank.\r\n0\r\n\r\n").as_deref(), Ok("The ferry sank."));
        assert_eq!(body(chunked, b"The ferry sank.").as_deref(), Ok("The ferry sank."));
        assert!(body(chunked, b"9\r\nThe ferry\r\nff\r\n sank.").is_err());
        assert!(body(chunked, b"9\r\nThe ferry\r\n").is_err());
    }

    #[test]
    fn codings_that_were_taken_off_before_do_no_harm() {
        for coding in ["gzip", "deflate", "br", "zstd", "identity", "unheard-of"] {
            let field = format!("Content-Encoding: {coding}");
            assert_eq!(
                body(&field, "Fähren laufen wieder aus.".as_bytes()).as_deref(),
                Ok("Fähren laufen wieder aus.")
            );
        }
    }

    #[test]
    fn brotli() {
        // An uncompressed meta-block of 16 bytes, then the empty last one (RFC 7932).
        let bytes = [&[0xf0, 0x00, 0x10][..], b"The ferry sank.\n", &[0x03]].concat();
        assert_eq!(body("Content-Encoding: br", &bytes).as_deref(), Ok("The ferry sank.\n"));
    }
}
