//! Steps that need https, without a certificate.

use std::time::Duration;

use url::Url;

use super::{Call, Led, Overflow, Stand, is_inner};
use crate::error::Astray;
use crate::{Error, Get, Limits};

fn step(first: &str, to: &str, headers: &[(&str, &str)], led: Led) -> Result<Stand, Error> {
    let first = Url::parse(first).unwrap();
    let limits = Limits { bytes: 1, time: Duration::from_secs(1) };
    let get = Get { url: first.as_str(), accept: "", etag: None, last_modified: None, headers, limits };
    let call = Call { get, method: ureq::http::Method::GET, sent: None, led, overflow: Overflow::Refused };
    Stand { now: first.clone(), first: first.clone(), been: Vec::new(), is_permanent: true }.step(to, 301, &call)
}

#[test]
fn secrets_are_not_led_from_https_to_http() {
    let is_refused = |first, headers, led| match step(first, "http://herald.example/b", headers, led) {
        Err(Error::Redirect { how: Astray::Downgrade, .. }) => true,
        Err(error) => panic!("{error}"),
        // Whoever sits on the line must not make it last.
        Ok(stand) => stand.moved(200).is_some(),
    };
    assert!(is_refused("https://ada:pass@herald.example/a", &[], Led::On));
    assert!(is_refused("https://herald.example/a", &[("X-Key", "k3y")], Led::On));
    assert!(is_refused("https://herald.example/a", &[], Led::OnSafely));
    assert!(!is_refused("https://herald.example/a", &[], Led::On));
}

#[test]
fn an_address_that_moves_to_https_stays_there() {
    let stand = step("http://herald.example/a", "https://herald.example/a", &[], Led::On).unwrap();
    assert_eq!(stand.moved(200).unwrap().as_str(), "https://herald.example/a");
    // Another origin: the password stays behind.
    let stand = step("http://ada:pass@herald.example/a", "https://herald.example/a", &[], Led::On).unwrap();
    assert_eq!(stand.moved(304).unwrap().as_str(), "https://herald.example/a");
    assert_eq!(stand.moved(404), None);
}

#[test]
fn names_that_only_a_house_knows() {
    for name in ["localhost", "localhost.", "a.localhost", "nas.local", "db.internal", "tv.home.arpa", "wiki"] {
        assert!(is_inner(name), "{name}");
    }
    for name in ["herald.example", "local.example", "notlocalhost.example", "internal.example."] {
        assert!(!is_inner(name), "{name}");
    }
}
