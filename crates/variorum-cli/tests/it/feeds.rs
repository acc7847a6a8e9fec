//! Feeds in: reports of their items, and the addresses that lists of feeds name.

use std::fs;

use crate::program;

const FEED: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>Delmare Courier</title><link>https://courier.example/</link><language>en-gb</language>
<item><title>Ferry aground off Delmare</title><link>https://courier.example/1</link>
<pubDate>Thu, 27 Mar 2025 06:15:00 EST</pubDate><author>ada@courier.example (Ada Orr)</author>
<source url="https://gazette.example/feed">Port Vell Gazette</source>
<description>&lt;p&gt;The ferry ran aground at dawn, the coast guard said.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;</description></item>
<item><title>Bridge closed</title></item>
<item><link>https://courier.example/3</link></item>
<item><title>Cut o"#;

#[test]
fn a_feed_is_its_items() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let file = scratch.path().join("feed.xml");
    fs::write(&file, FEED).expect("the scratch folder can be written");
    let lines = program::run(["clean".as_ref(), file.as_os_str()]).ended_with(0).lines();
    let [ferry, bridge, empty, cut] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(ferry["text"], "The ferry ran aground at dawn, the coast guard said.\nNobody was hurt.");
    assert_eq!((&ferry["published"], &ferry["byline"][0]), (&"2025-03-27T06:15:00-05:00".into(), &"Ada Orr".into()));
    assert_eq!((&ferry["outlet"], &ferry["language"]), (&"Delmare Courier".into(), &"en-GB".into()));
    assert_eq!(ferry["credits"][0]["source"], "Port Vell Gazette");
    assert_eq!((&bridge["title"], &bridge["text"]), (&"Bridge closed".into(), &"".into()));
    assert!(empty["problem"]["path"].as_str().is_some_and(|path| path.ends_with("feed.xml#item-3")), "{empty}");
    assert!(cut["problem"]["reason"].as_str().is_some_and(|reason| reason.contains("cut off after 3")), "{cut}");
}

#[test]
fn a_json_feed_on_standard_input() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour Watch","items":[{"id":"1","content_text":"The pier has cracks, two engineers said."},{"id":"2"}]}"#;
    let lines = program::run_with(feed, ["clean"]).ended_with(0).lines();
    assert_eq!(
        (&lines[0]["outlet"], &lines[0]["text"]),
        (&"Harbour Watch".into(), &"The pier has cracks, two engineers said.".into())
    );
    assert!(lines[1]["problem"]["reason"].as_str().is_some_and(|reason| reason.contains("item 2")), "{}", lines[1]);
}

#[test]
fn lists_of_feeds_give_addresses() {
    let list = r#"<opml version="2.0"><body><outline text="Sea"><outline type="rss" text="Delmare Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/></outline></body></opml>"#;
    let run = program::run_with(list, ["feeds"]).ended_with(0);
    assert_eq!(
        run.out.trim(),
        r#"{"url":"https://courier.example/feed","title":"Delmare Courier","site":"https://courier.example/","folder":"Sea","kind":"feed"}"#
    );
    let index = "<sitemapindex><sitemap><loc>https://courier.example/news.xml</loc></sitemap></sitemapindex>";
    assert_eq!(program::run_with(index, ["feeds", "-"]).ended_with(0).json()["kind"], "sitemap");
}

#[test]
fn what_is_no_list_is_a_problem() {
    let run = program::run_with(FEED, ["feeds"]).ended_with(1);
    assert!(run.out.contains("a feed itself") && run.out.contains("variorum clean"), "{}", run.out);
    let run = program::run(["feeds", "nowhere.opml"]).ended_with(1);
    assert!(run.out.contains("no such file"), "{}", run.out);
}
