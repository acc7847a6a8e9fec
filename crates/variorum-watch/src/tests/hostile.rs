//! What feeds do that want to be taken for others, or to harm.

use variorum_store::Health;

use super::{HOUR, NOW, Reply, Server, room, rss, words};
use crate::Pages;

const DAY: i64 = 24 * HOUR;

#[test]
fn no_feed_replaces_the_report_of_another() {
    let server = Server::start(|asked| {
        let port = asked.path.trim_start_matches(|c: char| !c.is_ascii_digit());
        let (which, port) = port.split_once('/').unwrap_or(("1", port));
        let link = format!("http://127.0.0.1:{port}/ferry");
        let text = words(if which == "1" { "True words." } else { "Other words." });
        Reply::ok(rss("Herald", &[("Ferry", &link, &text)]))
    });
    let room = room(Pages::No);
    let port = server.port;
    let own = room.add(&server.at("127.0.0.1", &format!("/1/{port}")));
    let other = room.add(&server.at("127.0.0.2", &format!("/2/{port}")));
    room.check(other, NOW);
    room.check(own, NOW + 60);
    room.check(other, NOW + 2 * HOUR);
    let reports = room.reports();
    assert_eq!(reports.len(), 2);
    let of =
        |outlet: &str| reports.iter().find(|report| report.outlet.as_deref().is_some_and(|name| name.contains(outlet)));
    assert!(of("127.0.0.1").unwrap().text.starts_with("True words."));
    let foreign = of("127.0.0.2").unwrap();
    assert!(foreign.text.starts_with("Other words.") && foreign.extra["feed_host"] == format!("127.0.0.2:{port}"));
    assert_ne!(of("127.0.0.1").unwrap().id, foreign.id);
}

#[test]
fn the_same_guid_without_an_address_is_two_reports_in_two_feeds() {
    let server = Server::start(|_| Reply::ok(rss("Herald", &[("Ferry", "", &words("One."))])));
    let room = room(Pages::No);
    for host in ["127.0.0.1", "127.0.0.2"] {
        room.check(room.add(&server.at(host, "/feed")), NOW);
    }
    assert_eq!(room.reports().len(), 2);
}

#[test]
fn an_item_that_claims_to_be_older_than_the_last_look_is_told() {
    let server = Server::start(|asked| {
        let dated = |title: &str, date: &str| {
            format!(
                "<item><title>{title}</title><pubDate>{date}</pubDate><description>{}</description></item>",
                words(title)
            )
        };
        let first = dated("First", "Thu, 05 Mar 2026 07:00:00 GMT");
        // Two days later: one item of now, one that claims to be older than the first.
        let more = dated("Honest", "Sat, 07 Mar 2026 08:00:00 GMT") + &dated("Thief", "Mon, 02 Mar 2026 08:00:00 GMT");
        let items = if asked.etag.is_some() { first + &more } else { first };
        Reply::ok(format!("<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>"))
            .with("ETag", "\"1\"")
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    room.check(n, NOW);
    let source = room.check(n, NOW + 2 * DAY);
    assert_eq!(source.health(NOW + 2 * DAY), Health::Odd);
    assert!(source.sentence(NOW).contains("One new item claims to be older"), "{}", source.sentence(NOW));
    let reports = room.reports();
    let of = |title: &str| reports.iter().find(|report| report.title.as_deref() == Some(title)).unwrap();
    // What was there at the first look may have been there for long; the others appeared between the two.
    assert_eq!(of("First").first_seen(), None);
    for title in ["Honest", "Thief"] {
        assert_eq!(of(title).extra["unseen"], "2026-03-05T08:40:00Z");
        assert_eq!(of(title).first_seen(), Some("2026-03-07T08:40:00Z"));
    }
    // The claim stands as it is; that it was not there then stands beside it.
    assert_eq!(of("Thief").published.as_deref(), Some("2026-03-02T08:00:00Z"));
    assert!(of("Thief").notes.iter().any(|note| note.note.contains("was not in the feed")));
}

#[test]
fn a_publisher_that_an_item_names_is_its_source_and_not_its_outlet() {
    let server = Server::start(|_| {
        let item = format!(
            "<item><title>Ferry</title><source url='https://herald.example/'>Delmare Herald</source><description>{}</description></item>",
            words("One.")
        );
        Reply::ok(format!("<rss version='2.0'><channel><title>Delmare Herald</title>{item}</channel></rss>"))
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let source = room.check(n, NOW);
    assert_eq!(source.outlet.as_deref(), Some("Delmare Herald (127.0.0.1)"));
    assert_eq!(room.reports()[0].outlet.as_deref(), Some("Delmare Herald (127.0.0.1)"));
}

#[test]
fn the_honest_feed_with_a_hundred_thousand_entities_passes() {
    let server = Server::start(|_| {
        let text = "Fish &amp; chips &#8212; ".repeat(55_603);
        let items: String = (0..10)
            .map(|n| format!("<item><title>Ferry {n}</title><link>http://127.0.0.1/{n}</link><description>{}</description></item>", words("One.")))
            .collect();
        let feed = format!(
            "<rss version='2.0'><channel><title>Herald</title><item><title>Long</title><description>{text}</description></item>{items}</channel></rss>"
        );
        Reply::ok(feed)
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let source = room.check(n, NOW);
    assert_eq!((source.items, source.seen, source.kept), (11, 11, 11), "{:?}", source.problem);
}

#[test]
fn what_is_no_feed_is_named() {
    let bodies: [(&str, &[u8], &str); 7] = [
        ("/page", b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        ("/empty", b"", "with nothing"),
        ("/pdf", b"%PDF-1.7 ...", "a PDF"),
        ("/opml", b"<opml version='2.0'><body/></opml>", "a list of feeds"),
        (
            "/bomb",
            b"<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>",
            "",
        ),
        ("/cut", b"<rss><channel><title>A</title><item><title>One</title></item><item><title>Tw", "cut off"),
        ("/text", b"no feed at all", "plain text"),
    ];
    let served = bodies;
    let server = Server::start(move |asked| {
        let body = served.iter().find(|(path, _, _)| *path == asked.path).map(|(_, body, _)| *body);
        body.map_or_else(|| Reply::of(404), Reply::ok)
    });
    let room = room(Pages::No);
    for (path, _, expected) in bodies {
        let source = room.check(room.add(&server.at("127.0.0.1", path)), NOW);
        let sentence = source.sentence(NOW);
        assert!(sentence.contains(expected), "{path}: {sentence}");
        assert_eq!(source.failing.is_some(), path != "/bomb", "{path}: {sentence}");
        assert_eq!(source.etag, None);
    }
}
