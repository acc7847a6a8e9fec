//! Bytes to Unicode: byte order mark, valid UTF-8, declared charset, then a guess.

use encoding_rs::Encoding;
use variorum_text::nfc;

/// Returns the text of bytes in NFC with `\n` line ends.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    let text = unicode(bytes, declared);
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    nfc(&text).into_owned()
}

fn unicode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // The escape sequences of this charset are valid UTF-8 too, so only its declaration tells.
    let escaped = declared == Some(encoding_rs::ISO_2022_JP) && bytes.contains(&0x1b);
    match std::str::from_utf8(bytes) {
        Ok(text) if !escaped => text.to_owned(),
        _ if is_mostly_utf8(bytes) => mixed(bytes),
        _ => {
            let usable = declared.filter(|encoding| *encoding != encoding_rs::UTF_8);
            usable.unwrap_or_else(|| guess(bytes)).decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

/// Returns UTF-16 where the bytes of one parity are nearly all zero, as they are in text of Europe without a mark.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 7 / 10;
    match (even > most, odd > most) {
        (true, false) if odd * 20 < even => Some(encoding_rs::UTF_16BE),
        (false, true) if even * 20 < odd => Some(encoding_rs::UTF_16LE),
        _ => None,
    }
}

/// Tells whether bytes are UTF-8 with some foreign bytes between, as when pages of two charsets were joined.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += chunk.invalid().len();
    }
    good > 0 && good >= bad
}

/// Reads each run in its own charset: UTF-8 where it is valid, Windows-1252 between.
fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// Returns the charset that a page declares in its first kilobytes, or an XML document in its first line.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let of_xml = declaration.and_then(|(declaration, _)| stated(declaration, "encoding"));
    of_xml.or_else(|| stated(&head, "charset"))
}

fn stated(head: &str, name: &str) -> Option<String> {
    let at = head.find(name)? + name.len();
    let value = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// Returns the name of a report made from its bytes: the same bytes give the same name everywhere.
pub(crate) fn name_of(bytes: &[u8]) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes))
}

#[cfg(test)]
mod tests {
    use super::{declared, decode};

    const SENTENCE: &str = "Der Fährmann überquerte die Förde früh am Morgen, während die Zöllner schliefen.";

    #[test]
    fn charsets_of_one_sentence() {
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(SENTENCE);
        let wide: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE], wide.as_slice()].concat();
        let utf8 = ["\u{feff}".as_bytes(), SENTENCE.as_bytes()].concat();
        for bytes in [SENTENCE.as_bytes(), &latin, &wide, &big, &marked, &utf8] {
            assert_eq!(decode(bytes, None), SENTENCE);
        }
    }

    #[test]
    fn a_declared_charset_is_believed_where_the_bytes_are_not_utf_8() {
        let (polish, ..) = encoding_rs::ISO_8859_2.encode("Żółć");
        assert_eq!(decode(&polish, Some("iso-8859-2")), "Żółć");
        assert_eq!(decode("Żółć".as_bytes(), Some("iso-8859-2")), "Żółć");
        assert_eq!(declared(b"<html><meta charset=\"ISO-8859-2\">").as_deref(), Some("iso-8859-2"));
        assert_eq!(declared(b"<meta content='text/html; charset=big5'>").as_deref(), Some("big5"));
        assert_eq!(declared(b"<?xml version='1.0' encoding = 'windows-1251' ?><rss>").as_deref(), Some("windows-1251"));
    }

    #[test]
    fn two_charsets_in_one_file() {
        let mut bytes = "Málaga café naïve\n".as_bytes().to_vec();
        bytes.extend(b"caf\xe9 closed\n");
        assert_eq!(decode(&bytes, None), "Málaga café naïve\ncafé closed\n");
    }

    #[test]
    fn line_ends_and_accents_have_one_form() {
        assert_eq!(decode("a\r\nb\rc e\u{301}".as_bytes(), None), "a\nb\nc é");
    }
}
