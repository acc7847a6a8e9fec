//! The language of a report.

use whatlang::Lang;

/// This much of a text tells its language; more only takes longer.
const ENOUGH: usize = 1_200;

/// Returns the language of a text as BCP 47, where it is plain.
pub(crate) fn of_text(text: &str) -> Option<String> {
    let end = text.char_indices().nth(ENOUGH).map_or(text.len(), |(at, _)| at);
    let found = whatlang::detect(&text[..end])?;
    found.is_reliable().then(|| short(found.lang())).flatten().map(str::to_owned)
}

/// Returns a language tag in its usual form ("EN_us" is "en-US"), where it is one.
pub(crate) fn tag(stated: &str) -> Option<String> {
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
fn short(lang: Lang) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::{of_text, tag};

    #[test]
    fn plain_languages() {
        let english =
            "The ferry sank at dawn near the harbour wall, and the crew was brought ashore by three fishing boats.";
        assert_eq!(of_text(english).as_deref(), Some("en"));
        assert_eq!(of_text("Ferry"), None);
        assert_eq!(of_text(""), None);
    }

    #[test]
    fn tags() {
        assert_eq!(tag("EN_us").as_deref(), Some("en-US"));
        assert_eq!(tag("zh-Hant-TW").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(tag("English"), None);
    }
}
