//! Where one goes after logging in: to a page of ours, whatever the address says.

use url::Url;

use crate::address::decode;

/// The longest address that is kept.
const LONGEST: usize = 2_000;

/// Returns the path to which one may be led, or the front page.
///
/// A browser takes `//host`, `/\host` and the same with tabs and line ends in it for another server; what is encoded is
/// looked at as it is decoded too, so that nobody further on decodes it into one of these.
pub fn ours(next: &str) -> &str {
    let decoded = decode(next);
    let is_ours = next.len() <= LONGEST
        && is_path(next)
        && decoded.as_deref().is_some_and(is_path)
        && stays(next)
        && !["/login", "/logout"].contains(&next.split(['?', '#']).next().unwrap_or(""));
    if is_ours { next } else { "/" }
}

fn is_path(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or("");
    text.starts_with('/')
        && !path.contains("//")
        && !path.contains("/.")
        && !text.contains('\\')
        && !text.chars().any(|c| c.is_control() || c.is_whitespace() && c != ' ')
}

/// As browsers read addresses.
fn stays(next: &str) -> bool {
    let Ok(base) = Url::parse("http://desk.invalid/login") else { return false };
    base.join(next).is_ok_and(|to| to.origin() == base.origin() && to.username().is_empty())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::ours;

    #[test]
    fn our_own_pages_are_led_to() {
        for path in [
            "/",
            "/story/s1",
            "/search?q=ferry%20fog&order=new",
            "/report/a%2Eb",
            "/?cursor=00",
            "/saved#n",
            "/search?q=a//b",
        ] {
            assert_eq!(ours(path), path);
        }
    }

    #[test]
    fn an_open_redirect_leads_home() {
        for odd in [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "evil.example",
            " //evil.example",
            "/%2Fevil.example",
            "/%5Cevil.example",
            "/%09/evil.example",
            "%2F%2Fevil.example",
            "/..//evil.example",
            "/%2e%2e//evil.example",
            "/\u{a0}/x",
            "/%0d%0aset-cookie:%20a=b",
            "/login",
            "/logout",
            "/login?next=/login",
            "/%",
            "/%ff",
            "///evil.example",
            "/.//evil.example",
        ] {
            assert_eq!(ours(odd), "/", "{odd:?}");
        }
    }

    /// All words of up to four pieces that somebody might try.
    #[test]
    fn no_words_lead_to_another_server() {
        let pieces = [
            "/",
            "\\",
            "\t",
            "\n",
            "%2f",
            "%5C",
            "%09",
            "evil.example",
            "http:",
            "@",
            ".",
            "..",
            "?",
            "#",
            "%2e",
            "\u{2028}",
            ":80",
            "a",
        ];
        let base = Url::parse("https://news.example/login").unwrap();
        let mut words = vec![String::new()];
        for _ in 0..4 {
            words = words.iter().flat_map(|word| pieces.iter().map(move |piece| format!("{word}{piece}"))).collect();
            for word in &words {
                let to = ours(word);
                assert!(to.starts_with('/') && to.is_ascii() | !to.contains('\u{2028}'), "{word:?}");
                assert_eq!(base.join(to).unwrap().origin(), base.origin(), "{word:?}");
                let twice = crate::address::decode(to).unwrap();
                assert_eq!(base.join(&twice).unwrap().origin(), base.origin(), "{word:?}");
            }
        }
    }
}
