//! Bytes to Unicode: byte order mark, valid UTF-8, declared charset, then a guess.

use variorum_text::nfc;

/// Returns the text of bytes in NFC with `\n` line ends.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                let mut guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
                guess.feed(bytes, true);
                guess.guess(None, chardetng::Utf8Detection::Allow).decode(bytes).0.into_owned()
            }
        },
    };
    nfc(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned()
}

/// Returns the name of a report made from its bytes: the same bytes give the same name everywhere.
pub(crate) fn name_of(bytes: &[u8]) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes))
}
