//! As servers write it, honest ones and others.

use std::time::{Duration, SystemTime};

use super::{LONGEST, fresh_for, retry_after};

fn now() -> SystemTime {
    httpdate::parse_http_date("Sun, 22 Nov 2026 10:00:00 GMT").unwrap()
}

fn secs(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

#[test]
fn waiting_in_seconds_and_to_a_date() {
    for (value, expected) in [
        ("120", secs(120)),
        (" 0 ", secs(0)),
        ("Sun, 22 Nov 2026 10:05:00 GMT", secs(300)),
        ("Sunday, 22-Nov-26 10:05:00 GMT", secs(300)),
        ("Sun Nov 22 10:05:00 2026", secs(300)),
        ("Sun, 22 Nov 2020 10:05:00 GMT", secs(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(LONGEST)),
        ("99999999999999999999999999", Some(LONGEST)),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
        ("\u{0663}", None),
    ] {
        assert_eq!(retry_after(value, now()), expected, "{value}");
    }
}

#[test]
fn freshness() {
    for (cache_control, expires, age, expected) in [
        (None, None, None, None),
        (Some("public"), None, None, None),
        (Some("public, Max-Age=600"), None, None, secs(600)),
        (Some("max-age=\"600\""), None, Some("100"), secs(500)),
        (Some("max-age=600"), None, Some("9000"), secs(0)),
        (Some("max-age=600, no-cache"), None, None, secs(0)),
        (Some("No-Store"), None, None, secs(0)),
        (Some("max-age=soon"), None, None, secs(0)),
        (Some("max-age=60, max-age=6000"), None, None, secs(60)),
        (Some("max-age=99999999999999999999"), None, None, Some(LONGEST)),
        (Some("max-age=60"), Some("Sun, 22 Nov 2026 12:00:00 GMT"), None, secs(60)),
        (Some("private"), Some("Sun, 22 Nov 2026 12:00:00 GMT"), None, secs(7_200)),
        (None, Some("0"), None, secs(0)),
        (None, Some("Sun, 22 Nov 2020 12:00:00 GMT"), Some("x"), secs(0)),
        (Some("s-maxage=60"), None, None, None),
    ] {
        assert_eq!(fresh_for(cache_control, expires, age, now()), expected, "{cache_control:?} {expires:?} {age:?}");
    }
}
