//! As it is read in a log, and by whoever looks over a shoulder.

use proptest::prelude::*;

use super::shown;

fn check(url: &str, expected: &str) {
    assert_eq!(shown(url), expected);
}

#[test]
fn plain_addresses_stay() {
    for url in [
        "https://herald.example/feed.xml",
        "https://herald.example:8443/a/b?page=2&lang=en",
        "http://[2001:db8::1]:8080/",
        "https://herald.example/2026/11/22/the-ferry-to-karsholm-is-late-again-and-nobody-knows-why",
        "https://herald.example/@ada/feed",
    ] {
        check(url, url);
    }
}

#[test]
fn credentials_and_secrets_are_hidden() {
    check("https://ada:pass@herald.example/feed#s3cret", "https://herald.example/feed");
    check("https://ada@herald.example/", "https://herald.example/");
    check("https://herald.example/feed?token=abc&page=2", "https://herald.example/feed?token=…&page=2");
    check(
        "https://herald.example/?API_KEY=abc&X-Amz-Signature=1",
        "https://herald.example/?API_KEY=…&X-Amz-Signature=…",
    );
    check("https://herald.example/?p%61ss=abc", "https://herald.example/?p%61ss=…");
    check("https://herald.example/feed?0123456789abcdef0123456789abcdef", "https://herald.example/feed?0123…");
    check("https://hooks.example/services/T0Ab/0aB1cD2eF3gH4iJ5kL6m7N8o", "https://hooks.example/services/T0Ab/0aB1…");
    check(
        "https://herald.example/f/3b241101-e2bb-4255-8caf-4136c566a962.xml",
        "https://herald.example/f/3b241101-e2bb-4255-8caf-4136c566a962.xml",
    );
    check("https://herald.example/f/3b241101-e2bb-4255-8caf-4136c566a962", "https://herald.example/f/3b24…");
    check("http:\\\\ada:pass@herald.example", "http://herald.example/");
    check("https://x.example/get/https://ada:pass@herald.example/feed", "https://x.example/get/https://…/feed");
    check("https://x.example/?url=https%3A%2F%2Fada%3Apass%40herald.example", "https://x.example/?url=…");
    check("mailto:ada@herald.example", "mailto:…");
    check("data:text/plain,secret", "data:…");
}

#[test]
fn what_is_no_address_hides_all_that_may_be_secret() {
    check("herald.example/feed", "herald.example/feed");
    check("http://ada:pass@[herald", "http://[herald");
    check("ada:pass@herald.example:x", "ada:…");
    check("http://[x?token=abc", "http://[x…");
    for url in [
        "//ada:s3cret@h",
        "http://ada:s3cret@",
        "http://a b:s3cret@h o/",
        "x@y:s3cret@h:p",
        "http://h:99999/?a=s3cret",
        "http://h:99999/#s3cret",
    ] {
        assert!(!shown(url).contains("s3cret"), "{url} is shown as {}", shown(url));
    }
}

#[test]
fn nothing_steers_the_terminal_and_nothing_is_long() {
    let odd = shown("http://[x\r\n\x1b[2J\u{202e}\u{2028}");
    assert!(!odd.contains(['\r', '\n', '\x1b', '\u{202e}', '\u{2028}']), "{odd:?}");
    assert_eq!(shown(&format!("http://herald.example/{}", "x-y ".repeat(500))).chars().count(), 301);
}

proptest! {
    #[test]
    fn a_password_is_never_shown(user in "[a-z@:/?#]{0,8}", host in "[a-z.\\[\\]%@: ]{0,12}", path in "\\PC{0,20}") {
        for scheme in ["http://", "https:", "//", "ftp://", ""] {
            let url = format!("{scheme}{user}:S3CRETWORD@{host}/{path}");
            // Where it is a path, a name or a port and no password, it may be seen.
            if let Ok(parsed) = url::Url::parse(&url) {
                prop_assert!(parsed.password() != Some("S3CRETWORD") || !shown(&url).contains("S3CRETWORD"), "{url}: {}", shown(&url));
            }
        }
    }

    #[test]
    fn it_is_one_short_line(url in "\\PC{0,400}", odd: Vec<char>) {
        for url in [url, odd.into_iter().collect()] {
            let shown = shown(&url);
            prop_assert!(shown.chars().count() <= 301 && !shown.contains(char::is_control), "{shown:?}");
        }
    }
}
