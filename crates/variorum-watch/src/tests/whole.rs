//! From the feed to the record and the page behind it; lists; a flood.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use variorum_store::{Health, Sources};

use super::{HOUR, NOW, Reply, Server, room, rss, words};
use crate::{Pages, Watching, read_list, sync};

fn page(text: &str) -> Reply {
    let body: String = text.split(". ").map(|sentence| format!("<p>{sentence}.</p>")).collect();
    let html = format!(
        "<!DOCTYPE html><html lang='en'><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{body}</article></body></html>"
    );
    Reply::ok(html).with("Content-Type", "text/html")
}

#[test]
fn pages_of_the_feeds_own_house_are_fetched() {
    let port = Arc::new(AtomicUsize::new(0));
    let at = port.clone();
    let server = Server::start(move |asked| {
        let port = at.load(Ordering::SeqCst);
        let link = |name: &str| format!("http://127.0.0.1:{port}/{name}");
        match asked.path.as_str() {
            "/feed" => Reply::ok(rss(
                "Herald",
                &[
                    ("Ferry", &link("long"), "Two ferries met."),
                    ("Quay", &link("missing"), "The quay is shut."),
                    ("Fog", &link("busy"), "Fog came."),
                ],
            )),
            "/long" => page(&words("Two ferries met in fog.")),
            "/busy" => Reply::of(503).with("Retry-After", "600"),
            _ => Reply::of(404),
        }
    });
    port.store(usize::from(server.port), Ordering::SeqCst);
    let room = room(Pages::Short);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    let source = room.check(n, NOW);
    assert_eq!((source.items, source.kept), (3, 0));
    for hours in [0, 1, 3, 9] {
        room.pages(NOW + hours * HOUR);
    }
    let reports = room.reports();
    let of = |title: &str| reports.iter().find(|report| report.title.as_deref() == Some(title)).unwrap();
    assert!(of("Ferry").text.contains("the ferry would sail again"), "{}", of("Ferry").text);
    assert_eq!(of("Quay").text, "The quay is shut.");
    assert!(of("Quay").notes.iter().any(|note| note.note.contains("answered 404")));
    assert!(of("Fog").notes.iter().any(|note| note.note.contains("answered 503")));
    assert_eq!(room.source(n).kept, 3);
    let times = |path: &str| server.asked().iter().filter(|asked| asked.path == path).count();
    assert_eq!((times("/long"), times("/missing"), times("/busy")), (1, 1, 3));
    // The feed again: its items are known, and no page is asked for twice.
    room.check(n, NOW + 10 * HOUR);
    room.pages(NOW + 10 * HOUR);
    assert_eq!((room.reports().len(), times("/long")), (3, 1));
}

#[test]
fn a_program_killed_between_keeping_and_noting_keeps_nothing_twice() {
    let items: Vec<(String, String)> =
        (0..250).map(|n| (format!("Ferry {n}"), words(&format!("Number {n}.")))).collect();
    let server = Server::start(move |_| {
        let rows: Vec<(&str, &str, &str)> =
            items.iter().map(|(title, words)| (title.as_str(), "", words.as_str())).collect();
        Reply::ok(rss("Herald", &rows)).with("ETag", "\"1\"")
    });
    let room = room(Pages::No);
    let n = room.add(&server.at("127.0.0.1", "/feed"));
    // Some of the body is taken, then nothing more is heard of that program.
    let crate::Asked::Items(mut rest) = room.watch.ask(&room.source(n), NOW).unwrap() else { panic!("a body") };
    assert_eq!(room.watch.take(&mut rest, 100, NOW).unwrap(), None);
    drop(rest);
    assert_eq!((room.reports().len(), room.source(n).etag), (100, None));
    let source = room.check(n, NOW + 60);
    assert_eq!((room.reports().len(), source.etag.as_deref()), (250, Some("\"1\"")));
    assert!(room.watch.store.read(|view| view.problems(10)).unwrap().is_empty());
}

#[test]
fn a_list_is_followed_and_a_damaged_one_takes_nothing_off() {
    let room = room(Pages::No);
    let store = &room.watch.store;
    let by_hand = room.add("https://own.example/feed");
    let list = read_list(
        "a.txt",
        b"# desk\nhttps://herald.example/feed Delmare Herald\nhttps://post.example/feed\nno address\n",
    );
    assert_eq!((list.sources.len(), list.problems.len()), (2, 1));
    let synced = sync(store, &list, NOW).unwrap();
    assert_eq!((synced.added, synced.dropped), (2, 0));
    let opml = b"<opml version='2.0'><body><outline text='Sea'><outline text='H' xmlUrl='https://herald.example/feed'/></outline></body></opml>";
    let synced = sync(store, &read_list("a.opml", opml), NOW).unwrap();
    assert_eq!((synced.added, synced.dropped), (0, 1));
    let cut = sync(store, &read_list("a.opml", &opml[..60]), NOW).unwrap();
    assert_eq!((cut.added, cut.dropped), (0, 0));
    let watched = store.read(|view| view.sources(Sources::Watched)).unwrap();
    assert_eq!(watched.iter().map(|source| source.n).collect::<Vec<_>>(), [by_hand, watched[1].n]);
    assert_eq!(watched[1].folder.as_deref(), Some("Sea"));
}

#[test]
fn a_flood_does_not_starve_the_others() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/flood" => {
            let items: Vec<(String, String)> =
                (0..3_000).map(|n| (format!("Flood {n}"), words(&format!("Flood {n}.")))).collect();
            let rows: Vec<(&str, &str, &str)> =
                items.iter().map(|(title, words)| (title.as_str(), "", words.as_str())).collect();
            Reply::ok(rss("Flood", &rows))
        }
        path => Reply::ok(rss("Quiet", &[(path, "", &words(path))])),
    });
    let room = room(Pages::No);
    let flood = room.add(&server.at("127.0.0.1", "/flood"));
    let others: Vec<i64> = (2..30).map(|n| room.add(&server.at(&format!("127.0.0.{n}"), "/feed"))).collect();
    let watching = Watching { watch: room.watch.clone(), list: None, clock: || NOW, threads: 1 };
    let running = watching.start();
    let began = Instant::now();
    while others.iter().any(|n| room.source(*n).read.is_none()) && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    // One thread alone served all others before the flood was through.
    let flooded = room.source(flood);
    running.stop();
    assert!(others.iter().all(|n| room.source(*n).health(NOW) == Health::Well));
    assert!(flooded.read.is_none() && room.reports().len() < 3_000, "the flood came first");
}
