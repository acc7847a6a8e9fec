//! Tags of languages, as BCP 47 has them.

use whatlang::Lang;

/// Tells whether two tags name one language, or two that a text does not tell apart.
pub fn is_one_language(a: &str, b: &str) -> bool {
    language_group(a) == language_group(b)
}

/// Returns one tag for the tags of one language, or of languages that a text does not tell apart (`nb` and `nn` give `no`).
pub fn language_group(tag: &str) -> &str {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "no" | "nb" | "nn" => "no",
        "hr" | "sr" | "bs" | "sh" | "cnr" | "me" => "sh",
        "zh" | "yue" | "cmn" => "zh",
        "id" | "ms" | "in" => "ms",
        "he" | "iw" => "he",
        "ro" | "mo" => "ro",
        "tl" | "fil" => "tl",
        "ja" | "jp" => "ja",
        "cs" | "cz" => "cs",
        other => other,
    }
}

/// Returns a language tag in its usual form ("EN_us" is "en-US"), where it is one.
pub fn language_tag(stated: &str) -> Option<String> {
    let mut parts = stated.trim().split(['-', '_']);
    let main = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&main.len()) || !main.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let rest: Vec<String> = parts
        .take(2)
        .filter(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(|part| if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_owned() })
        .collect();
    Some(std::iter::once(main).chain(rest).collect::<Vec<_>>().join("-"))
}

/// ISO 639-1 has two letters where 639-3 has three; BCP 47 wants the shorter.
pub(super) fn short(lang: Lang) -> Option<&'static str> {
    let pairs = "epo eo eng en rus ru cmn zh spa es por pt ita it ben bn fra fr deu de ukr uk kat ka ara ar hin hi jpn ja heb he \
        yid yi pol pl amh am jav jv kor ko nob nb dan da swe sv fin fi tur tr nld nl hun hu ces cs ell el bul bg bel be mar mr kan kn \
        ron ro slv sl hrv hr srp sr mkd mk lit lt lav lv est et tam ta vie vi urd ur tha th guj gu uzb uz pan pa aze az ind id tel te \
        pes fa mal ml ori or mya my nep ne sin si khm km tuk tk aka ak zul zu sna sn afr af lat la slk sk cat ca tgl tl hye hy cym cy";
    let mut words = pairs.split_whitespace();
    while let (Some(long), Some(short)) = (words.next(), words.next()) {
        if long == lang.code() {
            return Some(short);
        }
    }
    None
}
