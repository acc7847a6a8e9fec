//! How a source is asked: a week of one feed, and what its answers mean.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use variorum_store::Health;

use super::{HOUR, NOW, Reply, Server, room, rss, words};
use crate::Pages;

const DAY: i64 = 24 * HOUR;

/// One feed for a week, by a clock of its own: it publishes five times a day, fails for an afternoon, asks for peace
/// twice, and sleeps at night.
#[test]
fn a_week_of_one_feed_is_polite() {
    let clock = Arc::new(AtomicI64::new(NOW));
    let seen = clock.clone();
    let server = Server::start(move |asked| {
        let at = seen.load(Ordering::SeqCst) - NOW;
        let (day, hour) = (at / DAY, at % DAY / HOUR);
        match (day, hour) {
            (1, 4..=7) => return Reply::of(500),
            (2, 3) => return Reply::of(429).with("Retry-After", "10800"),
            (4, 6) => return Reply::of(503).with("Retry-After", "21600"),
            _ => {}
        }
        let news = at / (DAY / 5);
        let etag = format!("W/\"{news}\"");
        if asked.etag.as_deref() == Some(&etag) {
            return Reply::of(304).with("ETag", etag);
        }
        let text = words(&format!("Number {news}."));
        let link = format!("http://127.0.0.1/{news}");
        let ttl = if day == 5 { "<ttl>180</ttl>" } else { "" };
        let feed = rss("Delmare Herald", &[(&format!("Ferry {news}"), &link, &text)]);
        Reply::ok(feed.replace("<channel>", &format!("<channel>{ttl}"))).with("ETag", etag)
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let (mut log, mut held) = (Vec::new(), Vec::new());
    for at in (NOW..NOW + 7 * DAY).step_by(60) {
        clock.store(at, Ordering::SeqCst);
        if room.watch.store.read(|view| view.sources_due(at, 10)).unwrap().is_empty() {
            continue;
        }
        let before = server.asked().len();
        let source = room.check(n, at);
        assert_eq!(server.asked().len(), before + 1);
        held.extend(source.held.map(|until| (at, until)));
        let what = match source.health(at) {
            Health::Failing if source.held.is_some() => "held",
            Health::Failing => "failed",
            _ if source.read == Some(at) && source.fresh == Some(at) => "new",
            _ if source.read == Some(at) => "read",
            _ => "304",
        };
        log.push((at, what));
    }
    print_table(&log);
    for day in 0..7 {
        let times = log.iter().filter(|(at, _)| (at - NOW) / DAY == day).count();
        assert!(times <= 24, "{times} requests on day {day}");
    }
    assert!(log.windows(2).all(|pair| pair[1].0 - pair[0].0 >= HOUR), "an hour between two requests, at least");
    assert_eq!(held.len(), 2);
    for (from, until) in held {
        assert!(until - from >= 3 * HOUR);
        assert!(log.iter().all(|(at, _)| *at <= from || *at >= until), "asked between {from} and {until}");
    }
    let count = |word: &str| log.iter().filter(|(_, what)| *what == word).count();
    assert!(count("304") > 60 && count("new") >= 33 && count("failed") >= 2, "{log:?}");
    assert_eq!(room.reports().len(), count("new"));
}

#[allow(clippy::print_stdout, reason = "the week as a table, which the README shows")]
fn print_table(log: &[(i64, &str)]) {
    println!("| day | requests | new | read, nothing new | 304 | failed | asked for peace | first – last |");
    println!("|---|---|---|---|---|---|---|---|");
    for day in 0..7 {
        let of: Vec<&(i64, &str)> = log.iter().filter(|(at, _)| (at - NOW) / DAY == day).collect();
        let n = |word: &str| of.iter().filter(|(_, what)| *what == word).count();
        let time = |at: i64| variorum_store::moment(at).split(", ").nth(1).unwrap_or_default().replace(" UTC", "");
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {} – {} |",
            day + 1,
            of.len(),
            n("new"),
            n("read"),
            n("304"),
            n("failed"),
            n("held"),
            of.first().map(|line| time(line.0)).unwrap_or_default(),
            of.last().map(|line| time(line.0)).unwrap_or_default()
        );
    }
}

#[test]
fn unchanged_after_a_failure_stays_failed_until_a_body_is_read() {
    let clock = Arc::new(AtomicI64::new(0));
    let step = clock.clone();
    let server = Server::start(move |_| match step.load(Ordering::SeqCst) {
        0 | 4 => Reply::ok(rss("Herald", &[("Ferry", "", &words("One."))])).with("ETag", "W/\"one\""),
        1 => Reply::ok("<html><body>Sorry</body></html>").with("ETag", "\"sorry\""),
        2 | 3 => Reply::of(304).with("ETag", "\"sorry\""),
        _ => Reply::of(304),
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let mut at = NOW;
    let mut healths = Vec::new();
    for now in 0..6 {
        clock.store(now, Ordering::SeqCst);
        healths.push(room.check(n, at).health(at));
        at += 2 * DAY;
    }
    use Health::{Failing, Silent, Well};
    assert_eq!(healths, [Well, Failing, Failing, Failing, Silent, Silent]);
    let tags: Vec<Option<String>> = server.asked().into_iter().map(|asked| asked.etag).collect();
    let one = Some("W/\"one\"".to_owned());
    assert_eq!(tags, [None, one.clone(), None, None, None, one], "the tag of a body that was not read is never sent");
    assert_eq!(room.reports().len(), 1);
}

#[test]
fn a_feed_that_is_gone_is_not_asked_again_and_one_that_moved_is_asked_there() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/gone" => Reply::of(410),
        "/old" => Reply::of(301).with("Location", "/new"),
        "/soon" => Reply::of(302).with("Location", "/new"),
        "/missing" => Reply::of(404),
        _ => Reply::ok(rss("Herald", &[("Ferry", "", &words("One."))])),
    });
    let room = room(Pages::No);
    let [gone, old, soon, missing] =
        ["/gone", "/old", "/soon", "/missing"].map(|path| room.add(&server.at("127.0.0.1", path)));
    assert_eq!(room.check(gone, NOW).health(NOW), Health::Gone);
    assert_eq!(room.check(old, NOW).address, server.at("127.0.0.1", "/new"));
    assert_eq!(room.check(soon, NOW).address, server.at("127.0.0.1", "/soon"));
    let lost = room.check(missing, NOW);
    assert!(lost.sentence(NOW).contains("there is nothing at this address (404)"), "{}", lost.sentence(NOW));
    let due = room.watch.store.read(|view| view.sources_due(NOW + 30 * DAY, 10)).unwrap();
    assert!(due.iter().all(|source| source.n != gone));
}

#[test]
fn robots_txt_is_followed_unless_a_person_says_otherwise() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::ok("User-agent: *\nDisallow: /feed\n").with("Content-Type", "text/plain"),
        _ => Reply::ok(rss("Herald", &[("Ferry", "", &words("One."))])),
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let refused = room.check(n, NOW);
    assert!(refused.sentence(NOW).contains("robots.txt does not allow"), "{}", refused.sentence(NOW));
    assert!(server.asked().is_empty());
    room.watch.store.write(move |writing| writing.permit_source(n, Some((NOW, "Ada Orr")))).unwrap();
    assert_eq!(room.check(n, NOW + HOUR).health(NOW), Health::Well);
}
