//! Bytes to Unicode: byte order mark, valid UTF-8, what the server or the page declares, then a guess.

use encoding_rs::Encoding;
use variorum_text::nfc;

/// How much of a page is searched for its declaration; the standard has 1,024 bytes, pages put it later.
const PRESCAN: usize = 4096;

/// Returns the text of bytes in NFC with `\n` line ends.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    tidy(unicode(bytes, &[declared]))
}

/// Returns the text of a web page: the server's word comes before the page's own (HTML, "determining the character
/// encoding"), unless the bytes show that the server is wrong.
pub(crate) fn decode_page(bytes: &[u8], header: Option<&str>) -> String {
    let (meta, xml) = (declared(bytes), declared_xml(bytes));
    tidy(unicode(bytes, &[header, meta.as_deref(), xml.as_deref()]))
}

/// Returns the text of an XML document: the server's word comes before the declaration's (RFC 7303).
pub(crate) fn decode_xml(bytes: &[u8], header: Option<&str>) -> String {
    tidy(unicode(bytes, &[header, declared_xml(bytes).as_deref()]))
}

fn tidy(text: String) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    nfc(&text).into_owned()
}

fn unicode(bytes: &[u8], labels: &[Option<&str>]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let declared: Vec<&Encoding> = labels.iter().flatten().filter_map(|label| usable(label)).collect();
    // The escape sequences of this charset are valid UTF-8 too, so only its declaration tells.
    let escaped = declared.first() == Some(&encoding_rs::ISO_2022_JP) && bytes.contains(&0x1b);
    match std::str::from_utf8(bytes) {
        Ok(text) if !escaped => text.to_owned(),
        _ if is_mostly_utf8(bytes) => mixed(bytes),
        _ => best(bytes, &declared),
    }
}

/// Returns the charset of a label, where bytes that are not UTF-8 can be read in it.
///
/// UTF-7 and the charsets of the "replacement" have no reader: what they hide from filters stays as harmless as it was.
fn usable(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    if encoding == encoding_rs::X_USER_DEFINED {
        return Some(encoding_rs::WINDOWS_1252);
    }
    (encoding != encoding_rs::UTF_8 && encoding != encoding_rs::REPLACEMENT).then_some(encoding)
}

/// Reads bytes in the first declared charset that fits them, and in the likeliest where none does.
fn best(bytes: &[u8], declared: &[&'static Encoding]) -> String {
    let guess = guess(bytes);
    let mut fitting: Vec<(&Encoding, String)> =
        declared.iter().filter_map(|encoding| Some((*encoding, fit(encoding, bytes)?))).collect();
    // Servers state a default without looking; where the bytes side with the page, the page is right.
    let agreed = fitting.iter().position(|(encoding, _)| *encoding == guess).unwrap_or(0);
    if agreed < fitting.len() {
        return fitting.swap_remove(agreed).1;
    }
    guess.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns bytes as text, unless more than a few of them have no place in the charset.
fn fit(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    if is_wide && !text.contains([' ', '\n', '<']) {
        return None;
    }
    if is_damaged {
        let odd = text.chars().filter(|c| *c == '\u{fffd}').count();
        let foreign = text.chars().filter(|c| !c.is_ascii()).count();
        // A few letters that the maker of a page added to its charset cost no more than themselves.
        if odd * 30 > foreign {
            return None;
        }
    }
    Some(text.into_owned())
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

/// Returns the charset that a page declares in a `meta` of its first kilobytes, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = beginning(bytes);
    let mut rest = head.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.split_once("-->").map_or("", |(_, tail)| tail);
            continue;
        }
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        if tag.starts_with("<meta")
            && let Some(label) = assigned(tag, "charset")
        {
            return Some(label);
        }
        rest = &rest[1..];
    }
    None
}

/// Returns the charset that an XML declaration names, in lower case.
fn declared_xml(bytes: &[u8]) -> Option<String> {
    let head = beginning(bytes);
    let declaration = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).strip_prefix("<?xml")?;
    assigned(declaration.split_once("?>")?.0, "encoding")
}

fn beginning(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase()
}

/// Returns the label behind a name and an equals sign, quoted or not.
fn assigned(tag: &str, name: &str) -> Option<String> {
    tag.match_indices(name).find_map(|(at, _)| {
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.'));
        let label = &value[..end.unwrap_or(value.len())];
        (!label.is_empty()).then(|| label.to_owned())
    })
}

/// Returns the name of a report made from its bytes: the same bytes give the same name everywhere.
pub(crate) fn name_of(bytes: &[u8]) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes))
}

#[cfg(test)]
mod tests {
    use encoding_rs::Encoding;

    use super::{declared, declared_xml, decode, decode_page, is_mostly_utf8, usable, wide};

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

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        let (bytes, _, is_damaged) = Encoding::for_label(label.as_bytes()).expect("a charset").encode(text);
        assert!(!is_damaged, "{label}");
        bytes.into_owned()
    }

    #[test]
    fn what_nobody_declared_is_guessed() {
        for (label, text) in [
            ("gb18030", "渡轮清晨驶离港口，海关人员还在睡觉。市长说，修桥需要三个月，居民必须绕行。"),
            (
                "shift_jis",
                "フェリーは早朝に港を出た。税関の職員はまだ眠っていた。市長は橋の修理に三か月かかると述べた。",
            ),
            ("euc-kr", "여객선은 이른 아침 항구를 떠났다. 시장은 다리를 고치는 데 석 달이 걸린다고 말했다."),
            ("big5", "渡輪清晨駛離港口，海關人員還在睡覺。市長說，修橋需要三個月，居民必須繞行。"),
            ("koi8-r", "Паром вышел из гавани рано утром. Мэр сказал, что мост будут чинить три месяца."),
            ("windows-1251", "Паром вышел из гавани рано утром. Мэр сказал, что мост будут чинить три месяца."),
            (
                "windows-1256",
                "غادرت العبارة الميناء في الصباح الباكر. وقال رئيس البلدية إن إصلاح الجسر يستغرق ثلاثة أشهر.",
            ),
            ("windows-1255", "המעבורת יצאה מהנמל מוקדם בבוקר. ראש העיר אמר שתיקון הגשר יימשך שלושה חודשים."),
            (
                "iso-8859-2",
                "Prom wypłynął z portu wcześnie rano. Burmistrz powiedział, że naprawa mostu zajmie trzy miesiące.",
            ),
            ("iso-8859-7", "Το πλοίο έφυγε από το λιμάνι νωρίς το πρωί. Ο δήμαρχος είπε ότι η γέφυρα θα κλείσει."),
            (
                "iso-8859-9",
                "Feribot sabah erkenden limandan ayrıldı. Belediye başkanı köprünün üç ayda onarılacağını söyledi.",
            ),
        ] {
            assert_eq!(decode(&encoded(text, label), None), text, "{label}");
        }
    }

    #[test]
    fn the_server_is_believed_before_the_page_unless_the_bytes_side_with_the_page() {
        let text = "<meta charset=LABEL><p>Паром вышел из гавани рано утром. Мэр сказал, что мост будут чинить.</p>";
        let page = |label: &str| text.replace("LABEL", label);
        let bytes = |stated: &str, real: &str| encoded(&page(stated), real);
        for (header, meta, real) in [
            (Some("windows-1251"), "iso-8859-1", "windows-1251"),
            (Some("iso-8859-1"), "windows-1251", "windows-1251"),
            (Some("utf-8"), "koi8-r", "koi8-r"),
            (Some("shift_jis"), "windows-1251", "windows-1251"),
            (None, "windows-1251", "windows-1251"),
            (Some("utf-7"), "utf-7", "koi8-r"),
            (Some("iso-2022-kr"), "replacement", "windows-1251"),
            (Some("utf-16"), "windows-1251", "windows-1251"),
        ] {
            assert_eq!(decode_page(&bytes(meta, real), header), page(meta), "{header:?} {meta} {real}");
        }
    }

    #[test]
    fn utf_7_is_never_read() {
        assert_eq!(decode_page(b"+ADw-script+AD4-", Some("utf-7")), "+ADw-script+AD4-");
        assert_eq!(usable("utf-7"), None);
    }

    #[test]
    fn declarations_in_their_places() {
        let of = |bytes: &str| declared(bytes.as_bytes());
        assert_eq!(of("<script charset='utf-8'></script><meta charset=windows-1251>").as_deref(), Some("windows-1251"));
        assert_eq!(of("<!-- <meta charset=big5> --><META CHARSET='KOI8-R'>").as_deref(), Some("koi8-r"));
        let late = format!("<title>{}</title><meta charset=big5>", "x".repeat(3_000));
        assert_eq!(of(&late).as_deref(), Some("big5"));
        assert_eq!(of("<meta name=charset content=none><p>charset=big5"), None);
        assert_eq!(declared_xml(b"<?xml version='1.0' encoding=\"ISO-8859-2\"?><html>").as_deref(), Some("iso-8859-2"));
        assert_eq!(declared_xml(b"<html encoding='x'>"), None);
    }

    #[test]
    fn utf_16_of_the_far_east_needs_the_server() {
        let text = "<p>渡轮清晨驶离港口，海关人员还在睡觉。</p>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_page(&bytes, Some("utf-16le")), text);
    }

    const LEGACY: &[&str] = &[
        "gb18030",
        "gbk",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "ibm866",
        "iso-8859-2",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-15",
        "windows-874",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
    ];

    proptest::proptest! {
        #[test]
        fn what_is_declared_comes_back(
            which in 0..LEGACY.len(),
            bytes in proptest::collection::vec(0x20u8.., 4..80),
        ) {
            let encoding = Encoding::for_label(LEGACY[which].as_bytes()).expect("a charset");
            let text = encoding.decode_without_bom_handling(&bytes).0.replace(['\u{fffd}', '\r'], "");
            let (bytes, _, is_damaged) = encoding.encode(&text);
            // Bytes that are UTF-8 are read as UTF-8, whatever is declared.
            let is_told = !is_damaged
                && std::str::from_utf8(&bytes).is_err()
                && !is_mostly_utf8(&bytes)
                && wide(&bytes).is_none()
                && Encoding::for_bom(&bytes).is_none();
            if is_told {
                proptest::prop_assert_eq!(decode(&bytes, Some(LEGACY[which])), variorum_text::nfc(&text).into_owned());
            }
        }

        #[test]
        fn any_bytes_are_text(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), which in 0..LEGACY.len()) {
            decode_page(&bytes, Some(LEGACY[which]));
        }
    }
}
